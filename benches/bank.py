"""Makes a bank of questions to measure with: the same one for the same numbers.

    python3 benches/bank.py FOLDER COUNT [BYTES]      COUNT files of about BYTES (2,048)
    python3 benches/bank.py FILE.jsonl COUNT [BYTES]  one file of COUNT records (1,024)
"""

import json
import random
import sys
from pathlib import Path

TOPICS = ["apis", "caching", "concurrency", "databases", "deployment", "http", "messaging", "security", "storage", "testing"]
LEVELS = ["junior", "mid", "senior"]
THINGS = "index queue cache lock replica shard token session socket thread buffer cursor schema cluster broker gateway scheduler partition snapshot journal".split()
VERBS = "keeps drops orders merges splits copies hides repeats delays checks signs reads writes moves compares balances retries rejects groups counts".split()
WORDS = "each first last older newer remote local shared hot cold small large slow fast stale fresh partial whole pending failed".split()
STEMS = "alder birch cedar delta ember fjord grove haven inlet jetty knoll larch maple north ocean prism quartz ridge slate tundra umber vista willow zephyr".split()
ENDS = ["base", "cast", "deck", "flow", "gate", "hub", "kit", "link", "mesh", "node", "port", "ring", "sync", "works"]
PARTS = [
    "the {w} {t} {v} what {x} {v} for {n} {w} {t}s.",
    "{x} {v} each {t} before the {w} {t} {v} {n} of them.",
    "after {n} steps a {w} {t} {v} {x}, and its {t} {v} the rest.",
    "where {x} {v} no {t}, {w} {t}s of {x} stay {w}.",
    "a {t} that {x} {v} is {w} until {n} {w} {t}s arrive.",
    "no {w} {t} {v} {x} twice: {n} {t}s tell it apart.",
    "{x} and {x} {v} one {t}, so {n} readers of a {w} {t} wait.",
    "with {w} {t}s, {x} {v} at most {n} bytes of {x}.",
]
CODE = {
    "python": "def {verb}_{thing}(items, limit={n}):\n    # {word} ones first\n    return [item for item in items if item.size < limit]\n",
    "sql": "SELECT {thing}_id, count(*) FROM {thing}s\nWHERE state = '{word}' AND size > {n}\nGROUP BY {thing}_id;\n",
    "js": "const {thing} = items.filter((item) => item.size > {n}); // {word}\nconsole.log({thing}.length);\n",
}


def sentence(chance):
    pick = chance.choice
    part = pick(PARTS)
    while "{" in part:
        part = part.replace("{t}", pick(THINGS), 1).replace("{v}", pick(VERBS), 1).replace("{w}", pick(WORDS), 1)
        part = part.replace("{n}", str(chance.randrange(10_000)), 1).replace("{x}", f"{pick(STEMS)}{pick(ENDS)}", 1)
    return part[0].upper() + part[1:]


def question(chance, number):
    return f"How does the {chance.choice(WORDS)} {chance.choice(THINGS)} of service {number} survive a {chance.choice(WORDS)} {chance.choice(THINGS)}?"


def answer(chance, size):
    parts, length = [], 0
    while length < size:
        kind = chance.randrange(8)
        if kind == 0:
            language = chance.choice(sorted(CODE))
            code = CODE[language].format(thing=chance.choice(THINGS), verb=chance.choice(VERBS), word=chance.choice(WORDS), n=chance.randrange(10_000))
            part = f"```{language}\n{code}```"
        elif kind == 1:
            part = "\n".join(f"- **{chance.choice(THINGS)}**: {sentence(chance)}" for _ in range(3))
        elif kind == 2:
            part = f"{sentence(chance)} See [the notes](https://example.org/{chance.randrange(10_000)}) on `{chance.choice(THINGS)}()`."
        else:
            part = "\n".join(sentence(chance) for _ in range(3))
        parts.append(part)
        length += len(part) + 2
    return "\n\n".join(parts) + "\n"


def files(folder, count, size):
    for topic in TOPICS:
        (folder / "questions" / topic).mkdir(parents=True, exist_ok=True)
    (folder / "prepdeck.toml").write_text('id = "bench"\n')
    for number in range(count):
        chance = random.Random(number)
        keys = f"---\nid: question-{number}\nlevel: {chance.choice(LEVELS)}\ntags: [{chance.choice(THINGS)}, {chance.choice(WORDS)}]\nsources:\n  - https://example.org/{number}\n---\n\n"
        head = f"{keys}# {question(chance, number)}\n\n"
        text = head + answer(chance, size - len(head) - 90)
        (folder / "questions" / chance.choice(TOPICS) / f"question-{number}.md").write_text(text)


def records(file, count, size):
    with file.open("w") as out:
        for number in range(count):
            chance = random.Random(number)
            record = {
                "id": f"question-{number}",
                "topic": chance.choice(TOPICS),
                "level": chance.choice(LEVELS),
                "question": question(chance, number),
                "answer": answer(chance, size - 300),
                "sources": [f"https://example.org/{number}"],
            }
            out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    target, count = Path(sys.argv[1]), int(sys.argv[2])
    if target.suffix == ".jsonl":
        records(target, count, int(sys.argv[3]) if len(sys.argv) > 3 else 1024)
    else:
        files(target, count, int(sys.argv[3]) if len(sys.argv) > 3 else 2048)

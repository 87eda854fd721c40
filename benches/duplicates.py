"""Finding duplicates: prepdeck beside rensa and datasketch, on the same texts.

`python3 benches/duplicates.py [NUMBER ...]` (default: 10000 100000) installs
the peers pinned below target/, writes as many questions and answers, lets each
program find what is alike, in a process of its own, and prints CPU time, peak
memory, how many of the planted repetitions it found, and how many pairs it
told. The peers compare words (questions) or shingles of four words (answers)
by MinHash with 128 permutations and LSH at a Jaccard similarity of 0.5 (0.3
for answers, where a copy with every tenth word changed has about 0.4), of
questions without the words that only frame them; the pairs that LSH proposes are what they tell. They judge no pair otherwise.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from peers import environment

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["rensa==0.5.0", "datasketch==2.0.0"]

PEER = """
import sys
peer, what, file = sys.argv[1:]
threshold = 0.5 if what == "questions" else 0.3

# Without these the peers would tell millions of pairs that share no more.
FRAMING = set("what is explain can you describe do know about how does work works the are of would "
              "when should be used use list name to in and its why vs between".split())

def features(text):
    words = text.lower().replace("?", "").replace(".", "").split()
    if what == "questions":
        return [word for word in words if word not in FRAMING]
    return [" ".join(words[at:at + 4]) for at in range(len(words) - 3)]

if peer == "rensa":
    import rensa
    def sketch(features):
        sketch = rensa.RMinHash(num_perm=128, seed=1)
        sketch.update(features)
        return sketch
    bands = 32 if what == "questions" else 64
    index = rensa.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands)
else:
    import datasketch
    def sketch(features):
        sketch = datasketch.MinHash(num_perm=128, seed=1)
        sketch.update_batch([feature.encode() for feature in features])
        return sketch
    index = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
out = []
for line, text in enumerate(open(file, encoding="utf-8")):
    own = sketch(features(text.split("\\t")[0]))
    out.extend(f"{line}\\t{other}\\n" for other in sorted(index.query(own)))
    index.insert(line, own)
sys.stdout.write("".join(out))
"""


def built():
    command = ["cargo", "bench", "--bench", "duplicates", "--no-run", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.splitlines()
    messages = [json.loads(line) for line in lines]
    return next(m["executable"] for m in messages if m.get("target", {}).get("name") == "duplicates" and m.get("executable"))


def measure(command, out):
    """CPU seconds and peak memory in MiB of a command. A child's peak begins
    with what its parent holds, so nothing is held here."""
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def score(texts, out):
    """How many pairs were planted, how many of them were told, and how many pairs were told in all."""
    planted = set()
    with open(texts, encoding="utf-8") as file:
        for line, text in enumerate(file):
            of = text.rstrip("\n").split("\t")[1]
            planted |= {(line, int(of))} if of else set()
    told = found = 0
    with open(out, encoding="utf-8") as file:
        for line in file:
            told += 1
            found += tuple(map(int, line.split())) in planted
    print(len(planted), found, told)


def main():
    numbers = [int(number) for number in sys.argv[1:]] or [10_000, 100_000]
    python, own = str(environment("bench-duplicates", PACKAGES) / "python"), built()
    print("| texts | program | CPU | memory | planted found | pairs told |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            for what in ["questions", "answers"]:
                texts, out = f"{folder}/texts", f"{folder}/out"
                subprocess.run([own, "write", what, str(number), texts], check=True)
                commands = {"prepdeck": [own, "find", what, texts]}
                for peer in ["rensa", "datasketch"]:
                    commands[peer] = [python, "-c", PEER, peer, what, texts]
                for name, command in commands.items():
                    cpu, memory = measure(command, out)
                    scored = subprocess.run([sys.executable, __file__, "score", texts, out], check=True, stdout=subprocess.PIPE)
                    planted, found, told = map(int, scored.stdout.split())
                    print(f"| {number:,} {what} | {name} | {cpu:.2f} s | {memory:,.0f} MiB | {100 * found / planted:.1f} % | {told:,} |", flush=True)


if sys.argv[1:2] == ["score"]:
    score(*sys.argv[2:])
else:
    main()

"""A bank of questions to measure with, the same on every machine.

`python3 benches/bank.py FOLDER NUMBER` makes FOLDER, a repository of NUMBER
question files.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

TOPICS = [
    f"{folder}/{part}"
    for folder, parts in {
        "apis": "rest graphql versioning",
        "databases": "indexes transactions replication",
        "distributed-systems": "consensus clocks queues",
        "languages": "java python javascript go",
        "operations": "containers observability deployment",
        "security": "authentication encryption",
    }.items()
    for part in parts.split()
]
LEVELS = ["junior", "mid", "senior"]
TAGS = ["cache", "locks", "latency", "memory", "network", "storage", "testing", "threads"]
THINGS = [
    "a write-ahead log", "a connection pool", "the query planner", "a load balancer", "the garbage collector",
    "a message broker", "an event loop", "a clustered index", "a leader election", "a circuit breaker",
    "a reverse proxy", "an access token", "a health check", "the page cache", "a retry budget",
]
DOINGS = [
    "waits for a commit", "loses a node", "runs out of memory", "meets a slow reader", "sees a stale value",
    "is asked twice", "falls behind", "restarts", "holds a lock", "reads a cold page", "gets a burst of requests",
]
SENTENCES = [
    "When {thing} {doing}, `{name}` decides whether the caller waits or fails.",
    "The usual mistake is to measure **{name}** on an idle machine, where {thing} never {doing}.",
    "It matters because {thing} has to give the same answer before and after it {doing}.",
    "A good answer names the trade-off: *{name}* is cheaper to read, and dearer once {thing} {doing}.",
    "Most systems bound it: after {n} attempts {thing} reports an error instead of trying `{name}` again.",
    "The [manual](https://docs.example.org/{name}) says what happens while {thing} {doing}.",
]
CODE = {
    "java": """class {Name} {{
    private final Map<String, Integer> {name} = new ConcurrentHashMap<>();

    // Called for each request.
    int count(String key) {{
        return {name}.merge(key, {n}, Integer::sum);
    }}
}}""",
    "python": """def {name}(rows, limit={n}):
    \"\"\"The rows that are due.\"\"\"
    due = [row for row in rows if row["age"] > limit]
    for row in due:
        print(f"{{row['id']}}: {{row['age']}}")
    return len(due)""",
    "sql": """-- One row for each customer.
SELECT c.id, count(*) AS {name}, max(o.placed) AS last
FROM customer AS c JOIN orders AS o ON o.customer_id = c.id
WHERE o.total > {n} AND o.state <> 'cancelled'
GROUP BY c.id
ORDER BY {name} DESC LIMIT 10;""",
    "javascript": """async function {name}(urls) {{
  const results = await Promise.all(urls.map((url) => fetch(url)));
  // Only what was found.
  return results.filter((one) => one.status === 200 && one.size < {n});
}}""",
    "go": """func {Name}(in <-chan int, out chan<- int) {{
	defer close(out)
	for value := range in {{
		if value%{n} == 0 {{ // every so often
			out <- value * 2
		}}
	}}
}}""",
    "bash": """set -euo pipefail
for file in "$HOME"/{name}/*.log; do
  lines=$(wc -l < "$file")  # each of them
  if [ "$lines" -gt {n} ]; then echo "$file: $lines"; fi
done""",
}
TABLE = """| | before | after |
| --- | --- | ---: |
| {name} | one copy | {n} |
| reads | from the leader | from any |
| writes | synchronous | asynchronous |
"""


def question(number, least=0):
    """A question's path and text, of at least so many bytes: the same for a number on every machine."""
    rng = random.Random(number)

    def one(of):
        return of[int(rng.random() * len(of))]

    name = f"{one(TAGS)}_{one(['limit', 'window', 'state', 'order'])}_{number % 97}"
    words = {"name": name, "Name": name.title().replace("_", ""), "n": number % 900 + 2}

    def paragraph(sentences):
        texts = (one(SENTENCES).format(thing=one(THINGS), doing=one(DOINGS), **words) for _ in range(sentences))
        return " ".join(text[0].upper() + text[1:] for text in texts)

    language = one(list(CODE))
    tags = sorted({one(TAGS), one(TAGS)})
    parts = [
        f"---\nid: q-{number}\nlevel: {one(LEVELS)}\ntags: [{', '.join(tags)}]\nsources:\n"
        f"  - https://docs.example.org/{name}/{number}\n---\n",
        f"# What does {one(THINGS)} number {number} do when it {one(DOINGS)}?\n",
    ]
    if number % 8 == 0:
        parts.append(f"- [ ] it drops `{name}`\n- [x] it waits, at most {number % 50} seconds\n- [ ] it starts anew\n")
    parts.append(paragraph(3) + "\n")
    parts.append(f"```{language}\n{CODE[language].format(**words)}\n```\n")
    parts.append("".join(f"- {paragraph(1)}\n" for _ in range(3)))
    if number % 5 == 0:
        parts.append(TABLE.format(**words))
    parts.append(paragraph(2) + "\n")
    while sum(map(len, parts)) < least:
        parts.append(paragraph(1) + "\n")
    parts.append(f"## Follow-ups\n\n- What if it {one(DOINGS)} as well?\n- How would you test `{name}`?\n")
    return f"{one(TOPICS)}/q-{number}.md", "\n".join(parts)


def record(number):
    """The same question as a line of JSON, of about 1 KB."""
    path, text = question(number)
    _, keys, body = text.split("---\n", 2)
    heading, _, rest = body.strip().partition("\n")
    keys = dict(line.split(": ", 1) for line in keys.splitlines() if ": " in line)
    return json.dumps({
        "id": keys["id"],
        "topic": path.rsplit("/", 1)[0],
        "level": keys["level"],
        "question": heading.removeprefix("# "),
        "answer": rest.split("## Follow-ups")[0].strip()[:820].strip(),
        "tags": keys["tags"].strip("[]").split(", "),
        "sources": [f"https://docs.example.org/{number}"],
    })


def write_records(root, number):
    """A folder with one file of records; returns its size in bytes."""
    root.mkdir()
    (root / "prepdeck.toml").write_text('id = "bench"\n\n[[source]]\npaths = ["all.jsonl"]\nformat = "jsonl"\n')
    with open(root / "all.jsonl", "w", encoding="utf-8") as file:
        file.writelines(record(n) + "\n" for n in range(number))
    return (root / "all.jsonl").stat().st_size


def write_bank(root, number, least=0):
    """A repository of questions of at least so many bytes; returns their mean size."""
    size = 0
    for topic in TOPICS:
        (root / "questions" / topic).mkdir(parents=True)
    for n in range(number):
        path, text = question(n, least)
        size += (root / "questions" / path).write_bytes(text.encode())
    (root / "prepdeck.toml").write_text('id = "bench"\ntitle = "Bench"\nurl = "https://example.org/blob/main"\n')
    who = {f"GIT_{person}_{key}": value for person in ["AUTHOR", "COMMITTER"] for key, value in
           {"NAME": "A", "EMAIL": "a@example.org", "DATE": "1700000000 +0000"}.items()}
    # What git tidies up in the background would go on where all is removed again.
    quiet = "-c maintenance.auto=false commit -q -m questions"
    for command in ["init -q -b main", "add -A", quiet]:
        subprocess.run(["git", *command.split()], cwd=root, env={**os.environ, **who}, check=True)
    return size / number


if __name__ == "__main__":
    print(f"{write_bank(Path(sys.argv[1]), int(sys.argv[2])):,.0f} bytes each")

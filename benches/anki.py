"""Exporting to Anki: prepdeck beside genanki and genanki-rs, with the same notes.

`python3 benches/anki.py [--rounds ROUNDS] [--genanki-rs MOST] [NUMBER ...]`
(default: 3 rounds of 10000 and 100000 questions, genanki-rs up to 10000) writes
a bank of as many questions, exports it, and has real Anki say what is in the
package; those notes the peers write again. A round runs each program once, one
after the other, each in a process of its own; every run is said, with its wall
time. The table has the median of CPU time, and the largest peak of memory.
genanki-rs runs in the first round only, and not where a number is more than
MOST: it takes minutes.

prepdeck reads, judges and dates the questions, and renders and highlights them.
The peers get what comes out of that: what they take only to start and to read
the notes is measured apart, and taken off their times.

The peers are installed and built below target/, as tests/all.sh does it, and so
is prepdeck, unless PREPDECK names a binary.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = "anki==26.9.3 genanki==0.13.1"
ENVIRONMENT = ROOT / "target/venv/peers"
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target/release/prepdeck"))
GENANKI_RS = ROOT / "target/peers/release/peers"

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


def question(number):
    """A question's path and text: the same for a number on every machine."""
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
    parts.append(f"## Follow-ups\n\n- What if it {one(DOINGS)} as well?\n- How would you test `{name}`?\n")
    return f"{one(TOPICS)}/q-{number}.md", "\n".join(parts)


def write_bank(root, number):
    """A repository of questions; returns their mean size in bytes."""
    size = 0
    for topic in TOPICS:
        (root / "questions" / topic).mkdir(parents=True)
    for n in range(number):
        path, text = question(n)
        size += (root / "questions" / path).write_bytes(text.encode())
    (root / "prepdeck.toml").write_text('id = "bench"\ntitle = "Bench"\nurl = "https://example.org/blob/main"\n')
    who = {f"GIT_{person}_{key}": value for person in ["AUTHOR", "COMMITTER"] for key, value in
           {"NAME": "A", "EMAIL": "a@example.org", "DATE": "1700000000 +0000"}.items()}
    for command in ["init -q -b main", "add -A", "commit -q -m questions"]:
        subprocess.run(["git", *command.split()], cwd=root, env={**os.environ, **who}, check=True)
    return size / number


def installed():
    mark = ENVIRONMENT / "installed"
    if not mark.exists() or mark.read_text().strip() != PACKAGES:
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        subprocess.run([ENVIRONMENT / "bin/pip", "install", "--quiet", *PACKAGES.split()], check=True)
        mark.write_text(PACKAGES + "\n")
    build = ["cargo", "build", "--locked", "--release", "--quiet", "--target-dir"]
    if "PREPDECK" not in os.environ:
        subprocess.run([*build, "target"], cwd=ROOT, check=True)
    subprocess.run([*build, "target/peers", "--manifest-path", "tests/peers/Cargo.toml"], cwd=ROOT, check=True)
    return str(ENVIRONMENT / "bin/python")


def measure(command, folder):
    """CPU seconds, wall seconds and peak memory in MiB of a command with all
    that it starts. A peak begins with what the parent holds, so nothing is held here."""
    start = time.monotonic()
    with open(folder / "said", "wb") as said:
        process = subprocess.Popen(command, cwd=folder / "bank", stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed:\n{(folder / 'said').read_text()[-2000:]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def compare(number, rounds, peers, python):
    """Prints the rows for a bank of `number` questions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank, notes = folder / "bank", folder / "notes"
        size = write_bank(bank, number)
        say(f"{number:,} questions of {size:,.0f} bytes")
        ours = [PREPDECK, "export", "anki", "-o"]
        package = str(folder / "first.apkg")
        subprocess.run([*ours, package], cwd=bank, check=True, stderr=subprocess.DEVNULL)
        subprocess.run([python, ROOT / "tests/peers/notes.py", package, notes], check=True)
        commands = {}
        for kind in ["legacy", "latest"]:
            commands[f"prepdeck export anki --package {kind}"] = [*ours, package, "--package", kind]
        theirs = {
            "genanki 0.13.1": [python, str(ROOT / "tests/peers/with_genanki.py"), str(notes)],
            "genanki-rs 0.4.0": [str(GENANKI_RS), str(notes)],
        }
        for peer in peers:
            commands[f"{peer}, reading"] = theirs[peer]
            commands[peer] = [*theirs[peer], package]
        measured = {program: [] for program in commands}
        for at in range(rounds):
            for program, command in commands.items():
                if at > 0 and program.startswith("genanki-rs"):
                    continue
                # One that is there already would be compared.
                Path(package).unlink(missing_ok=True)
                cpu, wall, memory = measure(command, folder)
                say(f"{program}: {cpu:.2f} s CPU, {wall:.2f} s wall, {memory:,.0f} MiB")
                measured[program].append((cpu, memory))
        for program, runs in measured.items():
            if program.endswith(", reading"):
                continue
            reading = measured.get(f"{program}, reading", [(0, 0)])
            cpu = statistics.median(cpu for cpu, _ in runs) - statistics.median(cpu for cpu, _ in reading)
            memory = max(memory for _, memory in runs)
            print(f"| {number:,} | {program} | {cpu:.1f} s | {memory:,.0f} MiB |", flush=True)


def say(what):
    print(what, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--genanki-rs", type=int, default=10_000)
    arguments = parser.parse_args()
    python = installed()
    print(f"CPU of one machine with {os.cpu_count()} cores, where only ratios say something:\n")
    print("| questions | program | CPU | memory |")
    print("| --- | --- | --- | --- |")
    for number in arguments.numbers:
        peers = ["genanki 0.13.1"]
        if number <= arguments.genanki_rs:
            peers.append("genanki-rs 0.4.0")
        compare(number, arguments.rounds, peers, python)


main()

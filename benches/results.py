"""All figures of benches/RESULTS.md, measured anew: `python3 benches/results.py`.

Installs the peers below target/, pinned, makes banks of questions, and runs
each program on them in turn, `--rounds` times (3); the median of CPU and wall
time and the largest peak of memory go into the file's tables. A slow peer runs
once. `--small` measures a hundredth of everything, to see that all of it works.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bank import write_bank, write_records
from measure import measure
from peers import environment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "RESULTS.md"
# What stands around the tables.
WORDS = HERE / "results.in.md"
PACKAGES = ["rumdl==0.3.0", "typos==1.52.0"]
ENVIRONMENT = ROOT / "target/venv/bench-check"
MARKDOWNLINT = "markdownlint-cli2@0.24.1"
NODE = ROOT / "target/node"
PREPDECK = str(ROOT / "target/release/prepdeck")
FLOORS = str(ROOT / "target/release/examples/floors")


def installed():
    environment("bench-check", PACKAGES)
    mark = NODE / "installed"
    if not mark.exists() or mark.read_text() != MARKDOWNLINT:
        NODE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", NODE, MARKDOWNLINT], check=True)
        mark.write_text(MARKDOWNLINT)
    subprocess.run(["cargo", "build", "--locked", "--release", "--quiet"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--locked", "--release", "--quiet", "--example", "floors"], cwd=ROOT, check=True)


def in_turn(commands, folder, rounds):
    """What each command took: name to (CPU, wall, memory)."""
    runs = {name: [] for name in commands}
    for at in range(rounds):
        for name, (command, once) in commands.items():
            if at > 0 and once:
                continue
            runs[name].append(measure(command, folder, ends=(0, 1, 2)))
            cpu, wall, memory = runs[name][-1]
            say(f"  {name}: {cpu:.2f} s CPU, {wall:.2f} s wall, {memory:,.0f} MiB")
    return {name: middle(measured) for name, measured in runs.items()}


def middle(measured):
    cpu, wall, memory = zip(*measured)
    return statistics.median(cpu), statistics.median(wall), max(memory)


def checks(folder, number, rounds, peers):
    """The rows of a check of so many files of 2 KB."""
    bank = folder / f"bank-{number}"
    size = write_bank(bank, number, least=1900)
    say(f"{number:,} files of {size:,.0f} bytes")
    commands = {
        "prepdeck check": ([PREPDECK, "check"], False),
        "rumdl 0.3.0": ([str(ENVIRONMENT / "bin/rumdl"), "check", "--no-cache", "--quiet", "questions"], False),
    }
    if peers:
        commands["typos 1.52.0"] = ([str(ENVIRONMENT / "bin/typos"), "questions"], False)
        lint = str(NODE / "node_modules/.bin/markdownlint-cli2")
        commands["markdownlint-cli2 0.24.1"] = ([lint, "questions/**/*.md"], True)
    commands["floor: read"] = ([FLOORS, "read", "questions"], False)
    commands["floor: read and parse"] = ([FLOORS, "parse", "questions"], False)
    measured = in_turn(commands, bank, rounds)
    theirs = measured["rumdl 0.3.0"][0]
    for name, (cpu, wall, memory) in measured.items():
        yield f"| {number:,} × {size / 1000:.1f} KB | {name} | {cpu:.2f} s | {wall:.2f} s | {memory:,.0f} MiB | {cpu / theirs:.2f} |"


def flat(folder, numbers, rounds):
    """The rows of files of records, each ten times as long as the one before."""
    for number in numbers:
        root = folder / f"records-{number}"
        size = write_records(root, number)
        say(f"{number:,} records, {size / 1e6:,.0f} MB")
        once = rounds if number < 1_000_000 else 1
        cpu, wall, memory = in_turn({"prepdeck check": ([PREPDECK, "check"], False)}, root, once)["prepdeck check"]
        yield f"| {number:,} | {size / 1e6:,.0f} MB | {cpu:.2f} s | {wall:.2f} s | {memory:,.0f} MiB | {cpu / number * 1e6:.0f} µs |"


def table_of(script, *arguments):
    """The table that another script prints."""
    say(script)
    ran = subprocess.run([sys.executable, HERE / script, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return [line for line in ran.stdout.splitlines() if line.startswith("|")]


def put(name, lines):
    """Puts lines between the marks of that name."""
    text = RESULTS.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.S)
    if len(pattern.findall(text)) != 1:
        sys.exit(f"{RESULTS} needs one place for {name}")
    RESULTS.write_text(pattern.sub(lambda _: start + "\n".join(lines) + "\n" + end, text), encoding="utf-8")


def say(what):
    print(what, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which tables; all without one")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--small", action="store_true")
    arguments = parser.parse_args()
    few, many, most = (number // (100 if arguments.small else 1) for number in [10_000, 100_000, 1_000_000])
    rounds = arguments.rounds
    if not RESULTS.exists():
        RESULTS.write_bytes(WORDS.read_bytes())
    installed()
    version = subprocess.run([PREPDECK, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    put("machine", [f"{version}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores."])
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as name:
            put(part, PARTS[part](Path(name), few, many, most, rounds))


def check(folder, few, many, most, rounds):
    head = ["| files | program | CPU | wall | memory | CPU beside rumdl's |", "| --- | --- | --- | --- | --- | --- |"]
    return head + list(checks(folder, few, rounds, True)) + list(checks(folder, many, rounds, False))


def threads(folder, few, many, most, rounds):
    bank = folder / "bank"
    write_bank(bank, few, least=1900)
    walls = {1: [], 2: []}
    # What was just written is read slowly once.
    measure([PREPDECK, "check"], bank, ends=(0, 1))
    for cores in [1, 2] * rounds:
        environment = {**os.environ, "RAYON_NUM_THREADS": str(cores)}
        walls[cores].append(measure([PREPDECK, "check"], bank, ends=(0, 1), environment=environment)[1])
    one, two = statistics.median(walls[1]), statistics.median(walls[2])
    head = ["| one thread | two | times as fast |", "| --- | --- | --- |"]
    return head + [f"| {one:.2f} s | {two:.2f} s | {one / two:.2f} |"]


def one_file(folder, few, many, most, rounds):
    root = folder / "one"
    write_bank(root, 1)
    runs = [measure([PREPDECK, "check"], root, ends=(0, 1)) for _ in range(10 * rounds)]
    wall = statistics.median(wall for _, wall, _ in runs)
    return [f"{wall * 1000:.1f} ms of wall time, {max(memory for _, _, memory in runs):.0f} MiB"]


def records(folder, few, many, most, rounds):
    head = ["| records | file | CPU | wall | memory | CPU a record |", "| --- | --- | --- | --- | --- | --- |"]
    return head + list(flat(folder, [few, many, most], rounds))


def anki(folder, few, many, most, rounds):
    return table_of("anki.py", "--rounds", str(rounds), "--genanki-rs", str(few), str(few), str(many))


def duplicates(folder, few, many, most, rounds):
    return table_of("duplicates.py", str(few), str(many))


PARTS = {"check": check, "threads": threads, "one file": one_file, "records": records, "anki": anki, "duplicates": duplicates}

main()

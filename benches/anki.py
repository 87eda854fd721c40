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
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bank import write_bank
from measure import measure
from peers import environment

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["anki==26.9.3", "genanki==0.13.1"]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target/release/prepdeck"))
GENANKI_RS = ROOT / "target/peers/release/peers"


def installed():
    python = environment("peers", PACKAGES)
    build = ["cargo", "build", "--locked", "--release", "--quiet", "--target-dir"]
    if "PREPDECK" not in os.environ:
        subprocess.run([*build, "target"], cwd=ROOT, check=True)
    subprocess.run([*build, "target/peers", "--manifest-path", "tests/peers/Cargo.toml"], cwd=ROOT, check=True)
    return str(python / "python")


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
                cpu, wall, memory = measure(command, bank)
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

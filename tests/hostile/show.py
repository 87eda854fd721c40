"""Shows what cases print and cost: `python3 tests/hostile/show.py WORD…` for
those whose names hold one of the words."""

import sys

from battery import judge
from table import CASES

for case in CASES:
    if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:]):
        ran, faults = judge(case)
        print(f"== {case.name}: prepdeck {case.command}")
        print(f"exit {ran.exit}, {ran.cpu:.2f} s, {ran.memory:.0f} MiB, {len(ran.out)} + {len(ran.err)} bytes")
        print("\n".join(line[:200] for line in ran.text.strip().splitlines()[:6]))
        for fault in faults:
            print(f"FAULT {fault}")

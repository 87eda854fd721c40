"""Every family of families.py at its full length: checked, and exported as HTML."""

from battery import Case, question
from families import FORMATS, MARKDOWN, YAML

# Seconds and MiB: ten times what the slowest takes, far below what a quadratic one would.
CPU = 10.0
MEMORY = 768


def case(name, files, command, exit):
    return Case(name, files, command, exit, cpu=CPU, memory=MEMORY)


CASES = []
for family in MARKDOWN:
    files = {"questions/a.md": question(family.text())}
    CASES.append(case(family.name, files, "check --format concise", family.exit))
    CASES.append(
        case(f"{family.name}, exported", files, "export json -o out.json --allow-errors", 2 * family.exit)
    )
for family in YAML:
    text = family.text()
    text.before, text.after = "---\n" + text.before, text.after + "\n---\n\n# What is it?\n\nIt is a thing.\n"
    CASES.append(case(family.name, {"questions/a.md": text}, "check --format concise", family.exit))
for format, family in FORMATS:
    CASES.append(case(f"{format}: {family.name}", {"bank": family.text()}, f"check --as {format} --format concise bank", family.exit))

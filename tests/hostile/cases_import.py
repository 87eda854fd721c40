"""Banks of every other format: checked and imported as a stranger's."""

from battery import Case, Fifo, Link, Numbered, Repeat, Sparse

EVIL = "\x1b[31m \u202e ::error::x ##[error]x ../../../pwned"


def check(name, file, content, format, exit=1, **more):
    return Case(name, {file: content}, f"check --as {format} --format concise {file}", exit, **more)


def take(name, file, content, exit=0, **more):
    return Case(name, {file: content}, f"import {file} --into in", exit, **more)


CASES = [
    check("CSV of escapes", "a.csv", f'question,answer,topic,level\n"What {EVIL}?","{EVIL}","{EVIL}","{EVIL}"\n', "csv", exit=0),
    check("CSV without its columns", "a.csv", "x,y\n1,2\n", "csv", exit=1, shows=["a.csv:2:1", "a record without a question"]),
    check("CSV of NUL bytes", "a.csv", b"question,answer\n\0,\0\n", "csv", exit=0),
    check("CSV in UTF-16", "a.csv", "question,answer\nWhat?,It.\n".encode("utf-16"), "csv", exit=1, shows=["not UTF-8"]),
    check("CSV that never closes its quote", "a.csv", 'question,answer\n"What?,It is.\n', "csv", exit=1, shows=["a.csv:2"]),
    check("a record of CSV of 9 MB", "a.csv", Repeat("a", 9_000_000, "question,answer\nWhat is it?,", "\nWhat?,It is.\n"), "csv", exit=1, shows=["a.csv:2"]),
    check("JSON of escapes", "a.json", '[{"question": "What \\u001b[31m is it?", "answer": "\\u202e", "topic": "\\u0007"}]', "json", exit=0),
    check("JSON that is a text", "a.json", '"What is it?"', "json", exit=1, shows=["a.json:1"]),
    check("JSON that is cut off", "a.json", '[{"question": "What', "json", exit=1, shows=["a.json:1"]),
    check("JSON of wrong types", "a.json", '[{"question": 1, "answer": [], "tags": {}, "choices": "x", "correct": {}}]', "json", exit=1),
    check("JSON of NaN", "a.json", '[{"question": NaN}]', "json", exit=1, shows=["a.json:1"]),
    check("JSON with a byte order mark", "a.json", b"\xef\xbb\xbf[]", "json", exit=2),
    check("JSON of prototypes", "a.json", '[{"__proto__": {"question": "x"}, "constructor": 1, "question": "What is it?", "answer": "It is."}]', "json", exit=0),
    check("JSON of a large number", "a.json", '[{"question": "What is it?", "answer": 1e999999}]', "json", exit=0),
    check("JSONL with a line of 9 MB", "a.jsonl", Repeat("a", 9_000_000, '{"question": "', '"}\n{"question": "What is it?", "answer": "It is."}\n'), "jsonl", exit=1, shows=["a.jsonl:1"]),
    check("Anki's text with HTML", "a.txt", "#html:true\nWhat?\t<script>alert(1)</script><img src=x onerror=x>\n", "anki-text", exit=0),
    check("Anki's text with a separator of its own", "a.txt", "#separator:::::\n#columns:a\nWhat?\tIt\n", "anki-text", exit=1),
    check("Anki's text of columns that are not there", "a.txt", "#tags column:999999999999\n#deck column:-1\n#guid column:0\nWhat?\tIt is.\n", "anki-text", exit=0),
    check("details of attributes", "a.md", '<details onclick="x"><summary onclick="x">What is it?</summary>\n\nIt is.\n\n</details>\n', "details", exit=0),
    check("details in code", "a.md", "```\n<details><summary>What?</summary>\n```\n\n<details><summary>What is it?</summary>\n\nIt is.\n\n</details>\n", "details", exit=0),
    check("headings of every level", "a.md", "".join(f"{'#' * n} What is the {n}th?\n\nIt is.\n\n" for n in range(1, 7)), "headings", exit=0),
    check("a list of links", "a.md", "- [What is it?](javascript:x)\n- ![What?](data:x)\n", "list", exit=1),
    check("front matter of other keys", "a.md", "---\nQuestion: !!python/x y\n---\n\nIt is.\n", "front-matter", exit=1),
    Case("a folder that may be anything", {"a.md": Repeat("[", 100_000), "b.csv": b"\xff\xfe", "c.json": "[" * 10_000, "d.txt": "\t" * 10_000, "e.jsonl": "{" * 10_000}, "check .", exit=1, shows=["c.json:1:10", "e.jsonl:1:2", "3 files without questions"]),
    Case("a folder of 2,000 banks", {f"{n}.md": f"## What is number {n}?\n\nIt is the number {n}.\n\n## Why is {n}?\n\nIt is so.\n" for n in range(2000)}, "check . --format concise", shows=["4000 questions in 2000 files"], cpu=5, memory=256),
    take("an import of ids that are paths", "a.json", '[{"id": "../../pwned", "question": "What is it?", "answer": "It is."}]', wrote={"../pwned.md": None, "pwned.md": None}, shows=["in/pwned-"]),
    take("an import of topics that are paths", "a.json", '[{"topic": "../../abroad", "question": "What is it?", "answer": "It is."}]', wrote={"../../abroad": None}, shows=["in/abroad/what-is-it"]),
    take("an import of topics of the machine", "a.json", '[{"topic": "/tmp/abroad", "question": "What is it?", "answer": "It is."}]'),
    take("an import of topics that are hidden", "a.json", '[{"topic": ".git/hooks", "question": "What is it?", "answer": "It is."}]', wrote={".git/hooks": None}),
    take("an import of keys in values", "a.json", '[{"question": "What\\n---\\nid: b", "answer": "---\\nallow: [syntax]", "level": "a\\nb: c", "tags": ["x]\\nid: z"]}]'),
    take("an import of devices' names", "a.json", '[{"id": "con", "topic": "aux", "question": "What is it?", "answer": "It is."}]'),
    take("an import of long names", "a.json", '[{"topic": "' + "t" * 5000 + '", "question": "What ' + "is " * 5000 + 'it?", "answer": "It is."}]'),
    take("an import of one question 10,000 times", "a.csv", Repeat("What is it?,It is.\n", 10_000, "question,answer\n"), cpu=5, memory=256),
    take("an import of 5,000 questions", "a.csv", Numbered("What is the number {}?,It is {}.\n", 5_000, "question,answer\n"), cpu=20, memory=256),
    Case("a topic of 20,000 folders", {"prepdeck.toml": '[[source]]\npaths = ["a.csv"]\nformat = "csv"\n', "a.csv": Repeat("ab/", 20_000, "question,answer,topic\nWhat is it?,It is a thing.,", "\n")}, "export anki -o x.apkg", wrote={"x.apkg": ["PK"]}),
    take("an import of nothing", "a.csv", "question,answer\n", exit=2),
    take("an import of a device", "a.csv", Link("/dev/zero"), exit=2),
    take("an import of a FIFO", "a.csv", Fifo(), exit=2),
    take("an import of 8 GiB", "a.csv", Sparse(8 << 30), exit=2),
]

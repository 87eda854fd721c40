"""Encodings, characters and ids."""

from battery import Case, Repeat, question


def one(name, content, **more):
    return Case(name, {"questions/a.md": content}, **more)


def encoded(encoding, errors="strict"):
    return question("Caf\u00e9, na\u00efve.").encode(encoding, errors)


LONG = "a" * 1_000_000

CASES = [
    one("nothing in it", "", exit=1, shows=["the file is empty"]),
    one("a byte order mark alone", b"\xef\xbb\xbf", exit=1, shows=["the file is empty"]),
    one("a byte order mark before all", b"\xef\xbb\xbf" + question().encode(), exit=0),
    one("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf" + question().encode(), exit=1, shows=["a.md:1:1"]),
    one("a byte order mark in the middle", question("It is \ufeff a thing and here is why."), exit=0, shows=["U+FEFF"]),
    one("UTF-16, little end first", b"\xff\xfe" + encoded("utf-16-le"), exit=1, shows=["not UTF-8"]),
    one("UTF-16, big end first", b"\xfe\xff" + encoded("utf-16-be"), exit=1, shows=["not UTF-8"]),
    one("UTF-16 without a mark", encoded("utf-16-le"), exit=1, shows=["a.md:"]),
    one("UTF-32", encoded("utf-32"), exit=1, shows=["not UTF-8"]),
    one("UTF-7", b"---\nid: a\nlevel: mid\nsources: []\n---\n\n# What +AF8- is?\n\nIt +ADw-script+AD4- is here now.\n", exit=0),
    one("Latin-1", encoded("latin-1"), exit=1, shows=["not UTF-8 from here on", "a.md:9:4"]),
    one("Windows' code page", question("It is \u201chere\u201d.").encode("cp1252"), exit=1, shows=["not UTF-8"]),
    one("Shift JIS", question("\u554f\u984c").encode("shift-jis"), exit=1, shows=["not UTF-8"]),
    one("an overlong slash", question().encode() + b"\xc0\xaf", exit=1, shows=["not UTF-8"]),
    one("a surrogate as bytes", question().encode() + b"\xed\xa0\x80", exit=1, shows=["not UTF-8"]),
    one("a character above all", question().encode() + b"\xf4\x90\x80\x80", exit=1, shows=["not UTF-8"]),
    one("half a character at the end", question().encode() + b"\xf0\x9f\xa6", exit=1, shows=["not UTF-8"]),
    one("all bytes", bytes(range(256)) * 100, exit=1, shows=["not UTF-8"]),
    one("random bytes", bytes(n * n * 31 % 251 for n in range(100_000)), exit=1, shows=["not UTF-8"]),
    one("NUL bytes", b"\0" * 1_000_000, exit=1, shows=["a.md:1:1"]),
    one("line ends of Windows", question().replace("\n", "\r\n"), exit=0),
    one("line ends of old Macs", question().replace("\n", "\r"), exit=1, shows=["a.md:"]),
    one("line ends mixed", question().replace("\n\n", "\r\n\n"), exit=0),
    one("8 MiB and a byte", Repeat("a", 8 * 1024 * 1024 + 1), exit=1, shows=["larger than 8 MiB"]),
    one("8 MiB of words", Repeat("a word ", 1_190_000, before=question()), exit=0, cpu=10, memory=1500),
    one("a heading of a million letters", question(heading=LONG), exit=0, shows=["a.md:7:3"], cpu=3, memory=256),
    one("an answer of one letter a line", question(Repeat("a\n", 1_000_000)), exit=0, cpu=5, memory=512),
    one("a letter with 100,000 marks", question("Z" + "\u0335" * 100_000), exit=0, cpu=3),
    one("names of Unicode's oddest", question("\U000e0001\U000e0041 \ufff9a\ufffab\ufffb \u2060 \u180e are here."), exit=0, shows=["invisible-character"]),
    one("noncharacters", question("It is \uffff and \U0010ffff and more than that."), exit=0),
    one("a replacement character", question("It is \ufffd, and more than that."), exit=0),
    one("a heading of escapes", question(heading="What \x1b]0;title\x07\x1b[2J is \x9b31m it?"), command="check", exit=0, shows=["\\u{1b}", "U+0007"]),
    one("a heading turned around", question(heading="What \u202eti si\u202c \u2066it\u2069?"), exit=0, shows=["bidi-control"]),
    one("line separators", question(heading="What\u2028is\u2029it?"), exit=0),
    one("an id of escapes", question(id='"\\e[31mred"'), exit=1, shows=["invalid-id", "\\u{1b}"]),
    one("an id of a path", question(id="../../etc/passwd"), exit=1, shows=["invalid-id"]),
    one("an id of a path, exported", question(id="../../secret"), command="export dataset -o out --allow-errors", exit=2, shows=["no question is left"], wrote={"out": None}),
    one("an id of 60,000 letters", question(id="a" * 60_000), exit=1, shows=["at most 100 fit"]),
    one("an id too long for front matter", question(id="a" * 70_000), exit=1, shows=["front matter of 68 KiB"]),
    one("an empty id", question(id='""'), exit=1, shows=["id"]),
    one("an id that is a number", question(id="12"), exit=0),
    one("an id that is null", question(id="null"), exit=1, shows=["id"]),
    one("an id of a Cyrillic letter", question(id="\u0430"), exit=1, shows=["invalid-id"]),
    one("an id in capitals", question(id="ABC"), exit=1, shows=["invalid-id"]),
    one("an id of spaces", question(id='"  "'), exit=1, shows=["id"]),
    one("an id of a device", question(id="con"), exit=0),
    Case(
        "one id a thousand times",
        {f"questions/{n}.md": question(heading=f"What is the number {n}?") for n in range(1000)},
        exit=1, shows=["duplicate-id"], cpu=5,
    ),
    Case(
        "one question a thousand times",
        {f"questions/{n}.md": question(id=f"q-{n}") for n in range(1000)},
        exit=1, shows=["duplicate-question"], cpu=5,
    ),
    Case(
        "two ids that differ by case",
        {"questions/a.md": question(id="a"), "questions/b.md": question(id="A", heading="Why is it?")},
        exit=1, shows=["invalid-id"],
    ),
    one("a distinct-from of itself", question(keys="distinct-from: [a, a, nobody]\n"), exit=0, shows=["a.md"]),
]

"""The file system, and images in it."""

from battery import CANARY, Case, Fifo, Folder, Link, Many, Mode, Repeat, Socket, Sparse, png, question

GOOD = {"questions/good.md": question(id="good", heading="What is a mutex?")}
SHOWS = question("It looks like this: ![an image](image.png), and that is why.", keys="allow: [broken-link]\n")
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def beside(name, files, **more):
    """What stands beside a good question leaves that one as it is."""
    return Case(name, GOOD | files, **more)


def image(name, content, shows=(), wrote=(), **more):
    return Case(
        name,
        {"questions/a.md": SHOWS, "questions/image.png": content, "prepdeck.toml": 'id = "x"\n'},
        "export anki -o out.apkg",
        shows=list(shows),
        wrote={"out.apkg": list(wrote)},
        **more,
    )


def aims(name, target, shows=("leads to no file",), exit=0):
    """A question that shows an image elsewhere."""
    text = question(f"It looks like this: ![an image]({target}), and that is why.", keys="allow: [broken-link]\n")
    return Case(name, {"questions/a.md": text}, "export anki -o out.apkg", exit, list(shows), wrote={"out.apkg": None if exit else []})


CASES = [
    beside("a FIFO as a question", {"questions/a.md": Fifo()}, shows=["1 question in 1 file"]),
    beside("a socket as a question", {"questions/a.md": Socket()}, shows=["1 question in 1 file"]),
    beside("a folder named as a question", {"questions/a.md": Folder()}, shows=["1 question in 1 file"]),
    beside("a link to a device", {"questions/a.md": Link("/dev/zero")}, shows=["1 question in 1 file"]),
    beside("a link out of the corpus", {"questions/a.md": Link("../../secret.md")}, shows=["1 question in 1 file"]),
    beside("a link to a file of the machine", {"questions/a.md": Link("/etc/passwd")}, shows=["1 question in 1 file"], hides=["root:"]),
    beside("a link to itself", {"questions/a.md": Link("a.md")}, shows=["1 question in 1 file"]),
    beside("links in a loop", {"questions/a.md": Link("b.md"), "questions/b.md": Link("a.md")}, shows=["1 question in 1 file"]),
    beside("a folder that links to itself", {"questions/loop": Link("."), "questions/up": Link("..")}, shows=["1 question in 1 file"]),
    beside("a folder that links out", {"questions/out": Link("../..")}, shows=["1 question in 1 file"]),
    Case("the folder of questions links out", {"questions": Link("..")}, exit=2, shows=["no question files"]),
    Case("the folder of questions links to all", {"questions": Link("/")}, exit=2, shows=["no question files"]),
    Case("the folder of questions is a file", {"questions": "text"}, exit=2, shows=["no corpus here"]),
    Case("a FIFO that is named", {"a.md": Fifo()}, "check a.md", exit=2, shows=["no questions found in a.md"]),
    Case("a device that is named", {}, "check /dev/zero", exit=2, shows=["no questions found in /dev/zero"]),
    Case("a FIFO that is imported", {"a.md": Fifo()}, "import a.md --into out", exit=2, wrote={"out": None}),
    Case("a folder with a FIFO for .gitignore", GOOD | {"questions/.gitignore": Fifo()}, shows=["1 question in 1 file"]),
    Case("a folder with a device for .gitignore", GOOD | {"questions/.gitignore": Link("/dev/zero")}, shows=["1 question in 1 file"]),
    Case("a root with a device for .gitignore", GOOD | {".gitignore": Link("/dev/zero")}, shows=["1 question in 1 file"]),
    Case("a .gitignore of 8 GiB", GOOD | {".gitignore": Sparse(8 << 30)}, shows=["1 question in 1 file"]),
    Case("a .gitignore of 100,000 patterns", GOOD | {".gitignore": Repeat("*.{a,b,c}[0-9]**/x\n", 100_000)}, shows=["1 question in 1 file"], cpu=5, memory=1000),
    Case("a .gitignore of deep patterns", GOOD | {".gitignore": Repeat("{", 100_000)}, shows=["1 question in 1 file"]),
    Case("a .gitignore that takes all away", GOOD | {".gitignore": "*\n"}, exit=2, shows=["no question files"]),
    beside("a file that may not be read", {"questions/a.md": Mode(0, question())}, exit=1, shows=["can't be read", "good"], unless_root=True),
    beside("a file of 8 GiB without content", {"questions/a.md": Sparse(8 << 30)}, exit=1, shows=["larger than 8 MiB"]),
    beside("8 GiB that are exported", {"questions/a.md": Sparse(8 << 30)}, command="export csv -o out.csv --allow-errors", wrote={"out.csv": ["What is a mutex?"]}),
    Case("8 GiB of CSV", {"a.csv": Sparse(8 << 30)}, "check --as csv a.csv", exit=1, shows=["larger than 1280 MiB"], memory=256),
    Case("8 GiB that are imported", {"a.json": Sparse(8 << 30)}, "import a.json --into out", exit=2, memory=256),
    beside("a .git that is 8 GiB", {".git/HEAD": Sparse(8 << 30)}, command="export csv -o out.csv", cpu=20, memory=256),
    Case("100,000 files", {"questions": Many(100_000, "q{}.md", question(id="q{}", heading="What is the number {}?"))}, cpu=40, memory=1500, shows=["100000 questions"]),
    beside("100,000 files that are no questions", {"questions/t": Many(100_000, "{}.txt", "")}, cpu=10),
    beside("300 folders deep", {"questions/" + "/".join(["d"] * 300) + "/a.md": question(id="deep")}, shows=["2 questions in 2 files"], exit=0),
    beside("a name of 255 bytes", {f"questions/{'n' * 252}.md": question()}, shows=["2 questions in 2 files"]),
    beside("a name of 255 bytes in a folder of 255", {f"questions/{'d' * 255}/{chr(0x1f980) * 63}.md": question()}, shows=["2 questions in 2 files"]),
    beside("a name of 255 bytes, exported", {f"questions/{'d' * 255}/{'n' * 252}.md": question()}, command="export anki -o out.apkg", wrote={"out.apkg": []}),
    beside("a name without an id", {f"questions/{'n' * 252}.md": "# What is a lock?\n\nIt is a thing.\n"}, command="check --fix", exit=1),
    beside("a name that is not UTF-8", {b"questions/\xff\xfe.md": question()}, shows=["2 questions in 2 files"]),
    beside("a name of escapes", {"questions/\x1b[31m\u202e::error::.md": "# What?\n\nTODO\n"}, exit=1, shows=["\\u{1b}[31m\\u{202e}"]),
    beside("a name of a line end", {"questions/a\n::add-mask::x.md": "# What?\n\nTODO\n"}, exit=1),
    beside("a name of a line end, for GitHub", {"questions/a\n::add-mask::x.md": "# What?\n\nTODO\n"}, command="check --format github", exit=1, hides=["\n::add-mask"]),
    beside("a name of an option", {"questions/--fix.md": question()}, shows=["2 questions in 2 files"]),
    beside("a topic of an option", {"questions/-o/a.md": question()}, command="export csv -o out.csv", wrote={"out.csv": ["-o"]}),
    beside("a topic of dots", {"questions/.../a.md": question()}, command="export anki -o out.apkg", wrote={"out.apkg": []}),
    beside("a topic of Anki's own marks", {"questions/a::b\x1f[c]/a.md": question()}, command="export anki -o out.apkg", wrote={"out.apkg": []}),
    beside("names that differ by case", {"questions/A.md": question(id="b"), "questions/a.md": question(id="c", heading="Why is it?")}, shows=["3 questions"]),
    beside("a hidden file", {"questions/.a.md": "TODO"}, shows=["1 question in 1 file"]),
    Case("an image that is one", {"questions/a.md": SHOWS, "questions/image.png": png()}, "export anki -o out.apkg", wrote={"out.apkg": []}),
    image("an image that links out", Link("../../secret.png"), ["leads to no file of the corpus"]),
    image("an image that is a FIFO", Fifo(), ["leads to no file of the corpus"]),
    image("an image that is a device", Link("/dev/zero"), ["leads to no file of the corpus"]),
    image("an image that is a folder", Folder(), ["leads to no file of the corpus"]),
    image("an image of 8 GiB", Sparse(8 << 30), ["is larger than 5242880 bytes"]),
    image("an image that is empty", "", ["is no PNG"]),
    image("an image that is HTML", "<html><script>x</script></html>", ["is no PNG"]),
    image("an image that is a script", SVG.format("<script>x</script>"), ["is no PNG"]),
    image("an image that acts", SVG.format("<a onclick='x'/>"), ["is no PNG"]),
    # Shown as `<img>`, where no reader loads what an SVG names.
    image("an image that loads", SVG.format("<use href='https://example.org/a.svg#x'/>"), ["1 note"]),
    image("an image with a style that loads", SVG.format("<rect style='fill: url(https://example.org/x)'/>"), ["1 note"]),
    image("an image with an image that loads", SVG.format("<image href='//example.org/x.png'/>"), ["1 note"]),
    image("an image with entities", '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("&a;"), ["is no PNG"]),
    image("an image of a million elements", Repeat("<g>", 1_000_000, '<svg xmlns="http://www.w3.org/2000/svg">'), cpu=3, memory=256),
    aims("an image above the corpus", "../../secret.png"),
    aims("an image of the machine", "/etc/passwd"),
    aims("an image of the machine, as an address", "file:///etc/passwd", ["unsafe-link"], exit=1),
    aims("an image of a share", "//host/share/a.png"),
    aims("an image of Windows' share", "\\\\\\\\host\\\\share\\\\a.png"),
    aims("an image by percent signs", "%2e%2e/%2e%2e/secret.png"),
    aims("an image by NUL", "image.png%00.txt"),
    aims("an image that is all of the corpus", ".."),
    aims("an image that is data", "data:image/svg+xml,<svg/onload=alert(1)>", ["unsafe-link"], exit=1),
    aims("an image of the web", "https://example.org/track.png", shows=["1 note"]),
    Case(
        "links that ask what the machine holds",
        {"questions/a.md": question("[a](../../secret.txt) and [b](/../secret.txt) and [c](out/secret.txt), said plainly."), "questions/out": Link("../..")},
        exit=1, shows=["broken-link"],
    ),
    Case("a hidden image folder", {"questions/a.md": SHOWS.replace("image.png", ".git/x.png").replace("allow: [broken-link]\n", "")}, exit=1, shows=["broken-link"]),
]

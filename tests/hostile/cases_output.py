"""What is printed for terminals and CI, and what exports hold."""

from battery import Case, Fifo, Folder, Link, Sparse, png, question

# Each part means something to one of: terminals, runners, XML, HTML, spreadsheets, Anki, YAML.
EVIL = "\x1b[31m \u202e ::error::x ##[error]x ]]> <script>x</script> [sound:x] {{c1::x}} %0A"
QUOTED = EVIL.replace("\x1b", "\\e").replace('"', '\\"')
FILES = {
    "questions/a.md": f'---\nid: a\nlevel: "{QUOTED}"\nsources: []\n---\n\n# What {EVIL} is it?\n\nTODO\n',
    "questions/::b %0A ##[x].md": question("TODO"),
}
FORMATS = ["human", "concise", "github", "gitlab", "sarif", "junit", "markdown", "json", "jsonl"]


def card(name, answer, hides, shows=(), keys="", heading="What is a mutex?", command="export json -o out.json --fields answer_html", wrote="out.json"):
    """What an export must not hold: it is read as bytes."""
    files = {"questions/a.md": question(answer, keys=keys, heading=heading)}
    return Case(name, files, command, wrote={wrote: list(shows)}, absent={wrote: list(hides)})


def anki(name, answer, hides, shows=(), **more):
    return card(name, answer, hides, shows, command="export anki-text -o out.txt", wrote="out.txt", **more)


def formula(cell):
    text = f"{cell} is how it begins, and this is why it does."
    return Case(
        f"a cell that begins with {cell[0]!r}",
        {"questions/a.md": question("It is so, and here is why.", keys=f"authors: ['{cell}']\nlicense: '{cell}'\n", heading=text)},
        "export csv -o out.csv --spreadsheet",
        wrote={"out.csv": [f"'{cell}"]}, absent={"out.csv": [f",{cell}"]},
    )


GOOD = {"questions/a.md": question(), "prepdeck.toml": 'id = "x"\n'}

CASES = [
    *[
        Case(f"content that commands, as {format}", FILES, f"check --format {format}", exit=1)
        for format in FORMATS
    ],
    Case("content that commands, mended", FILES, "check --diff --unsafe-fixes", exit=1, shows=["\\u{"]),
    Case("content that commands, counted", FILES, "stats"),
    Case("content that commands, as a table", FILES, "stats --format markdown"),
    Case("content that commands, compared", FILES, ["similar", EVIL]),
    Case("content that commands, left out", FILES, "export csv -o out.csv --allow-errors", exit=2),
    Case("a rule of escapes that is asked for", {}, ["explain", EVIL], exit=2, shows=["\\u{1b}"]),
    Case("a path of escapes that is asked for", {}, ["check", EVIL], exit=2, shows=["\\u{1b}"]),
    Case("a topic of escapes that is asked for", GOOD, ["export", "csv", "--topic", EVIL], exit=2),
    Case("a name of a path for a new question", GOOD, ["new", "What is a lock?", "--topic", "../../out"], exit=2, wrote={"../out": None}),
    Case("a topic of the machine for a new question", GOOD, ["new", "What is a lock?", "--topic", "/tmp/abroad"], exit=2),
    Case("an id of a path for a new question", GOOD, ["new", "What is a lock?", "--topic", "t", "--id", "../../a"], exit=2),
    Case("a new question of escapes", GOOD, ["new", "What is \x1b[31m: a\n---\nid: b?", "--topic", "t", "--id", "b"], exit=0),
    Case("a tag of YAML for a new question", GOOD, ["new", "What is a lock?", "--topic", "t", "--tag", "a]\nstatus: retired"], exit=0),
    # HTML
    card("script in an answer", "It is <script>alert(1)</script> and <SCRIPT SRC=//x></SCRIPT>.", ["<script", "<SCRIPT"], ["&lt;script&gt;"]),
    card("handlers in an answer", '<b onclick="x">a</b> <details open ontoggle=x>b</details> <p style="x">c</p>, all said.', ['<b onclick', "<details open", "<p style"]),
    card("frames in an answer", "<iframe src=x></iframe><object data=x></object><embed src=x><base href=//x> and so on.", ["<iframe", "<object", "<embed", "<base"]),
    card("SVG and MathML in an answer", "<svg><script>x</script></svg><math href='javascript:x'>a</math> and more words.", ["<svg", "<math"], keys="allow: [unsafe-link]\n"),
    card("forms in an answer", "<form action=//x><input><button>a</button></form> and some more words here.", ["<form", "<input", "<button"]),
    card("style in an answer", "<style>*{}</style><link rel=stylesheet href=//x> and some more words.", ["<style", "<link"]),
    card("comments that end early", "a <!--> <script>x</script> --> b <!--!> <script>y</script> and more words.", ["<script", "<!--"]),
    card("a tag in halves", "<scr<script>ipt>x</scr</script>ipt> and some more words here.", ["<script"]),
    card("entities of a tag", "&lt;script&gt;x&lt;/script&gt; &#60;script&#62; and some more words here.", ["<script"]),
    card("tags in code", "`<script>x</script>` and\n\n```html\n<script>y</script>\n```\n", ["<script"]),
    card("a language that ends its attribute", '```"><script>x</script>\ncode\n```\n\nThat is the code of it.', ["<script"]),
    card("a footnote that is a tag", "Here[^<b>x].\n\n[^<b>x]: <script>x</script>\n\nIt is a note.", ["<script"]),
    card("links that run", "[a](javascript:x) [b](JaVaScRiPt:x) [c](java&#10;script:x) [d](&#106;avascript:x) [e](vbscript:x) [f](data:text/html,x) [g](\x01javascript:x)", ['href=\\"'], keys="allow: [unsafe-link]\n", command="export json -o out.json --allow-errors --fields answer_html"),
    card("a link that ends its attribute", "[a](https://x\\\"onclick=alert(1)) is a link, and these are words.", ['"onclick']),
    card("an image that ends its attribute", "![a\"onerror=alert(1)](https://x/\"onerror=alert(1).png) is one, and these are words.", ['\\"onerror']),
    card("end tags that were not opened", "</div></body></html></td></table> and more words than that.", ["</body", "</html", "</table", "</div"]),
    # Anki
    anki("Anki's own marks", "It is [sound:x.mp3] [latex]x[/latex] [$]x[/$] [anki:play:q:0] and more.", ["[sound", "[latex", "[$]", "[anki"], ["&#91;"]),
    anki("Anki's own marks in code", "`[latex]\\input{/etc/passwd}[/latex]` and\n\n```\n[sound:x]\n```\n", ["[sound", "[latex"], ["&#91;"]),
    anki("tabs and line ends for Anki", "One\ttwo\n\nthree \"four\" and more words.", []),
    anki("headers of Anki in a question", "It is a thing, and this is why.", ["\n#deck:x"], heading="#deck:x #html:true ?"),
    anki("tags that are several", "It is a thing, and this is why.", [], keys='tags: ["a b", "c\\td", "e\\nf"]\n'),
    Case("sources that run, on a card", {"questions/a.md": "---\nid: a\nlevel: mid\nsources: ['javascript:x', 'data:x', '\"onclick=x']\n---\n\n# What is a mutex?\n\nIt is a lock, and here is why.\n"},
         "export anki-text -o out.txt", wrote={"out.txt": []}, absent={"out.txt": ['href=""javascript', 'href="javascript', '"onclick']}),
    # CSV, and spreadsheets
    *[formula(cell) for cell in ["=1+1", "+1", "-1", "@SUM(1)"]],
    Case("a quote and a line end in a cell", {"questions/a.md": question('It is "a", b;\n\nc', keys="license: 'x\"y'\n")}, "export csv -o out.csv", wrote={"out.csv": ['""']}),
    # JSON and JSONL
    Case("a line separator in a line of JSON", {"questions/a.md": question("It is a\u2028b and more than that.")}, "export jsonl -o out.jsonl", wrote={"out.jsonl": ["\n"]}),
    Case("control characters in JSON", {"questions/a.md": question("It is \x1b[31m and \x00 and more.")}, "export json -o -", shows=["\\u001b"]),
    # Markdown, data sets
    Case("a book that breaks out of its list", {"questions/a]( b/a.md": question(heading="What is [a](https://b) # ``` <script>?")}, "export markdown -o book.md", wrote={"book.md": []}, absent={"book.md": [" <script>", "\n<script>"]}),
    Case("a data card of YAML", {"questions/a.md": question(keys="license: \"x\\n---\\nevil: 1\"\n"), "prepdeck.toml": 'id = "x"\ntitle = "x\\n---\\nevil: true"\nlicense = "a\\nevil: 2"\n'},
         "export dataset -o out", wrote={"out/README.md": []}, absent={"out/README.md": ["\nevil"]}),
    # Where it is written to
    Case("an output that is a link out", GOOD | {"out.csv": Link("../secret.txt")}, "export csv -o out.csv", exit=2, shows=["a link that leads out of the corpus"]),
    Case("a default output that is a link out", GOOD | {"x.csv": Link("../secret.txt")}, "export csv", exit=2, shows=["a link that leads out of the corpus"]),
    Case("an output in a folder that is a link out", GOOD | {"out": Link("..")}, "export csv -o out/new.csv", exit=2, shows=["a link that leads out of the corpus"], wrote={"../new.csv": None}),
    Case("a report that is a link out", GOOD | {"out.sarif": Link("../secret.txt")}, "check --format sarif=out.sarif", exit=2, shows=["a link that leads out of the corpus"]),
    Case("a data set that is a link out", GOOD | {"out": Link("..")}, "export dataset -o out", exit=2, shows=["a link that leads out of the corpus"]),
    Case("an import into a link out", {"b.csv": "question,answer\nWhat is it?,It is.\n", "in": Link("..")}, "import b.csv --into in", exit=2, shows=["a link that leads out of the corpus"]),
    Case("a new question behind a link out", GOOD | {"questions/t": Link("../..")}, ["new", "What is a lock?", "--topic", "t"], exit=2, shows=["a link that leads out of the corpus"]),
    Case("an output that is a link within", GOOD | {"out.csv": Link("other.csv"), "other.csv": "old"}, "export csv -o out.csv", wrote={"other.csv": ["semaphore"]}),
    Case("an output that is a folder", GOOD | {"out.csv": Folder()}, "export csv -o out.csv", exit=2, shows=["Is a directory"]),
    Case("an output that is a full device", GOOD, "export csv -o /dev/full", exit=2, shows=["No space left"]),
    Case("a data set in a folder of others", GOOD | {"out/mine.txt": "mine"}, "export dataset -o out", exit=2, shows=["not what prepdeck wrote"], wrote={"out/mine.txt": ["mine"]}),
    Case("a package before that is none", GOOD | {"x.apkg": "nonsense"}, "export anki", shows=["could not be compared"], wrote={"x.apkg": ["PK"]}),
    Case("a package before of 8 GiB", GOOD | {"x.apkg": Sparse(8 << 30)}, "export anki", shows=["could not be compared"], wrote={"x.apkg": ["PK"]}),
]

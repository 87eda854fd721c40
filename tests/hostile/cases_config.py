"""prepdeck.toml and pages of rules."""

from battery import Case, Fifo, Link, Many, Numbered, Repeat, Sparse, question

GOOD = {"questions/good.md": question(id="good", heading="What is a mutex?")}
PAGE = '''name = "{name}"
summary = "A house rule"
severity = "warning"
why = "It is so. It is so here. It is so for all."

[match]
kind = "forbid"
in = ["answer.prose"]
{find}
message = "`{{match}}` is bad"
help = "leave it out"
'''


def config(name, text, exit=2, command="check --format concise", more=None, **rest):
    return Case(name, GOOD | {"prepdeck.toml": text} | (more or {}), command, exit, **rest)


def page(name, find, exit=2, answer=None, **rest):
    files = {"house/house.toml": PAGE.format(name="house", find=find)} if isinstance(find, str) else {"house/house.toml": find}
    if answer:
        files["questions/good.md"] = question(answer, id="good", heading="What is a mutex?")
    return config(name, 'rule-pages = "house"\n', exit, more=files, **rest)


def pattern(name, text, exit=2, **rest):
    return page(name, f"pattern = '{text}'", exit, **rest)


CASES = [
    config("a configuration that is not UTF-8", b"id = \"\xff\"\n", shows=["can't read prepdeck.toml"]),
    config("a configuration that is a FIFO", Fifo(), shows=["can't read prepdeck.toml"]),
    config("a configuration that is a device", Link("/dev/zero"), shows=["can't read prepdeck.toml"]),
    config("a configuration of 8 GiB", Sparse(8 << 30), shows=["can't read prepdeck.toml: it is larger than 256 KiB"]),
    config("a configuration that links out", Link("../secret.toml"), shows=["can't read prepdeck.toml"]),
    config("a configuration that links to itself", Link("prepdeck.toml"), exit=2),
    config("a configuration of escapes", 'title = "\x1b[31m"\n', shows=["prepdeck.toml:1:"]),
    config("a key of a configuration in escapes", '"\\u001b[31m::error::" = 1\n', shows=["unknown key"]),
    config("a title of escapes", 'title = "\\u001b[31m\\u202e ::error::x"\n', 0, "stats"),
    config("a title that is a path", 'title = "../../x"\n', 0, "export csv", wrote={"corpus.csv": ["mutex"]}),
    config("an id that is a path", 'id = "../x"\n', shows=["`id` is"]),
    config("a url that is a script", 'url = "javascript:alert(1)//"\n', shows=["`url` is"]),
    config("a url that ends its attribute", 'url = "https://x\\"onclick=alert(1)"\n', 0, "export anki -o out.apkg", wrote={"out.apkg": []}),
    config("tables in tables", Repeat("[", 250_000), shows=["prepdeck.toml:1"]),
    config("arrays in arrays of TOML", Repeat("[", 250_000, "levels = "), shows=["prepdeck.toml:1"]),
    config("inline tables in inline tables", Repeat("{a = ", 40_000, "rules = "), shows=["prepdeck.toml:1"]),
    config("dotted keys", Repeat("a.", 100_000, "", "b = 1\n"), shows=["prepdeck.toml:1"]),
    config("20,000 levels", Numbered('"l{}",', 20_000, "levels = [", "]\n"), 0, cpu=5, memory=256),
    config("20,000 topics", Numbered('"t{}",', 20_000, "topics = [", "]\n"), 0, cpu=5, memory=256),
    config("5,000 overrides", Repeat('[[override]]\npaths = ["a"]\nrules = {}\n', 5000), shows=["stands there 5000 times"], cpu=5, memory=512),
    config("200 overrides", Repeat('[[override]]\npaths = ["questions/**"]\nrules = {}\n', 200), 0),
    config("5,000 sources", Repeat('[[source]]\npaths = ["questions/*.md"]\n', 5000), shows=["at most 200 are read"], cpu=5, memory=512),
    config("20,000 rules that are none", Numbered('r{} = "off"\n', 15_000, "[rules]\n"), cpu=5, memory=256, shows=["there is no rule"]),
    config("a severity that is none", '[rules]\nbare-url = "fatal"\n', shows=["prepdeck.toml:2"]),
    config("an option that is none", "[rules]\nanswer-too-short = { min = -1, minn = 3 }\n", shows=["prepdeck.toml:2"]),
    config("an option too large", "[rules]\nanswer-too-short = { min = 9223372036854775807 }\n", 0),
    config("a number too large for TOML", "max-image-bytes = 99999999999999999999\n", shows=["prepdeck.toml:1"]),
    config("images of any size", "max-image-bytes = 9223372036854775807\n", 0),
    config("splits that are no numbers", "[splits]\nvalidation = nan\n", shows=["splits"]),
    config("splits without end", "[splits]\nvalidation = inf\ntest = -inf\n", shows=["splits"]),
    config("a source above the corpus", '[[source]]\npaths = ["../*.md"]\n', shows=["no question files"]),
    config("a source of the machine", '[[source]]\npaths = ["/etc/*"]\n', shows=["no question files"]),
    config("a source by a way out", '[[source]]\npaths = ["questions/../../*.md"]\n', shows=["no question files"]),
    config("a glob of many alternatives", f'[[source]]\npaths = ["questions/{"{a,b}" * 1000}.md"]\n', shows=["prepdeck.toml"]),
    config("a glob of stars", f'[[source]]\npaths = ["questions/{"*a" * 3000}.md"]\n', shows=["prepdeck.toml"]),
    config("a glob that never closes", '[[source]]\npaths = ["questions/{a"]\n', shows=["prepdeck.toml:2"]),
    config("a line to leave out that explodes", '[[source]]\npaths = ["questions/*.md"]\nleave-out = ["(a{1000}){1000}"]\n', shows=["prepdeck.toml:3"]),
    config("rule pages above the corpus", 'rule-pages = ".."\n', shows=["rule pages"]),
    config("rule pages of the machine", 'rule-pages = "/etc"\n', shows=["rule pages"]),
    config("rule pages behind a link", 'rule-pages = "house"\n', more={"house": Link("..")}, shows=["rule pages"]),
    config("rule pages that are none", 'rule-pages = "nowhere"\n', shows=["can't read the folder of rule pages"]),
    config("rule pages that are a file", 'rule-pages = "prepdeck.toml"\n', shows=["can't read the folder of rule pages"]),
    page("a rule page that links out", Link("../../secret.toml"), shows=["can't read house/house.toml"]),
    page("a rule page that is a FIFO", Fifo(), shows=["can't read house/house.toml"]),
    page("a rule page that is a device", Link("/dev/zero"), shows=["can't read house/house.toml"]),
    page("a rule page of 8 GiB", Sparse(8 << 30), shows=["can't read house/house.toml"]),
    page("a rule page that is not UTF-8", b"\xff", shows=["can't read house/house.toml"]),
    page("a rule page of escapes", "\x1b[31m", shows=["house.toml:"]),
    pattern("a pattern that explodes", "(a{1000}){1000}", shows=["a bad pattern", "house.toml:"]),
    pattern("a pattern that explodes thrice", "((a{500}){500}){500}", shows=["a bad pattern"]),
    pattern("a pattern of Unicode that explodes", r"\pL{1000}\pM{1000}", shows=["a bad pattern"]),
    pattern("a pattern in parentheses", "(" * 100_000 + ")" * 100_000, shows=["a bad pattern"]),
    pattern("a pattern of alternatives", "|".join(f"a{n}b" for n in range(20_000)), exit=0, cpu=5, memory=512),
    pattern("a pattern of nothing", "", exit=0, shows=["1 question"]),
    pattern("a pattern of every place", r"\\b|".replace("\\\\", "\\"), exit=0, shows=["1 question"]),
    pattern("a pattern that goes back", r"(a)\1", shows=["a bad pattern"]),
    pattern("a pattern that backtracks elsewhere", "(a+)+$", exit=0, answer=Repeat("a", 1_000_000), cpu=5),
    pattern("a pattern of large counts over a large text", "(?:[a-y]{1,50}z){1,20}", exit=0, answer=Repeat("abc ", 1_000_000), cpu=10),
    page("words without end", f"words = [{'`a`,'.replace('`', chr(34)) * 50_000}]", exit=2, cpu=10, memory=512, shows=["a bad pattern"]),
    page("a message with a name of nothing", "pattern = 'a'\nmessage2 = 1", shows=["house.toml"]),
    config(
        "10,000 rules", 'rule-pages = "house"\n', 0, cpu=20, memory=1500,
        more={"house": Many(10_000, "rule-{}.toml", PAGE.replace("{{", "{").replace("}}", "}").replace("{name}", "rule-{}").replace("{find}", "pattern = 'word{} is bad'"))},
    ),
    config(
        "1,000 rules with large patterns", 'rule-pages = "house"\n', 0, cpu=20, memory=1500,
        more={"house": Many(1000, "rule-{}.toml", PAGE.replace("{{", "{").replace("}}", "}").replace("{name}", "rule-{}").replace("{find}", r"pattern = '\w{1,9}x{}[a-z]{100}'"))},
    ),
    config(
        "long words that begin as all of a text does", 'rule-pages = "house"\n', 0, cpu=4,
        more={
            "house": Many(16, "rule-{}.toml", PAGE.replace("{{", "{").replace("}}", "}").replace("{name}", "rule-{}").replace("{find}", f"words = ['{'7' * 14_000}8{'7' * 14_000}']")),
            "questions/good.md": question(Repeat("7", 7_000_000), id="good", heading="What is a mutex?"),
        },
    ),
    config("10,000 faulty pages", 'rule-pages = "house"\n', 2, cpu=10, memory=256, more={"house": Many(10_000, "rule-{}.toml", "nonsense {}")}),
    config("a page named as a rule that is built in", 'rule-pages = "house"\n', 2, more={"house/a.toml": PAGE.format(name="bare-url", find="words = ['a']")}, shows=["already"]),
]

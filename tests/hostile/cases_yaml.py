"""Front matter."""

from battery import Case, Numbered, Repeat, question

BODY = "---\n\n# What is it?\n\nIt is a thing that is asked about.\n"


def one(name, yaml, exit=1, **more):
    return Case(name, {"questions/a.md": f"---\n{yaml}\n{BODY}"}, exit=exit, **more)


LAUGHS = "\n".join(
    ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
)
FOLDED = "\n".join(
    ["m0: &m0 {k: v}"] + [f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}], k{n}: v}}" for n in range(1, 100)]
)

CASES = [
    one("a billion laughs", LAUGHS, shows=["a YAML anchor", "a YAML alias"]),
    one("merge keys in merge keys", FOLDED, shows=["a.md:2"]),
    one("an alias of itself", "id: &a [*a]", shows=["a.md:2"]),
    one("an alias of nothing", "id: *nobody", shows=["a.md:2:5"]),
    one("a tag that runs Python", "id: !!python/object/apply:os.system [touch pwned]", shows=["a.md:2"]),
    one("a tag that runs Ruby", "id: !ruby/object:Gem::Installer\n  i: x", shows=["a YAML tag"]),
    one("a directive", "%YAML 9.9\nid: a", shows=["a.md:2"]),
    one("a tag's directive", "%TAG ! tag:example.org,2000:\nid: !a b", shows=["a.md:2"]),
    one("a second document", "id: a\n...\nid: b", shows=["a.md:"]),
    one("a binary value", "id: !!binary R0lGODlhDAAMAIQAAP", shows=["a.md:2"]),
    one("a complex key", "? [a, b]\n: c\nid: a", shows=["a.md:2"]),
    one("keys that are null", "~: a\nnull: b\n: c", shows=["a.md:2"]),
    one("a list", "- a\n- b", shows=["front matter that is no map"]),
    one("a text", "just text", shows=["a.md:2"]),
    one("a number", "42", shows=["front matter that is no map"]),
    one("a tab before a key", "\tid: a", exit=0, shows=["missing-level"]),
    one("a quote that never closes", 'id: "a', shows=["a.md:"]),
    one("a list that never closes", "tags: [a, b", shows=["a.md:"]),
    one("the same key twice", "id: a\nid: b\nlevel: mid\nsources: []", shows=["stands here a second time"]),
    one("a key of escapes", '"\\e[31m::error::x": 1', shows=["\\u{1b}"]),
    one("a key of a line end", '"a\\nb": 1', shows=["unknown-key"]),
    one("values of other types", "id: {a: b}\nlevel: [mid]\nsources: 3\ntags: {a: b}\nstatus: [x]\nallow: 3", shows=["`id` must be text", "`level` must be text", "`sources` must be a list"]),
    one("numbers without end", f"id: {'9' * 60_000}", shows=["id"]),
    one("a sexagesimal number", "id: 190:20:30\nlevel: mid\nsources: []", shows=["a.md:2"]),
    one("a date", "id: 2001-01-01\nlevel: mid\nsources: []", exit=0),
    one("Norway", "id: no\nlevel: mid\nsources: []", exit=0),
    one("not a number", "id: .nan\nlevel: .inf\nsources: []", shows=["a.md:2"]),
    one("a NUL in a value", 'id: "a\\0b"', shows=["invalid-id"]),
    one("a source that is a script", "id: a\nlevel: mid\nsources: ['javascript:alert(1)', 'data:text/html,x']", exit=0),
    one("a source of 60,000 letters", f"id: a\nlevel: mid\nsources: ['https://example.org/{'a' * 60_000}']", exit=0),
    one("front matter of 64 KiB and more", "id: a\nlevel: mid\nsources: []\ntags: [" + "a, " * 22_000 + "a]", shows=["at most 64 are read"]),
    Case("front matter of 8 MB", {"questions/a.md": Numbered("k{}: v\n", 600_000, "---\n", BODY)}, exit=1, shows=["at most 64 are read"]),
    Case("front matter that never closes", {"questions/a.md": Repeat("k: v\n", 500_000, "---\n")}, exit=1, shows=["never closes"]),
    Case("nothing but marks of front matter", {"questions/a.md": Repeat("---\n", 1_000_000)}, exit=1, cpu=2, shows=["a.md"]),
    Case("a mark of front matter without a line's end", {"questions/a.md": "---"}, exit=1, shows=["a.md"]),
    Case("a mark of dots", {"questions/a.md": "---\nid: a\n...\n\n# What?\n\nIt is.\n"}, exit=1, shows=["never closes"]),
    Case("front matter of TOML", {"questions/a.md": "+++\nid = 'a'\n+++\n\n# What is it?\n\nIt is a thing asked.\n"}, exit=1, shows=["missing-id"]),
    Case("front matter with a space behind its mark", {"questions/a.md": question().replace("---\n", "--- \n")}, exit=0),
    Case("front matter below lines", {"questions/a.md": "\n\n\n" + question()}, exit=1, shows=["not on the first line"]),
    Case("ids from every file's front matter", {f"questions/{n}.md": f"---\n{LAUGHS}\n{BODY}" for n in range(100)}, exit=1, cpu=3, shows=["a YAML anchor"]),
]

//! Languages and what has a colour in them; any text at all.

use std::collections::HashSet;
use std::time::Instant;

use proptest::prelude::*;
use rayon::prelude::*;

use super::{Tokens, lex, named, names, write};

fn html(language: &str, code: &str) -> String {
    let mut out = String::new();
    write(Some(language), code, &mut out);
    out
}

/// The text of `html`, each of whose elements must be one of ours, and closed.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut open = false;
    for (at, piece) in html.split('<').enumerate() {
        if at == 0 {
            text.push_str(piece);
            continue;
        }
        let Some((tag, after)) = piece.split_once('>') else {
            panic!("a tag that never closes: {html}");
        };
        assert_eq!(open, tag == "/span", "{html}");
        assert_ne!(open, tag.starts_with("span class=\"pd-"), "{html}");
        open = !open;
        text.push_str(after);
    }
    assert!(!open, "{html}");
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    for (entity, c) in entities {
        text = text.replace(entity, c);
    }
    text
}

/// The stretches that have `class`, with ` | ` between them.
fn found(language: &str, code: &str, class: &str) -> String {
    let mut tokens = Tokens::default();
    let Some(grammar) = named(language) else {
        panic!("no row for {language}");
    };
    lex(grammar, code, &mut tokens);
    let mut start = 0;
    let mut found = Vec::new();
    for (kind, end) in tokens.0 {
        if kind.class() == Some(class) {
            found.push(code[start..end].trim());
        }
        start = end;
    }
    found.join(" | ")
}

/// Language, class, code, and what of it has the class.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "js",
        "pd-s",
        "a = `x ${f(`y`)} z`; // 'c'",
        "`x ${ | `y` | } z`",
    ),
    (
        "js",
        "pd-s",
        "x = a / b / c; y = /[/]'/g.test(s)",
        "/[/]'/g",
    ),
    (
        "jsx",
        "pd-k",
        "return <Item a=\"b\">don't</Item>",
        "return | <Item | </Item",
    ),
    (
        "ts",
        "pd-t",
        "let a: Map<string, number> = new Map()",
        "Map | string | number | Map",
    ),
    (
        "java",
        "pd-c",
        "int a; /* b\n*/ c // d\ne",
        "/* b\n*/ | // d",
    ),
    (
        "java",
        "pd-s",
        "char c = '\\''; s = \"\"\"\n\"a\"\n\"\"\";",
        "'\\'' | \"\"\"\n\"a\"\n\"\"\"",
    ),
    (
        "java",
        "pd-n",
        "0x1F + 1_000L - 1.5e-3 + a1",
        "0x1F | 1_000L | 1.5e-3",
    ),
    (
        "java",
        "pd-t",
        "@Override List<T> a = new Foo(); b.Bar(); MAX",
        "@Override | List | T | Foo",
    ),
    (
        "python",
        "pd-s",
        "rb'\\'' + f\"\"\"a\n'\"\"\" + x",
        "rb'\\'' | f\"\"\"a\n'\"\"\"",
    ),
    (
        "python",
        "pd-k",
        "def f(self): return None # if",
        "def | self | return | None",
    ),
    ("go", "pd-s", "a := `x\n\"` + 'b'", "`x\n\"` | 'b'"),
    (
        "c",
        "pd-k",
        "#include <a.h>\nif (a) return;",
        "#include | if | return",
    ),
    ("cpp", "pd-s", "R\"x(a)\")x\" 1'000", "R\"x(a)\")x\""),
    (
        "c#",
        "pd-s",
        "var a = @\"c:\\\" + $\"{b}\";",
        "@\"c:\\\" | $\"{ | }\"",
    ),
    (
        "rust",
        "pd-s",
        "fn f<'a>(x: &'a str) { r#\"\"\"#; 'b'; }",
        "r#\"\"\"# | 'b'",
    ),
    ("rust", "pd-c", "/* a /* b */ c */ d", "/* a /* b */ c */"),
    (
        "kotlin",
        "pd-s",
        "\"a ${b[\"c\"]} d\"",
        "\"a ${ | \"c\" | } d\"",
    ),
    ("swift", "pd-s", "\"a \\(b) c\"", "\"a \\( | ) c\""),
    (
        "php",
        "pd-s",
        "echo <<<SQL\nselect 1\nSQL;\nf('a');",
        "<<<SQL | select 1\nSQL | 'a'",
    ),
    ("ruby", "pd-n", "a = :b ? c::D : 1", ":b | 1"),
    (
        "sql",
        "pd-k",
        "Select a FROM b where c = 'from'",
        "Select | FROM | where",
    ),
    (
        "postgresql",
        "pd-s",
        "do $x$ begin end $x$; f($1, $2)",
        "$x$ begin end $x$",
    ),
    ("sh", "pd-c", "echo $# a#b # c", "# c"),
    (
        "sh",
        "pd-s",
        "cat <<EOF | wc\nfor\nEOF\necho \"$(ls \"a b\")\"",
        "<<EOF | for\nEOF | \"$( | \"a b\")\"",
    ),
    ("console", "pd-k", "$ cd a\ncd b", "cd"),
    (
        "powershell",
        "pd-k",
        "If ($a) { Return <# if #> }",
        "If | Return",
    ),
    (
        "html",
        "pd-t",
        "<a href=\"b\">for</a><script>var c</script>",
        "href",
    ),
    (
        "html",
        "pd-k",
        "<script>var c</script>",
        "<script>var | </script>",
    ),
    (
        "css",
        "pd-t",
        "@media x { a:hover { color: red; } }",
        "@media | color",
    ),
    (
        "json",
        "pd-t",
        "{\"a\": \"b\", \"c\" : [true]}",
        "\"a\" | \"c\"",
    ),
    ("yaml", "pd-t", "a:\n  - b c: http://d # e:\n", "a | b c"),
    ("toml", "pd-k", "[a.b]\nc = true", "[a.b] | true"),
    ("ini", "pd-t", "; a = b\nc.d=e", "c.d"),
    (
        "dockerfile",
        "pd-k",
        "FROM a AS b\nRUN from",
        "FROM | AS | RUN",
    ),
    ("make", "pd-t", "all: a\n\tcc b", "all"),
    (
        "lua",
        "pd-s",
        "a = [==[ ]] ]==] .. 'b'",
        "[==[ ]] ]==] | 'b'",
    ),
    (
        "haskell",
        "pd-c",
        "{- a {- b -} -} foldl' -- c",
        "{- a {- b -} -} | -- c",
    ),
    ("elixir", "pd-n", "{:ok, a}", ":ok"),
    ("clojure", "pd-k", "(defn a-if [b] (if b 1 2))", "defn | if"),
    ("graphql", "pd-t", "type A { b: Int! }", "A | Int"),
    (
        "hcl",
        "pd-t",
        "resource \"a\" \"b\" {\n  c = \"${d == e}\"\n}",
        "c",
    ),
    ("diff", "pd-i", "--- a\n+++ b\n+c\n-d", "+c"),
    ("vb", "pd-c", "Dim a = \"it's\" ' c", "' c"),
];

#[test]
fn each_language_has_its_words() {
    for (language, class, code, want) in CASES {
        assert_eq!(&found(language, code, class), want, "{language}: {code}");
    }
}

#[test]
fn a_name_has_one_row_and_many_languages_have_one() {
    let all: Vec<&str> = names().collect();
    let different: HashSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), different.len());
    assert!(super::table::GRAMMARS.iter().copied().flatten().count() >= 50);
}

#[test]
fn no_code_takes_long() {
    let units = [
        "'", "\"", "`${", "/", "=/[", "/*", "<", "</script", "<script>", "<<A\n", "<<'A", "R\"",
        "r#", "#", "[=", "$a", "{-", "(*", "\\'", "a: ", "- ", "\"$(", "#{", "@", "0x", "é",
        "<!--", "&a", "\t:", "a=", "--[[", "'\\", "\"\"\"", "%w[", "\"a\"  ", "[a", "if ", "a ",
        "\\(", "'''",
    ];
    units.par_iter().for_each(|unit| {
        let code = unit.repeat(16 * 1024 / unit.len());
        for row in super::table::GRAMMARS.iter().copied().flatten() {
            let name = row.names.split(' ').next().unwrap_or_default();
            let start = Instant::now();
            assert!(html(name, &code).len() >= code.len());
            // Without optimization, on a busy machine. What is quadratic takes minutes.
            assert!(start.elapsed().as_secs() < 1, "{name}: {unit:?}");
        }
    });
}

proptest! {
    #[test]
    fn the_text_of_the_html_is_the_code(
        pieces in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "'", "\"", "`", "/", "*", "<", ">", "{", "}", "(", ")", "$", "#", "@", ":", "=", "\\", "[",
                    "]", "-", "%", "&", ";", ".", "!", "~", "|", "\n", "\r", "\t", " ", "<<A\n", "A\n", "\"\"\"",
                    "'''", "${", "#{", "R\"(", "r#\"", "<script>", "</", "if", "new", "Aa", "0x1", "é",
                    "\u{1f600}", "&lt;", "$x$", "--[[", "{-", "(*", "=begin", "@\"", "\\(", "$(",
                ])
                .prop_map(str::to_string),
                any::<char>().prop_map(|c| c.to_string().replace('\0', "x")),
            ],
            0..40,
        ),
    ) {
        let code = pieces.concat();
        for row in super::table::GRAMMARS.iter().copied().flatten() {
            let name = row.names.split(' ').next().unwrap_or_default();
            prop_assert_eq!(text(&html(name, &code)), &code[..], "{}", name);
        }
    }
}

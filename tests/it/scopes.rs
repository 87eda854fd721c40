//! A match's span, cut from the source, is what the rule saw, wherever the
//! words stand and however they are written.

use std::fs;

use prepdeck::corpus::{self, Corpus};
use prepdeck::scope::{Scope, stretches};
use prepdeck::verdict::Asked;
use proptest::prelude::*;

use crate::cases;

/// What is looked for. Nothing else in these documents holds it.
const NEEDLE: &str = "Zq9x";

/// Text before and behind the needle in a paragraph: marks, entities, escapes,
/// code, links, characters of more than one byte.
const AROUND: &[&str] = &[
    "",
    "plain ",
    "*em* ",
    "**bo*th***, ",
    "&amp;&lt; ",
    "\\* \\[ ",
    "`code` ",
    "``a`b`` ",
    "[link](https://example.org/a_(b)) ",
    "![image](https://example.org/i.png) ",
    "é e\u{301} ",
    "🦀👩‍💻 ",
    "日本語 ",
    "<b>raw</b> ",
    "a\tb ",
    "$x^2$ ",
    "~~old~~ ",
    "soft\nbreak ",
    "hard  \nbreak ",
    "&#x1F980; ",
    "https://example.org/x ",
    "[ref][label] ",
];

/// How the needle itself is written.
const WRITTEN: &[&str] = &[
    "Zq9x",
    "*Zq9x*",
    "**Zq9x**",
    "[Zq9x](https://example.org)",
    "~~Zq9x~~",
    "(Zq9x)",
    "\"Zq9x\"",
];

/// What a block of prose stands in: the first line's mark, and that of the others.
const CONTAINERS: &[(&str, &str)] = &[
    ("", ""),
    ("> ", "> "),
    ("- ", "  "),
    ("12. ", "    "),
    ("> - ", ">   "),
    ("- > ", "  > "),
    ("- - ", "    "),
];

fn paragraph() -> impl Strategy<Value = String> {
    let around = || prop::sample::select(AROUND);
    let written = prop::sample::select(WRITTEN);
    let container = prop::sample::select(CONTAINERS);
    (around(), around(), written, around(), container).prop_map(
        |(one, two, needle, three, (first, rest))| {
            let text = format!("{one}{two}{needle} {three}");
            format!("{first}{}", text.trim().replace('\n', &format!("\n{rest}")))
        },
    )
}

fn block() -> impl Strategy<Value = String> {
    let table = prop::sample::select(AROUND).prop_map(|around| {
        let cell = around.replace('\n', " ");
        format!("| a | {cell}b |\n| --- | --- |\n| {cell} Zq9x | `x \\| y` |")
    });
    let filler = prop::sample::select(
        &[
            "```java\nint a;\n```",
            "    indented",
            "<div>\nhtml\n</div>",
            "---",
            "text[^1]\n\n[^1]: note",
        ][..],
    );
    prop_oneof![4 => paragraph(), 1 => table, 1 => filler.prop_map(str::to_string)]
}

/// A question file, and how often the needle stands in its answer's prose.
fn file() -> impl Strategy<Value = String> {
    let heading = prop::sample::select(AROUND).prop_map(|around| around.replace('\n', " "));
    let line_end = prop::sample::select(&["\n", "\r\n"][..]);
    let mark = prop::sample::select(&["", "\u{feff}"][..]);
    let blocks = prop::collection::vec(block(), 1..6);
    (heading, blocks, line_end, mark).prop_map(|(heading, blocks, line_end, mark)| {
        let tag = "tags: [\"Zq9x é\", Zq9x]\nid: a\nlevel: mid\nsources: []";
        let choices = "- [ ] one Zq9x\n- [x] *two* `Zq9x` Zq9x";
        let code = "> ```text\n> a Zq9x\n> é Zq9x\n> ```";
        let links = "[Zq9x *b* Zq9x](Zq9x.md \"t\") ![alt Zq9x](<Zq9x a.png>) <https://example.org/Zq9x>";
        let text = format!(
            "---\n{tag}\n---\n\n# What is {heading}Zq9x here?\n\n{choices}\n\nIt is.\n\n{}\n\n{code}\n\n{links}\n\n## Zq9x `Zq9x` *Zq9x*\n\n[label]: https://example.org\n",
            blocks.join("\n\n")
        );
        format!("{mark}{}", text.replace('\n', line_end))
    })
}

fn read(text: &str) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("questions")).unwrap();
    fs::write(folder.path().join("questions/a.md"), text).unwrap();
    corpus::around(folder.path()).unwrap()
}

/// How often a scope shows the needle; each time the source says it too.
fn seen(corpus: &Corpus, scope: Scope) -> usize {
    let asked = Asked::new(corpus, 0).unwrap();
    let mut number = 0;
    for stretch in stretches(scope, &asked) {
        for (at, found) in stretch.text().match_indices(NEEDLE) {
            let span = stretch.span(at..at + found.len());
            assert_eq!(
                asked.source.slice(span),
                NEEDLE,
                "{scope:?} in {}",
                asked.source.text
            );
            number += 1;
        }
    }
    number
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_span_cut_from_the_source_is_what_the_rule_saw(text in file()) {
        let corpus = read(&text);
        prop_assert!(corpus.problems.iter().all(Vec::is_empty), "{:?}", corpus.problems);
        // Two choices show it, and one of them in code, where nothing is seen.
        prop_assert_eq!(seen(&corpus, Scope::Choice), 2);
        prop_assert_eq!(seen(&corpus, Scope::Question), 3);
        prop_assert_eq!(seen(&corpus, Scope::Tag), 2);
        prop_assert_eq!(seen(&corpus, Scope::Heading), 3);
        prop_assert!(seen(&corpus, Scope::AnswerCode) >= 2);
        prop_assert!(seen(&corpus, Scope::LinkText) >= 2);
        prop_assert!(seen(&corpus, Scope::LinkTarget) >= 3);
        prop_assert_eq!(seen(&corpus, Scope::ImageAlt), 1);
        // Every block that is prose shows it once, and the links' paragraph three times.
        let shown = text.matches(NEEDLE).count();
        let elsewhere = 2 + 3 + 1 + 2 + 3 + 3;
        let prose = seen(&corpus, Scope::AnswerProse);
        prop_assert_eq!(prose, shown - elsewhere, "{}", text);
    }
}

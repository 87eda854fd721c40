//! The book of a corpus can be read, whatever its questions hold: one heading a
//! question, contents that lead to it, and nothing that reaches the next one.

use std::collections::BTreeSet;
use std::fs;

use prepdeck::corpus::around;
use prepdeck::export::media::Media;
use prepdeck::export::{Entry, Format, Options, Output, Selection, render};
use prepdeck::history::Times;
use prepdeck::markdown::options;
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::cases;

/// What a heading may hold. They repeat, and repeat what the book says itself.
const HEADINGS: &[&str] = &[
    "What is a deadlock?",
    "What is a deadlock?",
    "Contents",
    "sql",
    "b",
    "What is `a`?",
    "Is [this][1] <b>bold</b>?",
    "What | is * this_ <!-- ?",
    "Which ![image](images/a.png)?",
    "Unclosed ` and [",
    "C# #",
];

/// What breaks a page that it is pasted into.
const BLOCKS: &[&str] = &[
    "# Loud",
    "text\n# Tight",
    "## Follow-ups",
    "Under\n===",
    "Sub\n---",
    "# What is a deadlock?",
    "###### Deep",
    "#",
    "> # Quoted",
    "- # Listed",
    "```rust\nfn a() {}",
    "~~~~\nx\n~~~",
    "> ```\n> x",
    "- ```\n  x",
    "1. ```\n   x",
    "    indented",
    "<details>",
    "<details><summary>x",
    "</details>",
    "<!-- open",
    "text <!-- open",
    "<script>",
    "<pre>\n# in pre",
    "<textarea>",
    "<![CDATA[",
    "<?php",
    "<!DOCTYPE",
    "<div>\n# in html\n</div>",
    "<a id=\"b\"></a>",
    "<a name=\"question/b\">",
    "<b>bold",
    "a note[^1]",
    "[^1]: A note.\n\n    More of it.",
    "[^1]: ```\n    open",
    "[^other]: Another.",
    "[1]: https://evil.example/",
    "[deadlock]: <",
    "![image](images/a.png)",
    "![image][1]",
    "[here](#b)",
    "[unclosed](",
    "| a | b |\n| - | - |\n| `c",
    "- a\n  - b",
    "* * *",
    "$$\nx",
    "`open",
    "**open",
    "\\",
    "\u{2028}",
    "> [!NOTE]\n> x",
    "\t- tab",
    "- [x] right\n- [ ] # wrong\n  ```",
];

/// The book of one question a heading and its blocks, and the ids in it.
fn book(questions: &[(&str, String)]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    for (number, (heading, body)) in questions.iter().enumerate() {
        let id = char::from(b'a' + u8::try_from(number).unwrap());
        let topic = ["sql", "sql/locks"][number % 2];
        let place = folder.path().join("questions").join(topic);
        fs::create_dir_all(&place).unwrap();
        let text = format!(
            "---\nid: {id}\nlevel: mid\nsources: []\n---\n\n# {heading}\n\n[To {id}][1].\n\n[1]: https://example.org/{id}\n\n{body}\n"
        );
        fs::write(place.join(format!("{id}.md")), text).unwrap();
    }
    let corpus = around(folder.path()).unwrap();
    let entries: Vec<Entry<'_>> = corpus
        .questions
        .iter()
        .map(|question| Entry {
            id: question.id().unwrap(),
            question,
            source: corpus.source_of(question).unwrap(),
            times: Times {
                created: 0,
                updated: 0,
            },
        })
        .collect();
    let ids = entries.iter().map(|entry| entry.id.to_string()).collect();
    let selection = Selection {
        corpus: &corpus,
        entries,
        media: Media::default(),
        options: Options::default(),
    };
    let Ok(Output::Bytes(bytes)) = render(Format::Markdown, &selection) else {
        panic!("a book is a file");
    };
    (String::from_utf8(bytes).unwrap(), ids)
}

/// What a reader of the book finds in it.
#[derive(Default)]
struct Found {
    /// Level, and the anchor that stands before it.
    headings: Vec<(HeadingLevel, Option<String>)>,
    anchors: Vec<String>,
    /// Where each link of the contents leads.
    contents: Vec<String>,
    links: Vec<(String, String)>,
    images: Vec<String>,
    /// Footnotes and references to them, each behind the anchor before it.
    notes: Vec<(String, String)>,
    /// HTML that is no anchor of ours.
    html: Vec<String>,
}

fn found(book: &str) -> Found {
    let mut found = Found::default();
    let mut anchor = None;
    let mut place = String::new();
    let mut link: Option<(String, String)> = None;
    let mut second = 0;
    for event in Parser::new_ext(book, options()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let id = html.strip_prefix("<a id=\"");
                match id.and_then(|id| id.strip_suffix("\">")) {
                    Some(id) => {
                        found.anchors.push(id.to_string());
                        anchor = Some(id.to_string());
                        place = id.to_string();
                    }
                    None if &*html == "</a>" => {}
                    None => found.html.push(html.to_string()),
                }
            }
            Event::Start(Tag::Heading { level, .. }) => {
                second += usize::from(level == HeadingLevel::H2);
                found.headings.push((level, anchor.take()));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                link = Some((String::new(), dest_url.to_string()));
                if second == 1 {
                    found.contents.push(dest_url.to_string());
                }
            }
            Event::End(TagEnd::Link) => found.links.extend(link.take()),
            Event::Text(text) => {
                if let Some((shown, _)) = &mut link {
                    shown.push_str(&text);
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => found.images.push(dest_url.to_string()),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                found.notes.push((place.clone(), name.to_string()));
            }
            Event::FootnoteReference(name) => found.notes.push((place.clone(), name.to_string())),
            _ => {}
        }
    }
    found
}

fn body() -> impl Strategy<Value = String> {
    let block = prop::sample::select(BLOCKS.to_vec());
    let between = prop::sample::select(vec!["\n", "\n\n", "\n\n\n"]);
    let blocks = prop::collection::vec((block, between), 0..5);
    blocks.prop_map(|blocks| {
        let blocks = blocks.into_iter();
        blocks
            .flat_map(|(block, between)| [block, between])
            .collect()
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_question_is_one_heading_to_which_the_contents_lead(
        questions in prop::collection::vec((prop::sample::select(HEADINGS.to_vec()), body()), 1..4),
    ) {
        let (book, ids) = book(&questions);
        prop_assert_eq!(ids.len(), questions.len());
        let found = found(&book);
        let at = |level| {
            let headings = found.headings.iter().filter(move |(own, _)| *own == level);
            headings.map(|(_, anchor)| anchor.clone()).collect::<Vec<_>>()
        };
        // The title, the contents and the topics, and a question a heading.
        prop_assert_eq!(at(HeadingLevel::H1).len(), 1, "{}", book);
        let topics = at(HeadingLevel::H2).split_off(1);
        let expected: Vec<_> = ids.iter().map(|id| Some(format!("question/{id}"))).collect();
        prop_assert_eq!(&at(HeadingLevel::H3), &expected, "{}", book);
        // Each link of the contents leads to one of them, and there is no other anchor.
        let mut anchors: Vec<String> = topics.into_iter().chain(expected).flatten().collect();
        let mut contents: Vec<String> = found.contents.iter().map(|link| link[1..].to_string()).collect();
        let mut all = found.anchors.clone();
        for list in [&mut anchors, &mut contents, &mut all] {
            list.sort();
        }
        prop_assert_eq!(&contents, &anchors, "{}", book);
        prop_assert_eq!(&all, &anchors, "{}", book);
        prop_assert_eq!(anchors.iter().collect::<BTreeSet<_>>().len(), anchors.len());
        // What a question calls by a name of its own is its own.
        for id in &ids {
            let link = (format!("To {id}"), format!("https://example.org/{id}"));
            prop_assert!(found.links.contains(&link), "{link:?}\n{book}");
        }
        for (place, name) in &found.notes {
            let id = place.trim_start_matches("question/");
            prop_assert!(name.starts_with(&format!("{id}-")), "{name}\n{book}");
        }
        for image in &found.images {
            let image = image.strip_prefix("questions/sql/").unwrap_or(image);
            let image = image.strip_prefix("locks/").unwrap_or(image);
            prop_assert!(image == "images/a.png" || image.starts_with("https://e"), "{image}\n{book}");
        }
        prop_assert!(found.html.is_empty(), "{:?}\n{}", found.html, book);
    }
}

#[test]
fn a_line_of_tags_parts_nothing() {
    let answer = "A paragraph\n<a id=\"b\"></a> <b></b>\nthat goes on\n\n> quoted\n> <b></b>\n> text\n\n<b><i>\nTitle of it</i></b>\n---\n\nfoo\n<b\nclass=\"x\">\nbar\n";
    let (book, _) = book(&[("What is a lock?", answer.to_string())]);
    assert!(book.contains("#### Title of it\n\nfoo\nbar\n"), "{book}");
    assert!(
        book.contains("A paragraph\nthat goes on\n\n> quoted\n> text\n"),
        "{book}"
    );
}

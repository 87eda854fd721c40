//! Banks as they stand: every byte of a file belongs somewhere, and what is
//! said of a question stands where the file has it.

use std::fs;

use prepdeck::config::{Format, SourceSet};
use prepdeck::corpus::{self, Corpus};
use prepdeck::fix::{Fixing, fix};
use prepdeck::parse::{Kind, Parsed, parse};
use prepdeck::rules::built_in;
use prepdeck::source::{Source, Span};
use proptest::prelude::*;

use crate::cases;

pub const FORMATS: &[Format] = &[
    Format::Questions,
    Format::Headings,
    Format::Details,
    Format::List,
    Format::FrontMatter,
    Format::Csv,
    Format::Json,
    Format::Jsonl,
    Format::AnkiText,
];

fn read(format: Format, text: &str) -> (Source, Parsed) {
    let source = Source::new("bank.md".into(), "bank.md".into(), text.into());
    let set = SourceSet {
        format,
        ..SourceSet::default()
    };
    let parsed = parse(&set, &source, 0, &"".into());
    (source, parsed)
}

/// Lines that banks are made of, and lines that break them.
const LINES: &[&str] = &[
    "# Title",
    "## Section",
    "### What is a cache?",
    "### Caches",
    "### What is NextJS, or postgres",
    "12. ### What is a lock?",
    "#### Q5. Which one is right?",
    "#### 7. What is the output",
    "Question: What is said?",
    "**Q2: What is bold?**",
    "### <a name=x></a>3. What is the output of following code?",
    "#### Answer",
    "##### Answer: B",
    "- What is a bullet?",
    "  - And a nested one?",
    "- A: one",
    "- B: two",
    "- [x] right",
    "- [ ]",
    "- \\[x] escaped",
    "- [] empty",
    "1. a number",
    "3. #### What goes on?",
    "- A: > less",
    "A. one  ",
    "B. two  ",
    "Answer: B",
    "two",
    "## Q. What is behind HTML?",
    "<!-- END -->",
    "- [ ] wrong",
    "<details>",
    "</details>",
    "<summary>What is a fold?</summary><br><b>",
    "<details><summary>What is <code>x</code>?</summary>It is.</details>",
    "<details><summary><b>Answer</b></summary>",
    "</b></details>",
    "</summary>",
    "```",
    "```js",
    "    indented text",
    "some words that answer",
    "**[⬆ Back to Top](#title)**",
    "<div align=\"right\">",
    "    <b><a href=\"#\">↥ back to top</a></b>",
    "</div>",
    "---",
    "| a | b |",
    "|---|---|",
    "| <details><summary>In a table?</summary>yes</details> | x |",
    "<!-- tags: (a,b) -->",
    "<!-- prepdeck-allow filler-phrase -->",
    "[label]: https://example.org",
    "see [label] &amp; more",
    "id: x",
    "é ü 🙂",
    "",
    "",
    "",
    "question,answer",
    "What is \"x\"?,\"it, is\"",
    "\"never closes,",
    "[{\"question\": \"What?\", \"answer\": \"That.\"},",
    "{\"question\": \"What else?\", \"choices\": [\"a\", \"b\"], \"correct\": \"b\"}",
    "{\"question\": \"a\\nb\", \"question\": 2,}]",
    "{\"topic\": \"T\", \"questions\": [",
    "\"[\"\"x\"\", \"\"y\"\"]\",tags",
    "#separator:tab",
    "What?\tThat.",
    "> quoted",
    "\u{feff}",
];

fn soup() -> impl Strategy<Value = String> {
    let line = prop::sample::select(LINES);
    let end = prop::sample::select(&["\n", "\n", "\n\n", "\r\n"][..]);
    prop::collection::vec((line, end), 0..40).prop_map(|lines| {
        let lines = lines.iter().flat_map(|(line, end)| [*line, *end]);
        lines.collect()
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_byte_belongs_to_one_question_to_the_frame_or_to_what_is_left(text in soup()) {
        for &format in FORMATS {
            let (source, parsed) = read(format, &text);
            if parsed.page.is_none() {
                continue;
            }
            let mut at = 0;
            for part in &parsed.parts {
                prop_assert_eq!(part.span.start(), at, "{:?} {:?}\n{}", format, parsed.parts, text);
                prop_assert!(text.get(part.span.range()).is_some());
                at = part.span.end();
            }
            prop_assert_eq!(at, source.text.len(), "{:?}\n{}", format, text);
            let questions = parsed.parts.iter().filter(|part| part.kind == Kind::Question);
            prop_assert!(questions.count() >= parsed.questions.len());
        }
    }

    #[test]
    fn what_a_page_says_stands_in_the_file(text in soup()) {
        for &format in FORMATS {
            let (source, parsed) = read(format, &text);
            let Some(page) = &parsed.page else { continue };
            for question in &parsed.questions {
                let document = question.document(&page.source);
                let flats = document.headings.iter().map(|heading| &heading.text);
                for flat in flats.chain([&document.prose]) {
                    for (at, word) in words(&flat.text) {
                        let place = page.place(flat.span(at..at + word.len()));
                        let written = source.slice(place);
                        if word == "Follow" || word == "ups" {
                            // The heading of follow-ups stands on the page alone.
                            prop_assert!(written.is_empty());
                            continue;
                        }
                        let same = written == word || written.contains(['\\', '&', '<', '"', '`']);
                        prop_assert!(same, "{:?}: {:?} is {:?} in\n{}", format, word, written, text);
                    }
                }
            }
            for problem in &parsed.problems {
                prop_assert!(source.text.get(problem.span.range()).is_some(), "{:?}", problem);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn fixes_lose_no_question_and_fixing_twice_is_fixing_once(text in soup()) {
        lose_no_question(&text)?;
    }
}

#[test]
fn fixes_move_no_id() {
    let texts = [
        // Without the comment, two lists would be one.
        "# Title\n- [x] right\n<!-- prepdeck-allow filler-phrase -->\n- [x] right\n",
        // Without it, code would be the choice that has no words.
        "# Title\n- [x] right\n- [ ]\n<!-- prepdeck-allow filler-phrase -->\n```\n",
        // Spaces at the end of a choice's line.
        "### What is a cache?\n- [ ]\nA. one  \n</div>\n- [ ] wrong\n",
        // Code below a comment is as much the question's as without it.
        "Question: What is said?\n<!-- prepdeck-allow filler-phrase -->\n```\n# Title\n",
        // An empty line would end the HTML that the comment stands in.
        "### What is a cache?\n<details>\n#### Answer\n<!-- prepdeck-allow filler-phrase -->\n### What is a cache?\n",
    ];
    for text in texts {
        lose_no_question(text).unwrap();
    }
}

fn lose_no_question(text: &str) -> Result<(), TestCaseError> {
    let rules = built_in().unwrap();
    for &format in FORMATS
        .iter()
        .filter(|&&format| format != Format::Questions)
    {
        let folder = tempfile::tempdir().unwrap();
        let name = if format.is_data() {
            "bank.txt"
        } else {
            "bank.md"
        };
        fs::write(folder.path().join(name), text).unwrap();
        let config = format!(
            "[[source]]\npaths = [\"bank.*\"]\nformat = \"{}\"\n",
            format.name()
        );
        fs::write(folder.path().join("prepdeck.toml"), config).unwrap();
        let read = || corpus::around(folder.path()).unwrap();
        let ids = |corpus: &Corpus| {
            let ids = corpus
                .questions
                .iter()
                .map(|own| own.id().map(String::from));
            ids.collect::<Vec<_>>()
        };
        let all = Fixing {
            only: &[],
            unsafe_too: false,
        };
        let before = read();
        let (once, _) = fix(read(), &rules, all, |_| true).unwrap();
        prop_assert_eq!(ids(&before), ids(&once), "{:?}\n{}", format, text);
        let fixed = once.sources[0].text.clone();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let least = letters(text).saturating_sub(letters("prepdeck allow filler phrase") * 40);
        prop_assert!(letters(&fixed) >= least);
        let (twice, count) = fix(once, &rules, all, |_| true).unwrap();
        prop_assert_eq!(count, 0, "{:?}\n{}\n{}", format, text, fixed);
        prop_assert_eq!(&twice.sources[0].text, &fixed);
    }
    Ok(())
}

/// Words of letters alone, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let letters = |c: char| c.is_ascii_alphabetic();
    let mut at = 0;
    text.split(move |c| !letters(c))
        .map(move |word| {
            let start = at;
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            (start, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

/// A bank of `count` questions whose words are known, in a form, and the
/// words of each question and answer.
fn bank(form: usize, count: usize) -> (Format, String) {
    let mut text = String::from("# Bank\n\n## Section\n\n");
    for n in 0..count {
        let asked = format!("What is ask{n}x?");
        let answer =
            format!("One{n}x two{n}x.\n\n```js\nlet code{n}x = 1;\n```\n\nThree{n}x end{n}x.");
        let back = "**[⬆ Back to Top](#bank)**";
        let inner = answer.replace('\n', "\n    ").replace("    \n", "\n");
        let question = match form {
            0 => format!("### {asked}\n\n{answer}\n\n{back}\n\n"),
            1 => format!("{}. ### {asked}\n\n    {inner}\n\n   {back}\n\n", n + 1),
            2 => format!("#### Q{}. {asked}\n\n{answer}\n\n---\n\n", n + 1),
            3 => format!(
                "<details>\n<summary>{asked}</summary><br><b>\n\n{answer}\n</b></details>\n\n"
            ),
            _ => format!(
                "## Q. ***{asked}***\n\n{answer}\n\n<div align=\"right\">\n    <b><a href=\"#\">↥ back to top</a></b>\n</div>\n\n"
            ),
        };
        text.push_str(&question);
    }
    let format = if form == 3 {
        Format::Details
    } else {
        Format::Headings
    };
    (format, text)
}

#[test]
fn no_word_of_a_question_is_lost_and_none_is_added() {
    for form in 0..5 {
        let (format, text) = bank(form, 7);
        let guess = prepdeck::parse::guess::guess(&text, "README.md").unwrap();
        assert_eq!(guess.format, format, "form {form}");
        let source = Source::new("README.md".into(), "README.md".into(), text.clone());
        let parsed = parse(&guess.set(), &source, 0, &"".into());
        let page = parsed.page.unwrap();
        assert_eq!(parsed.questions.len(), 7, "form {form}");
        assert_eq!(parsed.problems, []);
        for (n, question) in parsed.questions.iter().enumerate() {
            let title = question.title(&page.source);
            assert_eq!(title.trim_matches('*'), format!("What is ask{n}x?"));
            let wanted =
                format!("One{n}x two{n}x.\n\n```js\nlet code{n}x = 1;\n```\n\nThree{n}x end{n}x.");
            assert_eq!(page.source.slice(question.answer), wanted, "form {form}");
            assert_eq!(*question.topic, *"section");
            let last = page.source.text[..question.answer.end()]
                .rfind("end")
                .unwrap();
            let place = page.place(Span::new(last, last + 3));
            assert_eq!(place.start(), text.find(&format!("end{n}x")).unwrap());
        }
    }
}

#[test]
fn an_id_that_is_made_stays_when_others_come_and_answers_change() {
    let ids = |text: &str| {
        let (_, parsed) = read(Format::Headings, text);
        let ids = parsed
            .questions
            .iter()
            .map(|question| question.id().unwrap().to_string());
        ids.collect::<Vec<_>>()
    };
    let one = ids(
        "### 1. What is a?\n\nAn answer.\n\n### 2. What prints?\n\n```js\n1\n```\n\n- [x] a\n- [ ] b\n",
    );
    let two = ids(
        "### 1. What is new?\n\n### 2. What is a?\n\nAnother.\n\n### 3. What prints?\n\n```js\n1\n```\n\n- [ ] a\n- [x] b\n",
    );
    assert_eq!(one, two[1..]);
    assert!(one[0].starts_with("what-is-a-") && one[0].len() == "what-is-a-".len() + 6);
    let other = ids("### What prints?\n\n```js\n2\n```\n\n- [x] a\n- [ ] b\n");
    assert_ne!(one[1], other[0], "other code is another question");
}

#[test]
fn hostile_banks_are_read_in_time() {
    let deep = format!(
        "[{{\"question\": \"What?\", \"x\": {}{}}},{{\"question\": \"Which?\"}}]",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let (_, parsed) = read(Format::Json, &deep);
    assert_eq!(parsed.questions.len(), 2);
    assert_eq!(parsed.problems.len(), 1);
    let many = [
        "<details>".repeat(50_000),
        "<details><summary>What?</summary>".repeat(20_000),
        "```js\n### 1. What?\n".repeat(20_000),
        "1. ".repeat(20_000),
        "- What?\n".repeat(20_000),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "\"x\n".repeat(50_000),
        "<summary".repeat(50_000),
        "### What?\n".repeat(20_000),
        "</div>\n## Q. What?\n".repeat(20_000),
        "1. ### What?\n- [ ]\n".repeat(20_000),
        "A. a\nB. b\n```\nA. a\n```\n".repeat(10_000),
        "- What?\n\nQuestion: What?\n\n".repeat(10_000),
    ];
    for text in &many {
        for &format in FORMATS {
            read(format, text);
        }
    }
}

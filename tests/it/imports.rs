//! What was imported, exported as JSON and imported once more is the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prepdeck::config::Format;
use prepdeck::corpus::{Corpus, around};
use prepdeck::export::media::Media;
use prepdeck::export::{Entry, Options, Output, Selection, render};
use prepdeck::history::Times;
use prepdeck::import::{Target, draft};
use proptest::prelude::*;

use crate::banks::FORMATS;
use crate::cases;

/// The files that an import of the bank writes, without the line that names
/// where each comes from.
fn imported(corpus: &Corpus) -> BTreeMap<String, String> {
    let target = Target {
        number: 1,
        topic: None,
        back: Some("../"),
        above: "",
        corpus: &corpus.config,
    };
    let mut files = BTreeMap::new();
    for question in &corpus.questions {
        let source = corpus.source_of(question).unwrap();
        let Some(draft) = draft(question, source, target) else {
            continue;
        };
        let file = draft.file(None);
        let lines = file
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("origin: "));
        files.entry(draft.path()).or_insert_with(|| lines.collect());
    }
    files
}

fn bank(folder: &Path, name: &str, format: Format, text: &[u8]) -> Corpus {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
    let config = format!(
        "[[source]]\npaths = [\"{name}\"]\nformat = \"{}\"\n",
        format.name()
    );
    fs::write(folder.join("prepdeck.toml"), config).unwrap();
    around(folder).unwrap()
}

/// All questions of the corpus as one JSON array.
fn exported(corpus: &Corpus) -> Vec<u8> {
    let entries = corpus.questions.iter().filter_map(|question| {
        Some(Entry {
            id: question.id()?,
            question,
            source: corpus.source_of(question)?,
            times: Times {
                created: 0,
                updated: 0,
            },
        })
    });
    let selection = Selection {
        corpus,
        entries: entries.collect(),
        media: Media::default(),
        options: Options::default(),
    };
    match render(prepdeck::export::Format::Json, &selection).unwrap() {
        Output::Bytes(bytes) => bytes,
        Output::Folder(_) | Output::Scratch(_) => panic!("JSON is a file"),
    }
}

/// The files of a first import, and those of the second.
fn twice(name: &str, format: Format, text: &[u8]) -> [BTreeMap<String, String>; 2] {
    let folder = tempfile::tempdir().unwrap();
    let once = imported(&bank(&folder.path().join("bank"), name, format, text));
    let files = folder.path().join("files");
    for (path, text) in &once {
        let path = files.join("questions").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    if once.is_empty() {
        return [once, BTreeMap::new()];
    }
    let json = exported(&around(&files).unwrap());
    let again = bank(
        &folder.path().join("again"),
        "all.json",
        Format::Json,
        &json,
    );
    let again = imported(&again);
    [once, again]
}

#[test]
fn each_form_comes_back_as_it_was_imported() {
    let banks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/banks");
    for (name, format, least) in [
        ("items.md", Format::Headings, 4),
        ("sections.md", Format::Headings, 5),
        ("folds.md", Format::Details, 5),
        ("quiz/css-quiz.md", Format::Headings, 2),
        ("bullets.md", Format::List, 3),
        ("one/bind.md", Format::FrontMatter, 1),
        ("rows.csv", Format::Csv, 3),
        ("records.json", Format::Json, 2),
        ("lines.jsonl", Format::Jsonl, 2),
        ("notes.txt", Format::AnkiText, 2),
    ] {
        let text = fs::read(banks.join(name)).unwrap();
        let file = Path::new(name).file_name().unwrap().to_str().unwrap();
        let [once, again] = twice(file, format, &text);
        assert!(once.len() >= least, "{name}: {} questions", once.len());
        assert_same(&once, &again, name);
    }
}

#[test]
fn what_a_question_is_made_of_comes_back() {
    let text = "---\nid: all\nlevel: mid\ntags: [a, \"b, c\"]\nsources:\n  - https://example.org/a,b\naliases: [Was?]\nauthors: [\"Ada, first\"]\nlicense: MIT\nstatus: retired\n---\n\n\
        # Which of `a[0]` and [b] is *right*?\n\n    let code = 1;\n\nSee [b] and [here](../pages/x.md#y).\n\n\
        - [ ] `a[0]` is\n- [x] **both**, or\n\n  ```js\n  a\n  ```\n- [ ] a * b\n\n## Answer\n\n- [ ] a list, not choices\n\n\
        Since [b], [c] and [C][c] &amp; <b>more</b>.\n\n[c]: pages/c.md 'Title'\n\n### Deeper\n\n| a | b |\n|---|---|\n| `x` | y |\n\n## Follow-ups\n\n- Why [c]?\n\n[b]: https://example.org/b\n";
    let [once, again] = twice("all.md", Format::Questions, text.as_bytes());
    assert_eq!(once.len(), 1);
    for part in [
        "`a[0]` is",
        "**both**",
        "    let code",
        "a * b",
        "status: retired",
    ] {
        assert!(once.values().all(|file| file.contains(part)), "{part}");
    }
    assert_same(&once, &again, "all.md");
}

/// A record has all keys, so that it does not tell an empty one from none.
#[test]
fn empty_keys_come_back_as_none() {
    let text = "---\nid: none\nlevel: mid\ntags: [\"\", \" x \"]\nsources: []\naliases: []\nauthors: [\"\"]\nlicense: \"\"\n---\n\n# What is it?\n\nIt is a thing.\n";
    let [once, again] = twice("none.md", Format::Questions, text.as_bytes());
    let file = "---\nid: none\nlevel: mid\ntags: [x]\n---\n\n# What is it?\n\nIt is a thing.\n";
    assert_eq!(once.get("none.md").map(String::as_str), Some(file));
    assert_same(&once, &again, "none.md");
}

fn assert_same(once: &BTreeMap<String, String>, again: &BTreeMap<String, String>, name: &str) {
    for (path, file) in once {
        let other = again.get(path).map_or("", String::as_str);
        // A record says nothing of rules.
        let lines = file.split_inclusive('\n');
        let file: String = lines.filter(|line| !line.starts_with("allow: ")).collect();
        assert!(file == other, "{name}: {path}\n{file}\n=== became\n{other}");
    }
    assert_eq!(once.len(), again.len(), "{name}");
}

/// Blocks that answers are made of.
const BLOCKS: &[&str] = &[
    "A sentence with `code`, [a link](docs/x.md) and &amp; more.",
    "Two lines\nof *one* paragraph, see [label] and [Other][label].",
    "```js\nconst a = [1, 2];\n\n# no heading\n```",
    "    indented code\n\n    goes on",
    "- one\n- two\n  - deeper\n\n  more of two",
    "1. first\n2. second",
    "| a | b |\n|---|---|\n| `x` | y |",
    "> quoted\n> text",
    "#### Deeper\n\nText below it.",
    "![image](images/a.png \"title\")",
    "<b>bold</b> and <br> é ü 🙂",
    "**Bold line**",
    "[label]: docs/label.md",
    "* starred\n* list",
    "$x^2$ and a \\* star",
    "- [ ] a task\n- [x] done",
];
const CHOICES: &[&str] = &["", "- [ ] `one`\n- [x] two\n- [ ] a * b\n\n"];

fn answer() -> impl Strategy<Value = String> {
    let blocks = prop::collection::vec(prop::sample::select(BLOCKS), 1..5);
    blocks.prop_map(|blocks| blocks.join("\n\n"))
}

/// Questions, each with its choices and answer.
fn asked() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    prop::collection::vec((prop::sample::select(CHOICES), answer()), 1..5)
}

/// The questions as a bank of that form.
fn written(format: Format, questions: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (number, (choices, answer)) in questions.iter().enumerate() {
        let asked = format!("What is `thing {number}`?");
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let json = serde_json::json!({"question": asked, "answer": answer,
        "choices": if choices.is_empty() { serde_json::json!([]) } else {
            serde_json::json!([{"text": "`one`", "correct": false}, {"text": "b", "correct": true}])
        }});
        let one = match format {
            Format::Headings => format!("### {}. {asked}\n\n{choices}{answer}\n\n", number + 1),
            Format::Details => {
                format!(
                    "<details><summary>{asked}</summary>\n\n{choices}{answer}\n\n</details>\n\n"
                )
            }
            Format::FrontMatter if number > 0 => String::new(),
            Format::FrontMatter => format!(
                "---\ntitle: x\nlevel: mid\n---\n\n## Question (EN)\n\n> {asked}\n\n{choices}## Answer (EN)\n\n{answer}\n"
            ),
            Format::List => format!("- {asked}\n  - And {number} more?\n"),
            Format::Csv => {
                let head = if number == 0 { "question,answer\n" } else { "" };
                format!("{head}{},{}\n", quoted(&asked), quoted(answer))
            }
            Format::Json => format!("{}{json}", if number == 0 { "[" } else { "," }),
            Format::Jsonl => format!("{json}\n"),
            Format::AnkiText => {
                let head = if number == 0 { "#separator:tab\n" } else { "" };
                format!("{head}{}\t{}\n", quoted(&asked), quoted(answer))
            }
            Format::Questions => {
                format!("# {asked}\n\n{choices}{answer}\n\n")
            }
        };
        text.push_str(&one);
    }
    if format == Format::Json {
        text.push(']');
    }
    text
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn whatever_was_imported_comes_back(questions in asked()) {
        for &format in FORMATS.iter().filter(|&&format| format != Format::Questions) {
            let text = written(format, &questions);
            let [once, again] = twice("bank.md", format, text.as_bytes());
            prop_assert!(!once.is_empty(), "{:?} of\n{}", format, text);
            for (path, file) in &once {
                let other = again.get(path).map_or("", String::as_str);
                prop_assert!(file == other, "{:?} of\n{}\n{}\n{}\n=== became\n{}", format, text, path, file, other);
            }
        }
    }
}

//! Questions of any format as question files: what each file says, and what an
//! import does to the files that are there.

mod ids;
mod keys;
mod moved;
mod numbers;

use std::collections::BTreeMap;
use std::fmt::Write;

use sha1::{Digest, Sha1};

use crate::config::Config;
use crate::corpus::Corpus;
use crate::markdown::{Block, BlockKind, Document, Heading, Item, labels};
use crate::question::{Question, Status, choice_bullet, choice_mark, dedented, slug};
use crate::source::{Source, Span};
pub use ids::{Ids, Refused};
use keys::keys;
pub use keys::scalar;
use moved::{Way, closed, definitions, edited, edits};
pub use numbers::numbers;

/// How questions are written.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// In place of the topics that the questions have.
    pub topic: Option<&'a str>,
    /// The way from a question file's folder to the files that are imported,
    /// by the depth of its topic; None where relative links stay as they are.
    pub back: Option<&'a str>,
    /// What stands before the paths of the files that are imported, where they
    /// are named: empty, or a folder with its `/`.
    pub above: &'a str,
    /// Of the corpus that the questions come into: what it says of all of its
    /// questions, a record of ours need not say.
    pub corpus: &'a Config,
    /// Which of the questions of its file with one id it is, from 1.
    pub number: usize,
}

/// A question file to be.
#[derive(Debug)]
pub struct Draft {
    pub id: String,
    /// Its id at its origin; two of one file have two.
    name: String,
    /// Where its file stands, from the folder of questions, with a `/` behind.
    folder: String,
    /// Where it comes from: the path of its file, and its id there.
    pub link: String,
    /// The front matter's lines that the origin gives and the corpus does not,
    /// but for the id.
    keys: String,
    /// The hash of what the origin says, as far as it is imported.
    said: String,
    /// From the heading on.
    body: String,
    /// Whether the origin names a licence.
    licensed: bool,
    pub answered: bool,
}

impl Draft {
    /// Of its file, from the folder of questions.
    pub fn path(&self) -> String {
        format!("{}{}.md", self.folder, file_name(&self.id))
    }

    /// The whole file. `license` is that of questions whose origin names none.
    pub fn file(&self, license: Option<&str>) -> String {
        let keys = self.all_keys(license);
        let text = format!("---\n{keys}---\n\n{}", self.body);
        let origin = format!("{} {} {}", self.link, self.said, hash(&text));
        format!(
            "---\n{keys}origin: {}\n---\n\n{}",
            scalar(&origin),
            self.body
        )
    }

    /// The front matter's lines, but for the one that names the origin.
    fn all_keys(&self, license: Option<&str>) -> String {
        let mut keys = format!("id: {}\n{}", scalar(&self.id), self.keys);
        if let Some(license) = license.filter(|_| !self.licensed) {
            let _ = writeln!(keys, "license: {}", scalar(license));
        }
        keys
    }

    /// Whether a file that was imported says just what this one would.
    fn is_in(&self, known: &Known) -> bool {
        let keys = self.all_keys(known.license.as_deref());
        hash(&format!("---\n{keys}---\n\n{}", self.body)) == known.now
    }
}

fn hash(text: &str) -> String {
    let hash = Sha1::digest(text.as_bytes());
    let hash = hash.iter().take(4);
    let hash: u32 = hash.fold(0, |hash, &byte| hash << 8 | u32::from(byte));
    format!("{hash:08x}")
}

/// What an import does with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Write,
    /// Its origin changed, and the file did not, or says the same by now.
    Update,
    /// Its origin did not change since the last import.
    Keep,
    /// Its origin changed, and so did the file: that stays as it is.
    Edited,
}

/// A file that was imported before.
#[derive(Debug)]
pub struct Known {
    pub path: String,
    id: Option<String>,
    pub license: Option<String>,
    /// Hashes of what its origin said, and of what was written.
    said: String,
    written: String,
    /// The hash of the file as it is, without the line that names its origin.
    now: String,
    /// Whether it is out of use, as one should be that is gone at its origin.
    pub retired: bool,
}

/// The files that imports have written, by the link of their origin.
pub fn known(corpus: &Corpus) -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for question in &corpus.questions {
        let source = corpus.sources.get(question.source);
        let (Some(origin), Some(source)) = (&question.meta.rare().origin, source) else {
            continue;
        };
        let mut parts = origin.value.rsplitn(3, ' ');
        let (Some(written), Some(said), Some(link)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        // The first such line stands in the front matter.
        let mut found = false;
        let lines = source.text.split_inclusive('\n').filter(|line| {
            let is_origin = !found && line.starts_with("origin:");
            found |= is_origin;
            !is_origin
        });
        let own: String = lines.collect();
        let file = Known {
            path: source.path.to_string(),
            id: question.id().map(str::to_string),
            license: question
                .meta
                .rare()
                .license
                .as_ref()
                .map(|own| own.value.clone()),
            said: said.to_string(),
            written: written.to_string(),
            now: hash(&own.replace("\r\n", "\n")),
            retired: question.meta.status == Status::Retired,
        };
        known.insert(link.to_string(), file);
    }
    known
}

/// What to do with `draft`, where `known` was written for it before.
pub fn step(draft: &Draft, known: Option<&Known>) -> Step {
    match known {
        None => Step::Write,
        Some(known) if known.said == draft.said => Step::Keep,
        Some(known) if known.written == known.now || draft.is_in(known) => Step::Update,
        Some(_) => Step::Edited,
    }
}

/// The question file of `question`, which was read from `source`; where it has
/// no id, its file's name is one.
pub fn draft(question: &Question, source: &Source, target: Target<'_>) -> Option<Draft> {
    let name = || {
        file_stem(&source.path)
            .map(slug)
            .filter(|id| !id.is_empty())
    };
    let mut id = question.id().map(str::to_string).or_else(name)?;
    if target.number > 1 {
        // Writing to a String cannot fail.
        let _ = write!(id, "-{}", target.number);
    }
    let topic = target.topic.unwrap_or(&question.topic).trim_matches('/');
    let depth = topic.split('/').filter(|part| !part.is_empty()).count();
    let back = target
        .back
        .map(|back| format!("{}{back}", "../".repeat(depth)));
    let way = Way {
        back: back.as_deref(),
        from: question.links_from(source),
    };
    let document = question.document(source);
    let edits = edits(question, &document, source, &way);
    let written = |span: Span| closed(&document, source, span, edited(source, span, &edits));
    let title = written(question.heading.words);
    let mut body = format!(
        "# {}\n",
        title.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    let prompt = match question.choices_list {
        None => written(question.prompt),
        // Choices stand last, as a record has them apart from all else.
        Some(list) => {
            let end = question.prompt.end().max(list.end());
            let above = written(Span::new(question.prompt.start(), list.start()));
            let below = written(Span::new(list.end(), end));
            let parts = [above.trim_end(), below.trim_matches(['\r', '\n'])];
            let mut prompt = String::new();
            for part in parts.iter().filter(|part| !part.trim().is_empty()) {
                let _ = write!(prompt, "{part}\n\n");
            }
            // Items without a box are none of the choices.
            let others: String = without_box(&document, list)
                .map(|other| item("", &dedented(&written(other.content))))
                .collect();
            if !others.is_empty() {
                let _ = writeln!(prompt, "{others}");
            }
            let bullet = choice_bullet(&prompt);
            for choice in &question.choices {
                let text = dedented(&written(choice.span));
                prompt.push_str(&item(&choice_mark(bullet, choice.correct, &text), &text));
            }
            prompt
        }
    };
    let answer = written(question.answer);
    if !prompt.trim().is_empty() {
        let _ = writeln!(body, "\n{}\n\n## Answer", prompt.trim_end());
    } else if needs_section(question, &document) {
        body.push_str("\n## Answer\n");
    }
    if !answer.trim().is_empty() {
        let _ = writeln!(body, "\n{}", answer.trim_end());
    }
    let definitions = definitions(question, &document, source, &way);
    // Those alone are no answer.
    let used = labels(&body);
    let kept = definitions
        .iter()
        .filter(|(label, _)| !answer.trim().is_empty() || used.contains(label.as_str()));
    for (number, (_, written)) in kept.enumerate() {
        let above = if number == 0 { "\n" } else { "" };
        let _ = writeln!(body, "{above}{written}");
    }
    let folders = topic.split('/').filter(|part| !part.is_empty());
    let folder = folders.map(|part| format!("{}/", cut(part, MAX_NAME)));
    let body = body.replace("\r\n", "\n").replace('\0', "\u{fffd}");
    Some(Draft {
        folder: folder.collect(),
        link: format!("{}{}#{id}", target.above, source.path),
        keys: keys(question, source, target.corpus),
        said: hash(&format!(
            "id: {}\n{}{body}",
            scalar(&id),
            keys(question, source, &Config::default())
        )),
        body,
        licensed: question.meta.rare().license.is_some(),
        answered: has_answer(question, source),
        name: id.clone(),
        id,
    })
}

/// Follow-ups alone are no answer; choices of which it is known who is right are.
fn has_answer(question: &Question, source: &Source) -> bool {
    let own = match question.follow_ups_section {
        Some(section) => question
            .answer
            .ending(section.start().min(question.answer.end())),
        None => question.answer,
    };
    !source.slice(own).trim().is_empty() || question.choices.iter().any(|own| own.correct)
}

fn file_stem(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.split('.').next()
}

/// Longer names, in bytes, are cut: a file system takes 255.
const MAX_NAME: usize = 100;

/// The name of the file of the question with that id. In data an id may be
/// anything, the way to another folder too.
fn file_name(id: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.chars().all(plain) && id.len() <= MAX_NAME {
        return id.to_string();
    }
    let slug = slug(id);
    format!("{}-{}", cut(&slug, MAX_NAME), hash(id))
}

/// A text, or its beginning of at most `length` bytes.
fn cut(text: &str, length: usize) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take_while(|end| *end <= length).last().unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Items of the list of choices that have no box.
fn without_box(document: &Document, list: Span) -> impl Iterator<Item = &Item> {
    let mut blocks = document.blocks.iter();
    let own = blocks.find_map(|block| match &block.kind {
        BlockKind::TaskList(items) if block.span == list => Some(items.as_slice()),
        _ => None,
    });
    let items = own.unwrap_or_default().iter();
    items.filter(|item| item.checked.is_none())
}

/// An item of a list, behind its mark.
fn item(mark: &str, text: &str) -> String {
    let mut item = mark.to_string();
    for (number, line) in text.lines().enumerate() {
        let indent = if number == 0 || line.is_empty() {
            ""
        } else {
            "  "
        };
        let _ = writeln!(item, "{indent}{line}");
    }
    item
}

/// Whether something of an answer would be read as a part of the question.
fn needs_section(question: &Question, document: &Document) -> bool {
    let blocks = document.blocks.get(question.answer_blocks.clone());
    let blocks = blocks.unwrap_or_default();
    let list = |block: &Block| matches!(block.kind, BlockKind::TaskList(_));
    let mut headings = document.headings.iter();
    let answers = |heading: &Heading| {
        let named = heading.text.text.trim().eq_ignore_ascii_case("answer");
        named && question.answer.contains(heading.span.start())
    };
    blocks.iter().take(2).any(list) || headings.any(answers)
}

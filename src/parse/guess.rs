//! What format a file is in, where nobody says.

use crate::config::{Format, SourceSet};

use super::answered::answered;
use super::frames::is_frame;
use super::front_matter_file::QUESTION;
use super::looks::{asks, label, plain, surely_asks};
use super::outline::{Head, Outline, outline};
use super::{csv, folds, front_matter, heading_form, json_value, list, records, repeated};

/// Fewer of these are no bank: a document may have a question or two.
const MIN_QUESTIONS: usize = 3;

/// A file that holds nothing else may have as few as these.
const FEW_QUESTIONS: usize = 2;

/// So many lines may stand around one or two folds that ask.
const MAX_BESIDE: usize = 30;

/// So many objects may stand around the first record of JSON.
const MAX_AROUND: usize = 8;

/// No data are nested so deep.
const MAX_DEPTH: usize = 100;

/// What a file seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub format: Format,
    /// `headings`: the level of those that ask.
    pub heading_level: Option<u8>,
    /// What looks like a question. It is counted by looks; reading may find
    /// more or fewer.
    pub questions: usize,
}

impl Guess {
    /// How to read the file.
    pub fn set(&self) -> SourceSet {
        SourceSet {
            format: self.format,
            heading_level: self.heading_level,
            ..SourceSet::default()
        }
    }
}

/// Guesses the format of a file by its path and text. None where it holds
/// nothing that looks like questions.
pub fn guess(text: &str, path: &str) -> Option<Guess> {
    let name = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match ending {
        "md" | "markdown" | "mdx" => markdown(text, stem),
        "csv" | "tsv" => table(text, csv::separator(&name, text)),
        "json" => json(text, Format::Json),
        "jsonl" | "ndjson" => json(text, Format::Jsonl),
        "txt" => anki(text),
        _ => None,
    }
}

/// Whether a Markdown file that holds no bank may be a question file all the
/// same: it has front matter, or not the many sections of a document.
pub fn may_be_question(text: &str) -> bool {
    let sections = text.lines().filter(|line| line.starts_with("## "));
    text.trim_start_matches('\u{feff}').starts_with("---") || sections.count() < 4
}

/// Guesses the format of a Markdown file that was named, where [`guess`] finds
/// none: one question is enough, and so is its first word. None for a file that
/// is one question.
pub fn guess_named(text: &str, path: &str) -> Option<Guess> {
    if !path.to_ascii_lowercase().ends_with(".md") {
        return None;
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut outline = outline(text, front_matter::find(text, start).body_start);
    repeated::find(text, &mut outline);
    let words = |head: &Head| text.get(head.words.range()).unwrap_or_default();
    let title = outline.heads.first().filter(|head| head.level == 1);
    if title.is_some_and(|title| asks(words(title))) {
        return None;
    }
    let form = heading_form::form(text, &outline, &SourceSet::default());
    let counts = form.map(|form| heading_form::count(text, &outline, form));
    let heading_form::Counts { asking, heads, .. } = counts.unwrap_or_default();
    let (folds, _) = folds::count(text, &outline);
    if folds > asking && folds::asks_mostly(text, &outline, asks) {
        return of(Format::Details, folds);
    }
    let below = answered(text, &outline).len();
    if below > asking.max(outline.labelled.len()) {
        return of(Format::Headings, below);
    }
    if asking * 2 >= heads && asking > 0 {
        return Some(Guess {
            format: Format::Headings,
            heading_level: form.and_then(|form| u8::try_from(form.level).ok()),
            questions: asking,
        });
    }
    let (bullets, all) = list::count(text, &outline);
    if !outline.labelled.is_empty() {
        return of(Format::Headings, outline.labelled.len());
    }
    of(Format::List, bullets).filter(|_| bullets * 2 > all)
}

/// Guesses the format of a Markdown file in a folder of its like, where [`guess`]
/// finds none: two questions are a bank where all that could ask does, beyond
/// doubt. Its title names the bank then.
pub fn guess_few(text: &str, path: &str) -> Option<Guess> {
    let guess = guess_named(text, path).filter(|guess| guess.questions >= FEW_QUESTIONS)?;
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let outline = outline(text, front_matter::find(text, start).body_start);
    let only = match guess.format {
        Format::Headings => {
            let form = heading_form::form(text, &outline, &SourceSet::default());
            let counts = form.map(|form| heading_form::count(text, &outline, form));
            let counts = counts.unwrap_or_default();
            counts.sure == counts.heads && counts.asking >= counts.above
        }
        Format::List => list::sure(text, &outline) == outline.items.len(),
        _ => true,
    };
    only.then_some(guess)
}

/// Whether a file is about those beside it, by its name, and no question itself.
pub fn is_about(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    ABOUT.contains(&stem) || ["readme", "index", "summary", "_sidebar", "toc"].contains(&stem)
}

fn of(format: Format, questions: usize) -> Option<Guess> {
    (questions > 0).then_some(Guess {
        format,
        heading_level: None,
        questions,
    })
}

/// Files about a repository, which hold no questions whatever they ask.
const ABOUT: &[&str] = &[
    "changelog",
    "code_of_conduct",
    "code-of-conduct",
    "contributing",
    "license",
    "security",
    "pull_request_template",
    "issue_template",
    "governance",
    "support",
    "authors",
    "credits",
];

fn markdown(text: &str, stem: &str) -> Option<Guess> {
    if ABOUT.contains(&stem) {
        return None;
    }
    let place = front_matter::find(text, 0);
    let yaml = text.get(place.yaml.range()).unwrap_or_default();
    let keys: Vec<&str> = yaml
        .lines()
        .filter(|line| !line.starts_with([' ', '-', '#']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key.trim())
        .collect();
    let mut outline = outline(text, place.body_start);
    repeated::find(text, &mut outline);
    let set = SourceSet::default();
    let form = heading_form::form(text, &outline, &set);
    let counts = form.map(|form| heading_form::count(text, &outline, form));
    let heading_form::Counts {
        asking,
        sure,
        heads,
        above,
    } = counts.unwrap_or_default();
    let (folds, _) = folds::count(text, &outline);
    let (bullets, _) = list::count(text, &outline);
    let ours = front_matter::KEYS
        .iter()
        .filter(|key| keys.contains(key))
        .count();
    let own_heading = outline.heads.iter().any(|head| head.level == 1);
    let words = |head: &Head| plain(text.get(head.words.range()).unwrap_or_default());
    let mut heads_named = outline.heads.iter().map(words);
    if !keys.is_empty() && heads_named.any(|words| QUESTION.contains(&words.as_str())) {
        return of(Format::FrontMatter, 1);
    }
    if keys.contains(&"id") && own_heading {
        let foreign = keys
            .iter()
            .filter(|key| !front_matter::KEYS.contains(key))
            .count();
        let format = if foreign > ours {
            Format::FrontMatter
        } else {
            Format::Questions
        };
        return of(format, 1);
    }
    if keys.is_empty() && below_label(text, &outline) {
        let level = outline.heads.get(1).map(|head| head.level);
        return Some(one(level.unwrap_or_default()));
    }
    if asking < MIN_QUESTIONS
        && ours == 0
        && let Some(level) = answer_named(text, &outline)
    {
        return Some(one(level));
    }
    // Folds that hold answers stand below headings that ask.
    let fold_asks = folds > 0 && folds::asks_mostly(text, &outline, asks);
    if fold_asks && folds >= MIN_QUESTIONS && folds * 2 > asking {
        return of(Format::Details, folds);
    }
    let below = answered(text, &outline).len();
    let most = below > outline.heads.len();
    if below >= MIN_QUESTIONS && most && below > asking.max(outline.labelled.len()) {
        return of(Format::Headings, below);
    }
    let level = form.map_or(0, |form| form.level);
    // Half of the headings of a guide may ask; a bank's do, and more of them
    // than it has sections.
    let labelled = form.is_some_and(|form| form.says_q) && asking > 0;
    if (asking >= MIN_QUESTIONS || labelled)
        && asking * 2 >= heads
        && sure * 2 >= asking
        && (labelled || asking >= above)
        && asking * 2 >= bullets.min(asking * 4) / 2
    {
        return Some(Guess {
            format: Format::Headings,
            heading_level: u8::try_from(level).ok(),
            questions: asking,
        });
    }
    if bullets >= MIN_QUESTIONS
        && bullets * 2 > outline.items.len()
        && list::sure(text, &outline) * 2 >= bullets
    {
        return of(Format::List, bullets);
    }
    let labelled = outline.labelled.len();
    if labelled >= MIN_QUESTIONS && labelled >= outline.heads.len() {
        return of(Format::Headings, labelled);
    }
    // Few folds are a bank if the file has little else.
    let few = folds > 0 && folds::beside(text, &outline) <= MAX_BESIDE;
    if few && folds::asks_mostly(text, &outline, surely_asks) {
        return of(Format::Details, folds);
    }
    None
}

/// One question a file, below a heading of that level.
fn one(level: usize) -> Guess {
    Guess {
        format: Format::Headings,
        heading_level: u8::try_from(level).ok(),
        questions: 1,
    }
}

/// The level of the heading that a file begins with, where one below it names
/// the answer.
fn answer_named(text: &str, outline: &Outline) -> Option<usize> {
    let head = outline.heads.first()?;
    let words = |head: &Head| text.get(head.words.range()).unwrap_or_default();
    let mut below = outline.heads.iter().skip(1);
    let named = below.any(|next| next.level > head.level && plain(words(next)) == "answer");
    (named && !is_frame(words(head))).then_some(head.level)
}

/// Whether a file is one question that stands directly below its number:
/// `# Question 3 - Pots`, `## What is a kiln?`.
fn below_label(text: &str, outline: &Outline) -> bool {
    let [title, asked, rest @ ..] = outline.heads.as_slice() else {
        return false;
    };
    let words = |head: &Head| text.get(head.words.range()).unwrap_or_default();
    let between = text.get(title.lines.end()..asked.lines.start());
    let labelled = label(words(title), 0).is_some_and(|own| own.says_q && !own.number.is_empty());
    labelled
        && !asks(words(title))
        && asks(words(asked))
        && asked.level > title.level
        && between.is_some_and(|between| between.trim().is_empty())
        && rest.iter().all(|head| head.level > asked.level)
}

fn table(text: &str, separator: char) -> Option<Guess> {
    let mut rows = csv::Table::new(text, 0, separator);
    let header = rows.next_row(&mut Vec::new())?;
    let names: Vec<String> = header.cells.into_iter().map(|cell| cell.text).collect();
    if names.len() < 2 || !records::has_question(&names, &SourceSet::default()) {
        return None;
    }
    // Old files end lines with a carriage return alone.
    let rows = text.trim_end().split(['\n', '\r']);
    of(
        Format::Csv,
        rows.filter(|row| !row.is_empty()).count().saturating_sub(1),
    )
}

fn json(text: &str, format: Format) -> Option<Guess> {
    // One of the first objects is a record. A file of settings holds objects,
    // too, with names and titles, and so does what `check` writes.
    let start = text.find('{').unwrap_or(text.len());
    let keys = json_value::Reader::new(text, start).keys();
    if keys
        .iter()
        .any(|key| ["$schema", "$id", "findings"].contains(&key.as_str()))
    {
        return None;
    }
    let mut objects = text.match_indices('{').take(MAX_AROUND);
    let has_question = objects.any(|(at, _)| {
        let keys = json_value::Reader::new(text, at).keys();
        let mut keys = keys.iter().map(|key| key.to_ascii_lowercase());
        keys.any(|key| ["question", "question_markdown", "front"].contains(&key.as_str()))
    });
    // What is nested so deep is no data: it is read to say so.
    let mut depth = 0_usize;
    let deep = text.chars().take(4096).any(|c| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    });
    if has_question || deep {
        return of(format, text.matches(['{', '[']).count());
    }
    None
}

fn anki(text: &str) -> Option<Guess> {
    let head = text.lines().take_while(|line| line.starts_with('#'));
    if head.clone().any(|line| line.starts_with("#separator:")) {
        return of(Format::AnkiText, text.lines().count() - head.count());
    }
    None
}

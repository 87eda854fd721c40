//! `prepdeck similar`: the questions that are most like a text.

use std::io::{self, Read};
use std::path::Path;

use super::{Outcome, print, working_directory};
use crate::cli::Similar;
use crate::config::fault;
use crate::corpus::{Corpus, around};
use crate::duplicates::nearest::{Asked, Near, asked, nearest};
use crate::duplicates::similar::asking_text;
use crate::report::count;
use crate::visible::{shown_path, visible};

/// Less alike than this is chance.
const MIN_SCORE: f64 = 0.2;

/// More text than this, in bytes, is no question and no list of them.
const MAX_TEXT: u64 = 1024 * 1024;

pub fn run(arguments: &Similar) -> miette::Result<Outcome> {
    let from = working_directory()?;
    let corpus = around(&from)?;
    let text = match (&arguments.file, arguments.question.as_deref()) {
        (Some(file), _) => read(file)?,
        (None, Some("-")) => limited(io::stdin().lock(), "standard input")?,
        (None, question) => question.unwrap_or_default().to_string(),
    };
    let questions = questions(&text);
    if questions.is_empty() {
        return Err(fault(
            "there is no question to compare",
            "write it in quotes: prepdeck similar \"What is …?\"",
        ));
    }
    // A file of the corpus is like itself.
    let own = arguments.file.as_ref().and_then(|file| {
        let real = dunce::canonicalize(from.join(file)).ok()?;
        let files = corpus.sources.iter();
        files
            .map(|source| corpus.root.join(&source.path))
            .position(|path| path == real)
    });
    let there = asked(&corpus);
    let mut blocks = Vec::new();
    for question in &questions {
        let mut near = alike(&there, question, MIN_SCORE);
        near.retain(|near| corpus.questions.get(near.index).map(|one| one.source) != own);
        let near = near.into_iter().take(arguments.limit);
        let shown: Vec<String> = near.map(|near| shown(&corpus, &near)).collect();
        let mut block = shown.join("\n");
        if shown.is_empty() {
            let number = count(corpus.questions.len(), "question");
            block = format!("nothing like it in {number}\n");
        }
        if questions.len() > 1 {
            block = format!("{}\n{block}", visible(question));
        }
        blocks.push(block);
    }
    print(blocks.join("\n").as_bytes())?;
    Ok(Outcome::Clean)
}

/// The questions of a corpus that are like a text: that ask the same, or have
/// `min` of their words in common.
pub fn alike(there: &Asked, question: &str, min: f64) -> Vec<Near> {
    let mut near = nearest(there, &asking_text(question));
    near.retain(|near| near.same || near.score >= min);
    near
}

/// Three lines: how alike, where, and why.
pub fn shown(corpus: &Corpus, near: &Near) -> String {
    let Some(question) = corpus.questions.get(near.index) else {
        return String::new();
    };
    let Some(source) = corpus.source_of(question) else {
        return String::new();
    };
    let (line, column) = source.position(question.heading_span().start);
    let id = question
        .id()
        .map_or(String::new(), |id| format!("  {}", visible(id)));
    format!(
        "{:.2}  {}{}\n      {}:{line}:{column}{id}\n      {}\n",
        near.score,
        visible(&question.title(source)),
        if near.same { "  (asks the same)" } else { "" },
        visible(&source.shown),
        visible(&near.comparison.words("in yours", "there")),
    )
}

/// What a text asks: its `# ` heading, or each of its lines.
fn questions(text: &str) -> Vec<String> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    let lines = heading.map_or_else(|| text.lines().collect(), |heading| vec![heading]);
    let lines = lines.into_iter().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_string)
        .collect()
}

fn read(path: &Path) -> miette::Result<String> {
    let name = shown_path(path);
    let file = std::fs::File::open(path).map_err(|error| {
        fault(
            &format!("can't open {name}: {error}"),
            "give a file that exists",
        )
    })?;
    limited(file, &name)
}

fn limited(reader: impl Read, name: &str) -> miette::Result<String> {
    let mut bytes = Vec::new();
    let read = reader.take(MAX_TEXT + 1).read_to_end(&mut bytes);
    read.map_err(|error| fault(&format!("can't read {name}: {error}"), "give text"))?;
    if bytes.len() as u64 > MAX_TEXT {
        return Err(fault(
            &format!("{name} is no question: it has over 1 MiB"),
            "give one question, or a line for each",
        ));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

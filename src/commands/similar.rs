//! `prepdeck similar`: the questions that are most like a text.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Outcome, print, progress, working_directory};
use crate::cli::Similar;
use crate::config::fault;
use crate::corpus::{Corpus, around, select};
use crate::duplicates::likeness::Asking;
use crate::duplicates::nearest::{Index, Near, index, nearest};
use crate::duplicates::similar::{asking_text, wordings};
use crate::report::count;
use crate::visible::{shown_path, visible};

/// Less alike than this is chance.
const MIN_SCORE: f64 = 0.2;

/// More text than this, in bytes, is no question and no list of them.
const MAX_TEXT: u64 = 1024 * 1024;

/// A question to compare with those of the corpus.
struct Wanted {
    title: String,
    wordings: Vec<Asking>,
    /// Where it stands: a question of the corpus is like itself.
    own: Option<(PathBuf, usize)>,
}

pub fn run(arguments: &Similar) -> miette::Result<Outcome> {
    let from = working_directory()?;
    let corpus = around(&from)?;
    let wanted = match (&arguments.file, arguments.question.as_deref()) {
        (Some(file), _) => match of_file(file, &from) {
            Some(wanted) => wanted,
            None => of_text(&read(file)?),
        },
        (None, Some("-")) => {
            progress::end();
            of_text(&limited(io::stdin().lock(), "standard input")?)
        }
        (None, question) => of_text(question.unwrap_or_default()),
    };
    if wanted.is_empty() {
        return Err(fault(
            "there is no question to compare",
            "write it in quotes: prepdeck similar \"What is …?\"",
        ));
    }
    let index = index(&corpus);
    let mut blocks = Vec::new();
    for Wanted {
        title,
        wordings,
        own,
    } in &wanted
    {
        let mut near = alike(&index, wordings, MIN_SCORE);
        near.retain(|near| own.is_none() || place(&corpus, near.index) != *own);
        let near = near.into_iter().take(arguments.limit);
        let shown: Vec<String> = near.map(|near| shown(&corpus, &near)).collect();
        let mut block = shown.join("\n");
        if shown.is_empty() {
            let number = count(corpus.questions.len(), "question");
            block = format!("nothing like it in {number}\n");
        }
        if wanted.len() > 1 {
            block = format!("{}\n{block}", visible(title));
        }
        blocks.push(block);
    }
    print(blocks.join("\n").as_bytes())?;
    Ok(Outcome::Clean)
}

/// The file that a question stands in, and where in it the question begins.
fn place(corpus: &Corpus, index: usize) -> Option<(PathBuf, usize)> {
    let question = corpus.questions.get(index)?;
    let source = corpus.sources.get(question.source)?;
    let start = corpus
        .place(question.source, question.heading_span())
        .start();
    Some((corpus.root.join(&*source.path), start))
}

/// The questions of a corpus that are like another, given by its wordings: that
/// ask the same, or have `min` of their words in common.
pub fn alike(index: &Index, wordings: &[Asking], min: f64) -> Vec<Near> {
    let mut near = nearest(index, wordings);
    near.retain(|near| near.same || near.score >= min);
    near
}

/// Three lines: how alike, where, and why.
pub fn shown(corpus: &Corpus, near: &Near) -> String {
    let Some(question) = corpus.questions.get(near.index) else {
        return String::new();
    };
    let (Some(page), Some(source)) = (
        corpus.source_of(question),
        corpus.sources.get(question.source),
    ) else {
        return String::new();
    };
    let place = corpus.place(question.source, question.heading_span());
    let (line, column) = source.position(place.start());
    let id = question
        .id()
        .map_or(String::new(), |id| format!("  {}", visible(id)));
    format!(
        "{:.2}  {}{}\n      {}:{line}:{column}{id}\n      {}\n",
        near.score,
        visible(&question.title(page)),
        if near.same { "  (asks the same)" } else { "" },
        visible(&source.shown),
        visible(&near.comparison.words("in yours", "there")),
    )
}

/// The questions of a file as `check` reads it; None where it holds none.
fn of_file(file: &Path, from: &Path) -> Option<Vec<Wanted>> {
    let selections = select(&[file.to_path_buf()], from, None).ok()?;
    let selection = selections.first()?;
    let corpus = &selection.corpus;
    let mut wanted = Vec::new();
    for (index, question) in corpus.questions.iter().enumerate() {
        let page = corpus.source_of(question)?;
        if selection.selects(&page.path) {
            wanted.push(Wanted {
                title: question.title(page),
                wordings: wordings(corpus, index),
                own: place(corpus, index),
            });
        }
    }
    (!wanted.is_empty()).then_some(wanted)
}

/// What a text asks: its `# ` heading, or each of its lines.
fn of_text(text: &str) -> Vec<Wanted> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    let lines = heading.map_or_else(|| text.lines().collect(), |heading| vec![heading]);
    let lines = lines.into_iter().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(|line| Wanted {
            title: line.to_string(),
            wordings: vec![asking_text(line)],
            own: None,
        })
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

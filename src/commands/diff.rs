//! `prepdeck diff`: what changed between two exports, or two commits.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Outcome, look, print, say, some, working_directory};
use crate::changes::{Difference, Format, between, human, markdown};
use crate::cli::Diff;
use crate::config::fault;
use crate::corpus::{Corpus, root_above};
use crate::export::dataset::splits::Split;
use crate::export::read::{MAX_EXPORT, Row, rows};
use crate::export::record::records_of;
use crate::report::{count, json};
use crate::revision;
use crate::visible::{shown_path, visible};

/// More ids than this are only counted.
const MAX_SHOWN: usize = 5;

pub fn run(arguments: &Diff) -> miette::Result<Outcome> {
    let difference = match &arguments.new {
        Some(new) => exports(&arguments.old, new)?,
        None => revisions(&arguments.old)?,
    };
    for note in notes(&difference) {
        say(&format!("note: {note}\n"));
    }
    let text = match arguments.format {
        Format::Human => human::render(&difference, look(&io::stdout())),
        Format::Json => json::to_text(&difference),
        Format::Markdown => markdown::render(&difference),
    };
    print(text.as_bytes())?;
    if arguments.format == Format::Human {
        say_next(&difference, arguments);
    }
    Ok(Outcome::Clean)
}

fn exports(old: &Path, new: &Path) -> miette::Result<Difference> {
    let (before, after) = (export(old)?, export(new)?);
    Ok(between(
        (&shown_path(old), &before),
        (&shown_path(new), &after),
    ))
}

/// The records of an export: of a file, or of the splits of a data set.
fn export(path: &Path) -> miette::Result<Vec<Row>> {
    if !path.is_dir() {
        return file(path);
    }
    let names = Split::ALL.map(|split| {
        ["jsonl", "parquet"]
            .map(|ending| path.join("data").join(format!("{}.{ending}", split.name())))
    });
    let files = names.iter().flatten().filter(|file| file.is_file());
    let mut all = Vec::new();
    for split in files {
        all.extend(file(split)?);
    }
    if all.is_empty() {
        return Err(fault(
            &format!("{} is no data set of questions", shown_path(path)),
            "name the folder that `prepdeck export dataset` wrote, or a file",
        ));
    }
    Ok(all)
}

fn file(path: &Path) -> miette::Result<Vec<Row>> {
    let shown = shown_path(path);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_EXPORT + 1).read_to_end(&mut bytes));
    let length = read.map_err(|error| {
        let help = "give two files that exist; two commits are written OLD..NEW";
        fault(&format!("can't read {shown}: {error}"), help)
    })?;
    if length as u64 > MAX_EXPORT {
        return Err(fault(
            &format!("{shown} is larger than {} MiB", MAX_EXPORT / 1024 / 1024),
            "export fewer fields (--fields), or by topic (--topic)",
        ));
    }
    let package = bytes.starts_with(b"PK\x03\x04");
    rows(bytes).map_err(|reason| {
        let help = if package {
            "to compare Anki packages: prepdeck export anki --diff -o FILE"
        } else {
            "compare what `prepdeck export` wrote as json, jsonl, csv, parquet or dataset"
        };
        fault(
            &format!("{shown} is no export of questions: {reason}"),
            help,
        )
    })
}

fn revisions(range: &Path) -> miette::Result<Difference> {
    let shown = shown_path(range);
    let both = range.to_str().and_then(|range| range.split_once(".."));
    let Some((old, new)) = both.filter(|_| !range.exists()) else {
        return Err(fault(
            &format!("nothing to compare {shown} with"),
            "name two exports, or two commits: prepdeck diff v1.0..main",
        ));
    };
    if new.starts_with('.') {
        return Err(fault(
            &format!("`{shown}` has three dots"),
            "write two: what is compared are the two commits themselves",
        ));
    }
    let from = working_directory()?;
    let root = root_above(&from).unwrap_or(from);
    let (old, new) = (or_head(old), or_head(new));
    let (before, after) = (questions(&root, old)?, questions(&root, new)?);
    let names = (visible(old), visible(new));
    if before.is_empty() && after.is_empty() {
        return Err(fault(
            &format!("neither {} nor {} has questions here", names.0, names.1),
            "run it in the folder of prepdeck.toml or questions/",
        ));
    }
    for (name, side) in [(&names.0, &before), (&names.1, &after)] {
        if side.is_empty() {
            say(&format!("note: {name} has no questions here\n"));
        }
    }
    Ok(between((&names.0, &before), (&names.1, &after)))
}

fn or_head(revision: &str) -> &str {
    if revision.is_empty() {
        "HEAD"
    } else {
        revision
    }
}

fn questions(root: &Path, revision: &str) -> miette::Result<Vec<Row>> {
    let corpus = revision::read(root, revision)?;
    say_left_out(revision, &corpus);
    Ok(records_of(&corpus).iter().map(Row::from).collect())
}

/// Says what of a revision cannot be compared.
fn say_left_out(revision: &str, corpus: &Corpus) {
    let questions = corpus.questions.iter();
    let without = questions.filter(|question| question.id().is_none());
    let sources = corpus.sources.iter();
    let unread = sources.filter(|source| source.fault.is_some());
    for (number, what) in [
        (without.count(), "question without an id"),
        (unread.count(), "file that cannot be read"),
    ] {
        if number > 0 {
            let revision = visible(revision);
            say(&format!("note: {revision}: left out: {number} × {what}\n"));
        }
    }
}

/// What the reader should know beside the changes.
fn notes(difference: &Difference) -> Vec<String> {
    let mut notes = Vec::new();
    for side in [&difference.old, &difference.new] {
        if !side.repeated.is_empty() {
            let ids: Vec<&str> = side.repeated.iter().map(String::as_str).collect();
            let ids = some(&ids, MAX_SHOWN);
            let name = &side.name;
            notes.push(format!(
                "{name} has ids twice, and the first of each counts: {ids}"
            ));
        }
    }
    if !difference.not_compared.is_empty() {
        let fields = difference.not_compared.join(", ");
        notes.push(format!(
            "not compared, since one side alone has it: {fields}"
        ));
    }
    if !difference.renamed.is_empty() {
        let renamed = difference.renamed.iter();
        let ids: Vec<&str> = renamed.map(|renamed| renamed.old_id.as_str()).collect();
        let ids = some(&ids, MAX_SHOWN);
        notes.push(format!(
            "an id is for ever, and readers' reviews hang on it: set the old one again: {ids}"
        ));
    }
    notes
}

/// What to do now.
fn say_next(difference: &Difference, arguments: &Diff) {
    let removed = difference.removed.len();
    if removed > 0 {
        let number = count(removed, "removed question");
        say(&format!(
            "Readers keep {number} in their decks; `status: retired` in place of removal tells them\n"
        ));
    }
    if difference.unchanged < difference.new.questions || removed > 0 {
        let new = arguments.new.as_deref().map(shown_path);
        let sides = [Some(shown_path(&arguments.old)), new];
        let sides: Vec<String> = sides.into_iter().flatten().collect();
        let sides = sides.join(" ");
        say(&format!(
            "Next: prepdeck diff {sides} --format markdown, for release notes\n"
        ));
    }
}

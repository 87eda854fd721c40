//! What is said of how files were read, before what is found in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::say;
use crate::config::Format;
use crate::corpus::{Corpus, Selection};
use crate::files::File;
use crate::report::count;
use crate::visible::visible;

/// Says what the files seem to be.
pub fn say_guesses(selection: &Selection, verbose: bool) {
    let corpus = &selection.corpus;
    if selection.guessed.any {
        let formats = groups(corpus, |file| file.set.format.name());
        formats.values().for_each(Group::say);
    }
    for name in selection.guessed.others.iter().filter(|_| verbose) {
        say(&format!(
            "{}: nothing that looks like questions\n",
            visible(name)
        ));
    }
    let others = selection.guessed.others.len();
    let empty = say_empty_files(selection, verbose);
    if !verbose && others + empty > 0 {
        say(&format!(
            "{} without questions (--verbose lists them)\n",
            count(others + empty, "file")
        ));
    }
}

/// Says which files were read and hold no question, among others that do, and
/// nothing that is a fault; returns how many there are.
fn say_empty_files(selection: &Selection, verbose: bool) -> usize {
    let corpus = &selection.corpus;
    // Each guess is a source of its own.
    let key = |file: &File| {
        let own = Some(Arc::as_ptr(&file.set)).filter(|_| !selection.guessed.any);
        (own, file.set.format.name())
    };
    let sets = groups(corpus, key);
    let questions = questions_by_source(corpus);
    let files = corpus.files.iter().zip(&corpus.sources);
    let files = files.zip(&corpus.problems).zip(questions);
    let mut empty = 0;
    for (((file, source), problems), questions) in files {
        let others = sets.get(&key(file));
        let others = others.is_some_and(|group| group.questions > 0);
        let silent = questions == 0 && problems.is_empty() && selection.selects(&source.path);
        if !silent || !others || file.set.format == Format::Questions {
            continue;
        }
        empty += 1;
        if verbose {
            let (name, format) = (visible(&source.shown), file.set.format.name());
            say(&format!("{name}: read as {format}, 0 questions\n"));
        }
    }
    empty
}

/// Says which sources of a configuration hold no question: a format or a level
/// that is none of theirs would seem to be a pass.
pub fn say_empty(selection: &Selection) {
    if selection.guessed.any {
        return;
    }
    let sets = groups(&selection.corpus, |file| Arc::as_ptr(&file.set));
    let empty = |group: &&Group| group.questions == 0 && !group.faulty;
    let others = |group: &&Group| group.format != Format::Questions;
    let mut sets: Vec<&Group> = sets.values().filter(others).filter(empty).collect();
    sets.sort_by_key(|group| group.name);
    for group in sets {
        group.say();
    }
}

/// Files that are read alike.
struct Group<'a> {
    format: Format,
    files: usize,
    questions: usize,
    /// The last of them.
    name: &'a str,
    /// Whether something in one of them is said to be wrong.
    faulty: bool,
}

impl Group<'_> {
    fn say(&self) {
        let what = if self.files == 1 {
            visible(self.name).into_owned()
        } else {
            count(self.files, "file")
        };
        say(&format!(
            "{what}: read as {}, {}\n",
            self.format.name(),
            count(self.questions, "question")
        ));
    }
}

fn questions_by_source(corpus: &Corpus) -> Vec<usize> {
    let mut questions = vec![0; corpus.files.len()];
    for question in &corpus.questions {
        if let Some(count) = questions.get_mut(question.source) {
            *count += 1;
        }
    }
    questions
}

/// The files of a corpus by what `key` says of them.
fn groups<K: Ord>(corpus: &Corpus, key: impl Fn(&File) -> K) -> BTreeMap<K, Group<'_>> {
    let questions = questions_by_source(corpus);
    let mut groups = BTreeMap::new();
    let sources = corpus.sources.iter().zip(&corpus.problems);
    for ((file, (source, problems)), questions) in corpus.files.iter().zip(sources).zip(questions) {
        let group = groups.entry(key(file)).or_insert(Group {
            format: file.set.format,
            files: 0,
            questions: 0,
            name: &source.shown,
            faulty: false,
        });
        group.files += 1;
        group.questions += questions;
        group.name = &source.shown;
        group.faulty |= !problems.is_empty();
    }
    groups
}

/// Says what may be questions and was not understood, or how much of it there is.
pub fn say_leftovers(corpus: &Corpus, verbose: bool) {
    let leftovers: Vec<_> = corpus.leftovers().collect();
    if verbose {
        for (source, part, why) in &leftovers {
            let (line, column) = source.position(part.span.start());
            say(&format!(
                "{}:{line}:{column}: {why}\n",
                visible(&source.shown)
            ));
        }
    } else if !leftovers.is_empty() {
        say(&format!(
            "not understood: {} that may hold questions (--verbose lists them)\n",
            count(leftovers.len(), "block")
        ));
    }
}

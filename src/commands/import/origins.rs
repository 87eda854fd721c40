//! What an import reads: the questions of its origins, and what is said of
//! these.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use dunce::canonicalize;

use crate::cli::Import;
use crate::commands::reading::{say_empty, say_guesses};
use crate::commands::say;
use crate::config::{self, Config};
use crate::corpus::{Corpus, Selection, select_beside};
use crate::import::{Draft, Known, Target, draft, numbers};
use crate::question::Question;
use crate::rules::{Check, check_of};
use crate::source::Source;
use crate::verdict::Asked;
use crate::visible::{path_text, visible};

/// A question to import.
pub struct Found {
    pub draft: Draft,
    /// Whether its id was made of its words, or of its file's name.
    pub derived: bool,
    pub place: String,
}

/// What was read.
#[derive(Default)]
pub struct Origins {
    pub found: Vec<Found>,
    /// Questions of one file whose id another of it has.
    pub repeated: Vec<Found>,
    pub links: BTreeSet<String>,
    /// The files, as links name them.
    pub files: BTreeSet<String>,
    /// How many could not be read.
    pub unread: usize,
}

/// Reads the questions of what is to be imported into the folder `into`, where
/// `before` stands already, of the corpus of that configuration.
///
/// # Errors
/// Where a path does not exist or holds no questions.
pub fn read(
    arguments: &Import,
    into: &Path,
    before: &Corpus,
    own: &Config,
    known: &BTreeMap<String, Known>,
    from: &Path,
) -> miette::Result<Origins> {
    let within = |file: &PathBuf| {
        let real = canonicalize(from.join(file));
        real.is_ok_and(|real| real.starts_with(&before.root))
    };
    // What stands there already is no origin, unless it is named.
    let apart = if arguments.files.iter().any(within) {
        BTreeSet::new()
    } else {
        with_ids(before)
    };
    let mut origins = Origins::default();
    for selection in select_beside(&arguments.files, from, arguments.format_as, &apart)? {
        let selection = Selection {
            corpus: selection.corpus.parsed(),
            ..selection
        };
        say_guesses(&selection, true);
        say_empty(&selection);
        say(&not_understood(&selection));
        let root = &selection.corpus.root;
        let above = named_from(root, into, from);
        let back = way_back(into, root);
        let target = Target {
            topic: arguments.topic.as_deref(),
            back: back.as_deref(),
            above: &above,
            corpus: own,
            number: 1,
        };
        origins.take(&selection, target, known);
    }
    Ok(origins)
}

impl Origins {
    fn take(&mut self, selection: &Selection, target: Target<'_>, known: &BTreeMap<String, Known>) {
        let corpus = &selection.corpus;
        let named = corpus.sources.iter();
        let named = named.filter(|source| selection.selects(&source.path));
        let (none, read): (Vec<&Source>, Vec<&Source>) = named.partition(|one| one.is_unread());
        self.unread += none.len();
        let paths = read
            .iter()
            .map(|source| format!("{}{}", target.above, source.path));
        self.files.extend(paths);
        let mut all: Vec<(One, Draft)> = Vec::new();
        // Ids that were made of words stand for all questions of these words.
        let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, question) in corpus.questions.iter().enumerate() {
            let named = corpus.sources.get(question.source);
            if !named.is_some_and(|source| selection.selects(&source.path)) {
                continue;
            }
            let one = One {
                corpus,
                index,
                question,
            };
            let Some(draft) = one.draft(target, 1) else {
                continue;
            };
            if one.derived() {
                same.entry(draft.link.clone()).or_default().push(all.len());
            }
            all.push((one, draft));
        }
        let mut numbered = vec![1; all.len()];
        for (link, members) in same {
            let read = |member: usize, number| {
                let (one, _) = all.get(*members.get(member)?)?;
                one.draft(target, number)
            };
            let own = numbers(&link, members.len(), known, read);
            for (&member, own) in members.iter().zip(own) {
                if let Some(number) = numbered.get_mut(member) {
                    *number = own;
                }
            }
        }
        for ((one, first), number) in all.into_iter().zip(numbered) {
            let other = (number > 1).then(|| one.draft(target, number));
            let mut draft = other.flatten().unwrap_or(first);
            draft.answered &= !lacks_answer(corpus, one.index);
            let found = if self.links.insert(draft.link.clone()) {
                &mut self.found
            } else {
                &mut self.repeated
            };
            found.push(Found {
                draft,
                derived: one.derived(),
                place: place(corpus, one.question),
            });
        }
    }
}

/// A question of what is imported.
struct One<'a> {
    corpus: &'a Corpus,
    index: usize,
    question: &'a Question,
}

impl One<'_> {
    fn draft(&self, target: Target<'_>, number: usize) -> Option<Draft> {
        let source = self.corpus.source_of(self.question)?;
        draft(self.question, source, Target { number, ..target })
    }

    /// Whether its id was made of its words, or of its file's name.
    fn derived(&self) -> bool {
        self.question.meta.id_derived || self.question.id().is_none()
    }
}

/// Each block that was not read as it was meant, with its place.
fn not_understood(selection: &Selection) -> String {
    let corpus = &selection.corpus;
    let mut lines = BTreeMap::new();
    for (source, part, why) in corpus.leftovers() {
        let (line, column) = source.position(part.span.start());
        lines.insert((&*source.shown, line, column), why);
    }
    for (source, problems) in corpus.sources.iter().zip(&corpus.problems) {
        for problem in problems {
            let (line, column) = source.position(problem.span.start());
            lines.insert((&*source.shown, line, column), &problem.message);
        }
    }
    let mut text = String::new();
    for ((name, line, column), why) in lines {
        let _ = writeln!(text, "{}:{line}:{column}: {}", visible(name), visible(why));
    }
    text
}

/// Where its heading stands, for people.
fn place(corpus: &Corpus, question: &Question) -> String {
    let Some(source) = corpus.sources.get(question.source) else {
        return String::new();
    };
    let place = corpus.place(question.source, question.heading_span());
    let (line, column) = source.position(place.start());
    format!("{}:{line}:{column}", visible(&source.shown))
}

/// Whether the rule for it finds no answer, or a placeholder for one.
fn lacks_answer(corpus: &Corpus, index: usize) -> bool {
    match (check_of("missing-answer"), Asked::new(corpus, index)) {
        (Some(Check::Question(check)), Some(asked)) => !check(&asked).is_empty(),
        _ => false,
    }
}

/// The files of questions that have an id.
fn with_ids(corpus: &Corpus) -> BTreeSet<PathBuf> {
    let given = |question: &&Question| question.id().is_some() && !question.meta.id_derived;
    let given = corpus.questions.iter().filter(given);
    let files = given.filter_map(|question| corpus.files.get(question.source));
    files.map(|file| file.real(&corpus.root)).collect()
}

/// The way from the folder of questions to what is imported: `../`, `../docs/`.
/// None where the two share no folder above them.
fn way_back(into: &Path, root: &Path) -> Option<String> {
    // The folder may not be there yet; the one that it will stand in is.
    let there = into.ancestors().find(|folder| folder.is_dir())?;
    let missing = into.strip_prefix(there).ok()?.components().count();
    let there = canonicalize(there).ok()?;
    let shared = there
        .ancestors()
        .find(|above| root.starts_with(above) && above.parent().is_some())?;
    let up = there.strip_prefix(shared).ok()?.components().count() + missing;
    let down = root.strip_prefix(shared).ok()?;
    let mut way = "../".repeat(up);
    for part in down.components() {
        way.push_str(&part.as_os_str().to_string_lossy());
        way.push('/');
    }
    Some(way)
}

/// What stands before the paths of files below `root`, where an import names
/// them: the same whether a file or its folder is imported, and on every machine.
/// Files of another repository are told from those of a third by its name.
fn named_from(root: &Path, into: &Path, from: &Path) -> String {
    let whole = root.join(".git").exists() || root.join(config::FILE).exists();
    let here = canonicalize(from).unwrap_or_else(|_| from.to_path_buf());
    let top = if !whole && root.starts_with(&here) {
        here.as_path()
    } else {
        root
    };
    let below = root.strip_prefix(top).map(path_text).unwrap_or_default();
    let there = into
        .ancestors()
        .find_map(|folder| canonicalize(folder).ok());
    let own = there.is_some_and(|there| there.starts_with(top));
    let name = top.file_name().map(|name| path_text(Path::new(name)));
    let parts = [name.filter(|_| !own).unwrap_or_default(), below];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.fold(String::new(), |above, part| format!("{above}{part}/"))
}

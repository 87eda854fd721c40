//! `prepdeck import`: banks of any format to one file a question.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use dunce::canonicalize;

use super::reading::{say_empty, say_guesses};
use super::{Outcome, print, say, working_directory, write as files};
use crate::cli::Import;
use crate::config::{self, Config, Format, SourceSet};
use crate::corpus::{Corpus, Selection, configuration, folder, root_above, select_beside, shown};
use crate::import::{Draft, Ids, Refused, Step, Target, draft, known, step};
use crate::question::Question;
use crate::report::count;
use crate::rules::{Check, check_of};
use crate::source::Source;
use crate::verdict::Asked;
use crate::visible::{path_text, shown_path, visible};

pub fn run(arguments: &Import) -> miette::Result<Outcome> {
    let from = working_directory()?;
    if let Some(topic) = &arguments.topic {
        super::new::topic(topic)?;
    }
    let into = from.join(&arguments.into);
    let before = folder(&into, &from);
    let known = known(&before);
    let own = match root_above(&into) {
        Some(root) => configuration(&root, &from)?,
        None => Config::default(),
    };
    let mut report = Report::default();
    let (mut files_read, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut repeats: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<Found> = Vec::new();
    let mut unread = 0;
    let within = |file: &PathBuf| {
        let real = canonicalize(from.join(file));
        real.is_ok_and(|real| real.starts_with(&before.root))
    };
    // What stands there already is no origin, unless it is named.
    let apart = if arguments.files.iter().any(within) {
        BTreeSet::new()
    } else {
        with_ids(&before)
    };
    for selection in select_beside(&arguments.files, &from, arguments.format_as, &apart)? {
        let selection = Selection {
            corpus: selection.corpus.parsed(),
            ..selection
        };
        say_guesses(&selection, true);
        say_empty(&selection);
        say(&not_understood(&selection));
        let corpus = &selection.corpus;
        let above = named_from(&corpus.root, &into, &from);
        let named = corpus.sources.iter();
        let named = named.filter(|source| selection.selects(&source.path));
        let (none, read): (Vec<&Source>, Vec<&Source>) = named.partition(|one| one.is_unread());
        unread += none.len();
        files_read.extend(read.iter().map(|source| format!("{above}{}", source.path)));
        let back = way_back(&into, &corpus.root);
        let target = Target {
            topic: arguments.topic.as_deref(),
            back: back.as_deref(),
            above: &above,
            corpus: &own,
            number: 1,
        };
        for (index, question) in corpus.questions.iter().enumerate() {
            let named = corpus.sources.get(question.source);
            if !named.is_some_and(|source| selection.selects(&source.path)) {
                continue;
            }
            let read = |number| {
                let source = corpus.source_of(question)?;
                draft(question, source, Target { number, ..target })
            };
            let Some(mut draft) = read(1) else {
                continue;
            };
            let first = draft.link.clone();
            let number = repeats.entry(first).and_modify(|number| *number += 1);
            let number = *number.or_insert(1);
            let derived = question.meta.id_derived;
            // An id that was made of words stands for two questions of these words.
            if number > 1
                && derived
                && let Some(other) = read(number)
            {
                draft = other;
            }
            draft.answered &= !lacks_answer(corpus, index);
            let place = place(corpus, question);
            if seen.insert(draft.link.clone()) {
                found.push(Found {
                    draft,
                    derived,
                    place,
                });
            } else {
                report.left_out(&draft.id, &place, Refused::Taken);
            }
        }
    }
    let mut ids = Ids::new(ids(&before), &known);
    for one in &mut found {
        if let Some(old) = known.get(&one.draft.link) {
            ids.keep(&mut one.draft, old);
        }
    }
    for Found {
        mut draft,
        derived,
        place,
    } in found
    {
        let old = known.get(&draft.link);
        if old.is_none()
            && let Err(why) = ids.give(&mut draft, derived)
        {
            report.left_out(&draft.id, &place, why);
            continue;
        }
        let step = step(&draft, old);
        let path = old.map_or_else(|| draft.path(), |old| old.path.clone());
        report.add(step, &draft, &shown(&into.join(&path), &from));
        if !arguments.dry_run && matches!(step, Step::Write | Step::Update) {
            let own = old.and_then(|old| old.license.as_deref());
            let text = draft.file(arguments.license.as_deref().or(own));
            save(&into.join(&path), step, &text)?;
        }
    }
    for (_, old) in known.iter().filter(|(link, old)| {
        let file = link.rsplit_once('#').map_or("", |(file, _)| file);
        files_read.contains(file) && !seen.contains(*link) && !old.retired
    }) {
        report.gone(&shown(&into.join(&old.path), &from));
    }
    print(report.lines.as_bytes())?;
    say(&not_read(&into, &own));
    say(&report.words(&arguments.into, arguments.dry_run));
    if unread > 0 {
        return Ok(Outcome::Undone);
    }
    Ok(if report.left > 0 {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
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

fn ids(corpus: &Corpus) -> BTreeSet<String> {
    let ids = corpus.questions.iter().filter_map(|question| question.id());
    ids.map(String::from).collect()
}

/// The files of questions that have an id.
fn with_ids(corpus: &Corpus) -> BTreeSet<PathBuf> {
    let given = |question: &&Question| question.id().is_some() && !question.meta.id_derived;
    let given = corpus.questions.iter().filter(given);
    let files = given.filter_map(|question| corpus.files.get(question.source));
    files.map(|file| file.real(&corpus.root)).collect()
}

fn save(path: &Path, step: Step, text: &str) -> miette::Result<()> {
    if let Some(folder) = path.parent() {
        files::create_folder(folder)?;
    }
    if step == Step::Update {
        files::replace(path, text.as_bytes())
    } else {
        files::create(path, text.as_bytes())
    }
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
    parts.map(|part| format!("{part}/")).collect()
}

/// A question to import.
struct Found {
    draft: Draft,
    /// Whether its id was made of its words.
    derived: bool,
    place: String,
}

/// What to change where a configuration names banks in other forms, but does not
/// read the files that were written as the question files that they are.
fn not_read(into: &Path, config: &Config) -> String {
    let own = || {
        let root = root_above(into)?;
        let there = into.ancestors().find(|folder| folder.is_dir())?;
        let missing = into.strip_prefix(there).ok()?;
        let folder = canonicalize(there).ok()?.join(missing);
        folder.strip_prefix(&root).ok().map(path_text)
    };
    let Some(own) = own() else {
        return String::new();
    };
    let file = format!("{own}/a.md");
    let set = config.sources.iter().find(|set| set.paths.matches(&file));
    let banks = |set: &SourceSet| set.format != Format::Questions;
    if set.is_some_and(|set| !banks(set)) || !config.sources.iter().any(banks) {
        return String::new();
    }
    let how = match set {
        Some(set) => format!("reads {own} as {}", set.format.name()),
        None => format!("does not read {own}"),
    };
    format!(
        "note: {} {}; once the questions are yours, put this in place of its sources:\n\
         [[source]]\npaths = [\"{}/**/*.md\"]\n",
        config::FILE,
        visible(&how),
        visible(&globset::escape(&own))
    )
}

#[derive(Debug, Default)]
struct Report {
    lines: String,
    new: usize,
    updated: usize,
    kept: usize,
    left: usize,
    unanswered: usize,
    /// Questions that got no file, each with its place.
    left_out: String,
    gone: usize,
}

impl Report {
    fn add(&mut self, step: Step, draft: &Draft, path: &str) {
        let path = visible(path);
        let number = match step {
            Step::Write => &mut self.new,
            Step::Update => &mut self.updated,
            Step::Keep => &mut self.kept,
            Step::Edited => &mut self.left,
        };
        *number += 1;
        let what = match step {
            Step::Write => "new      ",
            Step::Update => "updated  ",
            Step::Keep => "",
            Step::Edited => "left     ",
        };
        if !what.is_empty() {
            let _ = writeln!(self.lines, "{what}{path}");
        }
        if !draft.answered {
            self.unanswered += 1;
        }
    }

    fn left_out(&mut self, id: &str, place: &str, why: Refused) {
        let why = match why {
            Refused::Same => "another file has it word for word",
            Refused::Taken => "the id is taken",
        };
        let _ = writeln!(self.left_out, "{place}: left out, {why}: {}", visible(id));
    }

    /// What was imported from a file that has it no more.
    fn gone(&mut self, path: &str) {
        self.gone += 1;
        let _ = writeln!(self.lines, "gone     {}", visible(path));
    }

    fn words(&self, into: &Path, dry: bool) -> String {
        let all = self.new + self.updated + self.kept + self.left;
        let mut text = format!(
            "{}: {} new, {} updated, {} unchanged, {} without an answer\n",
            count(all, "question"),
            self.new,
            self.updated,
            self.kept,
            self.unanswered
        );
        if self.left > 0 {
            let _ = writeln!(
                text,
                "{} changed here and at the origin: left alone",
                count(self.left, "question")
            );
        }
        if self.gone > 0 {
            let them = if self.gone == 1 { "it" } else { "them" };
            let _ = writeln!(
                text,
                "{} no more at the origin, or reworded there: left alone; retire or delete {them}",
                count(self.gone, "question")
            );
        }
        text.push_str(&self.left_out);
        let into = shown_path(into);
        if dry {
            text.push_str("Nothing was written. Next: the same without --dry-run\n");
        } else {
            let _ = writeln!(text, "Next: prepdeck check {into}");
        }
        text
    }
}

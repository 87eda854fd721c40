//! `prepdeck import`: banks of any format to one file a question.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use dunce::canonicalize;

use super::reading::say_guesses;
use super::{Outcome, print, say, working_directory, write as files};
use crate::cli::Import;
use crate::config::Config;
use crate::corpus::{Corpus, Selection, configuration, folder, root_above, select, shown};
use crate::import::{Draft, Step, Target, draft, known, step};
use crate::question::Question;
use crate::report::count;
use crate::rules::{Check, check_of};
use crate::source::Source;
use crate::verdict::Asked;
use crate::visible::{shown_path, visible};

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
    let mut taken: BTreeSet<String> = ids(&before);
    let mut report = Report::default();
    let (mut files_read, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut repeats: BTreeMap<String, usize> = BTreeMap::new();
    let mut unread = 0;
    for selection in select(&arguments.files, &from, arguments.format_as)? {
        say_guesses(&selection, false);
        say(&not_understood(&selection));
        let corpus = &selection.corpus;
        let named = corpus.sources.iter();
        let named = named.filter(|source| selection.selects(&source.path));
        let (none, read): (Vec<&Source>, Vec<&Source>) = named.partition(|one| one.is_unread());
        unread += none.len();
        files_read.extend(read.iter().map(|source| Arc::clone(&source.path)));
        let back = way_back(&into, &corpus.root);
        let target = Target {
            topic: arguments.topic.as_deref(),
            back: back.as_deref(),
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
            // An id that was made of words stands for two questions of these words.
            if number > 1
                && question.meta.id_derived
                && let Some(other) = read(number)
            {
                draft = other;
            }
            let old = known.get(&draft.link);
            let again = !seen.insert(draft.link.clone());
            if again || (old.is_none() && !taken.insert(draft.id.clone())) {
                report.twice(corpus, question, &draft.id);
                continue;
            }
            let step = step(&draft, old);
            let path = old.map_or_else(|| draft.path.clone(), |old| old.path.clone());
            draft.answered &= !lacks_answer(corpus, index);
            report.add(step, &draft, &shown(&into.join(&path), &from));
            if !arguments.dry_run && matches!(step, Step::Write | Step::Update) {
                let own = old.and_then(|old| old.license.as_deref());
                let text = draft.file(arguments.license.as_deref().or(own));
                save(&into.join(&path), step, &text)?;
            }
        }
    }
    for (_, old) in known.iter().filter(|(link, old)| {
        let file = link.rsplit_once('#').map_or("", |(file, _)| file);
        files_read.contains(file) && !seen.contains(*link) && !old.retired
    }) {
        report.gone(&shown(&into.join(&old.path), &from));
    }
    print(report.lines.as_bytes())?;
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

#[derive(Debug, Default)]
struct Report {
    lines: String,
    new: usize,
    updated: usize,
    kept: usize,
    left: usize,
    unanswered: usize,
    /// Questions whose id another has, each with its place.
    twice: String,
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

    fn twice(&mut self, corpus: &Corpus, question: &Question, id: &str) {
        let Some(source) = corpus.sources.get(question.source) else {
            return;
        };
        let place = corpus.place(question.source, question.heading_span());
        let (line, column) = source.position(place.start());
        let (name, id) = (visible(&source.shown), visible(id));
        let _ = writeln!(
            self.twice,
            "{name}:{line}:{column}: left out, the id is taken: {id}"
        );
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
        text.push_str(&self.twice);
        let into = shown_path(into);
        if dry {
            text.push_str("Nothing was written. Next: the same without --dry-run\n");
        } else {
            let _ = writeln!(text, "Next: prepdeck check {into}");
        }
        text
    }
}

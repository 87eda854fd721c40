//! `prepdeck import`: banks of any format to one file a question.

mod origins;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use dunce::canonicalize;

use super::{Outcome, print, say, working_directory, write as files};
use crate::cli::Import;
use crate::config::{self, Config, Format, SourceSet};
use crate::corpus::{Corpus, configuration, folder, root_above, shown};
use crate::import::{Draft, Ids, Refused, Step, known, step};
use crate::report::count;
use crate::visible::{path_text, shown_path, visible};
use origins::Found;

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
    let origins = origins::read(arguments, &into, &before, &own, &known, &from)?;
    let mut found = origins.found;
    for one in &origins.repeated {
        report.left_out(&one.draft.id, &one.place, Refused::Taken);
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
        origins.files.contains(file) && !origins.links.contains(*link) && !old.retired
    }) {
        report.gone(&shown(&into.join(&old.path), &from));
    }
    print(report.lines.as_bytes())?;
    say(&not_read(&into, &own));
    say(&report.words(&arguments.into, arguments.dry_run));
    if origins.unread > 0 {
        return Ok(Outcome::Undone);
    }
    Ok(if report.left > 0 {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
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
                "{} changed here and at the origin: left alone; take over what changed, or delete {} and import again",
                count(self.left, "question"),
                if self.left == 1 {
                    "the file"
                } else {
                    "the files"
                }
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

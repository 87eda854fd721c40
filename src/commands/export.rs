//! `prepdeck export`: make something of a corpus that people study from.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::check::{judge_all, words};
use super::{Outcome, look, print, rules_of, say, show_fault, working_directory, write};
use crate::cli::Export;
use crate::config::fault;
use crate::corpus::{Corpus, around};
use crate::export::anki::contents;
use crate::export::anki::difference::{self, Difference};
use crate::export::{Entry, Format, Selection, anki, anki_text, media, render};
use crate::finding::{Finding, Severity, did_you_mean};
use crate::history::{self, History};
use crate::question::{Question, Status};
use crate::report::{self, count, summary};
use crate::visible::{shown_path, visible};

/// More ids than this are only counted.
const MAX_SHOWN: usize = 20;

pub fn run(arguments: &Export) -> miette::Result<Outcome> {
    if let Some((option, formats)) = arguments.options.unfit(arguments.format) {
        let formats: Vec<String> = formats.iter().map(|format| format.name()).collect();
        return Err(fault(
            &format!("{option} is not for {}", arguments.format.name()),
            &format!("leave it out, or export {}", formats.join(" or ")),
        ));
    }
    let corpus = around(&working_directory()?)?;
    let rules = rules_of(&corpus)?;
    rules.faults.iter().for_each(show_fault);
    let mut judged = judge_all(&corpus, &rules);
    judged.findings.retain(|finding| stops(&corpus, finding));
    let judged = [judged];
    let errors = judged.iter().flat_map(|one| &one.findings);
    let faulty: BTreeSet<usize> = errors
        .flat_map(|finding| faulty(&corpus, finding))
        .collect();
    let found = summary(&judged);
    if found.errors > 0 && !arguments.allow_errors {
        let reader = report::Reader {
            look: look(&io::stderr()),
            strict: false,
        };
        say(&report::render(report::Format::Human, &judged, &reader));
        say(&words(found, &judged));
        say(
            "Nothing was written: mend the errors, or leave those questions out (--allow-errors)\n",
        );
        return Ok(Outcome::Findings);
    }
    let history = history::read(&corpus);
    let mut selection = choose(&corpus, &history, arguments, &faulty)?;
    for note in notices(&corpus, &history, &selection, arguments.format, &faulty) {
        say(&format!("note: {note}\n"));
    }
    if arguments.format == Format::AnkiText {
        let Selection { entries, media, .. } = &mut selection;
        entries.retain(|entry| !anki_text::needs_package(media, entry));
    }
    let bytes = render(arguments.format, &selection)?;
    let output = match &arguments.output {
        Some(path) if path == Path::new("-") && !arguments.options.diff => {
            return print(&bytes).map(|()| Outcome::Clean);
        }
        Some(path) => path.clone(),
        None => PathBuf::from(format!(
            "{}.{}",
            file_name(&corpus.name()),
            arguments.format.extension()
        )),
    };
    let difference = match arguments.format {
        Format::Anki => since(&corpus, &output, &bytes),
        _ => None,
    };
    if arguments.options.diff {
        return show(&output, difference);
    }
    match difference {
        None => {}
        Some(Ok(difference)) => {
            let warnings = difference::warnings(&difference);
            let warnings = warnings.iter().map(|warning| format!("note: {warning}\n"));
            say(&warnings.collect::<String>());
            let summary = difference::summary(&difference);
            say(&format!("{summary} since the file before\n"));
        }
        Some(Err(reason)) => say(&format!(
            "note: {} could not be compared: {reason}\n",
            shown_path(&output)
        )),
    }
    write::replace(&output, &bytes)?;
    say(&format!(
        "{} → {}\n",
        wrote(&selection, arguments.format),
        shown_path(&output)
    ));
    Ok(Outcome::Clean)
}

/// What a package changes for readers of the file at `output`, or why that
/// cannot be said; None where no file is there.
fn since(corpus: &Corpus, output: &Path, bytes: &[u8]) -> Option<Result<Difference, String>> {
    if !output.metadata().ok()?.is_file() {
        return None;
    }
    let compare = || {
        let before = File::open(output).map_err(|error| error.to_string())?;
        let before = contents::read(before)?;
        let after = contents::read(io::Cursor::new(bytes))?;
        let there = corpus.questions.iter().filter_map(Question::id).collect();
        Ok(difference::between(&before, &after, &there))
    };
    Some(compare())
}

/// The result of `--diff`.
fn show(output: &Path, difference: Option<Result<Difference, String>>) -> miette::Result<Outcome> {
    let shown = shown_path(output);
    let (message, help) = match difference {
        Some(Ok(difference)) => {
            for warning in difference::warnings(&difference) {
                say(&format!("note: {warning}\n"));
            }
            let summary = difference::summary(&difference);
            let text = format!("{}{summary} since {shown}\n", difference::list(&difference));
            return print(text.as_bytes()).map(|()| Outcome::Clean);
        }
        Some(Err(reason)) => (
            format!("{shown} could not be compared: {reason}"),
            "name a package that readers have: -o FILE",
        ),
        None => (
            format!("no file to compare with: {shown}"),
            "export once without --diff, or name the package that readers have: -o FILE",
        ),
    };
    Err(fault(&message, help))
}

/// Whether an export must not pass over the finding: an error, unless it is
/// about a draft, which is not exported. Who holds an id counts everywhere.
fn stops(corpus: &Corpus, finding: &Finding) -> bool {
    let question = finding
        .question
        .and_then(|index| corpus.questions.get(index));
    let draft = question.is_some_and(|question| question.meta.status == Status::Draft);
    finding.severity == Severity::Error && (!draft || finding.rule == "duplicate-id")
}

/// The questions that a finding keeps out of an export: its own, all holders
/// of a repeated id, and all that stand in a file that was not understood.
fn faulty(corpus: &Corpus, finding: &Finding) -> Vec<usize> {
    let mut faulty: Vec<usize> = finding.question.into_iter().collect();
    let id = finding
        .question
        .and_then(|index| corpus.questions.get(index))
        .and_then(Question::id);
    if finding.rule == "duplicate-id" {
        faulty.extend(
            corpus
                .questions
                .iter()
                .enumerate()
                .filter(|(_, question)| question.id() == id)
                .map(|(index, _)| index),
        );
    }
    faulty
}

fn choose<'a>(
    corpus: &'a Corpus,
    history: &History,
    arguments: &Export,
    faulty: &BTreeSet<usize>,
) -> miette::Result<Selection<'a>> {
    let Export {
        topic, level, tag, ..
    } = arguments;
    known(
        topic,
        "topic",
        corpus
            .questions
            .iter()
            .flat_map(|question| parents(&question.topic)),
    )?;
    known(
        level,
        "level",
        corpus.questions.iter().filter_map(Question::level),
    )?;
    known(
        tag,
        "tag",
        corpus
            .questions
            .iter()
            .flat_map(|question| question.meta.tags.iter().map(|tag| tag.value.as_str())),
    )?;
    let wanted = |question: &Question| {
        (topic.is_empty()
            || parents(&question.topic).any(|parent| topic.iter().any(|topic| topic == parent)))
            && (level.is_empty()
                || question
                    .level()
                    .is_some_and(|own| level.iter().any(|level| level == own)))
            && (tag.is_empty()
                || question
                    .meta
                    .tags
                    .iter()
                    .any(|own| tag.contains(&own.value)))
            && question.meta.status != Status::Draft
    };
    let questions = corpus
        .questions
        .iter()
        .enumerate()
        .filter(|(index, question)| wanted(question) && !faulty.contains(index));
    let mut entries: Vec<Entry<'a>> = questions
        .filter_map(|(_, question)| {
            let source = corpus.source_of(question)?;
            Some(Entry {
                id: question.id()?,
                question,
                source,
                times: history.of(&source.path),
            })
        })
        .collect();
    if entries.is_empty() {
        return Err(fault(
            "no question is left to export",
            "use fewer filters; drafts and faulty questions are left out",
        ));
    }
    let mut media = media::Media::default();
    if arguments.format.is_anki() {
        media = media::read(corpus, &entries);
        // A note with another image is another note, whatever its text.
        for entry in &mut entries {
            let images = media.paths(&entry.source.path);
            let newest = images.iter().map(|path| history.of(path).updated).max();
            entry.times.updated = entry.times.updated.max(newest.unwrap_or(0));
        }
    }
    Ok(Selection {
        corpus,
        entries,
        media,
        options: arguments.options.clone(),
    })
}

/// A topic and the topics above it: `http/caching`, `http`.
fn parents(topic: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(topic), |topic| {
        topic.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// Checks that each filter names something that there is.
fn known<'a>(
    filters: &[String],
    what: &str,
    there: impl Iterator<Item = &'a str>,
) -> miette::Result<()> {
    let there: BTreeSet<&str> = there.collect();
    let Some(filter) = filters
        .iter()
        .find(|filter| !there.contains(filter.as_str()))
    else {
        return Ok(());
    };
    let help = match did_you_mean(filter, there.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "there are: {}",
            there.iter().copied().collect::<Vec<_>>().join(", ")
        ),
    };
    Err(fault(
        &format!("no question has the {what} `{filter}`"),
        &help,
    ))
}

/// What the reader of an export should know about it.
fn notices(
    corpus: &Corpus,
    history: &History,
    selection: &Selection<'_>,
    format: Format,
    faulty: &BTreeSet<usize>,
) -> Vec<String> {
    let mut notices: Vec<String> = history.warnings.clone();
    let left_out: Vec<String> = faulty
        .iter()
        .filter_map(|&index| {
            let question = corpus.questions.get(index)?;
            let path = &corpus.source_of(question)?.shown;
            Some(format!(
                "{} ({})",
                question.id().map_or("without an id".into(), visible),
                visible(path)
            ))
        })
        .collect();
    if !left_out.is_empty() {
        notices.push(format!("left out for errors: {}", left_out.join(", ")));
    }
    notices.extend(
        selection
            .media
            .refused
            .iter()
            .map(|refused| format!("{}; its text is shown instead", visible(refused))),
    );
    if format == Format::AnkiText {
        let entries = selection.entries.iter();
        let left = entries.filter(|entry| anki_text::needs_package(&selection.media, entry));
        let left: Vec<&str> = left.map(|entry| entry.id).collect();
        if !left.is_empty() {
            notices.push(format!(
                "left to the package, since they show images: {}; import it after the text",
                some(&left)
            ));
        }
        notices.push(
            "readers import a package of this deck once before the text, or Anki takes none of it"
                .to_string(),
        );
    }
    let kept = anki::kept(selection);
    if !kept.is_empty() {
        notices.push(format!(
            "with their choices all the same, since the question speaks of them: {}",
            some(&kept)
        ));
    }
    if format.is_anki() && corpus.config.id.is_empty() {
        notices.push("the corpus has no `id` in prepdeck.toml; a deck of another corpus without one may hold the same notes. Set it before readers import the deck: changed later, it makes every note new to them".to_string());
    }
    notices
}

/// Some ids, and how many more there are.
fn some(ids: &[&str]) -> String {
    let (shown, more) = ids.split_at(ids.len().min(MAX_SHOWN));
    let shown = shown.join(", ");
    match more.len() {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn wrote(selection: &Selection<'_>, format: Format) -> String {
    let number = selection.entries.len();
    if !format.is_anki() {
        return count(number, "question");
    }
    let decks = anki::Decks::of(selection);
    let entries = selection.entries.iter();
    let decks: BTreeSet<i64> = entries
        .filter_map(|entry| Some(decks.get(selection.corpus, entry)?.id))
        .collect();
    format!(
        "{} in {}",
        count(number, "note"),
        count(decks.len(), "deck")
    )
}

/// A corpus's name as a file's name.
fn file_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "-_. ".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        "questions".to_string()
    } else {
        name.to_string()
    }
}

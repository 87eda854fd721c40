//! `prepdeck export`: make something of a corpus that people study from.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::check::{judge_all, words};
use super::{Outcome, folder, look, print, rules_of, say, show_fault, working_directory, write};
use crate::cli::Export;
use crate::config::fault;
use crate::corpus::{Corpus, around, is_within};
use crate::export::{Entry, Format, Output, Selection, anki, media, render};
use crate::finding::{Finding, Severity, did_you_mean};
use crate::history::{self, History};
use crate::question::{Question, Status};
use crate::report::{self, count, summary};
use crate::visible::{path_text, shown_path, visible};

/// More questions than this that keep their choices are only counted.
const MAX_KEPT: usize = 20;

pub fn run(arguments: &Export) -> miette::Result<Outcome> {
    if let Some((option, formats)) = arguments.options.unfit(arguments.format) {
        return Err(fault(
            &format!("{option} is not for {}", arguments.format.name()),
            &format!("leave it out, or export {}", either(formats)),
        ));
    }
    if let Some((message, help)) = arguments.options.contradiction() {
        return Err(fault(&message, help));
    }
    if is_standard_output(arguments) && arguments.format == Format::Dataset {
        return Err(fault("a data set is a folder", "name one: -o FOLDER"));
    }
    let to_terminal = is_standard_output(arguments) && io::stdout().is_terminal();
    if to_terminal && !arguments.format.is_text() {
        return Err(fault(
            &format!("a terminal cannot show {}", arguments.format.name()),
            "write to a file, or into a pipe",
        ));
    }
    let corpus = around(&working_directory()?)?;
    if let Some(output) = &arguments.output {
        stays_out(&corpus, output)?;
    }
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
        let look = look(&io::stderr());
        say(&report::render(report::Format::Human, &judged, look));
        say(&words(found, &judged));
        say(
            "Nothing was written: mend the errors, or leave those questions out (--allow-errors)\n",
        );
        return Ok(Outcome::Findings);
    }
    let history = history::read(&corpus);
    let selection = choose(&corpus, &history, arguments, &faulty)?;
    for note in notices(&corpus, &history, &selection, arguments.format, &faulty) {
        say(&format!("note: {note}\n"));
    }
    let made = render(arguments.format, &selection)?;
    let output = match &arguments.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!(
            "{}.{}",
            file_name(&corpus.name()),
            arguments.format.extension()
        )),
    };
    let what = match made {
        Output::File(bytes) if is_standard_output(arguments) => {
            return print(&bytes).map(|()| Outcome::Clean);
        }
        Output::File(bytes) => {
            write::replace(&output, &bytes)?;
            wrote(&selection, arguments.format)
        }
        Output::Folder(made) => {
            folder::replace(&output, &made.files)?;
            for note in &made.notes {
                say(&format!("note: {note}\n"));
            }
            count(made.questions, "question")
        }
    };
    say(&format!("{what} → {}\n", shown_path(&output)));
    Ok(Outcome::Clean)
}

fn is_standard_output(arguments: &Export) -> bool {
    arguments.output.as_deref() == Some(Path::new("-"))
}

/// Refuses an output among the questions, where it would be read as one of them.
fn stays_out(corpus: &Corpus, output: &Path) -> miette::Result<()> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    let place = output.canonicalize().or_else(|_| {
        let name = output.file_name().unwrap_or_default();
        folder.map(|folder| folder.join(name))
    });
    // Where it cannot be, nothing will be written.
    let Some(path) = place
        .ok()
        .and_then(|place| place.strip_prefix(&corpus.root).ok().map(path_text))
    else {
        return Ok(());
    };
    for set in &corpus.config.sources {
        let within = |folder: &&String| !folder.is_empty() && is_within(&path, folder);
        // A data set has Markdown of its own.
        let read = [path.clone(), format!("{path}/README.md")];
        if read.iter().any(|path| set.paths.matches(path))
            || set.paths.folders.iter().any(|folder| within(&folder))
        {
            return Err(fault(
                &format!("{} is among the questions", shown_path(output)),
                "write elsewhere: what is exported must not be read as a question",
            ));
        }
    }
    Ok(())
}

/// `json, csv or parquet`.
fn either(formats: &[Format]) -> String {
    let names: Vec<String> = formats.iter().map(|format| format.name()).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
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
    if arguments.format == Format::Anki {
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
    let kept = anki::kept(selection);
    if !kept.is_empty() {
        let (shown, more) = kept.split_at(kept.len().min(MAX_KEPT));
        let mut ids = shown.join(", ");
        if !more.is_empty() {
            ids = format!("{ids} and {} more", more.len());
        }
        notices.push(format!(
            "with their choices all the same, since the question speaks of them: {ids}"
        ));
    }
    if format == Format::Anki && corpus.config.id.is_empty() {
        notices.push("the corpus has no `id` in prepdeck.toml; a deck of another corpus without one may hold the same notes. Set it before readers import the deck: changed later, it makes every note new to them".to_string());
    }
    notices
}

fn wrote(selection: &Selection<'_>, format: Format) -> String {
    let number = selection.entries.len();
    if format != Format::Anki {
        return count(number, "question");
    }
    let decks: BTreeSet<String> = anki::decks(selection).into_iter().collect();
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

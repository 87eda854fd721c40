//! `prepdeck export`: make something of a corpus that people study from.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Seek};
use std::path::{Path, PathBuf};

use miette::IntoDiagnostic;

use super::check::{judged_all, words};
use super::choose::choose;
use super::left_out::left_out;
use super::{
    Outcome, before, folder, look, print, print_from, rules_of, say, show_fault, some,
    working_directory, write,
};
use crate::cli::Export;
use crate::config::fault;
use crate::corpus::{Corpus, around_unparsed, is_within};
use crate::export::{Format, Output, Selection, anki, anki_text, render};
use crate::finding::Finding;
use crate::history::{self, History};
use crate::lint::parse_and_find_errors;
use crate::question::Status;
use crate::report::{self, count, summary};
use crate::visible::{path_text, shown_path, visible};

/// More ids than this are only counted.
const MAX_SHOWN: usize = 20;

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
    let mut corpus = around_unparsed(&working_directory()?)?;
    if let Some(output) = arguments
        .output
        .as_ref()
        .filter(|_| !is_standard_output(arguments))
    {
        stays_out(&corpus, output, arguments.format)?;
        write::stays_in(output)?;
    }
    let rules = rules_of(&corpus)?;
    rules.faults.iter().for_each(show_fault);
    let mut findings = parse_and_find_errors(&mut corpus, &rules);
    findings.retain(|finding| stops(&corpus, finding));
    let judged = [judged_all(&corpus, &rules, findings)];
    let errors: Vec<&Finding> = judged.iter().flat_map(|one| &one.findings).collect();
    let faulty = left_out(&corpus, &errors);
    let found = summary(&judged);
    if found.errors > 0 && !arguments.allow_errors {
        let reader = report::Reader {
            look: look(&io::stderr()),
            strict: false,
        };
        say(&report::render(report::Format::Human, &judged, &reader));
        say(&words(found, &judged, ""));
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
    // A large corpus has a long one, and all that is needed of it was taken.
    drop(history);
    if arguments.format == Format::AnkiText {
        let Selection { entries, media, .. } = &mut selection;
        entries.retain(|entry| !anki_text::needs_package(media, entry));
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
    if arguments.options.diff {
        return before::show(&corpus, &output, &made);
    }
    let what = match made {
        Output::Bytes(bytes) if is_standard_output(arguments) => {
            return print(&bytes).map(|()| Outcome::Clean);
        }
        Output::Scratch(file) if is_standard_output(arguments) => {
            return print_from(file).map(|()| Outcome::Clean);
        }
        Output::Bytes(bytes) => {
            write::replace(&output, &bytes)?;
            wrote(&selection, arguments.format)
        }
        Output::Scratch(mut file) => {
            let what = wrote(&selection, arguments.format);
            // To compare two packages takes memory, and texts are needed no more.
            drop(selection);
            corpus.sources = Vec::new();
            before::tell(&corpus, &output, &file);
            file.rewind().into_diagnostic()?;
            write::replace_from(&output, file)?;
            what
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
fn stays_out(corpus: &Corpus, output: &Path, format: Format) -> miette::Result<()> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = dunce::canonicalize(folder.unwrap_or(Path::new(".")));
    let place = dunce::canonicalize(output).or_else(|_| {
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
        let own = (format == Format::Dataset).then(|| format!("{path}/README.md"));
        if set.paths.matches(&path)
            || own.is_some_and(|own| set.paths.matches(&own))
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
    !draft || finding.rule == "duplicate-id"
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
                some(&left, MAX_SHOWN)
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
            some(&kept, MAX_SHOWN)
        ));
    }
    let topics = selection.entries.iter();
    let topics = topics.map(|entry| &*entry.question.topic).collect();
    let shared: Vec<String> = anki::one_deck(&topics)
        .iter()
        .map(|topics| topics.join(" and "))
        .collect();
    if format.is_anki() && !shared.is_empty() {
        let shared: Vec<&str> = shared.iter().map(String::as_str).collect();
        notices.push(format!(
            "one deck for topics that Anki does not tell apart: {}; spell them alike, or call one otherwise",
            some(&shared, MAX_SHOWN)
        ));
    }
    if format.is_anki() && corpus.config.id.is_empty() {
        notices.push("the corpus has no `id` in prepdeck.toml; a deck of another corpus without one may hold the same notes. Set it before readers import the deck: changed later, it makes every note new to them".to_string());
    }
    notices
}

fn wrote(selection: &Selection<'_>, format: Format) -> String {
    let number = selection.entries.len();
    if !format.is_anki() {
        return count(number, "question");
    }
    let decks = anki::Decks::of(selection);
    let entries = selection.entries.iter();
    let decks: BTreeSet<i64> = entries
        .filter_map(|entry| Some(decks.get(entry)?.id))
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

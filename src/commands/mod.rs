//! One file a command. Only here is anything printed or written.

mod baseline;
mod before;
mod check;
mod choose;
mod completions;
mod diff;
mod explain;
mod export;
mod folder;
mod import;
mod init;
mod left_out;
mod mend;
mod new;
mod progress;
mod reading;
mod rules;
mod schema;
mod similar;
mod stats;
mod write;

use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use miette::Report;
use terminal_size::{Width, terminal_size_of};

use crate::cli::Command;
use crate::config::{self, Config, FILE, fault};
use crate::corpus::{Corpus, configuration, root_above, shown};
use crate::report::Look;
use crate::report::human::draw_fault;
use crate::rules::{Rules, built_in, with_own};
use crate::visible::{visible, without_commands};

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    Findings,
    /// Something could not be done, and was said; the rest was.
    Undone,
}

/// Does what was asked.
///
/// # Errors
/// Where it could not be done; findings are no error.
pub fn run(command: Command) -> miette::Result<Outcome> {
    progress::with_progress(|| match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Similar(arguments) => similar::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
    })
}

/// Draws a run that could not be done.
pub fn show_fault(fault: &Report) {
    say(&draw_fault(fault, look(&io::stderr())));
}

/// Prints the result. A reader that has read enough (`| head`) is no fault.
fn print(text: &[u8]) -> miette::Result<()> {
    print_from(text)
}

/// As [`print`], with what `text` gives.
fn print_from(mut text: impl Read) -> miette::Result<()> {
    progress::end();
    let mut out = io::stdout().lock();
    match io::copy(&mut text, &mut out).and_then(|_| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(fault(
            &format!("can't write the result: {error}"),
            "see whether the disk is full, or write elsewhere",
        )),
        _ => Ok(()),
    }
}

/// At most `most` of some names, and how many more there are.
fn some(names: &[&str], most: usize) -> String {
    let (shown, more) = names.split_at(names.len().min(most));
    let shown: Vec<_> = shown.iter().map(|name| visible(name)).collect();
    match more.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Prints what is not the result: notices, and what to run next.
fn say(text: &str) {
    progress::clear();
    let text = without_commands(text);
    // Nobody is left to tell where standard error is closed.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// How `stream` wants its text: colour only on a terminal, `NO_COLOR` and its like respected.
fn look<S: anstream::stream::RawStream + AsRawStream>(stream: &S) -> Look {
    let colour = AutoStream::choice(stream) != ColorChoice::Never;
    let width = terminal_size_of(stream).map_or(80, |(Width(width), _)| usize::from(width));
    Look {
        colour,
        width: width.clamp(40, 100),
    }
}

/// What [`terminal_size_of`] takes on this system.
#[cfg(unix)]
use std::os::fd::AsFd as AsRawStream;
#[cfg(windows)]
use std::os::windows::io::AsHandle as AsRawStream;

/// The working directory, without links.
fn working_directory() -> miette::Result<PathBuf> {
    let here = std::env::current_dir().and_then(dunce::canonicalize);
    here.map_err(|error| {
        fault(
            &format!("the working directory is gone: {error}"),
            "change to another one",
        )
    })
}

/// The rules of a corpus, its own included. What its configuration says of
/// rules is checked.
fn rules_of(corpus: &Corpus) -> miette::Result<Rules> {
    let from = working_directory()?;
    let rules = own_rules(&corpus.root, &corpus.config, &from)?;
    if !corpus.config.rules.is_empty() || !corpus.config.overrides.is_empty() {
        let file = corpus.root.join(FILE);
        let source = config::source(&corpus.root, &shown(&file, &from))?;
        rules.accept(&corpus.config, &source)?;
    }
    Ok(rules)
}

/// The rules that hold in the working directory: those of the corpus around
/// it, or the built-in ones.
fn rules_here() -> miette::Result<Rules> {
    let from = working_directory()?;
    match root_above(&from) {
        Some(root) => own_rules(&root, &configuration(&root, &from)?, &from),
        None => built_in(),
    }
}

fn own_rules(root: &Path, config: &Config, from: &Path) -> miette::Result<Rules> {
    let folder = config.rule_pages.as_deref().unwrap_or_default();
    with_own(root, config, &shown(&root.join(folder), from))
}

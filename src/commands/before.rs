//! What an Anki package changes for readers of the file before it.

use std::fs::File;
use std::path::Path;

use super::{Outcome, print, say};
use crate::config::fault;
use crate::corpus::Corpus;
use crate::export::Output;
use crate::export::anki::contents;
use crate::export::anki::difference::{self, Difference};
use crate::question::Question;
use crate::visible::shown_path;

/// Says in a line or two what the package changes, if a file is there.
pub fn tell(corpus: &Corpus, output: &Path, package: &File) {
    match since(corpus, output, package) {
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
            shown_path(output)
        )),
    }
}

/// What a package changes for readers of the file at `output`, or why that
/// cannot be said; None where no file is there.
fn since(corpus: &Corpus, output: &Path, package: &File) -> Option<Result<Difference, String>> {
    if !output.metadata().ok()?.is_file() {
        return None;
    }
    let compare = || {
        let before = File::open(output).map_err(|error| error.to_string())?;
        let before = contents::read(before)?;
        let after = contents::read(package)?;
        let there = corpus.questions.iter().filter_map(Question::id).collect();
        Ok(difference::between(&before, &after, &there))
    };
    Some(compare())
}

/// The result of `--diff`: each question that changes, and nothing written.
///
/// # Errors
/// Where no file is there, or it cannot be compared.
pub fn show(corpus: &Corpus, output: &Path, made: &Output) -> miette::Result<Outcome> {
    let difference = match made {
        Output::Scratch(package) => since(corpus, output, package),
        Output::Bytes(_) | Output::Folder(_) => None,
    };
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

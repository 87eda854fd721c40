//! JSON Lines: a record a line.

use miette::IntoDiagnostic;
use serde::Serialize;

use super::Options;
use super::field::Row;
use super::record::Record;

/// # Errors
/// As [`super::render`].
pub fn render(records: &[Record], options: &Options) -> miette::Result<Vec<u8>> {
    let fields = options.fields();
    lines(records.iter().map(|record| Row { record, fields }))
}

/// Each value on a line of its own. JSON escapes line feeds, so none is broken.
pub(super) fn lines<T: Serialize>(values: impl Iterator<Item = T>) -> miette::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for value in values {
        serde_json::to_writer(&mut lines, &value).into_diagnostic()?;
        lines.push(b'\n');
    }
    Ok(lines)
}

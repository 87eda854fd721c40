//! RFC 4180 in UTF-8 with LF and a header; lists as JSON in the cell, null as
//! an empty cell. `--spreadsheet` makes it safe and readable for spreadsheets.

use miette::IntoDiagnostic;
use serde::Serialize;

use super::Options;
use super::field::Value;
use super::record::Record;

/// # Errors
/// As [`super::render`].
pub fn render(records: &[Record], options: &Options) -> miette::Result<Vec<u8>> {
    let fields = options.fields();
    let mut start = Vec::new();
    if options.spreadsheet {
        // By a byte order mark spreadsheets know UTF-8.
        start.extend("\u{feff}".as_bytes());
    }
    let mut writer = csv::Writer::from_writer(start);
    let names = fields.iter().map(|field| field.name());
    writer.write_record(names).into_diagnostic()?;
    for record in records {
        let cells = fields.iter().map(|field| cell(field.of(record)));
        let cells: Vec<String> = cells.collect::<miette::Result<_>>()?;
        let cells = cells.into_iter().map(|cell| {
            if options.spreadsheet && runs(&cell) {
                format!("'{cell}")
            } else {
                cell
            }
        });
        writer.write_record(cells).into_diagnostic()?;
    }
    writer.into_inner().into_diagnostic()
}

/// Whether a spreadsheet would run the cell as a formula (OWASP, "CSV Injection").
fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A cell as it was before a spreadsheet's file defused it.
pub(super) fn plain(cell: &str) -> &str {
    let defused = cell.strip_prefix('\'').filter(|cell| runs(cell));
    defused.unwrap_or(cell)
}

fn cell(value: Value<'_>) -> miette::Result<String> {
    match value {
        Value::Text(text) | Value::Maybe(Some(text)) => Ok(text.to_string()),
        Value::Maybe(None) => Ok(String::new()),
        Value::List(list) => json(list),
        Value::Choices(choices) => json(choices),
    }
}

fn json<T: Serialize>(items: &[T]) -> miette::Result<String> {
    serde_json::to_string(items).into_diagnostic()
}

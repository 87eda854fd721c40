//! One JSON array, a record an element.

use miette::IntoDiagnostic;

use super::Options;
use super::field::Row;
use super::record::Record;

/// # Errors
/// As [`super::render`].
pub fn render(records: &[Record], options: &Options) -> miette::Result<Vec<u8>> {
    let fields = options.fields();
    let rows = records.iter().map(|record| Row { record, fields });
    let rows: Vec<Row<'_>> = rows.collect();
    let mut json = serde_json::to_vec_pretty(&rows).into_diagnostic()?;
    json.push(b'\n');
    Ok(json)
}

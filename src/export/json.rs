//! One JSON array, a record an element.

use miette::IntoDiagnostic;

use super::Selection;
use super::record::records;

pub fn render(selection: &Selection<'_>) -> miette::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(&records(selection)).into_diagnostic()?;
    json.push(b'\n');
    Ok(json)
}

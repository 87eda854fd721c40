//! Records of an export, read back: JSON, JSON Lines, CSV or Parquet, whichever
//! it is. It may be older, have some fields only, or be a stranger's.

use std::collections::BTreeMap;
use std::panic::{set_hook, take_hook};
use std::thread::{Builder, JoinHandle};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field as Cell, Row as ParquetRow};
use serde_json::{Map, Value as Json};

use super::csv::plain;
use super::field::{Field, Value};
use super::record::{ChoiceRecord, Record};

/// The largest export that is read, in bytes; and so much text of a Parquet
/// file, where a few bytes can stand for much.
pub const MAX_EXPORT: u64 = 256 * 1024 * 1024;

/// More records than this are no bank of questions.
const MAX_RECORDS: usize = 1_000_000;

/// A Parquet file says what is in it in fewer bytes; a group in a group takes eight.
const MAX_FOOTER: u32 = 64 * 1024;
/// Room for as many groups in groups.
const STACK: usize = 64 * 1024 * 1024;
const CORRUPT: &str = "it is a Parquet file that is corrupt, or none of questions";

/// A record with the fields that its export has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub cells: BTreeMap<Field, Json>,
}

/// The records of an export, or why it is none, in a few words.
///
/// # Errors
/// Where the bytes are no export of records.
pub fn rows(bytes: Vec<u8>) -> Result<Vec<Row>, String> {
    if bytes.starts_with(b"PAR1") {
        return from_parquet(bytes);
    }
    let (mark, text) = match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(text) => (true, text),
        None => (false, bytes.as_slice()),
    };
    if text.starts_with(b"PK\x03\x04") {
        return Err("it is an Anki package or another archive".to_string());
    }
    let text = std::str::from_utf8(text).map_err(|_| "it is not UTF-8".to_string())?;
    match text.trim_start().chars().next() {
        None => Err("it is empty".to_string()),
        Some('[') => from_json(text),
        Some('{') => from_lines(text),
        Some(_) => from_csv(text, mark),
    }
}

fn from_json(text: &str) -> Result<Vec<Row>, String> {
    let records: Vec<Map<String, Json>> =
        serde_json::from_str(text).map_err(|error| format!("it is no list of records: {error}"))?;
    collect(records.into_iter().map(Ok))
}

fn from_lines(text: &str) -> Result<Vec<Row>, String> {
    let lines = (1_usize..).zip(text.split('\n'));
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let records = lines.map(|(number, line)| {
        serde_json::from_str(line).map_err(|_| format!("line {number} is no record in JSON"))
    });
    collect(records)
}

/// Lists are JSON in the cell, and null is an empty cell. A spreadsheet's file
/// has a byte order mark, and `'` before what would run.
fn from_csv(text: &str, spreadsheet: bool) -> Result<Vec<Row>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let rows = (1_usize..).zip(reader.into_records());
    let records = rows.map(|(number, row)| {
        let row = row.map_err(|_| format!("row {number} is no row of this table"))?;
        let mut record = Map::new();
        for (name, cell) in names.iter().zip(&row) {
            let Some(field) = Field::named(name) else {
                continue;
            };
            let cell = if spreadsheet { plain(cell) } else { cell };
            let value = match field.of(&Record::default()) {
                Value::Maybe(_) if cell.is_empty() => Json::Null,
                Value::Text(_) | Value::Maybe(_) => Json::from(cell),
                Value::List(_) | Value::Choices(_) => {
                    serde_json::from_str(cell).unwrap_or_default()
                }
            };
            record.insert(name.to_string(), value);
        }
        Ok(record)
    });
    collect(records)
}

/// The library panics on some files whose parts contradict each other
/// (apache/arrow-rs#9992), and follows groups in groups as deep as they go: so
/// it reads in a thread of its own, with room for all that a footer can nest.
fn from_parquet(bytes: Vec<u8>) -> Result<Vec<Row>, String> {
    if footer(&bytes).is_none_or(|length| length > MAX_FOOTER) {
        return Err(CORRUPT.to_string());
    }
    let hook = take_hook();
    // It would say on standard error what is said better here.
    set_hook(Box::new(|_| {}));
    let reading = Builder::new()
        .stack_size(STACK)
        .spawn(|| parquet_rows(bytes));
    let read = reading.map(JoinHandle::join);
    set_hook(hook);
    match read {
        Ok(Ok(read)) => read,
        _ => Err(CORRUPT.to_string()),
    }
}

/// The length of the part of a Parquet file that says what is in it: it stands
/// before the last four bytes.
fn footer(bytes: &[u8]) -> Option<u32> {
    let length = bytes.strip_suffix(b"PAR1")?.last_chunk()?;
    Some(u32::from_le_bytes(*length))
}

fn parquet_rows(bytes: Vec<u8>) -> Result<Vec<Row>, String> {
    let corrupt = |_| CORRUPT.to_string();
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(corrupt)?;
    let rows = reader.get_row_iter(None).map_err(corrupt)?;
    let mut size = 0;
    collect(rows.map(|row| {
        let record = record(&row.map_err(corrupt)?, &mut size);
        if size > MAX_EXPORT {
            return Err("it holds too much text".to_string());
        }
        Ok(record)
    }))
}

/// A row of Parquet, and how many bytes it is added to `size`.
fn record(row: &ParquetRow, size: &mut u64) -> Map<String, Json> {
    let cells = row.get_column_iter();
    let known = cells.filter(|(name, _)| Field::named(name).is_some());
    known
        .map(|(name, cell)| (name.clone(), value(cell, size)))
        .collect()
}

/// A cell: a text, nothing, or a list of texts or of choices; else null.
fn value(cell: &Cell, size: &mut u64) -> Json {
    let text = |cell: &Cell, size: &mut u64| match cell {
        Cell::Str(text) => {
            *size += text.len() as u64;
            Json::from(text.as_str())
        }
        Cell::Bool(yes) => Json::from(*yes),
        _ => Json::Null,
    };
    match cell {
        Cell::ListInternal(list) => {
            let items = list.elements().iter().map(|item| match item {
                Cell::Group(group) => group
                    .get_column_iter()
                    .map(|(name, cell)| (name.clone(), text(cell, size)))
                    .collect(),
                item => text(item, size),
            });
            items.collect()
        }
        cell => text(cell, size),
    }
}

/// The records, each with its id; keys that no record has are left out.
fn collect(
    records: impl Iterator<Item = Result<Map<String, Json>, String>>,
) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (number, record) in (1_usize..).zip(records) {
        if number > MAX_RECORDS {
            return Err(format!("it has more than {MAX_RECORDS} records"));
        }
        let mut row = Row::default();
        for (name, value) in record? {
            let Some(field) = Field::named(&name) else {
                continue;
            };
            if !fits(field, &value) {
                return Err(format!(
                    "`{name}` of record {number} is not what it should be"
                ));
            }
            row.cells.insert(field, value);
        }
        match row.cells.get(&Field::Id) {
            Some(Json::String(id)) => row.id.clone_from(id),
            _ => return Err(format!("record {number} has no `id`")),
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Whether a field may hold the value.
fn fits(field: Field, value: &Json) -> bool {
    match field.of(&Record::default()) {
        Value::Text(_) => value.is_string(),
        Value::Maybe(_) => value.is_string() || value.is_null(),
        Value::List(_) => value
            .as_array()
            .is_some_and(|list| list.iter().all(Json::is_string)),
        Value::Choices(_) => serde_json::from_value::<Vec<ChoiceRecord>>(value.clone()).is_ok(),
    }
}

impl From<&Record> for Row {
    fn from(record: &Record) -> Row {
        let cells = Field::all().iter().map(|&field| {
            let value = serde_json::to_value(field.of(record));
            (field, value.unwrap_or_default())
        });
        Row {
            id: record.id.clone(),
            cells: cells.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Parquet file without rows, of groups in groups (Thrift's compact
    /// protocol: version, list of schema elements, rows, row groups).
    fn nested(depth: usize) -> Vec<u8> {
        let mut footer = vec![0x15, 2, 0x19, 0xfc];
        let mut count = depth + 2;
        while count > 127 {
            footer.push(u8::try_from(count % 128).unwrap_or(0) | 128);
            count /= 128;
        }
        footer.push(u8::try_from(count).unwrap_or(0));
        let root = b"\x48\x01r\x15\x02\0";
        let group = b"\x35\0\x18\x01a\x15\x02\0";
        let leaf = b"\x15\x0c\x25\0\x18\x02id\0";
        footer.extend(root.iter().chain(group.repeat(depth).iter()).chain(leaf));
        footer.extend([0x16, 0, 0x19, 0x0c, 0]);
        let length = u32::try_from(footer.len()).unwrap_or(0).to_le_bytes();
        [b"PAR1", footer.as_slice(), length.as_slice(), b"PAR1"].concat()
    }

    #[test]
    fn groups_in_groups_are_no_crash() {
        assert_eq!(rows(nested(1)), Ok(Vec::new()));
        let deepest = nested(8000);
        assert!(footer(&deepest).is_some_and(|length| length < MAX_FOOTER));
        let _ = rows(deepest);
        assert_eq!(rows(nested(100_000)), Err(CORRUPT.to_string()));
    }
}

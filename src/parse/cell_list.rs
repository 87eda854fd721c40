//! Lists that stand in a cell as JSON, as an export of ours writes them.

use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;

use super::json_value::Reader;
use super::records::Value;

/// The list that `cell` holds; None where it is no JSON, or no list.
pub fn list(cell: &Flat) -> Option<Value> {
    if !cell.text.trim_start().starts_with('[') {
        return None;
    }
    let mut reader = Reader::new(&cell.text, 0);
    let value = reader.value().ok()?;
    let whole = reader.peek().is_none() && reader.problems.is_empty();
    match value {
        Value::List(items) if whole => Some(Value::List(placed(items, cell))),
        _ => None,
    }
}

/// Values with their places in the cell, as such with their places in the file.
/// How deep they nest is bounded, so that it may call itself.
fn placed(items: Vec<Value>, cell: &Flat) -> Vec<Value> {
    let one = |value: Value| match value {
        Value::Text(text) => Value::Text(in_file(&text, cell)),
        Value::List(items) => Value::List(placed(items, cell)),
        Value::Map(fields) => {
            let (names, values): (Vec<String>, Vec<Value>) = fields.into_iter().unzip();
            Value::Map(names.into_iter().zip(placed(values, cell)).collect())
        }
        Value::Empty => Value::Empty,
    };
    items.into_iter().map(one).collect()
}

/// It is written twice over, as JSON and as a cell, so that no fix may change it:
/// it has a place and no bytes of its own.
fn in_file(text: &Flat, cell: &Flat) -> Flat {
    let mut own = Flat::default();
    for (piece, written) in text.pieces(0..text.text.len()) {
        let start = cell.span(piece.source.range()).start();
        own.push(written, Span::new(start, start), Origin::Gap);
    }
    own
}

//! What is exported and read back is what was exported, whatever it holds.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as Cell;
use prepdeck::export::field::Field;
use prepdeck::export::read::{Row, rows};
use prepdeck::export::record::{ChoiceRecord, Record, StatusRecord};
use prepdeck::export::{Options, csv, json, jsonl, parquet as columns};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::cases;

/// What breaks formats, and any other text.
fn text() -> impl Strategy<Value = String> {
    let odd = "[=+@,;\"'\\-\\\\\t\r\n #|{}🦀é\u{2028}\u{feff}\u{202e}\u{1b}]{0,6}";
    let words = [
        "",
        "null",
        "NaN",
        "1e5",
        "true",
        "2024-01-01T00:00:00Z",
        "\u{fffd}",
    ];
    prop_oneof![
        odd,
        any::<String>(),
        prop::sample::select(words.to_vec()).prop_map(String::from)
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 0..4)
}

fn record() -> impl Strategy<Value = Record> {
    let choice =
        (text(), text(), any::<bool>()).prop_map(|(text, markdown, correct)| ChoiceRecord {
            text,
            markdown,
            correct,
        });
    let choices = prop::collection::vec(choice, 0..4);
    let lists = (texts(), texts(), texts(), texts(), choices);
    // In CSV, null is an empty cell, so that an empty level is not there.
    let maybe = || prop::option::of(text().prop_filter("not empty", |text| !text.is_empty()));
    let all = (
        prop::collection::vec(text(), 11),
        (maybe(), maybe()),
        lists,
        any::<bool>(),
    );
    all.prop_map(
        |(texts, (level, license), (tags, aliases, sources, authors, choices), retired)| {
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap();
            Record {
                id: text(),
                topic: text(),
                level,
                tags,
                question: text(),
                question_markdown: text(),
                answer_markdown: text(),
                answer_html: text(),
                answer_text: text(),
                choices,
                aliases,
                sources,
                license,
                authors,
                status: if retired {
                    StatusRecord::Retired
                } else {
                    StatusRecord::Active
                },
                path: text(),
                created: text(),
                updated: text(),
                content_sha256: text(),
            }
        },
    )
}

fn read(map: Map<String, Value>) -> Record {
    serde_json::from_value(Value::Object(map)).unwrap()
}

fn from_csv(bytes: &[u8]) -> Vec<Record> {
    let mut reader = ::csv::Reader::from_reader(bytes);
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let cell = |(name, cell): (&str, &str)| {
            let value = match name {
                "tags" | "choices" | "aliases" | "sources" | "authors" => {
                    serde_json::from_str(cell).unwrap()
                }
                "level" | "license" if cell.is_empty() => Value::Null,
                _ => Value::from(cell),
            };
            (name.to_string(), value)
        };
        read(names.iter().zip(&row.unwrap()).map(cell).collect())
    });
    rows.collect()
}

fn from_parquet(bytes: Vec<u8>) -> Vec<Record> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| {
        let row = row.unwrap();
        let cells = row.get_column_iter();
        read(
            cells
                .map(|(name, cell)| (name.clone(), value(cell)))
                .collect(),
        )
    })
    .collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(bool) => Value::from(*bool),
        Cell::Str(text) => Value::from(text.as_str()),
        Cell::ListInternal(list) => list.elements().iter().map(value).collect(),
        Cell::Group(group) => group
            .get_column_iter()
            .map(|(name, cell)| (name.clone(), value(cell)))
            .collect(),
        other => panic!("no record holds {other}"),
    }
}

fn every_format(records: &[Record], options: &Options) -> [Vec<u8>; 4] {
    [
        json::render(records, options).unwrap(),
        jsonl::render(records, options).unwrap(),
        csv::render(records, options).unwrap(),
        columns::render(records, options).unwrap(),
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_format_gives_back_what_it_was_given(records in prop::collection::vec(record(), 0..5)) {
        let options = Options::default();
        let array: Vec<Record> = serde_json::from_slice(&json::render(&records, &options).unwrap()).unwrap();
        prop_assert_eq!(&array, &records);
        let lines = String::from_utf8(jsonl::render(&records, &options).unwrap()).unwrap();
        let lines: Vec<Record> = lines.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(&lines, &records);
        prop_assert_eq!(&from_csv(&csv::render(&records, &options).unwrap()), &records);
        prop_assert_eq!(&from_parquet(columns::render(&records, &options).unwrap()), &records);
    }

    #[test]
    fn an_export_is_read_for_comparison_as_it_was(records in prop::collection::vec(record(), 1..5)) {
        let options = Options::default();
        let expected: Vec<Row> = records.iter().map(Row::from).collect();
        for bytes in every_format(&records, &options) {
            prop_assert_eq!(&rows(bytes).unwrap(), &expected);
        }
    }

    #[test]
    fn a_corrupt_export_is_a_fault_and_no_crash(
        records in prop::collection::vec(record(), 1..5),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        for mut bytes in every_format(&records, &Options::default()) {
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            let _ = rows(bytes);
        }
    }

    #[test]
    fn no_cell_for_a_spreadsheet_begins_a_formula(record in record()) {
        let options = Options { spreadsheet: true, fields: vec![Field::Question, Field::Level], ..Options::default() };
        let bytes = csv::render(&[record], &options).unwrap();
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
        for row in ::csv::Reader::from_reader(text).records() {
            prop_assert!(row.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])));
        }
    }
}

//! Apache Parquet, without compression: text as strings, lists as LIST, choices
//! as LIST of STRUCT, so that nothing is left to be parsed.

use std::sync::Arc;

use miette::IntoDiagnostic;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Options;
use super::field::{Field, Value};
use super::record::{ChoiceRecord, Record};

/// # Errors
/// As [`super::render`].
pub fn render(records: &[Record], options: &Options) -> miette::Result<Vec<u8>> {
    file(records, options.fields()).into_diagnostic()
}

fn file(records: &[Record], fields: &[Field]) -> Result<Vec<u8>> {
    let types = fields.iter().map(|&field| column_type(field));
    let schema = Type::group_type_builder("record")
        .with_fields(types.collect::<Result<_>>()?)
        .build()?;
    // The library's version is no part of the data.
    let properties = WriterProperties::builder()
        .set_created_by("prepdeck".to_string())
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for &field in fields {
        write(&mut group, records, field)?;
    }
    group.close()?;
    writer.into_inner()
}

fn column_type(field: Field) -> Result<TypePtr> {
    let name = field.name();
    match field.of(&Record::default()) {
        Value::Text(_) => text(&name, Repetition::REQUIRED),
        Value::Maybe(_) => text(&name, Repetition::OPTIONAL),
        Value::List(_) => list(&name, text("element", Repetition::REQUIRED)?),
        Value::Choices(_) => {
            let correct = Type::primitive_type_builder("correct", Physical::BOOLEAN)
                .with_repetition(Repetition::REQUIRED)
                .build()?;
            let fields = vec![
                text("text", Repetition::REQUIRED)?,
                text("markdown", Repetition::REQUIRED)?,
                Arc::new(correct),
            ];
            list(&name, group("element", Repetition::REQUIRED, fields)?)
        }
    }
}

fn text(name: &str, repetition: Repetition) -> Result<TypePtr> {
    let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_logical_type(Some(LogicalType::String))
        .with_repetition(repetition)
        .build()?;
    Ok(Arc::new(text))
}

fn group(name: &str, repetition: Repetition, fields: Vec<TypePtr>) -> Result<TypePtr> {
    let group = Type::group_type_builder(name)
        .with_repetition(repetition)
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(group))
}

/// A list in the three levels of the format's specification ("Nested Types", Lists).
fn list(name: &str, element: TypePtr) -> Result<TypePtr> {
    let list = Type::group_type_builder(name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![group("list", Repetition::REPEATED, vec![element])?])
        .build()?;
    Ok(Arc::new(list))
}

/// One column after the other, as the format wants it; choices are three.
fn write(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    records: &[Record],
    field: Field,
) -> Result<()> {
    let values = || records.iter().map(|record| field.of(record));
    match field.of(&Record::default()) {
        Value::Text(_) | Value::Maybe(_) => {
            let texts: Vec<Option<&str>> = values().map(as_text).collect();
            // Whether there is a value; not asked for where there always is one.
            let defined: Vec<i16> = texts.iter().map(|text| text.is_some().into()).collect();
            let texts: Vec<ByteArray> = texts.into_iter().flatten().map(ByteArray::from).collect();
            put::<ByteArrayType>(group, &texts, Some(&defined), None)
        }
        Value::List(_) => {
            let lists: Vec<&[String]> = values().map(as_list).collect();
            let text = |text: &String| ByteArray::from(text.as_str());
            put_lists::<ByteArrayType, _>(group, &lists, text)
        }
        Value::Choices(_) => {
            let lists: Vec<&[ChoiceRecord]> = values().map(as_choices).collect();
            let text = |choice: &ChoiceRecord| ByteArray::from(choice.text.as_str());
            put_lists::<ByteArrayType, _>(group, &lists, text)?;
            let markdown = |choice: &ChoiceRecord| ByteArray::from(choice.markdown.as_str());
            put_lists::<ByteArrayType, _>(group, &lists, markdown)?;
            put_lists::<BoolType, _>(group, &lists, |choice| choice.correct)
        }
    }
}

fn as_text(value: Value<'_>) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Maybe(Some(text)) => Some(text),
        _ => None,
    }
}

fn as_list(value: Value<'_>) -> &[String] {
    match value {
        Value::List(list) => list,
        _ => &[],
    }
}

fn as_choices(value: Value<'_>) -> &[ChoiceRecord] {
    match value {
        Value::Choices(choices) => choices,
        _ => &[],
    }
}

/// Writes lists as their items and two numbers for each: whether there is one
/// (an empty list is one entry without), and whether it goes on with a list.
fn put_lists<D: DataType, T>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    lists: &[&[T]],
    item: impl Fn(&T) -> D::T,
) -> Result<()> {
    let (mut items, mut defined, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        if list.is_empty() {
            defined.push(0);
            goes_on.push(0);
        }
        for (at, one) in list.iter().enumerate() {
            items.push(item(one));
            defined.push(1);
            goes_on.push(i16::from(at > 0));
        }
    }
    put::<D>(group, &items, Some(&defined), Some(&goes_on))
}

fn put<D: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[D::T],
    defined: Option<&[i16]>,
    goes_on: Option<&[i16]>,
) -> Result<()> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<D>().write_batch(values, defined, goes_on)?;
        column.close()?;
    }
    Ok(())
}

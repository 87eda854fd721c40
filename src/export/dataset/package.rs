//! `datapackage.json`: what Frictionless programs read (specs.frictionlessdata.io).

use serde_json::{Value as Json, json};

use super::Part;
use crate::corpus::Corpus;
use crate::export::field::{Field, Value};
use crate::export::record::Record;
use crate::question::slug;
use crate::visible::visible;

pub fn package(corpus: &Corpus, parts: &[Part], parquet: bool) -> Json {
    let name = Some(slug(&corpus.name())).filter(|name| !name.is_empty());
    let levels = levels(corpus, parts);
    let fields: Vec<Json> = Field::all()
        .iter()
        .map(|&one| field(one, &levels, parquet))
        .collect();
    let resources: Vec<Json> = parts
        .iter()
        .map(|part| {
            let format = part.path.rsplit_once('.').map_or("", |(_, ending)| ending);
            let mut resource = json!({
                "name": part.split.name(),
                "path": part.path,
                "format": format,
                "hash": format!("sha256:{}", super::hash(&part.bytes)),
                "schema": { "fields": fields, "primaryKey": ["id"] },
            });
            // Of Parquet, frictionless-py counts no bytes, and finds their number wrong.
            if let (false, Some(map)) = (parquet, resource.as_object_mut()) {
                map.insert("encoding".to_string(), json!("utf-8"));
                map.insert("bytes".to_string(), json!(part.bytes.len()));
            }
            resource
        })
        .collect();
    let mut package = json!({
        "name": name.unwrap_or("questions".to_string()),
        "title": visible(&corpus.title()),
        "resources": resources,
    });
    if let (Some(map), Some(license)) = (package.as_object_mut(), &corpus.config.license) {
        map.insert("licenses".to_string(), json!([{ "name": license }]));
    }
    package
}

/// The levels of the corpus, and what else stands in their place.
fn levels(corpus: &Corpus, parts: &[Part]) -> Vec<String> {
    let mut levels = corpus.config.levels.clone();
    for record in parts.iter().flat_map(|part| &part.records) {
        levels.extend(
            record
                .level
                .iter()
                .filter(|own| !levels.contains(own))
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    levels
}

fn field(field: Field, levels: &[String], parquet: bool) -> Json {
    let kind = match field.of(&Record::default()) {
        _ if matches!(field, Field::Created | Field::Updated) => "datetime",
        Value::Text(_) | Value::Maybe(_) => "string",
        // A list of Parquet is no array of JSON to frictionless-py.
        Value::List(_) | Value::Choices(_) if parquet => "any",
        Value::List(_) | Value::Choices(_) => "array",
    };
    let constraints = match field {
        Field::Id => {
            json!({ "required": true, "unique": true, "pattern": "[a-z0-9-]+", "maxLength": 100 })
        }
        Field::Level => json!({ "enum": levels }),
        Field::License | Field::Topic => json!({}),
        Field::Status => json!({ "required": true, "enum": ["active", "retired"] }),
        Field::ContentSha256 => json!({ "required": true, "pattern": "[0-9a-f]{64}" }),
        Field::AnswerMarkdown | Field::AnswerHtml | Field::AnswerText | Field::Question => {
            json!({})
        }
        _ => json!({ "required": true }),
    };
    json!({ "name": field.name(), "type": kind, "constraints": constraints })
}

//! JSON Schemas of what people write (rule pages, the configuration, the front
//! matter of a question), of the record that is exported and of what differs
//! between two exports. They are made from the types that read and write it.

use clap::ValueEnum;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use crate::changes::Difference;
use crate::config::Config;
use crate::export::record;
use crate::rule::Page;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A rule page
    Rule,
    /// prepdeck.toml
    Config,
    /// The front matter of a question file
    Question,
    /// The record that data exports share
    Record,
    /// What `diff --format json` prints
    Diff,
}

/// The schema, JSON Schema 2020-12, as text.
pub fn schema(kind: Kind) -> String {
    let schema: Schema = match kind {
        Kind::Rule => schema_for!(Page),
        Kind::Config => schema_for!(Config),
        Kind::Question => schema_for!(FrontMatter),
        Kind::Record => record::schema(),
        Kind::Diff => schema_for!(Difference),
    };
    // A schema holds nothing that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The front matter as it is written. It is read key by key, with the place of
/// each, by [`crate::parse::front_matter`]; a test holds that the keys agree.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FrontMatter {
    /// What the question is known by, for ever.
    #[schemars(regex(pattern = "^[a-z0-9-]*[a-z0-9][a-z0-9-]*$"), length(max = 100))]
    id: String,
    /// One of the corpus's levels.
    level: String,
    tags: Option<Vec<String>>,
    /// Where the answer comes from; empty for a personal question.
    sources: Vec<String>,
    /// Other wordings of the question.
    aliases: Option<Vec<String>>,
    /// Ids of questions that look the same and were judged different.
    distinct_from: Option<Vec<String>>,
    /// Where it is not the corpus's.
    license: Option<String>,
    authors: Option<Vec<String>>,
    status: Option<Status>,
    /// Rules that may be broken here.
    allow: Option<Vec<Allow>>,
    /// Where an import took the question from.
    origin: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum Status {
    /// Checked, but not exported.
    Draft,
    /// Exported, and tagged so.
    Retired,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum Allow {
    Rule(String),
    #[serde(rename_all = "kebab-case")]
    Because {
        rule: String,
        reason: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::front_matter::KEYS;

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let written = serde_json::to_value(FrontMatter::default()).unwrap();
        let mut written: Vec<&str> = written
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut read = KEYS.to_vec();
        written.sort_unstable();
        read.sort_unstable();
        assert_eq!(written, read);
    }
}

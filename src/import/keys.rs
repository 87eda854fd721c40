//! The front matter of an imported question.

use std::fmt::Write;

use crate::config::Config;
use crate::question::{At, Question, Status};
use crate::rules::suppression::allowed_above;
use crate::source::Source;

/// The front matter's lines but the id. What `corpus` says of all of its questions, a
/// record that was exported from it says once more.
pub fn keys(question: &Question, source: &Source, corpus: &Config) -> String {
    let meta = &question.meta;
    let ours = meta.rare().path.is_some();
    let license = meta.rare().license.as_ref();
    let license = license.filter(|own| !ours || corpus.license.as_ref() != Some(&own.value));
    let own = meta.rare().authors.iter().map(|own| &own.value);
    let authors: &[At<String>] = if ours && own.eq(&corpus.authors) {
        &[]
    } else {
        &meta.rare().authors
    };
    let mut keys = String::new();
    // A record does not tell what is empty from what is not there.
    let mut line = |key: &str, values: &[&At<String>], many: bool| {
        let values = values.iter().map(|value| value.value.trim());
        let values = values.filter(|value| !value.is_empty());
        let values: Vec<String> = values.map(scalar).collect();
        match (values.as_slice(), many) {
            ([], _) => {}
            ([value, ..], false) => drop(writeln!(keys, "{key}: {value}")),
            (values, true) => drop(writeln!(keys, "{key}: [{}]", values.join(", "))),
        }
    };
    let level = meta.level.given();
    line("level", level.as_slice(), false);
    let sources = meta.sources.given();
    for (key, values) in [
        ("tags", meta.tags.as_slice()),
        ("aliases", &meta.rare().aliases),
        ("distinct-from", &meta.rare().distinct_from),
        ("authors", authors),
        ("sources", sources.map_or(&[], |sources| &sources.value)),
    ] {
        line(key, &values.iter().collect::<Vec<_>>(), true);
    }
    line("license", license.as_slice(), false);
    match meta.status {
        Status::Active => {}
        Status::Draft => keys.push_str("status: draft\n"),
        Status::Retired => keys.push_str("status: retired\n"),
    }
    let allow = allow(question, source);
    if !allow.is_empty() {
        let _ = writeln!(keys, "allow: [{}]", allow.join(", "));
    }
    keys
}

/// What its front matter and the comments above it allow, as YAML.
fn allow(question: &Question, source: &Source) -> Vec<String> {
    let own = question.meta.rare().allow.iter();
    let own = own.map(|allow| (allow.rule.value.clone(), allow.reason.clone()));
    let all = own.chain(allowed_above(question, source));
    let written = all.map(|(rule, reason)| match reason {
        None => scalar(&rule),
        Some(reason) => format!("{{rule: {}, reason: {}}}", scalar(&rule), scalar(&reason)),
    });
    written.collect()
}

/// A value as YAML takes it: quoted unless it is plainly text.
pub fn scalar(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(plain)
        && !["null", "Null", "NULL"].contains(&value)
    {
        return value.to_string();
    }
    // YAML's double-quoted text takes every escape that JSON writes.
    serde_json::Value::from(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn a_value_that_yaml_would_read_otherwise_is_quoted() {
        assert_eq!(scalar("locks"), "locks");
        assert_eq!(scalar("a: b"), "\"a: b\"");
        assert_eq!(scalar("1.0"), "\"1.0\"");
    }
}

//! SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::json::to_text;
use super::{Judged, Region, placed, region};
use crate::finding::{Finding, Severity};
use crate::source::{Source, Span};

/// GitHub shows so many results of a run.
const MAX_RESULTS: usize = 5000;

/// What stands in an address as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

pub fn render(judged: &[Judged<'_>]) -> String {
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    let mut results = Vec::new();
    let mut left = 0;
    for (one, finding, source) in placed(judged) {
        if results.len() == MAX_RESULTS {
            left += 1;
            continue;
        }
        rules
            .entry(&finding.rule)
            .or_insert_with(|| rule(one, &finding.rule));
        results.push(result(one, finding, source));
    }
    let mut notes = Vec::new();
    if left > 0 {
        notes.push(json!({
            "level": "warning",
            "message": { "text": format!("{left} more; prepdeck check shows them all") },
        }));
    }
    to_text(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "prepdeck",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes,
            }],
            "results": results,
        }],
    }))
}

fn rule(one: &Judged<'_>, name: &str) -> Value {
    let Some(rule) = one.rules.rules.iter().find(|rule| rule.name() == name) else {
        return json!({ "id": name });
    };
    json!({
        "id": name,
        "shortDescription": { "text": rule.page.summary },
        "help": { "text": rule.page.why, "markdown": rule.page.why },
        "defaultConfiguration": { "level": level(rule.page.severity) },
    })
}

fn result(one: &Judged<'_>, finding: &Finding, source: &Source) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let other = one.corpus.sources.get(related.source)?;
            Some(json!({
                "physicalLocation": physical(other, related.span),
                "message": { "text": related.message },
            }))
        })
        .collect();
    json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": format!("{} ({})", finding.message, finding.help) },
        "locations": [{ "physicalLocation": physical(source, finding.span) }],
        "relatedLocations": related,
        "partialFingerprints": { "prepdeck/v1": finding.fingerprint },
    })
}

fn physical(source: &Source, span: Span) -> Value {
    let Region {
        line,
        column,
        end_line,
        end_column,
    } = region(source, span);
    let uri = utf8_percent_encode(&source.shown, ESCAPED).to_string();
    json!({
        "artifactLocation": { "uri": uri },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Off => "none",
    }
}

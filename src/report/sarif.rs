//! SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Serialize;
use serde_json::{Value, json};

use super::json::to_text;
use super::{Judged, Region, hosted, in_address, placed, region};
use crate::finding::{Edit, Finding, Severity};
use crate::markdown::plain;
use crate::rules::PAGES;
use crate::source::{Source, Span};

/// GitHub shows so many results of a run.
const MAX_RESULTS: usize = 5000;

/// Where the pages of the built-in rules can be read; a build of a release is told.
const PUBLISHED: Option<&str> = option_env!("PREPDECK_RULES");

/// What relative addresses are relative to.
const BASE: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Value,
    full_description: Value,
    help: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Value,
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
    related_locations: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Value; 1]>,
    partial_fingerprints: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Value>,
}

pub fn render(judged: &[Judged<'_>]) -> String {
    let errors = |wanted: bool| {
        placed(judged).filter(move |(_, one, _)| (one.severity == Severity::Error) == wanted)
    };
    // Errors first, so that what is cut off weighs least.
    let mut all = errors(true).chain(errors(false));
    let shown: Vec<_> = all.by_ref().take(MAX_RESULTS).collect();
    let left = all.count();
    let mut rules: BTreeMap<&str, Rule<'_>> = BTreeMap::new();
    for (one, finding, _) in &shown {
        if let Entry::Vacant(place) = rules.entry(&finding.rule)
            && let Some(rule) = rule(one, &finding.rule)
        {
            place.insert(rule);
        }
    }
    let names = rules.keys().enumerate();
    let indices: BTreeMap<&str, usize> = names.map(|(index, name)| (*name, index)).collect();
    let items: Vec<Item<'_>> = shown
        .iter()
        .map(|(one, finding, source)| Item {
            rule_index: indices.get(finding.rule.as_str()).copied(),
            ..item(one, finding, source)
        })
        .collect();
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
            "originalUriBaseIds": { BASE: {
                "description": { "text": "The repository, or the folder that prepdeck ran in." },
            }},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes,
            }],
            "results": items,
        }],
    }))
}

fn rule<'a>(one: &Judged<'a>, name: &str) -> Option<Rule<'a>> {
    let rule = one.rules.rules.iter().find(|rule| rule.name() == name)?;
    let why = rule.page.why.trim();
    let first = why.lines().next().unwrap_or_default();
    let published = PUBLISHED.filter(|_| PAGES.iter().any(|(known, _)| *known == name));
    Some(Rule {
        id: rule.name(),
        short_description: json!({ "text": rule.page.summary }),
        full_description: json!({ "text": plain::text(first) }),
        help: json!({ "text": plain::text(why), "markdown": why }),
        help_uri: published.map(|pages| format!("{pages}#{name}")),
        default_configuration: json!({ "level": level(rule.page.severity) }),
    })
}

fn item<'a>(one: &Judged<'_>, finding: &'a Finding, source: &Source) -> Item<'a> {
    let related = finding.related.iter().filter_map(|related| {
        let other = one.corpus.sources.get(related.source)?;
        Some(json!({
            "physicalLocation": physical(one, other, related.span),
            "message": { "text": related.message },
        }))
    });
    let fix = finding.fix.as_ref().map(|fix| {
        let replacements = fix.edits.iter().map(|edit| replacement(source, edit));
        let look = if fix.safe {
            ""
        } else {
            "; look at it, the meaning may change"
        };
        json!({
            "description": { "text": format!("{}{look}", finding.help) },
            "artifactChanges": [{
                "artifactLocation": artifact(one, source),
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        })
    });
    Item {
        rule_id: &finding.rule,
        rule_index: None,
        level: level(finding.severity),
        message: json!({ "text": format!("{} ({})", finding.message, finding.help) }),
        locations: [json!({ "physicalLocation": physical(one, source, finding.span) })],
        related_locations: related.collect(),
        fixes: fix.map(|fix| [fix]),
        partial_fingerprints: json!({ "prepdeck/v1": finding.fingerprint }),
    }
}

fn replacement(source: &Source, edit: &Edit) -> Replacement {
    let inserted = Some(&edit.text).filter(|text| !text.is_empty());
    Replacement {
        deleted_region: stretch(source, edit.span),
        inserted_content: inserted.map(|text| json!({ "text": text })),
    }
}

fn physical(one: &Judged<'_>, source: &Source, span: Span) -> Value {
    json!({
        "artifactLocation": artifact(one, source),
        "region": stretch(source, span),
    })
}

fn artifact(one: &Judged<'_>, source: &Source) -> Value {
    json!({ "uri": in_address(&hosted(one, source)), "uriBaseId": BASE })
}

fn stretch(source: &Source, span: Span) -> Value {
    let Region {
        line,
        column,
        end_line,
        end_column,
    } = region(source, span);
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Off => "none",
    }
}

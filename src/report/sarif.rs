//! SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeMap;

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

pub fn render(judged: &[Judged<'_>]) -> String {
    let errors = |wanted: bool| {
        placed(judged).filter(move |(_, one, _)| (one.severity == Severity::Error) == wanted)
    };
    // Errors first, so that what is cut off weighs least.
    let mut all = errors(true).chain(errors(false));
    let shown: Vec<_> = all.by_ref().take(MAX_RESULTS).collect();
    let left = all.count();
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    for (one, finding, _) in &shown {
        rules
            .entry(&finding.rule)
            .or_insert_with(|| rule(one, &finding.rule));
    }
    let names = rules.keys().enumerate();
    let indices: BTreeMap<&str, usize> = names.map(|(index, name)| (*name, index)).collect();
    let results: Vec<Value> = shown
        .iter()
        .map(|(one, finding, source)| {
            let mut result = result(one, finding, source);
            result["ruleIndex"] = json!(indices.get(finding.rule.as_str()));
            result
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
            "results": results,
        }],
    }))
}

fn rule(one: &Judged<'_>, name: &str) -> Value {
    let Some(rule) = one.rules.rules.iter().find(|rule| rule.name() == name) else {
        return json!({ "id": name });
    };
    let why = rule.page.why.trim();
    let first = why.lines().next().unwrap_or_default();
    let mut described = json!({
        "id": name,
        "shortDescription": { "text": rule.page.summary },
        "fullDescription": { "text": plain::text(first) },
        "help": { "text": plain::text(why), "markdown": why },
        "defaultConfiguration": { "level": level(rule.page.severity) },
    });
    let own = !PAGES.iter().any(|(known, _)| *known == name);
    if let Some(pages) = PUBLISHED.filter(|_| !own) {
        described["helpUri"] = json!(format!("{pages}#{name}"));
    }
    described
}

fn result(one: &Judged<'_>, finding: &Finding, source: &Source) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let other = one.corpus.sources.get(related.source)?;
            Some(json!({
                "physicalLocation": physical(one, other, related.span),
                "message": { "text": related.message },
            }))
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": format!("{} ({})", finding.message, finding.help) },
        "locations": [{ "physicalLocation": physical(one, source, finding.span) }],
        "relatedLocations": related,
        "partialFingerprints": { "prepdeck/v1": finding.fingerprint },
    });
    if let Some(fix) = &finding.fix {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| replacement(source, edit))
            .collect();
        let look = if fix.safe {
            ""
        } else {
            "; look at it, the meaning may change"
        };
        result["fixes"] = json!([{
            "description": { "text": format!("{}{look}", finding.help) },
            "artifactChanges": [{
                "artifactLocation": artifact(one, source),
                "replacements": replacements,
            }],
        }]);
    }
    result
}

fn replacement(source: &Source, edit: &Edit) -> Value {
    let mut replacement = json!({ "deletedRegion": stretch(source, edit.span) });
    if !edit.text.is_empty() {
        replacement["insertedContent"] = json!({ "text": edit.text });
    }
    replacement
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

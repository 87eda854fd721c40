//! A baseline: the findings that a corpus had when it was written. It is kept
//! in git, a finding a line, and later runs only take from it what is gone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::fingerprint::about;
use crate::report::Judged;
use crate::report::json::to_line;

/// The form below. Another one gets another number.
const VERSION: u64 = 1;

/// As many characters has a fingerprint.
const FINGERPRINT: usize = 32;

/// Old findings, by path and rule.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// An old finding. All but the fingerprint is for people: a file may have
/// moved since, and its findings stay old.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// From the corpus's root.
    path: String,
    rule: String,
    /// The question's id, where the finding is about one that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    fingerprint: String,
    /// How often, where several corpora were judged together.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

/// Why a text is no baseline.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Written by a later prepdeck, in this version of the form.
    Newer(u64),
    /// What is wrong with it.
    Corrupt(String),
}

/// What all versions have.
#[derive(Deserialize)]
struct Head {
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u64,
    findings: Vec<Entry>,
}

/// Reads what [`text`] wrote.
///
/// # Errors
/// Where it is no baseline, or one of a later version.
pub fn read(text: &str) -> Result<Baseline, Fault> {
    let corrupt = |error: serde_json::Error| Fault::Corrupt(error.to_string());
    let head: Head = serde_json::from_str(text).map_err(corrupt)?;
    if head.version > VERSION {
        return Err(Fault::Newer(head.version));
    }
    let document: Document = serde_json::from_str(text).map_err(corrupt)?;
    if document.version == 0 {
        return Err(Fault::Corrupt("there is no version 0".to_string()));
    }
    let faulty = document.findings.iter().find(|entry| {
        let hexadecimal = entry.fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
        entry.fingerprint.len() != FINGERPRINT || !hexadecimal || entry.count == 0
    });
    if let Some(entry) = faulty {
        let message = format!("no finding has the fingerprint `{}`", entry.fingerprint);
        return Err(Fault::Corrupt(message));
    }
    Ok(Baseline {
        entries: document.findings,
    })
}

/// The baseline as a file: JSON in which a finding is a line.
pub fn text(baseline: &Baseline) -> String {
    let lines: Vec<String> = baseline
        .entries
        .iter()
        .map(|entry| format!("\n    {}", to_line(entry).trim_end()))
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!(
        "{{\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n",
        lines.join(",")
    )
}

/// All findings of a run.
pub fn of(judged: &[Judged<'_>]) -> Baseline {
    let mut entries: Vec<Entry> = Vec::new();
    for one in judged {
        for finding in &one.findings {
            let Some(source) = one.corpus.sources.get(finding.source) else {
                continue;
            };
            let about = about(one.corpus, finding);
            entries.push(Entry {
                path: source.path.to_string(),
                rule: finding.rule.clone(),
                question: about.filter(|id| **id != *source.path).map(String::from),
                fingerprint: finding.fingerprint.clone(),
                count: 1,
            });
        }
    }
    entries.sort();
    entries.dedup_by(|next, entry| {
        let same = next.fingerprint == entry.fingerprint && next.path == entry.path;
        entry.count += usize::from(same);
        same
    });
    Baseline { entries }
}

/// Takes the findings that the baseline lists out of a run, as often as it
/// lists them, and counts them there. What comes back is the baseline without
/// those that are gone, and their number.
pub fn leave_out(baseline: &Baseline, judged: &mut [Judged<'_>]) -> (Baseline, usize) {
    let mut listed: HashMap<&str, usize> = HashMap::new();
    for entry in &baseline.entries {
        let count = listed.entry(&entry.fingerprint).or_default();
        *count = count.saturating_add(entry.count);
    }
    let mut found: HashMap<String, usize> = HashMap::new();
    for one in judged {
        let all = one.findings.len();
        one.findings.retain(|finding| {
            let Some(left) = listed
                .get_mut(finding.fingerprint.as_str())
                .filter(|left| **left > 0)
            else {
                return true;
            };
            *left -= 1;
            *found.entry(finding.fingerprint.clone()).or_default() += 1;
            false
        });
        one.old = all - one.findings.len();
    }
    let (mut kept, mut gone) = (Vec::new(), 0_usize);
    for entry in &baseline.entries {
        let found = found.get_mut(&entry.fingerprint);
        let count = found.as_ref().map_or(0, |found| entry.count.min(**found));
        if let Some(found) = found {
            *found -= count;
        }
        gone = gone.saturating_add(entry.count - count);
        if count > 0 {
            let entry = entry.clone();
            kept.push(Entry { count, ..entry });
        }
    }
    (Baseline { entries: kept }, gone)
}

/// How many findings it lists.
pub fn size(baseline: &Baseline) -> usize {
    let counts = baseline.entries.iter().map(|entry| entry.count);
    counts.fold(0, usize::saturating_add)
}

fn once() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_once(count: &usize) -> bool {
    *count == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrupt(text: &str) -> String {
        match read(text) {
            Err(Fault::Corrupt(message)) => message,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        let entry = Entry {
            path: "a \u{202e}\n.md".into(),
            rule: "syntax".into(),
            question: None,
            fingerprint: "0123456789abcdef0123456789abcdef".into(),
            count: 1,
        };
        let twice = Entry {
            question: Some("acid".into()),
            count: 2,
            ..entry.clone()
        };
        let baseline = Baseline {
            entries: vec![entry, twice],
        };
        let written = text(&baseline);
        assert_eq!(written.lines().count(), 7, "{written}");
        assert!(!written.contains('\u{202e}'), "{written}");
        assert_eq!(read(&written), Ok(baseline));
        assert_eq!(read(&text(&Baseline::default())), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_none() {
        assert_eq!(read(r#"{"version": 2, "more": 1}"#), Err(Fault::Newer(2)));
        assert!(corrupt("").starts_with("EOF"));
        assert!(corrupt(r#"{"version": 1}"#).starts_with("missing field `findings`"));
        assert!(corrupt(r#"{"findings": []}"#).starts_with("missing field `version`"));
        assert!(corrupt(r#"{"version": 0, "findings": []}"#).contains("version 0"));
        assert!(corrupt(r#"{"version": 1, "findings": [], "x": 1}"#).contains("field `x`"));
        let finding = |more: &str| {
            let finding = r#""path": "a", "rule": "b", "fingerprint": "#;
            corrupt(&format!(
                r#"{{"version": 1, "findings": [{{{finding}{more}}}]}}"#
            ))
        };
        assert!(finding(r#""xyz""#).contains("`xyz`"));
        let good = r#""0123456789abcdef0123456789abcdef""#;
        assert!(finding(&format!("{good}, \"line\": 1")).contains("field `line`"));
        assert!(finding(&format!("{good}, \"count\": 0")).contains("`0123"));
        assert!(finding(&format!("{good}, \"count\": -1")).contains("invalid value"));
    }
}

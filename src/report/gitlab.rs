//! GitLab's code quality report:
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use serde::Serialize;

use super::json::to_text;
use super::{Judged, hosted, placed, region};
use crate::finding::Severity;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub fn render(judged: &[Judged<'_>]) -> String {
    let issues: Vec<Issue<'_>> = placed(judged)
        .map(|(one, finding, source)| {
            let at = region(source, finding.span);
            Issue {
                description: format!("{} ({})", finding.message, finding.help),
                check_name: &finding.rule,
                fingerprint: &finding.fingerprint,
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning | Severity::Off => "minor",
                },
                location: Location {
                    path: hosted(one, source),
                    lines: Lines {
                        begin: at.line,
                        end: at.last_line(),
                    },
                },
            }
        })
        .collect();
    to_text(&issues)
}

//! `prepdeck check`: judge a corpus.

use std::io;

use super::{Outcome, accept, look, print, say, working_directory};
use crate::cli::Check;
use crate::corpus::{Corpus, Selection, select};
use crate::finding::{Finding, Severity};
use crate::lint::lint;
use crate::report::{Format, Judged, Summary, count, render, summary};
use crate::rules::{Rules, built_in};

pub fn run(arguments: &Check) -> miette::Result<Outcome> {
    let rules = built_in()?;
    let selections = select(&arguments.paths, &working_directory()?)?;
    let judged = selections
        .iter()
        .map(|selection| judge(selection, &rules))
        .collect::<miette::Result<Vec<_>>>()?;
    let summary = summary(&judged);
    let text = render(arguments.format, &judged, look(&io::stdout()));
    print(text.as_bytes())?;
    let first = first_rule(&judged);
    match arguments.format {
        Format::Human => print(words(summary, first).as_bytes())?,
        Format::Concise => say(&words(summary, first)),
        Format::Json => {}
    }
    let failed = summary.errors > 0 || (arguments.deny_warnings && summary.warnings > 0);
    Ok(if failed {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn judge<'a>(selection: &'a Selection, rules: &Rules) -> miette::Result<Judged<'a>> {
    let corpus = &selection.corpus;
    accept(rules, corpus)?;
    let asked = |source: usize| {
        corpus
            .sources
            .get(source)
            .is_some_and(|source| selection.selects(&source.path))
    };
    Ok(Judged {
        corpus,
        findings: lint(corpus, rules)
            .into_iter()
            .filter(|finding| asked(finding.source))
            .collect(),
        questions: corpus
            .questions
            .iter()
            .filter(|question| asked(question.source))
            .count(),
        files: (0..corpus.sources.len())
            .filter(|&source| asked(source))
            .count(),
    })
}

/// The last word of every run: what was found, in how much, and what to do next.
pub fn words(summary: Summary, rule: Option<&str>) -> String {
    let Summary {
        questions,
        files,
        errors,
        warnings,
    } = summary;
    let judged = format!(
        "{} in {}",
        count(questions, "question"),
        count(files, "file")
    );
    let mut found = Vec::new();
    for (number, what) in [(errors, "error"), (warnings, "warning")] {
        if number > 0 {
            found.push(count(number, what));
        }
    }
    if found.is_empty() {
        return format!("{judged}: nothing to report\n");
    }
    let next = rule.map_or(String::new(), |rule| {
        format!("Next: prepdeck explain {rule}\n")
    });
    format!("{judged}: {}\n{next}", found.join(" and "))
}

/// The rule to read about first: that of the first error, else of the first finding.
pub fn first_rule<'a>(judged: &'a [Judged<'_>]) -> Option<&'a str> {
    let findings = || judged.iter().flat_map(|one| &one.findings);
    let error = findings().find(|finding| finding.severity == Severity::Error);
    error
        .or_else(|| findings().next())
        .map(|finding: &Finding| finding.rule.as_str())
}

/// All findings of a corpus, as [`run`] judges it.
pub fn judge_all<'a>(corpus: &'a Corpus, rules: &Rules) -> miette::Result<Judged<'a>> {
    accept(rules, corpus)?;
    Ok(Judged {
        corpus,
        findings: lint(corpus, rules),
        questions: corpus.questions.len(),
        files: corpus.sources.len(),
    })
}

//! `prepdeck check`: judge a corpus, and mend what can be mended.

use std::{io, mem};

use super::baseline::{accept, apply, say_gone};
use super::mend::{differences, mend};
use super::reading::{say_empty, say_guesses, say_leftovers};
use super::{Outcome, look, print, rules_of, say, show_fault, working_directory, write};
use crate::cli::Check;
use crate::config::fault;
use crate::corpus::{Corpus, Selection, select_unparsed};
use crate::finding::{Finding, Severity};
use crate::git::place_in_repository;
use crate::lint::{lint, parse_and_lint};
use crate::report::{Format, Judged, Look, Output, Reader, Summary, render, summary};
use crate::rules::Rules;
use crate::since::{Changes, since};
use crate::visible::path_text;

/// More arguments are not said again.
const MAX_NAMED: usize = 3;

pub fn run(arguments: &Check) -> miette::Result<Outcome> {
    if arguments.unsafe_fixes && !(arguments.fix || arguments.diff) {
        return Err(fault(
            "--unsafe-fixes says how to fix, not to fix",
            "add --fix, or --diff to look first",
        ));
    }
    let outputs = outputs(arguments)?;
    let (mut selections, mut changed, mut found) = (Vec::new(), Vec::new(), Vec::new());
    // What is to be mended, or told by what changed, is judged later.
    let at_once = arguments.since.is_none() && !arguments.fix && !arguments.diff;
    let from = working_directory()?;
    for mut selection in select_unparsed(&arguments.paths, &from, arguments.format_as)? {
        let rules = rules_of(&selection.corpus)?;
        for name in &arguments.rule {
            rules.find(name)?;
        }
        if at_once {
            let corpus = &mut selection.corpus;
            found.push(Some(parse_and_lint(corpus, &rules, &arguments.rule)));
        } else {
            selection.corpus = selection.corpus.parsed();
            found.push(None);
        }
        say_guesses(&selection, arguments.verbose);
        say_empty(&selection);
        say_leftovers(&selection.corpus, arguments.verbose);
        changed.push(match &arguments.since {
            Some(commit) => Some(changes(&mut selection.corpus, commit)?),
            None => None,
        });
        selections.push((selection, rules));
    }
    let whole = arguments.since.is_none()
        && arguments.rule.is_empty()
        && selections
            .iter()
            .all(|(selection, rules)| selection.only.is_empty() && rules.faults.is_empty());
    accept(arguments, whole)?;
    if arguments.diff {
        return differences(selections, arguments);
    }
    if arguments.fix {
        selections = selections
            .into_iter()
            .map(|one| mend(one, arguments))
            .collect::<miette::Result<_>>()?;
    }
    let mut judged: Vec<Judged<'_>> = selections
        .iter()
        .zip(found)
        .zip(changed)
        .map(|(((selection, rules), found), changed)| {
            let lint = || lint(&selection.corpus, rules, &arguments.rule);
            judge(selection, rules, found.unwrap_or_else(lint), changed)
        })
        .collect();
    let gone = apply(arguments, &mut judged, whole)?;
    let summary = summary(&judged);
    report(&outputs, &judged, arguments)?;
    say_gone(arguments, gone);
    let faults = selections.iter().flat_map(|(_, rules)| &rules.faults);
    if faults.inspect(|fault| show_fault(fault)).count() > 0 {
        return Ok(Outcome::Undone);
    }
    // A million questions are freed sooner by the end of the process.
    mem::forget(selections);
    let failed = summary.errors > 0 || (arguments.deny_warnings && summary.warnings > 0);
    Ok(if failed {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// What to report and where; at most one goes to standard output, and no two to
/// one file.
fn outputs(arguments: &Check) -> miette::Result<Vec<Output>> {
    let mut outputs = arguments.format.clone();
    if outputs.is_empty() {
        outputs.push(Output {
            format: Format::default(),
            file: None,
        });
    }
    for (index, output) in outputs.iter().enumerate() {
        let before = outputs.iter().take(index);
        if before.into_iter().any(|other| other.file == output.file) {
            return Err(fault(
                "two formats would go to one place",
                "give each a file of its own, such as --format sarif=findings.sarif",
            ));
        }
    }
    Ok(outputs)
}

fn report(outputs: &[Output], judged: &[Judged<'_>], arguments: &Check) -> miette::Result<()> {
    let summary = summary(judged);
    for output in outputs {
        let plain = Look {
            colour: false,
            width: 80,
        };
        let look = match output.file {
            Some(_) => plain,
            None => look(&io::stdout()),
        };
        let strict = arguments.deny_warnings;
        let mut text = render(output.format, judged, &Reader { look, strict });
        if output.format == Format::Human {
            text.push_str(&words(summary, judged, &named(arguments)));
        }
        match &output.file {
            Some(file) => write::replace(file, text.as_bytes())?,
            None => print(text.as_bytes())?,
        }
    }
    let standard = outputs.iter().find(|output| output.file.is_none());
    match standard.map(|output| output.format) {
        Some(Format::Human | Format::Json | Format::Jsonl) => {}
        _ => say(&words(summary, judged, &named(arguments))),
    }
    Ok(())
}

/// What changed in a corpus since a commit.
fn changes(corpus: &mut Corpus, commit: &str) -> miette::Result<Changes> {
    let changes = since(corpus, commit)?;
    if changes.configuration {
        say(
            "note: the configuration changed too; prepdeck check says what that means for all questions\n",
        );
    }
    Ok(changes)
}

fn judge<'a>(
    selection: &'a Selection,
    rules: &'a Rules,
    findings: Vec<Finding>,
    since: Option<Changes>,
) -> Judged<'a> {
    let corpus = &selection.corpus;
    let changes = since.as_ref();
    let asked = |source: usize| {
        corpus
            .sources
            .get(source)
            .is_some_and(|source| selection.selects(&source.path))
    };
    let findings = findings.into_iter().filter(|finding| {
        asked(finding.source) && changes.is_none_or(|changes| changes.concern(corpus, finding))
    });
    Judged {
        corpus,
        rules,
        folder: place_in_repository(&corpus.root),
        old: 0,
        findings: findings.collect(),
        questions: corpus
            .questions
            .iter()
            .enumerate()
            .filter(|&(index, question)| {
                asked(question.source) && changes.is_none_or(|changes| changes.has_question(index))
            })
            .map(|(index, _)| index)
            .collect(),
        files: (0..corpus.sources.len())
            .filter(|&source| {
                asked(source) && changes.is_none_or(|changes| changes.has_file(source))
            })
            .count(),
        since,
    }
}

/// A whole corpus with its findings.
pub fn judged_all<'a>(corpus: &'a Corpus, rules: &'a Rules, findings: Vec<Finding>) -> Judged<'a> {
    Judged {
        corpus,
        rules,
        folder: None,
        old: 0,
        findings,
        questions: (0..corpus.questions.len()).collect(),
        files: corpus.sources.len(),
        since: None,
    }
}

/// The arguments that say what was checked, each with a space behind; empty
/// where a shell would read one otherwise than it is.
fn named(arguments: &Check) -> String {
    let paths: Vec<String> = arguments.paths.iter().map(|path| path_text(path)).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let plain = |path: &String| !path.starts_with('-') && path.chars().all(plain);
    if paths.is_empty() || paths.len() > MAX_NAMED || !paths.iter().all(plain) {
        return String::new();
    }
    let format = arguments.format_as;
    let format = format.map_or(String::new(), |format| format!("--as {} ", format.name()));
    format!("{} {format}", paths.join(" "))
}

/// The last word of every run: what was found, in how much, and what to do next.
/// `named` are the arguments that say what was checked.
pub fn words(summary: Summary, judged: &[Judged<'_>], named: &str) -> String {
    let since = judged.iter().find_map(|one| one.since.as_ref());
    let of = match since {
        Some(changes) if summary.questions == 0 => {
            format!("no question changed since {}", changes.base)
        }
        Some(changes) => format!("{} changed since {}", summary.asked(), changes.base),
        None => summary.asked(),
    };
    let Some(rule) = first_rule(judged) else {
        return format!("{of}: {}\n", summary.found());
    };
    let findings = judged.iter().flat_map(|one| &one.findings);
    let fixes = findings
        .filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
        .count();
    let next = match fixes {
        0 => String::new(),
        _ if since.is_some() => {
            format!("prepdeck check {named}--fix (mends {fixes} of these, and others), ")
        }
        _ => format!("prepdeck check {named}--fix (mends {fixes}), "),
    };
    format!(
        "{of}: {}\nNext: {next}prepdeck explain {rule}\n",
        summary.found()
    )
}

/// The rule to read about first: that of the first error, else of the first finding.
fn first_rule<'a>(judged: &'a [Judged<'_>]) -> Option<&'a str> {
    let findings = || judged.iter().flat_map(|one| &one.findings);
    let error = findings().find(|finding| finding.severity == Severity::Error);
    error
        .or_else(|| findings().next())
        .map(|finding: &Finding| finding.rule.as_str())
}

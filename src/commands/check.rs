//! `prepdeck check`: judge a corpus, and mend what can be mended.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use similar::TextDiff;

use super::{Outcome, look, print, rules_of, say, show_fault, working_directory, write};
use crate::cli::Check;
use crate::config::fault;
use crate::corpus::{Corpus, Selection, select, selects};
use crate::finding::{Finding, Severity};
use crate::fix::{Fixing, fix};
use crate::lint::lint;
use crate::report::{Format, Judged, Look, Output, Reader, Summary, count, render, summary};
use crate::rules::Rules;
use crate::source::Source;
use crate::visible::{is_hidden, push_visible, visible, without_commands};

pub fn run(arguments: &Check) -> miette::Result<Outcome> {
    if arguments.unsafe_fixes && !(arguments.fix || arguments.diff) {
        return Err(fault(
            "--unsafe-fixes says how to fix, not to fix",
            "add --fix, or --diff to look first",
        ));
    }
    let outputs = outputs(arguments)?;
    let mut selections = Vec::new();
    for selection in select(&arguments.paths, &working_directory()?, arguments.format_as)? {
        say_guesses(&selection, arguments.verbose);
        say_leftovers(&selection.corpus, arguments.verbose);
        let rules = rules_of(&selection.corpus)?;
        for name in &arguments.rule {
            rules.find(name)?;
        }
        selections.push((selection, rules));
    }
    if arguments.diff {
        return differences(selections, arguments);
    }
    if arguments.fix {
        selections = selections
            .into_iter()
            .map(|one| mend(one, arguments))
            .collect::<miette::Result<_>>()?;
    }
    let judged: Vec<Judged<'_>> = selections
        .iter()
        .map(|(selection, rules)| judge(selection, rules, &arguments.rule))
        .collect();
    let summary = summary(&judged);
    report(&outputs, &judged, arguments.deny_warnings)?;
    let faults = selections.iter().flat_map(|(_, rules)| &rules.faults);
    if faults.inspect(|fault| show_fault(fault)).count() > 0 {
        return Ok(Outcome::Undone);
    }
    let failed = summary.errors > 0 || (arguments.deny_warnings && summary.warnings > 0);
    Ok(if failed {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Says what the files seem to be.
pub(super) fn say_guesses(selection: &Selection, verbose: bool) {
    let corpus = &selection.corpus;
    if selection.guessed.any {
        let mut formats: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
        let mut questions = vec![0; corpus.files.len()];
        for question in &corpus.questions {
            if let Some(count) = questions.get_mut(question.source) {
                *count += 1;
            }
        }
        for ((file, source), questions) in corpus.files.iter().zip(&corpus.sources).zip(questions) {
            let (files, all, name) = formats.entry(file.set.format.name()).or_default();
            *files += 1;
            *all += questions;
            *name = source.shown.as_str();
        }
        for (format, (files, questions, name)) in formats {
            let what = if files == 1 {
                visible(name).into_owned()
            } else {
                count(files, "file")
            };
            say(&format!(
                "{what}: read as {format}, {}\n",
                count(questions, "question")
            ));
        }
        let others = &selection.guessed.others;
        if verbose {
            for name in others {
                say(&format!(
                    "{}: nothing that looks like questions\n",
                    visible(name)
                ));
            }
        } else if !others.is_empty() {
            say(&format!(
                "{} without questions (--verbose lists them)\n",
                count(others.len(), "file")
            ));
        }
    }
}

/// Says what may be questions and was not understood, or how much of it there is.
fn say_leftovers(corpus: &Corpus, verbose: bool) {
    let leftovers: Vec<_> = corpus.leftovers().collect();
    if verbose {
        for (source, part, why) in &leftovers {
            let (line, column) = source.position(part.span.start);
            say(&format!(
                "{}:{line}:{column}: {why}\n",
                visible(&source.shown)
            ));
        }
    } else if !leftovers.is_empty() {
        say(&format!(
            "not understood: {} that may hold questions (--verbose lists them)\n",
            count(leftovers.len(), "block")
        ));
    }
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

fn report(outputs: &[Output], judged: &[Judged<'_>], strict: bool) -> miette::Result<()> {
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
        let mut text = render(output.format, judged, &Reader { look, strict });
        if output.format == Format::Human {
            text.push_str(&words(summary, judged));
        }
        match &output.file {
            Some(file) => write::replace(file, text.as_bytes())?,
            None => print(text.as_bytes())?,
        }
    }
    let standard = outputs.iter().find(|output| output.file.is_none());
    match standard.map(|output| output.format) {
        Some(Format::Human | Format::Json | Format::Jsonl) => {}
        _ => say(&words(summary, judged)),
    }
    Ok(())
}

fn judge<'a>(selection: &'a Selection, rules: &'a Rules, only: &[String]) -> Judged<'a> {
    let corpus = &selection.corpus;
    let asked = |source: usize| {
        corpus
            .sources
            .get(source)
            .is_some_and(|source| selection.selects(&source.path))
    };
    let findings = lint(corpus, rules, only).into_iter();
    Judged {
        corpus,
        rules,
        findings: findings.filter(|finding| asked(finding.source)).collect(),
        questions: corpus
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| asked(question.source))
            .map(|(index, _)| index)
            .collect(),
        files: (0..corpus.sources.len())
            .filter(|&source| asked(source))
            .count(),
    }
}

/// All findings of a corpus, as [`run`] judges it.
pub fn judge_all<'a>(corpus: &'a Corpus, rules: &'a Rules) -> Judged<'a> {
    Judged {
        corpus,
        rules,
        findings: lint(corpus, rules, &[]),
        questions: (0..corpus.questions.len()).collect(),
        files: corpus.sources.len(),
    }
}

/// The last word of every run: what was found, in how much, and what to do next.
pub fn words(summary: Summary, judged: &[Judged<'_>]) -> String {
    let of = summary.asked();
    let Some(rule) = first_rule(judged) else {
        return format!("{of}: nothing to report\n");
    };
    let findings = judged.iter().flat_map(|one| &one.findings);
    let fixes = findings
        .filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe))
        .count();
    let next = match fixes {
        0 => String::new(),
        _ => format!("prepdeck check --fix (mends {fixes}), "),
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

/// The corpus with all fixes that were asked for, in memory, and their number.
fn fixed(
    selection: Selection,
    rules: &Rules,
    arguments: &Check,
) -> miette::Result<(Selection, usize)> {
    let Selection {
        corpus,
        only,
        guessed,
    } = selection;
    let fixing = Fixing {
        only: &arguments.rule,
        unsafe_too: arguments.unsafe_fixes,
    };
    let (corpus, number) = fix(corpus, rules, fixing, |path| selects(&only, path))?;
    let selection = Selection {
        corpus,
        only,
        guessed,
    };
    Ok((selection, number))
}

/// What fixes would do, as a unified diff. Nothing is written.
fn differences(selections: Vec<(Selection, Rules)>, arguments: &Check) -> miette::Result<Outcome> {
    let (mut diff, mut all, mut files) = (String::new(), 0, 0);
    for (selection, rules) in selections {
        let before = texts(&selection.corpus);
        let (selection, number) = fixed(selection, &rules, arguments)?;
        all += number;
        for (source, old) in changed(&selection.corpus, &before) {
            let name = visible(&source.shown);
            let lines = TextDiff::from_lines(old, source.text.as_str());
            let lines = lines
                .unified_diff()
                .header(&format!("a/{name}"), &format!("b/{name}"))
                .to_string();
            diff.push_str(&shown(&lines));
            files += 1;
        }
    }
    print(diff.as_bytes())?;
    if all == 0 {
        say("nothing that could be mended\n");
        return Ok(Outcome::Clean);
    }
    let how = if arguments.unsafe_fixes {
        "--fix --unsafe-fixes"
    } else {
        "--fix"
    };
    say(&format!(
        "{} in {}\nNext: prepdeck check {how}\n",
        count(all, "fix"),
        count(files, "file")
    ));
    Ok(Outcome::Findings)
}

/// A diff with what a terminal would obey made visible.
fn shown(diff: &str) -> String {
    let mut out = String::with_capacity(diff.len());
    let mut characters = diff.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' | '\t' => out.push(c),
            // Alone it would end a line for some readers.
            '\r' if characters.peek() == Some(&'\n') => out.push(c),
            c if is_hidden(c) => push_visible(&mut out, c),
            c => out.push(c),
        }
    }
    without_commands(&out).into_owned()
}

/// Applies fixes and writes the files that they changed.
fn mend(
    (selection, rules): (Selection, Rules),
    arguments: &Check,
) -> miette::Result<(Selection, Rules)> {
    let before = texts(&selection.corpus);
    let (selection, number) = fixed(selection, &rules, arguments)?;
    let (mut files, mut left) = (0, Vec::new());
    for (source, old) in changed(&selection.corpus, &before) {
        let Some(file) = file_of(&selection.corpus, source) else {
            continue;
        };
        if std::fs::read(file).is_ok_and(|now| now == old.as_bytes()) {
            write::replace(file, source.text.as_bytes())?;
            files += 1;
        } else {
            left.push(visible(&source.shown).into_owned());
        }
    }
    for name in left {
        say(&format!(
            "note: {name} changed while it was read, and was left as it is\n"
        ));
    }
    if number > 0 {
        say(&format!(
            "{} in {}\n",
            count(number, "fix"),
            count(files, "file")
        ));
    }
    Ok((selection, rules))
}

/// The file that a source was read from: its path may be shown otherwise than it is.
fn file_of<'a>(corpus: &'a Corpus, source: &Source) -> Option<&'a Path> {
    let file = corpus.files.iter().find(|file| file.path == source.path);
    file.map(|file| file.real.as_path())
}

fn texts(corpus: &Corpus) -> Vec<String> {
    corpus
        .sources
        .iter()
        .map(|source| source.text.clone())
        .collect()
}

/// The sources whose text is another one now, with the old one.
fn changed<'a>(
    corpus: &'a Corpus,
    before: &'a [String],
) -> impl Iterator<Item = (&'a Source, &'a str)> {
    let both = corpus.sources.iter().zip(before);
    both.filter(|(source, old)| source.text != **old)
        .map(|(source, old)| (source, old.as_str()))
}

//! Fixes: applied to the files, or shown as a diff.

use std::path::PathBuf;

use similar::TextDiff;

use super::{Outcome, print, say, write};
use crate::cli::Check;
use crate::corpus::{Corpus, Selection, selects};
use crate::fix::{Fixing, fix};
use crate::report::count;
use crate::rules::Rules;
use crate::source::Source;
use crate::visible::{is_hidden, push_visible, visible, without_commands};

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
pub fn differences(
    selections: Vec<(Selection, Rules)>,
    arguments: &Check,
) -> miette::Result<Outcome> {
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
pub fn mend(
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
        if std::fs::read(&file).is_ok_and(|now| now == old.as_bytes()) {
            write::replace(&file, source.text.as_bytes())?;
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
fn file_of(corpus: &Corpus, source: &Source) -> Option<PathBuf> {
    let file = corpus.files.iter().find(|file| file.path == source.path);
    file.map(|file| file.real(&corpus.root))
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

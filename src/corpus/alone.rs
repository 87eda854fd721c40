//! A path that belongs to no corpus: its files, in the format that they are
//! said or seem to be in.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::selection::{Guessed, Selection, every, leave_out};
use super::{assemble, load, read};
use crate::config::{self, Config, Format, SourceSet};
use crate::files::{File, list};
use crate::parse::asks;
use crate::parse::guess::{Guess, guess, guess_few, guess_named, is_about, may_be_question};
use crate::question::Question;
use crate::source::Source;
use crate::visible::{path_text, shown_path};

/// A path that belongs to no corpus, as one of its own.
pub(super) fn alone(
    path: &Path,
    real: &Path,
    from: &Path,
    format: Option<Format>,
    apart: &BTreeSet<PathBuf>,
) -> miette::Result<Selection> {
    let is_folder = real.is_dir();
    let name = real.file_name().map(|name| path_text(Path::new(name)));
    let (folder, pattern) = if is_folder {
        let endings = match format {
            None => "**/*.{md,markdown,mdx,csv,tsv,json,jsonl,ndjson,txt}",
            Some(Format::Csv) => "**/*.{csv,tsv}",
            Some(Format::Json) => "**/*.json",
            Some(Format::Jsonl) => "**/*.{jsonl,ndjson}",
            Some(Format::AnkiText) => "**/*.txt",
            Some(_) => "**/*.{md,markdown,mdx}",
        };
        (real, endings.to_string())
    } else {
        let folder = real.parent().unwrap_or(real);
        (folder, globset::escape(&name.unwrap_or_default()))
    };
    // Links lead to all of the repository.
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let root = root.unwrap_or(folder);
    let below = folder.strip_prefix(root).map(path_text).unwrap_or_default();
    let pattern = match below.as_str() {
        "" => pattern,
        below => format!("{}/{pattern}", globset::escape(below)),
    };
    let set = SourceSet {
        paths: every(&pattern),
        format: format.unwrap_or_else(|| by_ending(real, is_folder)),
        language: is_folder.then(|| "en".to_string()),
        ..SourceSet::default()
    };
    let mut files = list(root, &[set]);
    leave_out(&mut files, root, apart);
    let selection = match format {
        Some(_) => Selection {
            corpus: load(root.to_path_buf(), Config::default(), files, from).parsed(),
            only: Vec::new(),
            guessed: Guessed::default(),
        },
        None => guess_all(root, files, from, is_folder),
    };
    let corpus = &selection.corpus;
    let nothing = corpus.questions.is_empty() && corpus.problems.iter().all(Vec::is_empty);
    if corpus.files.is_empty() || nothing {
        let message = format!("no questions found in {}", shown_path(path));
        let help = if format.is_none() {
            "say what it is in, as in --as headings; `prepdeck check --help` lists them"
        } else {
            "it holds nothing in that form; without --as, prepdeck guesses"
        };
        return Err(config::fault(&message, help));
    }
    Ok(with_own_levels(selection))
}

/// The format that a file's name says, by which it may be large. In a folder,
/// large data is mostly something else and not looked into.
fn by_ending(path: &Path, is_folder: bool) -> Format {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    match ending.as_deref().and_then(|ending| ending.to_str()) {
        _ if is_folder => Format::default(),
        Some("csv" | "tsv") => Format::Csv,
        Some("json") => Format::Json,
        Some("jsonl" | "ndjson") => Format::Jsonl,
        Some("txt") => Format::AnkiText,
        _ => Format::default(),
    }
}

/// The corpus of the files that seem to hold questions. A file that was named
/// alone is a question file where it seems to be nothing else.
fn guess_all(root: &Path, files: Vec<File>, from: &Path, is_folder: bool) -> Selection {
    let sources = read(root, &files, from);
    let mut guesses: Vec<Option<Guess>> = sources
        .par_iter()
        .map(|source| {
            let found = guess(&source.text, &source.path);
            // Who names a file means that it holds questions.
            let named = || guess_named(&source.text, &source.path).filter(|_| !is_folder);
            found.or_else(named)
        })
        .collect();
    let is_bank = |guess: &Guess| guess.format != Format::Questions;
    let mut any = guesses.iter().flatten().any(is_bank);
    let one_each = is_folder && one_each(&sources, &mut guesses);
    any |= guesses.iter().flatten().any(is_bank);
    let mut others = Vec::new();
    let mut kept: (Vec<File>, Vec<Source>) = (Vec::new(), Vec::new());
    for ((mut file, source), guess) in files.into_iter().zip(sources).zip(guesses) {
        let fallback = match () {
            () if !is_markdown(&source) => false,
            () if !is_folder => may_be_question(&source.text),
            () if is_about(&source.path) => false,
            () if one_each => true,
            // Without any bank, Markdown is what question files are written in.
            () => !any && may_be_question(&source.text),
        };
        // A file without a title is no question file, but may hold a question or two.
        let untitled = fallback && !has_title(&source);
        let guess = guess.or_else(|| {
            let named = || guess_named(&source.text, &source.path);
            untitled.then(named).flatten()
        });
        match guess {
            Some(guess) => file.set = Arc::new(guess.set()),
            None if fallback => file.set = Arc::new(SourceSet::default()),
            // Why it cannot be read is said in its place.
            None if source.fault.is_some() && !is_folder => {}
            None => {
                others.push(source.shown.to_string());
                continue;
            }
        }
        kept.0.push(file);
        kept.1.push(source);
    }
    Selection {
        corpus: assemble(root.to_path_buf(), Config::default(), kept.0, kept.1),
        only: Vec::new(),
        guessed: Guessed { any, others },
    }
}

fn is_markdown(source: &Source) -> bool {
    source.path.to_lowercase().ends_with(".md")
}

fn has_title(source: &Source) -> bool {
    source.text.lines().any(|line| line.starts_with("# "))
}

/// Whether each Markdown file of a folder is one question, though some have the
/// many sections of a document: because half of those that are no bank ask in
/// their title or name, or because, where there is no bank, few are so long.
/// Where they are not, a file may hold few questions below its title.
fn one_each(sources: &[Source], guesses: &mut [Option<Guess>]) -> bool {
    let few: Vec<Option<Guess>> = sources
        .par_iter()
        .zip(guesses.par_iter())
        .map(|(source, guess)| match guess {
            None if is_markdown(source) && has_title(source) => {
                guess_few(&source.text, &source.path)
            }
            _ => None,
        })
        .collect();
    let (mut ones, mut long, mut asking, mut in_banks) = (0_usize, 0_usize, 0_usize, 0_usize);
    // What a README tells stands in the files beside it once more.
    let mut told = false;
    for ((source, guess), few) in sources.iter().zip(&*guesses).zip(&few) {
        match guess {
            Some(guess) if guess.format != Format::Questions => {
                told |= is_about(&source.path);
                in_banks += guess.questions;
            }
            None if is_markdown(source) && has_title(source) && !is_about(&source.path) => {
                ones += usize::from(few.is_none());
                long += usize::from(!may_be_question(&source.text));
                asking += usize::from(title_asks(source));
            }
            _ => {}
        }
    }
    let asks = asking * 2 >= ones && ones > in_banks && !told;
    if ones >= 2 && (asks || (in_banks == 0 && long * 3 < ones - long.min(ones))) {
        // Where titles ask, one that does not names what is below it, as a README's does.
        for ((source, guess), few) in sources.iter().zip(guesses).zip(few) {
            let names = is_about(&source.path) || (asks && !title_asks(source));
            *guess = guess.take().or(few.filter(|_| names));
        }
        return true;
    }
    if in_banks == 0 {
        for ((source, guess), few) in sources.iter().zip(guesses).zip(few) {
            let alone = ones == 0 || is_about(&source.path);
            *guess = guess.take().or(few.filter(|_| alone));
        }
    }
    false
}

/// Whether a file of one question asks it, in its title or its name.
pub fn title_asks(source: &Source) -> bool {
    let mut lines = source.text.lines();
    let title = lines.find_map(|line| line.strip_prefix("# "));
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".md").unwrap_or(name);
    title.is_some_and(asks) || asks(&name.replace(['-', '_'], " "))
}

/// The levels of a corpus without configuration are those that its files name.
fn with_own_levels(mut selection: Selection) -> Selection {
    let corpus = &mut selection.corpus;
    let paged = |question: &&Question| {
        corpus
            .pages
            .get(question.source)
            .is_some_and(Option::is_some)
    };
    let named = corpus
        .questions
        .iter()
        .filter(paged)
        .filter_map(Question::level);
    let named: BTreeSet<String> = named.map(String::from).collect();
    let known = |level: &String| corpus.config.levels.contains(level);
    let all_paged = corpus.pages.iter().all(Option::is_some);
    if all_paged && !named.iter().all(known) {
        corpus.config.levels = named.into_iter().collect();
    }
    selection
}

//! The corpora that paths lead to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dunce::canonicalize;

use super::alone::alone;
use super::{Corpus, load, shown};
use crate::config::{self, Config, Format, Globs, SourceSet};
use crate::files::{File, list};
use crate::visible::{path_text, shown_path};

/// A corpus that paths lead to, and what of it they name.
#[derive(Debug)]
pub struct Selection {
    pub corpus: Corpus,
    /// Paths from the corpus's root, of files or folders; empty means all.
    pub only: Vec<String>,
    /// What was guessed of its files, where no configuration says it.
    pub guessed: Guessed,
}

/// What was guessed of files that no corpus holds.
#[derive(Debug, Default)]
pub struct Guessed {
    /// Whether formats were guessed at all.
    pub any: bool,
    /// Files that hold nothing which looks like questions, as shown.
    pub others: Vec<String>,
}

impl Selection {
    /// Whether findings at `path`, from the corpus's root, were asked for.
    pub fn selects(&self, path: &str) -> bool {
        selects(&self.only, path)
    }
}

/// Whether `path` is one of `only` or below it; all are where it is empty.
pub fn selects(only: &[String], path: &str) -> bool {
    only.is_empty() || only.iter().any(|only| is_within(path, only))
}

/// Whether `path` is `folder` or below it.
pub fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Loads the corpus around the working directory `from`.
///
/// # Errors
/// Where there is none, where its configuration cannot be read, or where it
/// holds no question file: a run that judged nothing is no pass.
pub fn around(from: &Path) -> miette::Result<Corpus> {
    around_unparsed(from).map(Corpus::parsed)
}

/// The corpus that [`around`] loads, before its questions are parsed.
///
/// # Errors
/// As [`around`].
pub fn around_unparsed(from: &Path) -> miette::Result<Corpus> {
    let Some(root) = root_above(from) else {
        let message = "no corpus here or above: no `prepdeck.toml`, no `questions/`";
        return Err(config::fault(
            message,
            "run it in a repository of questions, or name a path: prepdeck check PATH",
        ));
    };
    let config = configuration(&root, from)?;
    let files = list(&root, &config.sources);
    if files.is_empty() {
        let message = format!("no question files in {}", shown(&root, from));
        let help = "write the first one: prepdeck new \"What is …?\" --topic TOPIC";
        let configured = root.join(config::FILE).exists();
        let help = if configured {
            "see whether the paths in prepdeck.toml are right, or write one with prepdeck new"
        } else {
            help
        };
        return Err(config::fault(&message, help));
    }
    Ok(load(root, config, files, from))
}

/// The corpus around `from`, or the one that `from` is about to become. It may
/// hold no question yet.
///
/// # Errors
/// Where its configuration cannot be read.
pub fn around_or_new(from: &Path) -> miette::Result<Corpus> {
    let root = root_above(from).unwrap_or_else(|| from.to_path_buf());
    let config = configuration(&root, from)?;
    let files = list(&root, &config.sources);
    Ok(load(root, config, files, from).parsed())
}

/// Loads the corpora that `paths` lead to. A path that belongs to no corpus is
/// a corpus of its own, in `format` or in what its files seem to be in.
///
/// # Errors
/// Where a path does not exist or holds no question file, and as [`around`].
pub fn select(
    paths: &[PathBuf],
    from: &Path,
    format: Option<Format>,
) -> miette::Result<Vec<Selection>> {
    let selections = select_unparsed(paths, from, format)?.into_iter();
    let parsed = selections.map(|selection| Selection {
        corpus: selection.corpus.parsed(),
        ..selection
    });
    Ok(parsed.collect())
}

/// The corpora that [`select`] loads, before the questions are parsed of those
/// of which nothing has to be guessed.
///
/// # Errors
/// As [`select`].
pub fn select_unparsed(
    paths: &[PathBuf],
    from: &Path,
    format: Option<Format>,
) -> miette::Result<Vec<Selection>> {
    if paths.is_empty() {
        let selection = Selection {
            corpus: around_unparsed(from)?,
            only: Vec::new(),
            guessed: Guessed::default(),
        };
        // Copies of the questions may stand beside them: a README made of them.
        let root = selection.corpus.root.clone();
        let own = root.join("questions");
        let apart = BTreeSet::new();
        let selection = or_guessed(selection, &own, &own, from, &apart);
        if selection.guessed.any {
            return Ok(vec![selection]);
        }
        return Ok(vec![or_guessed(selection, &root, &root, from, &apart)]);
    }
    select_beside(paths, from, format, &BTreeSet::new())
}

/// The corpora that [`select_unparsed`] loads, without the files in `apart`,
/// whose paths are absolute.
///
/// # Errors
/// As [`select`].
pub fn select_beside(
    paths: &[PathBuf],
    from: &Path,
    format: Option<Format>,
    apart: &BTreeSet<PathBuf>,
) -> miette::Result<Vec<Selection>> {
    let mut selections: Vec<Selection> = Vec::new();
    for path in paths {
        let real = canonicalize(from.join(path)).map_err(|error| {
            let help = "give a file or folder that exists";
            config::fault(&format!("can't open {}: {error}", shown_path(path)), help)
        })?;
        let name = |root: &Path| real.strip_prefix(root).ok().map(path_text);
        let known = selections.iter_mut().find_map(|selection| {
            let name = name(&selection.corpus.root)?;
            selection
                .corpus
                .sources
                .iter()
                .any(|source| is_within(&source.path, &name))
                .then_some((selection, name))
        });
        if let Some((selection, name)) = known {
            // No filter stands for all, so it cannot be narrowed again.
            if !selection.only.is_empty() {
                selection.only.push(name);
            }
            continue;
        }
        selections.push(open(path, &real, from, format, apart)?);
    }
    Ok(selections)
}

fn open(
    path: &Path,
    real: &Path,
    from: &Path,
    format: Option<Format>,
    apart: &BTreeSet<PathBuf>,
) -> miette::Result<Selection> {
    if let Some(root) = root_above(real).filter(|_| format.is_none()) {
        let config = configuration(&root, from)?;
        let mut files = list(&root, &config.sources);
        leave_out(&mut files, &root, apart);
        let only = real
            .strip_prefix(&root)
            .ok()
            .map(path_text)
            .unwrap_or_default();
        let left_out = config.sources.iter().any(|set| set.paths.leaves_out(&only));
        if left_out || files.iter().any(|file| is_within(&file.path, &only)) {
            let only = if only.is_empty() {
                Vec::new()
            } else {
                vec![only]
            };
            let selection = Selection {
                corpus: load(root, config, files, from),
                only,
                guessed: Guessed::default(),
            };
            return Ok(or_guessed(selection, path, real, from, apart));
        }
    }
    alone(path, real, from, format, apart)
}

/// Takes the files in `apart` from those below `root`.
pub(super) fn leave_out(files: &mut Vec<File>, root: &Path, apart: &BTreeSet<PathBuf>) {
    if !apart.is_empty() {
        files.retain(|file| !apart.contains(&file.real(root)));
    }
}

/// The selection, or what its files seem to be: other people's `questions/`,
/// which nobody configured, may hold files of another form.
fn or_guessed(
    mut selection: Selection,
    path: &Path,
    real: &Path,
    from: &Path,
    apart: &BTreeSet<PathBuf>,
) -> Selection {
    let corpus = &selection.corpus;
    if corpus.root.join(config::FILE).exists() || corpus.has_keys() {
        return selection;
    }
    selection.corpus = selection.corpus.parsed();
    let corpus = &selection.corpus;
    match alone(path, real, from, None, apart) {
        Ok(other) if other.guessed.any && other.corpus.questions.len() > corpus.questions.len() => {
            other
        }
        _ => selection,
    }
}

/// All question files below a folder, whatever corpus they belong to.
pub fn folder(path: &Path, from: &Path) -> Corpus {
    let set = SourceSet {
        paths: every("**/*.md"),
        ..SourceSet::default()
    };
    let root = canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let files = list(&root, &[set]);
    load(root, Config::default(), files, from).parsed()
}

/// The nearest folder at or above `path` that configures or holds a corpus,
/// without links. A repository's root is not left.
pub fn root_above(path: &Path) -> Option<PathBuf> {
    for folder in path.ancestors().filter(|folder| folder.is_dir()) {
        if folder.join(config::FILE).exists() || folder.join("questions").is_dir() {
            return Some(canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf()));
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The configuration of the corpus at `root`, or what holds without one.
///
/// # Errors
/// Where there is one that cannot be read.
pub fn configuration(root: &Path, from: &Path) -> miette::Result<Config> {
    let file = root.join(config::FILE);
    // A link that leads nowhere is no configuration, and none that is missing.
    let config = if file.symlink_metadata().is_ok() {
        config::parse(&config::source(root, &shown(&file, from))?)?
    } else {
        Config::default()
    };
    Ok(with_sources(config))
}

/// The configuration with the source set that holds where it names none.
#[must_use]
pub fn with_sources(mut config: Config) -> Config {
    if config.sources.is_empty() {
        config.sources.push(SourceSet {
            paths: every("questions/**/*.md"),
            ..SourceSet::default()
        });
    }
    config
}

/// One pattern that is known to be a good one; a name that makes it none matches nothing.
pub(super) fn every(pattern: &str) -> Globs {
    Globs::try_from(vec![pattern.to_string()]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_itself_and_what_is_below() {
        assert!(is_within("questions/a.md", "questions") && is_within("questions", "questions"));
        assert!(!is_within("questions-old/a.md", "questions"));
    }
}

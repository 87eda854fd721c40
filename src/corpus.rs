//! All the questions of one repository: found, read in parallel, and put in order.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use dunce::canonicalize;
use rayon::prelude::*;

use crate::config::{self, Config, Globs, SourceSet};
use crate::files::{File, list};
use crate::finding::Problem;
use crate::parse::{Parsed, parse};
use crate::question::Question;
use crate::source::Source;
use crate::visible::{path_text, shown_path};

#[derive(Debug)]
pub struct Corpus {
    /// Absolute, without symbolic links.
    pub root: PathBuf,
    pub config: Config,
    /// Where each source comes from, and what it is in.
    pub files: Vec<File>,
    /// In the order of their paths.
    pub sources: Vec<Source>,
    /// What the parsers could not accept, by source.
    pub problems: Vec<Vec<Problem>>,
    /// By topic, then level as the configuration lists them, then id, then place.
    pub questions: Vec<Question>,
}

impl Corpus {
    /// The title of the root deck: the configured one, or the folder's name.
    pub fn title(&self) -> String {
        self.config
            .title
            .clone()
            .unwrap_or_else(|| self.folder_name())
    }

    /// A short name for files made from the corpus: its id, or the folder's name.
    pub fn name(&self) -> String {
        if self.config.id.is_empty() {
            self.folder_name()
        } else {
            self.config.id.clone()
        }
    }

    fn folder_name(&self) -> String {
        self.root.file_name().map_or_else(
            || "questions".to_string(),
            |name| path_text(Path::new(name)),
        )
    }

    /// The corpus with other texts for some sources, by index.
    #[must_use]
    pub fn with_texts(self, mut texts: BTreeMap<usize, String>) -> Corpus {
        let sources = self.sources.into_iter().enumerate().map(|(index, source)| {
            match texts.remove(&index) {
                Some(text) => Source::new(source.path, source.shown, text),
                None => source,
            }
        });
        let sources = sources.collect();
        assemble(self.root, self.config, self.files, sources)
    }

    /// The source that holds `question`.
    pub fn source_of(&self, question: &Question) -> Option<&Source> {
        self.sources.get(question.source)
    }
}

/// A corpus that paths lead to, and what of it they name.
#[derive(Debug)]
pub struct Selection {
    pub corpus: Corpus,
    /// Paths from the corpus's root, of files or folders; empty means all.
    pub only: Vec<String>,
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
    Ok(load(root, config, files, from))
}

/// Loads the corpora that `paths` lead to. A path that belongs to no corpus is
/// a corpus of its own.
///
/// # Errors
/// Where a path does not exist or holds no question file, and as [`around`].
pub fn select(paths: &[PathBuf], from: &Path) -> miette::Result<Vec<Selection>> {
    if paths.is_empty() {
        return Ok(vec![Selection {
            corpus: around(from)?,
            only: Vec::new(),
        }]);
    }
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
        selections.push(open(path, &real, from)?);
    }
    Ok(selections)
}

fn open(path: &Path, real: &Path, from: &Path) -> miette::Result<Selection> {
    if let Some(root) = root_above(real) {
        let config = configuration(&root, from)?;
        let files = list(&root, &config.sources);
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
            return Ok(Selection {
                corpus: load(root, config, files, from),
                only,
            });
        }
    }
    let (root, pattern) = if real.is_dir() {
        (real, "**/*.md".to_string())
    } else {
        (
            real.parent().unwrap_or(real),
            globset::escape(
                &real
                    .file_name()
                    .map(|name| path_text(Path::new(name)))
                    .unwrap_or_default(),
            ),
        )
    };
    let files = list(
        root,
        &[SourceSet {
            paths: every(&pattern),
            format: config::Format::Questions,
        }],
    );
    if files.is_empty() {
        let message = format!("no question files in {}", shown_path(path));
        return Err(config::fault(
            &message,
            "question files are Markdown, *.md; see `prepdeck new --help`",
        ));
    }
    Ok(Selection {
        corpus: load(root.to_path_buf(), Config::default(), files, from),
        only: Vec::new(),
    })
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
    let mut config = if file.exists() {
        config::read(&file, shown(&file, from))?
    } else {
        Config::default()
    };
    if config.sources.is_empty() {
        config.sources.push(SourceSet {
            paths: every("questions/**/*.md"),
            format: config::Format::Questions,
        });
    }
    Ok(config)
}

/// One pattern that is known to be a good one; a name that makes it none matches nothing.
fn every(pattern: &str) -> Globs {
    Globs::try_from(vec![pattern.to_string()]).unwrap_or_default()
}

fn load(root: PathBuf, config: Config, files: Vec<File>, from: &Path) -> Corpus {
    let read = files
        .par_iter()
        .map(|file| Source::read(&file.real, file.path.clone(), shown(&file.real, from)));
    let sources = read.collect();
    assemble(root, config, files, sources)
}

/// A corpus of sources that are read already, one a file.
fn assemble(root: PathBuf, config: Config, files: Vec<File>, sources: Vec<Source>) -> Corpus {
    let both = files.par_iter().zip(&sources).enumerate();
    let parsed = both.map(|(index, (file, source))| parse(file.format, source, index, &file.topic));
    let parsed: Vec<Parsed> = parsed.collect();
    let mut corpus = Corpus {
        root,
        config,
        files,
        sources,
        problems: Vec::new(),
        questions: Vec::new(),
    };
    for Parsed {
        questions,
        problems,
    } in parsed
    {
        corpus.problems.push(problems);
        corpus.questions.extend(questions);
    }
    let levels = &corpus.config.levels;
    let rank = |question: &Question| {
        let level = question.level();
        let known = levels
            .iter()
            .position(|known| Some(known.as_str()) == level);
        known.unwrap_or(levels.len())
    };
    corpus.questions.sort_by_cached_key(|question| {
        let id = question.id().map(str::to_string);
        let rank = rank(question);
        (
            question.topic.clone(),
            rank,
            id.is_none(),
            id,
            question.source,
            question.heading,
        )
    });
    corpus
}

/// `path`, without links, as seen from the working directory `from`.
pub fn shown(path: &Path, from: &Path) -> String {
    let here = canonicalize(from);
    path_text(&relative(path, here.as_deref().unwrap_or(from)))
}

/// `path` as seen from `here`; both absolute.
fn relative(path: &Path, here: &Path) -> PathBuf {
    let shared = path
        .components()
        .zip(here.components())
        .take_while(|(a, b)| a == b)
        .count();
    if shared == 0 {
        return path.to_path_buf();
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    let seen: PathBuf = up.chain(path.components().skip(shared)).collect();
    if seen.as_os_str().is_empty() {
        return PathBuf::from(".");
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_said_as_seen_from_the_working_directory() {
        let seen = |path, here| path_text(&relative(Path::new(path), Path::new(here)));
        assert_eq!(seen("/a/b/c.md", "/a"), "b/c.md");
        assert_eq!(seen("/a/b/c.md", "/a/d/e"), "../../b/c.md");
        assert_eq!(seen("/a", "/a"), ".");
    }

    #[test]
    fn a_folder_holds_itself_and_what_is_below() {
        assert!(is_within("questions/a.md", "questions") && is_within("questions", "questions"));
        assert!(!is_within("questions-old/a.md", "questions"));
    }
}

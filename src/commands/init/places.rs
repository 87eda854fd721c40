//! Where a repository has its questions, as the sources of its configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use crate::config::{Config, Format, Globs, SourceSet};
use crate::corpus::{Corpus, select, title_asks};
use crate::files::{File, list};
use crate::parse::guess::guess;
use crate::parse::parse;
use crate::source::{MAX_FILE, Source};
use crate::visible::path_text;

/// Files that hold questions, as a source names them.
pub struct Place {
    pub paths: Vec<String>,
    pub format: Format,
    /// `headings`: the level of those that ask, where it has to be said.
    heading_level: Option<u8>,
    /// Whether translations beside the files are left out.
    english: bool,
    pub files: usize,
    /// Known for banks in other forms than prepdeck's.
    pub questions: usize,
    /// Whether they are found without being named.
    pub by_default: bool,
    /// Whether nothing in them asks: they may be a document's chapters as well.
    pub doubtful: bool,
}

impl Place {
    /// The source as it stands in the configuration.
    pub fn source(&self) -> String {
        let paths = toml::Value::from(self.paths.clone());
        let mut text = format!("\n[[source]]\npaths = {paths}\n");
        // Writing to a String cannot fail.
        if self.format != Format::Questions {
            let _ = writeln!(text, "format = \"{}\"", self.format.name());
        }
        if let Some(level) = self.heading_level {
            let _ = writeln!(text, "heading-level = {level}");
        }
        if self.english {
            text.push_str("language = \"en\"\n");
        }
        if self.doubtful {
            let lines = text.trim().lines().map(|line| format!("# {line}\n"));
            let note = "# Without its marks, this takes each of these files for one question.";
            return format!("\n{note}\n{}", lines.collect::<String>());
        }
        text
    }
}

/// Where a repository has its questions.
#[derive(Default)]
pub struct Found {
    pub places: Vec<Place>,
    /// The levels that they name, where those are not prepdeck's.
    pub levels: Vec<String>,
}

/// The places of the repository that hold question files: `questions/`, or the
/// folders whose Markdown files have the front matter of one. Where it has none,
/// those of banks in other forms.
pub fn found(root: &Path, from: &Path) -> Found {
    let pattern = "questions/**/*.md";
    let files = matched(root, &[pattern.to_string()], false);
    let ours = files.iter().any(|file| is_question_file(root, file));
    let others = if ours {
        Found::default()
    } else {
        banks(root, from, files.is_empty())
    };
    let levels = Vec::new();
    if !files.is_empty() && others.places.is_empty() {
        let places = vec![Place {
            by_default: true,
            ..question_files(vec![pattern.to_string()], files.len())
        }];
        return Found { places, levels };
    }
    let places = folders(root);
    if places.is_empty() {
        others
    } else {
        Found { places, levels }
    }
}

fn question_files(paths: Vec<String>, files: usize) -> Place {
    Place {
        paths,
        format: Format::Questions,
        heading_level: None,
        english: false,
        files,
        questions: files,
        by_default: false,
        doubtful: false,
    }
}

fn matched(root: &Path, patterns: &[String], english: bool) -> Vec<File> {
    let set = SourceSet {
        paths: Globs::try_from(patterns.to_vec()).unwrap_or_default(),
        language: english.then(|| "en".to_string()),
        ..SourceSet::default()
    };
    list(root, &[set])
}

fn folders(root: &Path) -> Vec<Place> {
    let mut folders: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for file in matched(root, &["**/*.md".to_string()], false) {
        let folder = file.path.split_once('/').map_or("", |(folder, _)| folder);
        let (questions, others) = folders.entry(folder.to_string()).or_default();
        if is_question_file(root, &file) {
            *questions += 1;
        } else {
            others.push(format!("!{}", globset::escape(&file.path)));
        }
    }
    folders.retain(|_, (questions, _)| *questions > 0);
    let places = folders.into_iter().map(|(folder, (files, others))| {
        let pattern = match folder.as_str() {
            "" => "*.md".to_string(),
            folder => format!("{}/**/*.md", globset::escape(folder)),
        };
        question_files([vec![pattern], others].concat(), files)
    });
    places.collect()
}

/// Whether a Markdown file says of itself that it is a question.
fn is_question_file(root: &Path, file: &File) -> bool {
    let source = Source::read(
        &file.real(root),
        MAX_FILE,
        file.path.clone(),
        file.path.clone(),
    );
    // Other people's front matter may have an id, too.
    let foreign = guess(&source.text, &source.path);
    if foreign.is_some_and(|guess| guess.format != Format::Questions) {
        return false;
    }
    let parsed = parse(&file.set, &source, 0, &"".into());
    parsed
        .questions
        .iter()
        .any(|question| question.id().is_some() || question.level().is_some())
}

/// Banks in other forms, as `check` reads them where nothing is configured; with
/// `prose`, files that may be a question each without saying so, too.
fn banks(root: &Path, from: &Path, prose: bool) -> Found {
    // As without a path, where `questions/` are read before all else.
    let guessed = |at: &Path| {
        let mut selections = select(&[at.to_path_buf()], from, None).unwrap_or_default();
        selections.retain(|selection| {
            let guessed = &selection.guessed;
            let mut files = selection.corpus.files.iter();
            let bank = |file: &File| file.set.format != Format::Questions;
            guessed.any || prose || files.any(bank)
        });
        selections
    };
    let mut selections = guessed(&root.join("questions"));
    if selections.is_empty() {
        selections = guessed(root);
    }
    let mut found = Found::default();
    for selection in &selections {
        found.places.extend(banks_of(root, &selection.corpus));
        let levels = &selection.corpus.config.levels;
        if *levels != Config::default().levels {
            found.levels.extend(levels.iter().cloned());
        }
    }
    found
}

fn banks_of(root: &Path, corpus: &Corpus) -> Vec<Place> {
    let mut counts = vec![0_usize; corpus.sources.len()];
    for question in &corpus.questions {
        if let Some(count) = counts.get_mut(question.source) {
            *count += 1;
        }
    }
    let mut groups: BTreeMap<(&str, Option<u8>), Place> = BTreeMap::new();
    let files = corpus.files.iter().zip(&corpus.sources).zip(counts);
    // A question file without its question is a finding.
    let told =
        files.filter(|((file, _), count)| *count > 0 || file.set.format == Format::Questions);
    for ((file, source), count) in told {
        let heading_level = file.set.heading_level.filter(|_| {
            let set = SourceSet {
                heading_level: None,
                ..SourceSet::clone(&file.set)
            };
            parse(&set, source, 0, &"".into()).questions.len() != count
        });
        let format = file.set.format;
        let group = groups.entry((format.name(), heading_level));
        let place = group.or_insert_with(|| Place {
            format,
            heading_level,
            questions: 0,
            ..question_files(Vec::new(), 0)
        });
        // The corpus may be all of a repository.
        let real = corpus.root.join(&*file.path);
        let below = real.strip_prefix(root).map(path_text);
        place
            .paths
            .push(below.unwrap_or_else(|_| file.path.to_string()));
        place.files += 1;
        place.questions += count;
    }
    let asking = corpus
        .sources
        .iter()
        .filter(|source| title_asks(source))
        .count();
    let places = groups.into_values().map(|place| {
        let doubtful = place.format == Format::Questions && asking * 4 < place.files;
        let (paths, english) = patterns(root, &place.paths);
        Place {
            paths,
            english,
            doubtful,
            ..place
        }
    });
    places.collect()
}

/// The fewest patterns that match these files and no others: their paths, or
/// all of their kind in the folder that they share and what is left out of it.
/// And whether translations have to be left out.
fn patterns(root: &Path, members: &[String]) -> (Vec<String>, bool) {
    let mut best: Vec<String> = members.iter().map(|path| globset::escape(path)).collect();
    let mut best_english = false;
    let own: BTreeSet<&str> = members.iter().map(String::as_str).collect();
    let folder = shared_folder(members);
    let names = members.iter().map(|path| path.rsplit('/').next());
    let names: BTreeSet<&str> = names.flatten().collect();
    let endings = names.iter().map(|name| name.rsplit('.').next());
    let endings: BTreeSet<&str> = endings.flatten().collect();
    let name = (names.len() == 1).then(|| names.first().map(|name| globset::escape(name)));
    let ending = (endings.len() == 1).then(|| endings.first());
    let ending = ending.flatten().map(|ending| format!("*.{ending}"));
    // What comes into folders below the root later may be in another form.
    let flat = folder.is_empty() && !members.iter().any(|path| path.contains('/'));
    let depth = if flat { "" } else { "**/" };
    for below in [name.flatten(), ending].into_iter().flatten() {
        let pattern = format!("{folder}{depth}{below}");
        let files = matched(root, std::slice::from_ref(&pattern), true);
        let others = files.iter().filter(|file| !own.contains(&*file.path));
        let others = others.map(|file| format!("!{}", globset::escape(&file.path)));
        let paths: Vec<String> = [pattern.clone()].into_iter().chain(others).collect();
        if paths.len() < best.len() {
            best_english = matched(root, &[pattern], false).len() > files.len();
            best = paths;
        }
    }
    (best, best_english)
}

/// The deepest folder that holds all, with a `/`; empty for the root.
fn shared_folder(paths: &[String]) -> String {
    let mut shared: Option<Vec<&str>> = None;
    for path in paths {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        shared = Some(match shared {
            None => parts,
            Some(shared) => {
                let both = shared.into_iter().zip(parts);
                both.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    let mut folder = String::new();
    for part in shared.unwrap_or_default() {
        folder.push_str(&globset::escape(part));
        folder.push('/');
    }
    folder
}

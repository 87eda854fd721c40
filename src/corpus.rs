//! All the questions of one repository: found, and read in parallel.

mod alone;
mod selection;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use dunce::canonicalize;
use rayon::prelude::*;

use crate::config::{Config, Format};
use crate::files::{File, Names};
use crate::finding::Problem;
use crate::markdown::Document;
use crate::page::Page;
use crate::parse::{Kind, Parsed, Part, parse};
use crate::progress::{FILES_READ, one_more};
use crate::question::Question;
use crate::source::{MAX_DATA, MAX_FILE, Source, Span};
use crate::visible::path_text;

pub use alone::title_asks;
pub use selection::{
    Guessed, Selection, around, around_or_new, around_unparsed, configuration, folder, is_within,
    root_above, select, select_beside, select_unparsed, selects, with_sources,
};

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
    /// Where the questions of a source stand, if not in it as it is.
    pub pages: Vec<Option<Box<Page>>>,
    /// What each stretch of a source belongs to, by source.
    pub parts: Vec<Vec<Part>>,
    /// How files are written, for who follows a link.
    pub names: Names,
    /// By place, so that of two it is the second that repeats the first; where
    /// only changes are reported, the changed ones behind all others.
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

    /// What the spans of `question` count in: its source, or the page of that.
    pub fn source_of(&self, question: &Question) -> Option<&Source> {
        match self.page(question.source) {
            Some(page) => Some(&page.source),
            None => self.sources.get(question.source),
        }
    }

    /// The page of a source, where its questions do not stand in it as it is.
    pub fn page(&self, source: usize) -> Option<&Page> {
        self.pages.get(source).and_then(Option::as_deref)
    }

    /// The place in a source of a stretch of a question there.
    pub fn place(&self, source: usize, span: Span) -> Span {
        self.page(source).map_or(span, |page| page.place(span))
    }

    /// What may be a question and was not understood: source, part, and why.
    pub fn leftovers(&self) -> impl Iterator<Item = (&Source, &Part, &'static str)> {
        let both = self.sources.iter().zip(&self.parts);
        both.flat_map(|(source, parts)| {
            parts.iter().filter_map(move |part| match part.kind {
                Kind::Leftover(why) => Some((source, part, why)),
                Kind::Question | Kind::Frame => None,
            })
        })
    }
}

/// The corpus of files, its questions not yet parsed.
fn load(root: PathBuf, config: Config, files: Vec<File>, from: &Path) -> Corpus {
    let sources = read(&root, &files, from);
    unparsed(root, config, files, sources)
}

/// The sources of files, in their order.
fn read(root: &Path, files: &[File], from: &Path) -> Vec<Source> {
    let here = canonicalize(from);
    let here = here.as_deref().unwrap_or(from);
    let read = files.par_iter().map(|file| {
        let limit = if file.set.format.is_data() {
            MAX_DATA
        } else {
            MAX_FILE
        };
        let real = file.real(root);
        let shown = path_text(&relative(&real, here));
        // At the corpus's root, which most work in, the two are one.
        let shown = if *shown == *file.path {
            Arc::clone(&file.path)
        } else {
            shown.into()
        };
        let source = Source::read(&real, limit, Arc::clone(&file.path), shown);
        one_more(&FILES_READ);
        source
    });
    read.collect()
}

/// How many files are parsed at a time: enough for all cores, few to hold twice.
const AT_A_TIME: usize = 1024;

/// A corpus of sources that are read already, one a file.
pub fn assemble(root: PathBuf, config: Config, files: Vec<File>, sources: Vec<Source>) -> Corpus {
    unparsed(root, config, files, sources).parsed()
}

fn unparsed(root: PathBuf, config: Config, files: Vec<File>, sources: Vec<Source>) -> Corpus {
    Corpus {
        root,
        config,
        problems: Vec::with_capacity(files.len()),
        pages: Vec::with_capacity(files.len()),
        parts: Vec::with_capacity(files.len()),
        questions: Vec::with_capacity(files.len()),
        names: Names::default(),
        files,
        sources,
    }
}

impl Corpus {
    /// Whether its questions are there, and not only its sources.
    pub fn is_parsed(&self) -> bool {
        self.problems.len() == self.sources.len()
    }

    /// Whether a question of it has an id or a level, as ours have.
    fn has_keys(&self) -> bool {
        let both = self.files.par_iter().zip(&self.sources);
        both.any(|(file, source)| {
            let parsed = parse(&file.set, source, 0, &file.topic);
            let mut questions = parsed.questions.iter();
            questions.any(|question| question.id().is_some() || question.level().is_some())
        })
    }

    /// The corpus with its questions.
    #[must_use]
    pub fn parsed(mut self) -> Corpus {
        if !self.is_parsed() {
            self.parse(|_, _, _| ());
        }
        self
    }

    /// Parses the sources, and looks at each question while its document is at
    /// hand. What was seen comes in the order of the questions; of those that
    /// share a file with others, nothing is.
    pub fn parse<T: Send>(
        &mut self,
        look: impl Fn(&Corpus, &Question, Document) -> T + Sync,
    ) -> Vec<Option<T>> {
        let mut seen = Vec::with_capacity(self.sources.len());
        for start in (0..self.sources.len()).step_by(AT_A_TIME) {
            let corpus: &Corpus = self;
            let some = corpus.files.par_iter().zip(&corpus.sources).enumerate();
            let parsed = some.skip(start).take(AT_A_TIME);
            let parsed = parsed.map(|(index, (file, source))| {
                let mut parsed = parse(&file.set, source, index, &file.topic);
                let document = parsed.document.take();
                let one = parsed.questions.first().zip(document);
                let seen = one.map(|(question, document)| look(corpus, question, document));
                (parsed, seen)
            });
            for (parsed, one) in parsed.collect::<Vec<(Parsed, Option<T>)>>() {
                self.problems.push(parsed.problems);
                self.pages.push(parsed.page.map(Box::new));
                self.parts.push(parsed.parts);
                self.questions.extend(parsed.questions);
                seen.push(one);
            }
        }
        let mut seen_of = |question: &Question| seen.get_mut(question.source)?.take();
        self.questions.iter().map(&mut seen_of).collect()
    }
}

impl Corpus {
    /// The questions as indexes, in the order of exports: by topic, level, id and
    /// place. An id that the file does not give orders nothing, nor does one of few
    /// questions in a file, in a comment.
    pub fn in_order(&self) -> Vec<usize> {
        let levels = &self.config.levels;
        // Few topics are compared often: by their places, then.
        let topics = self.questions.iter().map(|question| &question.topic);
        let topics: BTreeSet<Arc<str>> = topics.map(Arc::clone).collect();
        // A corpus of more than four billion questions has other troubles.
        let topics: HashMap<Arc<str>, u32> = topics.into_iter().zip(0..).collect();
        let rank = |question: &Question| {
            let level = question.level();
            let known = levels.iter().zip(0_u32..);
            let mut known = known.filter(|(known, _)| Some(known.as_str()) == level);
            known.next().map_or(u32::MAX, |(_, rank)| rank)
        };
        let mut places = Vec::with_capacity(self.questions.len());
        for (question, index) in self.questions.iter().zip(0_u32..) {
            let in_comment = self.files.get(question.source).is_some_and(|file| {
                let format = file.set.format;
                matches!(format, Format::Headings | Format::Details | Format::List)
            });
            let id = question.id();
            let id = id.filter(|_| !question.meta.id_derived && !in_comment);
            let topic = topics.get(&question.topic).copied().unwrap_or_default();
            places.push((topic, rank(question), id.is_none(), id, index));
        }
        places.sort_unstable();
        places
            .into_iter()
            .map(|(.., index)| index as usize)
            .collect()
    }
}

/// `path`, without links, as seen from the working directory `from`.
pub fn shown(path: &Path, from: &Path) -> String {
    let here = canonicalize(from);
    path_text(&relative(path, here.as_deref().unwrap_or(from)))
}

/// `path` as seen from `here`; both absolute.
pub fn relative(path: &Path, here: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix(here)
        && !below.as_os_str().is_empty()
    {
        return below.components().collect();
    }
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
        assert_eq!(seen("/a//b/./c.md", "/a"), "b/c.md");
        assert_eq!(seen("/a/b/c.md", "/a/d/e"), "../../b/c.md");
        assert_eq!(seen("/a", "/a"), ".");
    }
}

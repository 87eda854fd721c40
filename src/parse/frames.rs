//! What stands around questions, by the names of its headings: contents, how to
//! contribute, links.

use super::looks::{plain, surely_asks};
use super::outline::{Head, Item, Outline};

/// Headings of what stands around questions, in lower case.
const FRAME: &str = "
about, about the author, acknowledgements, acknowledgments, author, authors, code of conduct,
contact, content, contents, contribute, contributing, contribution, contributions, contributor,
contributors, credits, disclaimer, further reading, getting started, how to contribute, index,
installation, introduction, last updated, license, links, maintainers, next question,
next questions, note, notes, preface, prerequisites, questions, readme, recommended, references,
related, related questions, resources, see also, sponsors, star history, stargazers, summary,
support, table of content, table of contents, thanks, toc, translations, usage, useful links
";

/// Those of them whose bullets ask nothing of who learns, whatever they say.
const ABOUT: &str = "
about the author, acknowledgements, acknowledgments, author, authors, code of conduct, contact,
contribute, contributing, contribution, contributions, contributor, contributors, credits,
disclaimer, how to contribute, license, maintainers, sponsors, star history, stargazers, thanks,
translations
";

/// Those that are a list of what follows them.
const CONTENTS: &str = "contents, index, table of content, table of contents, toc";

/// Those that lead elsewhere. They may be a topic too: the references of C++.
const ELSEWHERE: &str = "
further reading, links, next question, next questions, recommended, references, related,
related questions, resources, see also, useful links
";

/// Whether a heading names what stands around questions.
pub fn is_frame(text: &str) -> bool {
    named(FRAME, &plain(text))
}

/// Whether a heading names what a question ends with as well as a bank: links.
pub fn leads_elsewhere(text: &str) -> bool {
    named(ELSEWHERE, &plain(text))
}

fn named(names: &str, words: &str) -> bool {
    names.split(',').any(|name| name.trim() == words)
}

/// What a list below a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Questions,
    Nothing,
    /// Only what asks and is no link is a question.
    Links,
}

/// What stands below each heading of a file.
#[derive(Default)]
pub struct Frames<'a> {
    heads: &'a [Head],
    below: Vec<Below>,
    /// Lines that are meant for headings, `####Basics`, and end the section.
    meant: Vec<usize>,
}

impl Frames<'_> {
    pub fn of<'a>(text: &str, outline: &'a Outline) -> Frames<'a> {
        let heads = outline.heads.as_slice();
        let mut below = Vec::with_capacity(heads.len());
        // The section that deeper headings are parts of.
        let mut within: Option<(usize, Below)> = None;
        for (at, head) in heads.iter().enumerate() {
            within = within.filter(|(level, _)| head.level > *level);
            let words = plain(text.get(head.words.range()).unwrap_or_default());
            // The file's title is about all of it.
            let mut others = heads.iter().skip(1);
            let title = at == 0 && others.all(|other| other.level > head.level);
            let kind = match within {
                Some((_, kind)) => kind,
                None if title => Below::Questions,
                None if named(CONTENTS, &words) || named(ABOUT, &words) => Below::Nothing,
                None if named(ELSEWHERE, &words) => Below::Links,
                None => Below::Questions,
            };
            if kind != Below::Questions && within.is_none() && !named(CONTENTS, &words) {
                within = Some((head.level, kind));
            }
            below.push(kind);
        }
        let mut at = 0;
        let mut meant = Vec::new();
        for line in text.split_inclusive('\n') {
            let mark = line.trim_start_matches('#');
            if mark.len() < line.len() && !mark.starts_with([' ', '!']) {
                meant.push(at);
            }
            at += line.len();
        }
        Frames {
            heads,
            below,
            meant,
        }
    }

    /// Whether an item, which says `words`, stands among questions.
    pub fn may_ask(&self, item: &Item, words: &str) -> bool {
        // A heading may stand in the item itself.
        let start = item.span.start();
        let above = self
            .heads
            .partition_point(|head| head.lines.start() <= start);
        let above = above.checked_sub(1);
        let kind = above.and_then(|at| self.below.get(at));
        let head = above.and_then(|at| self.heads.get(at));
        let meant = self.meant.partition_point(|&at| at < start);
        let meant = meant.checked_sub(1).and_then(|at| self.meant.get(at));
        if head.is_some_and(|head| meant.is_some_and(|&at| at > head.lines.start())) {
            return true;
        }
        match kind.copied().unwrap_or(Below::Questions) {
            Below::Questions => true,
            Below::Nothing => false,
            Below::Links => surely_asks(words) && !words.contains("](") && !words.contains("://"),
        }
    }
}

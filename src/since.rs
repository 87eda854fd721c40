//! What changed in a corpus since a commit, and which findings are about that.

mod compare;

use percent_encoding::percent_decode_str;

use crate::corpus::{Corpus, is_within};
use crate::duplicates::first_line;
use crate::files::resolved;
use crate::finding::{Finding, Severity};
use crate::parse::Kind;
use crate::question::Question;
use crate::rules::{Check, check_of};
use crate::source::{Source, Span};
use crate::verdict::Asked;
use compare::{Hunk, Other, compare, merge_base};

/// So many digits of a commit's name are said.
const SHORT: usize = 7;

#[derive(Debug)]
pub struct Changes {
    /// The commit from which on all is a change, in short.
    pub base: String,
    /// Whether the configuration changed, which may judge all questions anew.
    pub configuration: bool,
    /// By source; None where it is as it was.
    sources: Vec<Option<Change>>,
    /// The changed questions are those from this one on.
    first: usize,
    /// Where a file was and is no more, from the corpus's root.
    gone: Vec<String>,
}

/// What is another in a source, in order.
#[derive(Debug)]
struct Change {
    /// New, or at another path: all questions in it are changed.
    whole: bool,
    /// Lines that are new or were written anew.
    lines: Vec<Span>,
    /// Where lines were taken out: between two bytes.
    cuts: Vec<usize>,
    /// The lines above and below each cut.
    edges: Vec<Span>,
}

/// What changed in the files of `corpus` since its history parted from that of
/// `commit`, uncommitted changes included. The changed questions are put behind
/// all others, so that of two that are alike, the changed one repeats the other.
///
/// # Errors
/// Where git is missing or cannot tell; the reason says what to do.
pub fn since(corpus: &mut Corpus, commit: &str) -> miette::Result<Changes> {
    let base = merge_base(&corpus.root, commit)?;
    let compared = compare(&corpus.root, &base)?;
    let sources: Vec<Option<Change>> = corpus
        .sources
        .iter()
        .map(|source| Change::of(source, compared.other(&source.path)))
        .collect();
    let written: Vec<Vec<Span>> = corpus
        .sources
        .iter()
        .zip(&sources)
        .map(|(source, change)| {
            let lines = change.iter().flat_map(|change| &change.lines);
            lines.map(|&span| without_blanks(source, span)).collect()
        })
        .collect();
    let changed = |question: &Question| {
        let change = sources.get(question.source).and_then(Option::as_ref);
        let written = written.get(question.source);
        let (Some(change), Some(written)) = (change, written) else {
            return false;
        };
        change.whole
            || extent(corpus, question)
                .is_none_or(|extent| meets(written, extent) || change.cuts(extent))
    };
    let changed: Vec<bool> = corpus.questions.iter().map(changed).collect();
    let questions = std::mem::take(&mut corpus.questions).into_iter();
    let (behind, front): (Vec<_>, Vec<_>) =
        questions.zip(changed).partition(|(_, changed)| *changed);
    let first = front.len();
    let questions = front.into_iter().chain(behind);
    corpus.questions = questions.map(|(question, _)| question).collect();
    let own_pages = corpus.config.rule_pages.as_deref();
    Ok(Changes {
        base: base.chars().take(SHORT).collect(),
        configuration: compared.any_within(crate::config::FILE)
            || own_pages.is_some_and(|folder| compared.any_within(folder)),
        sources,
        first,
        gone: compared.gone,
    })
}

impl Changes {
    pub fn has_file(&self, source: usize) -> bool {
        self.change(source).is_some()
    }

    pub fn has_question(&self, question: usize) -> bool {
        question >= self.first
    }

    /// Whether a finding stands on changed lines, or beside lines that were taken out.
    pub fn touch(&self, finding: &Finding) -> bool {
        self.change(finding.source).is_some_and(|change| {
            meets(&change.lines, finding.span) || meets(&change.edges, finding.span)
        })
    }

    /// Whether a finding is about what changed. That is one that stands there;
    /// of a changed question, each error, and what is said of it as a whole;
    /// and anywhere, a link to a file that is gone.
    pub fn concern(&self, corpus: &Corpus, finding: &Finding) -> bool {
        let changed = match finding.question {
            Some(question) => self.has_question(question),
            None => self.has_file(finding.source),
        };
        self.touch(finding)
            || changed && (finding.severity == Severity::Error || is_of_whole(corpus, finding))
            || self.leads_to_gone(corpus, finding)
    }

    fn change(&self, source: usize) -> Option<&Change> {
        self.sources.get(source).and_then(Option::as_ref)
    }

    fn leads_to_gone(&self, corpus: &Corpus, finding: &Finding) -> bool {
        if finding.rule != "broken-link" || self.gone.is_empty() {
            return false;
        }
        let Some(source) = corpus.sources.get(finding.source) else {
            return false;
        };
        let target = source.slice(finding.span);
        let path = target.split(['#', '?']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy();
        let question = finding
            .question
            .and_then(|index| corpus.questions.get(index));
        let from = question.map_or(&*source.path, |question| question.links_from(source));
        resolved(from, &path)
            .is_some_and(|path| self.gone.iter().any(|gone| is_within(gone, &path)))
    }
}

impl Change {
    /// None where nothing of the text is another.
    fn of(source: &Source, other: Other<'_>) -> Option<Change> {
        let mut change = Change {
            whole: matches!(other, Other::All | Other::Moved(_)),
            lines: Vec::new(),
            cuts: Vec::new(),
            edges: Vec::new(),
        };
        let hunks = match other {
            Other::Nothing => return None,
            Other::All => {
                change.lines.push(Span::new(0, source.text.len() + 1));
                return Some(change);
            }
            Other::Moved(hunks) | Other::Lines(hunks) => hunks,
        };
        let breaks = source.text.match_indices('\n').map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let length = source.text.len();
        let start = |line: usize| starts.get(line).map_or(length, |&start| start);
        // What a file ends with stands behind its last character.
        let end = |line: usize| starts.get(line).filter(|&&start| start < length);
        let end = |line: usize| end(line).map_or(length + 1, |&start| start);
        for Hunk { line, count } in hunks {
            if *count > 0 {
                let before = line.saturating_sub(1);
                let lines = Span::new(start(before), end(before.saturating_add(*count)));
                change.lines.push(lines);
            } else {
                change.cuts.push(start(*line));
                let above = start(line.saturating_sub(1));
                change
                    .edges
                    .push(Span::new(above, end(line.saturating_add(1))));
            }
        }
        let same = change.lines.is_empty() && change.cuts.is_empty() && !change.whole;
        (!same).then_some(change)
    }

    /// Whether something was taken out within a stretch, or behind it, where it
    /// may have been its end.
    fn cuts(&self, span: Span) -> bool {
        let next = self.cuts.partition_point(|&at| at <= span.start());
        self.cuts.get(next).is_some_and(|&at| at <= span.end())
    }
}

/// The stretch of a file that is a question's, in a file of many.
fn extent(corpus: &Corpus, question: &Question) -> Option<Span> {
    corpus.page(question.source)?;
    let at = corpus
        .place(question.source, question.heading_span())
        .start();
    let parts = corpus.parts.get(question.source)?;
    let next = parts.partition_point(|part| part.span.start() <= at);
    let part = parts.get(next.checked_sub(1)?)?;
    (part.kind == Kind::Question).then_some(part.span)
}

/// Whether one of `places`, which are in order, shares a character with `span`,
/// or holds it where it is empty.
fn meets(places: &[Span], span: Span) -> bool {
    let next = places.partition_point(|place| place.end() <= span.start());
    let end = span.end().max(span.start() + 1);
    places.get(next).is_some_and(|place| place.start() < end)
}

/// Changed lines without the blank ones around them: those may as well belong
/// to the question above. Blank lines alone stay.
fn without_blanks(source: &Source, lines: Span) -> Span {
    let end = lines.end().min(source.text.len());
    let text = source.slice(Span::new(lines.start(), end));
    if text.trim().is_empty() {
        return lines;
    }
    let start = lines.start() + (text.len() - text.trim_start().len());
    Span::new(start, lines.start() + text.trim_end().len())
}

/// Whether a finding is about all of its question: by its rule, or by where it
/// stands: on the heading, in the front matter, or on the answer's whole first line.
fn is_of_whole(corpus: &Corpus, finding: &Finding) -> bool {
    if let Some(Check::Corpus(..) | Check::Likeness(..) | Check::Run) = check_of(&finding.rule) {
        return true;
    }
    let Some(asked) = finding.question.and_then(|index| Asked::new(corpus, index)) else {
        return false;
    };
    let Question {
        source,
        prompt,
        answer,
        ..
    } = asked.question;
    let place = |span: Span| corpus.place(*source, span);
    let parts = [place(*prompt), place(*answer)];
    let line = place(first_line(&asked));
    !parts.iter().any(|part| part.contains(finding.span.start()))
        || finding.span.start() == line.start() && finding.span.end() >= line.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(text: &str, hunks: &[(usize, usize)]) -> Change {
        let hunks = hunks.iter().map(|&(line, count)| Hunk { line, count });
        let hunks: Vec<Hunk> = hunks.collect();
        let source = Source::new("a.md".into(), "a.md".into(), text.into());
        Change::of(&source, Other::Lines(&hunks)).unwrap()
    }

    #[test]
    fn lines_end_where_the_next_begin_and_the_last_one_behind_the_text() {
        let both = change("one\ntwo\nthree", &[(1, 1), (3, 1)]);
        assert_eq!(both.lines, [Span::new(0, 4), Span::new(8, 14)]);
        assert_eq!(change("one\ntwo\n", &[(2, 1)]).lines, [Span::new(4, 9)]);
        // More lines than there are do no harm.
        assert_eq!(change("one", &[(7, usize::MAX)]).lines, [Span::new(3, 4)]);
    }

    #[test]
    fn a_cut_is_between_lines_and_belongs_to_what_it_stands_in_or_behind() {
        let cut = change("one\ntwo\nthree\n", &[(0, 0), (2, 0), (3, 0)]);
        assert_eq!(cut.cuts, [0, 8, 14]);
        assert_eq!(
            cut.edges,
            [Span::new(0, 4), Span::new(4, 15), Span::new(8, 15)]
        );
        assert!(cut.cuts(Span::new(4, 8)) && !cut.cuts(Span::new(8, 13)));
    }

    #[test]
    fn a_place_meets_what_it_shares_a_character_with() {
        let places = [Span::new(2, 4), Span::new(8, 11)];
        let met = |start, end| meets(&places, Span::new(start, end));
        assert!(met(0, 3) && met(3, 3) && met(10, 10) && met(0, 20));
        assert!(!met(4, 8) && !met(0, 2) && !met(4, 4) && !met(11, 12));
    }

    #[test]
    fn blank_lines_around_a_change_are_no_part_of_a_question() {
        let source = Source::new("a".into(), "a".into(), "a\n\nb\n\nc\n".into());
        let trimmed = |start, end| without_blanks(&source, Span::new(start, end));
        assert_eq!(trimmed(2, 6), Span::new(3, 4));
        assert_eq!(trimmed(6, 9), Span::new(6, 7));
        assert_eq!(trimmed(2, 3), Span::new(2, 3));
    }
}

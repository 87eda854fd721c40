//! `<details>` elements: where each begins and ends, and whether it asks.

use crate::source::Span;

use super::frames::is_frame;
use super::looks::{asks, is_answer_summary};
use super::outline::{Head, Kind, Outline};

/// A `<details>`, as far as it is understood.
#[derive(Debug, Clone, Copy)]
pub struct Fold {
    /// With its tags.
    pub span: Span,
    /// Between the tags of its summary; empty where it has none.
    pub summary: Span,
    /// Behind the summary, up to what closes it.
    pub body: Span,
    pub closed: bool,
    /// The one that it stands in.
    pub parent: Option<usize>,
    pub has_folds: bool,
}

/// The folds of a file, by place.
pub fn folds(text: &str, outline: &Outline) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for tag in &outline.tags {
        let own = open.last().and_then(|&index| folds.get_mut(index));
        match (tag.kind, tag.closing) {
            (Kind::Details, false) => {
                if let Some(parent) = own {
                    parent.has_folds = true;
                }
                let end = tag.span.end();
                folds.push(Fold {
                    span: tag.span,
                    summary: Span::new(end, end),
                    body: Span::new(end, end),
                    closed: false,
                    parent: open.last().copied(),
                    has_folds: false,
                });
                open.push(folds.len() - 1);
            }
            (Kind::Details, true) => {
                if let Some(fold) = own {
                    fold.closed = true;
                    fold.body = fold.body.ending(tag.span.start().max(fold.body.start()));
                    fold.span = fold.span.ending(tag.span.end());
                }
                open.pop();
            }
            (Kind::Summary, false) => {
                if let Some(fold) = own.filter(|fold| fold.body.start() == fold.summary.end()) {
                    fold.summary = Span::new(tag.span.end(), tag.span.end());
                }
            }
            (Kind::Summary, true) => {
                if let Some(fold) =
                    own.filter(|fold| fold.body.is_empty() && fold.summary.is_empty())
                {
                    fold.summary = fold
                        .summary
                        .ending(tag.span.start().max(fold.summary.start()));
                    fold.body = Span::new(tag.span.end(), tag.span.end());
                }
            }
        }
    }
    never_closed(text, outline, &mut folds, &open);
    folds
}

/// A fold that never closes ends before the next fold, or a heading above that
/// one that names a section; what seemed to stand in it stands beside it.
fn never_closed(text: &str, outline: &Outline, folds: &mut [Fold], open: &[usize]) {
    let closed: Vec<bool> = folds.iter().map(|fold| fold.closed).collect();
    for at in 0..folds.len() {
        // The parents of a fold come before it and are settled already.
        let parent = folds.get(at).and_then(|fold| fold.parent);
        let settled = match parent {
            Some(parent) if closed.get(parent) == Some(&false) => {
                folds.get(parent).and_then(|parent| parent.parent)
            }
            other => other,
        };
        if let Some(fold) = folds.get_mut(at) {
            fold.parent = settled;
        }
    }
    if open.is_empty() {
        return;
    }
    let sections = section_levels(text, outline, folds);
    for &index in open {
        let Some(fold) = folds.get(index).copied() else {
            continue;
        };
        let next = folds.get(index + 1);
        let next = next.map_or(text.len(), |next| next.span.start());
        let within = Span::new(fold.body.start(), next.max(fold.body.start()));
        let end = own_end(text, outline, within, &sections);
        if let Some(fold) = folds.get_mut(index) {
            fold.body = fold.body.ending(end);
            fold.span = fold.span.ending(end);
            fold.has_folds = false;
        }
    }
}

/// The levels of headings that outermost folds stand directly below.
fn section_levels(text: &str, outline: &Outline, folds: &[Fold]) -> Vec<usize> {
    let mut levels = Vec::new();
    for fold in folds.iter().filter(|fold| fold.parent.is_none()) {
        let before = |head: &Head| head.lines.start() < fold.span.start();
        let above = outline.heads.partition_point(before);
        let head = above.checked_sub(1).and_then(|at| outline.heads.get(at));
        let Some(head) = head.filter(|head| !levels.contains(&head.level)) else {
            continue;
        };
        if is_blank(text, head.lines.end(), fold.span.start()) {
            levels.push(head.level);
        }
    }
    levels
}

/// Where the answer ends that fills `within` and no tag closes. Headings belong
/// to it, but for those of sections: directly above the next fold, of a level
/// that has folds elsewhere, or by what they say. One that the answer begins
/// with is its own, and so are those of that level.
fn own_end(text: &str, outline: &Outline, within: Span, sections: &[usize]) -> usize {
    let heads = &outline.heads;
    let at = |offset: usize| heads.partition_point(|head| head.lines.start() < offset);
    let (first, last) = (at(within.start()), at(within.end()));
    let heads = heads.get(first..last).unwrap_or_default();
    let mut end = within.end();
    if end < text.len() {
        for head in heads.iter().rev() {
            if !is_blank(text, head.lines.end(), end) {
                break;
            }
            end = head.lines.start();
        }
    }
    let begins = heads.first().filter(|head| {
        let above = text.get(within.start()..head.lines.start());
        without_tags(above.unwrap_or_default()).trim().is_empty()
    });
    let is_section = |head: &&Head| {
        let words = text.get(head.words.range()).unwrap_or_default();
        let own = begins.is_some_and(|begins| head.level >= begins.level);
        is_frame(words) || (!own && sections.contains(&head.level))
    };
    let section = heads.iter().find(is_section);
    section.map_or(end, |head| head.lines.start().min(end))
}

fn is_blank(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end)
        .is_none_or(|text| text.trim().is_empty())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Question,
    /// It holds questions and asks none.
    Section,
    /// A part of another's answer.
    Inner,
    /// It has no summary, or an empty one.
    Nameless,
}

/// What each of `folds` is.
pub fn asking(text: &str, folds: &[Fold]) -> Vec<Role> {
    let summary = |fold: &Fold| text.get(fold.summary.range()).unwrap_or_default();
    let mut roles: Vec<Role> = Vec::with_capacity(folds.len());
    for fold in folds {
        let within = fold.parent.and_then(|parent| roles.get(parent).copied());
        let words = summary(fold);
        let role = match within {
            Some(Role::Question | Role::Inner | Role::Nameless) => Role::Inner,
            _ if words.trim().is_empty() => Role::Nameless,
            _ if fold.has_folds && !asks(&without_tags(words)) => Role::Section,
            _ if is_answer_summary(words) || is_frame(words) => Role::Inner,
            _ => Role::Question,
        };
        roles.push(role);
    }
    roles
}

/// How many folds ask a question, and how many there are in all.
pub fn count(text: &str, outline: &Outline) -> (usize, usize) {
    let folds = folds(text, outline);
    let roles = asking(text, &folds);
    let questions = roles.iter().filter(|&&role| role == Role::Question).count();
    (questions, folds.len())
}

/// How many lines with text stand outside of all folds.
pub fn beside(text: &str, outline: &Outline) -> usize {
    let mut at = 0;
    let mut lines = 0;
    let count = |text: Option<&str>| {
        let lines = text.unwrap_or_default().lines();
        lines.filter(|line| !line.trim().is_empty()).count()
    };
    for fold in folds(text, outline) {
        if fold.span.start() >= at {
            lines += count(text.get(at..fold.span.start()));
            at = fold.span.end();
        }
    }
    lines + count(text.get(at..))
}

/// Whether half of the summaries are questions to `asks`.
pub fn asks_mostly(text: &str, outline: &Outline, asks: fn(&str) -> bool) -> bool {
    let folds = folds(text, outline);
    let roles = asking(text, &folds);
    let both = folds
        .iter()
        .zip(roles)
        .filter(|(_, role)| *role == Role::Question);
    let (mut all, mut asking) = (0, 0);
    for (fold, _) in both {
        let words = without_tags(text.get(fold.summary.range()).unwrap_or_default());
        all += 1;
        asking += usize::from(asks(&words));
    }
    asking * 2 >= all
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => tag = false,
            c if !tag => out.push(c),
            _ => {}
        }
    }
    out
}

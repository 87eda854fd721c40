//! A bullet a question, nested bullets its follow-ups, without answers.

use crate::config::{Answers, SourceSet, TopicFrom};
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::question::slug;
use crate::source::{Source, Span};

use super::body::{self, File, Indent};
use super::boxes::{is_choices, tick, unticked};
use super::draft::{Draft, Drafts, below};
use super::frames::{Frames, is_frame};
use super::heading_form::{self, unmarked};
use super::layout::questions;
use super::lines::{columns, line_start};
use super::looks::{asks, surely_asks, without_targets};
use super::outline::{Item, Outline, outline};
use super::{Parsed, Part, front_matter};

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let text = source.text.as_str();
    let start = front_matter::find(text, source.start()).body_start;
    let outline = outline(text, start);
    let file = File {
        text,
        outline: &outline,
        leave_out: &set.leave_out,
    };
    let mut drafts = Drafts::default();
    // Where most bullets ask, the others do too: "Make this work:".
    let (asking, all) = count(text, &outline);
    let most = asking * 2 > all;
    let frames = frames(text, &outline);
    let mut at = 0;
    let entries = entries(text, &outline);
    for (number, entry) in entries.iter().enumerate() {
        let own = line_start(text, entry.own.start()).max(at);
        let start = body::above(file, own).max(at);
        let next = entries.get(number + 1);
        let next = next.map_or(text.len(), |next| {
            body::above(file, line_start(text, next.own.start()))
        });
        let end = match entry.item {
            Some(_) => code_below(text, &outline, entry.own.end(), next),
            // What stands below a paragraph that asks is about it.
            None => before_heading(&outline, entry.own.end(), next),
        };
        let end = end.max(own);
        if start > at {
            drafts.parts.push(Part::frame(Span::new(at, start)));
        }
        at = end;
        let extent = Span::new(start, end);
        let written = text.get(entry.words.range()).unwrap_or_default();
        let takes = entry.item.is_none() || asks(written) || (most && !is_link(written));
        let among = entry.item.is_none_or(|item| frames.may_ask(item, written));
        if written.trim().is_empty() || is_link(written) || !takes || !among {
            if asks(written) && (among || surely_asks(written)) {
                let why = if among {
                    "a link where a question would be"
                } else {
                    "a question below a heading of contents, links or the like"
                };
                drafts.parts.push(Part::leftover(extent, why));
            } else {
                drafts.parts.push(Part::frame(extent));
            }
            continue;
        }
        let section = match set.topic {
            TopicFrom::Section => section(text, &outline, start),
            TopicFrom::Path => String::new(),
        };
        let topic = below(topic, &section);
        let comments = Span::new(start, own);
        let written = text.get(comments.range()).unwrap_or_default();
        drafts.found.push(Draft {
            above: Flat::of(written, comments, Origin::Exact),
            ..question(file, entry, extent, topic)
        });
    }
    if at < text.len() {
        drafts.parts.push(Part::frame(Span::new(at, text.len())));
    }
    drafts.definitions = outline.definitions;
    let set = SourceSet {
        answers: set.answers.or(Some(Answers::Optional)),
        ..set.clone()
    };
    questions(drafts, source, index, &set, Writing::Markdown)
}

/// What may ask in a list of questions.
struct Entry<'a> {
    /// A bullet; else a paragraph that says that it asks, `*Question: …*`.
    item: Option<&'a Item>,
    /// All that it is by itself.
    own: Span,
    words: Span,
}

/// The entries of a file, by place.
fn entries<'a>(text: &str, outline: &'a Outline) -> Vec<Entry<'a>> {
    let items = outline.items.iter().map(|item| Entry {
        item: Some(item),
        own: item.span,
        words: words(text, item),
    });
    let labelled = outline.labelled.iter().map(|head| Entry {
        item: None,
        own: head.lines,
        words: unmarked(text, heading_form::words(text, head).rest),
    });
    let mut entries: Vec<Entry> = items.chain(labelled).collect();
    entries.sort_by_key(|entry| entry.own.start());
    entries
}

/// Where the next heading begins, if it does before `end`.
fn before_heading(outline: &Outline, start: usize, end: usize) -> usize {
    let heads = &outline.heads;
    let next = heads.partition_point(|head| head.lines.start() < start);
    heads
        .get(next)
        .map_or(end, |head| head.lines.start().min(end))
}

/// How many items ask a question, and how many there are in all.
pub fn count(text: &str, outline: &Outline) -> (usize, usize) {
    let words = among_questions(text, outline);
    let asking = words.iter().filter(|words| asks(words) && !is_link(words));
    (asking.count(), words.len())
}

/// How many items ask a question beyond doubt.
pub fn sure(text: &str, outline: &Outline) -> usize {
    let words = among_questions(text, outline);
    let asking = words
        .iter()
        .filter(|words| surely_asks(words) && !is_link(words));
    asking.count()
}

/// What stands around the questions. Where most items that ask do, it is what
/// the file is for: `# Resources`.
fn frames<'a>(text: &str, outline: &'a Outline) -> Frames<'a> {
    let frames = Frames::of(text, outline);
    let (mut asking, mut around) = (0, 0);
    for item in &outline.items {
        let words = text.get(words(text, item).range()).unwrap_or_default();
        if surely_asks(words) && !is_link(words) {
            asking += 1;
            around += usize::from(!frames.may_ask(item, words));
        }
    }
    if around * 2 > asking {
        return Frames::default();
    }
    frames
}

/// What the items say that stand among questions.
fn among_questions<'a>(text: &'a str, outline: &Outline) -> Vec<&'a str> {
    let frames = frames(text, outline);
    let items = outline.items.iter().map(|item| {
        let words = text.get(words(text, item).range()).unwrap_or_default();
        (item, words)
    });
    let items = items.filter(|(item, words)| frames.may_ask(item, words));
    items.map(|(_, words)| words).collect()
}

/// The running text of an item, without its bullet and box.
fn words(text: &str, item: &Item) -> Span {
    let written = text
        .get(item.span.start()..text_end(text, item))
        .unwrap_or_default();
    // The bullet may be indented.
    let digits = written
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = digits.get(1..).unwrap_or_default().trim_start();
    let behind = behind.get(tick(behind)..).unwrap_or_default();
    let start = item.span.start() + (written.len() - behind.len());
    Span::new(start, start + behind.trim_end().len())
}

/// Where the running text of an item ends: comments below it are not part of it.
fn text_end(text: &str, item: &Item) -> usize {
    let end = item.text_end.min(item.span.end());
    let written = text.get(item.span.start()..end).unwrap_or_default();
    let mut at = item.span.start();
    for (number, line) in written.split_inclusive('\n').enumerate() {
        if number > 0 && line.trim_start().starts_with("<!--") {
            return at;
        }
        at += line.len();
    }
    end
}

/// Whether a line is one link and nothing else: an entry of a table of contents.
fn is_link(words: &str) -> bool {
    let words = words.trim();
    words.starts_with('[') && words.ends_with(')') && words.matches("](").count() == 1
}

/// Where an item ends with the code directly below it, which is often not
/// indented as the list would want it.
fn code_below(text: &str, outline: &Outline, end: usize, next: usize) -> usize {
    let codes = &outline.codes;
    let at = codes.partition_point(|code| code.start() < end);
    match codes.get(at) {
        Some(code) if code.end() <= next => {
            let between = text.get(end..code.start()).unwrap_or_default();
            if without_comments(between).is_empty() {
                code.end()
            } else {
                end
            }
        }
        _ => end,
    }
}

/// What follows the comments that a text begins with.
fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some((_, behind)) = rest
        .strip_prefix("<!--")
        .and_then(|rest| rest.split_once("-->"))
    {
        rest = behind.trim_start();
    }
    rest
}

fn section(text: &str, outline: &Outline, start: usize) -> String {
    let heads = &outline.heads;
    let before = heads.partition_point(|head| head.lines.start() < start);
    let Some(head) = before.checked_sub(1).and_then(|at| heads.get(at)) else {
        return String::new();
    };
    // A first heading that questions stand above names a section.
    let first = outline
        .items
        .first()
        .is_some_and(|item| item.span.start() > head.lines.start());
    let alone = heads.iter().skip(1).all(|other| other.level > head.level);
    let title = before == 1 && first && alone;
    let words = text.get(head.words.range()).unwrap_or_default();
    if title || is_frame(words) {
        return String::new();
    }
    slug(&without_targets(words))
}

fn question(file: File<'_>, entry: &Entry<'_>, extent: Span, topic: String) -> Draft {
    let text = file.text;
    let words = entry.words;
    let mut draft = Draft {
        extent,
        topic,
        question: in_one_line(text, words),
        divided: true,
        ..Draft::default()
    };
    let Some(item) = entry.item else {
        let start = entry.own.end().min(extent.end());
        let end = code_below(text, file.outline, start, extent.end());
        let mut asked = Draft::default();
        body::take(file, Span::new(start, end), Indent::default(), &mut asked);
        let below = extent.starting(end);
        body::take(file, below, Indent::default(), &mut draft);
        asked.answer.append(&draft.prompt);
        draft.prompt = asked.answer;
        draft.divided = true;
        return draft;
    };
    let bullet_line = line_start(text, item.span.start());
    let before = text.get(bullet_line..words.start()).unwrap_or_default();
    let indent = Indent {
        columns: columns(before.split('[').next().unwrap_or_default()),
        end: item.span.end(),
    };
    let mut below = Draft::default();
    let rest = Span::new(
        line_start(text, text_end(text, item)).max(words.end()),
        extent.end(),
    );
    body::take(file, rest, indent, &mut below);
    draft.id = below.id;
    draft.level = below.level;
    draft.tags = below.tags;
    draft.retired = below.retired;
    draft.unfinished = below.unfinished;
    if below.divided {
        // It says what the answer is.
        draft.prompt = below.prompt;
        draft.answer = below.answer;
        return draft;
    }
    let nested = below.answer.text.trim_start();
    let ticked = before.contains('[');
    if !ticked && is_choices(nested) {
        draft.answer = below.answer;
        draft.divided = false;
    } else if nested.starts_with(['-', '*', '+'])
        || nested.starts_with(|c: char| c.is_ascii_digit())
    {
        draft.follow_ups = if ticked {
            unticked(&below.answer)
        } else {
            below.answer
        };
    } else {
        draft.prompt = below.answer;
    }
    draft
}

/// Words that go over lines, as those of a heading.
fn in_one_line(text: &str, words: Span) -> Flat {
    let mut flat = Flat::default();
    let mut at = words.start();
    let written = text.get(words.range()).unwrap_or_default();
    for (number, line) in written.split_inclusive('\n').enumerate() {
        let shown = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if number > 0 {
            flat.push(" ", Span::new(at, start), Origin::Whole);
        }
        flat.push(shown, Span::new(start, start + shown.len()), Origin::Exact);
        at += line.len();
    }
    flat
}

//! `unused-allow` and `unknown-rule`: what allows nothing, or no rule that there
//! is, and what takes it away.

use std::collections::{BTreeSet, HashSet};

use super::Rules;
use super::suppression::{Allowance, named};
use crate::corpus::Corpus;
use crate::finding::{Edit, did_you_mean};
use crate::markdown::BlockKind;
use crate::question::{Allow, Question};
use crate::source::{Source, Span};
use crate::verdict::{Asked, Verdict};

/// For so many ids that are none, one is looked for that may be meant: each
/// time, all ids of the corpus are compared.
const MAX_MEANT: usize = 50;

/// Allowances that allow nothing, or no rule that there is, or give no reason
/// where one is demanded: the rule that says so, and its verdict.
pub fn verdicts(
    corpus: &Corpus,
    rules: &Rules,
    used: &BTreeSet<Allowance>,
) -> Vec<(&'static str, Verdict)> {
    let mut verdicts = Vec::new();
    let mut meant = 0;
    let ids: HashSet<&str> = corpus.questions.iter().filter_map(Question::id).collect();
    for index in 0..corpus.questions.len() {
        let Some(asked) = Asked::new(corpus, index) else {
            continue;
        };
        for (number, allow) in asked.question.meta.rare().allow.iter().enumerate() {
            verdicts.extend(in_meta(&asked, rules, used, number, allow));
        }
        for id in &asked.question.meta.rare().distinct_from {
            let own = asked.question.id() == Some(id.value.as_str());
            if own || !ids.contains(id.value.as_str()) {
                let what = if own {
                    "the question itself"
                } else {
                    "no question"
                };
                let message = format!("`{}` is {what}", id.value);
                meant += 1;
                let near = || did_you_mean(&id.value, ids.iter().copied());
                let near = (!own && meant <= MAX_MEANT).then(near).flatten();
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    _ => "name the id of the other question, or remove it".to_string(),
                };
                verdicts.push(("unused-allow", asked.verdict(id.span, message, help)));
            }
        }
        for comment in &asked.question.comments {
            let names = named(asked.source, comment.span);
            for &name in &names {
                let rule = asked.source.slice(name);
                let found = judge(&asked, rules, used, rule, name);
                verdicts.extend(found.map(|(by, verdict)| {
                    let whole = names.len() == 1;
                    let edit = if whole {
                        apart(&asked, comment.span)
                    } else {
                        with_space(asked.source, name)
                    };
                    let edits = vec![Edit::new(edit, "")];
                    let fixed = if whole && parts_blocks(&asked, comment.span) {
                        verdict.unsafely(edits)
                    } else {
                        verdict.safely(edits)
                    };
                    (by, fixed)
                }));
            }
        }
    }
    verdicts
}

fn in_meta(
    asked: &Asked<'_>,
    rules: &Rules,
    used: &BTreeSet<Allowance>,
    number: usize,
    allow: &Allow,
) -> Option<(&'static str, Verdict)> {
    let found = judge(asked, rules, used, &allow.rule.value, allow.rule.span);
    if let Some((by, verdict)) = found {
        let fix = without(asked, number);
        return Some((by, verdict.safely(fix)));
    }
    let silent = allow
        .reason
        .as_ref()
        .is_none_or(|reason| reason.trim().is_empty());
    (asked.corpus.config.require_allow_reason && silent).then(|| {
        let help = format!("write `allow: [{{rule: {}, reason: …}}]`", allow.rule.value);
        (
            "unused-allow",
            asked.verdict(allow.rule.span, "this allow gives no reason", help),
        )
    })
}

fn judge(
    asked: &Asked<'_>,
    rules: &Rules,
    used: &BTreeSet<Allowance>,
    name: &str,
    span: Span,
) -> Option<(&'static str, Verdict)> {
    let Some(rule) = rules.rules.iter().find(|rule| rule.name() == name) else {
        let message = format!("there is no rule `{name}` to allow");
        return Some((
            "unknown-rule",
            asked.verdict(span, message, rules.meant(name)),
        ));
    };
    if rule.page.locked {
        let message = format!("`{name}` can't be allowed");
        return Some((
            "unused-allow",
            asked.verdict(span, message, "remove it, and mend what the rule finds"),
        ));
    }
    if used.contains(&(asked.index, span)) {
        return None;
    }
    let message = format!("`{name}` finds nothing here that would need to be allowed");
    Some(("unused-allow", asked.verdict(span, message, "remove it")))
}

/// The lines of a comment that goes; with text right above and below, all but
/// the last line's end: an empty line has to part the two as the comment did.
fn apart(asked: &Asked<'_>, comment: Span) -> Span {
    let whole = lines(asked.source, comment);
    let comment = written(asked, comment);
    let has_text = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
    let (above, below) = around(asked, comment);
    if has_text(above.rsplit('\n').nth(1)) && has_text(below.split('\n').nth(1)) {
        return whole.ending(comment.end());
    }
    whole
}

/// A comment without the line end that may be counted to it.
fn written(asked: &Asked<'_>, comment: Span) -> Span {
    let written = asked.source.slice(comment).trim_end();
    comment.ending(comment.start() + written.len())
}

/// The file's text before and behind a comment.
fn around<'a>(asked: &Asked<'a>, comment: Span) -> (&'a str, &'a str) {
    let number = asked.question.source;
    let file = asked.corpus.sources.get(number);
    let file = file.map_or("", |file| file.text.as_str());
    let place = asked.corpus.place(number, comment);
    let above = file.get(..place.start()).unwrap_or_default();
    (above, file.get(place.end()..).unwrap_or_default())
}

/// So many lines above a comment are looked at.
const MAX_ABOVE: usize = 50;

/// Whether a comment's removal may change what is around it: what is below is
/// indented deeper than it, or goes on with a list above, or tags have begun
/// above that go on to the next empty line.
fn parts_blocks(asked: &Asked<'_>, comment: Span) -> bool {
    let (above, below) = around(asked, written(asked, comment));
    let mut lines = above.rsplit('\n').skip(1).take(MAX_ABOVE);
    let tags = |line: &str| line.starts_with('<') && !line.starts_with("<!--");
    let mut paragraph = lines
        .by_ref()
        .map(str::trim)
        .take_while(|line| !line.is_empty());
    if paragraph.any(tags) {
        return true;
    }
    let own = above.rsplit('\n').next().unwrap_or_default().len();
    let mut below = below.split('\n').skip(1);
    let Some(below) = below.find(|line| !line.trim().is_empty()) else {
        return false;
    };
    let words = below.trim_start();
    let deeper = below.len() - words.len() > own;
    deeper || is_below_list(asked, comment, may_go_on(words))
}

/// Whether a line goes on with a list above it, or may hide one that does.
fn may_go_on(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')']);
    let marked = numbered || line.starts_with(['-', '*', '+']);
    let behind = rest.get(1..).unwrap_or_default();
    let item = marked && (behind.trim().is_empty() || behind.starts_with([' ', '\t']));
    item || line.starts_with("<!--")
}

/// Whether a list above a comment would go on below it: choices that end in an
/// empty box with whatever is there, others where a line `goes_on`. What stands
/// above a comment above may be one.
fn is_below_list(asked: &Asked<'_>, comment: Span, goes_on: bool) -> bool {
    let blocks = &asked.document().blocks;
    let above = blocks.partition_point(|block| block.span.start() < comment.start());
    let above = above.checked_sub(1).and_then(|above| blocks.get(above));
    above.is_some_and(|block| match block.kind {
        BlockKind::TaskList(_) => true,
        BlockKind::Comment => goes_on,
        BlockKind::Heading(_) | BlockKind::Code => false,
        BlockKind::Other => goes_on && may_go_on(asked.source.slice(block.span).trim_start()),
    })
}

/// What takes the allow of that number out of the front matter.
fn without(asked: &Asked<'_>, number: usize) -> Vec<Edit> {
    let rare = asked.question.meta.rare();
    let source = asked.source;
    if rare.allow.len() == 1 {
        return vec![Edit::new(lines(source, rare.allow_span), "")];
    }
    let Some(allow) = rare.allow.get(number) else {
        return Vec::new();
    };
    let line = source.line_span(allow.rule.span.start());
    // One allow a line, or several behind each other.
    if source.slice(line).trim_start().starts_with("- ") {
        return vec![Edit::new(lines(source, allow.rule.span), "")];
    }
    let list = source.slice(rare.allow_span);
    let at = allow.rule.span.start() - rare.allow_span.start();
    let (before, after) = (
        list.get(..at).unwrap_or_default(),
        list.get(at..).unwrap_or_default(),
    );
    let item_start = before.rfind(['[', ',']).map_or(at, |found| found + 1);
    let braces = before.get(item_start..).unwrap_or_default().contains('{');
    let close = if braces {
        after.find('}').map_or(0, |found| found + 1)
    } else {
        0
    };
    let item_end = after
        .get(close..)
        .and_then(|rest| rest.find([',', ']']))
        .map_or(list.len(), |found| at + close + found);
    let first = before
        .get(..item_start)
        .is_some_and(|before| before.ends_with('['));
    let (start, end) = if first {
        (item_start, item_end + 1)
    } else {
        (item_start - 1, item_end)
    };
    let span = Span::new(
        rare.allow_span.start() + start,
        rare.allow_span.start() + end.min(list.len()),
    );
    let span = if first {
        Span::new(
            span.start(),
            span.end()
                + source
                    .text
                    .get(span.end()..)
                    .unwrap_or_default()
                    .bytes()
                    .take_while(|&byte| byte == b' ')
                    .count(),
        )
    } else {
        span
    };
    vec![Edit::new(span, "")]
}

/// The lines that `span` stands on, the last with its end.
fn lines(source: &Source, span: Span) -> Span {
    let start = source.line_span(span.start()).start();
    let last = source
        .line_span(span.end().saturating_sub(1).max(span.start()))
        .end();
    let rest = source.text.get(last..).unwrap_or_default();
    let end = last + rest.find('\n').map_or(rest.len(), |at| at + 1);
    Span::new(start, end)
}

/// A word and the white space before it.
fn with_space(source: &Source, word: Span) -> Span {
    let before = source.text.get(..word.start()).unwrap_or_default();
    let space = before.len() - before.trim_end_matches([' ', ',', '\t']).len();
    Span::new(word.start() - space, word.end())
}

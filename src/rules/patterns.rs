//! Declarative rules at work: those that may match in a text are tried there.

use std::ops::Range;

use regex::{Captures, Regex};

use crate::expression::Expression;
use crate::finding::Edit;
use crate::markdown::flat::SEPARATOR;
use crate::rule::{Count, Matcher, Rule, Safety};
use crate::rules::anchors::slug;
use crate::rules::candidates::ScopeSets;
use crate::scan;
use crate::scope::{Scope, Stretch, stretches};
use crate::source::Span;
use crate::verdict::{Asked, Options, Verdict};

/// What the declarative rules say of a question: the rule's index, and its
/// verdict. `options` gives those of a rule, or None where it is off.
pub fn verdicts<'a>(
    sets: &ScopeSets,
    rules: &[Rule],
    asked: &Asked<'_>,
    options: impl Fn(usize) -> Option<&'a Options>,
) -> Vec<(usize, Verdict)> {
    let mut verdicts = Vec::new();
    for set in &sets.sets {
        if !set.rules().any(|rule| options(rule).is_some()) {
            continue;
        }
        let stretches = stretches(set.scope, asked);
        for stretch in &stretches {
            for index in sets.candidates(set, stretch.text()) {
                if let (Some(rule), Some(_)) = (rules.get(index), options(index)) {
                    let found = find(rule, asked, stretch);
                    verdicts.extend(found.into_iter().map(|verdict| (index, verdict)));
                }
            }
        }
        for &index in &set.judging {
            if let (Some(rule), Some(options)) = (rules.get(index), options(index)) {
                let found = judge(rule, options, asked, set.scope, &stretches);
                verdicts.extend(found.into_iter().map(|verdict| (index, verdict)));
            }
        }
    }
    verdicts
}

/// What a rule that looks for a match finds in a text. The search goes on
/// behind what a finding is about, for what follows there may be the context
/// of the next.
fn find(rule: &Rule, asked: &Asked<'_>, stretch: &Stretch<'_>) -> Vec<Verdict> {
    let Some(pattern) = rule.pattern.as_ref().and_then(Expression::regex) else {
        return Vec::new();
    };
    let text = stretch.text();
    let mut verdicts = Vec::new();
    let mut at = 0;
    while let Some(captures) = pattern.captures_at(text, at) {
        let found = match &rule.page.matcher {
            Matcher::Forbid { message, help, .. } => {
                let texts = [message.as_str(), help.as_str()];
                forbidden(asked, stretch, pattern, &captures, texts)
            }
            _ => replaced(rule, asked, stretch, pattern, &captures),
        };
        let Some((range, verdict)) = found else {
            break;
        };
        verdicts.extend(verdict);
        let step = text.get(at..).and_then(|rest| rest.chars().next());
        let step = step.map_or(1, char::len_utf8);
        at = range.end.max(at + step);
        if at > text.len() {
            break;
        }
    }
    verdicts
}

/// What a rule says that judges a text as a whole. A question is one text,
/// and its length that of its heading; a link, choice or tag each is one.
fn judge(
    rule: &Rule,
    options: &Options,
    asked: &Asked<'_>,
    scope: Scope,
    stretches: &[Stretch<'_>],
) -> Vec<Verdict> {
    let one = matches!(scope, Scope::Question | Scope::AnswerProse);
    match &rule.page.matcher {
        Matcher::Require { message, help, .. } => {
            let holds = |stretch: &Stretch<'_>| {
                let pattern = rule.pattern.as_ref().and_then(Expression::regex);
                pattern.is_some_and(|pattern| pattern.is_match(stretch.text()))
            };
            let without = stretches.iter().filter(|stretch| !holds(stretch));
            let faulty: Vec<_> = if one && stretches.iter().any(holds) {
                Vec::new()
            } else {
                without.collect()
            };
            let verdict = |stretch: &&Stretch<'_>| {
                asked.verdict(stretch.element, message.as_str(), help.as_str())
            };
            faulty
                .iter()
                .take(if one { 1 } else { usize::MAX })
                .map(verdict)
                .collect()
        }
        Matcher::Limit {
            count,
            message,
            help,
            ..
        } => {
            let judged = stretches.iter().take(if one { 1 } else { usize::MAX });
            judged
                .filter_map(|stretch| {
                    limited(
                        *count,
                        rule.pattern.as_ref().and_then(Expression::regex),
                        options,
                        asked,
                        stretch,
                        [message, help],
                    )
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What a match is about, and the verdict on it.
fn forbidden(
    asked: &Asked<'_>,
    stretch: &Stretch<'_>,
    pattern: &Regex,
    captures: &Captures<'_>,
    texts: [&str; 2],
) -> Option<(Range<usize>, Option<Verdict>)> {
    let found = captures.name("it").or_else(|| captures.get(0))?;
    if found.as_str().contains(SEPARATOR) {
        return Some((found.range(), None));
    }
    let [message, help] = texts.map(|text| {
        let named = pattern.capture_names().flatten();
        let text = named.fold(text.to_string(), |text, name| {
            let group = captures.name(name).map_or("", |group| group.as_str());
            text.replace(&format!("{{{name}}}"), group)
        });
        text.replace("{match}", found.as_str())
    });
    let verdict = asked.verdict(stretch.span(found.range()), message, help);
    Some((found.range(), Some(verdict)))
}

/// What a match is about, and the verdict on it where something else should
/// stand there. It can be applied only where the source is written as it reads.
fn replaced(
    rule: &Rule,
    asked: &Asked<'_>,
    stretch: &Stretch<'_>,
    pattern: &Regex,
    captures: &Captures<'_>,
) -> Option<(Range<usize>, Option<Verdict>)> {
    let Matcher::Replace {
        swap,
        words,
        fix,
        message,
        help,
        ..
    } = &rule.page.matcher
    else {
        return None;
    };
    let start = captures.get(0)?.start();
    // Only swaps are named groups.
    let groups = pattern.capture_names().enumerate();
    let which = groups
        .filter(|(_, name)| name.is_some())
        .position(|(group, _)| captures.get(group).is_some())?;
    let captures = rule
        .swaps
        .get(which)?
        .regex()?
        .captures_at(stretch.text(), start)?;
    let found = captures.name("it").or_else(|| captures.get(0))?;
    let mut new = String::new();
    match swap.get(which) {
        Some(swap) => captures.expand(&swap.to, &mut new),
        None => new.push_str(word_of(words, found.as_str()).unwrap_or(found.as_str())),
    }
    if found.as_str() == new || found.as_str().contains(SEPARATOR) {
        return Some((found.range(), None));
    }
    let [message, help] = [message, help].map(|text| {
        text.replace("{match}", found.as_str())
            .replace("{to}", &new)
    });
    let span = stretch.span(found.range());
    let verdict = asked.verdict(span, message, help);
    let as_written = asked.source.slice(span) == found.as_str();
    let renames = slug(found.as_str()) != slug(&new) && in_heading(asked, span);
    let verdict = match fix {
        Some(Safety::Safe) if as_written && !renames => verdict.safely(vec![Edit::new(span, new)]),
        Some(_) if as_written => verdict.unsafely(vec![Edit::new(span, new)]),
        _ => verdict,
    };
    Some((found.range(), Some(verdict)))
}

/// Whether links may name what stands there.
fn in_heading(asked: &Asked<'_>, span: Span) -> bool {
    let headings = &asked.document().headings;
    let after = headings.partition_point(|heading| heading.span.start() <= span.start());
    let heading = after.checked_sub(1).and_then(|index| headings.get(index));
    heading.is_some_and(|heading| heading.span.contains(span.start()))
}

/// The word that `found` is in other letter case.
fn word_of<'a>(words: &'a [String], found: &str) -> Option<&'a str> {
    let found = found.to_lowercase();
    let mut words = words.iter().map(String::as_str);
    words.find(|word| word.to_lowercase() == found)
}

fn limited(
    count: Count,
    pattern: Option<&Regex>,
    options: &Options,
    asked: &Asked<'_>,
    stretch: &Stretch<'_>,
    texts: [&str; 2],
) -> Option<Verdict> {
    let text = stretch.text();
    // Most texts are so short that none of it need be counted: a word more
    // wants white space, which outside ASCII begins with a byte of its own.
    let parts = |byte: u8| byte.wrapping_sub(b'!') > 0x7f - b'!';
    let most = match count {
        Count::Words => 1 + scan::count(text.as_bytes(), parts),
        Count::Characters | Count::Matches => text.len() + 1,
    };
    if !options.0.contains_key("min") && most <= options.number("max") {
        return None;
    }
    let counted = match count {
        Count::Words => words(text),
        Count::Characters => text.chars().count(),
        Count::Matches => pattern.map_or(0, |pattern| pattern.find_iter(text).count()),
    };
    let below = options.0.contains_key("min") && counted < options.number("min");
    let above = options.0.contains_key("max") && counted > options.number("max");
    if !below && !above {
        return None;
    }
    let [message, help] = texts.map(|text| {
        let text = text.replace("{count}", &counted.to_string());
        let text = text.replace("{min}", &options.number("min").to_string());
        text.replace("{max}", &options.number("max").to_string())
    });
    Some(asked.verdict(stretch.element, message, help))
}

/// How many pieces of a text between white space have a letter or a digit.
fn words(text: &str) -> usize {
    let (mut count, mut counted) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() || c == '\u{1e}' {
            counted = false;
        } else if !counted && c.is_alphanumeric() {
            counted = true;
            count += 1;
        }
    }
    count
}

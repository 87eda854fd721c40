//! `broken-numbering`: numbers that leave one out, come twice or go backwards,
//! in a list and over the questions of a topic.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::duplicates::{relate, related};
use crate::finding::Edit;
use crate::markdown::Numbered;
use crate::question::At;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Fewer questions with a number are no numbering.
const MIN_QUESTIONS: usize = 3;

/// A list that begins with a larger number is one of years or codes.
const MAX_FIRST: u64 = 999;

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let asked = (0..corpus.questions.len()).filter_map(|index| Asked::new(corpus, index));
    let asked = asked.filter(|asked| asked.question.holds.numbered);
    let mut verdicts: Vec<Verdict> = asked.flat_map(|asked| lists(&asked)).collect();
    let counted: Vec<Option<Counted>> = (0..corpus.questions.len())
        .map(|index| number(corpus, index))
        .collect();
    let reaches = reaches(corpus, &counted);
    let mut numbers: BTreeMap<Reach<'_>, BTreeSet<u64>> = BTreeMap::new();
    let mut topics: BTreeMap<(Reach<'_>, &str), Vec<usize>> = BTreeMap::new();
    for (index, (question, counted)) in corpus.questions.iter().zip(&counted).enumerate() {
        let reach = reaches.get(question.source).copied().unwrap_or_default();
        let topic = topics.entry((reach, &question.topic));
        topic.or_default().push(index);
        if let (Some(counted), true) = (counted, reach != Reach::Topic) {
            numbers.entry(reach).or_default().insert(counted.number);
        }
    }
    for ((reach, _), questions) in &topics {
        let own = questions
            .iter()
            .filter_map(|&index| counted.get(index)?.as_ref());
        let others = numbers.get(reach);
        verdicts.extend(headings(corpus, questions.len(), own.collect(), others));
    }
    verdicts
}

/// How far the numbers of a question reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Reach<'a> {
    /// Over files of one question each.
    #[default]
    Topic,
    /// Over the files of a folder, which count on from each other.
    Folder(&'a str),
    /// Over a file by itself.
    File(usize),
}

/// How far numbers reach, by source. Files of many questions count on, or each
/// begins anew: then two begin with one number, or share more than one.
fn reaches<'a>(corpus: &'a Corpus, counted: &[Option<Counted>]) -> Vec<Reach<'a>> {
    let mut of: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); corpus.sources.len()];
    for (question, counted) in corpus.questions.iter().zip(counted) {
        if let (Some(counted), Some(own)) = (counted, of.get_mut(question.source)) {
            own.insert(counted.number);
        }
    }
    let folder = |index: usize| {
        corpus.page(index)?;
        let path: &str = &corpus.sources.get(index)?.path;
        Some(path.rsplit_once('/').map_or("", |(folder, _)| folder))
    };
    let mut firsts: BTreeSet<(&str, u64)> = BTreeSet::new();
    let mut seen: BTreeSet<(&str, u64)> = BTreeSet::new();
    let mut repeats: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, numbers) in of.iter().enumerate() {
        let Some(folder) = folder(index) else {
            continue;
        };
        let shares = repeats.entry(folder).or_default();
        if numbers
            .first()
            .is_some_and(|&first| !firsts.insert((folder, first)))
        {
            *shares += 2;
        }
        *shares += numbers
            .iter()
            .filter(|&&own| !seen.insert((folder, own)))
            .count();
    }
    let reaches = (0..of.len()).map(|index| match folder(index) {
        None => Reach::Topic,
        Some(folder) if repeats.get(folder).is_some_and(|&own| own > 1) => Reach::File(index),
        Some(folder) => Reach::Folder(folder),
    });
    reaches.collect()
}

fn lists(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let mut verdicts = Vec::new();
    // The last number of the list above, and where that list began.
    let mut above: Option<(u64, usize)> = None;
    for list in &document.numbered {
        verdicts.extend(within(asked, list));
        let (Some(&span), true) = (list.numbers.first(), list.outermost) else {
            continue;
        };
        let Some(first) = value(asked, span) else {
            continue;
        };
        let parted = |start: usize| {
            let next = document
                .headings
                .partition_point(|heading| heading.span.start() < start);
            let heading = document.headings.get(next);
            heading.is_some_and(|heading| heading.span.start() < span.start())
        };
        if let Some((last, _)) = above.filter(|&(_, start)| !parted(start))
            && first > 1
            && first != last + 1
            && first <= MAX_FIRST
        {
            let message =
                format!("this list goes on with {first}, and the one above ends with {last}");
            let help = format!(
                "begin with {}, or with 1 if it is a list of its own",
                last + 1
            );
            verdicts.push(asked.verdict(span, message, help));
        }
        let length = list.numbers.len() as u64;
        above = Some((first.saturating_add(length).saturating_sub(1), span.start()));
    }
    verdicts
}

/// The first number of a list that does not follow the one before it.
/// Equal ones all through are Markdown's way to leave counting to it.
fn within(asked: &Asked<'_>, list: &Numbered) -> Option<Verdict> {
    let numbers = list.numbers.iter();
    let values: Option<Vec<u64>> = numbers.map(|&span| value(asked, span)).collect();
    let values = values?;
    let first = *values.first()?;
    if values.iter().all(|&value| value == first) {
        return None;
    }
    let pairs = || {
        values
            .windows(2)
            .filter_map(|pair| <[u64; 2]>::try_from(pair).ok())
    };
    let at = pairs().position(|[one, next]| next != one + 1)?;
    let [one, next] = pairs().nth(at)?;
    let span = *list.numbers.get(at + 1)?;
    let message = format!(
        "{next} follows {one} in this list, and shows as {}",
        one + 1
    );
    if first > MAX_FIRST {
        let help = format!("write `{next}\\.` where it is no number of a list");
        return Some(asked.verdict(span, message, help));
    }
    let verdict = asked.verdict(span, message, format!("write `{}.`", one + 1));
    // Longer steps are numbers that mean something, and another width moves the text.
    let small = pairs().all(|[one, next]| (one..=one + 2).contains(&next));
    let right = || (first..).zip(&list.numbers);
    let as_wide =
        right().all(|(number, span)| number.to_string().len() == span.end() - span.start());
    if !small || !as_wide {
        return Some(verdict);
    }
    let wrong = right()
        .zip(&values)
        .filter(|((number, _), value)| number != *value);
    let edits = wrong.map(|((number, &span), _)| Edit::new(span, number.to_string()));
    Some(verdict.safely(edits.collect()))
}

fn value(asked: &Asked<'_>, span: Span) -> Option<u64> {
    asked.source.slice(span).parse().ok()
}

/// A question whose heading begins with a number.
struct Counted {
    number: u64,
    index: usize,
    span: Span,
}

/// What is wrong with the numbers of a topic's questions, where it numbers them.
/// What `others` has is not missing: it stands in another topic.
fn headings(
    corpus: &Corpus,
    questions: usize,
    mut counted: Vec<&Counted>,
    others: Option<&BTreeSet<u64>>,
) -> Vec<Verdict> {
    if counted.len() < MIN_QUESTIONS || counted.len() * 2 <= questions {
        return Vec::new();
    }
    counted.sort_by_key(|own| (own.number, own.index));
    let between = |one: &Counted, next: &Counted| {
        let all = (next.number - one.number).saturating_sub(1);
        let elsewhere = others.filter(|_| all > 0).map_or(0, |others| {
            others.range(one.number + 1..next.number).count()
        });
        all.saturating_sub(elsewhere as u64)
    };
    let steps = counted.windows(2).map(|pair| match pair {
        [one, next] => between(one, next),
        _ => 0,
    });
    let missing: u64 = steps.sum();
    // Numbers that are taken from elsewhere, such as a site's, leave many out.
    let dense = missing <= (counted.len() as u64 / 10).max(1);
    let mut verdicts = Vec::new();
    for pair in counted.windows(2) {
        let [one, next] = pair else { continue };
        let Some(asked) = Asked::new(corpus, next.index) else {
            continue;
        };
        if one.number == next.number {
            let message = format!(
                "another question of this topic has the number {}",
                one.number
            );
            let verdict = asked.verdict(next.span, message, "give this one a number of its own");
            let place = |question: &crate::question::Question| Some(question.heading_span());
            verdicts.push(relate(verdict, related(corpus, &[one.index], place), 1));
        } else if dense && between(one, next) > 0 {
            let message = format!("{} follows {} in this topic", next.number, one.number);
            let help = "add the question that is missing, or count on without it";
            verdicts.push(asked.verdict(next.span, message, help));
        }
    }
    verdicts
}

/// The number in `12. What …`, `Q12: What …` or `Question 12) What …`.
fn number(corpus: &Corpus, index: usize) -> Option<Counted> {
    let question = corpus.questions.get(index)?;
    if let Some(At { value, span }) = question.number {
        return Some(Counted {
            number: value,
            index,
            span,
        });
    }
    let asked = Asked::new(corpus, index)?;
    let begins = |c: char| c.is_ascii_digit() || c == 'q' || c == 'Q';
    if !asked
        .source
        .slice(question.heading_span())
        .trim_start()
        .starts_with(begins)
    {
        return None;
    }
    let flat = asked.heading_text()?;
    let text = flat.text.as_str();
    let start = text.len() - text.trim_start().len();
    let words = text.trim_start();
    let letters = words.find(|c: char| !c.is_ascii_alphabetic())?;
    let (word, rest) = words.split_at(letters);
    if !["", "q", "question"].contains(&word.to_ascii_lowercase().as_str()) {
        return None;
    }
    let digits = if word.is_empty() {
        rest
    } else {
        rest.trim_start()
    };
    let length = digits.find(|c: char| !c.is_ascii_digit())?;
    let (digits, after) = digits.split_at(length);
    let ends = after.starts_with(['.', ':', ')']) && after.get(1..)?.starts_with(' ');
    let at = start + (words.len() - digits.len() - after.len());
    let number = digits.parse().ok().filter(|_| ends && length <= 4)?;
    Some(Counted {
        number,
        index,
        span: flat.span(at..at + length),
    })
}

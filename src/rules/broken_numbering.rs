//! `broken-numbering`: numbers that leave one out, come twice or go backwards,
//! in a list and over the questions of a topic.

use std::collections::BTreeMap;

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
    let mut topics: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, question) in corpus.questions.iter().enumerate() {
        topics.entry(&question.topic).or_default().push(index);
    }
    for questions in topics.values() {
        verdicts.extend(headings(corpus, questions));
    }
    verdicts
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
fn headings(corpus: &Corpus, questions: &[usize]) -> Vec<Verdict> {
    let mut counted: Vec<Counted> = questions
        .iter()
        .filter_map(|&index| number(corpus, index))
        .collect();
    if counted.len() < MIN_QUESTIONS || counted.len() * 2 <= questions.len() {
        return Vec::new();
    }
    counted.sort_by_key(|own| (own.number, own.index));
    let numbers = |pair: &[Counted]| match pair {
        [one, next] => Some((one.number, next.number)),
        _ => None,
    };
    let steps = counted.windows(2).filter_map(numbers);
    let missing: u64 = steps
        .map(|(one, next)| (next - one).saturating_sub(1))
        .sum();
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
        } else if next.number > one.number + 1 && dense {
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

//! What every text that a pattern matches must hold. `build.rs` takes this file
//! too: it writes down what the patterns of our own pages need, since parsing
//! them takes longer than judging a question.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More than these are no help.
pub const MAX_LITERALS: usize = 4096;
/// A part of a pattern that matches more texts than these is looked for by its parts.
const MAX_JOINED: usize = 32;
/// A class of more characters than these is passed over.
const MAX_CLASS: usize = 4;
/// So many bytes of a text are seldom those of another.
pub const LONG_ENOUGH: usize = 32;

/// One of these, in any ASCII letter case, stands in each text that `pattern`
/// matches. None where there is nothing of the kind.
pub fn required(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let mut literals = one_of(&regex_syntax::parse(pattern).ok()?)?;
    for literal in &mut literals {
        literal.truncate(LONG_ENOUGH);
    }
    literals.sort();
    // Where one begins with another, it is found with that.
    literals.dedup_by(|longer, kept| longer.starts_with(kept));
    // What every text holds tells nothing.
    let tell = literals.iter().all(|literal| !literal.is_empty());
    tell.then_some(literals)
}

/// As deep as the pattern is nested, which its parser bounds.
fn one_of(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    if let Some(texts) = exactly(hir) {
        return Some(texts);
    }
    match hir.kind() {
        HirKind::Capture(group) => one_of(&group.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => one_of(&repetition.sub),
        HirKind::Concat(parts) => {
            let (mut best, mut run) = (None, vec![Vec::new()]);
            for part in parts {
                let exact = exactly(part);
                if let Some(longer) = exact.as_ref().and_then(|texts| joined(&run, texts)) {
                    run = longer;
                    continue;
                }
                best = better(best, Some(run));
                run = exact.unwrap_or_else(|| {
                    best = better(best.take(), one_of(part));
                    vec![Vec::new()]
                });
            }
            better(best, Some(run))
        }
        HirKind::Alternation(branches) => of_each(branches, one_of, MAX_LITERALS),
        _ => None,
    }
}

/// All texts that `hir` matches, but for letter case; None where there are many.
fn exactly(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    if let Some(text) = text(hir) {
        return Some(vec![text]);
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![Vec::new()]),
        HirKind::Class(Class::Unicode(class)) => {
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            some(chars.map(|c| c.to_string().to_ascii_lowercase().into_bytes()))
        }
        HirKind::Class(Class::Bytes(class)) => {
            let bytes = class.iter().flat_map(|range| range.start()..=range.end());
            some(bytes.map(|byte| vec![byte.to_ascii_lowercase()]))
        }
        HirKind::Capture(group) => exactly(&group.sub),
        HirKind::Repetition(repetition) if (repetition.min, repetition.max) == (0, Some(1)) => {
            let mut texts = exactly(&repetition.sub)?;
            texts.push(Vec::new());
            Some(texts)
        }
        HirKind::Concat(parts) => parts
            .iter()
            .try_fold(vec![Vec::new()], |run, part| joined(&run, &exactly(part)?)),
        HirKind::Alternation(branches) => of_each(branches, exactly, MAX_JOINED),
        _ => None,
    }
}

/// What `of` gives of each branch, together; None where it is nothing for one,
/// or more than `most`.
fn of_each(
    branches: &[Hir],
    of: fn(&Hir) -> Option<Vec<Vec<u8>>>,
    most: usize,
) -> Option<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for branch in branches {
        all.extend(of(branch)?);
    }
    (all.len() <= most).then_some(all)
}

/// The texts, once each; None where they are many.
fn some(texts: impl Iterator<Item = Vec<u8>>) -> Option<Vec<Vec<u8>>> {
    let mut texts: Vec<_> = texts.take(MAX_CLASS + 1).collect();
    let few = texts.len() <= MAX_CLASS;
    texts.sort();
    texts.dedup();
    few.then_some(texts)
}

/// Each of the one followed by each of the other; None where those are many.
fn joined(heads: &[Vec<u8>], tails: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let all = heads
        .iter()
        .flat_map(|head| tails.iter().map(|tail| [head.as_slice(), tail].concat()));
    (heads.len() * tails.len() <= MAX_JOINED).then(|| all.collect())
}

/// The text that is all that `hir` matches, but for letter case.
fn text(hir: &Hir) -> Option<Vec<u8>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(literal.0.to_ascii_lowercase()),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges().iter();
            let chars = ranges
                .take(4)
                .flat_map(|range| (range.start()..=range.end()).take(4));
            let mut folded = chars.map(|c| c.to_uppercase().flat_map(char::to_lowercase));
            let first = folded.next()?.next().filter(char::is_ascii)?;
            let same = folded.all(|mut other| other.next() == Some(first));
            (same && class.ranges().len() < 4).then(|| vec![first as u8])
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges = class.ranges().iter();
            let bytes = ranges
                .take(3)
                .flat_map(|range| (range.start()..=range.end()).take(3));
            let mut folded = bytes.map(|byte| byte.to_ascii_lowercase());
            let first = folded.next()?;
            (folded.all(|other| other == first) && class.ranges().len() < 3).then(|| vec![first])
        }
        _ => None,
    }
}

/// The one of two that fewer texts will have: the longer its shortest, the better.
fn better(one: Option<Vec<Vec<u8>>>, other: Option<Vec<Vec<u8>>>) -> Option<Vec<Vec<u8>>> {
    let shortest = |set: &Option<Vec<Vec<u8>>>| {
        let lengths = set.iter().flatten().map(Vec::len);
        lengths.min().unwrap_or(0)
    };
    let best = if shortest(&other) > shortest(&one) {
        other
    } else {
        one
    };
    best.filter(|set| set.iter().all(|literal| !literal.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(pattern: &str) -> Vec<String> {
        let found = required(pattern).unwrap_or_default().into_iter();
        found
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .collect()
    }

    #[test]
    fn a_pattern_says_what_a_text_must_hold() {
        assert_eq!(literals(r"(?i)\bneedless to say\b"), ["needless to say"]);
        let long = "no less than a number of other things";
        assert_eq!(literals(long), ["no less than a number of other t"]);
        assert_eq!(literals(r"(?i-u)\bSay\b"), ["say"]);
        assert_eq!(
            literals(r"(?:\w+ ){0,3}interview questions?"),
            ["interview question"]
        );
        assert_eq!(
            literals("(?:^|x)(?<it>(?i:kafka|redis))s?"),
            ["kafka", "redis", "xkafka", "xredis"]
        );
        assert_eq!(
            literals("be[ -](?:ready|set)(?: now)?,"),
            [
                "be ready now,",
                "be ready,",
                "be set now,",
                "be set,",
                "be-ready now,",
                "be-ready,",
                "be-set now,",
                "be-set,"
            ]
        );
        assert_eq!(literals("(?:ab){2,}|cd*"), ["ab", "c"]);
        assert_eq!(literals("[„“]é?"), ["“", "„"]);
        assert_eq!(literals("[a-z]é?"), Vec::<String>::new());
        assert_eq!(literals("x*|abc"), Vec::<String>::new());
        assert_eq!(required("x?"), None);
    }
}

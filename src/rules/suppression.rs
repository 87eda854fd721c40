//! Suppression: what `allow` in front matter and `prepdeck-allow` in comments
//! cover.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::corpus::Corpus;
use crate::duplicates::MAX_RELATED;
use crate::question::{Allow, Question};
use crate::source::{Source, Span};
use crate::verdict::Verdict;

/// One place that allows one rule: the question's index, and the span of the
/// rule's name there.
pub type Allowance = (usize, Span);

/// What is allowed where, read once: a file may hold as many comments as findings.
pub struct Allows<'a> {
    /// By question and rule.
    places: HashMap<(usize, &'a str), Vec<Place>>,
    /// What has allowed something.
    pub used: BTreeSet<Allowance>,
}

struct Place {
    covers: Span,
    /// Where the rule is named.
    name: Span,
    /// The end of what this place and those before it cover.
    last: usize,
}

impl<'a> Allows<'a> {
    pub fn of(corpus: &'a Corpus) -> Allows<'a> {
        let mut places: HashMap<(usize, &str), Vec<Place>> = HashMap::new();
        let mut add = |index, rule, covers: Span, name| {
            let known: &mut Vec<Place> = places.entry((index, rule)).or_default();
            let last = known.last().map_or(0, |place| place.last).max(covers.end());
            known.push(Place { covers, name, last });
        };
        for (index, question) in corpus.questions.iter().enumerate() {
            let all = Span::new(0, usize::MAX);
            let mut seen = HashSet::new();
            for Allow { rule, .. } in &question.meta.rare().allow {
                // Of two that allow one rule, the second allows nothing.
                if seen.insert(rule.value.as_str()) {
                    add(index, rule.value.as_str(), all, rule.span);
                }
            }
            let Some(source) = corpus.source_of(question) else {
                continue;
            };
            for comment in &question.comments {
                let Some(covers) = comment.covers else {
                    continue;
                };
                for name in named(source, comment.span) {
                    add(index, source.slice(name), covers, name);
                }
            }
        }
        let used = BTreeSet::new();
        Allows { places, used }
    }

    /// Whether `rule` is allowed where the verdict stands, or by each of the other
    /// questions that it is about: of two, either may say so, whichever comes
    /// first. What allows it is then used.
    pub fn allow(&mut self, rule: &str, verdict: &Verdict) -> bool {
        let here = verdict.question;
        let mut found = here.map_or(Vec::new(), |here| self.covering(rule, here, verdict.span));
        let others = &verdict.related;
        if found.is_empty() && others.len() < MAX_RELATED {
            let there = others.iter().map(|other| match other.question {
                Some(question) => self.covering(rule, question, other.span),
                None => Vec::new(),
            });
            let there: Vec<Vec<Allowance>> = there.collect();
            if there.iter().all(|found| !found.is_empty()) {
                found = there.concat();
            }
        }
        let any = !found.is_empty();
        self.used.extend(found);
        any
    }

    /// What allows `rule` at `span` of a question.
    fn covering(&self, rule: &str, index: usize, span: Span) -> Vec<Allowance> {
        let Some(places) = self.places.get(&(index, rule)) else {
            return Vec::new();
        };
        let end = places.partition_point(|place| place.covers.start() <= span.start());
        let before = places.get(..end).unwrap_or_default().iter().rev();
        let reaching = before.take_while(|place| place.last >= span.start());
        let covering = reaching
            .filter(|place| place.covers.contains(span.start()) || place.covers == span)
            .map(|place| (index, place.name));
        covering.collect()
    }
}

/// What comments above a question allow in all of it: rules, with the reason
/// that stands behind them.
pub fn allowed_above(question: &Question, source: &Source) -> Vec<(String, Option<String>)> {
    let start = question.heading.span.start();
    let above = question.comments.iter().map(|comment| comment.span);
    let above = above.filter(|comment| comment.end() <= start);
    let mut allowed = Vec::new();
    for comment in above {
        let names = named(source, comment);
        let behind = names.last().map_or(comment.end(), |name| name.end());
        let reason = source.text.get(behind..comment.end()).unwrap_or_default();
        let reason = reason.trim_end().trim_end_matches("-->");
        let reason = reason
            .strip_prefix(':')
            .map(|reason| reason.trim().to_string());
        let rules = names.into_iter().map(|name| source.slice(name).to_string());
        allowed.extend(rules.map(|rule| (rule, reason.clone())));
    }
    allowed
}

/// The rules that a comment `<!-- prepdeck-allow rule rule -->` names.
pub fn named(source: &Source, comment: Span) -> Vec<Span> {
    let text = source.slice(comment);
    let Some(inner) = text
        .trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
    else {
        return Vec::new();
    };
    let Some(names) = inner.trim_start().strip_prefix("prepdeck-allow") else {
        return Vec::new();
    };
    let mut at = comment.start() + text.find(inner).unwrap_or(0) + (inner.len() - names.len());
    let mut spans = Vec::new();
    for word in names.split_inclusive([' ', ',', '\n', '\r', '\t']) {
        let name = word.trim_end_matches([' ', ',', '\n', '\r', '\t']);
        // Behind a colon stands why.
        let (name, last) = name
            .strip_suffix(':')
            .map_or((name, false), |name| (name, true));
        if !name.is_empty() {
            spans.push(Span::new(at, at + name.len()));
        }
        if last {
            break;
        }
        at += word.len();
    }
    spans
}

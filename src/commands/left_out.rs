//! Which questions an export leaves out for their errors.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::finding::Finding;
use crate::parse::Kind;
use crate::question::{Question, Status};

/// The questions that errors keep out of an export, by index: those that have
/// some, and the holders of a repeated id, since nobody can tell whose it is.
/// An id that was made of the same words is theirs alike: one of them keeps it.
pub fn left_out(corpus: &Corpus, errors: &[&Finding]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut repeats = BTreeSet::new();
    let mut taken: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for finding in errors {
        let found = finding.question;
        let Some(index) = found.or_else(|| within(corpus, finding, &mut places)) else {
            continue;
        };
        match finding.rule.as_str() {
            "duplicate-id" => {
                let id = corpus.questions.get(index).and_then(Question::id);
                id.map(|id| taken.entry(id).or_default());
            }
            "duplicate-question" => {
                repeats.insert(index);
            }
            _ => {
                out.insert(index);
            }
        }
    }
    for (index, question) in corpus.questions.iter().enumerate() {
        if let Some(holders) = question.id().and_then(|id| taken.get_mut(id)) {
            holders.push(index);
        }
    }
    for holders in taken.into_values() {
        let kept = kept(corpus, &holders, &out);
        out.extend(holders.iter().filter(|&&index| Some(index) != kept));
        // What it repeats is left out, unless that stands elsewhere, too.
        let first = holders.first().is_some_and(|first| repeats.contains(first));
        if let Some(kept) = kept.filter(|_| !first) {
            repeats.remove(&kept);
        }
    }
    out.extend(repeats);
    out
}

/// The question of a bank in whose stretch of the file a finding is that the
/// reader had before there were questions. `places` has, by source, where the
/// questions are that were looked for.
fn within(
    corpus: &Corpus,
    finding: &Finding,
    places: &mut BTreeMap<usize, Vec<(usize, usize)>>,
) -> Option<usize> {
    let source = finding.source;
    corpus.page(source)?;
    let parts = corpus.parts.get(source)?;
    let next = parts.partition_point(|part| part.span.end() <= finding.span.start());
    let part = parts.get(next).filter(|part| part.kind == Kind::Question)?;
    let places = places.entry(source).or_insert_with(|| {
        let questions = corpus.questions.iter().enumerate();
        let own = questions.filter(|(_, question)| question.source == source);
        let place = |question: &Question| corpus.place(source, question.heading_span());
        let mut places: Vec<_> = own
            .map(|(index, question)| (place(question).start(), index))
            .collect();
        places.sort_unstable();
        places
    });
    let at = places.partition_point(|&(start, _)| start < part.span.start());
    let &(start, index) = places.get(at)?;
    part.span.contains(start).then_some(index)
}

/// The first of the holders of an id that nothing else is wrong with, where
/// the id was made for all of them.
fn kept(corpus: &Corpus, holders: &[usize], faulty: &BTreeSet<usize>) -> Option<usize> {
    let question = |index: usize| corpus.questions.get(index);
    let made = |index: &&usize| question(**index).is_some_and(|own| own.meta.id_derived);
    let draft = |index: usize| question(index).is_some_and(|own| own.meta.status == Status::Draft);
    if holders.iter().filter(made).count() < holders.len() {
        return None;
    }
    let mut sound = holders.iter().copied();
    sound.find(|&index| !faulty.contains(&index) && !draft(index))
}

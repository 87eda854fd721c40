//! `duplicate-id`: two questions with one id, which Anki would take for one note.

use crate::config::Format;
use crate::corpus::Corpus;
use crate::duplicates::{relate, related};
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let questions = corpus.questions.iter().enumerate();
    let ids = questions.filter_map(|(index, question)| Some((question.id()?, index)));
    let mut ids: Vec<(&str, usize)> = ids.collect();
    ids.sort_unstable();
    let mut verdicts = Vec::new();
    for same in ids.chunk_by(|(one, _), (other, _)| one == other) {
        let Some(&(id, _)) = same.get(1) else {
            continue;
        };
        let holders: Vec<usize> = same.iter().map(|&(_, index)| index).collect();
        for (position, &index) in holders.iter().enumerate().skip(1) {
            let earlier = holders.get(..position).unwrap_or_default();
            let Some(asked) = Asked::new(corpus, index) else {
                continue;
            };
            let Some(at) = asked.question.meta.id.given() else {
                continue;
            };
            let message = format!("the id `{id}` is taken");
            let help = match own_id(&asked) {
                Some(how) => format!("{how}; the older one keeps its id"),
                None => "give the newer question an id of its own; the older one keeps its id"
                    .to_string(),
            };
            let verdict = asked.verdict(at.span, message, help);
            let places = related(corpus, earlier, |question| {
                question.meta.id.given().map(|id| id.span)
            });
            verdicts.push(relate(verdict, places, earlier.len()));
        }
    }
    verdicts
}

/// How to give a question an id whose own was made of its words, as the other's was.
fn own_id(asked: &Asked<'_>) -> Option<String> {
    let source = asked.question.source;
    let format = asked.corpus.files.get(source)?.set.format;
    let how = match format {
        Format::Headings | Format::Details | Format::List => {
            "give it an id of its own, `<!-- id: some-words -->` below it"
        }
        Format::Csv | Format::Json | Format::Jsonl => "give it an `id` of its own",
        Format::Questions | Format::FrontMatter | Format::AnkiText => return None,
    };
    asked.question.meta.id_derived.then(|| how.to_string())
}

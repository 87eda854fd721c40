//! Which questions of a corpus an export takes.

use std::collections::BTreeSet;

use crate::cli::Export;
use crate::config::fault;
use crate::corpus::Corpus;
use crate::export::{Entry, Selection, media};
use crate::finding::did_you_mean;
use crate::history::History;
use crate::question::{Question, Status};

/// The questions that fit all filters, without drafts and those that are
/// `faulty` (indexes).
///
/// # Errors
/// Where a filter names what no question has, or nothing is left.
pub fn choose<'a>(
    corpus: &'a Corpus,
    history: &History,
    arguments: &Export,
    faulty: &BTreeSet<usize>,
) -> miette::Result<Selection<'a>> {
    let Export {
        topic, level, tag, ..
    } = arguments;
    known(
        topic,
        "topic",
        corpus
            .questions
            .iter()
            .flat_map(|question| parents(&question.topic)),
    )?;
    known(
        level,
        "level",
        corpus.questions.iter().filter_map(Question::level),
    )?;
    known(
        tag,
        "tag",
        corpus
            .questions
            .iter()
            .flat_map(|question| question.meta.tags.iter().map(|tag| tag.value.as_str())),
    )?;
    let wanted = |question: &Question| {
        (topic.is_empty()
            || parents(&question.topic).any(|parent| topic.iter().any(|topic| topic == parent)))
            && (level.is_empty()
                || question
                    .level()
                    .is_some_and(|own| level.iter().any(|level| level == own)))
            && (tag.is_empty()
                || question
                    .meta
                    .tags
                    .iter()
                    .any(|own| tag.contains(&own.value)))
            && question.meta.status != Status::Draft
    };
    let order = corpus.in_order().into_iter();
    let mut entries: Vec<Entry<'a>> = order
        .filter(|index| !faulty.contains(index))
        .filter_map(|index| {
            let question = corpus.questions.get(index)?;
            if !wanted(question) {
                return None;
            }
            let source = corpus.source_of(question)?;
            Some(Entry {
                id: question.id()?,
                question,
                source,
                times: history.of_question(question, source),
            })
        })
        .collect();
    if entries.is_empty() {
        return Err(fault(
            "no question is left to export",
            "use fewer filters; drafts and faulty questions are left out",
        ));
    }
    let mut media = media::Media::default();
    if arguments.format.is_anki() {
        media = media::read(corpus, &entries);
        // A note with another image is another note, whatever its text.
        for entry in &mut entries {
            let images = media.paths(entry.id);
            let newest = images
                .iter()
                .map(|path| history.of(path, None).updated)
                .max();
            entry.times.updated = entry.times.updated.max(newest.unwrap_or(0));
        }
    }
    Ok(Selection {
        corpus,
        entries,
        media,
        options: arguments.options.clone(),
    })
}

/// A topic and the topics above it: `http/caching`, `http`.
fn parents(topic: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(topic), |topic| {
        topic.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// Checks that each filter names something that there is.
fn known<'a>(
    filters: &[String],
    what: &str,
    there: impl Iterator<Item = &'a str>,
) -> miette::Result<()> {
    if filters.is_empty() {
        return Ok(());
    }
    let there: BTreeSet<&str> = there.collect();
    let Some(filter) = filters
        .iter()
        .find(|filter| !there.contains(filter.as_str()))
    else {
        return Ok(());
    };
    let help = match did_you_mean(filter, there.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "there are: {}",
            there.iter().copied().collect::<Vec<_>>().join(", ")
        ),
    };
    Err(fault(
        &format!("no question has the {what} `{filter}`"),
        &help,
    ))
}

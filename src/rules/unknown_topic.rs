//! `unknown-topic`: a topic that the corpus does not list.

use crate::finding::did_you_mean;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let topics = &asked.corpus.config.topics;
    let topic = &*asked.question.topic;
    let is_within = |known: &String| {
        let below = topic.strip_prefix(known.as_str());
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    };
    if topics.is_empty() || topics.iter().any(is_within) {
        return Vec::new();
    }
    let help = match did_you_mean(topic, topics.iter().map(String::as_str)) {
        Some(meant) => {
            format!("move the file to the topic `{meant}`, or list this one in prepdeck.toml")
        }
        None => format!(
            "the topics are {}; move the file, or list this one in prepdeck.toml",
            topics.join(", ")
        ),
    };
    let message = if topic.is_empty() {
        "the file stands in no topic".to_string()
    } else {
        format!("`{topic}` is no topic of this corpus")
    };
    vec![asked.verdict(asked.question.heading_span(), message, help)]
}

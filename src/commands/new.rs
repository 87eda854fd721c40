//! `prepdeck new`: the skeleton of a question, at its place.

use super::similar::{alike, shown};
use super::{Outcome, print, say, working_directory, write};
use crate::cli::New;
use crate::config::fault;
use crate::corpus::{self, Corpus};
use crate::duplicates::nearest::index;
use crate::duplicates::similar::asking_text;
use crate::finding::did_you_mean;
use crate::import::scalar;
use crate::question::{Question, slug};
use crate::visible::shown_path;

/// From this score on, a question that stands already is worth a look.
const LIKE: f64 = 0.6;

/// Words at the start of a question that do not name its subject.
const FRAMING: &[&str] = &[
    "what", "is", "are", "was", "does", "do", "did", "a", "an", "the", "how", "why", "when",
    "which", "who", "explain", "describe", "can", "you", "would", "your", "to", "s",
];

pub fn run(arguments: &New) -> miette::Result<Outcome> {
    let from = working_directory()?;
    let corpus = corpus::around_or_new(&from)?;
    let question = arguments
        .question
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if question.is_empty() {
        return Err(fault(
            "the question is empty",
            "write it in quotes: prepdeck new \"What is …?\" --topic TOPIC",
        ));
    }
    let topic = topic(&arguments.topic)?;
    let level = level(&corpus, arguments.level.as_deref())?;
    let id = id(&corpus, arguments.id.as_deref(), &question)?;
    let like: Vec<String> = alike(&index(&corpus), &[asking_text(&question)], LIKE)
        .iter()
        .take(3)
        .map(|near| shown(&corpus, near))
        .collect();
    let folder = corpus.root.join(home(&corpus)).join(&topic);
    write::create_folder(&folder)?;
    let file = folder.join(format!("{id}.md"));
    write::create(
        &file,
        skeleton(&id, &level, &arguments.tag, &question).as_bytes(),
    )?;
    let path = shown_path(file.strip_prefix(&from).unwrap_or(&file));
    print(format!("{path}\n").as_bytes())?;
    if !like.is_empty() {
        say(&format!(
            "note: the corpus may ask this already:\n{}",
            like.join("")
        ));
    }
    say(&format!(
        "Write the answer and its sources there, then run: prepdeck check {path}\n"
    ));
    Ok(Outcome::Clean)
}

/// The folder that holds the topics: that of the first source.
fn home(corpus: &Corpus) -> &str {
    let folders = corpus
        .config
        .sources
        .iter()
        .flat_map(|set| &set.paths.folders);
    folders.map(String::as_str).next().unwrap_or("questions")
}

fn skeleton(id: &str, level: &str, tags: &[String], question: &str) -> String {
    let tags = tags
        .iter()
        .map(|tag| scalar(tag))
        .collect::<Vec<_>>()
        .join(", ");
    format!(
        "---\nid: {id}\nlevel: {level}\ntags: [{tags}]\nsources: []\n---\n\n# {question}\n\n\
         <!-- The sentence that an interviewer wants to hear; then why, an example, and the usual mistake. -->\n\n\
         ## Follow-ups\n\n<!-- - Two or three questions that an interviewer goes on to. -->\n",
        level = scalar(level)
    )
}

pub(super) fn topic(topic: &str) -> miette::Result<String> {
    let parts: Vec<&str> = topic.split('/').collect();
    let named = |part: &&str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':'])
    };
    if parts.iter().all(named) {
        return Ok(topic.to_string());
    }
    Err(fault(
        &format!("`{topic}` is no topic"),
        "name a folder below questions/, such as `databases` or `http/caching`",
    ))
}

fn level(corpus: &Corpus, asked: Option<&str>) -> miette::Result<String> {
    let levels = &corpus.config.levels;
    match asked {
        Some(level) if levels.iter().any(|known| known == level) => Ok(level.to_string()),
        Some(level) => {
            let help = match did_you_mean(level, levels.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the levels are {}", levels.join(", ")),
            };
            Err(fault(
                &format!("`{level}` is no level of this corpus"),
                &help,
            ))
        }
        None => Ok(levels
            .iter()
            .find(|level| *level == "mid")
            .or(levels.first())
            .cloned()
            .unwrap_or_default()),
    }
}

fn id(corpus: &Corpus, asked: Option<&str>, question: &str) -> miette::Result<String> {
    let id = asked.map_or_else(|| id_of(question), str::to_string);
    if id.is_empty() {
        let help = "name the subject with --id, in a-z, 0-9 and -";
        return Err(fault("no id can be made of that question", help));
    }
    if id != slug(&id) {
        let help = format!("write it in a-z, 0-9 and -: --id {}", slug(&id));
        return Err(fault(&format!("`{id}` is no id"), &help));
    }
    let holder = corpus
        .questions
        .iter()
        .find(|question| question.id() == Some(id.as_str()));
    if let Some(source) = holder.and_then(|holder: &Question| corpus.source_of(holder)) {
        return Err(fault(
            &format!("the id `{id}` is taken by {}", source.shown),
            "see whether the question stands there already; else give another with --id",
        ));
    }
    Ok(id)
}

/// The subject of a question, as a short id.
fn id_of(question: &str) -> String {
    let slug = slug(question);
    let words: Vec<&str> = slug.split('-').collect();
    let subject: Vec<&str> = words
        .iter()
        .copied()
        .skip_while(|word| FRAMING.contains(word))
        .take(8)
        .collect();
    if subject.is_empty() {
        words.join("-")
    } else {
        subject.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_the_subject() {
        assert_eq!(id_of("What is a deadlock?"), "deadlock");
        assert_eq!(
            id_of("How does a clustered index differ from a non-clustered one?"),
            "clustered-index-differ-from-a-non-clustered-one"
        );
        assert_eq!(id_of("What is it?"), "it");
        assert_eq!(id_of("??"), "");
    }
}

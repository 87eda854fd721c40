//! What a corpus holds: how many questions of each topic and level, how long
//! they are, where they come from, and what is thin.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde::Serialize;
use textwrap::core::display_width;

use crate::corpus::Corpus;
use crate::duplicates::answer_words;
use crate::question::{Question, Status};
use crate::report::json::escape_hidden;
use crate::report::{Look, count};
use crate::verdict::Asked;
use crate::visible::visible;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A bar chart and lines to read
    #[default]
    Human,
    /// One JSON object, for other programs
    Json,
    /// Tables, for a README
    Markdown,
}

/// The levels' names stand in the corpus's order; others come last.
#[derive(Debug, Serialize)]
pub struct Stats {
    version: u8,
    questions: usize,
    drafts: usize,
    retired: usize,
    levels: Vec<String>,
    topics: Vec<Topic>,
    answer_words: Lengths,
    tags: BTreeMap<String, usize>,
    hosts: BTreeMap<String, usize>,
    without_sources: usize,
    licenses: BTreeMap<String, usize>,
    hardest_level: String,
    /// Topics without a question of the hardest level.
    thin: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Topic {
    topic: String,
    /// By level, as `levels` lists them.
    questions: Vec<usize>,
}

#[derive(Debug, Default, Serialize)]
struct Lengths {
    shortest: usize,
    median: usize,
    longest: usize,
}

/// Counts all questions, drafts too.
pub fn stats(corpus: &Corpus) -> Stats {
    let level = |question: &Question| question.level().unwrap_or("none").to_string();
    let mut levels = corpus.config.levels.clone();
    let others: BTreeSet<String> = corpus.questions.iter().map(level).collect();
    let others = others.into_iter().filter(|other| !levels.contains(other));
    levels.extend(others.collect::<Vec<_>>());
    let mut by_topic: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut stats = Stats {
        version: 1,
        questions: corpus.questions.len(),
        drafts: 0,
        retired: 0,
        levels,
        topics: Vec::new(),
        answer_words: Lengths::default(),
        tags: BTreeMap::new(),
        hosts: BTreeMap::new(),
        without_sources: 0,
        licenses: BTreeMap::new(),
        hardest_level: corpus.config.levels.last().cloned().unwrap_or_default(),
        thin: Vec::new(),
    };
    let mut words = Vec::new();
    for (index, question) in corpus.questions.iter().enumerate() {
        let own = level(question);
        let row = by_topic
            .entry(&question.topic)
            .or_insert_with(|| vec![0; stats.levels.len()]);
        for (number, _) in row
            .iter_mut()
            .zip(&stats.levels)
            .filter(|(_, level)| **level == own)
        {
            *number += 1;
        }
        let meta = &question.meta;
        stats.drafts += usize::from(meta.status == Status::Draft);
        stats.retired += usize::from(meta.status == Status::Retired);
        let asked = Asked::new(corpus, index);
        words.extend(asked.map(|asked| answer_words(&asked).split_whitespace().count()));
        for tag in &meta.tags {
            *stats.tags.entry(tag.value.clone()).or_default() += 1;
        }
        let sources = meta
            .sources
            .given()
            .map_or(&[][..], |sources| &sources.value);
        stats.without_sources += usize::from(sources.is_empty());
        let hosts: BTreeSet<String> = sources.iter().map(|source| host(&source.value)).collect();
        for host in hosts {
            *stats.hosts.entry(host).or_default() += 1;
        }
        let license = meta.rare().license.as_ref().map(|license| &license.value);
        let license = license.or(corpus.config.license.as_ref());
        let license = license.map_or("none given".to_string(), Clone::clone);
        *stats.licenses.entry(license).or_default() += 1;
    }
    words.sort_unstable();
    let at = |index: usize| words.get(index).copied().unwrap_or(0);
    stats.answer_words = Lengths {
        shortest: at(0),
        median: at(words.len() / 2),
        longest: at(words.len().saturating_sub(1)),
    };
    let hardest = corpus.config.levels.len().saturating_sub(1);
    for (topic, questions) in by_topic {
        if questions.get(hardest) == Some(&0) {
            stats.thin.push(topic.to_string());
        }
        let topic = topic.to_string();
        stats.topics.push(Topic { topic, questions });
    }
    stats
}

/// The host of an address; what is none counts as `other`.
fn host(source: &str) -> String {
    let rest = source.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.trim_start_matches("www.").to_lowercase();
    if host.is_empty() {
        "other".to_string()
    } else {
        host
    }
}

pub fn render(stats: &Stats, format: Format, look: Look) -> String {
    match format {
        Format::Human => human(stats, look),
        Format::Json => {
            escape_hidden(&serde_json::to_string_pretty(stats).unwrap_or_default()) + "\n"
        }
        Format::Markdown => markdown(stats),
    }
}

/// How each level is drawn; further levels begin again.
const BARS: [(char, AnsiColor); 5] = [
    ('░', AnsiColor::Green),
    ('▒', AnsiColor::Yellow),
    ('█', AnsiColor::Red),
    ('▓', AnsiColor::Magenta),
    ('▚', AnsiColor::Blue),
];
/// Longer topics are cut.
const MAX_NAME: usize = 30;

fn human(stats: &Stats, look: Look) -> String {
    let names: Vec<String> = stats
        .topics
        .iter()
        .map(|topic| name(&topic.topic))
        .collect();
    let widest = names
        .iter()
        .map(|name| display_width(name))
        .max()
        .unwrap_or(0);
    let total = |topic: &Topic| topic.questions.iter().sum::<usize>();
    let most = stats.topics.iter().map(total).max().unwrap_or(0).max(1);
    // Beside the name, a number and the spaces between.
    let room = look.width.saturating_sub(widest + 8).max(10);
    let bar = |level: usize, length: usize| {
        let (mark, colour) = BARS
            .get(level % BARS.len())
            .copied()
            .unwrap_or(('█', AnsiColor::White));
        let text = mark.to_string().repeat(length);
        let style = Style::new().fg_color(Some(colour.into()));
        if look.colour {
            format!("{style}{text}{style:#}")
        } else {
            text
        }
    };
    let mut out = String::new();
    for (topic, name) in stats.topics.iter().zip(&names) {
        let pad = " ".repeat(widest - display_width(name));
        let _ = write!(out, "{name}{pad}  {:>4}  ", total(topic));
        for (level, &number) in topic.questions.iter().enumerate() {
            let length = if most > room {
                (number * room).div_ceil(most)
            } else {
                number
            };
            out.push_str(&bar(level, length));
        }
        out.push('\n');
    }
    let legend = stats.levels.iter().enumerate().map(|(level, name)| {
        let questions = stats
            .topics
            .iter()
            .filter_map(|topic| topic.questions.get(level));
        format!(
            "{} {} {}",
            bar(level, 1),
            visible(name),
            questions.sum::<usize>()
        )
    });
    let _ = write!(out, "\n{}\n", legend.collect::<Vec<_>>().join("   "));
    let wrap = textwrap::Options::new(look.width).subsequent_indent("          ");
    for (label, text) in lines(stats) {
        let line = format!("{label:<10}{text}");
        let _ = writeln!(out, "{}", textwrap::fill(&line, &wrap));
    }
    out
}

/// What is said in words, by what it is about.
fn lines(stats: &Stats) -> Vec<(&'static str, String)> {
    let Lengths {
        shortest,
        median,
        longest,
    } = stats.answer_words;
    let mut lines = vec![
        (
            "Questions",
            format!(
                "{} in {}; {}, {} retired",
                stats.questions,
                count(stats.topics.len(), "topic"),
                count(stats.drafts, "draft"),
                stats.retired
            ),
        ),
        (
            "Answers",
            format!("{shortest} to {longest} words, median {median}"),
        ),
        ("Tags", most_used(&stats.tags)),
        (
            "Sources",
            format!(
                "{}; {} without",
                most_used(&stats.hosts),
                stats.without_sources
            ),
        ),
        ("Licence", most_used(&stats.licenses)),
    ];
    if !stats.thin.is_empty() {
        let topics: Vec<String> = stats.thin.iter().map(|topic| name(topic)).collect();
        lines.push((
            "Thin",
            format!(
                "no {} question in {}",
                visible(&stats.hardest_level),
                topics.join(", ")
            ),
        ));
    }
    lines
}

/// The ten that are used most, and how often.
fn most_used(counts: &BTreeMap<String, usize>) -> String {
    let mut most: Vec<_> = counts.iter().collect();
    most.sort_by_key(|(name, number)| (std::cmp::Reverse(**number), *name));
    let named = most
        .iter()
        .take(10)
        .map(|(name, number)| format!("{} {number}", visible(name)));
    let mut named = named.collect::<Vec<_>>().join(", ");
    if most.is_empty() {
        named.push_str("none");
    }
    if most.len() > 10 {
        let _ = write!(named, ", and {} more", most.len() - 10);
    }
    named
}

fn name(topic: &str) -> String {
    let shown = if topic.is_empty() {
        "(no topic)".into()
    } else {
        visible(topic)
    };
    if shown.chars().count() <= MAX_NAME {
        return shown.into_owned();
    }
    shown.chars().take(MAX_NAME - 1).chain(['…']).collect()
}

fn markdown(stats: &Stats) -> String {
    let cell = |text: &str| visible(text).replace('|', "\\|");
    let mut out = "| topic |".to_string();
    for level in &stats.levels {
        let _ = write!(out, " {} |", cell(level));
    }
    let _ = write!(
        out,
        " all |\n| --- |{}\n",
        " --- |".repeat(stats.levels.len() + 1)
    );
    for topic in &stats.topics {
        let _ = write!(out, "| {} |", cell(&topic.topic));
        for number in &topic.questions {
            let _ = write!(out, " {number} |");
        }
        let _ = writeln!(out, " {} |", topic.questions.iter().sum::<usize>());
    }
    out.push('\n');
    for (label, text) in lines(stats) {
        let _ = writeln!(out, "- {label}: {}", text.replace('<', "&lt;"));
    }
    out
}

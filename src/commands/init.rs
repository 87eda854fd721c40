//! `prepdeck init`: a bank where there is none, and what is missing to one
//! that is there. What stands is never changed.

mod places;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::check::judged_all;
use super::{Outcome, print, rules_of, say, working_directory, write};
use crate::cli::{Ci, Init};
use crate::config::{Config, FILE, Format};
use crate::corpus::{self, around_or_new, root_above};
use crate::finding::Severity;
use crate::lint::lint;
use crate::question::slug;
use crate::report::{Judged, count, summary};
use crate::visible::{path_text, visible};
use places::{Found, found};

/// Where the action of this build is, `OWNER/NAME@COMMIT # VERSION`. The
/// release workflow says so; other builds do not know.
const ACTION: Option<&str> = option_env!("PREPDECK_ACTION");
const UNKNOWN_ACTION: &str = concat!("OWNER/prepdeck@COMMIT # v", env!("CARGO_PKG_VERSION"));

const WORKFLOW: &str = ".github/workflows/questions.yml";

/// The questions that a new bank begins with: one of each kind.
const EXAMPLES: [(&str, &str); 2] = [
    (
        "questions/databases/lost-update.md",
        include_str!("init/lost-update.md"),
    ),
    (
        "questions/http/idempotent-methods.md",
        include_str!("init/idempotent-methods.md"),
    ),
];

/// How many rules the summary names.
const RULES: usize = 8;

/// What was written, and what has to be said about it.
#[derive(Default)]
struct Done {
    files: Vec<PathBuf>,
    words: String,
}

pub fn run(arguments: &Init) -> miette::Result<Outcome> {
    let from = working_directory()?;
    let root = root_above(&from).unwrap_or_else(|| from.clone());
    let mut done = Done::default();
    let configured = root.join(FILE).exists();
    if !configured {
        begin(&root, &from, &mut done)?;
    }
    if arguments.ci == Some(Ci::Github) {
        workflow(&root, &mut done)?;
    }
    for file in &done.files {
        print(format!("{}\n", corpus::shown(file, &from)).as_bytes())?;
    }
    let corpus = around_or_new(&from)?;
    if configured {
        look_at(&corpus.config, &root, &mut done);
    }
    if done.files.is_empty() {
        say("Nothing is missing.\n");
    }
    say(&done.words);
    if corpus.sources.is_empty() {
        say("There is no question yet.\nNext: prepdeck new \"What is …?\" --topic TOPIC\n");
        return Ok(Outcome::Clean);
    }
    let rules = rules_of(&corpus)?;
    say(&verdict(&judged_all(
        &corpus,
        &rules,
        lint(&corpus, &rules, &[]),
    )));
    Ok(Outcome::Clean)
}

/// Writes the configuration, and two questions where there is none. It comes
/// last, so that a run that was cut short is finished by the next.
fn begin(root: &Path, from: &Path, done: &mut Done) -> miette::Result<()> {
    let found = found(root, from);
    if found.places.is_empty() {
        for (path, text) in EXAMPLES {
            let file = root.join(path);
            if let Some(folder) = file.parent() {
                write::create_folder(folder)?;
            }
            write::create(&file, text.as_bytes())?;
            done.files.push(file);
        }
    }
    let file = root.join(FILE);
    let name = root.file_name().map(|name| path_text(Path::new(name)));
    let name = name.unwrap_or_default();
    let id = id(&name);
    write::create(&file, configuration(&id, &name, &found).as_bytes())?;
    done.files.push(file);
    for place in &found.places {
        let paths = place.paths.join(", ");
        if place.doubtful {
            let text = format!(
                "note: {} in {} may be a question each, or chapters of a document: nothing in\n\
                 them asks. If they are, take the marks from their source in {FILE}.\n",
                count(place.files, "file"),
                visible(&paths)
            );
            done.words.push_str(&text);
            continue;
        }
        let what = match place.format {
            Format::Questions => count(place.files, "question file"),
            format => format!(
                "{} as {}",
                count(place.questions, "question"),
                format.name()
            ),
        };
        let text = format!("Found {what} in {}.\n", visible(&paths));
        done.words.push_str(&text);
    }
    let text = format!(
        "`id = \"{id}\"` in {FILE} is for ever: readers' reviews hang on it. If it should be\n\
         another, change it now, before somebody imports the deck.\n"
    );
    done.words.push_str(&text);
    Ok(())
}

/// What the configuration that is there leaves open, and only a person can say.
fn look_at(config: &Config, root: &Path, done: &mut Done) {
    if config.id.is_empty() {
        let name = root.file_name().map(|name| path_text(Path::new(name)));
        let text = format!(
            "note: {FILE} has no `id`. If nobody has imported the deck yet, add at its top:\n\
             id = \"{}\"\n",
            id(&name.unwrap_or_default())
        );
        done.words.push_str(&text);
    }
}

fn id(folder: &str) -> String {
    let id = slug(folder);
    if id.is_empty() {
        "questions".to_string()
    } else {
        id
    }
}

fn configuration(id: &str, folder: &str, found: &Found) -> String {
    let title = folder.replace(['-', '_'], " ");
    let mut letters = title.trim().chars();
    let title = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Questions".to_string(),
    };
    let mut text = format!(
        "# For ever: the reviews of everyone who studies from the deck hang on it. It is no\n\
         # other deck's, and is changed before somebody imports the deck, or never.\n\
         id = \"{id}\"\n\
         # The name of the deck.\n\
         title = {}\n",
        toml::Value::from(title)
    );
    if !found.levels.is_empty() {
        let levels = toml::Value::from(found.levels.clone());
        text =
            format!("{text}# In their order, from easy to hard: put them so.\nlevels = {levels}\n");
    }
    for place in found.places.iter().filter(|place| !place.by_default) {
        text.push_str(&place.source());
    }
    text
}

/// Writes the workflow that checks every pull request, where none is.
fn workflow(root: &Path, done: &mut Done) -> miette::Result<()> {
    let repository = root
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .unwrap_or(root);
    let file = repository.join(WORKFLOW);
    if file.symlink_metadata().is_ok() {
        return Ok(());
    }
    let action = ACTION.unwrap_or(UNKNOWN_ACTION);
    let mut text = include_str!("init/questions.yml").replace("{action}", action);
    let below = root.strip_prefix(repository).map(path_text);
    if let Some(folder) = below.ok().filter(|folder| !folder.is_empty()) {
        // YAML's double-quoted text takes every escape that JSON writes.
        let folder = serde_json::Value::from(folder);
        text = format!("{text}        with: {{ working-directory: {folder} }}\n");
    }
    if let Some(folder) = file.parent() {
        write::create_folder(folder)?;
    }
    write::create(&file, text.as_bytes())?;
    done.files.push(file);
    if ACTION.is_none() {
        let text = format!(
            "note: this build does not know where prepdeck is published. In {WORKFLOW},\n\
             put its repository and the commit of the release in place of OWNER and COMMIT.\n"
        );
        done.words.push_str(&text);
    }
    Ok(())
}

/// What `check` says of the bank, in short, and what to do next.
fn verdict(judged: &Judged<'_>) -> String {
    let counts = summary(std::slice::from_ref(judged));
    let of = format!(
        "{} in {}",
        count(counts.questions, "question"),
        count(counts.files, "file")
    );
    if judged.findings.is_empty() {
        return format!(
            "{of}: nothing to report\n\
             Next: prepdeck new \"What is …?\" --topic TOPIC, prepdeck export anki\n"
        );
    }
    let mut rules: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in &judged.findings {
        *rules
            .entry((finding.severity, finding.rule.as_str()))
            .or_default() += 1;
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|&((severity, rule), number)| {
        (severity != Severity::Error, std::cmp::Reverse(number), rule)
    });
    let mut text = format!(
        "{of}: {} and {}\n",
        count(counts.errors, "error"),
        count(counts.warnings, "warning")
    );
    for ((severity, rule), number) in rules.iter().take(RULES) {
        let severity = severity.to_string();
        text = format!("{text}  {severity:7}  {number:5}  {rule}\n");
    }
    if let Some(more) = rules.len().checked_sub(RULES).filter(|more| *more > 0) {
        text = format!("{text}  … and {} more\n", count(more, "rule"));
    }
    format!("{text}Next: prepdeck check, prepdeck check --diff\n")
}

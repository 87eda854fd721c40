//! The rules: every page in `rules/`, and the table of checks behind those
//! pages that need Rust.

mod all_choices_correct;
mod anchors;
mod answer_in_question;
mod answer_too_short;
mod asking;
mod bare_url;
mod bidi_control;
mod broken_anchor;
mod broken_link;
mod broken_numbering;
mod conflicting_answers;
mod curly_quotes_in_code;
mod doubled_word;
mod duplicate_answer;
mod duplicate_id;
mod duplicate_question;
mod empty_link;
mod fake_list;
mod fence_without_language;
mod hard_tab;
mod image_without_alt;
mod invalid_id;
mod invisible_character;
mod languages;
mod lines;
mod literals;
mod missing_answer;
mod missing_id;
mod missing_level;
mod missing_question_mark;
mod missing_source;
mod missing_tags;
mod mixed_script_word;
mod no_correct_choice;
mod orphan_media;
pub mod patterns;
pub mod places;
mod quoted_link_target;
mod raw_html;
mod repeated_blank_line;
mod repeated_choice;
mod several_questions;
mod similar_answer;
mod similar_question;
mod single_choice;
mod skipped_heading_level;
pub mod suppression;
mod trailing_space;
mod unclosed_fence;
mod unexplained_acronym;
mod unknown_fence_language;
mod unknown_level;
mod unknown_topic;
mod unsafe_link;
mod vague_question;

use std::io;
use std::path::Path;

use dunce::canonicalize;
use miette::Report;

use crate::config::{Config, Setting, fault, fault_at, settings};
use crate::corpus::Corpus;
use crate::duplicates::Likeness;
use crate::finding::{Severity, did_you_mean};
use crate::rule::{Matcher, Rule, read, trust};
use crate::source::{Source, Span};
use crate::verdict::{Asked, Verdict};
use crate::visible::path_text;
use patterns::{ScopeSet, scope_sets};

/// A check that is written in Rust.
#[derive(Clone, Copy)]
pub enum Check {
    /// The parsers report it as they read.
    Parser,
    /// The run itself reports it, when all else is known.
    Run,
    Question(fn(&Asked<'_>) -> Vec<Verdict>),
    Corpus(fn(&Corpus) -> Vec<Verdict>),
    /// Over what is alike in the corpus.
    Likeness(fn(&Corpus, &Likeness) -> Vec<Verdict>),
}

/// Name and text of each built-in page, by name.
pub const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The checks behind pages of kind `builtin`, by name.
pub const CHECKS: &[(&str, Check)] = &[
    (
        "all-choices-correct",
        Check::Question(all_choices_correct::check),
    ),
    (
        "answer-in-question",
        Check::Question(answer_in_question::check),
    ),
    ("answer-too-short", Check::Question(answer_too_short::check)),
    ("bare-url", Check::Question(bare_url::check)),
    ("bidi-control", Check::Question(bidi_control::check)),
    ("broken-anchor", Check::Corpus(broken_anchor::check)),
    ("broken-link", Check::Question(broken_link::check)),
    ("broken-numbering", Check::Corpus(broken_numbering::check)),
    (
        "conflicting-answers",
        Check::Likeness(conflicting_answers::check),
    ),
    (
        "curly-quotes-in-code",
        Check::Question(curly_quotes_in_code::check),
    ),
    ("doubled-word", Check::Question(doubled_word::check)),
    ("duplicate-answer", Check::Corpus(duplicate_answer::check)),
    ("duplicate-id", Check::Corpus(duplicate_id::check)),
    (
        "duplicate-question",
        Check::Corpus(duplicate_question::check),
    ),
    ("empty-link", Check::Question(empty_link::check)),
    ("fake-list", Check::Question(fake_list::check)),
    (
        "fence-without-language",
        Check::Question(fence_without_language::check),
    ),
    ("hard-tab", Check::Question(hard_tab::check)),
    (
        "image-without-alt",
        Check::Question(image_without_alt::check),
    ),
    ("invalid-id", Check::Question(invalid_id::check)),
    (
        "invisible-character",
        Check::Question(invisible_character::check),
    ),
    ("missing-answer", Check::Question(missing_answer::check)),
    ("missing-id", Check::Corpus(missing_id::check)),
    ("missing-level", Check::Question(missing_level::check)),
    ("missing-question", Check::Parser),
    (
        "missing-question-mark",
        Check::Question(missing_question_mark::check),
    ),
    ("missing-source", Check::Question(missing_source::check)),
    ("missing-tags", Check::Question(missing_tags::check)),
    (
        "mixed-script-word",
        Check::Question(mixed_script_word::check),
    ),
    (
        "no-correct-choice",
        Check::Question(no_correct_choice::check),
    ),
    ("orphan-media", Check::Corpus(orphan_media::check)),
    (
        "quoted-link-target",
        Check::Question(quoted_link_target::check),
    ),
    ("raw-html", Check::Question(raw_html::check)),
    (
        "repeated-blank-line",
        Check::Question(repeated_blank_line::check),
    ),
    ("repeated-choice", Check::Question(repeated_choice::check)),
    (
        "several-questions",
        Check::Question(several_questions::check),
    ),
    ("similar-answer", Check::Likeness(similar_answer::check)),
    ("similar-question", Check::Likeness(similar_question::check)),
    ("single-choice", Check::Question(single_choice::check)),
    (
        "skipped-heading-level",
        Check::Question(skipped_heading_level::check),
    ),
    ("syntax", Check::Parser),
    ("trailing-space", Check::Question(trailing_space::check)),
    ("unclosed-fence", Check::Question(unclosed_fence::check)),
    (
        "unexplained-acronym",
        Check::Question(unexplained_acronym::check),
    ),
    (
        "unknown-fence-language",
        Check::Question(unknown_fence_language::check),
    ),
    ("unknown-key", Check::Parser),
    ("unknown-level", Check::Question(unknown_level::check)),
    ("unknown-rule", Check::Run),
    ("unknown-topic", Check::Question(unknown_topic::check)),
    ("unsafe-link", Check::Question(unsafe_link::check)),
    ("unused-allow", Check::Run),
    ("vague-question", Check::Question(vague_question::check)),
];

/// The check of that name.
pub fn check_of(name: &str) -> Option<Check> {
    CHECKS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, check)| check)
}

/// All rules, by name.
#[derive(Debug)]
pub struct Rules {
    pub rules: Vec<Rule>,
    pub sets: Vec<ScopeSet>,
    /// Pages of the corpus's own that cannot be used. The other rules still run.
    pub faults: Vec<Report>,
}

/// The rules that are built in.
///
/// # Errors
/// Where a page is faulty, which a test rules out.
pub fn built_in() -> miette::Result<Rules> {
    let mut rules = Vec::with_capacity(PAGES.len());
    for (name, text) in PAGES {
        let path = format!("rules/{name}.toml");
        rules.push(trust(&Source::new(
            path.clone(),
            path,
            (*text).to_string(),
        ))?);
    }
    Rules::of(rules, Vec::new())
}

/// The built-in rules and those of the corpus: the pages in the folder that
/// its configuration names. `shown` is how that folder is called.
///
/// # Errors
/// Where the folder cannot be read; a faulty page is none.
pub fn with_own(root: &Path, config: &Config, shown: &str) -> miette::Result<Rules> {
    let mut all = built_in()?;
    let Some(folder) = &config.rule_pages else {
        return Ok(all);
    };
    let cannot = |error: std::io::Error| {
        let message = format!("can't read the folder of rule pages {shown}: {error}");
        fault(
            &message,
            "correct `rule-pages` in prepdeck.toml, or add the folder",
        )
    };
    let folder = canonicalize(root.join(folder)).map_err(cannot)?;
    if !folder.starts_with(root) {
        return Err(cannot(io::Error::other("it is not in the corpus")));
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    files.sort();
    for file in files {
        let name = file
            .file_name()
            .map(|name| path_text(Path::new(name)))
            .unwrap_or_default();
        let read = settings(root, &file, &name, &format!("{shown}/{name}"));
        match read.and_then(|page| own_rule(&page, &all.rules)) {
            Ok(rule) => all.rules.push(rule),
            Err(fault) => all.faults.push(fault),
        }
    }
    all.rules.sort_by(|a, b| a.name().cmp(b.name()));
    Rules::of(all.rules, all.faults)
}

/// A page of the corpus's own: a declarative rule with a name of its own.
fn own_rule(page: &Source, known: &[Rule]) -> miette::Result<Rule> {
    let rule = read(page)?;
    let line = page.text.lines().next().map_or(0, str::len);
    let first = Span::new(0, line);
    if known.iter().any(|other| other.name() == rule.name()) {
        let message = format!("there is a rule `{}` already", rule.name());
        return Err(fault_at(
            page,
            first,
            &message,
            Some("give it another name".to_string()),
        ));
    }
    if let Matcher::Builtin { .. } = rule.page.matcher {
        let help = "use forbid, replace, require or limit".to_string();
        return Err(fault_at(
            page,
            first,
            "only prepdeck's own rules can be builtin",
            Some(help),
        ));
    }
    Ok(rule)
}

impl Rules {
    fn of(rules: Vec<Rule>, faults: Vec<Report>) -> miette::Result<Rules> {
        let sets = scope_sets(&rules)?;
        Ok(Rules {
            rules,
            sets,
            faults,
        })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(Rule::name)
    }

    /// The rule of that name.
    ///
    /// # Errors
    /// Where there is none; the message names the one that was meant.
    pub fn find(&self, name: &str) -> miette::Result<&Rule> {
        let found = self.rules.iter().find(|rule| rule.name() == name);
        found.ok_or_else(|| fault(&format!("there is no rule `{name}`"), &self.meant(name)))
    }

    /// What to say to somebody who names a rule that there is not.
    pub fn meant(&self, name: &str) -> String {
        match did_you_mean(name, self.names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`prepdeck rules` lists them all".to_string(),
        }
    }

    /// Checks what `config`, read from `file`, says of rules.
    ///
    /// # Errors
    /// A rule that does not exist or cannot be weakened, or an option that it
    /// does not have or that is of another type.
    pub fn accept(&self, config: &Config, file: &Source) -> miette::Result<()> {
        let overrides = config.overrides.iter().flat_map(|set| &set.rules);
        for (name, setting) in config.rules.iter().chain(overrides) {
            let refuse = |message: String, help: String| {
                Err(fault_at(
                    file,
                    Span::from(name.span()),
                    &message,
                    Some(help),
                ))
            };
            let name = name.as_ref();
            let Some(rule) = self.rules.iter().find(|rule| rule.name() == name) else {
                return refuse(format!("there is no rule `{name}`"), self.meant(name));
            };
            if rule.page.locked
                && setting
                    .severity
                    .is_some_and(|severity| severity != Severity::Error)
            {
                let help = "remove this line; exports could not be trusted without the rule";
                return refuse(format!("`{name}` is always an error"), help.to_string());
            }
            if let Some((message, help)) = bad_option(rule, setting) {
                return refuse(message, help);
            }
        }
        Ok(())
    }
}

fn bad_option(rule: &Rule, setting: &Setting) -> Option<(String, String)> {
    let own = &rule.options.0;
    for (key, value) in &setting.options {
        let Some(default) = own.get(key) else {
            let message = format!("`{}` has no option `{key}`", rule.name());
            let names = || own.keys().map(String::as_str).chain(["severity"]);
            let help = match did_you_mean(key, names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it has: {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Some((message, help));
        };
        let negative = value.as_integer().is_some_and(|number| number < 0);
        if !default.same_type(value) || negative {
            let message = format!("`{key}` of `{}` is of another kind", rule.name());
            return Some((
                message,
                format!("write it like its default, `{key} = {default}`"),
            ));
        }
    }
    None
}

//! `prepdeck.toml`: how a repository configures its corpus. Everything has a default.

mod source_set;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use miette::{MietteDiagnostic, Report};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{IntoDeserializer, MapAccess, Visitor};
use toml::Spanned;

use crate::finding::{Severity, did_you_mean};
use crate::source::{Source, Span};
use crate::view::view;
use crate::visible::visible;

pub use source_set::{Answers, Format, Globs, Patterns, SourceSet, TopicFrom};

/// The configuration's name, at the corpus's root.
pub const FILE: &str = "prepdeck.toml";

/// The corpus is walked for each source, and each finding asks all overrides.
const MAX_PLACES: usize = 200;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// The corpus's identity for ever: Anki's note ids hang on it.
    pub id: String,
    /// The root deck's name; the folder's name where there is none.
    pub title: Option<String>,
    /// A question's link is this and its path.
    pub url: Option<String>,
    /// SPDX expression of the questions' licence.
    pub license: Option<String>,
    pub authors: Vec<String>,
    /// From the easiest to the hardest.
    pub levels: Vec<String>,
    /// The topics that there may be; any where it names none.
    pub topics: Vec<String>,
    /// The largest image that a deck carries, in bytes.
    pub max_image_bytes: u64,
    /// A folder of the corpus's own rule pages.
    pub rule_pages: Option<String>,
    /// Whether every `allow` must say why.
    pub require_allow_reason: bool,
    pub splits: Splits,
    #[schemars(with = "BTreeMap<String, SettingSchema>")]
    pub rules: BTreeMap<Spanned<String>, Setting>,
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
    #[serde(rename = "source")]
    pub sources: Vec<SourceSet>,
}

/// How `export dataset` deals questions out. A question's split hangs on the
/// salt and its id alone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Splits {
    /// Another salt deals all questions anew.
    pub salt: String,
    /// Which part of the questions is for validation, from 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    pub validation: f64,
    /// Which part is for tests; the rest is for training.
    #[schemars(range(min = 0, max = 1))]
    pub test: f64,
}

impl Default for Splits {
    fn default() -> Splits {
        Splits {
            salt: String::new(),
            validation: 0.1,
            test: 0.1,
        }
    }
}

/// Other severities for some paths. Of several that fit, the last one counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    #[schemars(with = "Vec<String>")]
    pub paths: Globs,
    #[schemars(with = "BTreeMap<String, SettingSchema>")]
    pub rules: BTreeMap<Spanned<String>, Setting>,
}

/// What the configuration says of a rule: `"off"`, or a table with options,
/// `{ severity = "warning", min = 40 }`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    pub severity: Option<Severity>,
    pub options: BTreeMap<String, toml::Value>,
}

/// How a [`Setting`] is written.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum SettingSchema {
    Severity(Severity),
    Table {
        severity: Option<Severity>,
        #[serde(flatten)]
        options: BTreeMap<String, serde_json::Value>,
    },
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Setting, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = Setting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"off\", \"warning\", \"error\", or a table with `severity` and options")
    }

    fn visit_str<E: serde::de::Error>(self, severity: &str) -> Result<Setting, E> {
        let severity = Severity::deserialize(severity.into_deserializer())?;
        Ok(Setting {
            severity: Some(severity),
            options: BTreeMap::new(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Setting, A::Error> {
        let mut setting = Setting::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "severity" {
                setting.severity = Some(map.next_value()?);
            } else {
                setting.options.insert(key, map.next_value()?);
            }
        }
        Ok(setting)
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            id: String::new(),
            title: None,
            url: None,
            license: None,
            authors: Vec::new(),
            levels: ["junior", "mid", "senior"].map(String::from).to_vec(),
            topics: Vec::new(),
            max_image_bytes: 5 * 1024 * 1024,
            rule_pages: None,
            require_allow_reason: false,
            splits: Splits::default(),
            rules: BTreeMap::new(),
            overrides: Vec::new(),
            sources: Vec::new(),
        }
    }
}

/// Reads the configuration of the corpus at `root`, called `shown`.
///
/// # Errors
/// Where it cannot be read ([`Source::settings`]).
pub fn source(root: &Path, shown: &str) -> miette::Result<Source> {
    settings(root, &root.join(FILE), FILE, shown)
}

/// Reads a file that says how a corpus is judged, named `name` and called `shown`.
///
/// # Errors
/// As [`Source::settings`].
pub fn settings(root: &Path, file: &Path, name: &str, shown: &str) -> miette::Result<Source> {
    let read = Source::settings(root, file, name.into(), shown.into());
    read.map_err(|reason| {
        let help = "it has to be a file in UTF-8, of at most 256 KiB, in the corpus";
        fault(&format!("can't read {shown}: {reason}"), help)
    })
}

/// Takes what a configuration says.
///
/// # Errors
/// Where it holds a key or a value that is not known: a snippet shows where.
pub fn parse(source: &Source) -> miette::Result<Config> {
    let config: Config =
        toml::from_str(&source.text).map_err(|error| toml_fault(source, &error))?;
    if let Some((message, help)) = bad_value(&config) {
        return Err(fault(&format!("{}: {message}", source.shown), help));
    }
    Ok(config)
}

/// What a value holds that it cannot mean.
fn bad_value(config: &Config) -> Option<(String, &'static str)> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !config.id.chars().all(plain) {
        return Some((
            format!("`id` is `{}`", config.id),
            "write it in a-z, 0-9 and -; it is for ever",
        ));
    }
    if config
        .title
        .as_deref()
        .is_some_and(|title| title.trim().is_empty())
    {
        return Some((
            "`title` is empty".to_string(),
            "write a title, or leave it out",
        ));
    }
    let levels = &config.levels;
    if levels.is_empty() || levels.iter().any(|level| level.trim().is_empty()) {
        return Some((
            "`levels` has an empty place".to_string(),
            "name at least one level, or leave `levels` out",
        ));
    }
    let mut sorted = levels.clone();
    sorted.sort();
    let places = [
        ("source", config.sources.len()),
        ("override", config.overrides.len()),
    ];
    if let Some((key, count)) = places.into_iter().find(|(_, count)| *count > MAX_PLACES) {
        return Some((
            format!("`[[{key}]]` stands there {count} times; at most {MAX_PLACES} are read"),
            "name several paths in one",
        ));
    }
    if let Some(twice) = sorted
        .windows(2)
        .find(|pair| pair.first() == pair.last())
        .and_then(<[String]>::first)
    {
        return Some((
            format!("the level `{twice}` stands there twice"),
            "name each level once",
        ));
    }
    let Splits {
        validation, test, ..
    } = config.splits;
    let fractions = [validation, test, validation + test];
    if !fractions.iter().all(|part| (0.0..=1.0).contains(part)) {
        return Some((
            format!("`splits` are {validation} and {test}"),
            "write parts of the whole, as validation = 0.1 and test = 0.1",
        ));
    }
    let url = config.url.as_deref().unwrap_or("https://");
    if !["https://", "http://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return Some((
            format!("`url` is `{url}`"),
            "write the address of the questions' folder, https://…",
        ));
    }
    None
}

/// A fault that points into a TOML file of the user's.
pub fn fault_at(source: &Source, span: Span, message: &str, help: Option<String>) -> Report {
    let (view, label) = view(source, span, None);
    let mut diagnostic = MietteDiagnostic::new(visible(message)).and_label(label);
    diagnostic.help = help.map(|help| visible(&help).into_owned());
    Report::new(diagnostic).with_source_code(view)
}

/// What serde could not take from a TOML file, with the name that was meant.
pub fn toml_fault(source: &Source, error: &toml::de::Error) -> Report {
    let span = error.span().map_or(Span::default(), Span::from);
    // serde words it: unknown field `x`, expected one of `a`, `b`.
    let mut names = error.message().split('`').skip(1).step_by(2);
    let unknown = error.message().starts_with("unknown ");
    let help = names.next().filter(|_| unknown).map(|name| {
        let known: Vec<&str> = names.collect();
        match did_you_mean(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known here: {}", known.join(", ")),
        }
    });
    let message = error.message().lines().next().unwrap_or_default();
    let message = if unknown {
        message.split(", expected").next().unwrap_or(message)
    } else {
        message
    };
    let message = message
        .replace("unknown field", "unknown key")
        .replace("unknown variant", "unknown value");
    fault_at(source, span, &message, help)
}

/// A fault without a place.
pub fn fault(message: &str, help: &str) -> Report {
    Report::new(MietteDiagnostic::new(visible(message)).with_help(visible(help)))
}

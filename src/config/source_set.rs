//! `[[source]]` in `prepdeck.toml`: which files hold questions, and how.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::{RegexSet, RegexSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;

/// Files that hold questions, and the format that they are in.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SourceSet {
    #[schemars(with = "Vec<String>")]
    pub paths: Globs,
    #[serde(default)]
    pub format: Format,
    /// `headings`: the level of the headings that ask; found where none is set.
    #[schemars(range(min = 1, max = 6))]
    pub heading_level: Option<u8>,
    /// `headings`: whether only headings with a number or a `Q` ask; found where it is not set.
    pub numbered: Option<bool>,
    /// Where topics come from, beside a key or column of that name.
    #[serde(default)]
    pub topic: TopicFrom,
    /// Whether a question may stand without an answer.
    pub answers: Option<Answers>,
    /// Patterns of lines that are no part of a question.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub leave_out: Patterns,
    /// The language to read, such as `en`: translations beside the file itself are left out.
    pub language: Option<String>,
    /// What prepdeck's keys are called in these files: `level = "difficulty"`.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
    /// `csv`: what separates cells; a comma where it is not set.
    pub separator: Option<char>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicFrom {
    /// The folder, and in it the heading of the section.
    #[default]
    Section,
    /// The folder alone.
    Path,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answers {
    Required,
    Optional,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One question a file, as prepdeck writes it
    #[default]
    Questions,
    /// A heading a question, its answer below it
    Headings,
    /// `<details>`, the question in its `<summary>`
    Details,
    /// A bullet a question, without answers
    List,
    /// One question a file, with other names for the keys
    FrontMatter,
    /// A row a question
    Csv,
    /// An array of objects
    Json,
    /// An object a line
    Jsonl,
    /// Notes as Anki exports them in plain text
    AnkiText,
}

impl Format {
    /// The name that configuration and command line know it by.
    pub fn name(self) -> &'static str {
        match self {
            Format::Questions => "questions",
            Format::Headings => "headings",
            Format::Details => "details",
            Format::List => "list",
            Format::FrontMatter => "front-matter",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::AnkiText => "anki-text",
        }
    }

    /// Whether it is data, of which larger files are read.
    pub fn is_data(self) -> bool {
        matches!(
            self,
            Format::Csv | Format::Json | Format::Jsonl | Format::AnkiText
        )
    }
}

/// Patterns as the `regex` crate writes them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Patterns(RegexSet);

impl TryFrom<Vec<String>> for Patterns {
    type Error = regex::Error;

    fn try_from(patterns: Vec<String>) -> Result<Patterns, regex::Error> {
        let set = RegexSetBuilder::new(patterns).size_limit(1 << 20).build()?;
        Ok(Patterns(set))
    }
}

impl Patterns {
    pub fn match_in(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.is_match(text)
    }
}

/// Path patterns from the corpus's root: `*` stays within a folder, `**` does
/// not, and a pattern that begins with `!` takes paths out again.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Globs {
    wanted: GlobSet,
    unwanted: GlobSet,
    /// The folder before the first wildcard of each wanted pattern.
    pub folders: Vec<String>,
}

impl TryFrom<Vec<String>> for Globs {
    type Error = globset::Error;

    fn try_from(patterns: Vec<String>) -> Result<Globs, globset::Error> {
        let mut wanted = GlobSetBuilder::new();
        let mut unwanted = GlobSetBuilder::new();
        let mut folders = Vec::new();
        for pattern in &patterns {
            let glob = |pattern| GlobBuilder::new(pattern).literal_separator(true).build();
            if let Some(pattern) = pattern.strip_prefix('!') {
                unwanted.add(glob(pattern)?);
            } else {
                wanted.add(glob(pattern)?);
                let fixed = pattern
                    .split(['*', '?', '[', '{'])
                    .next()
                    .unwrap_or_default();
                folders.push(
                    fixed
                        .rsplit_once('/')
                        .map_or("", |(folder, _)| folder)
                        .to_string(),
                );
            }
        }
        Ok(Globs {
            wanted: wanted.build()?,
            unwanted: unwanted.build()?,
            folders,
        })
    }
}

impl Globs {
    /// Whether a pattern with `!` names the path.
    pub fn leaves_out(&self, path: &str) -> bool {
        self.unwanted.is_match(path)
    }

    pub fn matches(&self, path: &str) -> bool {
        self.wanted.is_match(path) && !self.unwanted.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(patterns: &[&str]) -> Globs {
        match Globs::try_from(patterns.iter().map(ToString::to_string).collect::<Vec<_>>()) {
            Ok(globs) => globs,
            Err(fault) => panic!("{fault}"),
        }
    }

    #[test]
    fn a_star_stays_in_its_folder_and_a_bang_takes_out() {
        let globs = globs(&["questions/**/*.md", "!questions/README.md"]);
        assert!(globs.matches("questions/a.md") && globs.matches("questions/a/b/c.md"));
        assert!(!globs.matches("questions/README.md") && !globs.matches("other/a.md"));
        assert_eq!(globs.folders, ["questions"]);
    }
}

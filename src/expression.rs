//! A pattern that is compiled when it is first needed: most rules find nothing
//! in most runs, and compiling all of them takes longer than judging a small corpus.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// The largest compiled pattern, in bytes; a page's pattern may come from a stranger.
const MAX_PATTERN: usize = 1 << 20;

#[derive(Debug)]
pub struct Expression {
    pub text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    pub fn new(text: impl Into<String>) -> Expression {
        Expression {
            text: text.into(),
            compiled: OnceLock::new(),
        }
    }

    /// The compiled pattern; None where it is none, which [`Expression::check`] says.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.build().ok()).as_ref()
    }

    /// Compiles the pattern now.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn check(&self) -> Result<&Regex, String> {
        match self.regex() {
            Some(regex) => Ok(regex),
            None => Err(self.build().err().map_or(String::new(), |error| {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                last.trim_start_matches("error: ").to_string()
            })),
        }
    }

    fn build(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.text)
            .size_limit(MAX_PATTERN)
            .build()
    }
}

//! Bytes to questions and problems, one file an input format. Parsing never
//! fails: it returns what it understood, and says what it did not.

pub mod front_matter;
mod question_file;
mod yaml;

use crate::config::Format;
use crate::finding::Problem;
use crate::question::Question;
use crate::source::Source;

#[derive(Debug, Default)]
pub struct Parsed {
    pub questions: Vec<Question>,
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// Nothing understood, and why.
    fn nothing(problems: Vec<Problem>) -> Parsed {
        Parsed {
            questions: Vec::new(),
            problems,
        }
    }
}

/// Reads the questions of `source`, the corpus's source number `index`.
pub fn parse(format: Format, source: &Source, index: usize, topic: &str) -> Parsed {
    match format {
        Format::Questions => question_file::parse(source, index, topic),
    }
}

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
mod candidates;
mod conflicting_answers;
mod curly_quotes_in_code;
mod doubled_word;
mod duplicate_answer;
mod duplicate_id;
mod duplicate_question;
mod empty_link;
mod fake_list;
mod fence_without_language;
mod finder;
mod hard_tab;
mod image_without_alt;
mod invalid_id;
mod invisible_character;
mod languages;
mod lines;
mod literals;
mod loaded;
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
mod required;
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
pub mod unused_allow;
mod vague_question;

use crate::corpus::Corpus;
use crate::duplicates::{Depth, Likeness};
use crate::verdict::{Asked, Verdict};
pub use loaded::{Rules, built_in, with_own};

/// A check that is written in Rust.
#[derive(Clone, Copy)]
pub enum Check {
    /// The parsers report it as they read.
    Parser,
    /// The run itself reports it, when all else is known.
    Run,
    Question(fn(&Asked<'_>) -> Vec<Verdict>),
    Corpus(fn(&Corpus) -> Vec<Verdict>),
    /// Over what is alike in the corpus, looked for so deep at least.
    Likeness(Depth, fn(&Corpus, &Likeness) -> Vec<Verdict>),
}

/// Name and text of each built-in page, by name.
pub const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The checks behind pages of kind `builtin`, sorted by name.
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
        Check::Likeness(Depth::SimilarQuestions, conflicting_answers::check),
    ),
    (
        "curly-quotes-in-code",
        Check::Question(curly_quotes_in_code::check),
    ),
    ("doubled-word", Check::Question(doubled_word::check)),
    (
        "duplicate-answer",
        Check::Likeness(Depth::EqualAnswers, duplicate_answer::check),
    ),
    ("duplicate-id", Check::Corpus(duplicate_id::check)),
    (
        "duplicate-question",
        Check::Likeness(Depth::EqualQuestions, duplicate_question::check),
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
    (
        "similar-answer",
        Check::Likeness(Depth::CopiedAnswers, similar_answer::check),
    ),
    (
        "similar-question",
        Check::Likeness(Depth::SimilarQuestions, similar_question::check),
    ),
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
    let at = CHECKS.binary_search_by_key(&name, |&(known, _)| known);
    CHECKS.get(at.ok()?).map(|&(_, check)| check)
}

#[cfg(test)]
mod tests {
    use super::CHECKS;

    #[test]
    fn checks_stand_in_the_order_of_their_names() {
        assert!(CHECKS.is_sorted_by(|(one, _), (other, _)| one < other));
    }
}

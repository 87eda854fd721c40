//! Multiple-choice questions asked without their choices (`--cards open`).

use super::super::{Cards, Entry, Selection};

/// A question with one of these cannot be answered by who does not see the choices.
const LEANING: &[&str] = &[
    "all that apply",
    "below",
    "choose",
    "except",
    "following",
    "of these",
    "of those",
    "options",
    "pick",
    "select",
    "these",
    "true or false",
    "which answer",
    "which answers",
    "which is",
    "which of",
    "which one",
    "which ones",
    "which option",
    "which statement",
    "which statements",
    "which two",
    "which three",
];

/// Whether the card of `entry` has no choices on its front, though the question has some.
pub(super) fn is_open(selection: &Selection<'_>, entry: &Entry<'_>) -> bool {
    selection.options.cards == Some(Cards::Open)
        && !entry.question.choices.is_empty()
        && !leans(entry)
}

/// The ids of the questions that keep their choices because they lean on them.
pub fn kept<'a>(selection: &Selection<'a>) -> Vec<&'a str> {
    let open = selection.options.cards == Some(Cards::Open);
    let entries = selection.entries.iter();
    entries
        .filter(|entry| open && !entry.question.choices.is_empty() && leans(entry))
        .map(|entry| entry.id)
        .collect()
}

fn leans(entry: &Entry<'_>) -> bool {
    let document = entry.question.document(entry.source);
    let heading = document.headings.get(entry.question.heading.index);
    heading.is_some_and(|heading| asks_for_a_choice(&heading.text.text))
}

fn asks_for_a_choice(question: &str) -> bool {
    let words = question.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let spaced = format!(" {} ", words.join(" "));
    LEANING
        .iter()
        .any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::asks_for_a_choice;

    #[test]
    fn a_question_leans_on_choices_that_it_speaks_of() {
        assert!(asks_for_a_choice("Which of these are idempotent?"));
        assert!(asks_for_a_choice("Choose: what is *not* a method?"));
        assert!(!asks_for_a_choice(
            "Which status says that nothing changed?"
        ));
        assert!(!asks_for_a_choice("What does a thesis say of theses?"));
    }
}

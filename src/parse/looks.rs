//! What a line looks like: a question, its number, the word "Answer", a link
//! back to the top. Only banks that say nothing else are read by looks.

use crate::source::Span;

/// First words of what asks, in lower case.
const ASKING: &str = "
are can compare could create define demonstrate describe design differentiate difference
differences discuss distinguish do does did explain find for given give has have how how's
identify if implement in is list mention name outline print provide reverse select should show
state suppose tell true was were what what's what’s whats when when's where where's which who
who's whom whose why will would write you
";

/// A question's number or mark: `12.`, `Q5:`, `Question 3)`, `Q.`
pub struct Label {
    /// Its digits; empty where there are none.
    pub number: Span,
    /// Whether it says `Q`.
    pub says_q: bool,
    /// What stands behind it.
    pub rest: Span,
}

/// The label that `text`, which begins at `start`, begins with.
pub fn label(text: &str, start: usize) -> Option<Label> {
    let trimmed = text.trim_start_matches([' ', '\t', '*', '_', '#']);
    let from = text.len() - trimmed.len();
    let opening = text.get(..from).unwrap_or_default();
    let word = ["question", "ques", "q"].iter().find(|word| {
        let start = trimmed.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    });
    let behind = |at: usize| trimmed.get(at..).unwrap_or_default();
    let after_word = word.map_or(0, |word| word.len());
    let series = word.map_or(0, |_| series(behind(after_word)));
    let after_word = after_word + series;
    let spaced = behind(after_word);
    let gap = spaced.len() - spaced.trim_start_matches([' ', '#', '-', '.']).len();
    let digits_at = if word.is_some() { after_word + gap } else { 0 };
    let digits = behind(digits_at);
    let digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let at = if digits > 0 {
        digits_at + digits
    } else {
        after_word
    };
    // `Quick` and `3 ways` are no labels.
    let end = behind(at);
    let bold = end.trim_start_matches(['*', '_', '\\', ' ']);
    let sign = bold.starts_with(['.', ':', ')', '-', '–', '—', ']']);
    let length = bold.chars().next().map_or(0, char::len_utf8);
    let after = bold.get(length..).unwrap_or_default();
    // `42.b.`: its part has a letter.
    let part = digits > 0 && after.starts_with(|c: char| c.is_ascii_lowercase());
    let part = after.get(1..).filter(|_| part);
    let part = part.and_then(|part| part.strip_prefix(['.', ')']));
    let after = part.filter(|rest| rest.starts_with(' ')).unwrap_or(after);
    let plain = word.is_none();
    let apart = !after.starts_with(|c: char| c.is_ascii_digit());
    let dash = bold.starts_with(['-', '–', '—']);
    let named = sign && (digits > 0 || word.is_some_and(|_| !dash)) && (!plain || (apart && !dash));
    let apart_q = end.is_empty() || end.starts_with([' ', '\t']);
    let bare_q = word.is_some() && digits > 0 && apart_q;
    if (!named && !bare_q) || digits > 5 {
        return None;
    }
    let mut rest = if named { after } else { end };
    let mut rest_end = text.len();
    if opening.contains(['*', '_']) {
        // Emphasis that opens before the label closes behind it or at the end.
        let closed = rest.trim_start_matches(['*', '_']);
        if closed.len() < rest.len() {
            rest = closed;
        } else {
            rest_end -= rest.len() - rest.trim_end_matches(['*', '_', ' ']).len();
        }
    }
    let rest_at = text.len() - rest.trim_start().len();
    let number = start + from + digits_at;
    // The numbers of another series are not those of the file.
    let counted = if series > 0 { 0 } else { digits };
    Some(Label {
        number: Span::new(number, number + counted),
        says_q: word.is_some(),
        rest: Span::new(start + rest_at.min(rest_end), start + rest_end),
    })
}

/// How long the name is that a series of questions has between its `Q` and a
/// number: `QTraining1.`
fn series(text: &str) -> usize {
    let name = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let lower = text.bytes().take(name).skip(1);
    let lower = name > 1 && lower.clone().all(|byte| byte.is_ascii_lowercase());
    let digits = text.get(name..).unwrap_or_default();
    let behind = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_series = capital && lower && behind.len() < digits.len();
    if is_series && behind.starts_with(['.', ':', ')']) {
        name
    } else {
        0
    }
}

/// Whether a line asks something, by its mark or its first word.
pub fn asks(text: &str) -> bool {
    if text.contains(['?', '？', '؟']) {
        return true;
    }
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split(|c: char| c.is_whitespace() || c == ',' || c == ':');
    let first = first.take(1).collect::<String>().to_lowercase();
    words.contains(' ') && ASKING.split_whitespace().any(|word| word == first)
}

/// What says to tell something, in lower case.
const TELL: &[&str] = &[
    "compare", "define", "describe", "discuss", "explain", "tell",
];

/// Whether a heading asks by a first word that few other headings have.
pub fn asks_by_word(text: &str) -> bool {
    let words = [
        "difference",
        "differences",
        "how",
        "what",
        "when",
        "which",
        "who",
        "why",
    ];
    let own = plain(text);
    let mut own = own.split(' ');
    own.next().is_some_and(|first| words.contains(&first)) && own.count() > 2
}

/// Whether a line asks something beyond doubt: by its mark, or by telling
/// somebody to explain. `find(path, options?)` and `If it is set, …` do not.
pub fn surely_asks(text: &str) -> bool {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split_whitespace().next().unwrap_or_default();
    let tells = TELL.iter().any(|word| first.eq_ignore_ascii_case(word));
    let is_call = first.contains(['(', '`']);
    // Behind a mark, a sentence ends: in code and addresses it goes on.
    let marked = text.split('`').step_by(2).any(|prose| {
        prose.match_indices('?').any(|(at, _)| {
            let after = prose.get(at + 1..).unwrap_or_default();
            after.is_empty()
                || after.starts_with([' ', '\n', '"', '\'', '”', '*', '_', ')', '<', '['])
        })
    });
    tells || (marked && !is_call) || text.contains(['？', '؟'])
}

/// Letters, digits and single spaces, in lower case, of text without its tags.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            _ if tag => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Text with what is shown of its links: of `[text](target)`, the text.
pub fn without_targets(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        shown.push_str(before);
        shown.push(' ');
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    shown.push_str(rest);
    shown
}

/// The source that a heading ends with, as in `What? [[src](target)]`: where
/// the words end, and the target.
pub fn source_behind(text: &str) -> Option<(usize, Span)> {
    let end = text.trim_end().trim_end_matches(']').trim_end();
    let open = end.rfind("[[").or_else(|| end.rfind('['))?;
    let (name, target) = end.get(open..)?.split_once("](")?;
    let target = target.strip_suffix(')')?;
    let name = plain(name);
    let is_source = ["src", "source", "ref", "reference", "link"]
        .contains(&name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
    let start = end.len() - 1 - target.len();
    let fits = is_source && !target.contains(['(', ')', ' ']);
    fits.then(|| {
        (
            text.get(..open).unwrap_or_default().trim_end().len(),
            Span::new(start, start + target.len()),
        )
    })
}

/// Whether a line is nothing but a link within the page that leads back up.
pub fn is_back_link(line: &str) -> bool {
    if line.len() > 300 {
        return false;
    }
    let within = line.contains("](#") || line.contains("href=\"#") || line.contains("href='#");
    let to_contents = line.contains("](") || line.contains("href=");
    if !within && !to_contents {
        return false;
    }
    let shown = without_targets(line);
    let words = plain(&shown);
    let arrow = shown.contains(['⬆', '↑', '↥', '🔝', '🔼', '▲', '⇧', '⤴', '⏫', '△']);
    let back = words.starts_with("back to") || words.starts_with("return to");
    let up = [
        "top",
        "go to top",
        "to top",
        "goto top",
        "go to the top",
        "to the top",
        "scroll to top",
    ];
    (within && (up.contains(&words.as_str()) || (arrow && words.len() <= 30)))
        || (back && words.len() <= 40)
}

/// What a line that names the answer says beside: `Answer`, `#### Answer: B`.
pub enum Answer {
    Named,
    /// The letters of the right choices, in lower case, or their digits.
    Letters(Vec<char>),
}

/// Whether `line` is a heading or a bold line that names the answer.
pub fn answer_line(line: &str) -> Option<Answer> {
    if line.len() > 120 {
        return None;
    }
    let words = plain(line);
    let rest = ["answers", "answer", "correct answer", "solution", "ans"]
        .iter()
        .filter_map(|name| words.strip_prefix(*name))
        .find(|rest| rest.is_empty() || rest.starts_with(' '))?;
    let marked = line.trim_start().starts_with(['#', '*', '_', '<']);
    let marked = marked || line.trim_end().ends_with(':') || line.contains(':');
    let words: Vec<&str> = rest
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "and" && *word != "is")
        .collect();
    if words.is_empty() {
        return marked.then_some(Answer::Named);
    }
    let letters: Option<Vec<char>> = words
        .iter()
        .map(|word| match word.as_bytes() {
            [letter @ (b'a'..=b'h' | b'1'..=b'8')] => Some(char::from(*letter)),
            _ => None,
        })
        .collect();
    letters.filter(|_| marked).map(Answer::Letters)
}

/// Whether a `<summary>` says that the answer is in it.
pub fn is_answer_summary(text: &str) -> bool {
    let words = plain(text);
    let words: Vec<&str> = words.split(' ').collect();
    words.len() <= 6
        && words
            .iter()
            .any(|word| ["answer", "answers", "solution", "ans"].contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(text: &str) -> Option<(&str, &str)> {
        let label = label(text, 0)?;
        Some((&text[label.number.range()], &text[label.rest.range()]))
    }

    #[test]
    fn a_number_is_told_from_a_question_that_begins_with_one() {
        assert_eq!(labelled("12. What?"), Some(("12", "What?")));
        assert_eq!(labelled("1) What?"), Some(("1", "What?")));
        assert_eq!(labelled("Q16.What?"), Some(("16", "What?")));
        assert_eq!(labelled("Q. ***What?***"), Some(("", "***What?***")));
        assert_eq!(labelled("Question 3: What?"), Some(("3", "What?")));
        assert_eq!(labelled("1\\. What?"), Some(("1", "What?")));
        assert_eq!(labelled("**7.** What?"), Some(("7", "What?")));
        assert_eq!(labelled("**7. What?**"), Some(("7", "What?")));
        assert_eq!(labelled("Q7"), Some(("7", "")));
        assert_eq!(labelled("Q7.b. What?"), Some(("7", "What?")));
        assert_eq!(labelled("Q7. a. b?"), Some(("7", "a. b?")));
        assert_eq!(labelled("QTraining1. What?"), Some(("", "What?")));
        assert_eq!(labelled("Q1. What is “x”?"), Some(("1", "What is “x”?")));
        assert_eq!(labelled("Q11. 什么是闭包？"), Some(("11", "什么是闭包？")));
        for none in [
            "What?",
            "Quick sort?",
            "3 ways to sort",
            "2.0 or 1.0?",
            "Q",
            "QBasic",
            "QBasic 4. What?",
            "3-tier design",
        ] {
            assert_eq!(labelled(none), None, "{none}");
        }
    }

    #[test]
    fn what_surely_asks_is_told_from_what_documents_say() {
        for asks in ["What is `a?b`, then?", "Explain scope.", "Is it (or not)?"] {
            assert!(surely_asks(asks), "{asks}");
        }
        for says in [
            "find(path, options?)",
            "`a?`",
            "If it is set, nothing is done.",
            "See https://example.org/?a=b",
            "List files",
        ] {
            assert!(!surely_asks(says), "{says}");
        }
    }

    #[test]
    fn a_link_back_is_told_from_an_answer() {
        for back in [
            "   **[⬆ Back to Top](#table-of-contents)**",
            "<br>[⬆ Back to top](#contents)",
            "    <b><a href=\"#\">↥ back to top</a></b>",
            "[↑](#top)",
        ] {
            assert!(is_back_link(back), "{back}");
        }
        for other in [
            "See [above](#x).",
            "[Back up your data](https://example.org/backup)",
            "Top",
        ] {
            assert!(!is_back_link(other), "{other}");
        }
    }

    #[test]
    fn the_right_letters_are_read() {
        let letters = |line| match answer_line(line) {
            Some(Answer::Letters(letters)) => letters,
            _ => Vec::new(),
        };
        assert_eq!(letters("#### Answer: D"), ['d']);
        assert_eq!(letters("**Answer:** A and C"), ['a', 'c']);
        assert!(matches!(answer_line("#### Answer"), Some(Answer::Named)));
        assert!(answer_line("Answers vary a lot.").is_none());
    }
}

//! Choices without boxes: what has a letter, or is a bullet, becomes a list of
//! boxes where the right ones are named below.

use crate::source::Span;

use super::body::{File, Line, indentation, slice, within};
use super::looks::{Answer, answer_line, plain};

/// Lettered choices become a list of boxes, where the right ones are known.
pub fn lettered(file: File<'_>, lines: &mut [Line], right: &[char]) {
    if right.is_empty() {
        return;
    }
    let mut begun = None;
    for line in lines.iter_mut().filter(|line| line.kept && !line.code) {
        let text = slice(file, line.span);
        let Some((letter, length)) = choice_letter(text) else {
            continue;
        };
        // The first is `A` or `1`; what follows may skip a letter or repeat one.
        let indent = indentation(text, usize::MAX);
        if begun.is_none() && matches!(letter, 'a' | '1') {
            begun = Some(indent);
        }
        if begun == Some(indent) {
            set_box(file, line, length, right.contains(&letter));
        }
    }
    if begun.is_none() {
        for choice in bare(file, lines) {
            let is_right = choice.letter.is_some_and(|letter| right.contains(&letter));
            if let Some(line) = lines.get_mut(choice.line) {
                set_box(file, line, choice.length, is_right);
            }
        }
    }
}

/// Choices that code directly below them names the right one of: `B. two`,
/// `Answer: B`, or its words. They become boxes, and the code goes; returns the
/// line below it, where the answer begins.
pub fn named_by_code(file: File<'_>, lines: &mut [Line]) -> Option<usize> {
    let mut choices = bare(file, lines);
    if choices.is_empty() {
        choices = bullets(file, lines);
    }
    let last = choices.last()?.line;
    let blank = |line: &&Line| !line.kept || slice(file, line.span).trim().is_empty();
    let below = lines.get(last + 1..)?;
    let start = last + 1 + below.iter().take_while(blank).count();
    let code = lines.get(start..)?.iter().take_while(|line| line.code);
    let end = start + code.count();
    // A line, and a fence around it.
    let [open, named, _] = lines.get(start..end)? else {
        return None;
    };
    if !slice(file, open.span).starts_with("```") {
        return None;
    }
    let named = slice(file, named.span);
    let words = plain(named);
    let letter = match (answer_line(named), bare_letter(named)) {
        (Some(Answer::Letters(letters)), _) => letters.first().copied(),
        (_, Some((letter, _))) => Some(letter),
        _ => None,
    };
    let is_right = |choice: &Choice| match (letter, choice.letter) {
        (Some(letter), Some(own)) => letter == own,
        _ => !words.is_empty() && plain(&choice.words) == words,
    };
    if choices.iter().filter(|choice| is_right(choice)).count() != 1 {
        return None;
    }
    for choice in &choices {
        if let Some(line) = lines.get_mut(choice.line) {
            set_box(file, line, choice.length, is_right(choice));
        }
    }
    for line in lines.get_mut(start..end).unwrap_or_default() {
        line.kept = false;
    }
    Some(end)
}

/// Bullets or numbers of which some say that they are right, `- one // Correct`,
/// become boxes; returns the line below them, where the answer begins.
pub fn marked(file: File<'_>, lines: &mut [Line]) -> Option<usize> {
    // They may be indented so far that Markdown makes code of them.
    let text = |line: &Line| slice(file, line.span);
    let plain = |line: &Line| !line.code || within(&file.outline.indented, line.span.start());
    let is_bullet = |line: &Line| line.kept && plain(line) && bullet(text(line)).is_some();
    let first = lines.iter().position(is_bullet)?;
    let indent = indentation(text(lines.get(first)?), usize::MAX);
    let alike = |line: &&Line| is_bullet(line) && indentation(text(line), usize::MAX) == indent;
    let below = lines.get(first..)?;
    let end = first + below.iter().take_while(alike).count();
    let own = lines.get_mut(first..end)?;
    let right = own.iter().filter(|line| right_mark(text(line)) > 0).count();
    if own.len() < 2 || right == 0 || right == own.len() {
        return None;
    }
    for line in own {
        let text = slice(file, line.span);
        let mark = right_mark(text);
        let words = text.trim_end().len() - mark;
        let length = bullet(text).unwrap_or_default();
        line.span = line.span.ending(line.span.start() + words.max(length));
        line.code = false;
        set_box(file, line, length, mark > 0);
    }
    Some(end)
}

/// How long a bullet or a number is, with what stands around it.
fn bullet(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = if digits.len() < bare.len() {
        digits.strip_prefix(['.', ')'])?
    } else {
        bare.strip_prefix(['*', '-', '+'])?
    };
    let words = behind.trim_start_matches([' ', '\t']);
    (words.len() < behind.len() && !words.trim().is_empty()).then_some(text.len() - words.len())
}

/// How long the mark of a right choice is that a line ends with: `// Correct`,
/// `<<--CORRECT`, `(correct)`.
fn right_mark(text: &str) -> usize {
    let text = text.trim_end();
    let bare = text.trim_end_matches([')', '*', '!', '.']);
    let start = bare.len().saturating_sub("correct".len());
    let word = bare.get(start..).unwrap_or_default();
    let before = bare.get(..start).unwrap_or_default();
    let words = before.trim_end_matches(['<', '-', '=', '/', '(', '*', ' ']);
    let sign = before.get(words.len()..).unwrap_or_default().trim();
    let says = ["//", "<", "(", "--", "**("];
    if word.eq_ignore_ascii_case("correct") && says.iter().any(|says| sign.starts_with(says)) {
        text.len() - words.len()
    } else {
        0
    }
}

/// A line that may be a choice.
struct Choice {
    line: usize,
    letter: Option<char>,
    /// Of all before its words, in bytes.
    length: usize,
    words: String,
}

/// Whether choices with letters stand in `lines`.
pub fn are_lettered(file: File<'_>, lines: &[Line]) -> bool {
    !bare(file, lines).is_empty()
}

/// Lines that begin with letters in their order, from `A.` on: two or more.
fn bare(file: File<'_>, lines: &[Line]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = slice(file, line.span);
        let blank = !line.kept || text.trim().is_empty();
        let next = ('a'..='h').nth(choices.len());
        match bare_letter(text).filter(|_| line.kept && !line.code) {
            Some((letter, length)) if Some(letter) == next => choices.push(Choice {
                line: at,
                letter: Some(letter),
                length,
                words: text.get(length..).unwrap_or_default().to_string(),
            }),
            // What follows the last of them is none.
            _ if !blank && !choices.is_empty() => break,
            _ => {}
        }
    }
    if choices.len() < 2 {
        choices.clear();
    }
    choices
}

/// Bullets that all else stands below, three or more.
fn bullets(file: File<'_>, lines: &[Line]) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = slice(file, line.span);
        let words = text.strip_prefix(['*', '-', '+']);
        let words = words.and_then(|words| words.strip_prefix(' '));
        match words.filter(|_| line.kept && !line.code) {
            Some(words) => choices.push(Choice {
                line: at,
                letter: None,
                length: text.len() - words.trim_start().len(),
                words: words.to_string(),
            }),
            None if line.kept && !text.trim().is_empty() => break,
            None => {}
        }
    }
    if choices.len() < 3 {
        choices.clear();
    }
    choices
}

/// Puts a box in place of the first `length` bytes of a line.
fn set_box(file: File<'_>, line: &mut Line, length: usize, is_right: bool) {
    let text = slice(file, line.span).get(length..).unwrap_or_default();
    let start = line.span.start() + length;
    line.mark = Some((mark(is_right, text), Span::new(line.span.start(), start)));
    // In the file, spaces at its end part it from the next line.
    line.span = Span::new(start, start + text.trim_end().len());
}

/// The box before a choice. What would begin a block behind it is text.
fn mark(is_right: bool, text: &str) -> &'static str {
    let first = text.split_whitespace().next().unwrap_or_default();
    let bare = text.trim();
    let all = |mark: char| bare.len() > 2 && bare.chars().all(|c| c == mark);
    let hashes = first.trim_start_matches('#').is_empty() && first.len() <= 6;
    let is_block = first.starts_with('>')
        || (hashes && !first.is_empty())
        || ["*", "+", "-"].contains(&first)
        || ['-', '*', '_'].into_iter().any(all);
    match (is_right, is_block) {
        (true, false) => "- [x] ",
        (false, false) => "- [ ] ",
        (true, true) => "- [x] \\",
        (false, true) => "- [ ] \\",
    }
}

/// The letter of a choice such as `- A: …`, `- B) …` or `- 1: …`, and the
/// length of all before its text.
fn choice_letter(line: &str) -> Option<(char, usize)> {
    let bullet = line.trim_start();
    let rest = bullet.strip_prefix(['-', '*', '+'])?;
    let rest = rest.trim_start();
    let marked = rest.trim_start_matches(['*', '_', '(']);
    let letter = marked
        .chars()
        .next()
        .filter(|c| matches!(c, 'A'..='H' | 'a'..='h' | '1'..='8'))?;
    let behind = marked.get(1..)?.trim_start_matches(['*', '_']);
    let behind = behind.strip_prefix([':', ')', '.'])?;
    let text = behind.trim_start_matches(['*', '_', ' ', '\t']);
    let apart = behind.len() > text.len() || line.contains(':');
    apart.then_some((letter.to_ascii_lowercase(), line.len() - text.len()))
}

/// As [`choice_letter`], without a bullet: `A. …`, `**B.** …`.
fn bare_letter(line: &str) -> Option<(char, usize)> {
    let marked = line.trim_start_matches('*');
    let letter = marked.chars().next().filter(|c| matches!(c, 'A'..='H'))?;
    let behind = marked.get(1..)?.trim_start_matches('*');
    let behind = behind
        .strip_prefix(['.', ')', ':'])?
        .trim_start_matches('*');
    let text = behind.trim_start_matches([' ', '\t']);
    let apart = behind.len() > text.len() && !text.trim().is_empty();
    apart.then_some((letter.to_ascii_lowercase(), line.len() - text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_told_from_a_word() {
        assert_eq!(choice_letter("- A: `x`"), Some(('a', 5)));
        assert_eq!(choice_letter("- D:`x`"), Some(('d', 4)));
        assert_eq!(choice_letter("- A dog"), None);
        assert_eq!(bare_letter("**B.** two"), Some(('b', 7)));
        assert_eq!(bare_letter("A dog: one"), None);
    }
}

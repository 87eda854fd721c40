//! Where the lines below a question say that its answer begins: at `#### Answer`,
//! or in a `<details>` that says so.

use crate::source::Span;

use super::body::{File, Line, slice};
use super::boxes::is_checked;
use super::letters::{are_lettered, lettered, marked, named_by_code};
use super::looks::{Answer, answer_line, is_answer_summary};

/// Finds where the answer begins, if the lines say it: at `#### Answer`, or in
/// a `<details>` that says so. What only says it is left out. Lettered choices
/// above become a list of boxes, where the right ones are known.
pub fn answer(file: File<'_>, lines: &mut [Line]) -> Option<usize> {
    let folded = fold(file, lines);
    if folded.is_none()
        && let Some(begins) = named_by_code(file, lines).or_else(|| marked(file, lines))
    {
        return Some(begins);
    }
    if let Some(above) = folded.and_then(|at| lines.get_mut(..at)) {
        named_above(file, above);
    }
    let from = folded.unwrap_or(0);
    let mut begins = folded;
    let mut right = Vec::new();
    let mut seen = 0;
    let (mut begins_paragraph, mut below_heading) = (true, false);
    let letters = folded.is_none() && are_lettered(file, lines);
    let mut named_at = None;
    for (at, line) in lines.iter_mut().enumerate().skip(from) {
        let text = slice(file, line.span);
        if line.code || !line.kept || text.trim().is_empty() {
            begins_paragraph = true;
            continue;
        }
        // An answer may speak of answers: its headings begin parts of it.
        below_heading |= text.starts_with('#');
        begins_paragraph &= !below_heading;
        seen += 1;
        if folded.is_none()
            && begins_paragraph
            && let Some(length) = label(text, seen == 1 && !letters)
        {
            line.span = line.span.starting(line.span.start() + length);
            begins = Some(at);
            break;
        }
        begins_paragraph = false;
        let Some(named) = answer_line(text) else {
            // In a fold, the letter stands in the first lines or nowhere.
            if folded.is_some() && seen > 3 {
                break;
            }
            continue;
        };
        line.kept = false;
        if let Answer::Letters(letters) = named {
            right = letters;
            named_at = Some(at);
        }
        begins = begins.or(Some(at));
        break;
    }
    let end = begins.unwrap_or(lines.len());
    if let Some(above) = lines.get_mut(..end) {
        lettered(file, above, &right);
    }
    let ticked = |line: &Line| line.mark.is_some_and(|(mark, _)| is_checked(mark));
    let is_right = |line: &Line| ticked(line) || is_checked(slice(file, line.span));
    let above = lines.get(..end).unwrap_or_default();
    if let Some(at) = named_at
        && !above.iter().any(is_right)
        && let Some(line) = lines.get_mut(at)
    {
        // Where it is none of the choices, what looks like a letter is the answer.
        line.kept = true;
        let text = slice(file, line.span);
        let value = text.split_once(':').map_or("", |(_, value)| value);
        let value = value.trim_start_matches([' ', '*', '_']);
        let start = line.span.end() - value.len();
        let value = value.trim_end().trim_end_matches(['*', '_']);
        if !value.is_empty() {
            line.span = Span::new(start, start + value.len());
        }
    }
    begins
}

/// How long the label is that a paragraph begins with which goes on as the
/// answer: `*Answer:* …`, `**Ans:** …`, `Answer: …`; the first one may say no
/// more than `A: …`, or `**A.**` above all of it.
fn label(text: &str, first: bool) -> Option<usize> {
    let inner = text.trim_start_matches(['*', '_']);
    let marks = text.get(..text.len() - inner.len())?;
    let word = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = inner.get(..word)?.to_ascii_lowercase();
    let letter = name == "a" && first;
    if !(letter || name == "answer" || name == "ans") || marks.len() > 3 {
        return None;
    }
    let behind = inner.get(word..)?;
    let ends = |sign: &str| {
        let (inside, outside) = (format!("{sign}{marks}"), format!("{marks}{sign}"));
        let rest = behind.strip_prefix(inside.as_str());
        rest.or_else(|| behind.strip_prefix(outside.as_str()))
    };
    let point = (letter && !marks.is_empty()).then(|| ends(".")).flatten();
    let rest = ends(":").or(point)?;
    let words = rest.trim_start();
    if words.is_empty() {
        return (letter && !marks.is_empty()).then_some(text.len());
    }
    let goes_on = words.len() < rest.len();
    (goes_on && answer_line(text).is_none()).then_some(text.len() - words.len())
}

/// Drops the line that names the answer directly above the fold that it is in.
fn named_above(file: File<'_>, above: &mut [Line]) {
    let mut shown = above.iter_mut().rev();
    let last = shown.find(|line| line.kept && !slice(file, line.span).trim().is_empty());
    if let Some(line) = last.filter(|line| !line.code)
        && let Some(Answer::Named) = answer_line(slice(file, line.span))
    {
        line.kept = false;
    }
}

/// Opens a `<details>` whose summary says that the answer is in it: the line
/// where its text begins.
fn fold(file: File<'_>, lines: &mut [Line]) -> Option<usize> {
    let plainly = |line: &Line| line.kept && !line.code;
    let text = |line: &Line| slice(file, line.span);
    let first = lines
        .iter()
        .position(|line| plainly(line) && text(line).contains("<details"))?;
    let last = lines.iter().enumerate().skip(first).take(6);
    let mut last = last.filter(|(_, line)| text(line).contains("</summary>"));
    let (last, closes) = last.next().map(|(at, line)| (at, *line))?;
    let start = lines.get(first)?.span.start();
    let whole = file.text.get(start..closes.span.end()).unwrap_or_default();
    let summary = whole.split_once("<summary").map_or("", |(_, rest)| rest);
    let summary = summary.split_once('>').map_or("", |(_, rest)| rest);
    let summary = summary.split("</summary>").next().unwrap_or_default();
    if !is_answer_summary(summary) || !whole.trim_start().starts_with("<details") {
        return None;
    }
    for line in lines.get_mut(first..last)? {
        line.kept = false;
    }
    // What stands behind the summary in its line is answer.
    let behind = slice(file, closes.span).find("</summary>")? + "</summary>".len();
    let end = lines
        .iter()
        .rposition(|line| plainly(line) && text(line).contains("</details>"));
    // Of several folds, one beside the other, none is all of the answer.
    let mut depth = 0_usize;
    for line in lines.get(first..end.unwrap_or(first))? {
        let count = |tag: &str| {
            if line.code {
                0
            } else {
                text(line).matches(tag).count()
            }
        };
        depth = (depth + count("<details")).saturating_sub(count("</details>"));
        if depth == 0 {
            return None;
        }
    }
    if let Some(line) = end.and_then(|end| lines.get_mut(end)) {
        let closing = slice(file, line.span).find("</details>")?;
        line.span = line.span.ending(line.span.start() + closing);
    }
    if let Some(line) = lines.get_mut(last) {
        line.span = line.span.starting(line.span.start() + behind);
    }
    let end = end.unwrap_or(lines.len());
    let mut from = last;
    // The paragraph's tags around the answer.
    let bare = ["<p>", "<br>", "<br/>", "<br />", "<div>", "<b>"];
    while let Some(line) = lines.get_mut(from) {
        let text = slice(file, line.span).trim();
        if !text.is_empty() && !bare.contains(&text) {
            break;
        }
        line.kept = line.kept && text.is_empty() && from != last;
        from += 1;
    }
    for line in lines.iter_mut().take(end + 1).rev() {
        let text = slice(file, line.span).trim();
        if !text.is_empty() && !["</p>", "</div>", "</b>", "</details>"].contains(&text) {
            break;
        }
        line.kept = line.kept && text.is_empty();
    }
    Some(last)
}

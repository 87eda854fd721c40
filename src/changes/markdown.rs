//! Changes for release notes. What questions hold is text there: no mark, link,
//! mention of a person or number of an issue.

use std::fmt::Write;

use super::Difference;
use super::lines::{Line, MAX_LINES, lines, summary};
use crate::report::markdown::as_text;

/// Longer texts are cut, in characters.
const MAX_TEXT: usize = 300;

pub fn render(difference: &Difference) -> String {
    let mut out = format!("## Questions\n\n{}\n", summary(difference));
    let lines = lines(difference);
    let (shown, more) = lines.split_at(lines.len().min(MAX_LINES));
    let mut what = "";
    for line in shown {
        if line.what != what {
            what = line.what;
            // Writing to a String cannot fail.
            let _ = write!(out, "\n### {}\n\n", heading(what));
        }
        out.push_str(&item(line));
    }
    if !more.is_empty() {
        let _ = write!(out, "\n{} more.\n", more.len());
    }
    out
}

fn heading(what: &str) -> &'static str {
    match what {
        "added" => "Added",
        "removed" => "Removed",
        "new id" => "Under another id",
        "reworded" => "Reworded",
        "moved" => "Moved",
        "relicensed" => "Under another licence",
        _ => "Changed otherwise",
    }
}

/// The question, or its id where it is not known, and what there is to say.
fn item(line: &Line<'_>) -> String {
    let question = line.new.question.as_deref();
    let title = text(question.unwrap_or(&line.new.id));
    let more = match line.what {
        "added" | "removed" => line.new.topic.as_deref().unwrap_or_default(),
        _ => &line.more,
    };
    if more.is_empty() {
        format!("- {title}\n")
    } else {
        format!("- {title} ({})\n", text(more))
    }
}

/// The text's beginning, shown as it is.
fn text(text: &str) -> String {
    let short: String = text.chars().take(MAX_TEXT).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    as_text(&short) + cut
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser};

    use super::*;
    use crate::markdown::options;

    #[test]
    fn what_a_question_holds_is_text() {
        let hostile = "# a\n\n- [x](y) <b>@all</b> #1 `c` *d* ![e](f) &amp; | $g$ [^1] https://h.i ~~j~~\n```";
        let markdown = format!("- {}\n", text(hostile));
        let (mut seen, mut code, mut marks) = (String::new(), String::new(), 0);
        for event in Parser::new_ext(&markdown, options()) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::Code(text) => code.push_str(&text),
                // The list and its item, each with an end.
                Event::Start(_) | Event::End(_) => marks += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(marks, 4);
        for word in ["@all", "#1", "[x](y)", "![e](f)", "https://h.i"] {
            assert!(code.contains(word) && !seen.contains(word), "{markdown}");
        }
    }
}

//! Changes for people: a line each, those of one kind together.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use super::Difference;
use super::lines::{Line, MAX_LINES, lines, summary};
use crate::report::Look;
use crate::visible::visible;

/// The longest kind of change, and two spaces.
const KIND: usize = 12;
/// Longer ids push what follows to the right.
const MAX_ID: usize = 30;

pub fn render(difference: &Difference, look: Look) -> String {
    let lines = lines(difference);
    let (shown, more) = lines.split_at(lines.len().min(MAX_LINES));
    let widths = shown
        .iter()
        .map(|line| display_width(&visible(&line.new.id)));
    let width = widths.max().unwrap_or(0).min(MAX_ID);
    let mut out = String::new();
    for line in shown {
        row(line, width, look, &mut out);
    }
    // Writing to a String cannot fail.
    if !more.is_empty() {
        let _ = writeln!(out, "… and {} more", more.len());
    }
    let _ = writeln!(out, "{}", summary(difference));
    out
}

/// The kind, the id, and what there is to say; of a reworded question both wordings.
fn row(line: &Line<'_>, width: usize, look: Look, out: &mut String) {
    let room = look.width.saturating_sub(KIND + width + 2).max(20);
    let question = line.new.question.as_deref().unwrap_or_default();
    let texts = match line.what {
        "added" | "removed" => vec![question],
        "reworded" => vec![question, &line.more],
        _ => vec![line.more.as_str()],
    };
    let id = visible(&line.new.id);
    let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(display_width(text)));
    let colour = match line.what {
        "added" => AnsiColor::Green,
        "removed" | "new id" => AnsiColor::Red,
        _ => AnsiColor::Yellow,
    };
    let style = Style::new().fg_color(Some(colour.into()));
    let what = if look.colour {
        format!("{style}{}{style:#}", line.what)
    } else {
        line.what.to_string()
    };
    let mut start = format!("{what}{}{id}{}  ", pad(line.what, KIND), pad(&id, width));
    for text in texts {
        let text = cut(&visible(text), room);
        let _ = writeln!(out, "{}", format!("{start}{text}").trim_end());
        start = " ".repeat(KIND + width + 2);
    }
}

/// The text in at most `room` columns.
fn cut(text: &str, room: usize) -> String {
    if display_width(text) <= room {
        return text.to_string();
    }
    let mut short = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += display_width(c.encode_utf8(&mut [0; 4]));
        if taken > room {
            break;
        }
        short.push(c);
    }
    short + "…"
}

//! Where a question begins in what goes on over it: a fence that never closes,
//! or HTML without an empty line below it.

use crate::source::Span;

use super::looks::{label, plain};

/// The first line in a block of HTML that begins a question directly below a
/// line of nothing but closing tags, as Markdown wants an empty one there.
pub fn question_in_html(text: &str, html: Span) -> Option<usize> {
    let mut at = html.start();
    let mut closed = false;
    for line in text.get(html.range())?.split_inclusive('\n') {
        if closed && begins_question(line) {
            return Some(at);
        }
        let bare = line.trim();
        let tags = ["</", "<br", "<hr"].iter().any(|tag| bare.starts_with(tag));
        closed = tags && bare.ends_with('>') && plain(bare).is_empty();
        at += line.len();
    }
    None
}

/// The first line in a fence that never closes which begins a question.
pub fn question_in_fence(text: &str, fence: Span) -> Option<usize> {
    let mut at = fence.start();
    for (number, line) in text.get(fence.range())?.split_inclusive('\n').enumerate() {
        if number > 0 && begins_question(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn begins_question(line: &str) -> bool {
    let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = unnumbered.len() < line.len() && unnumbered.starts_with(['.', ')']);
    let heading = if item {
        unnumbered.get(1..).unwrap_or_default().trim_start()
    } else {
        line
    };
    let words = heading.trim_start_matches('#');
    let level = heading.len() - words.len();
    let is_heading = (2..=6).contains(&level) && words.starts_with(' ');
    let asks = item || words.trim_end().ends_with('?') || label(words.trim(), 0).is_some();
    line.starts_with("<details") || (is_heading && asks)
}

//! `empty-link`: a link with no target, or with nothing to click on.

use crate::markdown::Link;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let verdict = |link: &Link| {
        let kind = if link.image { "image" } else { "link" };
        if link.target.trim().is_empty() {
            let message = format!("the {kind} leads nowhere");
            return Some(asked.verdict(
                link.span,
                message,
                "add the address, or keep the text only",
            ));
        }
        // Raw HTML, such as an icon, is no text, but it shows.
        let at = document
            .html
            .partition_point(|html| html.start() < link.span.start());
        let html = document.html.get(at);
        let holds_html = html.is_some_and(|html| html.start() < link.span.end());
        let blank = !link.image && !holds_html && link.text.text.trim().is_empty();
        blank.then(|| {
            let message = "the link has no text, so nobody can follow it";
            asked.verdict(
                link.span,
                message,
                "write between the brackets where it leads",
            )
        })
    };
    document.links.iter().filter_map(verdict).collect()
}

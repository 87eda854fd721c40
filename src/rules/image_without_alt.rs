//! `image-without-alt`: an image without a text for who cannot see it.

use crate::markdown::tags::tags;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let images = document.links.iter().filter(|link| link.image);
    let silent = images.filter(|image| image.text.text.trim().is_empty());
    let silent = silent.map(|image| (image.span, "say what it shows: `![two threads](…)`"));
    // An empty `alt` is how HTML marks a picture that only decorates.
    let tags = tags(&asked.source.text, document).into_iter();
    let raw = tags.filter(|tag| tag.is(&["img"]) && tag.attribute("alt").is_none());
    let raw = raw.map(|tag| (tag.span, "say what it shows: `alt=\"two threads\"`"));
    let both = silent.chain(raw);
    both.map(|(span, help)| asked.verdict(span, "the image has no alternative text", help))
        .collect()
}

//! `raw-html`: a tag that neither exports nor readers of plain Markdown pass on.

use crate::markdown::raw_html::passes;
use crate::markdown::tags::tags;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let also = asked.options.list("also");
    let tags = tags(&asked.source.text, asked.document()).into_iter();
    let others = tags.filter(|tag| !tag.closing && !passes(tag.name) && !tag.is(&also));
    others
        .map(|tag| {
            let message = format!("`<{}>` is raw HTML", tag.name);
            let help = "write it in Markdown; no export passes this tag on";
            asked.verdict(tag.span, message, help)
        })
        .collect()
}

//! `unknown-fence-language`: a language of a code fence that no highlighter knows.

use std::sync::LazyLock;

use foldhash::HashSet;
use strsim::damerau_levenshtein;

use super::languages::{COMMON, KNOWN};
use crate::finding::{Edit, did_you_mean};
use crate::markdown::Fence;
use crate::markdown::fence::language;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| KNOWN.split_whitespace().collect());

/// A shorter name is one letter away from too many others.
const MIN_CLEAR: usize = 4;

/// So often in one question it is looked for what was meant: each look
/// compares with all common names.
const MAX_LOOKS: usize = 100;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let codes = asked.document().codes.iter();
    let fences = codes.filter_map(|code| code.fence.as_ref());
    let mut looks = MAX_LOOKS;
    fences
        .filter_map(|fence| judge(asked, fence, &mut looks))
        .collect()
}

fn judge(asked: &Asked<'_>, fence: &Fence, looks: &mut usize) -> Option<Verdict> {
    let start = fence.language.start();
    let info = Span::new(start, asked.source.line_span(start).end().max(start));
    let written = language(asked.source.slice(info))?;
    let lower = written.to_ascii_lowercase();
    let also = asked.options.list("also");
    if NAMES.contains(lower.as_str()) || also.contains(&lower.as_str()) {
        return None;
    }
    let start = start + asked.source.slice(info).find(written)?;
    let span = Span::new(start, start + written.len());
    let message = format!("no highlighter knows the language `{written}`");
    let known = COMMON
        .iter()
        .take(if *looks > 0 { COMMON.len() } else { 0 });
    *looks = looks.saturating_sub(1);
    let Some(meant) = did_you_mean(&lower, known.copied()) else {
        let help = "write a name that one knows, or `text` for what is no code";
        return Some(asked.verdict(span, message, help));
    };
    let verdict = asked.verdict(span, message, format!("did you mean `{meant}`?"));
    Some(if is_clear(&lower, meant) {
        verdict.safely(vec![Edit::new(span, meant)])
    } else {
        verdict
    })
}

/// Whether `name` can be nothing but a slip of the pen for `meant`.
fn is_clear(name: &str, meant: &str) -> bool {
    let near = |other: &&&str| damerau_levenshtein(name, other) == 1;
    let same_start = name.chars().next() == meant.chars().next();
    meant.len() >= MIN_CLEAR
        && same_start
        && near(&&meant)
        && COMMON.iter().filter(near).count() == 1
}

#[cfg(test)]
mod tests {
    use super::NAMES;
    use crate::markdown::highlight;

    #[test]
    fn every_language_that_has_colours_is_known() {
        let unknown: Vec<_> = highlight::names()
            .filter(|name| !NAMES.contains(name))
            .collect();
        assert_eq!(unknown, [""; 0]);
    }
}

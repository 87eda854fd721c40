//! The findings of the JSON contract, a line each.

use super::json::{item, to_line};
use super::{Judged, placed};

pub fn render(judged: &[Judged<'_>]) -> String {
    placed(judged)
        .map(|(one, finding, source)| to_line(&item(one.corpus, finding, source)))
        .collect()
}

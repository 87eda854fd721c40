//! Comments that stand as blocks, each with the block that it covers.

use super::Comment;
use crate::source::Span;

/// Comments that wait for the next block beside them: depth, index.
#[derive(Default)]
pub(super) struct Waiting(Vec<(usize, usize)>);

impl Waiting {
    /// A comment ends at `depth`, itself counted.
    pub(super) fn add(&mut self, comments: &mut Vec<Comment>, depth: usize, span: Span) {
        self.0.push((depth, comments.len()));
        comments.push(Comment { span, covers: None });
    }

    /// A block begins at `depth`, itself counted: comments that waited beside it cover it.
    pub(super) fn cover(&mut self, comments: &mut [Comment], depth: usize, span: Span) {
        self.0.retain(|&(at, index)| {
            if at != depth {
                return true;
            }
            if let Some(comment) = comments.get_mut(index) {
                comment.covers = Some(span);
            }
            false
        });
    }

    /// What stands below `depth` has ended: nothing follows in it.
    pub(super) fn leave(&mut self, depth: usize) {
        self.0.retain(|&(at, _)| at <= depth + 1);
    }
}

//! What each heading of a file is to its questions: one of them, a section, or
//! a part of an answer.

use crate::source::Span;

use super::body::File;
use super::boxes::has_choices;
use super::folds::folds;
use super::frames::leads_elsewhere;
use super::heading_form::{Form, Series, words};
use super::looks::{answer_line, plain};
use super::outline::{Head, PARAGRAPH};
use super::repeated::is_repeated;

/// What a heading is to the questions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Question,
    /// It ends the question above it.
    Section,
    /// A part of an answer.
    Inner,
}

pub fn roles(file: File<'_>, form: Form) -> Vec<Role> {
    let sections = section_level(file, form);
    Roles {
        file,
        form,
        sections,
    }
    .roles()
}

struct Roles<'a> {
    file: File<'a>,
    form: Form,
    /// Deeper headings name no section.
    sections: usize,
}

/// The deepest level of the headings that questions stand directly below, where
/// these are paragraphs; all that are higher than a question otherwise.
fn section_level(file: File<'_>, form: Form) -> usize {
    let heads = &file.outline.heads;
    let above = heads.iter().zip(heads.iter().skip(1));
    let above = above.filter(|(head, next)| {
        let between = file.text.get(head.lines.end()..next.lines.start());
        head.level < PARAGRAPH && next.level == PARAGRAPH && between.unwrap_or("").trim().is_empty()
    });
    let deepest = above.map(|(head, _)| head.level).max();
    deepest
        .filter(|_| form.level == PARAGRAPH)
        .unwrap_or(form.level)
}

impl Roles<'_> {
    fn roles(&self) -> Vec<Role> {
        let heads = &self.file.outline.heads;
        let folded = self.folded();
        let within = |head: &Head| {
            let next = folded.partition_point(|fold| fold.end() <= head.lines.start());
            let fold = folded.get(next);
            fold.is_some_and(|fold| fold.contains(head.lines.start()))
        };
        // Where none is of the level that was set, that says so.
        let has_level = heads.iter().any(|head| head.level == self.form.level);
        let mut series = Series::default();
        let mut roles = Vec::with_capacity(heads.len());
        for (at, head) in heads.iter().enumerate() {
            let mut role = self.role(head);
            let asked = role == Role::Question;
            let leaf = has_level && !asked && self.is_leaf(at, head);
            if within(head) {
                role = Role::Inner;
            } else if series.goes_on(self.file.text, head, asked || leaf) || leaf {
                role = Role::Question;
            }
            roles.push(role);
        }
        // A heading of the questions' own level that asks nothing names a
        // section if nothing stands between it and the next question or section.
        for at in (0..heads.len()).rev() {
            if roles.get(at) != Some(&Role::Inner) {
                continue;
            }
            let (Some(head), Some(next)) = (heads.get(at), heads.get(at + 1)) else {
                continue;
            };
            let other = words(self.file.text, next);
            let other = other.labelled && other.asks() && next.item.is_none();
            let bound = roles.get(at + 1).is_some_and(|&role| role != Role::Inner);
            if plain(self.below(at, head)).is_empty()
                && head.level <= self.form.level
                && head.item.is_none()
                && (other || bound)
                && let Some(role) = roles.get_mut(at)
            {
                *role = Role::Section;
            }
        }
        self.deeper(&mut roles);
        self.links_of_one(&mut roles);
        roles
    }

    /// Links at the end of a file that is one question are that question's.
    fn links_of_one(&self, roles: &mut [Role]) {
        let mut questions = roles.iter().filter(|role| **role == Role::Question);
        if questions.next().is_none() || questions.next().is_some() {
            return;
        }
        let both = self.file.outline.heads.iter().zip(roles);
        let below = both.skip_while(|(_, role)| **role != Role::Question);
        for (head, role) in below.skip(1) {
            let words = self.file.text.get(head.words.range()).unwrap_or_default();
            if *role == Role::Section && leads_elsewhere(words) {
                *role = Role::Inner;
            }
        }
    }

    /// What stands between heading number `at` and the next one.
    fn below(&self, at: usize, head: &Head) -> &str {
        let text = self.file.text;
        let next = self.file.outline.heads.get(at + 1);
        let end = next.map_or(text.len(), |next| next.lines.start());
        text.get(head.lines.end()..end).unwrap_or_default()
    }

    fn below_head(&self, head: &Head) -> &str {
        let heads = &self.file.outline.heads;
        let next = heads.partition_point(|other| other.lines.start() <= head.lines.start());
        self.below(next.saturating_sub(1), head)
    }

    /// A numbered question of a higher level than most have: no deeper heading
    /// stands below it, as it would below a section, but its answer does.
    fn is_leaf(&self, at: usize, head: &Head) -> bool {
        let words = words(self.file.text, head);
        let next = self.file.outline.heads.get(at + 1);
        head.level < self.form.level
            && words.number.is_some()
            && words.asks()
            && next.is_none_or(|next| next.level <= head.level)
            && !plain(self.below(at, head)).is_empty()
    }

    /// Numbered questions of a deeper level in a section that has none of the
    /// level found: a bank may end in exercises of another form.
    fn deeper(&self, roles: &mut [Role]) {
        let mut within = None;
        for (head, role) in self.file.outline.heads.iter().zip(roles) {
            let words = words(self.file.text, head);
            let asks = words.labelled && words.asks() && head.item.is_none();
            let fits = match within {
                Some(level) => level == head.level,
                None => head.level > self.form.level,
            };
            match *role {
                Role::Section => within = None,
                Role::Question => within = Some(self.form.level),
                Role::Inner if asks && fits => {
                    *role = Role::Question;
                    within = Some(head.level);
                }
                Role::Inner => {}
            }
        }
    }

    /// Folds in which no heading of the questions' level stands: they are parts
    /// of answers, whatever headings they hold.
    fn folded(&self) -> Vec<Span> {
        let asking = self.file.outline.heads.iter();
        let asking = asking.filter(|head| head.level == self.form.level);
        let starts: Vec<usize> = asking.map(|head| head.lines.start()).collect();
        let folds = folds(self.file.text, self.file.outline).into_iter();
        let inner = folds.filter(|fold| {
            let first = starts.partition_point(|&start| start < fold.span.start());
            let asks = starts
                .get(first)
                .is_some_and(|&start| start < fold.span.end());
            fold.closed && fold.parent.is_none() && !asks
        });
        inner.map(|fold| fold.span).collect()
    }

    fn role(&self, head: &Head) -> Role {
        let Form {
            level,
            in_items,
            numbered,
            says_q,
        } = self.form;
        let words = words(self.file.text, head);
        if is_repeated(self.file.outline, head) {
            return Role::Section;
        }
        if words.is_frame() {
            return if head.level <= level && head.item.is_none() {
                Role::Section
            } else {
                Role::Inner
            };
        }
        if answer_line(&format!("#{}", words.text)).is_some() {
            return Role::Inner;
        }
        if says_q && words.says_q {
            return Role::Question;
        }
        if head.level < level && head.level <= self.sections && head.item.is_none() {
            return Role::Section;
        }
        if head.level != level {
            return Role::Inner;
        }
        // Who gives choices asks.
        if !in_items && has_choices(self.below_head(head)) {
            return Role::Question;
        }
        let fits = if in_items {
            head.item.is_some() || words.labelled || words.text.contains('?')
        } else if says_q {
            words.says_q || words.text.contains('?')
        } else if numbered {
            words.labelled || head.item.is_some() || words.text.contains('?')
        } else {
            words.looks() || !self.is_contents(head)
        };
        if fits { Role::Question } else { Role::Inner }
    }

    /// Whether only links to parts of the page stand below a heading.
    fn is_contents(&self, head: &Head) -> bool {
        let below = self.below_head(head);
        let mut links = 0;
        for line in below.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line.contains("](#") {
                links += 1;
            } else if !line.starts_with('<') && !plain(line).is_empty() {
                return false;
            }
        }
        links > 0
    }
}

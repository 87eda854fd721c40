//! Questions as a format's parser found them, and how one is written on the page
//! of its file.

use std::collections::HashMap;

use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::markdown::labels;
use crate::question::{Allow, At, Field, Meta, Rare, Status, choice_bullet, choice_mark};
use crate::source::{Source, Span};

use super::Part;

/// Parts the prompt from the answer, so that two lists do not become one.
pub const BETWEEN: &str = "<!-- -->\n\n";

/// A question, each part with its place in the file.
#[derive(Debug, Default)]
pub struct Draft {
    /// All of it in the file.
    pub extent: Span,
    pub topic: String,
    pub id: Option<Flat>,
    pub level: Option<Flat>,
    pub tags: Vec<Flat>,
    pub sources: Option<Vec<Flat>>,
    pub aliases: Vec<Flat>,
    pub authors: Vec<Flat>,
    pub license: Option<Flat>,
    /// Rules that may be broken, each with its reason.
    pub allow: Vec<(Flat, Option<String>)>,
    pub number: Option<Flat>,
    /// What its relative links lead on from, if not the file.
    pub path: Option<String>,
    pub retired: bool,
    pub unfinished: bool,
    /// Comments that stand above the question.
    pub above: Flat,
    /// The marks of its heading, where the file has them.
    pub marks: Flat,
    /// One line.
    pub question: Flat,
    pub prompt: Flat,
    pub choices: Vec<(bool, Flat)>,
    pub answer: Flat,
    pub follow_ups: Flat,
    /// Whether the prompt is known to end where it does; a task list at the
    /// top of the answer is part of the prompt otherwise.
    pub divided: bool,
}

/// What a parser makes of a file.
#[derive(Debug, Default)]
pub struct Drafts {
    pub found: Vec<Draft>,
    /// Where the rest of the file belongs, in any order.
    pub parts: Vec<Part>,
    /// At their places in the file.
    pub problems: Vec<Problem>,
    /// Definitions of link targets in the file, by label in lower case.
    pub definitions: HashMap<String, Span>,
}

/// A draft with the places of its parts on the page.
pub struct Laid {
    pub topic: String,
    pub meta: Meta,
    pub number: Option<At<u64>>,
    pub heading: usize,
    /// Where the section begins, and its body.
    pub follow_ups: Option<(usize, Span)>,
    pub answer: usize,
    pub end: usize,
    pub divided: bool,
    pub span: Span,
}

/// The topic of a section in a folder; either may be empty.
pub fn below(folder: &str, section: &str) -> String {
    match (folder, section) {
        (folder, "") => folder.to_string(),
        ("", section) => section.to_string(),
        (folder, section) => format!("{folder}/{section}"),
    }
}

/// Lines above the heading, one a key.
struct Header<'a> {
    flat: &'a mut Flat,
    at: Span,
    end: usize,
}

impl Header<'_> {
    /// Writes `key: value, value` and returns the values with their places.
    fn line(&mut self, key: &str, values: &[Flat]) -> Vec<At<String>> {
        let gap = |flat: &mut Flat, text: &str, at| flat.push(text, at, Origin::Gap);
        gap(self.flat, &format!("{key}: "), self.at);
        let mut placed = Vec::with_capacity(values.len());
        for (number, value) in values.iter().enumerate() {
            if number > 0 {
                gap(self.flat, ", ", self.at);
            }
            let start = self.flat.text.len();
            self.flat.append(value);
            placed.push(At {
                value: value.text.clone(),
                span: Span::new(start, self.flat.text.len()),
            });
        }
        self.end = self.flat.text.len();
        gap(self.flat, "\n", self.at);
        placed
    }

    /// The rules that may be broken, and the line that says so.
    fn allow(&mut self, allow: &[(Flat, Option<String>)]) -> (Vec<Allow>, Span) {
        if allow.is_empty() {
            return (Vec::new(), Span::default());
        }
        let start = self.flat.text.len();
        let rules: Vec<Flat> = allow.iter().map(|(rule, _)| rule.clone()).collect();
        let placed = self.line("allow", &rules).into_iter();
        let reasons = allow.iter().map(|(_, reason)| reason.clone());
        let allow = placed.zip(reasons);
        let allow = allow.map(|(rule, reason)| Allow { rule, reason }).collect();
        (allow, Span::new(start, self.end))
    }

    fn one(&mut self, key: &str, value: Option<&Flat>) -> Option<At<String>> {
        let value = value.filter(|value| !value.text.is_empty())?;
        self.line(key, std::slice::from_ref(value)).pop()
    }
}

/// Writes the draft at the end of the page.
pub fn lay_out(
    draft: Draft,
    flat: &mut Flat,
    source: &Source,
    definitions: &HashMap<String, Span>,
) -> Laid {
    let start = flat.text.len();
    let at = Span::new(draft.extent.start(), draft.extent.start());
    let (meta, number) = header(&draft, flat, at);
    push_part(flat, &draft.above, at);
    let heading = flat.text.len();
    if draft.marks.text.is_empty() {
        // So deep that no heading of the answer skips a level below it.
        flat.push("###### ", at, Origin::Gap);
    } else {
        flat.append(&draft.marks);
    }
    push_part(flat, &without_marks(&draft.question), at);
    push_part(flat, &draft.prompt, at);
    let bullet = choice_bullet(&draft.prompt.text);
    for (correct, choice) in &draft.choices {
        let mark = choice_mark(bullet, *correct, &choice.text);
        flat.push(&mark, at, Origin::Gap);
        flat.append(choice);
        flat.push("\n", at, Origin::Gap);
    }
    let has_prompt = !draft.prompt.text.trim().is_empty() || !draft.choices.is_empty();
    if has_prompt {
        flat.push("\n", at, Origin::Gap);
        flat.push(BETWEEN, at, Origin::Gap);
    }
    let answer = flat.text.len();
    push_part(flat, &draft.answer, at);
    let mut follow_ups = None;
    if !draft.follow_ups.text.trim().is_empty() {
        let section = flat.text.len();
        flat.push("## Follow-ups\n\n", at, Origin::Gap);
        let start = flat.text.len();
        push_part(flat, &draft.follow_ups, at);
        follow_ups = Some((section, Span::new(start, flat.text.len())));
    }
    let end = flat.text.len();
    for definition in used(flat.text.get(heading..).unwrap_or_default(), definitions) {
        if !draft.extent.contains(definition.start()) {
            flat.push(source.slice(definition), definition, Origin::Exact);
            flat.push("\n", at, Origin::Gap);
        }
    }
    Laid {
        topic: draft.topic,
        meta,
        number,
        heading,
        follow_ups,
        answer,
        end,
        divided: draft.divided || !draft.choices.is_empty() || follow_ups.is_some(),
        span: Span::new(start, flat.text.len()),
    }
}

fn header(draft: &Draft, flat: &mut Flat, at: Span) -> (Meta, Option<At<u64>>) {
    let start = flat.text.len();
    let mut header = Header {
        flat,
        at,
        end: start,
    };
    let number = header.one("number", draft.number.as_ref());
    let number = number.and_then(|number| {
        Some(At {
            value: number.value.parse().ok()?,
            span: number.span,
        })
    });
    let id = header.one("id", draft.id.as_ref());
    let level = header.one("level", draft.level.as_ref());
    let mut lists = [
        ("tags", &draft.tags),
        ("aliases", &draft.aliases),
        ("authors", &draft.authors),
    ]
    .map(|(key, values)| match values.as_slice() {
        [] => Vec::new(),
        values => header.line(key, values),
    });
    let [tags, aliases, authors] = lists.each_mut().map(std::mem::take);
    let sources = draft.sources.as_ref().map(|sources| {
        let placed = header.line("sources", sources);
        let first = placed.first().map_or(Span::default(), |first| first.span);
        At {
            value: placed,
            span: first,
        }
    });
    let license = header.one("license", draft.license.as_ref());
    let (allow, allow_span) = header.allow(&draft.allow);
    let span = Span::new(start, header.end);
    if !span.is_empty() {
        flat.push("\n", at, Origin::Gap);
    }
    let rare = Rare {
        aliases,
        authors,
        license,
        allow,
        allow_span,
        path: draft.path.clone(),
        ..Rare::default()
    };
    let mut meta = Meta {
        span,
        id: id.map_or(Field::NoPlace, Field::Given),
        level: level.map_or(Field::NoPlace, Field::Given),
        sources: sources.map_or(Field::NoPlace, Field::Given),
        tags,
        status: match (draft.retired, draft.unfinished) {
            (true, _) => Status::Retired,
            (_, true) => Status::Draft,
            _ => Status::Active,
        },
        ..Meta::default()
    };
    if rare != Rare::default() {
        *meta.rare_mut() = rare;
    }
    (meta, number)
}

/// A line that is written as a heading, where it is one already.
fn without_marks(line: &Flat) -> Flat {
    let line = line.trimmed();
    let words = line.text.trim_start_matches('#');
    if words.starts_with([' ', '\t']) {
        let marks = line.text.len() - words.len();
        return line.cut(marks..line.text.len()).trimmed();
    }
    line
}

/// A part, and an empty line behind it.
fn push_part(flat: &mut Flat, part: &Flat, at: Span) {
    if part.text.trim().is_empty() {
        return;
    }
    flat.append(part);
    let ends = if part.text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    flat.push(ends, at, Origin::Gap);
}

/// The definitions whose labels stand in `text`.
fn used(text: &str, definitions: &HashMap<String, Span>) -> Vec<Span> {
    if definitions.is_empty() {
        return Vec::new();
    }
    let labels = labels(text);
    let found = labels.iter().filter_map(|label| definitions.get(label));
    let mut found: Vec<Span> = found.copied().collect();
    found.sort();
    found.dedup();
    found
}

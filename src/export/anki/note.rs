//! A question as a note: its GUID, its fields as safe HTML, its tags.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::super::record::hex;
use super::super::{Entry, Selection, choices, fragment, heading, inline_html, prompt};
use super::note_type;
use super::open::is_open;
use crate::files::resolved;
use crate::markdown::html::{Rendering, escaped, is_safe_target, render as html, scheme};
use crate::markdown::plain::{is_plain, text as plain};
use crate::progress::{NOTES_MADE, one_more};
use crate::question::Status;
use crate::scan::{one_of, position};
use crate::source::Span;

/// When the rendering of fields last changed for notes that exist, in seconds
/// since 1970; 0 for never. No note is older, so that Anki takes the new rendering.
const RENDERING_CHANGED: i64 = 0;

/// What a path may not hold in a URL, beside what is no ASCII.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

#[derive(Debug)]
pub struct Note {
    pub guid: String,
    /// In the order of [`note_type::FIELDS`].
    pub fields: [String; note_type::FIELDS.len()],
    /// The question without marks: what Anki sorts by and compares.
    pub sort_text: String,
    pub tags: Vec<String>,
    /// Seconds since 1970.
    pub modified: i64,
}

/// What Anki knows the note by, for ever: nothing but the two ids goes into it.
pub fn guid(corpus_id: &str, question_id: &str) -> String {
    let digest = Sha256::digest(format!("prepdeck\0{corpus_id}\0{question_id}").as_bytes());
    hex(digest.get(..10).unwrap_or_default())
}

/// A question's note.
pub fn note(selection: &Selection<'_>, entry: &Entry<'_>) -> Note {
    one_more(&NOTES_MADE);
    let question = entry.question;
    let link = file_url(selection, &entry.source.path);
    let to_link = |target: &str| resolve(selection, entry.links_from(), target);
    let to_image = |target: &str| selection.media.name(entry.links_from(), target);
    let rendering = Rendering {
        link: &to_link,
        image: &to_image,
        card: true,
    };
    let heading = heading(entry);
    let (mut asked, sort_text) = if is_plain(&heading) {
        (escaped(heading.trim()), heading.trim().to_string())
    } else {
        let heading = format!("# {heading}");
        let html = inline_html(&heading, &rendering);
        let words = html.replace("<h1>", "").replace("</h1>", "");
        (words.trim().to_string(), plain(&heading))
    };
    let prompt = html(&prompt(entry), &rendering);
    if !prompt.is_empty() {
        asked = format!("<p>{asked}</p>\n{prompt}");
    }
    let (answer, follow_ups) = match (question.follow_ups_section, question.follow_ups) {
        (Some(section), Some(body)) => {
            let rest = [
                Span::new(question.answer.start(), section.start()),
                Span::new(section.end(), question.answer.end().max(section.end())),
            ];
            (fragment(entry, &rest), fragment(entry, &[body]))
        }
        _ => (fragment(entry, &[question.answer]), String::new()),
    };
    let open = is_open(selection, entry);
    let (choices, right) = if open {
        (String::new(), choices_html(entry, &rendering, true))
    } else {
        (choices_html(entry, &rendering, false), String::new())
    };
    let fields = [
        asked,
        choices,
        below(right, html(&answer, &rendering)),
        html(&follow_ups, &rendering),
        sources_html(entry),
        link.map(|link| escaped(&link)).unwrap_or_default(),
        escaped(&question.topic),
        escaped(question.level().unwrap_or_default()),
        escaped(entry.id),
        String::new(),
        String::new(),
        String::new(),
    ];
    Note {
        guid: guid(&selection.corpus.config.id, entry.id),
        fields: fields.map(field_text),
        sort_text: field_text(sort_text),
        tags: tags(entry),
        modified: modified(entry),
    }
}

/// What is right, and the answer below it.
fn below(right: String, answer: String) -> String {
    match (right.is_empty(), answer.is_empty()) {
        (true, _) => answer,
        (_, true) => right,
        _ => right + "\n" + &answer,
    }
}

/// When the note last changed, in seconds since 1970.
pub fn modified(entry: &Entry<'_>) -> i64 {
    entry.times.updated.max(RENDERING_CHANGED)
}

/// A field as Anki may store it: it reads `[latex]`, `[$]` and `[sound:…]` even
/// within code (CVE-2024-26020, CVE-2024-29073), and `\x1f` parts its fields.
fn field_text(html: String) -> String {
    // Control characters that are no ASCII begin with C2 in UTF-8.
    let may_act = |byte: u8| {
        let control = (byte < b' ') & !one_of(byte, b"\t\n");
        control | one_of(byte, b"[\x7f\xc2")
    };
    let Some(mut next) = position(html.as_bytes(), may_act) else {
        return html;
    };
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html.as_str();
    loop {
        let (before, from) = rest.split_at(next);
        out.push_str(before);
        let mut chars = from.chars();
        match chars.next() {
            Some('[') => out.push_str("&#91;"),
            Some(c) if c.is_control() => out.push('\u{fffd}'),
            c => out.extend(c),
        }
        rest = chars.as_str();
        match position(rest.as_bytes(), may_act) {
            Some(at) => next = at,
            None => break,
        }
    }
    out.push_str(rest);
    out
}

fn choices_html(entry: &Entry<'_>, rendering: &Rendering<'_>, only_right: bool) -> String {
    let choices = choices(entry).into_iter();
    let wanted = choices.filter(|(_, correct)| *correct || !only_right);
    let items = wanted.map(|(text, correct)| {
        let class = if correct && !only_right {
            " class=\"pd-right\""
        } else {
            ""
        };
        format!("<li{class}>{}</li>\n", inline_html(&text, rendering))
    });
    let items: String = items.collect();
    if items.is_empty() {
        items
    } else {
        format!("<ul>\n{items}</ul>")
    }
}

fn sources_html(entry: &Entry<'_>) -> String {
    let sources = entry
        .question
        .meta
        .sources
        .given()
        .map(|sources| sources.value.as_slice())
        .unwrap_or_default();
    let items = sources.iter().map(|source| {
        let text = escaped(&source.value);
        match scheme(&source.value) {
            Some(_) if is_safe_target(&source.value) => {
                format!("<li><a href=\"{text}\">{text}</a></li>\n")
            }
            _ => format!("<li>{text}</li>\n"),
        }
    });
    let items: String = items.collect();
    if items.is_empty() {
        items
    } else {
        format!("<ul>\n{items}</ul>")
    }
}

/// The level, the question's own tags, and what becomes of it. Anki parts tags
/// at spaces, and older ones drop quotes.
fn tags(entry: &Entry<'_>) -> Vec<String> {
    let one_word = |tag: &str| {
        tag.chars()
            .filter(|&c| c != '"')
            .map(|c| {
                if c.is_whitespace() || c.is_control() {
                    '_'
                } else {
                    c
                }
            })
            .collect::<String>()
    };
    let meta = &entry.question.meta;
    let mut tags: Vec<String> = meta
        .tags
        .iter()
        .map(|tag| one_word(tag.value.trim()))
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.extend(
        entry
            .question
            .level()
            .map(|level| format!("level::{}", one_word(level))),
    );
    if meta.status == Status::Retired {
        tags.push("prepdeck::retired".to_string());
    }
    tags.sort();
    tags.dedup();
    tags
}

/// Where a file of the corpus is on the web, if the corpus has a place there.
fn file_url(selection: &Selection<'_>, path: &str) -> Option<String> {
    on_the_web(selection, &utf8_percent_encode(path, IN_PATH).to_string())
}

/// Where a link leads from a card: addresses as they are, other files of the
/// corpus on the web.
fn resolve(selection: &Selection<'_>, source: &str, target: &str) -> Option<String> {
    if scheme(target).is_some() || target.starts_with("//") {
        return Some(target.to_string());
    }
    if target.starts_with('#') {
        return None;
    }
    on_the_web(selection, &resolved(source, target)?)
}

fn on_the_web(selection: &Selection<'_>, path: &str) -> Option<String> {
    let url = selection.corpus.config.url.as_ref()?;
    Some(format!("{}/{path}", url.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_hangs_on_the_two_ids_alone_and_never_changes() {
        assert_eq!(guid("backend", "acid"), "314f1817988885a966f4");
        assert_ne!(guid("", "acid"), guid("backend", "acid"));
    }

    #[test]
    fn anki_finds_no_command_in_a_field() {
        assert_eq!(
            field_text("<code>[sound:a.mp3]</code>\u{1f}".to_string()),
            "<code>&#91;sound:a.mp3]</code>\u{fffd}"
        );
    }
}

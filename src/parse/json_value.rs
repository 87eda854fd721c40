//! JSON values (RFC 8259) with their places. What is nested too deep is passed
//! over; a fault within a record loses that record alone.

use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;

use super::records::Value;

/// Values of a record nest this deep.
const MAX_DEPTH: usize = 16;
/// After so many faults in a file, it is no JSON.
const MAX_FAULTS: usize = 100;

/// The record cannot be read on; a problem stands already.
pub struct Stop;

pub struct Reader<'a> {
    text: &'a str,
    pub at: usize,
    pub problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, start: usize) -> Reader<'a> {
        Reader {
            text,
            at: start,
            problems: Vec::new(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character that is no white space.
    pub fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        let blank = rest
            .bytes()
            .take_while(|byte| b" \t\r\n".contains(byte))
            .count();
        self.at += blank;
        self.rest().chars().next()
    }

    pub fn bump(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    pub fn fault(&mut self, message: &str, help: &str) {
        if self.problems.len() < MAX_FAULTS {
            let length = self.rest().chars().next().map_or(0, char::len_utf8);
            let span = Span::new(self.at, self.at + length);
            self.problems.push(Problem::syntax(span, message, help));
        }
    }

    /// Steps over a comma, or stands before `close`. False where the container
    /// cannot be read on.
    pub fn comma(&mut self, close: char) -> bool {
        match self.peek() {
            Some(',') => {
                let comma = self.at;
                self.bump();
                if self.peek() == Some(close) {
                    let after = std::mem::replace(&mut self.at, comma);
                    self.fault("a comma with nothing behind it", "remove it");
                    self.at = after;
                }
                true
            }
            Some(found) if found == close => true,
            Some('{' | '"') => {
                self.fault("a comma is missing here", "write `,` before it");
                true
            }
            None => true,
            Some(_) => {
                let help = "mend the JSON here; what follows was not read";
                self.fault("this is no JSON", help);
                false
            }
        }
    }

    pub fn nothing_more(&mut self) {
        if self.peek().is_some() {
            self.fault("text behind the object", "write one object a line");
        }
    }

    /// The keys of the object that begins here.
    pub fn keys(&mut self) -> Vec<String> {
        let faults = self.problems.len();
        let mut keys = Vec::new();
        self.bump();
        while self.peek() == Some('"') && keys.len() < 1000 {
            let Ok(key) = self.string() else { break };
            keys.push(key.text);
            if self.peek() != Some(':') {
                break;
            }
            self.bump();
            self.skip_value();
            if self.peek() != Some(',') {
                break;
            }
            self.bump();
        }
        self.problems.truncate(faults);
        keys
    }

    /// The text at the first of `names` that the object which begins here has.
    pub fn text_at(&mut self, names: &[&str]) -> Option<String> {
        let faults = self.problems.len();
        let mut best: Option<(usize, String)> = None;
        self.bump();
        let mut keys = 0;
        while self.peek() == Some('"') && keys < 1000 {
            keys += 1;
            let Ok(key) = self.string() else { break };
            if self.peek() != Some(':') {
                break;
            }
            self.bump();
            let rank = names
                .iter()
                .position(|name| key.text.eq_ignore_ascii_case(name));
            match (rank, self.peek()) {
                (Some(rank), Some('"')) if best.as_ref().is_none_or(|(own, _)| rank < *own) => {
                    let Ok(text) = self.string() else { break };
                    best = Some((rank, text.text));
                }
                _ => self.skip_value(),
            }
            if self.peek() != Some(',') {
                break;
            }
            self.bump();
        }
        self.problems.truncate(faults);
        best.map(|(_, text)| text)
    }

    /// A key and its colon.
    pub fn key(&mut self) -> Option<String> {
        let key = self.string().ok()?;
        if self.peek() != Some(':') {
            self.fault("a colon is missing here", "write `\"key\": value`");
            // What it would stand before may hold questions.
            return matches!(self.peek(), Some('[' | '{')).then_some(key.text);
        }
        self.bump();
        Some(key.text)
    }

    pub fn value(&mut self) -> Result<Value, Stop> {
        self.nested(0)
    }

    /// Its depth is bounded, so that it may call itself.
    fn nested(&mut self, depth: usize) -> Result<Value, Stop> {
        match self.peek() {
            Some('{' | '[') if depth >= MAX_DEPTH => {
                self.fault(
                    "nested too deep to be read",
                    "a question needs no value so deep; it was passed over",
                );
                self.skip_value();
                Ok(Value::Empty)
            }
            Some('{') => self.map(depth),
            Some('[') => self.list(depth),
            Some('"') => Ok(Value::Text(self.string()?)),
            Some(_) => self.scalar(),
            None => {
                self.fault("a record that never ends", "write the rest of it");
                Err(Stop)
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Stop> {
        let mut fields: Vec<(String, Value)> = Vec::new();
        self.bump();
        loop {
            match self.peek() {
                Some('}') => {
                    self.bump();
                    return Ok(Value::Map(fields));
                }
                Some('"') => {}
                _ => {
                    self.fault("a key was expected here", "write `\"key\": value`");
                    return Err(Stop);
                }
            }
            let start = self.at;
            let key = self.key().ok_or(Stop)?;
            if depth < 2 && fields.iter().any(|(own, _)| *own == key) {
                let after = std::mem::replace(&mut self.at, start);
                let message = format!("`{key}` stands here a second time");
                self.fault(&message, "keep one of them; the first was read");
                self.at = after;
            }
            let value = self.nested(depth + 1)?;
            if fields.len() < 1000 {
                fields.push((key, value));
            }
            if !self.comma('}') {
                return Err(Stop);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Stop> {
        let mut items = Vec::new();
        self.bump();
        loop {
            match self.peek() {
                Some(']') => {
                    self.bump();
                    return Ok(Value::List(items));
                }
                None => {
                    self.fault("an array that never closes", "write `]` at its end");
                    return Err(Stop);
                }
                Some(_) => items.push(self.nested(depth + 1)?),
            }
            if !self.comma(']') {
                return Err(Stop);
            }
        }
    }

    fn scalar(&mut self) -> Result<Value, Stop> {
        let rest = self.rest();
        let word = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let length = rest.bytes().take_while(|&byte| word(byte)).count();
        let written = rest.get(..length).unwrap_or_default();
        let number = written.parse::<f64>().is_ok() && !written.starts_with(char::is_alphabetic);
        if written == "null" {
            self.at += length;
            return Ok(Value::Empty);
        }
        if !number && written != "true" && written != "false" {
            self.fault("no JSON value", "write text in double quotes");
            return Err(Stop);
        }
        let span = Span::new(self.at, self.at + length);
        self.at = span.end();
        Ok(Value::Text(Flat::of(written, span, Origin::Exact)))
    }

    /// Text in quotes; its escapes stand for what they mean.
    fn string(&mut self) -> Result<Flat, Stop> {
        let open = self.at;
        let mut flat = Flat::default();
        let mut at = self.at + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(found) = rest.find(['"', '\\', '\n']) else {
                self.at = open;
                self.fault(
                    "a quote that never closes",
                    "write `\"` at the end of the text",
                );
                return Err(Stop);
            };
            let inner = rest.get(..found).unwrap_or_default();
            flat.push(inner, Span::new(at, at + found), Origin::Exact);
            at += found;
            let rest = self.text.get(at..).unwrap_or_default();
            if rest.starts_with('"') {
                self.at = at + 1;
                return Ok(flat);
            }
            let escape = if rest.starts_with('\\') {
                escape(rest)
            } else {
                None
            };
            let Some((c, length)) = escape else {
                self.at = at;
                let message = if rest.starts_with('\n') {
                    "a line ends within quotes"
                } else {
                    "no escape that JSON knows"
                };
                self.fault(
                    message,
                    "write `\\n` for a line end, `\\\\` for a backslash",
                );
                return Err(Stop);
            };
            let shown = c.encode_utf8(&mut [0; 4]).to_string();
            flat.push(&shown, Span::new(at, at + length), Origin::Whole);
            at += length;
        }
    }

    /// Steps over a value of any depth, or over what stands in place of one.
    pub fn skip_value(&mut self) {
        let mut depth = 0_usize;
        let bytes = self.text.as_bytes();
        loop {
            let Some(&byte) = bytes.get(self.at) else {
                return;
            };
            match byte {
                b'"' => {
                    self.skip_string();
                    if depth == 0 {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth <= 1 => {
                    self.at += usize::from(depth == 1);
                    return;
                }
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
            while !self.text.is_char_boundary(self.at) {
                self.at += 1;
            }
        }
    }

    /// A line that ends in quotes ends them: so a missing quote loses one record.
    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'"' | b'\n' => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }
}

/// The character that an escape stands for, and the bytes that it takes. Half
/// of a surrogate pair stands for U+FFFD.
fn escape(rest: &str) -> Option<(char, usize)> {
    let c = rest.get(1..)?.chars().next()?;
    let simple = match c {
        '"' | '\\' | '/' => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = |at: usize| u32::from_str_radix(rest.get(at..at + 4)?, 16).ok();
            let first = unit(2)?;
            if (0xd800..0xdc00).contains(&first)
                && rest.get(6..8) == Some("\\u")
                && let Some(second) = unit(8).filter(|unit| (0xdc00..0xe000).contains(unit))
            {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Some((char::from_u32(code)?, 12));
            }
            return Some((char::from_u32(first).unwrap_or('\u{fffd}'), 6));
        }
        _ => return None,
    };
    Some((simple, 2))
}

//! The lexer of programming languages. Each step looks at a bounded stretch
//! or takes all that it looked at, so no code takes more than linear time.

use std::mem;

use super::grammar::Quote;
use super::lengths::{block_comment, here_word, is_letter, number, pattern, raw_string};
use super::{Kind, Language, Tokens};

/// Strings within code within strings, deeper than this, are not told apart.
const MAX_HOLES: usize = 32;
/// Words that are looked up are no longer.
const MAX_WORD: usize = 32;

/// Appends the tokens of `code`, which stands at `offset` of what they count in.
pub(super) fn lex(language: &Language, code: &str, offset: usize, tokens: &mut Tokens) {
    let mut lexer = Lexer {
        language,
        code,
        offset,
        at: 0,
        tokens,
        holes: Vec::new(),
        here: None,
        fresh: true,
        value: false,
        made: false,
    };
    while lexer.at < code.len() {
        lexer.step();
    }
}

/// Whether `rest` begins with `mark`. Most begin otherwise with their first byte.
fn begins(rest: &str, mark: &str) -> bool {
    rest.as_bytes().first() == mark.as_bytes().first() && rest.starts_with(mark)
}

struct Lexer<'a> {
    language: &'a Language,
    code: &'a str,
    offset: usize,
    at: usize,
    tokens: &'a mut Tokens,
    /// Strings that wait for the code within them to end, with the brackets open in it.
    holes: Vec<(&'static Quote, usize)>,
    /// The word that ends the text below this line.
    here: Option<&'a str>,
    /// Whether a key or a directive can stand here.
    fresh: bool,
    /// Whether what stands before is a value, behind which an operator follows.
    value: bool,
    /// Whether the last word was `new`.
    made: bool,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.code.get(..self.at)?.chars().next_back()
    }

    /// Takes `length` bytes as one kind.
    fn take(&mut self, kind: Kind, length: usize) {
        self.at = (self.at + length).min(self.code.len());
        self.tokens.push(kind, self.offset + self.at);
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        if c == '\n' {
            self.take(Kind::Plain, 1);
            self.fresh = true;
            return self.here_text();
        }
        if c.is_whitespace() {
            let space = |c: char| c.is_whitespace() && c != '\n';
            let code = rest.trim_start_matches(space);
            return self.take(Kind::Plain, rest.len() - code.len());
        }
        let fresh = mem::replace(&mut self.fresh, false);
        if let Some(length) = self.comment(rest) {
            return self.take(Kind::Comment, length);
        }
        if fresh && let Some((kind, length)) = self.line_start(c, rest) {
            return self.take(kind, length);
        }
        if self.string(c, rest) {
            self.value = true;
        } else if let Some(length) = number(rest).filter(|_| self.number_stands(c)) {
            self.take(Kind::Number, length);
            self.value = true;
        } else if c.is_alphabetic()
            || c == '_'
            || (c == '$' && self.language.grammar.word.contains(c))
        {
            self.word(rest);
        } else if let Some((kind, length)) = self.marked(c, rest) {
            self.take(kind, length);
            self.value = true;
        } else {
            self.operator(c, rest, fresh);
        }
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let grammar = self.language.grammar;
        for (open, close) in grammar.block_comments {
            if begins(rest, open) {
                let nested = grammar.nested.then_some(*open);
                return Some(block_comment(rest, nested, open.len(), close));
            }
        }
        let stands = !grammar.spaced || self.before().is_none_or(char::is_whitespace);
        let mut opens = grammar.line_comments.iter();
        (stands && opens.any(|open| begins(rest, open)))
            .then(|| rest.find('\n').unwrap_or(rest.len()))
    }

    /// A directive, a key, or a section's head.
    fn line_start(&mut self, c: char, rest: &str) -> Option<(Kind, usize)> {
        let grammar = self.language.grammar;
        if grammar.directive == Some(c) {
            let word = rest.get(1..)?.trim_start_matches([' ', '\t']);
            let marks = rest.len() - word.len();
            let length = self.word_length(word);
            return (length > 0).then_some((Kind::Keyword, marks + length));
        }
        let separator = grammar.key?;
        if c == '[' && separator == '=' {
            let line = rest.lines().next()?;
            return line.rfind(']').map(|end| (Kind::Keyword, end + 1));
        }
        if c == '-' && rest.starts_with("- ") {
            self.fresh = true;
            return Some((Kind::Plain, 2));
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && !"_-./$*@ ".contains(c))?;
        let after = rest.get(end..)?.strip_prefix(separator)?;
        let separates = if separator == '=' {
            !after.starts_with(['=', '>'])
        } else {
            after.is_empty() || after.starts_with(char::is_whitespace)
        };
        let length = rest.get(..end)?.trim_end().len();
        (separates && length > 0).then_some((Kind::Type, length))
    }

    /// Takes a string, if one begins here.
    fn string(&mut self, c: char, rest: &'a str) -> bool {
        let grammar = self.language.grammar;
        // `don't` in text between tags, `1'000`.
        let apostrophe = c == '\'' && self.before().is_some_and(is_letter);
        if !apostrophe
            && let Some(quote) = grammar.quotes.iter().find(|quote| begins(rest, quote.open))
        {
            self.quotation(quote, quote.open.len());
            return true;
        }
        if let Some(length) = grammar.raws.iter().find_map(|&raw| raw_string(raw, rest)) {
            self.take(Kind::String, length);
            return true;
        }
        let here = grammar
            .heres
            .iter()
            .find_map(|open| here_word(rest.strip_prefix(open)?));
        if let Some(word) = here.filter(|_| self.before() != Some('<')) {
            let end = rest.find(word).unwrap_or(0) + word.len();
            self.take(Kind::String, end);
            self.here = Some(word);
            return true;
        }
        grammar.patterns
            && !self.value
            && pattern(rest)
                .map(|length| self.take(Kind::String, length))
                .is_some()
    }

    /// Takes a string of which `from` bytes are read: to its end, to its
    /// line's end, or to code within it.
    fn quotation(&mut self, quote: &'static Quote, from: usize) {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            let begins = |mark: &str| {
                bytes
                    .get(at..)
                    .is_some_and(|rest| rest.starts_with(mark.as_bytes()))
            };
            if let Some((open, _)) = quote.hole
                && self.holes.len() < MAX_HOLES
                && begins(open)
            {
                self.holes.push((quote, 0));
                self.value = false;
                return self.take(Kind::String, at + open.len());
            }
            if Some(byte) == quote.escape {
                // Half a character may be left; it ends no string.
                at += 2;
            } else if begins(quote.close) {
                at += quote.close.len();
                break;
            } else if byte == b'\n' && !quote.lines {
                break;
            } else {
                at += 1;
            }
        }
        let after = rest
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches([' ', '\t']);
        let is_key = self.language.grammar.key == Some(':') && after.starts_with(':');
        self.take(if is_key { Kind::Type } else { Kind::String }, at);
    }

    /// Takes the text that an earlier line announced.
    fn here_text(&mut self) {
        let Some(word) = self.here.take() else { return };
        let mut length = 0;
        for line in self.rest().split_inclusive('\n') {
            let mark = line.trim_start();
            if let Some(after) = mark.strip_prefix(word)
                && !after.starts_with(is_letter)
            {
                length += line.len() - after.len();
                break;
            }
            length += line.len();
        }
        self.take(Kind::String, length);
        self.fresh = false;
    }

    fn number_stands(&self, c: char) -> bool {
        c != '.' || !self.value
    }

    fn word_length(&self, rest: &str) -> usize {
        let extra = self.language.grammar.word;
        rest.find(|c: char| !is_letter(c) && !extra.contains(c))
            .unwrap_or(rest.len())
    }

    fn word(&mut self, rest: &'a str) {
        let grammar = self.language.grammar;
        let (word, after) = rest.split_at(self.word_length(rest));
        if self.language.prefixes.contains(word)
            && let Some(quote) = grammar
                .quotes
                .iter()
                .find(|quote| begins(after, quote.open))
        {
            self.quotation(quote, word.len() + quote.open.len());
            self.value = true;
            return;
        }
        let member = self.before() == Some('.');
        let kind = if word.len() > MAX_WORD {
            Kind::Plain
        } else if grammar.any_case {
            self.listed(&word.to_ascii_lowercase(), member)
        } else {
            self.listed(word, member)
        };
        let constructor = mem::replace(&mut self.made, kind == Kind::Keyword && word == "new");
        let capital = grammar.capitals
            && word.starts_with(char::is_uppercase)
            && (word.chars().count() == 1 || word.contains(char::is_lowercase));
        let called = after.starts_with('(') && !constructor;
        let kind = match kind {
            Kind::Plain if capital && !called && !member => Kind::Type,
            kind => kind,
        };
        self.take(kind, word.len());
        self.value =
            kind != Kind::Keyword || matches!(word, "this" | "super" | "null" | "true" | "false");
    }

    fn listed(&self, word: &str, member: bool) -> Kind {
        if member {
            Kind::Plain
        } else if self.language.keywords.contains(word) {
            Kind::Keyword
        } else if self.language.types.contains(word) {
            Kind::Type
        } else {
            Kind::Plain
        }
    }

    /// `@annotation`, `:symbol`, `<tag`
    fn marked(&mut self, c: char, rest: &str) -> Option<(Kind, usize)> {
        let grammar = self.language.grammar;
        let inner = rest.get(c.len_utf8()..)?;
        let begins = inner.starts_with(is_letter);
        let joined = self
            .before()
            .is_some_and(|before| is_letter(before) || before == c);
        if grammar.annotation == Some(c) && begins {
            return Some((Kind::Type, 1 + self.word_length(inner)));
        }
        if grammar.symbol == Some(c) && begins && !joined {
            return Some((Kind::Number, 1 + self.word_length(inner)));
        }
        if grammar.tags && c == '<' {
            let name = inner.strip_prefix('/').unwrap_or(inner);
            let closing = name.len() < inner.len();
            if (closing || !self.value) && name.starts_with(char::is_alphabetic) {
                let end = name.find(|c: char| !is_letter(c) && !"-.:".contains(c));
                let marks = rest.len() - name.len();
                return Some((Kind::Keyword, marks + end.unwrap_or(name.len())));
            }
        }
        None
    }

    fn operator(&mut self, c: char, rest: &str, fresh: bool) {
        if let Some(&mut (quote, ref mut depth)) = self.holes.last_mut()
            && let Some((open, close)) = quote.hole
        {
            if open.ends_with(c) {
                *depth += 1;
            } else if rest.starts_with(close) {
                if *depth == 0 {
                    self.holes.pop();
                    return self.quotation(quote, close.len());
                }
                *depth -= 1;
            }
        }
        self.take(Kind::Plain, c.len_utf8());
        self.value = matches!(c, ')' | ']' | '}');
        self.fresh = matches!(c, '{' | ';' | ',') || (fresh && c == '-');
    }
}

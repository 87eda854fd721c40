//! Text from strangers, made safe to look at: control, escape and
//! bidirectional characters are shown instead of being obeyed.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// Whether a terminal, a log or a bidirectional reader would obey `c` instead
/// of showing it. Tab and line feed are not hidden; the caller decides on them.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line, hidden characters written as `\u{202e}`, tabs and
/// line ends as a space. Nothing that a CI runner takes for a command is left:
/// no word begins with `::`, and `##[` is nowhere.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_hidden(c) || matches!(c, '\t' | '\n'))
        && !text.contains("::")
        && !text.contains("##[")
    {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_visible(&mut shown, c);
    }
    Cow::Owned(shown)
}

/// Appends one character as [`visible`] writes it.
pub fn push_visible(shown: &mut String, c: char) {
    let begins_command = match c {
        ':' => shown
            .strip_suffix(':')
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace)),
        '[' => shown.ends_with("##"),
        _ => false,
    };
    match c {
        '\t' | '\n' => shown.push(' '),
        c if is_hidden(c) || begins_command => {
            // Writing to a String cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        }
        c => shown.push(c),
    }
}

/// Lines with nothing in them that a CI runner takes for a command: none begins
/// with `::`, space before it left out, and `##[` is nowhere. A carriage return
/// ends a line for a runner too.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let command = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.split(['\n', '\r']).any(command) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive(['\n', '\r']) {
        if command(line) {
            safe.push_str(&line.replacen("::", ":\\u{3a}", 1));
        } else {
            safe.push_str(line);
        }
    }
    Cow::Owned(safe.replace("##[", "##\\u{5b}"))
}

/// A path with `/` between its parts, as findings carry it. Bytes that are not
/// UTF-8 are written as `\xff`, so that two names never look the same.
pub fn path_text(path: &Path) -> String {
    let text = name_text(path.as_os_str().as_encoded_bytes());
    if std::path::MAIN_SEPARATOR == '\\' {
        return text.replace('\\', "/");
    }
    text
}

/// A file's name as other programs say it, with what is not UTF-8 as in [`path_text`].
pub fn name_text(name: &[u8]) -> String {
    let mut text = String::new();
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// A path for a message to a person.
pub fn shown_path(path: &Path) -> String {
    visible(&path_text(path)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_bidirectional_controls_are_shown() {
        assert_eq!(
            visible("a\u{1b}[31m\u{202e}b\tc"),
            "a\\u{1b}[31m\\u{202e}b c"
        );
        assert_eq!(visible("plain é 🦀"), "plain é 🦀");
    }

    #[test]
    fn a_ci_runner_finds_no_command() {
        assert_eq!(
            visible("::add-mask::x ::y std::z"),
            ":\\u{3a}add-mask::x :\\u{3a}y std::z"
        );
        assert_eq!(visible("##[group]"), "##\\u{5b}group]");
        assert_eq!(visible("\u{a0}::x"), "\u{a0}:\\u{3a}x");
    }

    #[test]
    fn no_line_is_a_command_wherever_it_was_broken() {
        assert_eq!(
            without_commands("a\n \u{2003}::add-mask::x\r::y::z\nstd::z"),
            "a\n \u{2003}:\\u{3a}add-mask::x\r:\\u{3a}y::z\nstd::z"
        );
        assert_eq!(without_commands("a ##[group]"), "a ##\\u{5b}group]");
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf8_is_shown_escaped() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"a/\xffb.md"));
        assert_eq!(path_text(path), "a/\\xffb.md");
    }
}

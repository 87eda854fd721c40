//! One file as read: its path, its text, and where its lines begin.

mod lines;

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use dunce::canonicalize;
use memchr::{memchr, memrchr};

use lines::{LineIndex, characters};

/// The largest Markdown file that is read, and the largest record of data, in bytes.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;
/// The largest configuration, and the largest page of a rule, in bytes.
pub const MAX_SETTINGS: u64 = 256 * 1024;
/// The largest file of data that is read, in bytes. Its records are bounded each,
/// and so is their number. As text it is three times as long where no byte of it
/// is UTF-8, which 32 bits can still count.
pub const MAX_DATA: u64 = 1280 * 1024 * 1024;

/// A stretch of a source's text, in bytes; the end is exclusive. Both ends lie
/// on character boundaries. A question has some twenty, and a corpus may have a
/// million questions: 32 bits count all that is read ([`MAX_DATA`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// At the very start, with nothing in it.
    pub const EMPTY: Span = Span { start: 0, end: 0 };

    /// What lies beyond 4 GiB is as if there, where no text is.
    pub fn new(start: usize, end: usize) -> Span {
        let pack = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            start: pack(start),
            end: pack(end),
        }
    }

    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The same end, and another start.
    #[must_use]
    pub fn starting(self, at: usize) -> Span {
        Span::new(at, self.end())
    }

    /// The same start, and another end.
    #[must_use]
    pub fn ending(self, at: usize) -> Span {
        Span::new(self.start(), at)
    }

    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// Why a file's text cannot be trusted. The rest of the corpus is still read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The operating system's reason.
    Unreadable(String),
    /// Larger than this, in bytes.
    TooLarge(u64),
    /// The text holds U+FFFD from this offset on.
    NotUtf8(usize),
}

#[derive(Debug)]
pub struct Source {
    /// From the corpus's root, with `/`. It is the file's identity.
    pub path: Arc<str>,
    /// From the working directory, with `/`. Reports print it.
    pub shown: Arc<str>,
    /// The whole text, a byte order mark and line endings included.
    pub text: String,
    pub fault: Option<Fault>,
    /// When its file was last changed, where it was read from one.
    pub modified: Option<SystemTime>,
    lines: OnceLock<Box<LineIndex>>,
}

impl Source {
    pub fn new(path: Arc<str>, shown: Arc<str>, text: String) -> Source {
        Source {
            path,
            shown,
            text,
            fault: None,
            modified: None,
            lines: OnceLock::new(),
        }
    }

    /// Reads `file` of at most `limit` bytes. A file that cannot be read is a source with a fault, not
    /// an error: the run goes on.
    pub fn read(file: &Path, limit: u64, path: Arc<str>, shown: Arc<str>) -> Source {
        match content(file, limit) {
            Err(error) => Source::unread(Fault::Unreadable(error.to_string()), path, shown),
            Ok(None) => Source::unread(Fault::TooLarge(limit), path, shown),
            Ok(Some((bytes, modified))) => Source {
                modified,
                ..Source::of_bytes(bytes, path, shown)
            },
        }
    }

    /// The source that `bytes` are.
    pub fn of_bytes(bytes: Vec<u8>, path: Arc<str>, shown: Arc<str>) -> Source {
        let (text, fault) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Some(Fault::NotUtf8(at)))
            }
        };
        Source {
            fault,
            ..Source::new(path, shown, text)
        }
    }

    /// A source of which nothing was read.
    pub fn unread(fault: Fault, path: Arc<str>, shown: Arc<str>) -> Source {
        Source {
            fault: Some(fault),
            ..Source::new(path, shown, String::new())
        }
    }

    /// Reads a file that says how the corpus at `root` is judged, or the reason why not.
    ///
    /// # Errors
    /// Where a link leads out of the corpus, since a message shows lines of the
    /// file; where it is no file, larger than [`MAX_SETTINGS`], or not UTF-8.
    pub fn settings(
        root: &Path,
        file: &Path,
        path: Arc<str>,
        shown: Arc<str>,
    ) -> Result<Source, String> {
        let inside = canonicalize(file).map(|real| real.starts_with(root));
        if !inside.map_err(|error| error.to_string())? {
            return Err("it leads out of the corpus".to_string());
        }
        let source = Source::read(file, MAX_SETTINGS, path, shown);
        match source.fault {
            None => Ok(source),
            Some(Fault::Unreadable(reason)) => Err(reason),
            Some(Fault::TooLarge(limit)) => Err(format!("it is larger than {} KiB", limit / 1024)),
            Some(Fault::NotUtf8(_)) => Err("it is not UTF-8".to_string()),
        }
    }

    /// Whether nothing could be read of it.
    pub fn is_unread(&self) -> bool {
        matches!(self.fault, Some(Fault::Unreadable(_) | Fault::TooLarge(_)))
    }

    /// The text of `span`; empty where the span is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where the text begins: behind a byte order mark.
    pub fn start(&self) -> usize {
        if self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        }
    }

    /// How its lines end: as the first one does.
    pub fn line_end(&self) -> &'static str {
        let first = self.text.split_inclusive('\n').next().unwrap_or_default();
        if first.ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// Line and column of `offset`, from 1, the column in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let start = self.line_start(offset);
        if self.is_short() {
            let before = self.text.get(..start).unwrap_or_default();
            let line = before.bytes().filter(|&byte| byte == b'\n').count();
            let column = self.text.as_bytes().get(start..offset);
            return (line + 1, characters(column.unwrap_or_default()) + 1);
        }
        let index = self.lines();
        let column = index
            .characters(&self.text, offset)
            .saturating_sub(index.characters(&self.text, start));
        (index.line_of(offset) + 1, column + 1)
    }

    /// The line that holds `offset`, without its end.
    pub fn line_span(&self, offset: usize) -> Span {
        let start = self.line_start(offset);
        let end = if self.is_short() {
            let rest = self.text.as_bytes().get(offset..).unwrap_or_default();
            memchr(b'\n', rest).map(|at| offset + at)
        } else {
            let next = self.lines().line_of(offset) + 1;
            let next = self.lines().starts.get(next);
            next.map(|&next| next as usize)
        };
        let text = self.text.get(start..end.unwrap_or(self.text.len()));
        let text = text.unwrap_or_default();
        Span::new(start, start + text.trim_end_matches(['\n', '\r']).len())
    }

    /// Where the line that holds `offset` begins; the first behind a byte order mark.
    fn line_start(&self, offset: usize) -> usize {
        let start = if self.is_short() {
            let before = self.text.as_bytes().get(..offset).unwrap_or_default();
            memrchr(b'\n', before).map_or(0, |at| at + 1)
        } else {
            let line = self.lines().line_of(offset);
            let start = self.lines().starts.get(line);
            start.map_or(0, |&start| start as usize)
        };
        start.max(self.start())
    }

    /// Whether its lines are sooner looked for than kept: most files are short,
    /// and a corpus has many.
    fn is_short(&self) -> bool {
        self.text.len() <= LineIndex::STEP
    }

    fn lines(&self) -> &LineIndex {
        self.lines
            .get_or_init(|| Box::new(LineIndex::new(&self.text)))
    }
}

/// What is in a regular file of at most `limit` bytes, and when that was changed;
/// None where there is more. A text is kept, so it takes no more room than it needs.
fn content(file: &Path, limit: u64) -> io::Result<Option<(Vec<u8>, Option<SystemTime>)>> {
    let file = open(file)?;
    // Of what was opened: a name may stand for something else by now.
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    if about.len() > limit {
        return Ok(None);
    }
    let length = usize::try_from(about.len()).unwrap_or(0);
    let mut bytes = Vec::new();
    bytes.reserve_exact(length.saturating_add(1));
    // It may have grown since.
    let read = file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then(|| (bytes, about.modified().ok())))
}

/// Opens a file to read it. A pipe would wait for somebody to write, and nobody may.
fn open(file: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.read(true).open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("a.md".into(), "a.md".into(), text.into())
    }

    #[test]
    fn positions_count_characters_from_one() {
        let source = source("é x\r\nlast");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (1, 3));
        assert_eq!(source.position(6), (2, 1));
        assert_eq!(source.position(10), (2, 5));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = source("\u{feff}# A");
        assert_eq!(source.position(3), (1, 1));
        assert_eq!(source.slice(source.line_span(3)), "# A");
    }

    #[test]
    fn positions_far_into_a_long_line_are_exact() {
        let source = source(&"é".repeat(10_000));
        assert_eq!(source.position(2 * 9_999), (1, 10_000));
    }

    #[test]
    fn a_long_text_has_its_lines_where_a_short_one_has_them() {
        let begin = "one\r\ntwo é\n\nlast";
        let (short, long) = (
            source(begin),
            source(&format!("{begin}\n{}", "x\n".repeat(4096))),
        );
        for (offset, _) in begin.char_indices() {
            assert_eq!(long.position(offset), short.position(offset), "{offset}");
            assert_eq!(long.line_span(offset), short.line_span(offset), "{offset}");
        }
        assert_eq!(long.position(begin.len() + 1), (5, 1));
    }

    #[test]
    fn a_line_ends_before_its_line_ending() {
        let source = source("one\r\ntwo\n");
        assert_eq!(source.slice(source.line_span(1)), "one");
        assert_eq!(source.slice(source.line_span(5)), "two");
        assert_eq!(source.slice(source.line_span(9)), "");
    }
}

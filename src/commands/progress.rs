//! What a waiting person sees of a run that takes long: one line on the
//! terminal, which is gone when anything else is printed.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use terminal_size::{Width, terminal_size_of};

use crate::progress::words;

/// Nobody waits for a shorter run.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

struct Line {
    /// How many columns of it are drawn.
    drawn: usize,
    /// The result is being printed, or a person typing: no more is drawn.
    over: bool,
}

static LINE: Mutex<Line> = Mutex::new(Line {
    drawn: 0,
    over: false,
});

/// Works, and shows from the first second on how far that has come. Nothing is
/// shown in CI, nor where standard error is no terminal that can draw.
pub fn with_progress<T>(work: impl FnOnce() -> T) -> T {
    let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if std::env::var_os("CI").is_some() || dumb || !io::stderr().is_terminal() {
        return work();
    }
    let (working, waiting) = channel();
    thread::scope(|scope| {
        scope.spawn(move || show(&waiting));
        let result = work();
        drop(working);
        result
    })
}

/// Draws until the other end of `waiting` is gone.
fn show(waiting: &Receiver<()>) {
    let mut time = PATIENCE;
    while waiting.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
        draw();
        time = TICK;
    }
    clear();
}

fn draw() {
    let mut line = line();
    if line.over {
        return;
    }
    let stream = io::stderr();
    let width = terminal_size_of(&stream).map_or(80, |(Width(width), _)| usize::from(width));
    let mut text = words();
    // One column less, since some terminals go on to the next line in the last.
    text.truncate(width.saturating_sub(1));
    // Nobody is left to tell where standard error is closed.
    let _ = write!(stream.lock(), "\r{text:drawn$}", drawn = line.drawn);
    line.drawn = text.len().max(line.drawn);
}

/// Takes the line away, before something else is printed there.
pub fn clear() {
    let mut line = line();
    if line.drawn > 0 {
        let _ = write!(io::stderr().lock(), "\r{:drawn$}\r", "", drawn = line.drawn);
        line.drawn = 0;
    }
}

/// Takes the line away for good.
pub fn end() {
    clear();
    line().over = true;
}

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

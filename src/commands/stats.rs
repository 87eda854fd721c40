//! `prepdeck stats`: what a corpus holds, and what is thin.

use std::io;

use super::{Outcome, look, print, working_directory};
use crate::cli::Stats;
use crate::corpus::around;
use crate::stats::{render, stats};

pub fn run(arguments: &Stats) -> miette::Result<Outcome> {
    let corpus = around(&working_directory()?)?;
    let text = render(&stats(&corpus), arguments.format, look(&io::stdout()));
    print(text.as_bytes())?;
    Ok(Outcome::Clean)
}

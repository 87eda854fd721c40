//! `prepdeck completions SHELL`: what a shell completes words with.

use clap::CommandFactory;
use clap_complete::generate;

use super::{Outcome, print};
use crate::cli::{Cli, Completions};

pub fn run(arguments: &Completions) -> miette::Result<Outcome> {
    let mut script = Vec::new();
    generate(
        arguments.shell,
        &mut Cli::command(),
        "prepdeck",
        &mut script,
    );
    print(&script)?;
    Ok(Outcome::Clean)
}

//! Parse the arguments, run, and say by the exit code what came of it.

use std::process::ExitCode;

use clap::Parser;
use prepdeck::cli::Cli;
use prepdeck::commands::{Outcome, run, show_fault};

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Undone) => ExitCode::from(2),
        Err(fault) => {
            show_fault(&fault);
            ExitCode::from(2)
        }
    }
}

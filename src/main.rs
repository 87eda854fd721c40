//! Parse the arguments, run, and say by the exit code what came of it.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use prepdeck::cli::Cli;
use prepdeck::commands::{Outcome, run, show_fault};

/// A question is many small texts: this takes a tenth off the CPU time of a
/// check or an export, against glibc's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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

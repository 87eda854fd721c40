//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::{changes, config, export, report, schema, stats};

#[derive(Debug, Parser)]
#[command(
    version,
    about = "Keeps a bank of interview questions honest and turns it into things people study from",
    max_term_width = 100,
    after_help = "Examples:
  prepdeck check                       judge the corpus around this folder
  prepdeck export anki                 make a deck of it
  prepdeck similar \"What is a deadlock?\"
  prepdeck new \"What is a deadlock?\" --topic concurrency
  prepdeck explain missing-answer

Exit status: 0 nothing wrong, 1 findings, 2 the run could not be done."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check questions for duplicates, missing answers and formatting
    Check(Check),
    /// Export questions to Anki, CSV, JSON, Parquet or a data set
    Export(Export),
    /// Take questions from other banks, one file each
    Import(Import),
    /// Start a bank here, or add what is missing to the one that is here
    Init(Init),
    /// Write the skeleton of a new question
    New(New),
    /// Show the questions that are most like a text
    Similar(Similar),
    /// List the rules, test a corpus's own, or begin a new one
    Rules(Rules),
    /// Say what a rule means and what to do
    Explain(Explain),
    /// Print a JSON Schema, for editors and validators
    Schema(Schema),
    /// Count what the corpus holds, and say what is thin
    Stats(Stats),
    /// Say what changed between two exports, or two commits
    Diff(Diff),
    /// Print what a shell needs to complete prepdeck's words
    Completions(Completions),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck check
  prepdeck check questions/databases --deny-warnings
  prepdeck check --format github --format sarif=findings.sarif
  prepdeck check --since origin/main  what this branch changed
  prepdeck check --diff               what --fix would do
  prepdeck check --rule weasel-word
  prepdeck check README.md            a bank as it stands; its form is guessed
  prepdeck check README.md --as headings
  prepdeck check --baseline old.json --write-baseline
                                   from now on, only what is new

A path narrows what is reported, not what is compared, and so does --since.")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "clap reads a flag of the command line into each"
)]
pub struct Check {
    /// Files or folders to report on [default: the whole corpus]
    pub paths: Vec<PathBuf>,

    /// The format of the paths [default: as configured, or guessed]
    #[arg(long = "as", value_enum, value_name = "FORMAT", requires = "paths")]
    pub format_as: Option<config::Format>,

    /// List what may be a question and was not understood
    #[arg(long)]
    pub verbose: bool,

    /// How to report: human, concise, github, gitlab, sarif, junit, markdown, json or
    /// jsonl; several go each to a file of its own
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<report::Output>,

    /// Report on what changed since this branch left that commit, tag or branch
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "diff"])]
    pub since: Option<String>,

    /// Exit with 1 for warnings too
    #[arg(long)]
    pub deny_warnings: bool,

    /// Only this rule, even if it is off; may be given several times
    #[arg(long, value_name = "NAME")]
    pub rule: Vec<String>,

    /// Count the old findings that FILE lists, and do not show them
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write all findings to the baseline where there is no such file yet; else only remove
    /// from it those that are gone. To take in new ones, delete it first
    #[arg(long, requires = "baseline", conflicts_with_all = ["rule", "diff", "since"])]
    pub write_baseline: bool,

    /// Mend what can be mended without a change of meaning
    #[arg(long)]
    pub fix: bool,

    /// With --fix or --diff: mend also what somebody should look at
    #[arg(long)]
    pub unsafe_fixes: bool,

    /// Show what --fix would do, and write nothing
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck rules
  prepdeck rules new no-slang     a page in the folder that `rule-pages` names
  prepdeck rules test             run the tests in those pages")]
pub struct Rules {
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Run the tests in the corpus's own rule pages
    Test,
    /// Write a rule page to start from
    New {
        /// The rule's name: it states the fault, and reads after "allow"
        name: String,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  prepdeck schema config > prepdeck.schema.json")]
pub struct Schema {
    /// Of what
    #[arg(value_enum)]
    pub of: schema::Kind,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck export anki
  prepdeck export anki --diff       what it would change for readers
  prepdeck export anki-text --update
  prepdeck export anki --topic databases --level mid --level senior
  prepdeck export csv -o questions.csv --spreadsheet
  prepdeck export jsonl -o - --fields id,question,answer_text
  prepdeck export dataset -o backend-dataset

Drafts are left out. A filter that is given several times takes what fits any of them.")]
pub struct Export {
    /// What to make
    #[arg(value_enum)]
    pub format: export::Format,

    /// File to write, - for standard output [default: the corpus's name]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Only questions of this topic, and of those below it
    #[arg(long)]
    pub topic: Vec<String>,

    /// Only questions of this level
    #[arg(long)]
    pub level: Vec<String>,

    /// Only questions with this tag
    #[arg(long)]
    pub tag: Vec<String>,

    /// Leave out questions with errors instead of stopping
    #[arg(long)]
    pub allow_errors: bool,

    #[command(flatten)]
    pub options: export::Options,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck import README.md --into questions --dry-run
  prepdeck import README.md --into questions --topic react --license MIT
  prepdeck import cards.csv --into questions

Import again when the origin has changed: what you edited since is left as it is.")]
pub struct Import {
    /// Files or folders to take questions from
    #[arg(required = true)]
    pub files: Vec<PathBuf>,

    /// The folder of question files
    #[arg(long, value_name = "FOLDER")]
    pub into: PathBuf,

    /// The topic of all questions [default: as their files say]
    #[arg(long)]
    pub topic: Option<String>,

    /// SPDX expression of their licence, where their files name none
    #[arg(long)]
    pub license: Option<String>,

    /// The format of the files [default: as configured, or guessed]
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format_as: Option<config::Format>,

    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck init
  prepdeck init --ci github        and check every pull request

What is there already is never changed, so it can be run again.")]
pub struct Init {
    /// Write also what checks every pull request
    #[arg(long, value_enum, value_name = "WHERE")]
    pub ci: Option<Ci>,
}

/// Where pull requests are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// A workflow of GitHub Actions, .github/workflows/questions.yml
    Github,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  prepdeck new \"What is a deadlock?\" --topic concurrency --level mid --tag locks")]
pub struct New {
    /// The question
    pub question: String,

    /// Its folder below questions/
    #[arg(long)]
    pub topic: String,

    /// Its level [default: mid, or the corpus's first]
    #[arg(long)]
    pub level: Option<String>,

    /// A tag; may be given several times
    #[arg(long)]
    pub tag: Vec<String>,

    /// Its id, for ever [default: from the question]
    #[arg(long)]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck similar \"What is a REST API?\"
  prepdeck similar --file draft.md      its questions, or each of its lines
  pbpaste | prepdeck similar -

A score is the share of words in common, from 0 to 1; rare words count more.")]
pub struct Similar {
    /// A question, or - to read it from standard input
    #[arg(required_unless_present = "file")]
    pub question: Option<String>,

    /// A file to compare: its questions with their code, or each line a question
    #[arg(long, conflicts_with = "question")]
    pub file: Option<PathBuf>,

    /// Show at most so many
    #[arg(long, default_value_t = 5, value_name = "NUMBER")]
    pub limit: usize,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  prepdeck explain duplicate-question")]
pub struct Explain {
    /// The rule's name, as findings and `prepdeck rules` show it
    pub rule: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck stats
  prepdeck stats --format markdown >> README.md")]
pub struct Stats {
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: stats::Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck diff old.jsonl new.csv            two exports, in any format of records
  prepdeck diff v1.0..v1.1                   two commits, tags or branches
  prepdeck diff v1.0.. --format markdown     since v1.0, for release notes

Questions are matched by id. Whatever differs, the exit status is 0.")]
pub struct Diff {
    /// An export (json, jsonl, csv, parquet, or a data set's folder), or two commits: OLD..NEW
    pub old: PathBuf,

    /// The export to compare it with
    pub new: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: changes::Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prepdeck completions bash > ~/.local/share/bash-completion/completions/prepdeck
  prepdeck completions zsh > ~/.zfunc/_prepdeck
  prepdeck completions fish > ~/.config/fish/completions/prepdeck.fish")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

//! prepdeck, from the ground up. Each module imports only from those above it
//! in this list; read them in this order and nothing is used before it is met.
//!
//! The data flows path → [`source`] → [`parse`] → [`corpus`] → [`lint`] →
//! findings → [`report`] → bytes, and [`export`] branches off at the corpus.
//! Only [`commands`] print or write.

// The ground: text from strangers, how far a run has come, and where in a text something stands.
pub mod visible;

pub mod scan;

pub mod word;

pub mod progress;

pub mod source;

pub mod view;

pub mod finding;

pub mod config;

// From bytes to questions.
pub mod git;

pub mod markdown;

pub mod page;

pub mod question;

pub mod parse;

pub mod files;

pub mod corpus;

pub mod revision;

// From questions to findings.
pub mod verdict;

pub mod scope;

pub mod expression;

pub mod rule;

pub mod duplicates;

pub mod rules;

pub mod fingerprint;

pub mod lint;

pub mod since;

pub mod fix;

pub mod proof;

pub mod report;

pub mod baseline;

pub mod stats;

// From questions to what people study from.
pub mod history;

pub mod export;

pub mod changes;

pub mod import;

pub mod schema;

// What a person says and gets.
pub mod cli;

pub mod commands;

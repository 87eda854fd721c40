//! The languages that have colours: a row each, in files by family.

mod c_like;
mod data;
mod functional;
mod scripts;

use super::grammar::Grammar;

pub(super) const GRAMMARS: [&[Grammar]; 4] =
    [c_like::ROWS, scripts::ROWS, functional::ROWS, data::ROWS];

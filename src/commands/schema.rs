//! `prepdeck schema`: what editors and validators ask for.

use super::{Outcome, print};
use crate::cli::Schema;
use crate::schema::schema;

pub fn run(arguments: &Schema) -> miette::Result<Outcome> {
    print(schema(arguments.of).as_bytes())?;
    Ok(Outcome::Clean)
}

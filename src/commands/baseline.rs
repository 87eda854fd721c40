//! `check --baseline`: the file of old findings, read and written.

use std::fs::{File, metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{say, write};
use crate::baseline::{Baseline, Fault, leave_out, of, read, size, text};
use crate::cli::Check;
use crate::config::fault;
use crate::report::{Judged, count};
use crate::visible::shown_path;

/// The largest baseline that is read, in bytes: some 200,000 findings.
const MAX_BASELINE: u64 = 64 * 1024 * 1024;

/// Whether the run that was asked for can write a baseline: it is `whole` where
/// nothing narrows it, and only then can it tell that a finding is gone.
///
/// # Errors
/// Where it cannot.
pub fn accept(arguments: &Check, whole: bool) -> miette::Result<()> {
    if arguments.write_baseline && !whole {
        return Err(fault(
            "a baseline is written by a run over the whole corpus",
            "leave out paths within the corpus, and mend its rule pages if they are faulty",
        ));
    }
    Ok(())
}

/// Takes out of a run what its baseline lists, and writes the baseline where
/// that was asked. From a whole run the number of those that are gone comes back.
///
/// # Errors
/// Where the baseline cannot be read or written, or is none.
pub fn apply(
    arguments: &Check,
    judged: &mut [Judged<'_>],
    whole: bool,
) -> miette::Result<Option<usize>> {
    let Some(file) = &arguments.baseline else {
        return Ok(None);
    };
    let name = shown_path(file);
    let old = match open(file)? {
        Some(old) => old,
        None if arguments.write_baseline => {
            let new = of(judged);
            write::create(file, text(&new).as_bytes())?;
            say(&format!(
                "{name}: wrote {}\n",
                count(size(&new), "old finding")
            ));
            new
        }
        None => {
            return Err(fault(
                &format!("there is no baseline {name}"),
                "write it by the same command with --write-baseline",
            ));
        }
    };
    let (kept, gone) = leave_out(&old, judged);
    if !arguments.write_baseline {
        return Ok(whole.then_some(gone));
    }
    if gone > 0 {
        write::replace(file, text(&kept).as_bytes())?;
        say(&format!(
            "{name}: removed {}, kept {}\n",
            count(gone, "finding"),
            size(&kept)
        ));
    }
    if judged.iter().any(|one| !one.findings.is_empty()) {
        say(&format!(
            "note: new findings are not added; to take them in, delete {name} and write it again\n"
        ));
    }
    Ok(None)
}

/// Says that findings of the baseline are gone, and how to remove them.
pub fn say_gone(arguments: &Check, gone: Option<usize>) {
    if let (Some(file), Some(gone @ 1..)) = (&arguments.baseline, gone) {
        let name = shown_path(file);
        let (are, them) = if gone == 1 {
            ("is", "it")
        } else {
            ("are", "them")
        };
        say(&format!(
            "{} of {name} {are} gone; the same command with --write-baseline removes {them}\n",
            count(gone, "old finding")
        ));
    }
}

/// The baseline in `file`, if there is such a file.
fn open(file: &Path) -> miette::Result<Option<Baseline>> {
    let name = shown_path(file);
    let found = match metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        found => found,
    };
    let mut bytes = Vec::new();
    let read_all = found.and_then(|found| {
        // A pipe would have to be waited for.
        if !found.is_file() {
            return Err(std::io::Error::other("it is no file"));
        }
        File::open(file)?
            .take(MAX_BASELINE + 1)
            .read_to_end(&mut bytes)
    });
    read_all.map_err(|error| {
        fault(
            &format!("can't read the baseline {name}: {error}"),
            "name another file",
        )
    })?;
    let anew = "take it from git again, or delete it and use --write-baseline";
    if bytes.len() as u64 > MAX_BASELINE {
        let message = format!(
            "{name} is no baseline: larger than {} MiB",
            MAX_BASELINE >> 20
        );
        return Err(fault(&message, anew));
    }
    let parsed = match std::str::from_utf8(&bytes) {
        Ok(text) => read(text),
        Err(error) => Err(Fault::Corrupt(error.to_string())),
    };
    match parsed {
        Ok(baseline) => Ok(Some(baseline)),
        Err(Fault::Newer(version)) => Err(fault(
            &format!(
                "the baseline {name} has version {version}, which this prepdeck does not know"
            ),
            "use the prepdeck that wrote it, or a later one",
        )),
        Err(Fault::Corrupt(message)) => {
            Err(fault(&format!("{name} is no baseline: {message}"), anew))
        }
    }
}

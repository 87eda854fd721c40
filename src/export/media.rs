//! Images that questions show: found in the corpus, checked, and named by what
//! they hold, so that a changed image is a new file to Anki.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use dunce::canonicalize;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use super::Entry;
use super::record::hex;
use crate::corpus::Corpus;
use crate::files::resolved;
use crate::markdown::html::scheme;
use crate::question::slug;
use crate::visible::path_text;

#[derive(Debug, Default)]
pub struct Media {
    /// Source's path and target as written, to the image.
    images: BTreeMap<(String, String), Image>,
    /// A question's id to the paths of its images, from the corpus's root.
    paths: BTreeMap<String, Vec<String>>,
    /// The files by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Images that cannot be carried, and why.
    pub refused: Vec<String>,
}

#[derive(Debug)]
struct Image {
    /// Of the file in the package.
    name: String,
    /// From the corpus's root.
    path: String,
}

impl Media {
    /// The name of the image that `target` leads to from a source.
    pub fn name(&self, source: &str, target: &str) -> Option<String> {
        let key = (source.to_string(), target.to_string());
        self.images.get(&key).map(|image| image.name.clone())
    }

    /// The paths of the images that the question with that id shows, from the
    /// corpus's root.
    pub fn paths(&self, id: &str) -> &[String] {
        self.paths.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Reads the images that `entries` show. Images on the web stay there: a card
/// asks nothing of the network.
pub fn read(corpus: &Corpus, entries: &[Entry<'_>]) -> Media {
    let mut media = Media::default();
    for entry in entries.iter().filter(|entry| entry.question.holds.images) {
        let document = entry.question.document(entry.source);
        for link in document.links.iter().filter(|link| link.image) {
            if scheme(&link.target).is_some() {
                continue;
            }
            let key = (entry.links_from().to_string(), link.target.clone());
            if !media.images.contains_key(&key) {
                match image(corpus, entry.links_from(), &link.target) {
                    Ok((image, bytes)) => {
                        media.files.insert(image.name.clone(), bytes);
                        media.images.insert(key.clone(), image);
                    }
                    Err(reason) => media
                        .refused
                        .push(format!("{}: {} {reason}", entry.source.shown, link.target)),
                }
            }
            if let Some(image) = media.images.get(&key) {
                let own = media.paths.entry(entry.id.to_string()).or_default();
                own.push(image.path.clone());
            }
        }
    }
    media
}

fn image(corpus: &Corpus, source: &str, target: &str) -> Result<(Image, Vec<u8>), String> {
    let largest = corpus.config.max_image_bytes;
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    let wanted = resolved(source, &path).ok_or("leads to no file of the corpus")?;
    let real = canonicalize(corpus.root.join(wanted)).map_err(|_| "leads to no file")?;
    if !real.starts_with(&corpus.root) || !real.is_file() {
        return Err("leads to no file of the corpus".to_string());
    }
    let mut bytes = Vec::new();
    let file = File::open(&real).map_err(|_| "can't be read")?;
    file.take(largest.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| "can't be read")?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > largest) {
        return Err(format!(
            "is larger than {largest} bytes (`max-image-bytes`)"
        ));
    }
    let extension = kind(&bytes).ok_or("is no PNG, JPEG, GIF, WebP or plain SVG")?;
    let stem = real
        .file_stem()
        .map(|stem| slug(&Path::new(stem).to_string_lossy()))
        .filter(|stem| !stem.is_empty());
    let digest = hex(&Sha256::digest(&bytes));
    let name = format!(
        "prepdeck-{}-{}.{extension}",
        stem.as_deref().unwrap_or("image"),
        digest.get(..16).unwrap_or_default()
    );
    let path = path_text(real.strip_prefix(&corpus.root).unwrap_or(&real));
    Ok((Image { name, path }, bytes))
}

/// The extension that fits what the file begins with, whatever it is called.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("jpg")
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some("gif")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("webp")
    } else {
        is_plain_svg(bytes).then_some("svg")
    }
}

/// An SVG that runs nothing and loads nothing from elsewhere.
fn is_plain_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let text = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_ascii_lowercase();
    let begins = text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg"));
    let runs = [
        "<!entity",
        "<foreignobject",
        "<iframe",
        "<script",
        "<?xml-stylesheet",
        ":script",
        "@import",
        "data:text",
        "javascript:",
    ]
    .iter()
    .any(|word| text.contains(word));
    let handler = text.match_indices("on").any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at..).unwrap_or_default();
        let name = after.len()
            - after
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                .len();
        before.ends_with([' ', '\t', '\n', '\r', '"', '\'', '/'])
            && name > 2
            && after
                .get(name..)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
    });
    begins && !runs && !handler
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_an_image_is() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\nxx"), Some("png"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("jpg"));
        assert_eq!(kind(b"GIF89a"), Some("gif"));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(kind(b"RIFF\0\0\0\0WAVE"), None);
        assert_eq!(kind(b"<html>"), None);
        assert_eq!(
            kind(b"<svg xmlns='http://www.w3.org/2000/svg'><text>button = on</text></svg>"),
            Some("svg")
        );
        assert_eq!(kind(b"<svg><script>x</script></svg>"), None);
        assert_eq!(kind(b"<svg onload='x'></svg>"), None);
        assert_eq!(kind(b"<svg\nonload\n=x></svg>"), None);
        assert_eq!(kind(b"<svg><a href='JavaScript:x'/></svg>"), None);
        assert_eq!(kind(b"<svg><style>@import 'x'</style></svg>"), None);
        assert_eq!(kind(b"<?xml version='1.0'?><html>"), None);
    }
}

//! Copies that a folder which is kept the same on several PCs puts beside a plan when two people
//! have saved it at once: one person's work is in a file that nobody opens.
//!
//! They are told by their names alone. What is in them is the caller's to compare.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::folder;

/// Words in brackets by which OneDrive, Dropbox, Nextcloud and Box name such a copy.
const WORDS: [&str; 5] = [
    "競合コピー",
    "競合するコピー",
    "競合した",
    "conflicted copy",
    "conflict copy",
];

/// The copies of `file` in its folder that stand for a conflict, sorted by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn conflict_copies(file: &Path) -> io::Result<Vec<PathBuf>> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
        return Ok(Vec::new());
    };
    let mut copies: Vec<PathBuf> = folder::entries(folder::of(file))?
        .into_iter()
        .filter(|path| {
            let other = path.file_name().and_then(|other| other.to_str());
            other.is_some_and(|other| is_conflict_copy(name, other)) && path.is_file()
        })
        .collect();
    copies.sort();
    Ok(copies)
}

/// Whether a file's name is that of a conflicting copy of the file with the name `of`.
///
/// `計画.ron` has `計画 (港区 の競合コピー 2021-10-31).ron`, `計画-DESKTOP-4F2K9.ron`, `計画 (1).ron`
/// and `計画.sync-conflict-20211031-143200-ABCDEFG.ron`, but not `計画（案）.ron`.
pub fn is_conflict_copy(of: &str, name: &str) -> bool {
    let (stem, extension) = of.rsplit_once('.').unwrap_or((of, ""));
    let added = name.strip_prefix(stem).and_then(|rest| match extension {
        "" => Some(rest),
        _ => rest.strip_suffix(extension)?.strip_suffix('.'),
    });
    let Some(added) = added else {
        return false;
    };
    in_brackets(added).is_some_and(is_a_conflict_or_number)
        || added.strip_prefix('-').is_some_and(is_pc)
        || added.starts_with(".sync-conflict-")
        || added.starts_with("_conflict-")
}

fn in_brackets(added: &str) -> Option<&str> {
    let added = added.trim_start_matches([' ', '\u{3000}']);
    let inside = |open, close| added.strip_prefix(open)?.strip_suffix(close);
    inside('(', ')').or_else(|| inside('（', '）'))
}

fn is_a_conflict_or_number(inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let is_number = (1..=3).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_digit());
    is_number || WORDS.iter().any(|word| lower.contains(word))
}

/// OneDrive adds the name of the PC, and a number if there is such a copy already. Windows names
/// are at most 15 capitals, digits and hyphens; one without a digit or a hyphen could be a word.
fn is_pc(added: &str) -> bool {
    let is_upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    let capitals = added.bytes().filter(u8::is_ascii_uppercase).count();
    let others = added.len() - capitals;
    (5..=18).contains(&added.len()) && added.bytes().all(is_upper) && capitals >= 2 && others >= 1
}

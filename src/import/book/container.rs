//! The archive that a workbook is, or what a file is instead.

use std::{
    collections::HashSet,
    io::{Cursor, Read},
};

use zip::ZipArchive;

use super::BookError;

/// A return is some 20 KB; a table of 10,000 rows a few MB.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Of all parts together, and so of each, once they are unpacked.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
const MOST_PARTS: usize = 10_000;

/// The parts of a workbook.
pub struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: HashSet<String>,
    /// So many parts, and so much of them, is still unpacked: as if each were read once. A workbook
    /// may list one part any number of times.
    parts_left: usize,
    bytes_left: u64,
}

impl<'a> Container<'a> {
    /// # Errors
    /// When the bytes are no workbook, or one that is not read, and why.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BookError> {
        if bytes.is_empty() {
            return Err(BookError::Empty);
        }
        if bytes.len() > MOST_BYTES {
            return Err(BookError::TooLarge);
        }
        if !bytes.starts_with(b"PK") {
            return Err(what_else(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes));
        let mut archive = archive.map_err(|error| BookError::Broken(error.to_string()))?;
        if archive.len() > MOST_PARTS {
            return Err(BookError::TooLarge);
        }
        let mut unpacked = 0_u64;
        let mut names = HashSet::with_capacity(archive.len());
        for n in 0..archive.len() {
            let part = archive.by_index_raw(n);
            let part = part.map_err(|error| BookError::Broken(error.to_string()))?;
            unpacked = unpacked.saturating_add(part.size());
            names.insert(
                part.name()
                    .map(|name| name.into_owned())
                    .unwrap_or_default(),
            );
        }
        if unpacked > MOST_UNPACKED {
            return Err(BookError::TooLarge);
        }
        let mut container = Self {
            archive,
            names,
            parts_left: MOST_PARTS,
            bytes_left: MOST_UNPACKED,
        };
        container.refuse_other_kinds()?;
        Ok(container)
    }

    fn refuse_other_kinds(&mut self) -> Result<(), BookError> {
        if let Some(kind) = self.part("mimetype")?
            && kind.contains("opendocument")
        {
            return Err(BookError::OpenDocument);
        }
        let types = self.part("[Content_Types].xml")?;
        let types = types.ok_or(BookError::NotExcel)?;
        let has_macros = self.has("xl/vbaProject.bin") || types.contains("macroEnabled");
        match () {
            () if has_macros => Err(BookError::Macros),
            () if self.has("xl/workbook.bin") => Err(BookError::Binary),
            () if !self.has("xl/workbook.xml") => Err(BookError::NotExcel),
            () => Ok(()),
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether there is a part in this folder.
    pub fn has_below(&self, folder: &str) -> bool {
        self.names.iter().any(|it| it.starts_with(folder))
    }

    /// A part as a text; `None` where there is none of this name.
    ///
    /// # Errors
    /// When it cannot be unpacked, is no text, is larger than it says, or when too much has been
    /// unpacked already.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, BookError> {
        if !self.has(name) {
            return Ok(None);
        }
        self.parts_left = self.parts_left.checked_sub(1).ok_or(BookError::TooLarge)?;
        let broken = |error: String| BookError::Broken(format!("{name}: {error}"));
        let part = self.archive.by_name(name);
        let part = part.map_err(|error| broken(error.to_string()))?;
        // What an archive says of its sizes may be wrong.
        let most = part.size().min(self.bytes_left);
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(BookError::TooLarge);
        }
        self.bytes_left -= bytes.len() as u64;
        let text = String::from_utf8(bytes).map_err(|_| broken("UTF-8".to_owned()))?;
        Ok(Some(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }
}

/// What a file is that is no archive.
fn what_else(bytes: &[u8]) -> BookError {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    if !bytes.starts_with(OLE) {
        return BookError::NotExcel;
    }
    let wanted: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    match memchr::memmem::find(bytes, &wanted) {
        Some(_) => BookError::Encrypted,
        None => BookError::OldExcel,
    }
}

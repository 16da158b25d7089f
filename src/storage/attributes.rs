//! Access lists (POSIX ACLs) and the attributes that people gave to a file, as Linux has them.
//!
//! Not here: the lists of Windows and of NFS, which a new file takes from its folder; and the
//! attributes of the system itself (`security`, `trusted`), which are about a content or a place.

use std::{ffi::CString, fs::File, io, path::Path};

use rustix::{
    fs::{XattrFlags, fremovexattr, fsetxattr, getxattr, getxattr_query, listxattr},
    io::Errno,
};

const ACCESS: &str = "system.posix_acl_access";
/// Nobody has it; to ask for it shows whether a place knows such attributes at all.
const NOBODYS: &str = "user.furikaeri";
const OF_PEOPLE: &[u8] = b"user.";

/// Who may do what with a file, besides what its mode says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Access {
    /// The place knows no lists.
    Unknown,
    /// The mode is all.
    Mode,
    List(List),
    /// There may be a list, but nobody can tell.
    Unreadable,
}

/// An access list as the system hands it out: a version, then entries of eight bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List(Vec<u8>);

/// A file's access list and attributes.
#[derive(Debug)]
pub(super) struct Attributes {
    pub access: Access,
    /// `None` where they cannot be read.
    pub others: Option<Vec<(CString, Vec<u8>)>>,
}

impl Attributes {
    /// Those of a file, which is no link.
    pub fn of(path: &Path) -> Self {
        let access = match read(path, ACCESS) {
            Ok(list) => Access::List(List(list)),
            Err(Errno::NODATA) => Access::Mode,
            Err(error) if is_unknown(error) => Access::Unknown,
            Err(_) => Access::Unreadable,
        };
        // To ask for a list is not harmless everywhere: smbnetfs breaks off for seconds. It is
        // asked only where a place knows such attributes.
        let others = match getxattr_query(path, NOBODYS) {
            Err(Errno::NODATA) | Ok(_) => of_people(path).ok(),
            Err(error) if is_unknown(error) => Some(Vec::new()),
            Err(_) => None,
        };
        Self { access, others }
    }

    /// Gives the attributes of people to another file. `false` if one of them is lost.
    pub fn give_others(&self, file: &File) -> bool {
        let Some(others) = &self.others else {
            return false;
        };
        let set = |(name, value): &(CString, Vec<u8>)| {
            fsetxattr(file, name, value, XattrFlags::empty()).is_ok()
        };
        others.iter().all(set)
    }
}

impl List {
    /// Gives the list to a file.
    pub fn give(&self, file: &File) -> io::Result<()> {
        Ok(fsetxattr(file, ACCESS, &self.0, XattrFlags::empty())?)
    }

    /// The same list in which the file's group may do no more than anybody.
    pub fn without_group(&self) -> Self {
        let others = self.permission(Tag::Others);
        let mut list = self.clone();
        let entries = list.0.get_mut(HEAD..).unwrap_or_default();
        for entry in entries.chunks_exact_mut(ENTRY) {
            if let [tag, _, permission, ..] = entry
                && *tag == Tag::Group as u8
            {
                *permission &= others;
            }
        }
        list
    }

    /// What the file's group may do: not what the mode says, which is what anybody in the list may.
    pub fn group(&self) -> u32 {
        let mask = self.entry(Tag::Mask).unwrap_or(0o7);
        u32::from(self.permission(Tag::Group) & mask)
    }

    fn permission(&self, tag: Tag) -> u8 {
        self.entry(tag).unwrap_or_default()
    }

    fn entry(&self, wanted: Tag) -> Option<u8> {
        let entries = self.0.get(HEAD..)?.chunks_exact(ENTRY);
        let mut entries = entries.filter_map(|entry| match entry {
            [tag, 0, permission, ..] => Some((*tag, *permission)),
            _ => None,
        });
        let found = entries.find(|(tag, _)| *tag == wanted as u8)?;
        Some(found.1 & 0o7)
    }
}

const HEAD: usize = 4;
const ENTRY: usize = 8;

/// Which of the entries that every list has at most once.
#[derive(Clone, Copy)]
enum Tag {
    Group = 0x04,
    Mask = 0x10,
    Others = 0x20,
}

/// Takes the list away that a new file has from its folder.
pub(super) fn remove_list(file: &File) -> io::Result<()> {
    match fremovexattr(file, ACCESS) {
        Err(Errno::NODATA) => Ok(()),
        Err(error) if is_unknown(error) => Ok(()),
        other => Ok(other?),
    }
}

fn is_unknown(error: Errno) -> bool {
    matches!(error, Errno::OPNOTSUPP | Errno::NOSYS)
}

fn read(path: &Path, name: &str) -> Result<Vec<u8>, Errno> {
    let mut value = vec![0; getxattr_query(path, name)?];
    let length = getxattr(path, name, &mut value[..])?;
    value.truncate(length);
    Ok(value)
}

fn of_people(path: &Path) -> Result<Vec<(CString, Vec<u8>)>, Errno> {
    // The most that Linux lets all names of a file be.
    let mut names = vec![0; 64 * 1024];
    let length = listxattr(path, &mut names[..])?;
    names.truncate(length);
    let names = names.split(|byte| *byte == 0);
    names
        .filter(|name| name.starts_with(OF_PEOPLE))
        .filter_map(|name| CString::new(name).ok())
        .map(|name| {
            let mut value = vec![0; getxattr_query(path, &name)?];
            let length = getxattr(path, &name, &mut value[..])?;
            value.truncate(length);
            Ok((name, value))
        })
        .collect()
}

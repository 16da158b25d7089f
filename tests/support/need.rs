//! What tests need besides Rust, and what becomes of a test that does not find it.
//!
//! `cargo test` alone passes on a bare machine: a test without what it needs is left out, and says
//! so. A full run (`tests/run`, which sets `FURIKAERI_FULL`) has installed what can be installed;
//! there a test that misses it fails. The rest, such as the rights of root, is left out in a full
//! run as well, always whole tests, and counted in its last line.

use std::{collections::BTreeSet, env, fs, io::Write as _, sync::Mutex};

use strum::VariantArray;

/// Something that a test needs, and that a machine may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Need {
    /// Reads and draws PDFs.
    Poppler,
    /// Checks PDFs.
    Qpdf,
    /// Prints.
    Cups,
    /// Lets system calls fail.
    Strace,
    /// Makes disks and mounts them.
    Disks,
    /// Shows a folder once more, with rules of its own, and can be stopped.
    Bindfs,
    /// A FAT file system that knows no more than FAT does.
    Fat,
    /// A Windows share, and a file system through which it is used.
    Samba,
    Git,
    /// Counts instructions.
    Valgrind,
    /// The driver that drew the pictures that others are compared with.
    Driver,
    /// Opens workbooks as a section does. Too large to be installed for a run.
    LibreOffice,
    /// The rights of root.
    Root,
}

impl Need {
    /// Whether the test that asks can run. If not, that is said, and in a full run the test fails
    /// for want of what should have been installed.
    pub fn is_met(self) -> bool {
        let Some(reason) = self.missing() else {
            return true;
        };
        let is_optional = matches!(self, Self::LibreOffice | Self::Root);
        assert!(
            is_optional || !is_full_run(),
            "{reason}, but tests/run should have seen to it"
        );
        left_out(self.name(), &reason);
        false
    }

    fn name(self) -> &'static str {
        match self {
            Self::Poppler => "poppler",
            Self::Qpdf => "qpdf",
            Self::Cups => "CUPS",
            Self::Strace => "strace",
            Self::Disks => "disks",
            Self::Bindfs => "bindfs",
            Self::Fat => "fusefat",
            Self::Samba => "Samba",
            Self::Git => "git",
            Self::Valgrind => "valgrind",
            Self::Driver => "the pictures' driver",
            Self::LibreOffice => "LibreOffice",
            Self::Root => "root",
        }
    }

    /// The programs, on the PATH, and the files that it consists of.
    fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Poppler => &["pdftotext", "pdfinfo", "pdffonts", "pdftoppm"],
            Self::Qpdf => &["qpdf"],
            Self::Cups => &["cupsd", "lpadmin", "lpstat", "lp", PDF_PRINTER],
            Self::Strace => &["strace"],
            Self::Disks => &["mount", "umount", "mkfs.ext4"],
            Self::Bindfs => &["bindfs", "mount", "umount"],
            Self::Fat => &["fusefat", "mkfs.vfat", "mount", "umount"],
            Self::Samba => &["smbd", "smbnetfs", "ip", "unshare", "mount", "umount"],
            Self::Git => &["git"],
            Self::Valgrind => &["valgrind"],
            Self::LibreOffice => &["soffice"],
            Self::Driver | Self::Root => &[],
        }
    }

    /// Why it is not met, if it is not.
    fn missing(self) -> Option<String> {
        match self {
            // Another driver rounds colours and edges in its own way; tests/run chooses this one.
            Self::Driver => (!is_full_run()).then(|| "only tests/run compares pictures".to_owned()),
            Self::Root => (!is_root()).then(|| "this user is not root".to_owned()),
            _ => {
                let missing = self.parts().iter().find(|part| !is_installed(part));
                missing.map(|part| format!("{part} is not installed here"))
            }
        }
    }
}

/// Describes a printer that takes PDF.
pub const PDF_PRINTER: &str = "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd";

/// Says, past the test's capture, that this test is left out for want of something, and why. For
/// what a machine has, but does not allow, and for [`Need::is_met`].
pub fn left_out(what: &str, reason: &str) {
    let this = std::thread::current();
    let test = this.name().unwrap_or("a test");
    let reason = reason.lines().next().unwrap_or_default();
    let line = format!("LEFT OUT for want of {what}: {test} ({reason})\n");
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if !SAID.lock().expect("no panic").insert(line.clone()) {
        return;
    }
    // In a single write, so that what two tests say at once stays two lines.
    let _nobody_listens = std::io::stderr().write_all(line.as_bytes());
    if let Some(list) = env::var_os("FURIKAERI_LEFT_OUT") {
        let file = fs::File::options().append(true).create(true).open(list);
        let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
        written.unwrap_or_else(|error| panic!("what is left out cannot be counted: {error}"));
    }
}

fn is_full_run() -> bool {
    env::var_os("FURIKAERI_FULL").is_some()
}

fn is_installed(part: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    // A path that is absolute stays what it is.
    env::split_paths(&path).any(|folder| folder.join(part).is_file())
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

//! Printing, with a real CUPS of our own whose printers take PDF and put it in a file.
//!
//! CUPS runs as root only; `tests/run` installs it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
};

use furikaeri::{
    export::Options,
    session::print::{self, Order, PrintError, Printer},
};

use crate::support::{
    disk,
    need::{Need, PDF_PRINTER},
    paper,
    plans::real,
};

/// Where the child process of this test finds its CUPS.
const SERVER: &str = "CUPS_SERVER";
const HERE: &str = "printing::pages_are_printed_by_cups";
const PRINTERS: [&str; 2] = ["Fukugouki", "Soumu"];

/// A CUPS that nobody else uses.
struct Office {
    folder: tempfile::TempDir,
    daemon: Child,
}

impl Drop for Office {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.daemon.kill();
        let _status = self.daemon.wait();
    }
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let here = folder.path();
        for name in ["root", "spool", "cache", "state", "temp", "printed"] {
            fs::create_dir(here.join(name)).expect("a folder");
        }
        // What turns the pages into the printer's language runs as a user of its own.
        disk::set_mode(here, 0o755);
        disk::set_mode(&here.join("temp"), 0o1777);
        disk::set_mode(&here.join("printed"), 0o777);
        let at = |name: &str| here.join(name).display().to_string();
        let files = format!(
            "ServerRoot {}\nRequestRoot {}\nCacheDir {}\nStateDir {}\nTempDir {}\n\
             ErrorLog {}\nAccessLog {}\nPageLog {}\nFileDevice Yes\n",
            at("root"),
            at("spool"),
            at("cache"),
            at("state"),
            at("temp"),
            at("errors"),
            at("access"),
            at("pages"),
        );
        let daemon = format!(
            "Listen {}\nWebInterface No\nBrowsing Off\n<Location />\nOrder allow,deny\n\
             </Location>\n<Policy default>\n<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n",
            at("socket"),
        );
        fs::write(here.join("files.conf"), files).expect("a file");
        fs::write(here.join("daemon.conf"), daemon).expect("a file");
        let daemon = Command::new("cupsd")
            .args(["-f", "-c", &at("daemon.conf"), "-s", &at("files.conf")])
            .spawn()
            .expect("CUPS is there");
        let mut office = Self { folder, daemon };
        office.wait_for(|office| office.socket().exists());
        for name in PRINTERS {
            let device = format!("file:{}", office.printed(name).display());
            office.admin(&["-p", name, "-E", "-v", &device, "-P", PDF_PRINTER]);
        }
        office.admin(&["-d", "Soumu"]);
        office
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// Asks again and again; the daemon says nothing by itself.
    fn wait_for(&mut self, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..20_000 {
            if is_so(self) {
                return;
            }
            let ended = self.daemon.try_wait().expect("the daemon");
            assert_eq!(ended, None, "cupsd has ended: {}", self.log());
            // A program is started and waited for, so that this takes as long as it should.
            assert!(Command::new("true").status().is_ok());
        }
        let printed = disk::names(&self.folder.path().join("printed"));
        panic!("cupsd does not do it: {printed:?} {}", self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("errors")).unwrap_or_default()
    }

    fn admin(&self, arguments: &[&str]) {
        let mut command = Command::new("lpadmin");
        command.args(arguments).env(SERVER, self.socket());
        let done = command.output().expect("CUPS is there");
        assert!(done.status.success(), "{done:?} {}", self.log());
    }

    fn printed(&self, printer: &str) -> PathBuf {
        let name = format!("{printer}.pdf");
        self.folder.path().join("printed").join(name)
    }

    /// Whether every printer has printed and nothing is left to do.
    fn is_done(&self) -> bool {
        let is_there = |name: &&str| self.printed(name).exists();
        let mut command = Command::new("lpstat");
        command.arg("-o").env(SERVER, self.socket());
        let open = command.output().expect("CUPS is there");
        PRINTERS.iter().all(is_there) && open.stdout.is_empty()
    }
}

#[test]
fn pages_are_printed_by_cups() {
    // `lp` finds its server in the environment, which only a process of its own can have.
    if std::env::var_os(SERVER).is_some() {
        return print_from_here();
    }
    // Only root may run cupsd.
    if ![Need::Cups, Need::Poppler, Need::Root]
        .into_iter()
        .all(Need::is_met)
    {
        return;
    }
    let mut office = Office::open();
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", HERE, "--nocapture"])
        .env(SERVER, office.socket())
        .output()
        .expect("this program again");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && said.contains("1 passed"),
        "{child:?}"
    );
    office.wait_for(Office::is_done);
    for printer in PRINTERS {
        let pdf = office.printed(printer);
        let text =
            paper::read_by("pdftotext", &["-layout"], &pdf, &["-"]).expect("poppler is there");
        assert!(text.contains("津波避難ビルの確保"), "{}", pdf.display());
        let about = paper::read_by("pdfinfo", &[], &pdf, &[]).expect("poppler is there");
        let pages = about.lines().find(|line| line.starts_with("Pages:"));
        let pages = pages.and_then(|line| line.split_whitespace().nth(1));
        assert!(pages == Some("12"), "{about}");
    }
}

/// What the window does, in a process whose environment names the CUPS of this test.
fn print_from_here() {
    let printers = print::printers();
    let names = |printers: &[Printer]| {
        let name = |printer: &Printer| (printer.name.clone(), printer.is_default);
        printers.iter().map(name).collect::<Vec<_>>()
    };
    let expected = PRINTERS.map(|name| (name.to_owned(), name == "Soumu"));
    assert_eq!(names(&printers), expected);
    for (name, grey) in PRINTERS.into_iter().zip([false, true]) {
        let options = Options {
            grey,
            ..Options::default()
        };
        let pdf = paper::export(&real(), &options).bytes;
        let order = Order {
            pdf: &pdf,
            title: "港区_R3中間振り返り",
            copies: 1,
            grey,
        };
        let id = print::send(name, &order).unwrap_or_else(|error| panic!("{error}"));
        assert!(id.is_some_and(|id| id.starts_with(name)));
    }
    let order = Order {
        pdf: b"",
        title: "x",
        copies: 1,
        grey: false,
    };
    let refused = print::send("3F-複合機", &order);
    let Err(PrintError::Refused { printer, reason }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(printer, "3F-複合機");
    assert!(!reason.is_empty());
}

#[test]
fn without_a_printing_system_there_are_no_printers_and_that_is_said() {
    if std::env::var_os("PATH").is_some_and(|path| path == "/nowhere") {
        assert_eq!(print::printers(), []);
        let order = Order {
            pdf: b"",
            title: "x",
            copies: 1,
            grey: false,
        };
        let error = print::send("PDF", &order).expect_err("nothing prints");
        assert!(error.to_string().contains("PDF に書き出して"), "{error}");
        return;
    }
    let here = "printing::without_a_printing_system_there_are_no_printers_and_that_is_said";
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", here])
        .env("PATH", "/nowhere")
        .output()
        .expect("this program again");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && said.contains("1 passed"),
        "{child:?}"
    );
}

#[test]
fn pages_for_a_viewer_are_a_file_with_a_name_that_says_what_it_is() {
    let path = print::as_file(b"%PDF", "港区_R3中間振り返り").expect("a file");
    assert_eq!(
        path.file_name().and_then(|name| name.to_str()),
        Some("港区_R3中間振り返り.pdf")
    );
    assert_eq!(fs::read(&path).expect("the file"), b"%PDF");
    fs::remove_dir_all(path.parent().unwrap_or(Path::new("."))).expect("the folder");
}

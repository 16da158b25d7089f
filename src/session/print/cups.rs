//! Printing through CUPS, by its own programs: `lpstat` names the printers, `lp` takes the pages.

use std::{
    io::{self, Write as _},
    process::{Command, Output, Stdio},
};

use super::{Order, PrintError, Printer};

/// The printers that the system knows; none where there is no CUPS.
pub fn printers() -> Vec<Printer> {
    let names = ask(&["-e"]);
    // `system default destination: NAME`, or a sentence without a colon.
    let default = ask(&["-d"]);
    let default = default.trim().rsplit_once(": ").map(|(_, name)| name);
    let printer = |name: &str| Printer {
        name: name.to_owned(),
        is_default: Some(name) == default,
    };
    let names = names.lines().map(str::trim);
    names.filter(|name| !name.is_empty()).map(printer).collect()
}

fn ask(arguments: &[&str]) -> String {
    let output = in_english("lpstat").args(arguments).output();
    let text = |output: Output| String::from_utf8_lossy(&output.stdout).into_owned();
    output.map(text).unwrap_or_default()
}

/// What these programs print is read, so it must not be translated.
fn in_english(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// Sends pages to a printer, and tells the number that CUPS gave to the job.
///
/// # Errors
/// When there is no CUPS, or it does not take the job.
pub fn send(printer: &str, order: &Order<'_>) -> Result<Option<String>, PrintError> {
    let mut lp = in_english("lp");
    lp.args(["-d", printer, "-t", order.title, "-o", "media=A4"]);
    lp.args(["-n", &order.copies.to_string()]);
    if order.grey {
        lp.args(["-o", "print-color-mode=monochrome"]);
    }
    lp.args(["--", "-"]);
    lp.stdin(Stdio::piped()).stdout(Stdio::piped());
    lp.stderr(Stdio::piped());
    let output = feed(&mut lp, order.pdf).map_err(PrintError::NoSystem)?;
    if output.status.success() {
        // `request id is PDF-12 (0 file(s))`
        let said = String::from_utf8_lossy(&output.stdout);
        let words = said.split("request id is ").nth(1);
        let id = words.and_then(|words| words.split_whitespace().next());
        Ok(id.map(str::to_owned))
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = said.trim().trim_start_matches("lp: ").to_owned();
        Err(PrintError::Refused {
            printer: printer.to_owned(),
            reason,
        })
    }
}

fn feed(command: &mut Command, bytes: &[u8]) -> io::Result<Output> {
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // If it stops reading, its own complaint says why, better than a broken pipe does.
        let _ = input.write_all(bytes);
    }
    child.wait_with_output()
}

//! Printing on Windows.

use super::{Order, PrintError, Printer};

/// The printers that can be sent to directly; none yet, so a viewer opens the pages.
pub fn printers() -> Vec<Printer> {
    Vec::new()
}

/// Sends pages to a printer.
///
/// # Errors
/// Always, as there is no printer to send to.
pub fn send(printer: &str, _order: &Order<'_>) -> Result<Option<String>, PrintError> {
    Err(PrintError::Refused {
        printer: printer.to_owned(),
        reason: "未対応".to_owned(),
    })
}

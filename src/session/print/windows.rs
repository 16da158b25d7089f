//! Printing on Windows: a viewer opens the pages and prints them, because a printer there takes no
//! PDF.

use super::{Order, PrintError, Printer};

/// The printers that take the pages directly: none.
pub fn printers() -> Vec<Printer> {
    Vec::new()
}

/// Sends pages to a printer.
///
/// # Errors
/// Always, as there is no printer to send to.
pub fn send(_printer: &str, _order: &Order<'_>) -> Result<Option<String>, PrintError> {
    Err(PrintError::NoSystem(std::io::ErrorKind::Unsupported.into()))
}

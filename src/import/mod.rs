//! What other programs made, read as plans: returns of sections, tables of another
//! origin. Nothing here changes a plan, and nothing here knows of a window.
//!
//! Whatever comes in was made by others, so nothing of it is trusted: what is too much is refused
//! before it is read, and what cannot be taken in is said.

pub mod book;
mod file;
pub mod returned;
pub mod table;

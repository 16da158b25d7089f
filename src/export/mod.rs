//! A plan, or a section of it, in formats for other programs. Nothing here knows of a window.

pub mod csv;

//! What changed from one plan to another, for people: its words, and 新旧対照表.

pub mod html;
pub mod table;
pub mod words;

//! furikaeri: a desktop editor for a public body's yearly plan and its reviews.

pub mod app;
pub mod cli;
pub mod export;
pub mod plan;
pub mod storage;
pub mod ui;

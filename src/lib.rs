//! furikaeri (振り返り): a desktop editor for a public body's yearly plan and its reviews.
//!
//! # The house
//!
//! | room | what is in it |
//! |---|---|
//! | [`plan`] | the domain: the tree of issues, strategies and initiatives as a value; edits, numbers, counts, finding, reading of targets, checks, comparing and merging, the form's wordings |
//! | [`storage`] | the RON format and its versions, opening, saving whole or not at all; unsaved work, backups, who has a file open; what is built in |
//! | [`export`] | the plan, and what changed in it, in formats for other programs |
//! | [`import`] | what other programs made: forms that sections filled in, tables |
//! | [`session`] | the life of an open plan without a window: document, history, saving, keeping, merging, collecting, jobs |
//! | [`ui`] | the window: its own state ([`ui::View`]), the commands, theme, the tree, the editor, dialogs |
//! | [`cli`] | the command line and the commands that need no window |
//!
//! Arrows go one way: `ui` → `session` → `import`, `export`, `storage` → `plan`; `cli` uses all but the
//! window and the session. `tests/house.rs` forbids every arrow back.
//!
//! # How data flows
//!
//! A file becomes a [`plan::Plan`] in `storage`. A view reads the [`session::Session`] and returns
//! wishes; what they want of the plan is a [`session::Action`]. The session turns it into
//! [`plan::Edit`]s, applies those to its document, records their inverses in the history, and returns
//! what the world has to do ([`session::Effect`]). Saving and exporting take a snapshot of the plan to
//! another thread. There is no other way to change a plan: not from a widget, not from an importer.
//!
//! # What always holds
//!
//! 1. `plan`, `storage`, `export`, `import` and `session` never name egui (`tests/house.rs` reads
//!    them). `plan` does no I/O and knows no clock; time and identity come in as arguments.
//! 2. Only the session changes the open plan, and only by an [`plan::Edit`], which has an inverse, a
//!    label and a key by which typing in one field is one step. Views are given `&Session`: that they
//!    cannot change it is checked by the compiler.
//! 3. A text is kept as it was typed or transcribed, mixed-width digits included. Readings of it
//!    are derived. The one exception is a line break, which is LF.
//! 4. Every node has an id that survives moving, renumbering and exporting. Numbers are data,
//!    not positions.
//! 5. A snapshot of a plan costs a few reference counts, whatever its size.
//! 6. A frame costs what is visible, not what the plan holds; an idle window draws none.
//! 7. Nothing says that it is done before the bytes are safe. No input makes the program panic: the
//!    lints in Cargo.toml forbid `unwrap`, `expect`, `panic` and indexing outside tests. What she is
//!    typing or deciding is never replaced by what a job reports.
//! 8. Colour never carries meaning alone: a state is colour, shape and words.
//!
//! # What is deliberately absent
//!
//! No settings dialog, no plug-ins, no database, no network. egui's own memory is kept between
//! runs for the window's layout only; plan data is never in it.

pub mod cli;
pub mod export;
pub mod form;
pub mod import;
pub mod plan;
pub mod session;
pub mod storage;
pub mod ui;

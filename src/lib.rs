//! furikaeri (振り返り): a desktop editor for a public body's yearly plan and its reviews.
//!
//! # The house
//!
//! | room | what is in it |
//! |---|---|
//! | [`ui`] | the window: its own state ([`ui::View`]), the commands, theme, the tree, the editor, the form's editor, dialogs |
//! | [`session`] | the life of an open plan without a window: document, history, saving, keeping, merging, collecting, forms, jobs |
//! | [`cli`] | the command line and the commands that need no window |
//! | [`import`] | what other programs made: workbooks that sections filled in, tables |
//! | [`export`] | the plan, and what changed in it, in formats for other programs |
//! | [`storage`] | the RON format, opening, saving whole or not at all; unsaved work, backups, who has a file open; the plan and the forms that are built in |
//! | [`plan`] | the domain: the plan as a tree of nodes, as a value that holds its form; edits, numbers, counts, sums, finding, reading of targets, checks, comparing, merging, taking another form |
//! | [`form`] | 様式 as data: levels, fields, choices, columns, reviews; what makes a form sound, and changing one |
//!
//! Arrows go one way: `ui` → `session` → `import`, `export`, `storage` → `plan` → `form`. Of the three
//! in the middle `import` may use `export`, and both may use `storage`. `cli` uses all but the window
//! and the session. `tests/house.rs` forbids every arrow back.
//!
//! # How data flows
//!
//! A file becomes a [`plan::Plan`] with its [`form::Form`] in `storage`. A view reads the
//! [`session::Session`] and returns wishes; what they want of the plan is a [`session::Action`]. The
//! session turns it into [`plan::Edit`]s, applies those to its document, records their inverses in the
//! history, and returns what the world has to do ([`session::Effect`]). Saving and exporting take a
//! snapshot of the plan to another thread. There is no other way to change a plan, nor its form: not
//! from a widget, not from an importer.
//!
//! # What always holds
//!
//! 1. `form`, `plan`, `storage`, `export`, `import` and `session` never name egui (`tests/house.rs`
//!    reads them). `form` and `plan` do no I/O and know no clock; time and identity come in as
//!    arguments.
//! 2. Only the session changes the open plan, and only by an [`plan::Edit`], which has an inverse, a
//!    label and a key by which typing in one field is one step. Views are given `&Session`: that they
//!    cannot change it is checked by the compiler.
//! 3. No field, wording, heading or level of any form stands in code; only in `assets/forms/`, in
//!    plans and in tests. Code knows kinds of fields. What needs something that a form has not, be it
//!    a rule, a count or a part of a screen, is not there in a plan of that form.
//! 4. A plan holds its form, in memory and in its file. A form that contradicts itself is refused for a
//!    new plan; a plan that has one is opened all the same. What a form has no place for is kept and
//!    said, never dropped.
//! 5. There is one kind of node. Its level says where it may stand and what is asked of it, and every
//!    answer is a text by its [`form::Slot`]: of a choice its key, of an amount what was typed.
//! 6. A text is kept as it was typed or transcribed, mixed-width digits included. Readings of it
//!    are derived. The one exception is a line break, which is LF.
//! 7. Every node has an id that survives moving, renumbering, exporting, merging and another form.
//!    Numbers are data, not positions.
//! 8. What every format says of a plan comes from one outline, and what programs read of it from one
//!    record: the same words everywhere.
//! 9. A snapshot of a plan costs a few reference counts, whatever its size.
//! 10. A frame costs what is visible, not what the plan holds; an idle window draws none.
//! 11. Nothing says that it is done before the bytes are safe. No input makes the program panic: the
//!     lints in Cargo.toml forbid `unwrap`, `expect`, `panic` and indexing outside tests. What she is
//!     typing or deciding is never replaced by what a job reports.
//! 12. Colour never carries meaning alone: a state is colour, shape and words.
//!
//! # To add a field: 0 files
//!
//! Nor a level, a choice, a column, a review or another wording: they are added to the plan's form, in
//! the window or with a text editor, and are then in the editor, in print, in every export, in what is
//! handed out and in what comes back.
//!
//! # To add a kind of field
//!
//! It is a variant of [`form::Kind`]. The compiler then asks for it in each file in which all kinds are
//! told apart:
//!
//! | file | what it decides for each kind |
//! |---|---|
//! | `form/field.rs` | what the kind has: choices, marks, a unit |
//! | `form/sound.rs` | what in it can be wrong |
//! | `plan/checks/unknown.rs` | which texts are no answer |
//! | `export/outline/cells.rs` | how an answer is printed |
//! | `export/record.rs` | what programs read |
//! | `import/table/tree.rs` | how it is read back |
//! | `ui/editor/fields.rs` | how it is answered |
//! | `ui/form_editor/fields.rs` | what is asked of whoever adds such a field |
//!
//! Everywhere else a field is asked what it is and what it has ([`form::Field::is_choice`],
//! [`form::Field::unit`], [`form::Field::in_words`]). The README describes the kinds where it describes
//! the file.
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

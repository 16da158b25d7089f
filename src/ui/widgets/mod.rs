//! Small things that several views draw the same way.

pub mod choice;
pub mod command_button;
pub mod highlight;
pub mod status_mark;
pub mod wave;

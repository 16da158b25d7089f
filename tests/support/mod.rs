//! What several tests need: a window without a screen.

pub mod desk;

//! The pages that a form makes before anything is written in it: while it is chosen, or changed.

use std::sync::Arc;

use crate::{
    export::{Format, Options, sample_plan},
    form::Form,
};

use super::{
    Session,
    action::Order,
    preview::{PageWish, Preview},
};

impl Session {
    /// The pages of the form that is looked at.
    pub fn sample(&self) -> Option<&Preview> {
        self.sample.as_ref()
    }

    /// Makes the pages of a form. What is shown of another one stays until they are there.
    pub(super) fn show_sample(&mut self, form: Arc<Form>) {
        let order = Order {
            section: None,
            format: Format::Pdf,
            options: Options {
                blank: true,
                ..Options::default()
            },
        };
        let sample = self.sample.get_or_insert_default();
        sample.make(&self.world.wake, sample_plan(form), order);
    }

    pub(super) fn draw_sample(&mut self, wishes: Vec<PageWish>) {
        if let Some(sample) = &mut self.sample {
            sample.wish(wishes);
        }
    }

    pub(super) fn close_sample(&mut self) {
        self.sample = None;
    }
}

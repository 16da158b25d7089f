//! The page of the plan as a whole: what its form asks of it, besides all nodes.

use egui::{RichText, Ui};

use crate::{
    session::Session,
    ui::{
        View, Wish,
        theme::{self, space},
    },
};

use super::{
    fields::{self, Holder},
    group,
};

/// What the page is called.
pub const NAME: &str = "計画全体";

/// Draws the page.
pub fn show(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    ui.label(
        RichText::new(NAME)
            .size(theme::HEADING)
            .family(theme::bold()),
    );
    ui.add_space(space::M);
    fields(session, view, ui, wishes);
    ui.add_space(space::M);
    group::add_buttons(session.form(), ui, None, wishes);
}

/// Draws the fields alone.
pub fn fields(session: &Session, view: &mut View, ui: &mut Ui, wishes: &mut Vec<Wish>) {
    let plan = session.document().plan();
    let holder = Holder { plan, node: None };
    fields::show(session, view, ui, holder, wishes);
}

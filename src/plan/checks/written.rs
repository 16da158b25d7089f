//! The texts that are checked: all that is written freely and printed.

use crate::form::{Column, Field, Key, Slot};

use super::super::{
    model::{Node, Plan},
    values::Values,
};

/// What is written in a field, for one of its reviews.
pub struct Written<'a> {
    pub field: &'a Field,
    pub at: Slot,
    pub text: &'a str,
    /// Whether it is planned once or belongs to the open review. Others are printed beside it.
    pub is_open: bool,
}

/// What a node says, in the order of the form.
pub fn of_node<'a>(node: &'a Node, plan: &'a Plan) -> Vec<Written<'a>> {
    let level = plan.level(node);
    written(&level.fields, &level.columns, &node.values, plan)
}

/// What the plan as a whole says, in the order of the form.
pub fn of_plan<'a>(values: &'a Values, plan: &'a Plan) -> Vec<Written<'a>> {
    written(plan.form().fields(None), &[], values, plan)
}

fn written<'a>(
    fields: &'a [Field],
    columns: &[Column],
    values: &'a Values,
    plan: &'a Plan,
) -> Vec<Written<'a>> {
    let fields = fields.iter().filter(|field| field.is_written());
    let texts = fields.flat_map(|field| {
        let open = plan.slot(field);
        let slots = plan.form().slots(field);
        let shown = slots.filter(move |at| *at == open || is_beside(columns, field.key, *at));
        shown.map(move |at| Written {
            field,
            at,
            text: values.get(at),
            is_open: at == open,
        })
    });
    texts.filter(|it| !it.text.is_empty()).collect()
}

/// Whether a column prints what another review than the open one says.
fn is_beside(columns: &[Column], field: Key, at: Slot) -> bool {
    let prints = |column: &Column| column.review == at.review && column.fields.contains(&field);
    at.review.is_some() && columns.iter().any(prints)
}

//! A section's own plan file that came back.

use std::sync::Arc;

use crate::{
    plan::{Edit, Plan, additions, handout::Round},
    storage::format,
};

use super::{Doubt, OriginError, Question, Reason, Returned};

pub fn read(bytes: &[u8]) -> Result<Returned, Reason> {
    let plan = format::read(bytes)?;
    let extract = plan.round().extract.clone().ok_or(Reason::NoExtract)?;
    let plan_id = plan.round().id.ok_or(OriginError::Missing)?;
    // What the plan says of itself, and its form, are not the section's, so its version is nobody's
    // change.
    let form = Arc::clone(plan.form());
    let base = Plan::new(plan.about().clone(), form, extract.nodes);
    let base = base.map_err(|_| OriginError::Changed)?;
    let base = base.with_style(plan.style().clone());
    let mut certain = plan.with_round(Round::default());
    let mut questions = Vec::new();
    // What is gone is put back until she says that it is to go.
    for (id, edit) in additions(&certain, &base) {
        if certain.apply(&edit).is_ok() {
            questions.push(Question {
                doubt: Doubt::Missing { id },
                edit: Edit::Remove { id },
            });
        }
    }
    Ok(Returned {
        owner: extract.owner,
        plan_id,
        edition: extract.edition,
        base,
        questions,
        remarks: Vec::new(),
        certain,
    })
}

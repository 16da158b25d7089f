//! A form that contradicts itself: an opened plan is shown and kept all the same, but what its form
//! says of levels, numbers and columns may not be what was meant.

use crate::form::Form;

use super::{Finding, Place, Rule};

/// One finding for each fault of the form.
pub fn check(form: &Form, findings: &mut Vec<Finding>) {
    findings.extend(form.faults().into_iter().map(|fault| Finding {
        quote: fault.name.clone(),
        ..Finding::new(Rule::UnsoundForm, None, Place::Form, fault.to_string())
    }));
}

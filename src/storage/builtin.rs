//! What the program carries inside, so that the program alone is enough: the plan it opens
//! without an argument, the forms to begin with, and the fonts of the screen and of print.

use std::sync::Arc;

use crate::{form::Form, plan::Plan};

use super::{
    format::{self, ReadError},
    forms::{self, FormReason},
};

const PLAN: &[u8] = include_bytes!("../../plan-data/minato-r3.ron");

/// The first is that of the plan that is built in.
const FORMS: [&[u8]; 4] = [
    include_bytes!("../../assets/forms/minato.ron"),
    include_bytes!("../../assets/forms/osaka-ward.ron"),
    include_bytes!("../../assets/forms/three-levels.ron"),
    include_bytes!("../../assets/forms/strategy-kpi.ron"),
];

/// BIZ UDPGothic Regular (SIL Open Font License 1.1).
pub static FONT_REGULAR: &[u8] = include_bytes!("../../assets/fonts/BIZUDPGothic-Regular.ttf");
/// BIZ UDPGothic Bold (SIL Open Font License 1.1).
pub static FONT_BOLD: &[u8] = include_bytes!("../../assets/fonts/BIZUDPGothic-Bold.ttf");
/// Signs that exist in two widths, each as wide as it is called (SIL Open Font License 1.1).
pub static FONT_WIDTHS: &[u8] = include_bytes!("../../assets/fonts/BIZUDGothic-Widths.ttf");

/// A form that is built in cannot be read; a mistake in the program, found by a test.
#[derive(Debug, thiserror::Error)]
#[error("組み込みの様式が読めません（{0}）")]
pub struct FormError(#[from] FormReason);

/// The mid-year review of 大阪市港区, fiscal year 令和３年度.
///
/// # Errors
/// When the built-in file is not a plan; a test proves that it is one.
pub fn plan() -> Result<Plan, ReadError> {
    format::read(PLAN)
}

/// The form of the plan that is built in.
///
/// # Errors
/// When the built-in file is not a form; a test proves that it is one.
pub fn form() -> Result<Arc<Form>, FormError> {
    let [first, ..] = FORMS;
    Ok(Arc::new(forms::read(first)?))
}

/// All forms that are built in, in the order in which they are offered.
///
/// # Errors
/// When a built-in file is not a form; a test proves that they all are.
pub fn forms() -> Result<Vec<Arc<Form>>, FormError> {
    let forms = FORMS.iter().map(|bytes| forms::read(bytes).map(Arc::new));
    Ok(forms.collect::<Result<_, _>>()?)
}

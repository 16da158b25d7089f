//! What the program carries inside, so that the program alone is enough: the plan it opens
//! without an argument, the form, and the fonts of the screen and of print.

use crate::plan::{Form, Plan};

use super::format::{self, ReadError};

const PLAN: &[u8] = include_bytes!("../../plan-data/minato-r3.ron");
const FORM: &str = include_str!("../../assets/forms/minato.ron");

/// BIZ UDPGothic Regular (SIL Open Font License 1.1).
pub static FONT_REGULAR: &[u8] = include_bytes!("../../assets/fonts/BIZUDPGothic-Regular.ttf");
/// BIZ UDPGothic Bold (SIL Open Font License 1.1).
pub static FONT_BOLD: &[u8] = include_bytes!("../../assets/fonts/BIZUDPGothic-Bold.ttf");

/// The form that is built in cannot be read; a mistake in the program, found by a test.
#[derive(Debug, thiserror::Error)]
#[error("組み込みの様式が読めません（{0}）")]
pub struct FormError(#[from] ron::error::SpannedError);

/// The mid-year review of 大阪市港区, fiscal year 令和３年度.
///
/// # Errors
/// When the built-in file is not a plan; a test proves that it is one.
pub fn plan() -> Result<Plan, ReadError> {
    format::read(PLAN)
}

/// The form of 大阪市港区.
///
/// # Errors
/// When the built-in file is not a form; a test proves that it is one.
pub fn form() -> Result<Form, FormError> {
    Ok(ron::from_str(FORM)?)
}

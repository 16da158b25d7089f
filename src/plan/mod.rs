//! The domain: the plan as a value, its edits, its numbers and counts, the form's wordings.
//!
//! Nothing here does I/O, knows a clock or makes an identity: those come in as arguments. Nothing
//! here knows of a window either.

mod about;
mod edit;
mod form;
mod id;
mod model;
mod number;
mod section;
mod status;
mod tally;
mod text;

pub use about::{About, Review, date_name, fiscal_year_name};
pub use edit::{Branch, Edit, EditError, TextField};
pub use form::{Form, Wording};
pub use id::{Id, ParseIdError};
pub use model::{Entry, Initiative, Issue, Kind, Node, Plan, PlanError, Strategy};
pub use number::{Number, full_width, half_width, parse as parse_number};
pub use section::{ParseSectionError, Section};
pub use status::{Outlook, Progress, Standing, Status};
pub use tally::{Shown, Tally};
pub use text::with_lf;

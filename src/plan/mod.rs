//! The domain: the plan as a value, its edits, its numbers and counts, what is bad or missing in
//! it, search, what its targets ask for, a reviewer's checks, comparing and merging plans, and the
//! form's wordings.
//!
//! Nothing here does I/O, knows a clock or makes an identity: those come in as arguments. Nothing
//! here knows of a window either.

mod about;
mod called;
mod changes;
pub mod checks;
mod difference;
mod edit;
mod filter;
mod find;
mod fold;
mod gap;
pub mod handout;
mod id;
mod index;
mod judgement;
mod matrix;
mod measure;
mod merge;
mod model;
mod name;
mod number;
mod overview;
mod owners;
mod pick;
mod places;
mod property;
pub mod refit;
mod reposts;
mod search;
mod section;
mod sound;
mod status;
mod style;
mod sums;
mod tally;
pub mod target;
mod values;
mod walk;
mod words;

use crate::form::text;
pub use crate::form::with_lf;

pub use about::{About, date_name, fiscal_year_name, read_date, read_year};
pub use difference::{Change, Difference, Place, Segment, additions, differences, text_difference};
pub use edit::{Edit, EditError};
pub use filter::Filter;
pub use fold::{Folded, fold, folded, highlights};
pub use gap::{Gap, Gaps, gap_name};
pub use id::{Id, ParseIdError};
pub use judgement::{Contradiction, Judged, Verdict, Why as WhyUnknown};
pub use matrix::Matrix;
pub use measure::Measure;
pub use merge::{
    Clash, Decision, DecisionError, Dispute, Matter, MergeError, Merged, Question, Version,
    Versions, merge,
};
pub use model::{Node, Plan};
pub use name::{NO_TITLE, title_or_none};
pub use number::{Number, parse as parse_number};
pub use overview::{Attention, Below, Counted, Group, Overview};
pub use owners::{Lack, OwnerGaps};
pub use pick::{Pick, Selection, Why, Working};
pub use property::{Property, Value};
pub use search::{Hits, SearchIndex};
pub use section::{NoSuchSection, ParseSectionError, Section};
pub use sound::PlanError;
pub use status::Standing;
pub use style::{Digits, Ignored, Style, Word};
pub use sums::{Sum, Sums};
pub use tally::{Shown, Tally, figure};
pub use target::amount;
pub use values::Values;
pub use walk::{Entry, Walk};

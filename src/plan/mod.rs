//! The domain: the plan as a value, its edits, its numbers and counts, what is bad or missing in
//! it, search, what its targets ask for, a reviewer's checks, comparing and merging plans, and the
//! form's wordings.
//!
//! Nothing here does I/O, knows a clock or makes an identity: those come in as arguments. Nothing
//! here knows of a window either.

mod about;
mod branch;
mod changes;
pub mod checks;
mod difference;
mod edit;
mod field;
mod filter;
mod find;
mod fold;
mod form;
mod gap;
pub mod handout;
mod id;
mod index;
mod judgement;
mod kind;
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
mod reposts;
mod search;
mod section;
mod status;
mod style;
mod tally;
pub mod target;
mod text;
mod text_field;
mod walk;

pub use about::{About, Review, date_name, fiscal_year_name};
pub use branch::Branch;
pub use difference::{Change, Difference, Place, Segment, additions, differences, text_difference};
pub use edit::{Edit, EditError};
pub use field::{Field, Value};
pub use filter::Filter;
pub use fold::{Folded, fold, highlights};
pub use form::{Form, Wording};
pub use gap::{Gap, Gaps};
pub use id::{Id, ParseIdError};
pub use judgement::{Contradiction, Judged, Verdict, Why as WhyUnknown};
pub use kind::Kind;
pub use matrix::Matrix;
pub use measure::Measure;
pub use merge::{
    Clash, Decision, DecisionError, Dispute, Matter, MergeError, Merged, Question, Version,
    Versions, merge,
};
pub use model::{Entry, Initiative, Issue, Node, Plan, PlanError, Strategy};
pub use name::{NO_TITLE, title_or_none};
pub use number::{Number, UNNUMBERED, full_width, half_width, parse as parse_number};
pub use overview::{Attention, Group, Overview, StrategyGroup};
pub use owners::OwnerGaps;
pub use pick::{Pick, Selection, Why, Working};
pub use search::{Hits, SearchIndex};
pub use section::{NoSuchSection, ParseSectionError, Section};
pub use status::{Outlook, Progress, Standing, Status};
pub use style::{Digits, Ignored, Style, Width, Word};
pub use tally::{Shown, Tally};
pub use text::with_lf;
pub use text_field::TextField;

//! Stored queries: SPARQL files with a head that says what they ask and what they need to be told.

mod algebra;
mod answer;
mod base;
mod bind;
mod bound;
mod catalogue;
mod head;
mod limits;
mod order;
mod parameter;
mod stored;

pub use answer::{AnswerFormat, on_large_stack, run, solutions};
pub use base::Base;
pub use bound::BoundQuery;
pub use catalogue::Catalogue;
pub use head::Purpose;
pub use limits::{NESTING_LIMIT, TEXT_LIMIT};
pub use parameter::{Parameter, ParameterType};
pub use stored::StoredQuery;

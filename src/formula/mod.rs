//! The language of figures: a formula over the model, with units, that says where it is wrong.
//!
//! Floor 4. `sum(area where use.productive) / site.area` is read ([`parse`]), given its meaning ([`Expr`]) and computed
//! with ranges ([`Value`]). Figures of the program and figures of users are written in it alike; what rows and facts there
//! are is in [`names`], how they are counted is left to `measure`.

mod error;
mod lexer;
pub mod names;
pub mod offered;
mod parse;
mod syntax;
mod typed;
mod unit;
mod value;
mod words;

pub use error::{FormulaError, Problem};
pub use names::nearest;
pub use parse::{LONGEST, parse};
pub use syntax::{Gather, Node, Operator, Place, Syntax};
pub use typed::{Condition, Expr, KnownFigure, Names, Number, Sum, Word, unit_of};
pub use unit::{Dimension, Unit};
pub use value::Value;
pub use words::{Speaker, rate_name};

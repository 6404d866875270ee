//! Formulas as they are written: what stands where, before anybody asks what it means.

use std::ops::Range;

use super::unit::Unit;

/// Where something stands in the text of a formula, in bytes.
pub type Place = Range<usize>;

/// A piece of a formula and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Syntax {
    /// What it is.
    pub node: Node,
    /// Where.
    pub place: Place,
}

/// What a piece of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `12`, `0.5 ha`, `80 %`.
    Number(f64, Unit),
    /// `gfa_m2`, `use.family`.
    Name(String),
    /// `−a`.
    Minus(Box<Syntax>),
    /// `not a`.
    Not(Box<Syntax>),
    /// `a + b`.
    Two(Operator, Box<Syntax>, Box<Syntax>),
    /// `use in (office, studio)`.
    In(Box<Syntax>, Vec<(String, Place)>),
    /// `round(a)`.
    Call(String, Vec<Syntax>),
    /// `sum(area of surfaces where kind = green)`; a count has no row.
    Over {
        /// Which.
        how: Gather,
        /// What is gathered of every row.
        row: Option<Box<Syntax>>,
        /// The rows' table and where it is named.
        table: Option<(String, Place)>,
        /// Which rows.
        filter: Option<Box<Syntax>>,
    },
}

/// How the rows of a table become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// All together.
    Sum,
    /// How many.
    Count,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `−`
    Minus,
    /// `×`
    Times,
    /// `÷`
    Over,
    /// `=`
    Is,
    /// `≠`
    IsNot,
    /// `<`
    Below,
    /// `≤`
    AtMost,
    /// `>`
    Above,
    /// `≥`
    AtLeast,
    /// `and`
    And,
    /// `or`
    Or,
}

impl Operator {
    /// How strongly it binds; the stronger first.
    #[must_use]
    pub fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Is | Self::IsNot | Self::Below | Self::AtMost | Self::Above | Self::AtLeast => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
        }
    }

    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "−",
            Self::Times => "×",
            Self::Over => "÷",
            Self::Is => "=",
            Self::IsNot => "≠",
            Self::Below => "<",
            Self::AtMost => "≤",
            Self::Above => ">",
            Self::AtLeast => "≥",
            Self::And => "and",
            Self::Or => "or",
        }
    }

    /// Whether it compares two.
    #[must_use]
    pub fn compares(self) -> bool {
        self.strength() == 4
    }
}

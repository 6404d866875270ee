//! What an explanation consists of: parts of a formula, rows of a sum, rates with their sources, and where they lie.

use crate::library::{Confidence, Family, RateId};
use crate::measure::{AnyFigure, FigureValue};
use crate::model::{Id, Region, SurfaceKind};
use crate::num::Span;

/// How a figure comes about.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Which figure.
    pub figure: AnyFigure,
    /// What it is called.
    pub name: String,
    /// The unit it is shown in.
    pub unit: String,
    /// The unit of reports, as its value stands here.
    pub told_in: String,
    /// So many of what is shown are one of what is reported.
    pub shown_factor: f64,
    /// Decimals where it is explained.
    pub decimals: u8,
    /// What it is, in the unit of reports.
    pub value: FigureValue,
    /// Why it has no value, in words.
    pub why_not: Option<String>,
    /// Its formula in words.
    pub formula: String,
    /// The formula with numbers, in the unit of reports; `None` where the figure has no value.
    pub calculation: Option<String>,
    /// The parts of the formula, in its order.
    pub parts: Vec<Part>,
    /// Every source once, in the order in which they are met.
    pub sources: Vec<String>,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What it is, in `unit`; `None` where it is not defined.
    pub value: Option<Span>,
    /// The unit of its value, as it is written.
    pub unit: String,
    /// What it is made of.
    pub of: PartOf,
}

/// What a part of a formula is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum PartOf {
    /// Something measured on the drawing.
    Fact,
    /// Another figure, which has an explanation of its own.
    Figure(AnyFigure),
    /// A rate, with where it comes from.
    Rate(RateCell),
    /// Rows together.
    Rows(Vec<RowOf>),
}

/// A rate as it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct RateCell {
    /// Which.
    pub rate: RateId,
    /// Its value in its own unit: low, mid and high number of what is counted.
    pub value: Span,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it comes from, in words.
    pub source: String,
}

/// Rows that count alike, together.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOf {
    /// What they are.
    pub subject: Subject,
    /// What that is called.
    pub name: String,
    /// The storeys they lie on, where they are floor.
    pub places: Vec<Spot>,
    /// Their area in m²; nothing for homes that are counted.
    pub area_m2: Option<f64>,
    /// The rates that are used, in the order of the formula.
    pub rates: Vec<RateCell>,
    /// What they add, in the unit of the part; `None` where a rate is missing, so that they add nothing.
    pub value: Option<Span>,
    /// That with numbers: `748 ÷ 16`.
    pub calculation: Option<String>,
}

/// What a row is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A use, or a name that is none.
    Use(String),
    /// A family.
    Family(Family),
    /// A kind of ground; whether there is nothing built below.
    Ground(SurfaceKind, bool),
    /// Homes in a region.
    Homes(Region),
}

/// A storey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Its volume.
    pub volume: Id,
    /// Its place in the volume's storeys, from the bottom up.
    pub storey: usize,
}

impl Explanation {
    /// Every storey that adds to the figure or to what it is made of, each once and in order.
    #[must_use]
    pub fn places(&self) -> Vec<Spot> {
        let mut all: Vec<Spot> =
            self.rows().filter(|row| row.value.is_some()).flat_map(|row| &row.places).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// All rows of all parts.
    pub fn rows(&self) -> impl Iterator<Item = &RowOf> {
        self.parts.iter().flat_map(|part| match &part.of {
            PartOf::Rows(rows) => rows.as_slice(),
            _ => &[],
        })
    }
}

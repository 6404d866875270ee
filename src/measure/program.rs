//! The formulas of all figures made ready for a project's uses and rates.
//!
//! What a formula asks of a piece of floor is a number for each m² that depends only on the [kind of floor](FloorKind) and
//! on where it stands. Such weights are computed once and kept side by side for all sums, so that one pass over the floor of a
//! place gives all of them, and a hundred thousand places cost no more than their rows.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::FigureId;
use super::floor::{Floor, FloorKind, UseKeys};
use super::own::OwnReady;
use super::row::{Row, in_unit};
use crate::formula::names::{Attribute, Fact, Function};
use crate::formula::{Expr, KnownFigure, Names, Number, Operator, Sum, Value, unit_of};
use crate::library::{Library, RateId, RateTable, Use, UseIx};
use crate::model::{Region, SurfaceKind};
use crate::num::Area;

/// Why a figure has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// There is no plot.
    NoPlot,
    /// There is no programme.
    NoProgramme,
    /// A figure that it is divided by is, or may be, nothing.
    Nothing(FigureId),
    /// Something else that it is divided by is, or may be, nothing.
    NothingElse,
    /// A rate has no value.
    NoRate(RateId),
    /// Its formula cannot be read.
    Faulty,
}

/// A value, or why there is none.
pub(super) type Answer = Result<Value, Undefined>;

/// Areas of ground by kind, without and with something built below.
pub(super) type SurfaceAreas = [[Area; 2]; SurfaceKind::ALL.len()];

/// Everything a formula can ask of a place.
pub(super) struct Tally<'a> {
    /// The floor by region, and whether it stands on plots.
    pub(super) floors: &'a [(Region, bool, &'a Floor)],
    pub(super) plots_area: Area,
    pub(super) site_footprint: Area,
    pub(super) footprint: Area,
    pub(super) site_roof: Area,
    pub(super) roof: Area,
    pub(super) surfaces: &'a SurfaceAreas,
}

/// The formulas, ready.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) formulas: Arc<Vec<Code>>,
    /// Sums over floor, those of the first figures first.
    pub(super) floor_sums: Arc<Vec<ReadySum>>,
    /// How many of them the [core](FigureId::CORE) needs.
    pub(super) core_sums: usize,
    /// Sums over anything else.
    pub(super) other_sums: Arc<Vec<Sum>>,
    /// By use and place; see [`Program::weights`].
    weights: Arc<Vec<OnceLock<Box<[Weight]>>>>,
}

/// Places that floor can be counted in: every region, on a plot and off.
const PLACES: usize = Region::ALL.len() * 2;

pub(super) fn place_of(region: Region, on_plot: bool) -> usize {
    let region = Region::ALL.iter().position(|known| *known == region).unwrap_or(0);
    region * 2 + usize::from(on_plot)
}

/// A formula without names.
#[derive(Clone, Debug)]
pub(super) enum Code {
    Known(Value),
    NoRate(RateId),
    Faulty,
    Fact(Fact),
    Figure(usize),
    FloorSum(usize),
    OtherSum(usize),
    Minus(Box<Code>),
    Two(Operator, Box<Code>, Box<Code>),
    Call(Function, Vec<Code>),
}

/// What a row adds for each m².
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Weight {
    /// The row is not meant.
    Out,
    /// A rate is missing: it adds nothing, and an explanation says so.
    Missing,
    /// So much.
    In(Value),
    /// One for each of so many m²: kept as it is, since 300 ÷ 40 is 7.5 and 300 × 0.025 a hair more.
    Per(Value),
}

/// A sum over floor.
#[derive(Debug)]
pub(super) struct ReadySum {
    pub(super) sum: Sum,
    /// Whether it only adds areas up, which is done exactly.
    pub(super) is_plain: bool,
}

/// The formulas of the figures that come with the program, read once.
#[must_use]
pub(super) fn built_in() -> &'static [Expr] {
    static READ: OnceLock<Vec<Expr>> = OnceLock::new();
    READ.get_or_init(|| {
        let library = Library::built_in();
        let names = Names { library: &library, figure: &built_in_figure, figures: &[] };
        // A test reads every formula; one that cannot be read would be a figure that is nothing.
        let nothing =
            Expr { node: Number::Literal(f64::NAN, crate::formula::Unit::ONE), dimension: Default::default() };
        let read = |figure: &FigureId| Expr::read(figure.traits().formula, &names).unwrap_or_else(|_| nothing.clone());
        FigureId::ALL.iter().map(read).collect()
    })
}

/// The names of all figures.
pub(super) type KnownNames = Vec<String>;

/// A figure of the program, as formulas name it.
pub(super) fn built_in_figure(name: &str) -> Option<KnownFigure> {
    let place = FigureId::ALL.iter().position(|figure| figure.key() == name)?;
    Some(KnownFigure { place, dimension: FigureId::ALL[place].measure().unit().dimension })
}

impl Program {
    /// The figures of the program and of a project, with these uses and rates.
    pub(super) fn new(library: &Library, rates: &RateTable, own: &[OwnReady]) -> Self {
        let mut sums = (Vec::new(), Vec::new());
        let mut core_sums = 0;
        let mut formulas = Vec::with_capacity(FigureId::ALL.len());
        for (place, expr) in built_in().iter().enumerate() {
            formulas.push(compile(expr, rates, &mut sums));
            if place < FigureId::CORE {
                core_sums = sums.0.len();
            }
        }
        for ready in own {
            formulas.push(ready.expr.as_ref().map_or(Code::Faulty, |expr| compile(expr, rates, &mut sums)));
        }
        let cells = library.uses().len() * PLACES;
        Self {
            formulas: Arc::new(formulas),
            floor_sums: Arc::new(sums.0),
            core_sums,
            other_sums: Arc::new(sums.1),
            weights: Arc::new((0..cells).map(|_| OnceLock::new()).collect()),
        }
    }

    /// What each m² of a kind of floor adds to the sums, in order of the sums; computed when a use is first met in a
    /// place, for all its kinds.
    pub(super) fn weights(
        &self,
        kind: FloorKind,
        place: usize,
        keys: &UseKeys,
        rates: &RateTable,
    ) -> Cow<'_, [Weight]> {
        let known = keys.ix(kind.key()).and_then(|ix| Some((keys.known(kind.key())?, ix)));
        let of = |within: usize, known: Option<(&Use, UseIx)>| {
            let like = FloorKind::like(within);
            let row = Row {
                known,
                family: known.map(|(known, _)| known.family),
                state: like.state(),
                level: like.level(),
                homes_counted: like.homes_counted(),
                region: Region::ALL[place / 2],
                on_plot: place % 2 == 1,
                ..Row::new(rates)
            };
            self.floor_sums.iter().map(|ready| weight(&ready.sum, &row)).collect::<Vec<Weight>>()
        };
        let cell = known.and_then(|(_, ix)| self.weights.get(usize::from(ix.0) * PLACES + place));
        let Some(cell) = cell else { return Cow::Owned(of(kind.within(), None)) };
        let all = cell.get_or_init(|| (0..FloorKind::OF_USE).flat_map(|within| of(within, known)).collect());
        let count = self.floor_sums.len();
        Cow::Borrowed(&all[kind.within() * count..(kind.within() + 1) * count])
    }
}

/// Sums over floor, and over anything else, as they are met.
type Sums = (Vec<ReadySum>, Vec<Sum>);

fn compile(expr: &Expr, rates: &RateTable, sums: &mut Sums) -> Code {
    let mut part = |expr: &Expr| compile(expr, rates, sums);
    match &expr.node {
        Number::Literal(value, unit) => Code::Known(Value::exact(value * unit.scale)),
        Number::Rate(rate) => match rates.project(*rate) {
            Some(found) => Code::Known(in_unit(found.value, unit_of(*rate))),
            None => Code::NoRate(*rate),
        },
        Number::Fact(fact) => Code::Fact(*fact),
        Number::Figure(place) => Code::Figure(*place),
        Number::Minus(inner) => Code::Minus(Box::new(part(inner))),
        Number::Two(operator, a, b) => Code::Two(*operator, Box::new(part(a)), Box::new(part(b))),
        Number::Call(function, parts) => Code::Call(*function, parts.iter().map(part).collect()),
        Number::Sum(sum) if sum.table.is_floor() => {
            let known = sums.0.iter().position(|ready| ready.sum == **sum);
            Code::FloorSum(known.unwrap_or_else(|| {
                let is_plain = sum.row.node == Number::Attribute(Attribute::Area);
                sums.0.push(ReadySum { sum: Sum::clone(sum), is_plain });
                sums.0.len() - 1
            }))
        }
        Number::Sum(sum) => {
            let known = sums.1.iter().position(|other| *other == **sum);
            Code::OtherSum(known.unwrap_or_else(|| {
                sums.1.push(Sum::clone(sum));
                sums.1.len() - 1
            }))
        }
        // The reader lets it stand in sums only.
        Number::Attribute(_) => Code::Known(Value::exact(0.0)),
    }
}

pub(super) fn weight(sum: &Sum, row: &Row<'_>) -> Weight {
    if !row.is_in(sum.table) || !sum.filter.as_ref().is_none_or(|filter| row.meets(filter)) {
        return Weight::Out;
    }
    if let Number::Two(Operator::Over, area, divisor) = &sum.row.node
        && area.node == Number::Attribute(Attribute::Area)
    {
        return row.value(divisor).filter(|value| value.low > 0.0).map_or(Weight::Missing, Weight::Per);
    }
    row.value(&sum.row).and_then(Value::finite).map_or(Weight::Missing, Weight::In)
}

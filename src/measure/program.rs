//! The formulas of all figures made ready for a project's uses and rates.
//!
//! What a formula asks of a piece of floor is a number for each m² that depends only on the [kind of floor](FloorKind) and
//! on where it stands. Such weights are computed once and kept side by side for all sums, so that one pass over the floor of a
//! place gives all of them, and a hundred thousand places cost no more than their rows.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::FigureId;
use super::floor::{Floor, FloorKind, UseKey, UseKeys};
use super::own::OwnReady;
use super::row::{Row, call, in_unit, two};
use crate::formula::names::{Attribute, Fact, Function, Table};
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
    formulas: Arc<Vec<Code>>,
    /// Sums over floor, those of the first figures first.
    floor_sums: Arc<Vec<ReadySum>>,
    /// How many of them the [core](FigureId::CORE) needs.
    core_sums: usize,
    /// Sums over anything else.
    other_sums: Arc<Vec<Sum>>,
    /// By use and place; see [`Program::weights`].
    weights: Arc<Vec<OnceLock<Box<[Weight]>>>>,
}

/// Places that floor can be counted in: every region, on a plot and off.
const PLACES: usize = Region::ALL.len() * 2;

fn place_of(region: Region, on_plot: bool) -> usize {
    let region = Region::ALL.iter().position(|known| *known == region).unwrap_or(0);
    region * 2 + usize::from(on_plot)
}

/// A formula without names.
#[derive(Clone, Debug)]
enum Code {
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
enum Weight {
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
struct ReadySum {
    sum: Sum,
    /// Whether it only adds areas up, which is done exactly.
    is_plain: bool,
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
    fn weights(&self, kind: FloorKind, place: usize, keys: &UseKeys, rates: &RateTable) -> Cow<'_, [Weight]> {
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

fn weight(sum: &Sum, row: &Row<'_>) -> Weight {
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

/// What is remembered within one place; kept from place to place for its room.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    figures: Vec<Option<Answer>>,
    /// Of sums over floor.
    totals: Vec<Total>,
}

/// The figures of one place, each computed when it is first asked for.
pub(super) struct Evaluation<'a> {
    program: &'a Program,
    tally: &'a Tally<'a>,
    keys: &'a UseKeys,
    rates: &'a RateTable,
    memory: &'a mut Memory,
}

impl<'a> Evaluation<'a> {
    /// Of the first `count` figures.
    pub(super) fn new(
        program: &'a Program,
        tally: &'a Tally<'a>,
        keys: &'a UseKeys,
        rates: &'a RateTable,
        count: usize,
        memory: &'a mut Memory,
    ) -> Self {
        memory.figures.clear();
        memory.figures.resize(program.formulas.len(), None);
        // Figures of a project's own may need any.
        let sums = if count <= FigureId::CORE { program.core_sums } else { program.floor_sums.len() };
        memory.totals.clear();
        memory.totals.resize(sums, Total::default());
        for &(region, on_plot, floor) in tally.floors {
            let place = place_of(region, on_plot);
            for &(kind, area) in &floor.rows {
                let weights = program.weights(kind, place, keys, rates);
                for (total, weight) in memory.totals.iter_mut().zip(&*weights) {
                    total.add(*weight, area);
                }
            }
        }
        Self { program, tally, keys, rates, memory }
    }

    /// A figure, in base units.
    pub(super) fn figure(&mut self, place: usize) -> Answer {
        if let Some(known) = self.memory.figures[place] {
            return known;
        }
        let program = self.program;
        let found = self.code(&program.formulas[place]);
        self.memory.figures[place] = Some(found);
        found
    }

    fn code(&mut self, code: &Code) -> Answer {
        match code {
            Code::Known(value) => Ok(*value),
            Code::NoRate(rate) => Err(Undefined::NoRate(*rate)),
            Code::Faulty => Err(Undefined::Faulty),
            Code::Fact(fact) => fact_of(self.tally, *fact),
            Code::Figure(place) => self.figure(*place),
            Code::FloorSum(place) => {
                let is_plain = self.program.floor_sums[*place].is_plain;
                self.memory.totals.get(*place).map(|total| total.value(is_plain)).ok_or(Undefined::NothingElse)
            }
            Code::OtherSum(place) => self.other_sum(&self.program.other_sums[*place]),
            Code::Minus(inner) => Ok(Value::exact(0.0).minus(self.code(inner)?)),
            Code::Two(operator, a, b) => {
                let (left, right) = (self.code(a)?, self.code(b)?);
                two(*operator, left, right).and_then(Value::finite).ok_or_else(|| nothing(b))
            }
            Code::Call(Function::Or, parts) => {
                let mut last = Err(Undefined::NothingElse);
                for part in parts {
                    last = self.code(part);
                    if last.is_ok() {
                        break;
                    }
                }
                last
            }
            Code::Call(function, parts) => {
                let mut values = Vec::with_capacity(parts.len());
                for part in parts {
                    values.push(self.code(part)?);
                }
                call(*function, &values).and_then(Value::finite).ok_or(Undefined::NothingElse)
            }
        }
    }

    /// A sum that stands in one of the formulas.
    pub(super) fn whole(&self, sum: &Sum) -> Answer {
        let Some(place) = self.program.floor_sums.iter().position(|ready| ready.sum == *sum) else {
            return self.other_sum(sum);
        };
        let is_plain = self.program.floor_sums[place].is_plain;
        self.memory.totals.get(place).map(|total| total.value(is_plain)).ok_or(Undefined::NothingElse)
    }

    fn other_sum(&self, sum: &Sum) -> Answer {
        match sum.table {
            Table::Surfaces => Ok(self.surface_sum(sum)),
            Table::CountedHomes => Ok(self.homes_sum(sum)),
            Table::Families => self.family_sum(sum),
            // Those are counted on the way through the floor.
            Table::Floor | Table::Basement | Table::Storeys => Err(Undefined::NothingElse),
        }
    }

    fn surface_sum(&self, sum: &Sum) -> Value {
        let is_plain = sum.row.node == Number::Attribute(Attribute::Area);
        let mut total = Total::default();
        for (surface, areas) in SurfaceKind::ALL.into_iter().zip(self.tally.surfaces) {
            for (on_soil, area) in [true, false].into_iter().zip(areas) {
                if !area.is_zero() {
                    total.add(weight(sum, &Row { surface, on_soil, ..Row::new(self.rates) }), *area);
                }
            }
        }
        total.value(is_plain)
    }

    /// The floor above ground of every family, in order.
    pub(super) fn families(&self) -> [Area; crate::library::Family::ALL.len()] {
        let mut by_family = [Area::ZERO; crate::library::Family::ALL.len()];
        for (kind, area) in self.tally.floors.iter().flat_map(|(.., floor)| &floor.rows) {
            if let Some(known) = self.keys.known(kind.key()).filter(|_| kind.stands_above()) {
                by_family[known.family as usize] += *area;
            }
        }
        by_family
    }

    fn family_sum(&self, sum: &Sum) -> Answer {
        let families = crate::library::Family::ALL.into_iter().zip(self.families());
        let families: Vec<_> = families.filter(|(family, area)| family.is_programme() && !area.is_zero()).collect();
        let whole: Area = families.iter().map(|(_, area)| *area).sum();
        if whole.is_zero() {
            return Err(Undefined::NoProgramme);
        }
        let mut total = Value::default();
        for (family, area) in families {
            let area_m2 = area.m2();
            let row = Row { family: Some(family), area_m2, share: area_m2 / whole.m2(), ..Row::new(self.rates) };
            if let Weight::In(value) = weight(sum, &row) {
                total = total.plus(value);
            }
        }
        Ok(total)
    }

    fn homes_sum(&self, sum: &Sum) -> Value {
        let mut total = Value::default();
        for &(region, on_plot, floor) in self.tally.floors {
            let row = Row { region, on_plot, homes: floor.dwellings_known as f64, ..Row::new(self.rates) };
            if let Weight::In(value) = weight(sum, &row) {
                total = total.plus(value);
            }
        }
        total
    }

    /// What the floor of each use adds to a figure that is one sum; those that add nothing are left out.
    pub(super) fn by_use(&self, figure: FigureId) -> Vec<(UseKey, Value)> {
        let Code::FloorSum(sum) = &self.program.formulas[figure as usize] else { return Vec::new() };
        let is_plain = self.program.floor_sums[*sum].is_plain;
        let mut by_use: Vec<(UseKey, Value)> = Vec::new();
        for &(region, on_plot, floor) in self.tally.floors {
            let place = place_of(region, on_plot);
            for alike in floor.rows.chunk_by(|a, b| a.0.key() == b.0.key()) {
                let Some((first, _)) = alike.first() else { continue };
                let mut total = Total::default();
                for &(kind, area) in alike {
                    let weights = self.program.weights(kind, place, self.keys, self.rates);
                    total.add(weights.get(*sum).copied().unwrap_or(Weight::Out), area);
                }
                let value = total.value(is_plain);
                if value == Value::default() {
                    continue;
                }
                match by_use.binary_search_by_key(&first.key(), |(key, _)| *key) {
                    Ok(at) => by_use[at].1 = by_use[at].1.plus(value),
                    Err(at) => by_use.insert(at, (first.key(), value)),
                }
            }
        }
        by_use
    }
}

/// A sum over floor as it grows.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    area: Area,
    value: Value,
}

impl Total {
    #[inline]
    fn add(&mut self, weight: Weight, area: Area) {
        match weight {
            Weight::In(weight) => {
                let m2 = area.m2();
                self.area += area;
                self.value.low += m2 * weight.low;
                self.value.mid += m2 * weight.mid;
                self.value.high += m2 * weight.high;
            }
            Weight::Per(weight) => {
                let m2 = area.m2();
                self.value.low += m2 / weight.high;
                self.value.mid += m2 / weight.mid;
                self.value.high += m2 / weight.low;
            }
            Weight::Out | Weight::Missing => {}
        }
    }

    /// What it has come to; of areas alone to the square millimetre.
    fn value(self, is_plain: bool) -> Value {
        if is_plain { Value::exact(self.area.m2()) } else { self.value }
    }
}

/// A fact of a place.
pub(super) fn fact_of(tally: &Tally<'_>, fact: Fact) -> Answer {
    let on_site = |area: Area| if tally.plots_area.is_zero() { Err(Undefined::NoPlot) } else { Ok(area) };
    let area = match fact {
        Fact::PlotsArea => Ok(tally.plots_area),
        Fact::Footprint => Ok(tally.footprint),
        Fact::Roof => Ok(tally.roof),
        Fact::SiteArea => on_site(tally.plots_area),
        Fact::SiteFootprint => on_site(tally.site_footprint),
        Fact::SiteRoof => on_site(tally.site_roof),
    };
    area.map(|area| Value::exact(area.m2()))
}

/// Why something cannot be divided by this.
fn nothing(divisor: &Code) -> Undefined {
    match divisor {
        Code::Figure(place) => match FigureId::ALL.get(*place) {
            Some(FigureId::Programme) => Undefined::NoProgramme,
            Some(figure) => Undefined::Nothing(*figure),
            None => Undefined::NothingElse,
        },
        _ => Undefined::NothingElse,
    }
}

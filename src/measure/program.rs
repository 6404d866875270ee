//! The formulas of all figures made ready for a project's uses and rates.
//!
//! What a formula asks of a piece of floor is a number for each m² that depends only on the [kind of floor](FloorKind):
//! such weights are computed once and kept, so that a sum over floor is one multiplication a row.

use std::sync::{Arc, OnceLock};

use super::FigureId;
use super::floor::{Floor, FloorKind, UseKey, UseKeys};
use super::row::{Row, call, in_unit, two};
use crate::formula::names::{Attribute, Fact, Flag, Function, Kind, Table};
use crate::formula::{Condition, Expr, KnownFigure, Names, Number, Operator, Sum, Value, unit_of};
use crate::library::{Library, RateId, RateTable, UseIx};
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
    sums: Arc<Vec<ReadySum>>,
}

/// A formula without names.
#[derive(Clone, Debug)]
enum Code {
    Known(Value),
    NoRate(RateId),
    Fact(Fact),
    Figure(usize),
    Sum(usize),
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

#[derive(Debug)]
struct ReadySum {
    sum: Sum,
    /// Whether it only adds areas up, which is done exactly.
    is_plain: bool,
    /// Whether it matters in which region a row lies, and whether on a plot.
    needs_place: bool,
    /// By use, then by place, then by kind of floor.
    weights: Vec<OnceLock<Box<[Weight]>>>,
}

/// The formulas of the figures that come with the program, read once.
#[must_use]
pub(super) fn built_in() -> &'static [Expr] {
    static READ: OnceLock<Vec<Expr>> = OnceLock::new();
    READ.get_or_init(|| {
        let library = Library::built_in();
        let figure = |name: &str| {
            let place = FigureId::ALL.iter().position(|figure| figure.key() == name)?;
            Some(KnownFigure { place, dimension: FigureId::ALL[place].measure().unit().dimension })
        };
        let names = Names { library: &library, figure: &figure, figures: &[] };
        // A test reads every formula; one that cannot be read would be a figure that is nothing.
        let nothing =
            Expr { node: Number::Literal(f64::NAN, crate::formula::Unit::ONE), dimension: Default::default() };
        let read = |figure: &FigureId| Expr::read(figure.traits().formula, &names).unwrap_or_else(|_| nothing.clone());
        FigureId::ALL.iter().map(read).collect()
    })
}

impl Program {
    /// The figures of the program, with these uses and rates.
    pub(super) fn new(library: &Library, rates: &RateTable) -> Self {
        let mut sums = Vec::new();
        let formulas = built_in().iter().map(|expr| compile(expr, rates, library, &mut sums)).collect();
        Self { formulas: Arc::new(formulas), sums: Arc::new(sums) }
    }
}

fn compile(expr: &Expr, rates: &RateTable, library: &Library, sums: &mut Vec<ReadySum>) -> Code {
    let mut part = |expr: &Expr| compile(expr, rates, library, sums);
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
        Number::Sum(sum) => {
            let known = sums.iter().position(|ready| ready.sum == **sum);
            Code::Sum(known.unwrap_or_else(|| {
                sums.push(ReadySum::new(sum, library));
                sums.len() - 1
            }))
        }
        // The reader lets it stand in sums only.
        Number::Attribute(_) => Code::Known(Value::exact(0.0)),
    }
}

impl ReadySum {
    fn new(sum: &Sum, library: &Library) -> Self {
        let mut needs_place = sum.filter.as_ref().is_some_and(asks_place);
        sum.row.visit(&mut |part| needs_place |= part.node == Number::Attribute(Attribute::Household));
        Self {
            sum: sum.clone(),
            is_plain: sum.row.node == Number::Attribute(Attribute::Area),
            needs_place,
            weights: (0..library.uses().len()).map(|_| OnceLock::new()).collect(),
        }
    }

    fn weight(&self, row: &Row<'_>) -> Weight {
        let is_in = row.is_in(self.sum.table) && self.sum.filter.as_ref().is_none_or(|filter| row.meets(filter));
        if let Number::Two(Operator::Over, area, divisor) = &self.sum.row.node
            && area.node == Number::Attribute(Attribute::Area)
            && is_in
        {
            return row.value(divisor).filter(|value| value.low > 0.0).map_or(Weight::Missing, Weight::Per);
        }
        match is_in.then(|| row.value(&self.sum.row).and_then(Value::finite)) {
            None => Weight::Out,
            Some(None) => Weight::Missing,
            Some(Some(value)) => Weight::In(value),
        }
    }

    /// What the floor of a kind adds for each m².
    fn floor_weight(&self, kind: FloorKind, place: (Region, bool), keys: &UseKeys, rates: &RateTable) -> Weight {
        let places = if self.needs_place { Region::ALL.len() * 2 } else { 1 };
        let row_of = |within: usize, (region, on_plot): (Region, bool), ix: Option<UseIx>| {
            let like = FloorKind::like(within);
            let known = ix.and_then(|ix| Some((keys.known(kind.key())?, ix)));
            Row {
                known,
                family: known.map(|(known, _)| known.family),
                state: like.state(),
                level: like.level(),
                homes_counted: like.homes_counted(),
                region,
                on_plot,
                ..Row::new(rates)
            }
        };
        let Some(ix) = keys.ix(kind.key()) else { return self.weight(&row_of(kind.within(), place, None)) };
        let Some(cell) = self.weights.get(usize::from(ix.0)) else { return Weight::Out };
        let all = cell.get_or_init(|| {
            let of = |at: usize| {
                let (place, within) = (at / FloorKind::OF_USE, at % FloorKind::OF_USE);
                let place = (Region::ALL[place / 2 % Region::ALL.len()], place % 2 == 1);
                self.weight(&row_of(within, place, Some(ix)))
            };
            (0..places * FloorKind::OF_USE).map(of).collect()
        });
        let (region, on_plot) = place;
        let region = Region::ALL.iter().position(|known| *known == region).unwrap_or(0);
        let place = if self.needs_place { region * 2 + usize::from(on_plot) } else { 0 };
        all[place * FloorKind::OF_USE + kind.within()]
    }
}

fn asks_place(condition: &Condition) -> bool {
    match condition {
        Condition::Flag(flag) => *flag == Flag::OnPlot,
        Condition::OneOf(kind, ..) => *kind == Kind::Region,
        Condition::Not(inner) => asks_place(inner),
        Condition::Two(_, a, b) => asks_place(a) || asks_place(b),
        Condition::Compare(_, a, b) => {
            let mut asks = false;
            for side in [a, b] {
                side.visit(&mut |part| asks |= part.node == Number::Attribute(Attribute::Household));
            }
            asks
        }
    }
}

/// What is remembered within one place; kept from place to place for its room.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    figures: Vec<Option<Answer>>,
    sums: Vec<Option<Answer>>,
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
    pub(super) fn new(
        program: &'a Program,
        tally: &'a Tally<'a>,
        keys: &'a UseKeys,
        rates: &'a RateTable,
        memory: &'a mut Memory,
    ) -> Self {
        for (remembered, count) in
            [(&mut memory.figures, program.formulas.len()), (&mut memory.sums, program.sums.len())]
        {
            remembered.clear();
            remembered.resize(count, None);
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
            Code::Fact(fact) => fact_of(self.tally, *fact),
            Code::Figure(place) => self.figure(*place),
            Code::Sum(place) => {
                if let Some(known) = self.memory.sums[*place] {
                    return known;
                }
                let found = self.sum(*place);
                self.memory.sums[*place] = Some(found);
                found
            }
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
        let place = self.program.sums.iter().position(|ready| ready.sum == *sum);
        place.map_or(Err(Undefined::NothingElse), |place| self.sum(place))
    }

    fn sum(&self, place: usize) -> Answer {
        let ready = &self.program.sums[place];
        match ready.sum.table {
            Table::Floor | Table::Basement | Table::Storeys => Ok(self.floor_sum(ready)),
            Table::Surfaces => Ok(self.surface_sum(ready)),
            Table::Families => self.family_sum(ready),
            Table::CountedHomes => Ok(self.homes_sum(ready)),
        }
    }

    fn floor_sum(&self, ready: &ReadySum) -> Value {
        let mut total = Total::default();
        for &(region, on_plot, floor) in self.tally.floors {
            for &(kind, area) in &floor.rows {
                total.add(ready.floor_weight(kind, (region, on_plot), self.keys, self.rates), area);
            }
        }
        total.value(ready.is_plain)
    }

    fn surface_sum(&self, ready: &ReadySum) -> Value {
        let mut total = Total::default();
        for (surface, areas) in SurfaceKind::ALL.into_iter().zip(self.tally.surfaces) {
            for (on_soil, area) in [true, false].into_iter().zip(areas) {
                if !area.is_zero() {
                    total.add(ready.weight(&Row { surface, on_soil, ..Row::new(self.rates) }), *area);
                }
            }
        }
        total.value(ready.is_plain)
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

    fn family_sum(&self, ready: &ReadySum) -> Answer {
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
            if let Weight::In(value) = ready.weight(&row) {
                total = total.plus(value);
            }
        }
        Ok(total)
    }

    fn homes_sum(&self, ready: &ReadySum) -> Value {
        let mut total = Value::default();
        for &(region, on_plot, floor) in self.tally.floors {
            let row = Row { region, on_plot, homes: floor.dwellings_known as f64, ..Row::new(self.rates) };
            if let Weight::In(value) = ready.weight(&row) {
                total = total.plus(value);
            }
        }
        total
    }

    /// What the floor of each use adds to a figure that is one sum; those that add nothing are left out.
    pub(super) fn by_use(&self, figure: FigureId) -> Vec<(UseKey, Value)> {
        let Code::Sum(place) = &self.program.formulas[figure as usize] else { return Vec::new() };
        let ready = &self.program.sums[*place];
        let mut by_use: Vec<(UseKey, Value)> = Vec::new();
        for &(region, on_plot, floor) in self.tally.floors {
            for alike in floor.rows.chunk_by(|a, b| a.0.key() == b.0.key()) {
                let Some((first, _)) = alike.first() else { continue };
                let mut total = Total::default();
                for &(kind, area) in alike {
                    total.add(ready.floor_weight(kind, (region, on_plot), self.keys, self.rates), area);
                }
                let value = total.value(ready.is_plain);
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
#[derive(Default)]
struct Total {
    area: Area,
    value: Value,
}

impl Total {
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

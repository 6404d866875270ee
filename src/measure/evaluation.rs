//! The figures of one place: one pass over its floor gives all sums, then each formula is computed when it is asked for.

use super::FigureId;
use super::floor::{UseKey, UseKeys};
use super::program::{Answer, Code, Program, Tally, Undefined, Weight, place_of, weight};
use super::row::{Row, call, two};
use crate::formula::names::{Attribute, Fact, Function, Table};
use crate::formula::{Number, Sum, Value};
use crate::library::RateTable;
use crate::model::SurfaceKind;
use crate::num::Area;

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

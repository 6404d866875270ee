//! One row of a table, as a formula sees it.

use crate::formula::names::{Attribute, Flag, Function, Kind, Table};
use crate::formula::{Condition, Expr, Number, Operator, Unit, Value, Word, unit_of};
use crate::library::{Family, RateTable, Use, UseIx};
use crate::model::{Region, State, SurfaceKind};

use super::floor::Level;

/// A row: what is not of its table is at its default and never asked for, since formulas are checked when they are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) rates: &'a RateTable,
    pub(super) known: Option<(&'a Use, UseIx)>,
    pub(super) family: Option<Family>,
    pub(super) state: State,
    pub(super) level: Level,
    pub(super) homes_counted: bool,
    pub(super) region: Region,
    pub(super) on_plot: bool,
    pub(super) surface: SurfaceKind,
    pub(super) on_soil: bool,
    pub(super) area_m2: f64,
    pub(super) share: f64,
    pub(super) homes: f64,
}

impl<'a> Row<'a> {
    /// A row of which nothing is said yet.
    pub(super) fn new(rates: &'a RateTable) -> Self {
        Self {
            rates,
            known: None,
            family: None,
            state: State::New,
            level: Level::Upper,
            homes_counted: false,
            region: Region::None,
            on_plot: true,
            surface: SurfaceKind::Paved,
            on_soil: true,
            area_m2: 1.0,
            share: 0.0,
            homes: 0.0,
        }
    }

    /// Whether it is a row of the table at all.
    pub(super) fn is_in(&self, table: Table) -> bool {
        match table {
            Table::Floor => self.level != Level::Below && self.state != State::Removed,
            Table::Basement => self.level == Level::Below && self.state != State::Removed,
            _ => true,
        }
    }

    /// What a formula makes of it; `None` where a rate that it needs has no value, or something is divided by nothing.
    pub(super) fn value(&self, expr: &Expr) -> Option<Value> {
        match &expr.node {
            Number::Literal(value, unit) => Some(Value::exact(value * unit.scale)),
            Number::Rate(rate) => Some(in_unit(self.rates.project(*rate)?.value, unit_of(*rate))),
            Number::Attribute(attribute) => self.attribute(*attribute),
            Number::Minus(inner) => Some(Value::exact(0.0).minus(self.value(inner)?)),
            Number::Two(operator, a, b) => two(*operator, self.value(a)?, self.value(b)?),
            Number::Call(Function::Or, parts) => parts.iter().find_map(|part| self.value(part)),
            Number::Call(function, parts) => {
                let parts: Option<Vec<Value>> = parts.iter().map(|part| self.value(part)).collect();
                call(*function, &parts?)
            }
            // Neither stands in a row: the reader and the program refuse them.
            Number::Fact(_) | Number::Figure(_) | Number::Sum(_) => None,
        }
    }

    fn attribute(&self, attribute: Attribute) -> Option<Value> {
        let known = |value: f64| Some(Value::exact(value));
        match attribute {
            Attribute::Area => known(self.area_m2),
            Attribute::Share => known(self.share),
            Attribute::Homes => known(self.homes),
            Attribute::OfUse(rate) => Some(in_unit(self.rates.of_use(rate, self.known?.1)?.value, unit_of(rate))),
            Attribute::OfSurface(rate) => {
                Some(in_unit(self.rates.of_surface(rate, self.surface.key())?.value, unit_of(rate)))
            }
            Attribute::Household => {
                let rate = super::households::rate(self.region)?;
                Some(in_unit(self.rates.project(rate)?.value, unit_of(rate)))
            }
        }
    }

    /// Whether a condition holds for it. A comparison with what is not defined never does.
    pub(super) fn meets(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Flag(flag) => self.flag(*flag),
            Condition::OneOf(kind, words, wanted) => words.iter().any(|word| self.is(*kind, word)) == *wanted,
            Condition::Not(inner) => !self.meets(inner),
            Condition::Two(Operator::And, a, b) => self.meets(a) && self.meets(b),
            Condition::Two(_, a, b) => self.meets(a) || self.meets(b),
            Condition::Compare(operator, a, b) => {
                let (Some(a), Some(b)) = (self.value(a), self.value(b)) else { return false };
                match operator {
                    Operator::Is => a.mid == b.mid,
                    Operator::IsNot => a.mid != b.mid,
                    Operator::Below => a.mid < b.mid,
                    Operator::AtMost => a.mid <= b.mid,
                    Operator::Above => a.mid > b.mid,
                    _ => a.mid >= b.mid,
                }
            }
        }
    }

    fn flag(&self, flag: Flag) -> bool {
        let programme = self.family.is_none_or(Family::is_programme);
        match flag {
            Flag::Productive => programme && self.known.is_some_and(|(known, _)| known.productive),
            // Also what the library does not know.
            Flag::Programme => programme,
            Flag::Ground => self.level == Level::Ground,
            Flag::Below => self.level == Level::Below,
            Flag::OnPlot => self.on_plot,
            Flag::HomesCounted => self.homes_counted,
            Flag::OnSoil => self.on_soil,
        }
    }

    fn is(&self, kind: Kind, word: &Word) -> bool {
        let place = match word {
            Word::Use(id) => return self.known.is_some_and(|(known, _)| known.id == *id),
            Word::Fixed(place) => *place,
        };
        match kind {
            Kind::Use => false,
            Kind::Family => self.family.is_some_and(|family| Family::ALL.get(place) == Some(&family)),
            Kind::State => State::ALL.get(place) == Some(&self.state),
            Kind::Surface => SurfaceKind::ALL.get(place) == Some(&self.surface),
            Kind::Region => Region::ALL.get(place) == Some(&self.region),
        }
    }
}

/// A rate's three numbers in base units.
pub(super) fn in_unit(span: crate::num::Span, unit: Unit) -> Value {
    let value = Value::of(span);
    Value { low: value.low * unit.scale, mid: value.mid * unit.scale, high: value.high * unit.scale }
}

/// Two values together; `None` where one may be divided by nothing.
pub(super) fn two(operator: Operator, a: Value, b: Value) -> Option<Value> {
    match operator {
        Operator::Plus => Some(a.plus(b)),
        Operator::Minus => Some(a.minus(b)),
        Operator::Times => Some(a.times(b)),
        _ => a.over(b),
    }
}

/// A function of values; `None` where it has none.
pub(super) fn call(function: Function, parts: &[Value]) -> Option<Value> {
    let first = *parts.first()?;
    match function {
        Function::Mid => Some(Value::exact(first.mid)),
        Function::Low => Some(Value::exact(first.low)),
        Function::High => Some(Value::exact(first.high)),
        Function::Min => parts.iter().copied().reduce(Value::min),
        Function::Max => parts.iter().copied().reduce(Value::max),
        Function::Round => Some(first.rising(|value| (value + 0.5).floor())),
        // A hair above a whole number is that number: sums of ranges are not exact to the last bit.
        Function::Ceil => Some(first.rising(|value| (value - 1e-9).ceil() + 0.0)),
        Function::Floor => Some(first.rising(|value| (value + 1e-9).floor())),
        Function::Sqrt => (first.low >= 0.0).then(|| first.rising(f64::sqrt)),
        Function::Ln => (first.low > 0.0).then(|| first.rising(f64::ln)),
        Function::Evenness => first.evenness(*parts.get(1)?),
        Function::Blend => Some(Value::blend(first, *parts.get(1)?, *parts.get(2)?)),
        Function::Or => Some(first),
    }
}

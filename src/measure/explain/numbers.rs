//! A formula with its numbers put in.
//!
//! Numbers stand in the units people know them in (16 m² for a job, 45 kWh a year), so what is calculated with them may
//! come out in another unit than the figure's; then the factor between the two is written as well. The line holds as it
//! stands: who calculates it gets the figure.

use crate::formula::names::{Attribute, Function};
use crate::formula::{Expr, Number, Operator, Unit, unit_of};
use crate::i18n::{Lang, number};
use crate::measure::row::Row;

/// A part of a formula in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    /// Its middle value in `unit`.
    pub(super) mid: Option<f64>,
    pub(super) unit: Unit,
}

/// Something written: its text, what that calculates to, and what it is in base units.
struct Line {
    text: String,
    own: f64,
    base: f64,
    strength: u8,
}

/// As strong as a single number.
const SINGLE: u8 = 9;

/// A whole formula; `parts` are the numbers of its parts in order. `… = 1.68`.
pub(super) fn whole(expr: &Expr, parts: &[Written], unit: Unit, lang: Lang) -> String {
    let mut left = parts.iter();
    let mut leaf = |_: &Expr| left.next().copied().unwrap_or(Written { mid: None, unit: Unit::ONE });
    finished(&line(expr, &mut leaf, lang), unit, lang)
}

/// The formula of a row.
pub(super) fn of_row(expr: &Expr, row: &Row<'_>, unit: Unit, lang: Lang) -> String {
    let mut leaf = |part: &Expr| {
        let of = |value: Option<f64>, unit: Unit| Written { mid: value, unit };
        let area = Unit { dimension: part.dimension, scale: 1.0 };
        match &part.node {
            Number::Attribute(Attribute::Area) => of(Some(row.area_m2), area),
            Number::Attribute(Attribute::Share) => of(Some(row.share), Unit::ONE),
            Number::Attribute(Attribute::Homes) => of(Some(row.homes), area),
            Number::Attribute(Attribute::OfUse(rate)) => {
                let found = row.known.and_then(|(_, ix)| row.rates.of_use(*rate, ix));
                of(found.map(|found| found.value.mid), unit_of(*rate))
            }
            Number::Attribute(Attribute::OfSurface(rate)) => {
                of(row.rates.of_surface(*rate, row.surface.key()).map(|found| found.value.mid), unit_of(*rate))
            }
            Number::Attribute(Attribute::Household) => {
                let rate = crate::measure::households::rate(row.region);
                let found = rate.and_then(|rate| Some((row.rates.project(rate)?.value.mid, unit_of(rate))));
                of(found.map(|(mid, _)| mid), found.map_or(Unit::ONE, |(_, unit)| unit))
            }
            Number::Rate(rate) => of(row.rates.project(*rate).map(|found| found.value.mid), unit_of(*rate)),
            _ => of(None, Unit::ONE),
        }
    };
    finished(&line(expr, &mut leaf, lang), unit, lang)
}

/// With its factor and its result.
fn finished(line: &Line, unit: Unit, lang: Lang) -> String {
    let wanted = line.base / unit.scale;
    let (text, is_alone) = (with_factor(line, wanted, lang), line.strength == SINGLE);
    let result = written(wanted, lang);
    if is_alone && text == result { text } else { format!("{text} = {result}") }
}

fn line(expr: &Expr, leaf: &mut dyn FnMut(&Expr) -> Written, lang: Lang) -> Line {
    match &expr.node {
        Number::Literal(value, unit) => single(*value, *unit, lang),
        Number::Fact(_) | Number::Rate(_) | Number::Figure(_) | Number::Sum(_) | Number::Attribute(_) => {
            let Written { mid, unit } = leaf(expr);
            single(mid.unwrap_or(f64::NAN), unit, lang)
        }
        Number::Minus(inner) => {
            let inner = line(inner, leaf, lang);
            let text = format!("−{}", in_brackets(&inner, 7));
            Line { text, own: -inner.own, base: -inner.base, strength: 7 }
        }
        Number::Two(operator, a, b) => two(*operator, line(a, leaf, lang), line(b, leaf, lang), lang),
        Number::Call(function, parts) => {
            let parts: Vec<Line> = parts.iter().map(|part| line(part, leaf, lang)).collect();
            call(*function, parts, lang)
        }
    }
}

fn single(value: f64, unit: Unit, lang: Lang) -> Line {
    Line { text: written(value, lang), own: value, base: value * unit.scale, strength: SINGLE }
}

fn two(operator: Operator, mut a: Line, mut b: Line, lang: Lang) -> Line {
    let strength = operator.strength();
    if matches!(operator, Operator::Plus | Operator::Minus) && !same_factor(&a, &b) {
        (a, b) = (settled(&a, lang), settled(&b, lang));
    }
    let right = strength + u8::from(matches!(operator, Operator::Minus | Operator::Over));
    let text = format!("{} {} {}", in_brackets(&a, strength), operator.sign(), in_brackets(&b, right));
    let calculate = |a: f64, b: f64| match operator {
        Operator::Plus => a + b,
        Operator::Minus => a - b,
        Operator::Times => a * b,
        _ => a / b,
    };
    Line { text, own: calculate(a.own, b.own), base: calculate(a.base, b.base), strength }
}

fn call(function: Function, parts: Vec<Line>, lang: Lang) -> Line {
    // The middle is what is written anyway, and of two only that which is defined.
    match function {
        Function::Mid | Function::Low | Function::High => {
            return parts.into_iter().next().unwrap_or_else(|| single(f64::NAN, Unit::ONE, lang));
        }
        Function::Or => {
            let known = parts.into_iter().find(|part| part.base.is_finite());
            return known.unwrap_or_else(|| single(f64::NAN, Unit::ONE, lang));
        }
        _ => {}
    }
    let parts: Vec<Line> = parts.iter().map(|part| settled(part, lang)).collect();
    let calculate = |of: fn(&Line) -> f64| {
        let mut numbers = parts.iter().map(of);
        let first = numbers.next().unwrap_or(f64::NAN);
        match function {
            Function::Min => numbers.fold(first, f64::min),
            Function::Max => numbers.fold(first, f64::max),
            Function::Round => (first + 0.5).floor(),
            Function::Ceil => (first - 1e-9).ceil(),
            Function::Floor => (first + 1e-9).floor(),
            Function::Sqrt => first.sqrt(),
            Function::Ln => first.ln(),
            Function::Evenness => {
                let other = numbers.next().unwrap_or(f64::NAN);
                1.0 - (first - other).abs() / (first + other)
            }
            Function::Blend => {
                let (a, b) = (numbers.next().unwrap_or(f64::NAN), numbers.next().unwrap_or(f64::NAN));
                first * a + (1.0 - first) * b
            }
            Function::Mid | Function::Low | Function::High | Function::Or => first,
        }
    };
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let text = format!("{}({})", function.name(), texts.join("; "));
    Line { text, own: calculate(|part| part.own), base: calculate(|part| part.base), strength: SINGLE }
}

/// The same with its factor written, so that it calculates to base units.
fn settled(line: &Line, lang: Lang) -> Line {
    let text = with_factor(line, line.base, lang);
    let strength = if text == line.text { line.strength } else { Operator::Times.strength() };
    Line { text, own: line.base, base: line.base, strength }
}

fn same_factor(a: &Line, b: &Line) -> bool {
    let cross = (a.base * b.own, b.base * a.own);
    // Nothing has any factor.
    a.own == 0.0 || b.own == 0.0 || (cross.0 - cross.1).abs() <= 1e-12 * cross.0.abs().max(cross.1.abs())
}

/// The text of a line, multiplied so that it calculates to what is wanted.
fn with_factor(line: &Line, wanted: f64, lang: Lang) -> String {
    let factor = if line.own == 0.0 { 1.0 } else { wanted / line.own };
    if !factor.is_finite() || (factor - 1.0).abs() < 1e-9 {
        return line.text.clone();
    }
    let strength = Operator::Times.strength();
    if factor < 1.0 {
        format!("{} ÷ {}", in_brackets(line, strength), written(1.0 / factor, lang))
    } else {
        format!("{} × {}", in_brackets(line, strength), written(factor, lang))
    }
}

fn in_brackets(line: &Line, strength: u8) -> String {
    if line.strength < strength { format!("({})", line.text) } else { line.text.clone() }
}

/// A number with as many decimals as it needs, nine places at most.
fn written(value: f64, lang: Lang) -> String {
    let magnitude = if value == 0.0 || !value.is_finite() { 0.0 } else { value.abs().log10().floor() };
    let most = (8.0 - magnitude).clamp(0.0, 12.0) as u8;
    let text = number(lang, value, most);
    if text.contains(['.', ',']) { text.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned() } else { text }
}

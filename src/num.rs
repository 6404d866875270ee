//! Quantities that must add up: exact areas, ranges of three values, and rounding for display.
//!
//! Floor 0. Floor space is summed as whole square millimetres so that a sum does not depend on the order of its
//! parts and a part can be taken out again without leaving a trace; that is what lets a figure follow an edit without
//! recomputing everything and still equal a fresh computation. Everything else in the program is `f64` in SI units,
//! with the unit in the name (`area_m2`, `height_m`).

use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// An area in whole square millimetres.
///
/// Sums of `Area` are exact and order-independent. The range (±9.2 million km²) is far beyond any project; a sum that
/// would leave it saturates instead of wrapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(i64);

impl Area {
    /// No area.
    pub const ZERO: Self = Self(0);

    /// The nearest whole number of square millimetres. A value that is not finite counts as zero.
    ///
    /// ```
    /// use maakblok::num::Area;
    /// assert_eq!(Area::from_m2(12.5).m2(), 12.5);
    /// assert_eq!(Area::from_m2(f64::NAN), Area::ZERO);
    /// ```
    #[must_use]
    pub fn from_m2(area_m2: f64) -> Self {
        if area_m2.is_finite() {
            // `as` saturates at the ends of the range.
            Self((area_m2 * 1e6).round() as i64)
        } else {
            Self::ZERO
        }
    }

    /// In square metres.
    #[must_use]
    pub fn m2(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This area times a share between 0 and 1 (or any finite factor), rounded to whole square millimetres.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self::from_m2(self.m2() * factor)
    }
}

impl Add for Area {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Area {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Area {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Area {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Area {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl std::iter::Sum for Area {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A figure with its low, middle and high value; `low ≤ mid ≤ high` unless a coefficient says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Span {
    /// The cautious value.
    pub low: f64,
    /// The value to work with.
    pub mid: f64,
    /// The optimistic value.
    pub high: f64,
}

impl Span {
    /// A known number: all three the same.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { low: value, mid: value, high: value }
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, mid: self.mid + other.mid, high: self.high + other.high }
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<f64> for Span {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self { low: self.low * factor, mid: self.mid * factor, high: self.high * factor }
    }
}

/// `numerator / denominator`, or `None` where the quotient has no meaning.
///
/// ```
/// assert_eq!(maakblok::num::ratio(3.0, 2.0), Some(1.5));
/// assert_eq!(maakblok::num::ratio(3.0, 0.0), None);
/// ```
#[must_use]
pub fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    let quotient = numerator / denominator;
    (denominator != 0.0 && quotient.is_finite()).then_some(quotient)
}

/// Rounds parts to `decimals` so that the rounded parts sum to the rounded whole (largest remainder).
///
/// Ties go to the earlier part, so the result does not depend on anything but the input.
///
/// ```
/// let parts = maakblok::num::round_parts(&[44.4, 82.7, 64.9], 0);
/// assert_eq!(parts, [44.0, 83.0, 65.0]);
/// ```
#[must_use]
pub fn round_parts(parts: &[f64], decimals: u8) -> Vec<f64> {
    let unit = 10f64.powi(i32::from(decimals));
    let whole = (parts.iter().sum::<f64>() * unit).round();
    let mut floors: Vec<f64> = parts.iter().map(|part| (part * unit).floor()).collect();
    let missing = (whole - floors.iter().sum::<f64>()).max(0.0) as usize;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| {
        let rest = |i: usize| parts[i] * unit - floors[i];
        rest(b).total_cmp(&rest(a)).then(a.cmp(&b))
    });
    for &index in order.iter().take(missing) {
        floors[index] += 1.0;
    }
    floors.into_iter().map(|floor| floor / unit).collect()
}

/// How many decimals it takes to write a value as it is, `least` of them at least; `most` where those are not enough, `least`
/// for what is no number.
///
/// ```
/// use maakblok::num::decimals_of;
/// assert_eq!([0.29, 4.0, 1.0 / 3.0].map(|value| decimals_of(value, 0, 6)), [2, 0, 6]);
/// ```
#[must_use]
pub fn decimals_of(value: f64, least: u8, most: u8) -> u8 {
    if !value.is_finite() {
        return least;
    }
    let is_whole = |decimals: &u8| {
        let scaled = value * 10f64.powi(i32::from(*decimals));
        (scaled - scaled.round()).abs() < 1e-6
    };
    (least..most).find(is_whole).unwrap_or(most)
}

/// Rounds the three values of rows to `decimals`, column by column, so that each column adds up to its rounded whole and
/// each row still runs from low to high. A row without a range shows none. Where both cannot be, rows have their way.
#[must_use]
pub fn round_spans(rows: &[Span], decimals: u8) -> Vec<Span> {
    let unit = 10f64.powi(i32::from(decimals));
    let of = |get: fn(&Span) -> f64| rows.iter().map(get).collect::<Vec<f64>>();
    let mids = round_parts(&of(|span| span.mid), decimals);
    let bound = |at: usize, value: f64| {
        let Span { low, mid, high } = rows[at];
        if low == mid && mid == high { mids[at] } else { value }
    };
    let lows: Vec<[f64; 2]> =
        mids.iter().enumerate().map(|(at, mid)| [bound(at, f64::NEG_INFINITY), *mid].map(|b| b * unit)).collect();
    let highs: Vec<[f64; 2]> =
        mids.iter().enumerate().map(|(at, mid)| [*mid, bound(at, f64::INFINITY)].map(|b| b * unit)).collect();
    let low = round_within(&of(|span| span.low), &lows, unit);
    let high = round_within(&of(|span| span.high), &highs, unit);
    low.into_iter().zip(mids).zip(high).map(|((low, mid), high)| Span { low, mid, high }).collect()
}

/// The same for one column, each part within bounds of its own, in units of the last decimal.
fn round_within(parts: &[f64], bounds: &[[f64; 2]], unit: f64) -> Vec<f64> {
    let whole = (parts.iter().sum::<f64>() * unit).round();
    let within = |at: usize, value: f64| value.max(bounds[at][0].round()).min(bounds[at][1].round());
    let mut rounded: Vec<f64> = parts.iter().enumerate().map(|(at, part)| within(at, (part * unit).floor())).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |at: usize, rounded: &[f64]| parts[at] * unit - rounded[at];
    order.sort_by(|&a, &b| rest(b, &rounded).total_cmp(&rest(a, &rounded)).then(a.cmp(&b)));
    let mut missing = whole - rounded.iter().sum::<f64>();
    for at in order {
        let more = within(at, rounded[at] + 1.0);
        if missing >= 1.0 && more > rounded[at] {
            rounded[at] = more;
            missing -= 1.0;
        }
    }
    rounded.into_iter().map(|value| value / unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_rows_add_up_and_run_from_low_to_high() {
        let span = |low: f64, mid: f64, high: f64| Span { low, mid, high };
        let rows = [span(10.4, 10.4, 10.4), span(3.3, 3.8, 4.4), span(5.3, 5.3, 6.2)];
        let rounded = round_spans(&rows, 0);
        assert_eq!(rounded, [span(11.0, 11.0, 11.0), span(3.0, 4.0, 4.0), span(5.0, 5.0, 6.0)]);
        for (row, of) in rounded.iter().zip(&rows) {
            assert!(row.low <= row.mid && row.mid <= row.high, "{row:?} of {of:?}");
        }
        let sum = |get: fn(&Span) -> f64| rounded.iter().map(get).sum::<f64>();
        assert_eq!((sum(|s| s.low), sum(|s| s.mid), sum(|s| s.high)), (19.0, 20.0, 21.0));
        assert_eq!(round_spans(&[], 1), []);
    }

    #[test]
    fn sums_do_not_depend_on_order_and_can_be_taken_back() {
        let parts: Vec<Area> = [0.1, 1e6, 0.2, 3.3].map(Area::from_m2).to_vec();
        let forward: Area = parts.iter().copied().sum();
        let backward: Area = parts.iter().rev().copied().sum();
        assert_eq!(forward, backward);
        assert_eq!(forward - parts[1], parts[0] + parts[2] + parts[3]);
    }

    #[test]
    fn rounded_parts_add_up_to_the_rounded_whole() {
        assert_eq!(round_parts(&[33.34, 33.33, 33.33], 1), [33.4, 33.3, 33.3]);
        assert!(round_parts(&[], 0).is_empty());
    }
}

//! Values: a number with the range it may lie in.
//!
//! Ranges follow interval arithmetic: whatever numbers the parts of a formula really have within their ranges, the
//! result lies within its own. `mid` is computed from the middles alone.

use crate::num::Span;

/// A number with its bounds, `low ≤ mid ≤ high` and all finite; in base units. `None` elsewhere stands for «not defined».
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Value {
    /// The least it can be.
    pub low: f64,
    /// What it is taken for.
    pub mid: f64,
    /// The most it can be.
    pub high: f64,
}

impl Value {
    /// A number that is known.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { low: value, mid: value, high: value }
    }

    /// From three numbers in any order of low and high, as areas for one job have the largest first.
    #[must_use]
    pub fn of(span: Span) -> Self {
        Self { low: span.low.min(span.high).min(span.mid), mid: span.mid, high: span.high.max(span.low).max(span.mid) }
    }

    /// As it is handed on.
    #[must_use]
    pub fn span(self) -> Span {
        Span { low: self.low, mid: self.mid, high: self.high }
    }

    /// Whether it has no range.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// Itself when all of it is finite.
    #[must_use]
    pub fn finite(self) -> Option<Self> {
        (self.low.is_finite() && self.mid.is_finite() && self.high.is_finite()).then_some(self)
    }

    /// Each of the three changed by a function that never falls.
    #[must_use]
    pub fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        Self { low: f(self.low), mid: f(self.mid), high: f(self.high) }
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, mid: self.mid + other.mid, high: self.high + other.high }
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, mid: self.mid - other.mid, high: self.high - other.low }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        self.corners(other, |a, b| a * b)
    }

    /// The quotient; `None` where what it is divided by may be nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let may_be_zero = other.low <= 0.0 && other.high >= 0.0;
        if may_be_zero { None } else { self.corners(other, |a, b| a / b).finite() }
    }

    /// The lesser.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), mid: self.mid.min(other.mid), high: self.high.min(other.high) }
    }

    /// The greater.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), mid: self.mid.max(other.mid), high: self.high.max(other.high) }
    }

    /// How even two are: 1 − |a − b| / (a + b), 1 where they are the same, 0 where one of them is nothing. `None` where
    /// both are, or one is negative.
    #[must_use]
    pub fn evenness(self, other: Self) -> Option<Self> {
        if self.low < 0.0 || other.low < 0.0 || self.mid + other.mid <= 0.0 {
            return None;
        }
        let of = |a: f64, b: f64| if a + b > 0.0 { 1.0 - (a - b).abs() / (a + b) } else { 1.0 };
        let ends = self.corners(other, of);
        // Where the ranges meet they may be the same, whatever the corners say.
        let meet = self.low <= other.high && other.low <= self.high;
        Some(Self { low: ends.low, mid: of(self.mid, other.mid), high: if meet { 1.0 } else { ends.high } })
    }

    /// A part of one and the rest of another: share × a + (1 − share) × b. Each of the three stands in it as a line, so
    /// the extremes are at the corners.
    #[must_use]
    pub fn blend(share: Self, a: Self, b: Self) -> Self {
        let of = |share: f64, a: f64, b: f64| share * a + (1.0 - share) * b;
        let ends = |value: Self| [value.low, value.high];
        let mid = of(share.mid, a.mid, b.mid);
        let (mut low, mut high) = (mid, mid);
        for share in ends(share) {
            for a in ends(a) {
                for b in ends(b) {
                    low = low.min(of(share, a, b));
                    high = high.max(of(share, a, b));
                }
            }
        }
        Self { low, mid, high }
    }

    /// The extremes of a function at the corners of two ranges, good where it has none between them.
    fn corners(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let mid = f(self.mid, other.mid);
        if self.is_exact() && other.is_exact() {
            return Self::exact(mid);
        }
        let all = [f(self.low, other.low), f(self.low, other.high), f(self.high, other.low), f(self.high, other.high)];
        let low = all.into_iter().fold(mid, f64::min);
        let high = all.into_iter().fold(mid, f64::max);
        Self { low, mid, high }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(low: f64, mid: f64, high: f64) -> Value {
        Value { low, mid, high }
    }

    #[test]
    fn a_quotient_is_least_where_the_divisor_is_most() {
        assert_eq!(of(10.0, 20.0, 30.0).over(of(2.0, 4.0, 5.0)), Some(of(2.0, 5.0, 15.0)));
        assert_eq!(of(1.0, 1.0, 1.0).over(of(-1.0, 1.0, 2.0)), None, "it may be divided by nothing");
        assert_eq!(Value::exact(1e300).over(Value::exact(1e-300)), None, "nothing is infinite");
    }

    #[test]
    fn two_are_even_where_they_can_be_the_same() {
        assert_eq!(Value::exact(3.0).evenness(Value::exact(1.0)), Some(Value::exact(0.5)));
        assert_eq!(of(1.0, 2.0, 3.0).evenness(of(2.0, 4.0, 5.0)).map(|v| v.high), Some(1.0));
        assert_eq!(Value::exact(0.0).evenness(Value::exact(0.0)), None);
    }

    fn value() -> impl Strategy<Value = Value> {
        (-50.0..50.0, 0.0..20.0, 0.0..20.0)
            .prop_map(|(mid, less, more): (f64, f64, f64)| of(mid - less, mid, mid + more))
    }

    proptest! {
        /// Whatever lies in the ranges of the parts, the result lies in its range.
        #[test]
        fn results_lie_within(a in value(), b in value(), x in 0.0..1.0f64, y in 0.0..1.0f64) {
            let (p, q): (f64, f64) = (a.low + (a.high - a.low) * x, b.low + (b.high - b.low) * y);
            let holds = |v: Value, r: f64| v.low - 1e-9 <= r && r <= v.high + 1e-9 && v.low <= v.mid && v.mid <= v.high;
            prop_assert!(holds(a.plus(b), p + q));
            prop_assert!(holds(a.minus(b), p - q));
            prop_assert!(holds(a.times(b), p * q));
            prop_assert!(holds(a.min(b), p.min(q)));
            prop_assert!(holds(a.max(b), p.max(q)));
            if let Some(v) = a.over(b) {
                prop_assert!(holds(v, p / q) || (p / q).abs() > 1e6);
            }
            let share = of(x.min(y), x, x.max(y));
            prop_assert!(holds(Value::blend(share, a, b), share.mid * p + (1.0 - share.mid) * q));
            if let Some(v) = a.evenness(b) {
                prop_assert!(holds(v, 1.0 - (p - q).abs() / (p + q)));
            }
        }
    }
}

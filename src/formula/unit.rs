//! Units: what a number counts, so that square metres are never added to jobs.
//!
//! A [`Dimension`] is a product of powers of a few base quantities. Numbers in formulas are kept in base units (metre,
//! year, kilogram, kilowatt-hour, euro and plain counts); a [`Unit`] says how many of them it holds.

use std::fmt;
use std::ops::{Div, Mul};

/// The base quantities, with the symbol of the unit in which each is kept.
const BASES: [&str; 11] = ["m", "year", "kg", "kWh", "EUR", "job", "home", "person", "trip", "place", "room"];

/// What a number counts: the power of each base quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension([i8; BASES.len()]);

impl Dimension {
    /// A plain number.
    pub const NONE: Self = Self([0; BASES.len()]);
    /// A length.
    pub const LENGTH: Self = Self::base(0, 1);
    /// An area.
    pub const AREA: Self = Self::base(0, 2);
    /// Homes.
    pub const HOMES: Self = Self::base(6, 1);

    const fn base(at: usize, power: i8) -> Self {
        let mut powers = [0; BASES.len()];
        powers[at] = power;
        Self(powers)
    }

    /// Whether it is a plain number.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Half of every power, as of a square root; `None` where a power is odd.
    #[must_use]
    pub fn halved(self) -> Option<Self> {
        self.0.iter().all(|power| power % 2 == 0).then(|| Self(self.0.map(|power| power / 2)))
    }

    /// Itself so many times multiplied; `None` where a power gets out of hand.
    #[must_use]
    pub fn to_the(self, times: i8) -> Option<Self> {
        let mut powers = self.0;
        for power in &mut powers {
            *power = power.checked_mul(times)?;
        }
        Some(Self(powers))
    }
}

impl Mul for Dimension {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let mut powers = self.0;
        for (power, more) in powers.iter_mut().zip(other.0) {
            *power = power.saturating_add(more);
        }
        Self(powers)
    }
}

impl Div for Dimension {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let mut powers = self.0;
        for (power, less) in powers.iter_mut().zip(other.0) {
            *power = power.saturating_sub(less);
        }
        Self(powers)
    }
}

/// As units are written: `m²`, `job/m²`, `1/year`; a plain number is `1`.
impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with_power = |(symbol, power): (&&str, i8)| match power {
            1 => (*symbol).to_owned(),
            2 => format!("{symbol}²"),
            3 => format!("{symbol}³"),
            more => format!("{symbol}^{more}"),
        };
        let side = |sign: i8| {
            let powers = BASES.iter().zip(self.0).map(|(symbol, power)| (symbol, power * sign));
            powers.filter(|(_, power)| *power > 0).map(with_power).collect::<Vec<_>>()
        };
        let (over, under) = (side(1), side(-1));
        f.write_str(&if over.is_empty() { "1".to_owned() } else { over.join("·") })?;
        under.iter().try_for_each(|symbol| write!(f, "/{symbol}"))
    }
}

/// A unit of measure: what it counts, and how many base units it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// What it counts.
    pub dimension: Dimension,
    /// Base units in one of it: 10 000 for a hectare.
    pub scale: f64,
}

impl Unit {
    /// Of plain numbers.
    pub const ONE: Self = Self { dimension: Dimension::NONE, scale: 1.0 };

    /// The unit of a single symbol such as `m2`, `ha` or `kWh`.
    #[must_use]
    pub fn of_symbol(symbol: &str) -> Option<Self> {
        let of = |base: usize, power: i8, scale: f64| Some(Self { dimension: Dimension::base(base, power), scale });
        match symbol {
            "m" => of(0, 1, 1.0),
            "mm" => of(0, 1, 1e-3),
            "cm" => of(0, 1, 1e-2),
            "km" => of(0, 1, 1e3),
            "m2" | "m²" => of(0, 2, 1.0),
            "1000m2" => of(0, 2, 1e3),
            "ha" => of(0, 2, 1e4),
            "km2" | "km²" => of(0, 2, 1e6),
            "m3" | "m³" => of(0, 3, 1.0),
            "l" => of(0, 3, 1e-3),
            "year" => of(1, 1, 1.0),
            "week" => of(1, 1, 7.0 / 365.0),
            "day" => of(1, 1, 1.0 / 365.0),
            "h" => of(1, 1, 1.0 / 8760.0),
            "kg" => of(2, 1, 1.0),
            "t" => of(2, 1, 1e3),
            "kWh" => of(3, 1, 1.0),
            "MWh" => of(3, 1, 1e3),
            "GWh" => of(3, 1, 1e6),
            "EUR" | "€" => of(4, 1, 1.0),
            "MEUR" | "M€" => of(4, 1, 1e6),
            "job" | "jobs" => of(5, 1, 1.0),
            "home" | "homes" => of(6, 1, 1.0),
            "person" | "persons" => of(7, 1, 1.0),
            "trip" | "trips" => of(8, 1, 1.0),
            "place" | "places" => of(9, 1, 1.0),
            "room" | "rooms" => of(10, 1, 1.0),
            "%" => Some(Self { dimension: Dimension::NONE, scale: 0.01 }),
            "1" => Some(Self::ONE),
            _ => None,
        }
    }

    /// The unit of symbols that are multiplied and divided, such as `kWh/m2/year`. Empty is [`Unit::ONE`].
    ///
    /// ```
    /// use maakblok::formula::Unit;
    /// assert_eq!(Unit::parse("job/ha").map(|unit| unit.scale), Some(1e-4));
    /// assert_eq!(Unit::parse("m2/moon"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::ONE);
        }
        let mut parts = text.split('/');
        let mut unit = Self::product(parts.next()?)?;
        for part in parts {
            unit = unit / Self::product(part)?;
        }
        Some(unit)
    }

    fn product(text: &str) -> Option<Self> {
        text.split(['·', '*']).try_fold(Self::ONE, |unit, symbol| Some(unit * Self::of_symbol(symbol)?))
    }
}

impl Mul for Unit {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self { dimension: self.dimension * other.dimension, scale: self.scale * other.scale }
    }
}

impl Div for Unit {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self { dimension: self.dimension / other.dimension, scale: self.scale / other.scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_are_written_as_units_are() {
        let of = |text| Unit::parse(text).map(|unit| unit.dimension.to_string()).unwrap_or_default();
        assert_eq!(of("kWh/m2/year"), "kWh/m²/year");
        assert_eq!(of("job/ha"), "job/m²");
        assert_eq!(of("1/day"), "1/year");
        assert_eq!(of("%"), "1");
        assert_eq!(of("m·m·m"), "m³");
    }

    #[test]
    fn what_is_multiplied_and_divided_again_is_what_it_was() {
        let Some(speed) = Unit::parse("trip/day") else { panic!("it is a unit") };
        assert_eq!(speed.scale, 365.0);
        assert_eq!((speed / speed).dimension, Dimension::NONE);
        assert_eq!(Dimension::AREA.halved(), Some(Dimension::LENGTH));
        assert_eq!(Dimension::LENGTH.halved(), None);
    }
}

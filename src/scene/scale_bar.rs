//! The scale bar of a drawing, as the window and the pictures show it: how long it is, where its numbers stand.

use crate::i18n::{Lang, NO_BREAK, number};
use crate::num::decimals_of;

/// A bar in four equal parts with numbers at its start, its first and second part and its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBar {
    /// Its length in metres of the ground.
    pub length_m: f64,
}

impl ScaleBar {
    /// Where its numbers stand, as parts of its length.
    pub const MARKS: [f64; 4] = [0.0, 0.25, 0.5, 1.0];

    /// The parts that are light, from and to.
    pub const LIGHT: [(f64, f64); 2] = [(0.25, 0.5), (0.75, 1.0)];

    /// The longest that is no wider than `widest_px`: of 1, 2, 4 cm, 10, 20, 40 cm and so on, lengths whose quarter is round.
    /// `None` where no such bar fits.
    #[must_use]
    pub fn fitting(px_per_m: f64, widest_px: f64) -> Option<Self> {
        let lengths = (-2..7).rev().flat_map(|power| [4.0, 2.0, 1.0].map(|m| m * 10f64.powi(power)));
        lengths.into_iter().find(|m| m * px_per_m <= widest_px).map(|length_m| Self { length_m })
    }

    /// What stands at a mark: the number, at the end with its unit.
    #[must_use]
    pub fn label(self, mark: f64, lang: Lang) -> String {
        let unit = if self.length_m >= 1000.0 { "km" } else { "m" };
        let number = self.number(mark, lang);
        if mark == 1.0 { format!("{number}{NO_BREAK}{unit}") } else { number }
    }

    /// The number at a mark.
    #[must_use]
    pub fn number(self, mark: f64, lang: Lang) -> String {
        let value = self.length_m * mark / if self.length_m >= 1000.0 { 1000.0 } else { 1.0 };
        number(lang, value, decimals_of(value, 0, 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_has_a_round_length_that_fits() {
        for (px_per_m, length_m) in [(4.0, 40.0), (5.6, 20.0), (2.0, 100.0), (0.09, 2_000.0)] {
            assert_eq!(ScaleBar::fitting(px_per_m, 220.0), Some(ScaleBar { length_m }), "{px_per_m}");
        }
        assert_eq!(ScaleBar::fitting(500.0, 220.0), Some(ScaleBar { length_m: 0.4 }));
        assert_eq!(ScaleBar::fitting(1e6, 220.0), None, "a centimetre would be wider");
        assert_eq!(ScaleBar::fitting(f64::NAN, 220.0), None);
    }

    #[test]
    fn its_numbers_are_round() {
        let numbers = |length_m| ScaleBar::MARKS.map(|mark| ScaleBar { length_m }.number(mark, Lang::En));
        assert_eq!(numbers(20.0), ["0", "5", "10", "20"]);
        assert_eq!(numbers(2.0), ["0", "0.5", "1", "2"]);
        assert_eq!(numbers(1000.0), ["0", "0.25", "0.5", "1"]);
        assert_eq!(numbers(0.1), ["0", "0.025", "0.05", "0.1"]);
    }
}

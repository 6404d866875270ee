//! Sizes of paper that a plan is drawn on.

use serde::{Deserialize, Serialize};

use super::drawing::PX_PER_INCH;
use crate::i18n::{Lang, number, tr_with};

/// Millimetres to an inch.
const INCH_MM: f64 = 25.4;

/// A picture of a sheet of paper has so many pixels to the inch: fine enough for lines, and A0 stays within reach.
pub const PAPER_DOTS_PER_INCH: f64 = 150.0;

/// A size of paper of ISO 216.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 297 × 210 mm.
    A4,
    /// 420 × 297 mm.
    A3,
    /// 594 × 420 mm.
    A2,
    /// 841 × 594 mm.
    A1,
    /// 1189 × 841 mm.
    A0,
}

impl Paper {
    /// All, the smallest first.
    pub const ALL: [Self; 5] = [Self::A4, Self::A3, Self::A2, Self::A1, Self::A0];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
        }
    }

    /// Width and height in millimetres, lying or upright.
    #[must_use]
    pub fn size_mm(self, upright: bool) -> [f64; 2] {
        let [width, height] = match self {
            Self::A4 => [297.0, 210.0],
            Self::A3 => [420.0, 297.0],
            Self::A2 => [594.0, 420.0],
            Self::A1 => [841.0, 594.0],
            Self::A0 => [1189.0, 841.0],
        };
        if upright { [height, width] } else { [width, height] }
    }

    /// Width and height in logical pixels, of which 96 make an inch.
    ///
    /// ```
    /// use maakblok::io::page::Paper;
    /// let [width, height] = Paper::A4.size_px(true);
    /// assert_eq!([width.round(), height.round()], [794.0, 1123.0]);
    /// ```
    #[must_use]
    pub fn size_px(self, upright: bool) -> [f64; 2] {
        self.size_mm(upright).map(|mm| mm / INCH_MM * PX_PER_INCH)
    }
}

/// A scale as people write it.
#[must_use]
pub fn scale_words(denominator: f64, lang: Lang) -> String {
    tr_with(lang, "status-scale", &[("scale", number(lang, denominator, 0).into())])
}

/// The denominator of a scale as people write it: `1:500`, `1:10 000`, `1:10.000`. Whole numbers from 1 to a million only.
///
/// ```
/// use maakblok::io::page::scale_of;
/// assert_eq!(scale_of("1:500"), Some(500.0));
/// assert_eq!(scale_of("1 : 10.000"), Some(10_000.0));
/// assert_eq!(scale_of("1:2.5"), None);
/// ```
#[must_use]
pub fn scale_of(text: &str) -> Option<f64> {
    let (one, many) = text.split_once(':')?;
    let many: String = many.chars().filter(|c| !c.is_whitespace()).collect();
    // What parts thousands stands before exactly three digits each time.
    let mut groups = many.split(['.', ',']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_number = |group: &&str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
    if !is_number(&first) || !rest.iter().all(|group| group.len() == 3 && is_number(group)) {
        return None;
    }
    let many: f64 = format!("{first}{}", rest.concat()).parse().ok()?;
    (one.trim() == "1" && (1.0..=1e6).contains(&many)).then_some(many)
}

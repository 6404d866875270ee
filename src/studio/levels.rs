//! Storeys by their level, across buildings: `0`, `1-3`, `-1`, `roof`.

use std::collections::BTreeSet;

use crate::i18n::{Lang, tr};
use crate::model::Volume;
use crate::model::limits::MOST_STOREYS;

/// Some levels, as people count them: 0 is the lowest above ground, −1 the first below it; and perhaps the topmost storey
/// of each volume, whichever that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    levels: BTreeSet<i64>,
    roof: bool,
}

impl Levels {
    /// One level.
    #[must_use]
    pub fn one(level: i64) -> Self {
        Self { levels: BTreeSet::from([level]), roof: false }
    }

    /// Some levels.
    #[must_use]
    pub fn of(levels: impl IntoIterator<Item = i64>) -> Self {
        Self { levels: levels.into_iter().collect(), roof: false }
    }

    /// From one level to another, in either order.
    #[must_use]
    pub fn between(a: i64, b: i64) -> Self {
        Self { levels: (a.min(b)..=a.max(b)).collect(), roof: false }
    }

    /// What people type: levels and ranges with commas between them, `roof` for the topmost storey, `all` for every one.
    /// `None` where it is none of these.
    ///
    /// ```
    /// use maakblok::studio::Levels;
    /// assert_eq!(Levels::parse("0, 2-4").map(|levels| levels.text()), Some("0, 2–4".to_owned()));
    /// assert_eq!(Levels::parse("-1").map(|levels| levels.text()), Some("−1".to_owned()));
    /// assert_eq!(Levels::parse("first"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut found = Self::default();
        for part in text.split([',', ';', '+']).map(str::trim).filter(|part| !part.is_empty()) {
            match part.to_lowercase().as_str() {
                "roof" | "top" | "dak" | "toit" => found.roof = true,
                "all" | "alle" | "alles" | "tout" | "tous" => found.levels.extend(deepest()..=highest()),
                range => {
                    let (from, to) = ends(range)?;
                    found.levels.extend(from.min(to)..=from.max(to));
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// Whether it names none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty() && !self.roof
    }

    /// The one level that is named, when it is just one.
    #[must_use]
    pub fn single(&self) -> Option<i64> {
        if self.levels.len() == 1 && !self.roof { self.levels.first().copied() } else { None }
    }

    /// The lowest that is named by its number.
    #[must_use]
    pub fn lowest(&self) -> Option<i64> {
        self.levels.first().copied()
    }

    /// Whether a storey of a volume is meant.
    #[must_use]
    pub fn hold(&self, volume: &Volume, at: usize) -> bool {
        (self.roof && at + 1 == volume.storeys.len()) || self.levels.contains(&volume.level(at))
    }

    /// The places of the storeys of a volume that are meant, from the bottom up.
    pub fn storeys_of<'a>(&'a self, volume: &'a Volume) -> impl DoubleEndedIterator<Item = usize> + 'a {
        (0..volume.storeys.len()).filter(|at| self.hold(volume, *at))
    }

    /// A level more, or one less when it was among them.
    #[must_use]
    pub fn toggled(mut self, level: i64) -> Self {
        if !self.levels.remove(&level) {
            self.levels.insert(level);
        }
        self
    }

    /// As people write it: `0, 2–4, roof`.
    #[must_use]
    pub fn text(&self) -> String {
        self.with_roof("roof")
    }

    /// The same in a language; [`Levels::parse`] reads it again.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        self.with_roof(&tr(lang, "strip-range-roof"))
    }

    fn with_roof(&self, roof: &str) -> String {
        let number = |level: i64| level.to_string().replace('-', "−");
        let levels: Vec<i64> = self.levels.iter().copied().collect();
        let mut parts: Vec<String> = levels
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| match run {
                [one] => number(*one),
                [first, .., last] => format!("{}–{}", number(*first), number(*last)),
                [] => String::new(),
            })
            .collect();
        if self.roof {
            parts.push(roof.to_owned());
        }
        parts.join(", ")
    }
}

fn highest() -> i64 {
    MOST_STOREYS as i64
}

fn deepest() -> i64 {
    -highest()
}

/// The ends of `1-3`, `-2--1`, `1–3` or `4`.
fn ends(text: &str) -> Option<(i64, i64)> {
    let plain = text.replace(['−', '–'], "-");
    let number = |text: &str| text.trim().parse::<i64>().ok().filter(|level| (deepest()..=highest()).contains(level));
    if let Some(one) = number(&plain) {
        return Some((one, one));
    }
    // The first may have a sign of its own.
    let cut = plain.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(at, _)| at)?;
    Some((number(&plain[..cut])?, number(&plain[cut + 1..])?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Outline, point};
    use crate::model::{Id, Storey};

    fn volume(below: usize, above: usize) -> Volume {
        let outline = Outline::rectangle(point(0.0, 0.0), point(10.0, 10.0));
        let mut volume = Volume::new(Id(3), Id(2), "", outline);
        let cellar = Storey { below_ground: true, ..Storey::new("parking", 3.0) };
        volume.storeys = vec![cellar; below];
        volume.storeys.extend(vec![Storey::new("office", 3.5); above]);
        volume
    }

    #[test]
    fn levels_are_counted_from_the_ground() {
        let of = |text: &str, volume: &Volume| -> Vec<usize> {
            Levels::parse(text).map(|levels| levels.storeys_of(volume).collect()).unwrap_or_default()
        };
        let tower = volume(2, 5);
        assert_eq!(of("0", &tower), [2]);
        assert_eq!(of("1-3", &tower), [3, 4, 5]);
        assert_eq!(of("3–1", &tower), [3, 4, 5], "in either order");
        assert_eq!(of("-1", &tower), [1]);
        assert_eq!(of("-2--1, roof", &tower), [0, 1, 6]);
        assert_eq!(of("all", &tower).len(), 7);
        assert_eq!(of("roof", &volume(0, 2)), [1], "of each its own");
        assert_eq!(of("9", &tower), [] as [usize; 0]);
    }

    #[test]
    fn what_is_no_level_is_refused() {
        for text in ["", "first", "1-", "--", "1-2-3", "99999999999999999999"] {
            assert_eq!(Levels::parse(text), None, "{text}");
        }
        assert_eq!(Levels::between(3, 1).text(), "1–3");
        assert_eq!(Levels::one(1).toggled(1).toggled(4).text(), "4");
    }
}

//! The parameters of generators: what they are called, in what unit, how far they go, and what they are when nobody says.

use std::collections::BTreeMap;

use crate::i18n::{Lang, NO_BREAK, number, tr};

/// In what a parameter is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamUnit {
    /// Metres.
    Metres,
    /// Whole numbers of things.
    Count,
    /// Parts of a hundred.
    Percent,
    /// One of so many choices, by its number from 0; each has a name of its own.
    Choice(&'static [&'static str]),
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Its name in files and messages: `depth_m`.
    pub key: &'static str,
    /// In what it is given.
    pub unit: ParamUnit,
    /// The least and the most that it can be.
    pub range: [f64; 2],
    /// What it is when nobody says.
    pub usual: f64,
}

impl Param {
    /// A length in metres.
    pub(super) const fn metres(key: &'static str, least: f64, usual: f64, most: f64) -> Self {
        Self { key, unit: ParamUnit::Metres, range: [least, most], usual }
    }

    /// A number of things.
    pub(super) const fn count(key: &'static str, least: u32, usual: u32, most: u32) -> Self {
        Self { key, unit: ParamUnit::Count, range: [least as f64, most as f64], usual: usual as f64 }
    }

    /// A part of a hundred.
    pub(super) const fn percent(key: &'static str, least: f64, usual: f64, most: f64) -> Self {
        Self { key, unit: ParamUnit::Percent, range: [least, most], usual }
    }

    /// One of several choices.
    pub(super) const fn choice(key: &'static str, names: &'static [&'static str], usual: u32) -> Self {
        let range = [0.0, names.len() as f64 - 1.0];
        Self { key, unit: ParamUnit::Choice(names), range, usual: usual as f64 }
    }

    /// Its value among those given by name, made sound; the usual one where nothing is given.
    #[must_use]
    pub fn value_in(&self, given: &BTreeMap<String, f64>) -> f64 {
        given.get(self.key).map_or(self.usual, |value| self.sound(*value))
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        tr(lang, &format!("param-{}", self.key.replace('_', "-")))
    }

    /// What it does, and what is good for it.
    #[must_use]
    pub fn note(&self, lang: Lang) -> String {
        tr(lang, &format!("note-{}", self.key.replace('_', "-")))
    }

    /// What its values are followed by; empty for counts and choices.
    #[must_use]
    pub fn unit_sign(&self) -> &'static str {
        match self.unit {
            ParamUnit::Metres => "m",
            ParamUnit::Percent => "%",
            ParamUnit::Count | ParamUnit::Choice(_) => "",
        }
    }

    /// One of its choices in words.
    #[must_use]
    pub fn choice_words(name: &str, lang: Lang) -> String {
        tr(lang, &format!("choice-{name}"))
    }

    /// A value in words.
    #[must_use]
    pub fn words(&self, value: f64, lang: Lang) -> String {
        match self.unit {
            ParamUnit::Choice(names) => {
                names.get(value as usize).map(|n| Self::choice_words(n, lang)).unwrap_or_default()
            }
            ParamUnit::Count => number(lang, value, 0),
            ParamUnit::Metres | ParamUnit::Percent => {
                format!("{}{NO_BREAK}{}", number(lang, value, 1), self.unit_sign())
            }
        }
    }

    /// The nearest value that it can have; the usual one for what is no number.
    #[must_use]
    pub fn sound(&self, value: f64) -> f64 {
        if !value.is_finite() {
            return self.usual;
        }
        let whole = matches!(self.unit, ParamUnit::Count | ParamUnit::Choice(_));
        let value = if whole { value.round() } else { value };
        value.clamp(self.range[0], self.range[1])
    }
}

/// The values that a generator works with: those given, made sound, and the usual ones for the rest.
#[derive(Clone, Debug)]
pub struct Values<'a> {
    params: Vec<&'static Param>,
    given: &'a BTreeMap<String, f64>,
}

impl<'a> Values<'a> {
    pub(super) fn new(params: Vec<&'static Param>, given: &'a BTreeMap<String, f64>) -> Self {
        Self { params, given }
    }

    /// The value of a parameter; 0 for one that the generator does not have.
    #[must_use]
    pub fn get(&self, key: &str) -> f64 {
        self.params.iter().find(|param| param.key == key).map_or(0.0, |param| param.value_in(self.given))
    }

    /// The same as a whole number.
    #[must_use]
    pub fn count(&self, key: &str) -> u32 {
        self.get(key).max(0.0) as u32
    }

    /// The same as a part of one.
    #[must_use]
    pub fn part(&self, key: &str) -> f64 {
        self.get(key) / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_becomes_what_can() {
        static DEPTH: Param = Param::metres("depth_m", 8.0, 14.0, 30.0);
        static GATES: Param = Param::count("gates", 0, 1, 6);
        static SIDE: Param = Param::choice("side", &["left", "right"], 0);
        let given = [("depth_m", f64::NAN), ("gates", 2.6), ("side", 9.0)];
        let given: BTreeMap<String, f64> = given.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let values = Values::new(vec![&DEPTH, &GATES, &SIDE], &given);
        assert_eq!((values.get("depth_m"), values.count("gates"), values.get("side")), (14.0, 3, 1.0));
        assert_eq!(values.get("colour"), 0.0);
        assert_eq!(DEPTH.sound(1e300), 30.0);
    }
}

//! What is wrong with a formula, where, and in words.

use super::syntax::Place;
use super::unit::Dimension;
use crate::i18n::{Lang, tr, tr_with};

/// Something wrong with a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct FormulaError {
    /// Where in its text, in bytes.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The text ends too early.
    Unfinished,
    /// Something stands after the end.
    Unexpected,
    /// A value was expected: a number, a name or a bracket.
    ExpectedValue,
    /// A name was expected.
    ExpectedName,
    /// An opening bracket was expected.
    ExpectedOpen,
    /// A closing bracket was expected.
    ExpectedClose,
    /// A sign that no formula has.
    StrangeSign(char),
    /// Digits that are no number.
    NotANumber(String),
    /// Too many brackets in brackets.
    TooDeep,
    /// Too many characters.
    TooLong,
    /// A name that nobody knows, with the one that may be meant.
    UnknownName(String, Option<String>),
    /// A name that is known, but not for what is gathered here.
    NotInTable(String, String),
    /// A function that nobody knows, with the one that may be meant.
    UnknownFunction(String, Option<String>),
    /// A table that nobody knows.
    UnknownTable(String, String),
    /// A word that is none of those which may stand there, with the one that may be meant.
    UnknownWord(String, Option<String>),
    /// A function with another number of parts.
    HowMany(String, usize),
    /// Two that do not count the same are added or compared.
    Units(Dimension, Dimension),
    /// A plain number was expected.
    NeedsPlain(Dimension),
    /// A unit that cannot be halved, as a square root needs.
    NoRoot(Dimension),
    /// A condition stands where a number must.
    NeedsNumber,
    /// A number stands where a condition must.
    NeedsCondition,
    /// What belongs to a row stands outside of a sum; the figure that may be meant.
    OutsideSum(String, Option<&'static str>),
    /// A sum within a sum.
    SumInSum,
    /// What is summed of floor or ground is not so much for each m².
    NotAdditive,
    /// A figure that needs itself.
    Circle(String),
    /// A unit that nobody knows.
    UnknownUnit(String),
    /// A name that another figure has.
    NameTaken(String),
    /// What cannot be a name.
    NoName(String),
    /// The formula counts something else than the unit of the figure says.
    WrongUnit(Dimension, String),
}

impl FormulaError {
    /// At a place.
    #[must_use]
    pub fn new(place: Place, problem: Problem) -> Self {
        Self { place, problem }
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let plain = |key: &str| tr(lang, key);
        let one = |key: &str, name: &str| tr_with(lang, key, &[("name", name.into())]);
        let meant = |key: &str, name: &str, meant: &Option<String>| match meant {
            Some(meant) => format!("{} {}", one(key, name), one("formula-meant", meant)),
            None => one(key, name),
        };
        let two = |key: &str, a: &str, b: &str| tr_with(lang, key, &[("a", a.into()), ("b", b.into())]);
        let of = |dimension: &Dimension| match dimension.to_string().as_str() {
            "1" => plain("formula-plain-number"),
            symbols => symbols.to_owned(),
        };
        match &self.problem {
            Problem::Unfinished => plain("formula-unfinished"),
            Problem::Unexpected => plain("formula-unexpected"),
            Problem::ExpectedValue => plain("formula-expected-value"),
            Problem::ExpectedName => plain("formula-expected-name"),
            Problem::ExpectedOpen => plain("formula-expected-open"),
            Problem::ExpectedClose => plain("formula-expected-close"),
            Problem::StrangeSign(sign) => one("formula-strange-sign", &sign.to_string()),
            Problem::NotANumber(digits) => one("formula-not-a-number", digits),
            Problem::TooDeep => plain("formula-too-deep"),
            Problem::TooLong => plain("formula-too-long"),
            Problem::UnknownName(name, other) => meant("formula-unknown-name", name, other),
            Problem::NotInTable(name, table) => two("formula-not-in-table", name, table),
            Problem::UnknownFunction(name, other) => meant("formula-unknown-function", name, other),
            Problem::UnknownTable(name, all) => two("formula-unknown-table", name, all),
            Problem::UnknownWord(name, other) => meant("formula-unknown-word", name, other),
            Problem::HowMany(name, count) => two("formula-how-many", name, &count.to_string()),
            Problem::Units(a, b) => two("formula-units", &of(a), &of(b)),
            Problem::NeedsPlain(a) => one("formula-needs-plain", &a.to_string()),
            Problem::NoRoot(a) => one("formula-no-root", &a.to_string()),
            Problem::NeedsNumber => plain("formula-needs-number"),
            Problem::NeedsCondition => plain("formula-needs-condition"),
            Problem::OutsideSum(name, figure) => meant("formula-outside-sum", name, &figure.map(str::to_owned)),
            Problem::SumInSum => plain("formula-sum-in-sum"),
            Problem::NotAdditive => plain("formula-not-additive"),
            Problem::Circle(name) => one("formula-circle", name),
            Problem::UnknownUnit(name) => one("formula-unknown-unit", name),
            Problem::NameTaken(name) => one("formula-name-taken", name),
            Problem::NoName(name) => one("formula-no-name", name),
            Problem::WrongUnit(a, unit) => {
                let says = if unit.is_empty() { plain("formula-plain-number") } else { unit.clone() };
                two("formula-wrong-unit", &of(a), &says)
            }
        }
    }
}

//! A formula in the words of a language, made from what is computed and nothing else.

use super::names::{Attribute, Fact, Flag, Function, Kind, Table};
use super::syntax::Operator;
use super::typed::{Condition, Expr, Number, Sum, Word};
use crate::i18n::{Lang, UNDEFINED, tr, tr_with};
use crate::library::{Library, RateId};
use crate::num::decimals_of;

/// What words need to know of the world around the formula.
pub struct Speaker<'a> {
    /// The language.
    pub lang: Lang,
    /// The uses, for their names.
    pub library: &'a Library,
    /// What a figure is called.
    pub figure: &'a dyn Fn(usize) -> String,
}

/// What a rate is called.
#[must_use]
pub fn rate_name(rate: RateId, lang: Lang) -> String {
    tr(lang, &format!("rate-{}", rate.info().id.replace('_', "-")))
}

fn key_of(name: &str) -> String {
    name.replace(['.', '_'], "-")
}

impl Speaker<'_> {
    /// A formula in words: `Σ floor area where productive ÷ programme floor`.
    #[must_use]
    pub fn formula(&self, expr: &Expr) -> String {
        self.within(expr, None, 0)
    }

    /// A part of a formula; `table` is that whose rows are summed, `strength` how strongly the sign beside it binds.
    fn within(&self, expr: &Expr, table: Option<Table>, strength: u8) -> String {
        match &expr.node {
            Number::Literal(value, unit) => self.literal(*value, unit.scale, expr),
            Number::Fact(fact) => self.fact(*fact),
            Number::Rate(rate) => rate_name(*rate, self.lang),
            Number::Figure(place) => (self.figure)(*place),
            Number::Attribute(attribute) => self.attribute(*attribute, table),
            Number::Minus(inner) => format!("−{}", self.within(inner, table, 7)),
            Number::Two(operator, a, b) => {
                let own = operator.strength();
                // What is subtracted or divided by needs its brackets where what stands before does not.
                let right = own + u8::from(matches!(operator, Operator::Minus | Operator::Over));
                let (a, b) = (self.within(a, table, own), self.within(b, table, right));
                in_brackets(format!("{a} {} {b}", operator.sign()), own < strength)
            }
            Number::Call(function, parts) => self.call(*function, parts, table, strength),
            Number::Sum(sum) => in_brackets(self.sum(sum), strength > 0),
        }
    }

    fn literal(&self, value: f64, scale: f64, expr: &Expr) -> String {
        let number = crate::i18n::number(self.lang, value, decimals_of(value, 0, 6));
        match (expr.dimension.is_none(), scale) {
            (true, 0.01) => format!("{number} %"),
            (true, _) => number,
            (false, _) => format!("{number} {}", expr.dimension),
        }
    }

    /// What a fact of the site is called.
    #[must_use]
    pub fn fact(&self, fact: Fact) -> String {
        tr(self.lang, &format!("formula-word-{}", key_of(fact.name())))
    }

    /// What a number of a row is called.
    #[must_use]
    pub fn attribute(&self, attribute: Attribute, table: Option<Table>) -> String {
        let key = match attribute {
            Attribute::OfUse(rate) | Attribute::OfSurface(rate) => return rate_name(rate, self.lang),
            Attribute::Area if table.is_some_and(Table::is_floor) => "floor-area",
            Attribute::Area => "area",
            Attribute::Share => "share",
            Attribute::Homes => "homes",
            Attribute::Household => "household",
        };
        tr(self.lang, &format!("formula-word-{key}"))
    }

    fn call(&self, function: Function, parts: &[Expr], table: Option<Table>, strength: u8) -> String {
        let named = |key: &str| {
            let [a, b, c] =
                [0, 1, 2].map(|at| parts.get(at).map(|part| self.within(part, table, 0)).unwrap_or_default());
            tr_with(self.lang, key, &[("a", a.into()), ("b", b.into()), ("c", c.into())])
        };
        let inner = || parts.first().map(|part| self.within(part, table, 0)).unwrap_or_default();
        match function {
            Function::Mid => named("formula-fn-mid"),
            Function::Low => named("formula-fn-low"),
            Function::High => named("formula-fn-high"),
            Function::Min | Function::Max if parts.len() > 2 => {
                let parts: Vec<String> = parts.iter().map(|part| self.within(part, table, 0)).collect();
                format!("{}({})", function.name(), parts.join("; "))
            }
            Function::Min => in_brackets(named("formula-fn-min"), strength > 0),
            Function::Max => in_brackets(named("formula-fn-max"), strength > 0),
            Function::Evenness => in_brackets(named("formula-fn-evenness"), strength > 0),
            Function::Blend => in_brackets(named("formula-fn-blend"), strength > 0),
            Function::Or => in_brackets(named("formula-fn-first-known"), strength > 0),
            Function::Ceil => format!("⌈{}⌉", inner()),
            Function::Floor => format!("⌊{}⌋", inner()),
            Function::Sqrt => format!("√({})", inner()),
            Function::Round | Function::Ln => format!("{}({})", function.name(), inner()),
        }
    }

    fn sum(&self, sum: &Sum) -> String {
        // Of several added rows all is meant, not the first alone.
        let row = self.within(&sum.row, Some(sum.table), Operator::Times.strength());
        let table = || tr(self.lang, &format!("formula-table-{}", key_of(sum.table.name())));
        let whole = if matches!(sum.row.node, Number::Literal(..)) {
            tr_with(self.lang, "formula-count-of", &[("table", table().into())])
        } else if sum.table == Table::Floor {
            format!("Σ {row}")
        } else {
            tr_with(self.lang, "formula-sum-of", &[("row", row.into()), ("table", table().into())])
        };
        match &sum.filter {
            Some(filter) => {
                let filter = self.condition(filter, sum.table, 0);
                tr_with(self.lang, "formula-where", &[("sum", whole.into()), ("filter", filter.into())])
            }
            None => whole,
        }
    }

    fn condition(&self, condition: &Condition, table: Table, strength: u8) -> String {
        let two = |key: &str, a: String, b: String| tr_with(self.lang, key, &[("a", a.into()), ("b", b.into())]);
        match condition {
            Condition::Flag(flag) => self.flag(*flag),
            Condition::Not(inner) => {
                let what = self.condition(inner, table, 3);
                tr_with(self.lang, "formula-not", &[("what", what.into())])
            }
            Condition::Two(operator, a, b) => {
                let own = operator.strength();
                let (a, b) = (self.condition(a, table, own), self.condition(b, table, own));
                let key = if *operator == Operator::And { "formula-and" } else { "formula-or" };
                in_brackets(two(key, a, b), own < strength)
            }
            Condition::Compare(operator, a, b) => {
                let (a, b) = (self.within(a, Some(table), 4), self.within(b, Some(table), 4));
                format!("{a} {} {b}", operator.sign())
            }
            Condition::OneOf(kind, words, wanted) => {
                let names: Vec<String> = words.iter().map(|word| self.word(*kind, word)).collect();
                let names = names.into_iter().reduce(|a, b| two("formula-or", a, b)).unwrap_or_default();
                let what = tr(self.lang, kind_key(*kind));
                let said = tr_with(self.lang, "formula-is", &[("what", what.into()), ("word", names.into())]);
                if *wanted { said } else { tr_with(self.lang, "formula-not", &[("what", said.into())]) }
            }
        }
    }

    fn flag(&self, flag: Flag) -> String {
        let name = flag.name().trim_start_matches("use.");
        tr(self.lang, &format!("formula-flag-{}", key_of(name)))
    }

    fn word(&self, kind: Kind, word: &Word) -> String {
        let (stem, name) = match (kind, word) {
            (_, Word::Use(id)) => {
                let known = self.library.get(id).map(|known| known.name(self.lang).to_owned());
                return known.unwrap_or_else(|| id.to_string());
            }
            (Kind::Use, Word::Fixed(_)) => return UNDEFINED.to_owned(),
            (Kind::Family, Word::Fixed(at)) => ("family", kind.words().get(*at).copied()),
            (Kind::State, Word::Fixed(at)) => ("state", kind.words().get(*at).copied()),
            (Kind::Surface, Word::Fixed(at)) => ("surface", kind.words().get(*at).copied()),
            (Kind::Region, Word::Fixed(at)) => ("region", kind.words().get(*at).copied()),
        };
        tr(self.lang, &format!("{stem}-{}", name.unwrap_or_default()))
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Use => "formula-kind-use",
        Kind::Family => "formula-kind-family",
        Kind::State => "formula-kind-state",
        Kind::Surface => "formula-kind-surface",
        Kind::Region => "formula-kind-region",
    }
}

fn in_brackets(text: String, wanted: bool) -> String {
    if wanted { format!("({text})") } else { text }
}

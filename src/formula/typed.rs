//! Formulas with their meaning: every name resolved, every unit checked.

use crate::library::{Library, RateId, RateKind, UseId};

use super::error::{FormulaError, Problem};
use super::names::{Attribute, Fact, Flag, Function, Kind, Table, named, nearest};
use super::parse::parse;
use super::syntax::{Gather, Node, Operator, Place, Syntax};
use super::unit::{Dimension, Unit};

/// A formula, or a part of one, that gives a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub node: Number,
    /// What it counts.
    pub dimension: Dimension,
}

/// What gives a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// A number as written, in the unit it was written in.
    Literal(f64, Unit),
    /// A fact of the site.
    Fact(Fact),
    /// A rate of the project.
    Rate(RateId),
    /// Another figure, by its place in [`Names::figure`].
    Figure(usize),
    /// Of the row that is summed.
    Attribute(Attribute),
    /// Less than nothing.
    Minus(Box<Expr>),
    /// `+`, `−`, `×` or `÷`.
    Two(Operator, Box<Expr>, Box<Expr>),
    /// A function.
    Call(Function, Vec<Expr>),
    /// Rows of a table together.
    Sum(Box<Sum>),
}

/// Rows of a table together.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The rows.
    pub table: Table,
    /// What is summed of each.
    pub row: Expr,
    /// Which rows.
    pub filter: Option<Condition>,
}

/// Which rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Something is so.
    Flag(Flag),
    /// It is one of these, or is none of them.
    OneOf(Kind, Vec<Word>, bool),
    /// Two numbers compared.
    Compare(Operator, Box<Expr>, Box<Expr>),
    /// Not so.
    Not(Box<Condition>),
    /// `and`, `or`.
    Two(Operator, Box<Condition>, Box<Condition>),
}

/// What a row can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// The place of a word in [`Kind::words`].
    Fixed(usize),
    /// A use.
    Use(UseId),
}

/// A figure that formulas can name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownFigure {
    /// Its place, for [`Number::Figure`].
    pub place: usize,
    /// What it counts.
    pub dimension: Dimension,
}

/// What names mean where a formula is read.
pub struct Names<'a> {
    /// The uses.
    pub library: &'a Library,
    /// The figure of a name.
    pub figure: &'a dyn Fn(&str) -> Option<KnownFigure>,
    /// The names of all figures, to find what is meant.
    pub figures: &'a [String],
}

/// The unit a rate is kept in.
#[must_use]
pub fn unit_of(rate: RateId) -> Unit {
    Unit::parse(rate.info().unit).unwrap_or(Unit::ONE)
}

impl Expr {
    /// Reads a formula and finds out what it means.
    ///
    /// # Errors
    /// What is wrong, and where in the text.
    pub fn read(text: &str, names: &Names<'_>) -> Result<Self, FormulaError> {
        Reader { names, table: None }.number(&parse(text)?)
    }

    /// To which power the area of a row stands in it; `None` where that cannot be said.
    fn power_of_area(&self) -> Option<i8> {
        match &self.node {
            Number::Attribute(Attribute::Area) => Some(1),
            Number::Minus(inner) => inner.power_of_area(),
            Number::Two(Operator::Times, a, b) => Some(a.power_of_area()? + b.power_of_area()?),
            Number::Two(Operator::Over, a, b) => Some(a.power_of_area()? - b.power_of_area()?),
            Number::Two(_, a, b) => a.power_of_area().filter(|power| b.power_of_area() == Some(*power)),
            Number::Call(_, parts) => parts.iter().all(|part| part.power_of_area() == Some(0)).then_some(0),
            _ => Some(0),
        }
    }

    /// Calls `each` with itself and all its parts, sums' rows and filters too.
    pub fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Self)) {
        each(self);
        match &self.node {
            Number::Literal(..) | Number::Fact(_) | Number::Rate(_) | Number::Figure(_) | Number::Attribute(_) => {}
            Number::Minus(inner) => inner.visit(each),
            Number::Two(_, a, b) => {
                a.visit(each);
                b.visit(each);
            }
            Number::Call(_, parts) => parts.iter().for_each(|part| part.visit(each)),
            Number::Sum(sum) => {
                sum.row.visit(each);
                if let Some(filter) = &sum.filter {
                    filter.visit(each);
                }
            }
        }
    }
}

impl Condition {
    fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Expr)) {
        match self {
            Self::Flag(_) | Self::OneOf(..) => {}
            Self::Compare(_, a, b) => {
                a.visit(each);
                b.visit(each);
            }
            Self::Not(inner) => inner.visit(each),
            Self::Two(_, a, b) => {
                a.visit(each);
                b.visit(each);
            }
        }
    }
}

struct Reader<'a> {
    names: &'a Names<'a>,
    /// The table whose rows are summed here.
    table: Option<Table>,
}

fn fail<T>(place: &Place, problem: Problem) -> Result<T, FormulaError> {
    Err(FormulaError::new(place.clone(), problem))
}

impl Reader<'_> {
    fn number(&self, syntax: &Syntax) -> Result<Expr, FormulaError> {
        let place = &syntax.place;
        match &syntax.node {
            Node::Number(value, unit) => Ok(Expr { node: Number::Literal(*value, *unit), dimension: unit.dimension }),
            Node::Name(name) => self.name(name, place),
            Node::Minus(inner) => {
                let inner = self.number(inner)?;
                Ok(Expr { dimension: inner.dimension, node: Number::Minus(Box::new(inner)) })
            }
            Node::Two(operator, a, b) if matches!(operator.strength(), 5 | 6) => self.two(*operator, a, b, place),
            Node::Two(..) | Node::Not(_) | Node::In(..) => fail(place, Problem::NeedsNumber),
            Node::Call(name, parts) => self.call(name, parts, place),
            Node::Over { how, row, table, filter } => {
                self.sum(*how, row.as_deref(), table.as_ref(), filter.as_deref(), place)
            }
        }
    }

    fn two(&self, operator: Operator, a: &Syntax, b: &Syntax, place: &Place) -> Result<Expr, FormulaError> {
        let (a, b) = (self.number(a)?, self.number(b)?);
        let dimension = match operator {
            Operator::Times => a.dimension * b.dimension,
            Operator::Over => a.dimension / b.dimension,
            _ if a.dimension == b.dimension => a.dimension,
            _ => return fail(place, Problem::Units(a.dimension, b.dimension)),
        };
        Ok(Expr { node: Number::Two(operator, Box::new(a), Box::new(b)), dimension })
    }

    fn name(&self, name: &str, place: &Place) -> Result<Expr, FormulaError> {
        if let Some(attribute) = Attribute::named(name) {
            return self.attribute(attribute, name, place);
        }
        if let Some(fact) = named(&Fact::ALL, name) {
            return Ok(Expr { node: Number::Fact(fact), dimension: fact.dimension() });
        }
        if let Some(figure) = (self.names.figure)(name) {
            return Ok(Expr { node: Number::Figure(figure.place), dimension: figure.dimension });
        }
        if let Some(rate) = RateId::named(name).filter(|rate| rate.info().kind == RateKind::Project) {
            return Ok(Expr { node: Number::Rate(rate), dimension: unit_of(rate).dimension });
        }
        if named(&Flag::ALL, name).is_some() || named(&Kind::ALL, name).is_some() {
            return fail(place, Problem::NeedsNumber);
        }
        let rates = RateId::all().map(RateId::info).map(|info| match info.kind {
            RateKind::Project => info.id.to_owned(),
            RateKind::Use => format!("use.{}", info.id),
            RateKind::Surface => format!("surface.{}", info.id),
        });
        let rates: Vec<String> = rates.collect();
        let facts = Fact::ALL.iter().map(|(name, _)| *name);
        let all = rates.iter().chain(self.names.figures).map(String::as_str).chain(facts);
        let all = all.chain(["area", "share", "homes", "region.household"]);
        fail(place, Problem::UnknownName(name.to_owned(), nearest(name, all)))
    }

    /// The figure that is meant by a name that only rows have.
    fn figure_like(&self, name: &str) -> Option<&'static str> {
        let figure = named(&super::names::FIGURES_LIKE, name)?;
        (self.names.figure)(figure).map(|_| figure)
    }

    fn attribute(&self, attribute: Attribute, name: &str, place: &Place) -> Result<Expr, FormulaError> {
        let Some(table) = self.table else {
            return fail(place, Problem::OutsideSum(name.to_owned(), self.figure_like(name)));
        };
        if !attribute.is_of(table) {
            return fail(place, Problem::NotInTable(name.to_owned(), table.name().to_owned()));
        }
        let dimension = match attribute {
            Attribute::Area => Dimension::AREA,
            Attribute::Share => Dimension::NONE,
            Attribute::Homes => Dimension::HOMES,
            Attribute::OfUse(rate) | Attribute::OfSurface(rate) => unit_of(rate).dimension,
            Attribute::Household => Unit::parse("person/home").unwrap_or(Unit::ONE).dimension,
        };
        Ok(Expr { node: Number::Attribute(attribute), dimension })
    }

    fn call(&self, name: &str, parts: &[Syntax], place: &Place) -> Result<Expr, FormulaError> {
        let Some(function) = named(&Function::ALL, name) else {
            let all = Function::ALL.iter().map(|(name, _)| *name).chain(["sum", "count"]);
            return fail(place, Problem::UnknownFunction(name.to_owned(), nearest(name, all)));
        };
        if !function.takes().contains(&parts.len()) {
            return fail(place, Problem::HowMany(name.to_owned(), *function.takes().start()));
        }
        let typed: Vec<Expr> = parts.iter().map(|part| self.number(part)).collect::<Result<_, _>>()?;
        if function == Function::Blend {
            let [share, a, b] = [0, 1, 2].map(|at| typed[at].dimension);
            if !share.is_none() {
                return fail(&parts[0].place, Problem::NeedsPlain(share));
            }
            if a != b {
                return fail(&parts[2].place, Problem::Units(a, b));
            }
            return Ok(Expr { node: Number::Call(function, typed), dimension: a });
        }
        let first = typed[0].dimension;
        if let Some(other) = typed.iter().position(|part| part.dimension != first) {
            return fail(&parts[other].place, Problem::Units(first, typed[other].dimension));
        }
        let dimension = match function {
            Function::Evenness => Dimension::NONE,
            Function::Ln if !first.is_none() => return fail(place, Problem::NeedsPlain(first)),
            Function::Sqrt => match first.halved() {
                Some(root) => root,
                None => return fail(place, Problem::NoRoot(first)),
            },
            _ => first,
        };
        Ok(Expr { node: Number::Call(function, typed), dimension })
    }

    fn sum(
        &self,
        how: Gather,
        row: Option<&Syntax>,
        table: Option<&(String, Place)>,
        filter: Option<&Syntax>,
        place: &Place,
    ) -> Result<Expr, FormulaError> {
        if self.table.is_some() {
            return fail(place, Problem::SumInSum);
        }
        let table = match table {
            None => Table::Floor,
            Some((name, place)) => match named(&Table::ALL, name) {
                Some(table) => table,
                None => {
                    let all = Table::ALL.map(|(name, _)| name).join(", ");
                    return fail(place, Problem::UnknownTable(name.clone(), all));
                }
            },
        };
        let within = Reader { names: self.names, table: Some(table) };
        let row = match (how, row) {
            (Gather::Sum, Some(row)) => within.number(row)?,
            _ => Expr { node: Number::Literal(1.0, Unit::ONE), dimension: Dimension::NONE },
        };
        // Floor and ground are kept as areas by kind, so they can only be told by area.
        if (table.is_floor() || table == Table::Surfaces) && row.power_of_area() != Some(1) {
            return fail(place, Problem::NotAdditive);
        }
        let filter = filter.map(|filter| within.condition(filter, table)).transpose()?;
        let dimension = row.dimension;
        Ok(Expr { node: Number::Sum(Box::new(Sum { table, row, filter })), dimension })
    }

    fn condition(&self, syntax: &Syntax, table: Table) -> Result<Condition, FormulaError> {
        let place = &syntax.place;
        match &syntax.node {
            Node::Two(operator @ (Operator::And | Operator::Or), a, b) => {
                let (a, b) = (self.condition(a, table)?, self.condition(b, table)?);
                Ok(Condition::Two(*operator, Box::new(a), Box::new(b)))
            }
            Node::Not(inner) => Ok(Condition::Not(Box::new(self.condition(inner, table)?))),
            Node::Name(name) => match named(&Flag::ALL, name) {
                Some(flag) if flag.is_of(table) => Ok(Condition::Flag(flag)),
                Some(_) => fail(place, Problem::NotInTable(name.clone(), table.name().to_owned())),
                None => fail(place, Problem::NeedsCondition),
            },
            Node::In(left, names) => {
                let (kind, _) = self.kind(left, table)?;
                let words: Result<Vec<Word>, _> = names.iter().map(|(name, at)| self.word(kind, name, at)).collect();
                Ok(Condition::OneOf(kind, words?, true))
            }
            Node::Two(operator, a, b) if operator.compares() => {
                if let Ok((kind, _)) = self.kind(a, table) {
                    let Node::Name(name) = &b.node else { return fail(&b.place, Problem::ExpectedName) };
                    let word = self.word(kind, name, &b.place)?;
                    return match operator {
                        Operator::Is | Operator::IsNot => {
                            Ok(Condition::OneOf(kind, vec![word], *operator == Operator::Is))
                        }
                        _ => fail(place, Problem::NeedsNumber),
                    };
                }
                let (left, right) = (self.number(a)?, self.number(b)?);
                if left.dimension != right.dimension {
                    return fail(place, Problem::Units(left.dimension, right.dimension));
                }
                Ok(Condition::Compare(*operator, Box::new(left), Box::new(right)))
            }
            _ => fail(place, Problem::NeedsCondition),
        }
    }

    fn kind(&self, syntax: &Syntax, table: Table) -> Result<(Kind, Place), FormulaError> {
        let Node::Name(name) = &syntax.node else { return fail(&syntax.place, Problem::ExpectedName) };
        match named(&Kind::ALL, name) {
            Some(kind) if kind.is_of(table) => Ok((kind, syntax.place.clone())),
            Some(_) => fail(&syntax.place, Problem::NotInTable(name.clone(), table.name().to_owned())),
            None => fail(&syntax.place, Problem::UnknownName(name.clone(), None)),
        }
    }

    fn word(&self, kind: Kind, name: &str, place: &Place) -> Result<Word, FormulaError> {
        if kind == Kind::Use {
            let id = UseId::from(name);
            if self.names.library.get(&id).is_some() {
                return Ok(Word::Use(id));
            }
            let uses = self.names.library.uses().iter().map(|known| known.id.as_str());
            return fail(place, Problem::UnknownWord(name.to_owned(), nearest(name, uses)));
        }
        let words = kind.words();
        match words.iter().position(|word| *word == name) {
            Some(at) => Ok(Word::Fixed(at)),
            None => fail(place, Problem::UnknownWord(name.to_owned(), nearest(name, words))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Expr, FormulaError> {
        let figure = |name: &str| {
            let unit = match name {
                "jobs" => "job",
                "dwellings" => "home",
                _ => return None,
            };
            Some(KnownFigure { place: 0, dimension: Unit::parse(unit)?.dimension })
        };
        let library = Library::built_in();
        let figures = ["jobs".to_owned(), "dwellings".to_owned()];
        Expr::read(text, &Names { library: &library, figure: &figure, figures: &figures })
    }

    fn unit(text: &str) -> String {
        read(text).map_or_else(|err| panic!("{text}: {}", err.text(crate::i18n::Lang::En)), |e| e.dimension.to_string())
    }

    fn problem(text: &str) -> (Problem, Place) {
        let error = read(text).expect_err(text);
        (error.problem, error.place)
    }

    #[test]
    fn units_follow_from_what_is_counted() {
        assert_eq!(unit("sum(area where use.productive) / site.area"), "1");
        assert_eq!(unit("sum(area / use.area_per_job)"), "job");
        assert_eq!(unit("jobs / dwellings"), "job/home");
        assert_eq!(unit("sqrt(site.area)"), "m");
        assert_eq!(unit("roof.area × rain_m_year"), "m³/year");
        assert_eq!(unit("sum(area of surfaces where kind in (green, water))"), "m²");
        assert_eq!(unit("count(families)"), "1");
        assert_eq!(unit("sum(homes × region.household of counted_homes)"), "person");
    }

    #[test]
    fn what_does_not_fit_is_said_where_it_stands() {
        let of = |text| Unit::parse(text).map(|unit| unit.dimension).unwrap_or_default();
        assert_eq!(problem("jobs + site.area"), (Problem::Units(of("job"), of("m2")), 0..16));
        assert_eq!(
            problem("1 + sum(area where use.family = hosing)"),
            (Problem::UnknownWord("hosing".to_owned(), Some("housing".to_owned())), 32..38)
        );
        assert_eq!(problem("jobz"), (Problem::UnknownName("jobz".to_owned(), Some("jobs".to_owned())), 0..4));
        assert_eq!(problem("area"), (Problem::OutsideSum("area".to_owned(), None), 0..4));
        let meant = Problem::OutsideSum("homes".to_owned(), Some("dwellings"));
        assert_eq!(problem("jobs / homes"), (meant, 7..12), "the figure is called otherwise");
        assert_eq!(problem("sum(sum(area))").0, Problem::SumInSum);
        assert_eq!(problem("count(floor)").0, Problem::NotAdditive);
        assert_eq!(problem("sum(area × area)").0, Problem::NotAdditive);
        assert_eq!(problem("sum(area of roofs)").1, 12..17);
        assert_eq!(problem("sum(share)"), (Problem::NotInTable("share".to_owned(), "floor".to_owned()), 4..9));
        assert_eq!(problem("ln(site.area)").0, Problem::NeedsPlain(of("m2")));
        assert_eq!(problem("rund(2)"), (Problem::UnknownFunction("rund".to_owned(), Some("round".to_owned())), 0..7));
        assert_eq!(problem("max(1)").0, Problem::HowMany("max".to_owned(), 2));
        assert_eq!(problem("sum(area where area)").0, Problem::NeedsCondition);
        assert_eq!(problem("1 < 2").0, Problem::NeedsNumber);
        assert_eq!(problem("sum(area where use = joinery)").1, 21..28);
    }

    #[test]
    fn every_rate_has_a_unit_that_can_be_read() {
        for rate in RateId::all() {
            assert!(Unit::parse(rate.info().unit).is_some(), "{} of {}", rate.info().unit, rate.info().id);
        }
    }
}

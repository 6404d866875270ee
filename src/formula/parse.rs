//! From the text of a formula to its syntax.
//!
//! ```text
//! formula   = either                      12, 0.5 ha, 80 %, 25 m2/home
//! either    = both { "or" both }          use.family = housing and not ground
//! both      = denial { "and" denial }
//! denial    = [ "not" ] compared
//! compared  = sum [ ("="|"≠"|"<"|"≤"|">"|"≥") sum | "in" "(" name { "," name } ")" ]
//! sum       = product { ("+"|"−") product }
//! product   = factor { ("×"|"÷") factor }
//! factor    = "−" factor | number [ unit ] | name | call | "(" either ")"
//! call      = name "(" either { "," either } ")"
//!           | "sum" "(" either [ "of" name ] [ "where" either ] ")"
//!           | "count" "(" name [ "where" either ] ")"
//! ```

use super::error::{FormulaError, Problem};
use super::lexer::{Placed, Token, tokens};
use super::syntax::{Gather, Node, Operator, Place, Syntax};
use super::unit::Unit;

/// Parts within parts; more is no formula that anybody wrote.
const DEEPEST: usize = 64;

/// Characters at most.
pub const LONGEST: usize = 2000;

/// Reads a formula.
///
/// # Errors
/// What was not expected, and where.
pub fn parse(text: &str) -> Result<Syntax, FormulaError> {
    if text.len() > LONGEST {
        return Err(FormulaError::new(0..text.len(), Problem::TooLong));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0 };
    let found = parser.either()?;
    match parser.tokens.get(parser.at) {
        None => Ok(found),
        Some(more) => Err(FormulaError::new(more.place.clone(), Problem::Unexpected)),
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    /// The place of the next token, or the end.
    fn place(&self) -> Place {
        self.tokens.get(self.at).map_or(self.end..self.end, |placed| placed.place.clone())
    }

    fn fail<T>(&self, problem: Problem) -> Result<T, FormulaError> {
        let problem = if self.at < self.tokens.len() { problem } else { Problem::Unfinished };
        Err(FormulaError::new(self.place(), problem))
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_next = self.peek() == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.at += usize::from(is_next);
        is_next
    }

    fn need(&mut self, token: &Token, problem: Problem) -> Result<(), FormulaError> {
        if self.take(token) { Ok(()) } else { self.fail(problem) }
    }

    fn operator(&mut self, strength: u8) -> Option<Operator> {
        match self.peek() {
            Some(Token::Operator(operator)) if operator.strength() == strength => {
                let operator = *operator;
                self.at += 1;
                Some(operator)
            }
            _ => None,
        }
    }

    fn either(&mut self) -> Result<Syntax, FormulaError> {
        if self.depth >= DEEPEST {
            return Err(FormulaError::new(self.place(), Problem::TooDeep));
        }
        self.depth += 1;
        let found = self.chain(1, Self::both);
        self.depth -= 1;
        found
    }

    fn both(&mut self) -> Result<Syntax, FormulaError> {
        self.chain(2, Self::denial)
    }

    fn denial(&mut self) -> Result<Syntax, FormulaError> {
        let from = self.place().start;
        // A row of them is only odd or even, so it needs no depth.
        let mut denied = false;
        while self.take(&Token::Not) {
            denied = !denied;
        }
        let inner = self.compared()?;
        Ok(if denied { Syntax { place: from..inner.place.end, node: Node::Not(Box::new(inner)) } } else { inner })
    }

    fn compared(&mut self) -> Result<Syntax, FormulaError> {
        let left = self.sum()?;
        if let Some(operator) = self.operator(4) {
            let right = self.sum()?;
            return Ok(two(operator, left, right));
        }
        if self.take_word("in") {
            self.need(&Token::Open, Problem::ExpectedOpen)?;
            let mut names = vec![self.name()?];
            while self.take(&Token::Comma) {
                names.push(self.name()?);
            }
            let end = self.place().end;
            self.need(&Token::Close, Problem::ExpectedClose)?;
            return Ok(Syntax { place: left.place.start..end, node: Node::In(Box::new(left), names) });
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Syntax, FormulaError> {
        self.chain(5, Self::product)
    }

    fn product(&mut self) -> Result<Syntax, FormulaError> {
        self.chain(6, Self::factor)
    }

    fn chain(
        &mut self,
        strength: u8,
        part: impl Fn(&mut Self) -> Result<Syntax, FormulaError>,
    ) -> Result<Syntax, FormulaError> {
        let mut left = part(self)?;
        while let Some(operator) = self.operator(strength) {
            left = two(operator, left, part(self)?);
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Syntax, FormulaError> {
        let place = self.place();
        let mut negative = false;
        while self.take(&Token::Operator(Operator::Minus)) {
            negative = !negative;
        }
        let inner = self.plain_factor()?;
        let whole = place.start..inner.place.end;
        Ok(if negative { Syntax { place: whole, node: Node::Minus(Box::new(inner)) } } else { inner })
    }

    fn plain_factor(&mut self) -> Result<Syntax, FormulaError> {
        let place = self.place();
        match self.peek().cloned() {
            Some(Token::Number(value)) => {
                self.at += 1;
                let (unit, end) = self.unit(place.end)?;
                Ok(Syntax { node: Node::Number(value, unit), place: place.start..end })
            }
            Some(Token::Word(word)) => {
                self.at += 1;
                if self.take(&Token::Open) {
                    return self.call(&word, place);
                }
                Ok(Syntax { node: Node::Name(word), place })
            }
            Some(Token::Open) => {
                self.at += 1;
                let inner = self.either()?;
                let end = self.place().end;
                self.need(&Token::Close, Problem::ExpectedClose)?;
                Ok(Syntax { node: inner.node, place: place.start..end })
            }
            _ => self.fail(Problem::ExpectedValue),
        }
    }

    /// The unit behind a number, if there is one. What is divided in it stands close: `25 m2/home`, but `25 m2 / homes`
    /// divides by a figure.
    fn unit(&mut self, number_end: usize) -> Result<(Unit, usize), FormulaError> {
        if self.take(&Token::Percent) {
            let end = self.tokens[self.at - 1].place.end;
            return Ok((Unit { scale: 0.01, ..Unit::ONE }, end));
        }
        let Some((first, mut end)) = self.unit_word() else { return Ok((Unit::ONE, number_end)) };
        self.at += 1;
        let mut unit = first;
        while self.peek() == Some(&Token::Operator(Operator::Over)) && self.place().start == end {
            let close = self.place().end;
            self.at += 1;
            match self.unit_word().filter(|_| self.place().start == close) {
                Some((next, to)) => {
                    unit = unit / next;
                    end = to;
                    self.at += 1;
                }
                None => {
                    self.at -= 1;
                    break;
                }
            }
        }
        Ok((unit, end))
    }

    fn unit_word(&self) -> Option<(Unit, usize)> {
        let placed = self.tokens.get(self.at)?;
        let Token::Word(word) = &placed.token else { return None };
        // A word before a bracket is a function, and not a unit.
        let is_call = self.tokens.get(self.at + 1).is_some_and(|next| next.token == Token::Open);
        Unit::of_symbol(word).filter(|_| !is_call).map(|unit| (unit, placed.place.end))
    }

    fn name(&mut self) -> Result<(String, Place), FormulaError> {
        let place = self.place();
        match self.peek().cloned() {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok((word, place))
            }
            _ => self.fail(Problem::ExpectedName),
        }
    }

    fn call(&mut self, word: &str, place: Place) -> Result<Syntax, FormulaError> {
        let node = match word {
            "sum" => {
                let row = Box::new(self.either()?);
                let table = if self.take_word("of") { Some(self.name()?) } else { None };
                Node::Over { how: Gather::Sum, row: Some(row), table, filter: self.filter()? }
            }
            "count" => {
                let table = Some(self.name()?);
                Node::Over { how: Gather::Count, row: None, table, filter: self.filter()? }
            }
            _ => {
                let mut given = vec![self.either()?];
                while self.take(&Token::Comma) {
                    given.push(self.either()?);
                }
                Node::Call(word.to_owned(), given)
            }
        };
        let end = self.place().end;
        self.need(&Token::Close, Problem::ExpectedClose)?;
        Ok(Syntax { node, place: place.start..end })
    }

    fn filter(&mut self) -> Result<Option<Box<Syntax>>, FormulaError> {
        if self.take_word("where") { self.either().map(|filter| Some(Box::new(filter))) } else { Ok(None) }
    }
}

fn two(operator: Operator, left: Syntax, right: Syntax) -> Syntax {
    let place = left.place.start..right.place.end;
    Syntax { node: Node::Two(operator, Box::new(left), Box::new(right)), place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(syntax: &Syntax) -> (f64, String) {
        match &syntax.node {
            Node::Number(value, unit) => (value * unit.scale, unit.dimension.to_string()),
            other => panic!("{other:?} is no number"),
        }
    }

    fn problem(text: &str) -> (Problem, Place) {
        let error = parse(text).expect_err(text);
        (error.problem, error.place)
    }

    #[test]
    fn numbers_carry_their_units() {
        let of = |text| parse(text).map(|syntax| number(&syntax)).expect(text);
        assert_eq!(of("12"), (12.0, "1".to_owned()));
        assert_eq!(of("0.5 ha"), (5000.0, "m²".to_owned()));
        assert_eq!(of("80 %"), (0.8, "1".to_owned()));
        assert_eq!(of("25 m2/home"), (25.0, "m²/home".to_owned()));
        assert_eq!(of("2e3m"), (2000.0, "m".to_owned()));
        let Node::Two(Operator::Over, left, right) = parse("25 m2 / homes").expect("a quotient").node else {
            panic!("it divides")
        };
        assert_eq!((number(&left).1, right.node), ("m²".to_owned(), Node::Name("homes".to_owned())));
    }

    #[test]
    fn products_bind_before_sums_and_and_before_or() {
        let Node::Two(Operator::Plus, _, product) = parse("1 + 2 × 3").expect("a sum").node else { panic!("a sum") };
        assert!(matches!(product.node, Node::Two(Operator::Times, ..)));
        let Node::Two(Operator::Minus, left, _) = parse("5 - 2 - 1").expect("a sum").node else { panic!("a sum") };
        assert!(matches!(left.node, Node::Two(Operator::Minus, ..)), "from left to right");
        let Node::Two(Operator::Or, ..) = parse("a = b or c = d and e = f").expect("a choice").node else {
            panic!("or is weakest")
        };
    }

    #[test]
    fn sums_name_what_where_and_which() {
        let found = parse("sum(area of surfaces where kind = green) / site.area").expect("a quotient");
        let Node::Two(Operator::Over, sum, _) = found.node else { panic!("it divides") };
        let Node::Over { how: Gather::Sum, table, filter, .. } = sum.node else { panic!("a sum") };
        assert_eq!(table, Some(("surfaces".to_owned(), 12..20)));
        assert!(filter.is_some());
        assert!(matches!(parse("count(plots)").expect("a count").node, Node::Over { how: Gather::Count, .. }));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert_eq!(problem("1 +"), (Problem::Unfinished, 3..3));
        assert_eq!(problem("1 + )"), (Problem::ExpectedValue, 4..5));
        assert_eq!(problem("(1 + 2"), (Problem::Unfinished, 6..6));
        assert_eq!(problem("jobs 3"), (Problem::Unexpected, 5..6));
        assert_eq!(problem("a # b"), (Problem::StrangeSign('#'), 2..3));
        assert_eq!(problem("1.2.3"), (Problem::NotANumber("1.2.3".to_owned()), 0..5));
        assert_eq!(problem(""), (Problem::Unfinished, 0..0));
        assert_eq!(problem(&"(".repeat(500)).0, Problem::TooDeep);
        assert_eq!(problem(&"1+".repeat(5000)).0, Problem::TooLong);
        assert!(parse(&format!("{}1", "-".repeat(1900))).is_ok(), "signs in a row need no depth");
    }
}

//! Reading what is typed at the cursor: `12`, `12,5`, `12.5m`, `40ft`, `3*8.1`, `60x14`, `1200m2`, `15°`, `5x`, `/5`.
//!
//! Sums and products of numbers with units; a result has the unit of its parts. Lengths come out in metres, areas in m²,
//! angles in degrees.

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A number without a unit: in the unit of the field it is typed into.
    Plain(f64),
    /// A length in metres.
    Length(f64),
    /// An area in m².
    Area(f64),
    /// An angle in degrees.
    Angle(f64),
    /// Two lengths in metres: `60x14`.
    Pair(f64, f64),
    /// So many sides: `8s`.
    Sides(u32),
    /// So many copies on from the first: `5x`.
    Times(u32),
    /// So many copies up to the first: `/5`.
    Divide(u32),
}

/// Why it could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFault {
    /// Nothing is there, or it breaks off.
    Unfinished,
    /// This character, at this place counted in characters from 0, makes no sense here.
    Unexpected(char, usize),
    /// A word after a number that is no unit.
    Unit,
    /// Metres and degrees in one sum, square metres times metres.
    MixedUnits,
    /// Divided by zero, or beyond what can be drawn.
    OutOfReach,
}

impl InputFault {
    /// The message key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unfinished => "entry-unfinished",
            Self::Unexpected(..) => "entry-unexpected",
            Self::Unit => "entry-unit",
            Self::MixedUnits => "entry-mixed",
            Self::OutOfReach => "entry-out-of-reach",
        }
    }
}

/// A number on its way: its power of metres, or degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Value {
    number: f64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    None,
    Metre,
    SquareMetre,
    Degree,
}

/// Lengths and areas beyond this are slips of the finger.
const MOST: f64 = 1e9;

/// Reads what was typed.
///
/// # Errors
/// When it makes no sense; the fault says why and where.
pub fn parse(text: &str) -> Result<Input, InputFault> {
    // Nobody types so much; brackets within brackets without end would cost the stack.
    const MOST_CHARS: usize = 64;
    if text.chars().nth(MOST_CHARS).is_some() {
        return Err(InputFault::OutOfReach);
    }
    let mut reader = Reader { rest: text.chars().collect(), at: 0 };
    reader.skip_spaces();
    if reader.take_any(&['/', '÷']) {
        return Ok(Input::Divide(reader.count()?));
    }
    if reader.take_any(&['x', 'X', '×', '*']) {
        return Ok(Input::Times(reader.count()?));
    }
    let first = reader.sum()?;
    reader.skip_spaces();
    if reader.take_any(&['x', 'X', '×']) {
        reader.skip_spaces();
        if reader.is_done() {
            return times(first);
        }
        let second = reader.sum()?;
        reader.end()?;
        return match (first.unit, second.unit) {
            (Unit::None | Unit::Metre, Unit::None | Unit::Metre) => {
                Ok(Input::Pair(in_reach(first.number)?, in_reach(second.number)?))
            }
            _ => Err(InputFault::MixedUnits),
        };
    }
    if first.unit == Unit::None && reader.take_any(&['s', 'S']) {
        reader.end()?;
        return whole(first.number).map(Input::Sides).ok_or(InputFault::OutOfReach);
    }
    reader.end()?;
    let number = in_reach(first.number)?;
    Ok(match first.unit {
        Unit::None => Input::Plain(number),
        Unit::Metre => Input::Length(number),
        Unit::SquareMetre => Input::Area(number),
        Unit::Degree => Input::Angle(number),
    })
}

fn in_reach(number: f64) -> Result<f64, InputFault> {
    if number.abs() <= MOST { Ok(number) } else { Err(InputFault::OutOfReach) }
}

fn times(value: Value) -> Result<Input, InputFault> {
    whole(value.number).filter(|_| value.unit == Unit::None).map(Input::Times).ok_or(InputFault::OutOfReach)
}

/// A number of copies.
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (1.0..=10_000.0).contains(&number)).then_some(number as u32)
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn is_done(&self) -> bool {
        self.at >= self.rest.len()
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take_any(&mut self, wanted: &[char]) -> bool {
        let there = self.peek().is_some_and(|c| wanted.contains(&c));
        self.at += usize::from(there);
        there
    }

    fn end(&mut self) -> Result<(), InputFault> {
        self.skip_spaces();
        self.peek().map_or(Ok(()), |c| Err(InputFault::Unexpected(c, self.at)))
    }

    fn count(&mut self) -> Result<u32, InputFault> {
        let value = self.sum()?;
        self.end()?;
        whole(value.number).filter(|_| value.unit == Unit::None).ok_or(InputFault::OutOfReach)
    }

    fn sum(&mut self) -> Result<Value, InputFault> {
        let mut sum = self.product()?;
        loop {
            self.skip_spaces();
            let sign = match self.peek() {
                Some('+') => 1.0,
                Some('-' | '−') => -1.0,
                _ => return Ok(sum),
            };
            self.at += 1;
            let next = self.product()?;
            // A bare number beside one with a unit is of that unit: 12.5m + 3.
            sum.unit = match (sum.unit, next.unit) {
                (a, b) if a == b => a,
                (Unit::None, b) => b,
                (a, Unit::None) => a,
                _ => return Err(InputFault::MixedUnits),
            };
            sum.number += sign * next.number;
        }
    }

    fn product(&mut self) -> Result<Value, InputFault> {
        let mut product = self.factor()?;
        loop {
            self.skip_spaces();
            let times = match self.peek() {
                Some('*' | '·') => true,
                Some('/' | '÷') => false,
                _ => return Ok(product),
            };
            self.at += 1;
            let next = self.factor()?;
            product = if times {
                let unit = match (product.unit, next.unit) {
                    (a, Unit::None) | (Unit::None, a) => a,
                    (Unit::Metre, Unit::Metre) => Unit::SquareMetre,
                    _ => return Err(InputFault::MixedUnits),
                };
                Value { number: product.number * next.number, unit }
            } else {
                let unit = match (product.unit, next.unit) {
                    (a, Unit::None) => a,
                    (Unit::SquareMetre, Unit::Metre) => Unit::Metre,
                    (a, b) if a == b => Unit::None,
                    _ => return Err(InputFault::MixedUnits),
                };
                if next.number == 0.0 {
                    return Err(InputFault::OutOfReach);
                }
                Value { number: product.number / next.number, unit }
            };
        }
    }

    fn factor(&mut self) -> Result<Value, InputFault> {
        self.skip_spaces();
        match self.peek() {
            None => Err(InputFault::Unfinished),
            Some('+') => {
                self.at += 1;
                self.factor()
            }
            Some('-' | '−') => {
                self.at += 1;
                let value = self.factor()?;
                Ok(Value { number: -value.number, ..value })
            }
            Some('(') => {
                self.at += 1;
                let value = self.sum()?;
                self.skip_spaces();
                if self.take_any(&[')']) { self.unit(value) } else { Err(InputFault::Unfinished) }
            }
            Some(c) if c.is_ascii_digit() || c == '.' || c == ',' => {
                let number = self.number()?;
                self.unit(Value { number, unit: Unit::None })
            }
            Some(c) => Err(InputFault::Unexpected(c, self.at)),
        }
    }

    /// Digits with a point or a comma; narrow spaces between thousands, as numbers are shown, do no harm.
    fn number(&mut self) -> Result<f64, InputFault> {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            match c {
                '0'..='9' => text.push(c),
                '.' | ',' if !text.contains('.') => text.push('.'),
                '\u{202f}' | '\u{a0}' => {}
                _ => break,
            }
            self.at += 1;
        }
        // A lone point is the beginning of a number.
        text.parse().map_err(|_| InputFault::Unfinished)
    }

    /// The unit after a number, where there is one.
    fn unit(&mut self, value: Value) -> Result<Value, InputFault> {
        const FOOT_M: f64 = 0.3048;
        self.skip_spaces();
        let begin = self.at;
        while self.peek().is_some_and(|c| c.is_alphabetic() || matches!(c, '²' | '°' | '\'' | '"' | '′' | '″')) {
            // An x may stand between two lengths, 60mx14m; an s by itself says sides.
            let alone = |c: char| {
                self.rest.get(self.at + 1).is_none_or(|next| !next.is_alphabetic()) && c.eq_ignore_ascii_case(&'s')
            };
            if matches!(self.peek(), Some('x' | 'X')) || (self.at == begin && self.peek().is_some_and(alone)) {
                break;
            }
            self.at += 1;
        }
        let mut word: String = self.rest[begin..self.at].iter().collect::<String>().to_lowercase();
        if matches!(word.as_str(), "m" | "ft") && self.take_any(&['2']) {
            word.push('²');
        }
        let (per, unit) = match word.as_str() {
            "" => return Ok(value),
            "m" => (1.0, Unit::Metre),
            "cm" => (0.01, Unit::Metre),
            "mm" => (0.001, Unit::Metre),
            "km" => (1000.0, Unit::Metre),
            "ft" | "'" | "′" => (FOOT_M, Unit::Metre),
            "in" | "\"" | "″" => (FOOT_M / 12.0, Unit::Metre),
            "m²" => (1.0, Unit::SquareMetre),
            "ft²" => (FOOT_M * FOOT_M, Unit::SquareMetre),
            "a" => (100.0, Unit::SquareMetre),
            "ha" => (10_000.0, Unit::SquareMetre),
            "°" | "deg" => (1.0, Unit::Degree),
            _ => return Err(InputFault::Unit),
        };
        if value.unit != Unit::None {
            return Err(InputFault::MixedUnits);
        }
        Ok(Value { number: value.number * per, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_with_a_point_or_a_comma_and_with_units() {
        assert_eq!(parse("12"), Ok(Input::Plain(12.0)));
        assert_eq!(parse("12,5"), Ok(Input::Plain(12.5)));
        assert_eq!(parse(" 12.5m "), Ok(Input::Length(12.5)));
        assert_eq!(parse("40ft"), Ok(Input::Length(12.192)));
        assert_eq!(parse("1200m2"), Ok(Input::Area(1200.0)));
        assert_eq!(parse("1 200 m²"), Err(InputFault::Unexpected('2', 2)), "a plain space parts two numbers");
        assert_eq!(parse("1\u{202f}200 m²"), Ok(Input::Area(1200.0)));
        assert_eq!(parse("0,12 ha"), Ok(Input::Area(1200.0)));
        assert_eq!(parse("-15°"), Ok(Input::Angle(-15.0)));
        assert_eq!(parse("350cm"), Ok(Input::Length(3.5)));
    }

    #[test]
    fn sums_and_products_keep_their_units() {
        assert_eq!(parse("3*8.1"), Ok(Input::Plain(3.0 * 8.1)));
        assert_eq!(parse("3 * 8.1m"), Ok(Input::Length(3.0 * 8.1)));
        assert_eq!(parse("42/2+1"), Ok(Input::Plain(22.0)));
        assert_eq!(parse("(2+4)*7m"), Ok(Input::Length(42.0)));
        assert_eq!(parse("60m*14m"), Ok(Input::Area(840.0)));
        assert_eq!(parse("1200m2/60m"), Ok(Input::Length(20.0)));
        assert_eq!(parse("12m+5°"), Err(InputFault::MixedUnits));
    }

    #[test]
    fn pairs_and_copies() {
        assert_eq!(parse("60x14"), Ok(Input::Pair(60.0, 14.0)));
        assert_eq!(parse("60m × 14,5m"), Ok(Input::Pair(60.0, 14.5)));
        assert_eq!(parse("3*20x14"), Ok(Input::Pair(60.0, 14.0)));
        assert_eq!(parse("5x"), Ok(Input::Times(5)));
        assert_eq!(parse("8s"), Ok(Input::Sides(8)));
        assert_eq!(parse("x5"), Ok(Input::Times(5)));
        assert_eq!(parse("*5"), Ok(Input::Times(5)));
        assert_eq!(parse("/5"), Ok(Input::Divide(5)));
        assert_eq!(parse("2.5x"), Err(InputFault::OutOfReach));
        assert_eq!(parse("0x"), Err(InputFault::OutOfReach));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_never_panics() {
        assert_eq!(parse(""), Err(InputFault::Unfinished));
        assert_eq!(parse("12+"), Err(InputFault::Unfinished));
        assert_eq!(parse("(12"), Err(InputFault::Unfinished));
        assert_eq!(parse("."), Err(InputFault::Unfinished));
        assert_eq!(parse("12 furlong"), Err(InputFault::Unit));
        assert_eq!(parse("12)"), Err(InputFault::Unexpected(')', 2)));
        assert_eq!(parse("1/0"), Err(InputFault::OutOfReach));
        assert_eq!(parse("999999999999"), Err(InputFault::OutOfReach));
        for text in ["((((", "x", "m2", "/", "-", "1e400", "🙂", "12'6\"", &"(".repeat(100_000), "1..2", "--3", "5x5x5"]
        {
            let _ = parse(text);
        }
    }
}

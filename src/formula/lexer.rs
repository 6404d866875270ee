//! A formula's text cut into words, numbers and signs.

use super::error::{FormulaError, Problem};
use super::syntax::{Operator, Place};

/// A word, a number or a sign.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// `12.5`.
    Number(f64),
    /// `use.family`, `m2`.
    Word(String),
    /// `+`, `=`, `and`.
    Operator(Operator),
    /// `not`.
    Not,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Comma,
    /// `%`.
    Percent,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What.
    pub token: Token,
    /// Where.
    pub place: Place,
}

/// All tokens of a text.
///
/// # Errors
/// Where there is a sign that no formula has, or a number that is none.
pub fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, length) = if c.is_ascii_digit() || c == '.' {
            number(rest, at)?
        } else if is_word(c) {
            word(rest)
        } else {
            sign(rest).ok_or_else(|| FormulaError::new(at..at + c.len_utf8(), Problem::StrangeSign(c)))?
        };
        found.push(Placed { token, place: at..at + length });
        at += length;
    }
    Ok(found)
}

fn is_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '²' | '³' | '€')
}

fn word(rest: &str) -> (Token, usize) {
    let in_word = |c: char| is_word(c) || c.is_ascii_digit() || c == '.';
    let length = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
    let word = rest[..length].trim_end_matches('.');
    let token = match word {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "not" => Token::Not,
        other => Token::Word(other.to_owned()),
    };
    (token, word.len())
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), FormulaError> {
    let digits =
        |from: usize| rest[from..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |n| from + n);
    let mut end = digits(0);
    // An exponent, unless what follows is a word that begins with e.
    let after = &rest[end..];
    let signed = after.strip_prefix(['e', 'E']).map(|after| after.strip_prefix(['+', '-']).unwrap_or(after));
    if let Some(exponent) = signed.filter(|exponent| exponent.starts_with(|c: char| c.is_ascii_digit())) {
        end = digits(rest.len() - exponent.len());
    }
    let value = rest[..end].parse::<f64>().ok().filter(|value| value.is_finite());
    let value = value.ok_or_else(|| FormulaError::new(at..at + end, Problem::NotANumber(rest[..end].to_owned())))?;
    Ok((Token::Number(value), end))
}

fn sign(rest: &str) -> Option<(Token, usize)> {
    use Operator::{Above, AtLeast, AtMost, Below, Is, IsNot, Minus, Over, Plus, Times};
    const SIGNS: [(&str, Operator); 18] = [
        ("<=", AtMost),
        (">=", AtLeast),
        ("!=", IsNot),
        ("<>", IsNot),
        ("==", Is),
        ("≤", AtMost),
        ("≥", AtLeast),
        ("≠", IsNot),
        ("=", Is),
        ("<", Below),
        (">", Above),
        ("+", Plus),
        ("-", Minus),
        ("−", Minus),
        ("*", Times),
        ("×", Times),
        ("/", Over),
        ("÷", Over),
    ];
    let operator = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
    if let Some((sign, operator)) = operator {
        return Some((Token::Operator(*operator), sign.len()));
    }
    let token = match rest.chars().next()? {
        '(' => Token::Open,
        ')' => Token::Close,
        ',' => Token::Comma,
        '%' => Token::Percent,
        '·' => return Some((Token::Operator(Times), '·'.len_utf8())),
        _ => return None,
    };
    Some((token, 1))
}

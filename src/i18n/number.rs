//! Numbers as the three languages write them.

use super::Lang;

/// A space that neither breaks nor grows: between thousands and before units.
pub const NO_BREAK: char = '\u{202f}';

/// Stands for a figure that has no value; its reason stands beside it.
pub const UNDEFINED: &str = "–";

/// A number with a fixed count of decimals.
///
/// ```
/// use maakblok::i18n::{Lang, number};
/// assert_eq!(number(Lang::En, 13572.4, 0), "13\u{202f}572");
/// assert_eq!(number(Lang::Nl, 1.68, 2), "1,68");
/// assert_eq!(number(Lang::En, -0.001, 2), "0.00");
/// ```
#[must_use]
pub fn number(lang: Lang, value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    // Halves go up, as people round and as `num::round_parts` does; the formatter alone would take 12.5 to 12.
    let unit = 10f64.powi(i32::from(decimals));
    let rounded = (value.abs() * unit).round() / unit;
    let shown = if rounded.is_finite() { rounded } else { value.abs() };
    let plain = format!("{shown:.*}", usize::from(decimals));
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 4);
    if value < 0.0 && plain.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(NO_BREAK);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(if lang == Lang::En { '.' } else { ',' });
        text.push_str(fraction);
    }
    text
}

/// A number with its sign always shown, for differences.
#[must_use]
pub fn signed(lang: Lang, value: f64, decimals: u8) -> String {
    let text = number(lang, value, decimals);
    if text.starts_with('−') || !text.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        text
    } else {
        format!("+{text}")
    }
}

/// A range such as `151 – 258`; one number when both ends look the same.
#[must_use]
pub fn range(lang: Lang, low: f64, high: f64, decimals: u8) -> String {
    let (low, high) = (number(lang, low, decimals), number(lang, high, decimals));
    if low == high { low } else { format!("{low} – {high}") }
}

/// Reads a number as people type it in any of the languages: `12`, `12,5`, `12.5`, `1 200`, `−3`.
///
/// A comma and a point are both decimal signs; grouping is by spaces only, so that `1,200` is one and a fifth in every
/// language and never a thousand two hundred by accident.
///
/// ```
/// use maakblok::i18n::parse_number;
/// assert_eq!(parse_number("12,5"), Some(12.5));
/// assert_eq!(parse_number("1 200"), Some(1200.0));
/// assert_eq!(parse_number("a"), None);
/// ```
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            ',' => '.',
            '−' => '-',
            other => other,
        })
        .collect();
    if !plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')) {
        return None;
    }
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_split_from_1000_up() {
        assert_eq!(number(Lang::Fr, 999.0, 0), "999");
        assert_eq!(number(Lang::Fr, 1000.0, 0), "1\u{202f}000");
        assert_eq!(number(Lang::Fr, -1_234_567.891, 2), "−1\u{202f}234\u{202f}567,89");
        assert_eq!(number(Lang::En, f64::NAN, 2), "–");
    }

    #[test]
    fn halves_go_up() {
        assert_eq!([0.5, 1.5, 12.5].map(|value| number(Lang::En, value, 0)), ["1", "2", "13"]);
        assert_eq!(number(Lang::Nl, -0.125, 2), "−0,13");
    }

    #[test]
    fn differences_show_their_sign_but_nothing_has_none() {
        assert_eq!(signed(Lang::En, 354.0, 0), "+354");
        assert_eq!(signed(Lang::En, -8.0, 0), "−8");
        assert_eq!(signed(Lang::En, 0.2, 0), "0");
    }

    #[test]
    fn ranges_collapse_when_the_ends_look_alike() {
        assert_eq!(range(Lang::En, 151.2, 257.9, 0), "151 – 258");
        assert_eq!(range(Lang::En, 63.0, 63.0, 0), "63");
    }
}

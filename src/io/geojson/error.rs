//! Why a text is no exchange GeoJSON at all.

use super::scan::{Fault, Syntax};
use crate::crs::CrsError;
use crate::i18n::{Arg, Lang, tr, tr_with};

/// Why a text is no exchange GeoJSON.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum ImportError {
    /// It is not text in UTF-8.
    NotText {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// It stops in the middle.
    CutOff {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// A character stands where it cannot.
    Unexpected {
        /// The character.
        found: char,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// Something follows the end.
    Trailing {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// There is nothing in it.
    Nothing,
    /// The outermost object is no GeoJSON: its `type`, empty when it has none.
    NotGeoJson(String),
    /// `features` is no list.
    FeaturesNotAList,
    /// The origin asked for is no place.
    Origin(CrsError),
    /// Coordinates in a system that is not known here.
    UnknownSystem(String),
}

impl ImportError {
    pub(super) fn syntax(text: &str, fault: Fault) -> Self {
        let (line, column) = line_and_column(text.as_bytes(), fault.offset);
        match fault.what {
            _ if text.trim().is_empty() => Self::Nothing,
            Syntax::End => Self::CutOff { line, column },
            Syntax::Unexpected(found) => Self::Unexpected { found, line, column },
            Syntax::Trailing => Self::Trailing { line, column },
        }
    }

    pub(super) fn not_text(bytes: &[u8], offset: usize) -> Self {
        let (line, column) = line_and_column(bytes, offset);
        Self::NotText { line, column }
    }

    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let at = |key: &str, line: usize, column: usize, found: String| {
            let args = [
                ("line", Arg::from(line.to_string())),
                ("column", Arg::from(column.to_string())),
                ("found", Arg::from(found)),
            ];
            tr_with(lang, key, &args)
        };
        match self {
            Self::NotText { line, column } => at("exchange-error-not-text", *line, *column, String::new()),
            Self::CutOff { line, column } => at("exchange-error-cut-off", *line, *column, String::new()),
            Self::Unexpected { found, line, column } => {
                at("exchange-error-unexpected", *line, *column, found.escape_default().to_string())
            }
            Self::Trailing { line, column } => at("exchange-error-trailing", *line, *column, String::new()),
            Self::Nothing => tr(lang, "exchange-error-nothing"),
            Self::NotGeoJson(kind) if kind.is_empty() => tr(lang, "exchange-error-no-type"),
            Self::NotGeoJson(kind) => {
                tr_with(lang, "exchange-error-type", &[("kind", Arg::from(kind.escape_debug().to_string()))])
            }
            Self::FeaturesNotAList => tr(lang, "exchange-error-features"),
            Self::Origin(error) => tr_with(lang, "exchange-error-origin", &[("error", error.text(lang).into())]),
            Self::UnknownSystem(name) => {
                tr_with(lang, "exchange-error-system", &[("name", Arg::from(name.escape_debug().to_string()))])
            }
        }
    }
}

/// Line and column, both from 1, of a byte in a text.
fn line_and_column(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    // Continuation bytes of UTF-8 are no columns of their own.
    let column = before[start..].iter().filter(|&&b| b & 0xc0 != 0x80).count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        assert_eq!(line_and_column("ab\ncé!".as_bytes(), 6), (2, 3));
        assert_eq!(line_and_column(b"", 9), (1, 1));
    }
}

//! A reader of JSON that goes through a text once and keeps nothing.
//!
//! Written for this format because a general one would either hold every feature as a tree, or refuse a whole file for
//! one number that is none (`NaN`, `Infinity` and `1e999` come from real programs); here such a number is read as what
//! it is, not finite, and the feature that holds it is left out by name. Depth costs no stack: what is not looked at
//! is skipped in a loop.

use std::borrow::Cow;

use super::Content;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// It stops in the middle.
    End,
    /// A character that cannot stand there.
    Unexpected(char),
    /// Something follows the end of the outermost object.
    Trailing,
}

/// What is wrong and where, as a byte offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub what: Syntax,
    pub offset: usize,
}

/// A single value of no structure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    /// A number as written.
    Number(&'a str),
    Text(Cow<'a, str>),
    /// A list or an object, which was skipped.
    Nested,
}

impl Scalar<'_> {
    /// The number it is, or that its text spells (`"12"`, `"12 m"` and `"12,5"` occur in the wild).
    pub fn number(&self) -> Option<f64> {
        let value = match self {
            Self::Number(raw) => parse_number(raw),
            Self::Text(text) => {
                let text = text.trim();
                let text = text.strip_suffix('m').map_or(text, str::trim_end);
                crate::i18n::parse_number(text)?
            }
            _ => return None,
        };
        value.is_finite().then_some(value)
    }

    /// Its text, or its number as text; `None` for what is neither.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Number(raw) => Some(raw),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As shown in a note.
    pub fn shown(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(raw) => (*raw).to_owned(),
            Self::Text(text) => text.chars().take(60).collect(),
            Self::Nested => "{…}".to_owned(),
        }
    }
}

/// Where a feature begins of which the text up to the word of its type is given: `}, {"type":` at its end.
fn feature_before(text: &[u8]) -> Option<usize> {
    let cut = |text: &'_ [u8], what: &[u8]| text.trim_ascii_end().strip_suffix(what).map(<[u8]>::len);
    let colon = cut(text, b":")?;
    let key = cut(&text[..colon], br#""type""#)?;
    let brace = cut(&text[..key], b"{")?;
    cut(&text[..brace], b",").map(|_| brace)
}

/// `1e999` gives infinity, `NaN` gives NaN, and so does what is no number at all.
fn parse_number(raw: &str) -> f64 {
    raw.parse().unwrap_or(f64::NAN)
}

pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

type Read<T> = Result<T, Fault>;

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { text, at }
    }

    /// Goes on at an offset.
    pub fn from(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Where it is, as a byte offset.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Offsets at which features of a long list probably begin, at most one for each of so many pieces but the first. None
    /// for a short list, and for one whose features do not begin with their type.
    pub fn likely_features(&self, pieces: usize) -> Vec<usize> {
        /// Shorter lists are read before threads would have started, in bytes.
        const LEAST: usize = 4 << 20;
        /// So far a beginning is looked for, in bytes.
        const FAR: usize = 1 << 20;
        let bytes = self.text.as_bytes();
        let rest = bytes.len() - self.at;
        if rest < LEAST {
            return Vec::new();
        }
        let mut found: Vec<usize> = Vec::new();
        for piece in 1..pieces {
            let from = self.at + rest / pieces * piece;
            let window = &bytes[from..bytes.len().min(from + FAR)];
            let words = br#""Feature""#;
            let mut ends = window.windows(words.len()).enumerate().filter(|(_, here)| here == words);
            let start = ends.find_map(|(at, _)| feature_before(&bytes[..from + at]));
            found.extend(start.filter(|start| *start >= from && found.last() < Some(start)));
        }
        found
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&self) -> Fault {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        Fault { what: found.map_or(Syntax::End, Syntax::Unexpected), offset: self.at }
    }

    /// The next byte that is no white space, not taken.
    pub fn peek(&mut self) -> Read<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(self.fault())
    }

    /// Takes that byte or fails.
    pub fn take(&mut self, wanted: u8) -> Read<()> {
        if self.peek()? == wanted {
            self.at += 1;
            Ok(())
        } else {
            Err(self.fault())
        }
    }

    /// Nothing but white space may follow.
    pub fn finish(&mut self) -> Read<()> {
        match self.peek() {
            Ok(_) => Err(Fault { what: Syntax::Trailing, offset: self.at }),
            Err(_) => Ok(()),
        }
    }

    /// The next key of an object whose brace was taken, with its colon; `None` when the object has ended.
    pub fn next_key(&mut self, first: &mut bool) -> Read<Option<Cow<'a, str>>> {
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(None);
        }
        if !std::mem::take(first) {
            self.take(b',')?;
        }
        let key = self.string()?;
        self.take(b':')?;
        Ok(Some(key))
    }

    /// Whether a list whose bracket was taken has another item.
    pub fn next_item(&mut self, first: &mut bool) -> Read<bool> {
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.take(b',')?;
        }
        Ok(true)
    }

    /// A number; not finite where it is written so.
    pub fn number(&mut self) -> Read<f64> {
        self.number_text().map(parse_number)
    }

    fn number_text(&mut self) -> Read<&'a str> {
        self.peek()?;
        let start = self.at;
        let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        while self.byte().is_some_and(is_part) {
            self.at += 1;
        }
        for word in ["NaN", "Infinity"] {
            if self.at - start <= 1 && self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(&self.text[start..self.at]);
            }
        }
        if start == self.at {
            return Err(self.fault());
        }
        if !self.text[start..self.at].bytes().any(|b| b.is_ascii_digit()) {
            self.at = start;
            return Err(self.fault());
        }
        Ok(&self.text[start..self.at])
    }

    /// Whether a number starts here.
    pub fn is_number(byte: u8) -> bool {
        byte.is_ascii_digit() || matches!(byte, b'-' | b'N' | b'I')
    }

    /// A text, borrowed where it has no escapes.
    pub fn string(&mut self) -> Read<Cow<'a, str>> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.byte() {
                None => return Err(self.fault()),
                Some(b'"') => {
                    let text = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(Cow::Borrowed(text));
                }
                Some(b'\\') => break,
                Some(_) => self.at += 1,
            }
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            let run = self.at;
            while self.byte().is_some_and(|b| b != b'"' && b != b'\\') {
                self.at += 1;
            }
            text.push_str(&self.text[run..self.at]);
            match self.byte() {
                None => return Err(self.fault()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(_) => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
            }
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Read<char> {
        let byte = self.byte().ok_or_else(|| self.fault())?;
        let plain = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.fault()),
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Read<char> {
        let high = self.four_hex()?;
        if (0xd800..0xdc00).contains(&high) && self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            let before = self.at;
            self.at += 2;
            let low = self.four_hex()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex(&mut self) -> Read<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|b| char::from(b).to_digit(16)).ok_or_else(|| self.fault())?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// A value without structure; a list or an object is skipped.
    pub fn scalar(&mut self) -> Read<Scalar<'a>> {
        match self.peek()? {
            b'"' => self.string().map(Scalar::Text),
            b'[' | b'{' => self.skip().map(|()| Scalar::Nested),
            b't' => self.word("true").map(|()| Scalar::Bool(true)),
            b'f' => self.word("false").map(|()| Scalar::Bool(false)),
            b'n' => self.word("null").map(|()| Scalar::Null),
            _ => self.number_text().map(Scalar::Number),
        }
    }

    fn word(&mut self, word: &str) -> Read<()> {
        for &wanted in word.as_bytes() {
            if self.byte() != Some(wanted) {
                return Err(self.fault());
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Passes over a value of any depth.
    pub fn skip(&mut self) -> Read<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek()? {
                b'[' => {
                    self.at += 1;
                    if self.peek()? != b']' {
                        open.push(b']');
                        continue;
                    }
                    self.at += 1;
                }
                b'{' => {
                    self.at += 1;
                    if self.peek()? != b'}' {
                        open.push(b'}');
                        self.skip_key()?;
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.skip_string()?,
                _ => {
                    self.scalar()?;
                }
            }
            // A value has ended: close what closes with it, or go on to the next one.
            loop {
                let Some(&closing) = open.last() else { return Ok(()) };
                let byte = self.peek()?;
                if byte == closing {
                    self.at += 1;
                    open.pop();
                } else if byte == b',' {
                    self.at += 1;
                    if closing == b'}' {
                        self.skip_key()?;
                    }
                    break;
                } else {
                    return Err(self.fault());
                }
            }
        }
    }

    fn skip_key(&mut self) -> Read<()> {
        self.skip_string()?;
        self.take(b':')
    }

    fn skip_string(&mut self) -> Read<()> {
        self.take(b'"')?;
        loop {
            match self.byte() {
                None => return Err(self.fault()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
    }

    /// The text of the next value as it stands.
    pub fn raw(&mut self) -> Read<&'a str> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        Ok(&self.text[start..self.at])
    }
}

pub(super) fn content(bytes: &[u8]) -> Content {
    // Names at the top are enough; a cut-off tail must not hide them.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let mut scan = Scan::new(text);
    let mut look = || -> Read<Content> {
        scan.take(b'{')?;
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            match &*key {
                "format" => match scan.scalar()?.text() {
                    Some(format) if format == crate::io::library::FORMAT => return Ok(Content::Library),
                    Some(format) if format.starts_with("maakblok") => return Ok(Content::Own),
                    _ => {}
                },
                "type" | "features" | "geometry" | "coordinates" => return Ok(Content::GeoJson),
                _ => scan.skip()?,
            }
        }
        Ok(Content::Unknown)
    };
    look().unwrap_or(Content::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_escapes_is_read_as_meant() {
        let mut scan = Scan::new(r#" "a\n\u00e9\ud83c\udfe0\ud800!" "#);
        assert_eq!(scan.string().unwrap(), "a\né🏠\u{fffd}!");
        assert!(scan.finish().is_ok());
    }

    #[test]
    fn numbers_that_are_none_are_not_finite() {
        for text in ["NaN", "-Infinity", "1e999", "Infinity", "1-2"] {
            let number = Scan::new(text).number().unwrap();
            assert!(!number.is_finite(), "{text} gave {number}");
        }
        assert_eq!(Scan::new("-12.5e-1").number().unwrap(), -1.25);
        assert!(Scan::new("-").number().is_err());
        assert!(Scan::new("").number().is_err());
    }

    #[test]
    fn a_million_levels_are_skipped_or_refused_without_a_stack() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(Scan::new(&deep).skip(), Err(Fault { what: Syntax::End, offset: 1_000_000 }));
        let whole = deep + &"]".repeat(1_000_000);
        assert_eq!(Scan::new(&whole).skip(), Ok(()));
        assert_eq!(Scan::new("[1}").skip().unwrap_err().offset, 2);
        assert_eq!(Scan::new(r#"{"a": [1, {"b": null}], "c\"": "]"}"#).skip(), Ok(()));
        assert!(Scan::new("\"\\").skip().is_err());
        assert!(Scan::new("\"\\é").skip().is_err());
    }

    #[test]
    fn content_is_told_by_the_outermost_names() {
        assert_eq!(content(b"{\"name\": {\"type\": 1}, \"format\": \"maakblok-x\"}"), Content::Own);
        assert_eq!(content(b"{\"version\": 1, \"format\": \"maakblok-library\"}"), Content::Library);
        assert_eq!(content(b"\xef\xbb\xbf{\"type\": \"Feature\"\xff"), Content::GeoJson);
        assert_eq!(content(b"{\"format\": 1, \"type\": \"Feature\"}"), Content::GeoJson);
        assert_eq!(content(b"PK\x03\x04"), Content::Unknown);
        assert_eq!(content(b""), Content::Unknown);
    }

    #[test]
    fn where_features_begin_is_guessed_in_a_long_list_only() {
        let list = |item: &str, count: usize| vec![item; count].join(",\n");
        let typed = r#"{ "type" : "Feature", "properties": {"note": "{\"type\": \"Feature\""}, "geometry": null}"#;
        let long = list(typed, 80_000);
        let guesses = Scan::new(&long).likely_features(4);
        assert_eq!(guesses.len(), 3);
        assert!(guesses.iter().all(|at| at % (typed.len() + 2) == 0), "{guesses:?}");
        assert!(Scan::new(&list(typed, 80)).likely_features(4).is_empty(), "short");
        assert!(Scan::new(&long).likely_features(1).is_empty(), "one core");
        let last = list(
            r#"{"properties": {"a": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}, "geometry": null, "type": "Feature"}"#,
            80_000,
        );
        assert!(Scan::new(&last).likely_features(4).is_empty(), "no feature begins with its type");
    }
}

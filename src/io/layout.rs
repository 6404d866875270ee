//! How a project file is laid out: pretty, so that a small edit is a small diff, but not one number a line.
//!
//! Numbers of one list stand on one line (a point is one line); what lies as deep as a storey stands on one line (a
//! storey is one line); everything else has a line of its own, two spaces further in.

use std::io::{self, Write};

use serde_json::ser::{CharEscape, Formatter};

/// Objects inside this many others stand on one line: file, variants, variant, volumes, volume, storeys.
const INLINE_DEPTH: usize = 6;

/// A list or object that is being written.
struct Open {
    /// Its entries stand on one line.
    inline: bool,
    /// It has entries.
    filled: bool,
    /// A list whose first entry is about to come: numbers go on the same line.
    undecided: bool,
}

/// The layout of project files, for [`serde_json::Serializer::with_formatter`].
#[derive(Default)]
pub(super) struct Layout {
    open: Vec<Open>,
}

impl Layout {
    fn new_line<W: ?Sized + Write>(writer: &mut W, depth: usize) -> io::Result<()> {
        const SPACES: &[u8] = &[b' '; 64];
        writer.write_all(b"\n")?;
        let mut left = depth * 2;
        while left > 0 {
            let some = left.min(SPACES.len());
            writer.write_all(&SPACES[..some])?;
            left -= some;
        }
        Ok(())
    }

    /// The first entry of a list turned out to be a number, or not.
    fn decide<W: ?Sized + Write>(&mut self, writer: &mut W, number: bool) -> io::Result<()> {
        let depth = self.open.len();
        if let Some(list) = self.open.last_mut().filter(|list| list.undecided) {
            list.undecided = false;
            list.inline |= number;
            if !list.inline {
                return Self::new_line(writer, depth);
            }
        }
        Ok(())
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        if let Some(closed) = self.open.pop()
            && closed.filled
            && !closed.inline
        {
            Self::new_line(writer, self.open.len())?;
        }
        writer.write_all(bracket)
    }

    fn separate<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b",")?;
        if self.open.last().is_some_and(|open| open.inline) {
            writer.write_all(b" ")
        } else {
            Self::new_line(writer, self.open.len())
        }
    }

    fn is_inline(&self) -> bool {
        self.open.last().is_some_and(|open| open.inline)
    }
}

/// Formatter methods that write one kind of number.
macro_rules! numbers {
    ($($method:ident: $type:ty),* $(,)?) => { $(
        fn $method<W: ?Sized + Write>(&mut self, writer: &mut W, value: $type) -> io::Result<()> {
            self.decide(writer, true)?;
            serde_json::ser::CompactFormatter.$method(writer, value)
        }
    )* };
}

impl Formatter for Layout {
    numbers! {
        write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128,
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_f32: f32, write_f64: f64, write_number_str: &str,
    }

    fn write_null<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.decide(writer, false)?;
        writer.write_all(b"null")
    }

    fn write_bool<W: ?Sized + Write>(&mut self, writer: &mut W, value: bool) -> io::Result<()> {
        self.decide(writer, false)?;
        writer.write_all(if value { b"true" } else { b"false" })
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.decide(writer, false)?;
        writer.write_all(b"\"")
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.decide(writer, false)?;
        let inline = self.is_inline();
        self.open.push(Open { inline, filled: false, undecided: false });
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            return self.separate(writer);
        }
        if let Some(list) = self.open.last_mut() {
            list.filled = true;
            list.undecided = true;
        }
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.decide(writer, false)?;
        let inline = self.is_inline() || self.open.len() >= INLINE_DEPTH;
        self.open.push(Open { inline, filled: false, undecided: false });
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            return self.separate(writer);
        }
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(object) => {
                object.filled = true;
                if object.inline { Ok(()) } else { Self::new_line(writer, depth) }
            }
            None => Ok(()),
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;

    use super::*;

    fn laid_out(text: &str) -> String {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let mut bytes = Vec::new();
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Layout::default())).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_point_is_one_line_and_words_have_a_line_each() {
        assert_eq!(
            laid_out(r#"{"a":[[[0.5,1],[2,3]]],"b":["x",1],"c":[],"d":{},"e":null}"#),
            "{\n  \"a\": [\n    [\n      [0.5, 1],\n      [2, 3]\n    ]\n  ],\n  \"b\": [\n    \"x\",\n    1\n  ],\n  \
             \"c\": [],\n  \"d\": {},\n  \"e\": null\n}"
        );
    }

    #[test]
    fn what_lies_as_deep_as_a_storey_is_one_line() {
        let text = laid_out(r#"{"v":[{"o":[{"s":[{"u":{"a":1},"t":["x",[1]]},{}]}]}]}"#);
        assert!(text.contains("\n            {\"t\": [\"x\", [1]], \"u\": {\"a\": 1}},\n            {}\n"), "{text}");
    }
}

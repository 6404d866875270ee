//! How a use is drawn: the ink and the hatch that it keeps in plan, stack, chart and print.

use super::uses::{Family, UseId};

/// How a use is drawn. The look turns it into colours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UseLook {
    /// The use, by whose name the look knows the ink of a built-in one.
    pub id: UseId,
    /// Its family, which gives the ink in print.
    pub family: Family,
    /// Its ink on screen.
    pub tint: UseTint,
    /// The family whose hatch it is drawn with.
    pub hatch: Family,
}

/// The ink of a use on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UseTint {
    /// That of the look for this use.
    Given,
    /// A free tint of its family, by its number below [`FREE_TINTS`].
    Free(u8),
    /// One that the project chose, sRGB.
    Own([u8; 3]),
}

impl UseLook {
    /// A built-in use, as the look draws it.
    #[must_use]
    pub fn given(id: impl Into<UseId>, family: Family) -> Self {
        Self { id: id.into(), family, tint: UseTint::Given, hatch: family }
    }
}

/// So many tints of a family are free; more would not be told apart, or look like those of another family.
pub const FREE_TINTS: u8 = 4;

/// The bytes that hexadecimal digits after a `#` say, two digits each: `#RRGGBB` is three.
#[must_use]
pub fn hex_bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 2 * N)?;
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
        // Digits alone: a sign would be read as one of a number.
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

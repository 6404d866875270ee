//! Text without a window: the bundled faces, how wide a text is, and the outlines of its letters.
//!
//! The faces have tabular figures by default, so numbers set in them stand in columns. There is no shaping: Latin needs
//! none beyond kerning, and pictures do without that on purpose, so that every painter sets a text equally wide.

use std::sync::LazyLock;

use super::TypeStyle;

pub use ttf_parser::OutlineBuilder;

/// A weight of the one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Regular, for text.
    Text,
    /// Medium, for what is strong.
    Strong,
    /// Light, for plates.
    Display,
}

/// What the family is called in files.
pub const FAMILY: &str = "Maakblok Sans";

struct Loaded {
    face: Option<ttf_parser::Face<'static>>,
    /// Advance widths of the first characters in parts of the size, which are nearly all that are ever set.
    advances: [f32; 0x250],
}

static LOADED: LazyLock<[Loaded; 3]> = LazyLock::new(|| {
    Face::ALL.map(|face| {
        let face = ttf_parser::Face::parse(face.bytes(), 0).ok();
        let mut advances = [0.0; 0x250];
        for (code, advance) in (0u32..).zip(&mut advances) {
            *advance = char::from_u32(code).map_or(0.0, |c| advance_of(face.as_ref(), c));
        }
        Loaded { face, advances }
    })
});

fn advance_of(face: Option<&ttf_parser::Face<'_>>, c: char) -> f32 {
    let Some(face) = face else { return 0.5 };
    let glyph = face.glyph_index(c).unwrap_or_default();
    f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) / f32::from(face.units_per_em())
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 3] = [Self::Text, Self::Strong, Self::Display];

    /// The face of a style.
    #[must_use]
    pub fn of(style: &TypeStyle) -> Self {
        if style.strong { Self::Strong } else { Self::Text }
    }

    /// Its weight as style sheets number it.
    #[must_use]
    pub fn weight(self) -> u16 {
        match self {
            Self::Text => 400,
            Self::Strong => 500,
            Self::Display => 300,
        }
    }

    /// The font file.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Text => include_bytes!("../../assets/fonts/MaakblokSans-Regular.otf"),
            Self::Strong => include_bytes!("../../assets/fonts/MaakblokSans-Medium.otf"),
            Self::Display => include_bytes!("../../assets/fonts/MaakblokSans-Light.otf"),
        }
    }

    fn loaded(self) -> &'static Loaded {
        &LOADED[self as usize]
    }

    /// Whether it has a letter for the character.
    #[must_use]
    pub fn has(self, c: char) -> bool {
        self.loaded().face.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
    }

    /// The number of the letter for a character in the font file; 0 where it has none.
    #[must_use]
    pub fn glyph(self, c: char) -> u16 {
        self.loaded().face.as_ref().and_then(|face| face.glyph_index(c)).map_or(0, |glyph| glyph.0)
    }

    /// Advance width of a character in parts of the size.
    #[must_use]
    pub fn advance(self, c: char) -> f32 {
        let loaded = self.loaded();
        loaded.advances.get(c as usize).copied().unwrap_or_else(|| advance_of(loaded.face.as_ref(), c))
    }

    /// How wide a text is, at a size and with extra space between its letters.
    ///
    /// ```
    /// use maakblok::look::text::Face;
    /// assert_eq!(Face::Text.width("1111", 10.0, 0.0), Face::Text.width("2080", 10.0, 0.0));
    /// ```
    #[must_use]
    pub fn width(self, text: &str, size: f32, spacing: f32) -> f32 {
        let (width, count) = text.chars().fold((0.0, 0), |(width, n), c| (width + self.advance(c) * size, n + 1));
        width + spacing * (count - 1).max(0) as f32
    }

    /// Height of capitals in parts of the size.
    #[must_use]
    pub fn cap_height(self) -> f32 {
        let face = self.loaded().face.as_ref();
        let height = face.and_then(|face| Some(f32::from(face.capital_height()?) / f32::from(face.units_per_em())));
        height.unwrap_or(0.72)
    }

    /// Font units to the size.
    #[must_use]
    pub fn units_per_em(self) -> f32 {
        self.loaded().face.as_ref().map_or(1_000.0, |face| f32::from(face.units_per_em()))
    }

    /// Draws the outline of a character, in [font units](Self::units_per_em) with y up; a blank draws nothing.
    pub fn outline(self, c: char, builder: &mut dyn OutlineBuilder) {
        if let Some(face) = &self.loaded().face {
            face.outline_glyph(face.glyph_index(c).unwrap_or_default(), builder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ten_digits_have_one_width_in_every_face() {
        for face in Face::ALL {
            assert!(face.loaded().face.is_some(), "{face:?} does not load");
            for digit in '0'..='9' {
                assert_eq!(face.advance(digit), face.advance('0'), "{digit} in {face:?}");
            }
        }
    }

    #[test]
    fn every_face_has_what_figures_and_two_languages_need() {
        for face in Face::ALL {
            for c in "ABCabc0123456789 .,:;·–−+±×²³°%‰€✓!àâäçéèêëîïôöùûüÿœæÀÉÈÊËÎÏÔÖÙÛÜŒÆ\u{202f}\u{a0}".chars()
            {
                assert!(face.has(c), "{face:?} lacks {c:?}");
            }
        }
    }

    #[test]
    fn widths_add_up_with_spacing_between_letters_only() {
        let (one, two) = (Face::Text.width("0", 20.0, 3.0), Face::Text.width("00", 20.0, 3.0));
        assert!((two - (2.0 * one + 3.0)).abs() < 1e-4);
        assert_eq!(Face::Text.width("", 20.0, 3.0), 0.0);
    }
}

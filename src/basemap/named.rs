//! What things on a map are called: English, Dutch and French, as far as they are known.

use crate::i18n::Lang;

/// What a thing is called. English may be missing: few things along the canal have an English name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// In English; may be empty.
    pub en: String,
    /// In Dutch.
    pub nl: String,
    /// In French.
    pub fr: String,
}

impl Names {
    /// One name, in a language; both when English has none and they differ.
    pub fn one(&self, lang: Lang) -> String {
        match lang {
            Lang::Nl => self.nl.clone(),
            Lang::Fr => self.fr.clone(),
            Lang::En if self.en.is_empty() => self.both(lang),
            Lang::En => self.en.clone(),
        }
    }

    /// Both names as on a sign in Brussels, the reader's own first; one where they are the same.
    pub fn both(&self, lang: Lang) -> String {
        let (first, second) = if lang == Lang::Fr { (&self.fr, &self.nl) } else { (&self.nl, &self.fr) };
        if first == second { first.clone() } else { format!("{first} · {second}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_reader() {
        let names = Names { en: String::new(), nl: "Laken".into(), fr: "Laeken".into() };
        assert_eq!(names.one(Lang::Nl), "Laken");
        assert_eq!(names.one(Lang::En), "Laken · Laeken");
        assert_eq!(names.both(Lang::Fr), "Laeken · Laken");
        let same = Names { en: String::new(), nl: "Buda".into(), fr: "Buda".into() };
        assert_eq!(same.both(Lang::En), "Buda");
    }
}

//! Words and numbers in English, Dutch and French.
//!
//! Floor 0. Strings come from Fluent catalogues in `assets/i18n`, compiled in. Numbers are formatted here and handed to
//! the messages as text, because Fluent would format them by rules of its own: thousands are split with a narrow
//! no-break space from 1,000 up, decimals follow the language, minus is `−`.

mod catalogue;
mod number;
mod system;

pub use catalogue::{Arg, has_message, keys, part_of, sentence, tr, tr_with};
pub use number::{NO_BREAK, UNDEFINED, number, parse_number, range, signed};
pub use system::system_words;

/// The locale of the system, such as `nl_BE.UTF-8`; empty when it says none.
#[must_use]
pub fn system_locale() -> String {
    let said = |name| std::env::var(name).ok().filter(|locale| !locale.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(said).unwrap_or_default()
}

/// A language of the studio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch, as the Brussels practice uses it.
    Nl,
    /// French, as the Brussels practice uses it.
    Fr,
}

impl Lang {
    /// All languages in the order of switches and of names in three languages.
    pub const ALL: [Self; 3] = [Self::En, Self::Nl, Self::Fr];

    /// Its place in [`Lang::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its two-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        ["en", "nl", "fr"][self.index()]
    }

    /// The language of a locale name such as `nl_BE.UTF-8`, if it is one of ours.
    ///
    /// ```
    /// use maakblok::i18n::Lang;
    /// assert_eq!(Lang::from_locale("fr_BE.UTF-8"), Some(Lang::Fr));
    /// assert_eq!(Lang::from_locale("de_DE"), None);
    /// ```
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| locale.to_lowercase().starts_with(lang.code()))
    }
}

//! The messages, by key.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Lang;

const SOURCES: [&str; 3] = [
    include_str!("../../assets/i18n/en.ftl"),
    include_str!("../../assets/i18n/nl.ftl"),
    include_str!("../../assets/i18n/fr.ftl"),
];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| Lang::ALL.map(bundle));

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The isolating marks would be drawn as boxes.
    bundle.set_use_isolating(false);
    // A catalogue that does not parse whole still gives what it can; a test refuses it.
    let resource = match FluentResource::try_new(SOURCES[lang.index()].to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

/// A value put into a message.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text as it is.
    Text(Cow<'a, str>),
    /// A number that only chooses the plural form; pass the formatted number as text beside it.
    Count(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count as f64)
    }
}

/// The message of a key. A key that is nowhere is shown as it is, so that it gets noticed; a test finds it first.
#[must_use]
pub fn tr(lang: Lang, key: &str) -> String {
    tr_with(lang, key, &[])
}

/// The message of a key with values put in.
#[must_use]
pub fn tr_with(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let mut fluent_args = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => fluent_args.set(*name, FluentValue::String(text.clone())),
            Arg::Count(count) => fluent_args.set(*name, FluentValue::from(*count)),
        }
    }
    for candidate in [lang, Lang::En] {
        let bundle = &BUNDLES[candidate.index()];
        if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, Some(&fluent_args), &mut errors).into_owned();
        }
    }
    key.to_owned()
}

/// Whether a language has a message for the key.
#[must_use]
pub fn has_message(lang: Lang, key: &str) -> bool {
    BUNDLES[lang.index()].has_message(key)
}

/// The keys of a language's catalogue, in the order of the file.
pub fn keys(lang: Lang) -> impl Iterator<Item = &'static str> {
    SOURCES[lang.index()].lines().filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        key.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            .then_some(key)
            .filter(|key| !key.is_empty())
    })
}

/// A message that begins in lower case (for use after a name) as a sentence of its own.
///
/// ```
/// assert_eq!(maakblok::i18n::sentence("there is no use “lofts”"), "There is no use “lofts”");
/// ```
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Something named with what it is a part of: `Jobs: at least`.
#[must_use]
pub fn part_of(lang: Lang, of: &str, part: &str) -> String {
    tr_with(lang, "name-of-part", &[("of", of.into()), ("part", part.into())])
}

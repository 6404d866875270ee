//! Recipes in words: what they are called, what there was no room for, what was done by hand.

use std::collections::BTreeMap;

use super::own_typologies::typology_name;
use crate::generate::GivenUp;
use crate::i18n::{Lang, NO_BREAK, number, tr, tr_with};
use crate::library::Library;
use crate::model::{ByHand, HandPart, Recipe, Storey};

/// What a recipe is called: its typology, or the name that it was saved under.
#[must_use]
pub fn recipe_name(recipe: &Recipe, lang: Lang) -> String {
    typology_name(&recipe.typology, lang)
}

/// What was said first, and what there was no room for.
pub(super) fn with_given_up(first: String, given_up: &[GivenUp], lang: Lang) -> String {
    let parts = std::iter::once(first).chain(given_up_words(given_up, lang)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What there was no room for, a sentence for each parameter.
#[must_use]
pub fn given_up_words(given_up: &[GivenUp], lang: Lang) -> Vec<String> {
    let mut by_param: BTreeMap<&str, Vec<&GivenUp>> = BTreeMap::new();
    for up in given_up {
        by_param.entry(up.what).or_default().push(up);
    }
    let words = by_param.into_iter().map(|(what, of)| {
        let name = tr(lang, &format!("given-up-{}", what.replace('_', "-")));
        // Lengths of several places add up to nothing.
        if what.ends_with("_m") && of.len() > 1 {
            let count = number(lang, of.len() as f64, 0);
            return tr_with(lang, "typology-given-up-often", &[("what", name.into()), ("count", count.into())]);
        }
        let sum = |value: fn(&GivenUp) -> f64| number(lang, of.iter().map(|up| value(up)).sum(), 0);
        let (given, asked) = (sum(|up| up.given), sum(|up| up.asked));
        tr_with(lang, "typology-given-up", &[("what", name.into()), ("given", given.into()), ("asked", asked.into())])
    });
    words.collect()
}

/// One thing that was done by hand to an element, such as `Level 2: offices, 3.8 m`.
#[must_use]
pub fn hand_words(hand: &ByHand, part: HandPart, library: &Library, lang: Lang) -> String {
    let with = |key: &str, what: String| tr_with(lang, key, &[("what", what.into())]);
    let metres = |m: f64| format!("{}{NO_BREAK}m", number(lang, m, 2));
    let count = |n: Option<u32>| number(lang, f64::from(n.unwrap_or(0)), 0);
    match part {
        HandPart::Removed => tr(lang, "hand-removed"),
        HandPart::Name => with("hand-name", hand.name.clone().unwrap_or_default()),
        HandPart::Building => with("hand-building", hand.building.clone().unwrap_or_default()),
        HandPart::Code => with("hand-code", hand.code.clone().unwrap_or_default()),
        HandPart::Outline => {
            let area_m2 = hand.outline.as_ref().map_or(0.0, crate::geometry::Outline::area_m2);
            with("hand-outline", format!("{}{NO_BREAK}m²", number(lang, area_m2, 0)))
        }
        HandPart::Base => with("hand-base", metres(hand.base_m.unwrap_or(0.0))),
        HandPart::Levels => {
            let more = hand.more_levels.unwrap_or(0);
            let sign = if more > 0 { "+" } else { "−" };
            with("hand-levels", format!("{sign}{}", number(lang, f64::from(more.abs()), 0)))
        }
        HandPart::Below => with("hand-below", count(hand.below)),
        HandPart::Dwellings if hand.dwellings == Some(0) => tr(lang, "hand-dwellings-none"),
        HandPart::Dwellings => with("hand-dwellings", count(hand.dwellings)),
        HandPart::Kind => {
            let kind = hand.kind.map(|kind| tr(lang, &format!("surface-{}", kind.key())));
            with("hand-kind", kind.unwrap_or_default())
        }
        HandPart::At => tr(lang, "hand-at"),
        HandPart::Storey(at) => {
            let what = hand.storeys.get(&at).map(|storey| storey_words(storey, library, lang)).unwrap_or_default();
            tr_with(lang, "hand-storey", &[("level", number(lang, f64::from(at), 0).into()), ("what", what.into())])
        }
    }
}

/// The uses of a storey, its height, and its state where it is not new.
fn storey_words(storey: &Storey, library: &Library, lang: Lang) -> String {
    let shares = storey.uses.shares();
    let of = |share: &crate::model::UseShare| {
        let name = library.use_name(&share.id, lang);
        if shares.len() == 1 { name } else { format!("{name} {}{NO_BREAK}%", number(lang, 100.0 * share.share, 0)) }
    };
    let mut parts: Vec<String> = shares.iter().map(of).collect();
    parts.push(format!("{}{NO_BREAK}m", number(lang, storey.height_m, 2)));
    if storey.state != crate::model::State::New {
        parts.push(tr(lang, &format!("state-{}", storey.state.key())));
    }
    parts.join(", ")
}

//! Arrays that stay live: the copies follow their rule and what they are copies of.

use std::collections::BTreeSet;

use super::session::Session;
use super::tool::carry::{copies_with_typologies, copy_again, made_on, place_again};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::generate::{followed, remake};
use crate::geometry::{Motion, Transform};
use crate::i18n::{Lang, NO_BREAK, number};
use crate::model::{Array, ArrayRule, Id, Recipe};

/// The edit that gives an array another rule: copies that are there are moved, missing ones made, those too many removed. What
/// was done to a copy by hand stays, and one that was deleted stays away.
pub fn with_rule(session: &Session, id: Id, rule: ArrayRule, lang: Lang) -> Edit {
    let v = session.variant();
    let unit = if matches!(rule, ArrayRule::Polar { .. }) { "°" } else { "m" };
    let (count, spacing) = (number(lang, f64::from(rule.count()), 0), number(lang, rule.spacing(), 2));
    let label = Label::about("edit-array-rule", format!("{count} × {spacing}{NO_BREAK}{unit}"));
    let mut edit = EditBuilder::new(session.project(), v.id, label);
    let Some(array) = v.arrays.get(id) else { return edit.finish() };
    let (before, maps) = (array.rule.maps(), rule.maps());
    let mut copies = array.copies.clone();
    for extra in copies.drain(maps.len().min(copies.len())..).collect::<Vec<_>>() {
        let made = made_on(v, &extra);
        edit.remove(v, &extra.into_iter().chain(made).collect::<Vec<_>>());
    }
    let missing = maps.get(copies.len()..).unwrap_or_default();
    session.with_ctx(lang, |ctx| {
        for ((step, was), now) in copies.iter().zip(&before).zip(&maps) {
            place_again(&mut edit, ctx, &array.of, step, [was, now]);
        }
        copies.extend(copies_with_typologies(&mut edit, ctx, &array.of, missing));
    });
    edit.push(Change::Array(v.id, Put::value(Array { rule, copies, ..Array::clone(array) })));
    edit.finish()
}

/// The edit that makes all copies of an array once more what they are copies of, in every respect.
pub fn updated(session: &Session, id: Id, lang: Lang) -> Edit {
    let v = session.variant();
    let mut edit = EditBuilder::new(session.project(), v.id, Label::new("edit-array-update"));
    let Some(array) = v.arrays.get(id) else { return edit.finish() };
    session.with_ctx(lang, |ctx| {
        for (step, map) in array.copies.iter().zip(array.rule.maps()) {
            // What a typology makes of the copy of a plot it makes anew.
            let remade = typologies_again(&mut edit, session, &array.of, step, &map, lang);
            let pairs = array.of.iter().zip(step).filter(|(_, copy)| !remade.contains(copy));
            let (of, step): (Vec<Id>, Vec<Id>) = pairs.map(|(of, copy)| (*of, *copy)).unzip();
            copy_again(&mut edit, ctx, &of, &step, &map);
        }
    });
    edit.finish()
}

/// Gives copies of plots that have a typology the values of what they are copies of, with what was done by hand there; what was
/// made anew comes back.
fn typologies_again(
    edit: &mut EditBuilder,
    session: &Session,
    of: &[Id],
    step: &[Id],
    map: &Transform,
    lang: Lang,
) -> BTreeSet<Id> {
    let mut remade = BTreeSet::new();
    for (of, copy) in of.iter().zip(step) {
        let (Some(of), Some(copy)) = (session.recipe_on(*of), session.recipe_on(*copy)) else { continue };
        let motion = Motion { map: *map, is_rigid: true };
        let like = followed(of, &of.outline.transformed(map), Some(&motion), Vec::new);
        let own = copy.clone();
        let now = Recipe { id: own.id, plot: own.plot, elements: own.elements, away: own.away, ..like };
        let ids: Vec<Id> = copy.elements.values().copied().collect();
        let hands = session.by_hand(of).into_iter().map(|(key, hand)| (key, hand.mapped(map))).collect();
        if remake(edit, session.variant(), now, hands, (session.library(), lang)).is_ok() {
            remade.extend(ids);
        }
    }
    remade
}

/// The edit that leaves the copies as they are, without a rule.
pub fn detached(session: &Session, id: Id) -> Edit {
    let v = session.variant();
    let mut edit = EditBuilder::new(session.project(), v.id, Label::new("edit-detach"));
    if v.arrays.contains(id) {
        edit.push(Change::Array(v.id, Put::gone(id)));
    }
    edit.finish()
}

//! Arrays that stay live: the copies follow their rule and what they are copies of.

use super::session::Session;
use super::tool::carry::{copies_into, copy_again, place_again};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::i18n::{Lang, NO_BREAK, number};
use crate::model::{Array, ArrayRule, Id};

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
        edit.remove(v, &extra);
    }
    let missing = maps.get(copies.len()..).unwrap_or_default();
    session.with_ctx(lang, |ctx| {
        for ((step, was), now) in copies.iter().zip(&before).zip(&maps) {
            place_again(&mut edit, ctx, &array.of, step, [was, now]);
        }
        copies.extend(copies_into(&mut edit, ctx, v, &array.of, missing));
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
            copy_again(&mut edit, ctx, &array.of, step, &map);
        }
    });
    edit.finish()
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

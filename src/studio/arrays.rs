//! Arrays that stay live: the copies follow their rule and what they are copies of.

use super::session::Session;
use super::tool::carry::{copies_into, copy_of};
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::i18n::Lang;
use crate::model::{Array, ArrayRule, Id};

/// The edit that gives an array another rule, or with the same one brings its copies up to what they are copies of: those that
/// are there are moved, missing ones made, those too many removed. A copy that was deleted by hand stays away.
pub fn with_rule(session: &Session, id: Id, rule: ArrayRule, lang: Lang) -> Edit {
    let v = session.variant();
    let mut edit = EditBuilder::new(session.project(), v.id, Label::new("edit-array"));
    let Some(array) = v.arrays.get(id) else { return edit.finish() };
    let maps = rule.maps();
    let mut copies = array.copies.clone();
    for extra in copies.drain(maps.len().min(copies.len())..).collect::<Vec<_>>() {
        edit.remove(v, &extra);
    }
    for (step, map) in copies.iter().zip(&maps) {
        for (of, copy) in array.of.iter().zip(step) {
            copy_of(&mut edit, v, *of, *copy, map);
        }
    }
    let missing = maps.get(copies.len()..).unwrap_or_default();
    session.with_ctx(lang, |ctx| copies.extend(copies_into(&mut edit, ctx, &array.of, missing)));
    let changed = Array { rule, copies, ..Array::clone(array) };
    edit.push(Change::Array(v.id, Put::value(changed)));
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

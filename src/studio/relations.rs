//! Relations between volumes, named and let go.

use super::Session;
use super::operate::name_of;
use crate::edit::{Change, Edit, EditBuilder, Label, Put};
use crate::i18n::{Lang, tr};
use crate::model::{Id, Relation, RelationKind, Variant};
use crate::record::Extra;

/// A relation is between so many volumes at most: more nobody reads, and each pair is looked at.
pub const MOST_RELATED: usize = 24;

/// The edit that names a relation between volumes; nothing for fewer than it is between. One of the same volumes becomes this.
#[must_use]
pub(super) fn related(session: &Session, ids: &[Id], kind: RelationKind, lang: Lang) -> Edit {
    let v = session.variant();
    let of: Vec<Id> = ids.iter().copied().filter(|id| v.volumes.contains(*id)).collect();
    let name = format!("{}: {}", tr(lang, &format!("relation-{}", kind.key())), name_of(v, &of, lang));
    let mut edit = EditBuilder::new(session.project(), v.id, Label::about("edit-relation", name));
    if of.len() < kind.least() || of.len() > MOST_RELATED {
        return edit.finish();
    }
    let same = v.relations.iter().find(|known| is_same(&known.of, &of));
    let id = same.map_or_else(|| edit.take_id(), |known| known.id);
    let note = same.map(|known| known.note.clone()).unwrap_or_default();
    edit.push(Change::Relation(v.id, Put::value(Relation { id, kind, of, note, extra: Extra::default() })));
    edit.finish()
}

/// The edit that lets a relation go.
#[must_use]
pub(super) fn unrelated(session: &Session, id: Id, lang: Lang) -> Edit {
    let v = session.variant();
    let of = v.relations.get(id).map(|relation| relation.of.clone()).unwrap_or_default();
    let label = Label::about("edit-relation-gone", name_of(v, &of, lang));
    let mut edit = EditBuilder::new(session.project(), v.id, label);
    edit.push(Change::Relation(v.id, Put::gone(id)));
    edit.finish()
}

/// The relations of a volume.
pub fn relations_of(v: &Variant, id: Id) -> impl Iterator<Item = &Relation> {
    v.relations.iter().filter(move |relation| relation.of.contains(&id)).map(|relation| &**relation)
}

fn is_same(a: &[Id], b: &[Id]) -> bool {
    a.len() == b.len() && a.len() <= MOST_RELATED && a.iter().all(|id| b.contains(id))
}

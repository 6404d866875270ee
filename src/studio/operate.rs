//! The edits behind panels and commands that are not drawn with the pointer.

use std::collections::BTreeSet;

use super::index::kind_of;
use super::session::Session;
use super::tool::carry::{copies, doors_in, made_on};
use crate::edit::{Change, Edit, EditBuilder, Info, Label, Put};
use crate::geometry::{Bounds, Point, Transform};
use crate::i18n::{Arg, Lang, number, tr_with};
use crate::library::UseId;
use crate::model::{Building, Id, OwnFigure, Recipe, Region, Surface, SurfaceKind, Variant, Volume};

/// How far copies lie from their originals: to the east, beside all of them together.
fn copy_shift_m(variant: &Variant, ids: &[Id]) -> Point {
    /// Between the originals and the copies.
    const GAP_M: f64 = 5.0;
    let bounds = ids.iter().filter_map(|id| variant.outline(*id)?.bounds()).reduce(Bounds::union);
    Point { x: bounds.map_or(0.0, |bounds| bounds.width_m()).ceil() + GAP_M, y: 0.0 }
}

fn builder(session: &Session, label: Label) -> EditBuilder {
    EditBuilder::new(session.project(), session.variant().id, label)
}

/// Has a use give way to another in every storey of every variant. Where both stand in one storey their shares are added.
pub fn replace_use(session: &Session, from: &UseId, to: &UseId, lang: Lang) -> Edit {
    let name = |id: &UseId| session.library().use_name(id, lang);
    let mut edit = Edit::new(Label::about("edit-replace-use", format!("{} → {}", name(from), name(to))));
    for variant in &session.project().variants {
        for volume in variant.volumes.iter().filter(|volume| volume.storeys.iter().any(|s| s.has_use(from))) {
            let mut changed = Volume::clone(volume);
            for storey in &mut changed.storeys {
                storey.uses = storey.uses.replaced(from, to);
                if let Some(mezzanine) = &mut storey.mezzanine {
                    mezzanine.uses = mezzanine.uses.replaced(from, to);
                }
            }
            edit.changes.push(Change::Volume(variant.id, Put::value(changed)));
        }
    }
    edit
}

/// What things are called together: the name of the one, or how many.
#[must_use]
pub fn name_of(variant: &Variant, ids: &[Id], lang: Lang) -> String {
    if let [id] = ids {
        let name = variant
            .volumes
            .get(*id)
            .map(|volume| volume.name.clone())
            .or_else(|| variant.plots.get(*id).map(|plot| plot.name.clone()))
            .or_else(|| variant.surfaces.get(*id).map(|surface| surface.name.clone()))
            .or_else(|| variant.notes.get(*id).map(|note| note.text.clone()))
            .filter(|name| !name.is_empty());
        if let Some(name) = name {
            return name;
        }
    }
    let count = number(lang, ids.len() as f64, 0);
    tr_with(lang, "say-things", &[("n", Arg::from(ids.len())), ("count", count.into())])
}

/// The same without those that come again.
fn each_once(ids: Vec<Id>) -> Vec<Id> {
    let mut known = BTreeSet::new();
    ids.into_iter().filter(|id| known.insert(*id)).collect()
}

/// Removes things, with what typologies made on a plot that goes and on what they made.
pub fn delete(session: &Session, ids: &[Id], lang: Lang) -> Edit {
    let variant = session.variant();
    let mut edit = builder(session, Label::about("edit-delete", name_of(variant, ids, lang)));
    let mut all = ids.to_vec();
    // A hall that stood there before stays, as what a plot leaves does.
    let made: Vec<Id> =
        ids.iter().copied().filter(|id| !session.recipe_on(*id).is_some_and(Recipe::has_taken_over)).collect();
    all.extend(made_on(variant, &made));
    all.extend(session.made_above(ids));
    let gone = all.iter().filter_map(|id| variant.volumes.get(*id));
    let doors: Vec<Id> = gone.flat_map(|volume| doors_in(variant, session.index(), volume)).collect();
    all.extend(doors);
    // What cannot be taken hold of is not taken away with something else.
    let sight = session.sight();
    let asked: BTreeSet<Id> = ids.iter().copied().collect();
    all.retain(|id| asked.contains(id) || sight.touches(kind_of(variant, *id), *id));
    edit.remove(variant, &each_once(all));
    edit.finish()
}

/// Copies things beside themselves. Volumes of one building stay one building. Returns the ids of the copies.
pub fn duplicate(session: &Session, ids: &[Id], lang: Lang) -> (Edit, Vec<Id>) {
    let v = session.variant();
    let map = Transform::translation(copy_shift_m(v, ids));
    let label = Label::about("edit-duplicate", name_of(v, ids, lang));
    let mut all = ids.to_vec();
    all.extend(made_on(v, ids));
    session.with_ctx(lang, |ctx| copies(ctx, &each_once(all), &[map], label))
}

/// A variant like the open one, after all others, so that these keep their letters. Things keep their ids: the same id
/// means the same thing.
pub fn new_variant(session: &Session, name: String) -> (Edit, Id) {
    let project = session.project();
    let open = session.variant();
    let mut edit = builder(session, Label::about("edit-new-variant", name.clone()));
    let id = edit.take_id();
    let place = project.variants.len();
    let copy = Variant { id, name, baseline: false, ..open.clone() };
    edit.push(Change::Variant { id, place, value: Some(Box::new(copy)) });
    (edit.finish(), id)
}

/// Removes the open variant.
pub fn remove_variant(session: &Session) -> Edit {
    let open = session.variant();
    let mut edit = builder(session, Label::about("edit-remove-variant", open.name.clone()));
    edit.push(Change::Variant { id: open.id, place: 0, value: None });
    edit.finish()
}

/// Names a variant, or says that it is the baseline.
pub fn name_variant(session: &Session, id: Id, name: String, baseline: bool) -> Edit {
    let was = session.project().variant(id).is_some_and(|variant| variant.baseline);
    let key = if was == baseline { "edit-rename-variant" } else { "edit-baseline" };
    let mut edit = builder(session, Label::about(key, name.clone()));
    edit.push(Change::VariantName { id, name, baseline });
    edit.finish()
}

/// Names a plot.
pub fn name_plot(session: &Session, id: Id, name: String) -> Edit {
    let mut edit = builder(session, Label::about("edit-rename", name.clone()));
    edit.change_plot(session.project(), id, |plot| plot.name = name);
    edit.finish()
}

/// Says on which side of the border a plot lies.
pub fn region(session: &Session, id: Id, region: Region) -> Edit {
    let name = session.variant().plots.get(id).map(|plot| plot.name.clone()).unwrap_or_default();
    let mut edit = builder(session, Label::about("edit-region", name));
    edit.change_plot(session.project(), id, |plot| plot.region = region);
    edit.finish()
}

/// Changes a volume under a name of the undo list.
pub fn volume(session: &Session, id: Id, key: &str, change: impl FnOnce(&mut Volume)) -> Edit {
    let name = session.variant().volumes.get(id).map(|volume| volume.name.clone()).unwrap_or_default();
    let mut edit = builder(session, Label::about(key, name));
    edit.change_volume(session.project(), id, change);
    edit.finish()
}

/// Names a volume.
pub fn name_volume(session: &Session, id: Id, name: String) -> Edit {
    let mut edit = builder(session, Label::about("edit-rename", name.clone()));
    edit.change_volume(session.project(), id, |volume| volume.name = name);
    edit.finish()
}

/// Changes a building under a name of the undo list.
pub fn building(session: &Session, id: Id, key: &str, change: impl FnOnce(&mut Building)) -> Edit {
    let Some(old) = session.variant().buildings.get(id) else { return Edit::new(Label::new(key)) };
    let mut new = Building::clone(old);
    change(&mut new);
    let mut edit = builder(session, Label::about(key, new.name.clone()));
    if new != **old {
        edit.building(new);
    }
    edit.finish()
}

/// Changes a surface under a name of the undo list.
pub fn surface(session: &Session, id: Id, key: &str, change: impl FnOnce(&mut Surface)) -> Edit {
    let Some(old) = session.variant().surfaces.get(id) else { return Edit::new(Label::new(key)) };
    let mut new = Surface::clone(old);
    change(&mut new);
    let mut edit = builder(session, Label::about(key, new.name.clone()));
    if new != **old {
        edit.surface(new);
    }
    edit.finish()
}

/// Says what a surface is.
pub fn surface_kind(session: &Session, id: Id, kind: SurfaceKind) -> Edit {
    surface(session, id, "edit-surface-kind", |surface| surface.kind = kind)
}

/// What a figure is called, by its name in reports.
#[must_use]
pub fn figure_name(session: &Session, key: &str, lang: Lang) -> String {
    let coefficients = session.sums().map(crate::measure::Sums::coefficients);
    let found = coefficients.and_then(|coefficients| Some((coefficients.figure_named(key)?, coefficients)));
    found.map_or_else(|| key.to_owned(), |(figure, coefficients)| figure.name(coefficients, lang))
}

/// The edit that changes the project's own data.
#[must_use]
pub fn with_info(session: &Session, label: Label, change: impl FnOnce(&mut Info)) -> Edit {
    let mut info = Info::of(session.project());
    change(&mut info);
    let mut edit = Edit::new(label);
    if info != Info::of(session.project()) {
        edit.changes.push(Change::Info(Box::new(info)));
    }
    edit
}

/// The name of the figure that is another, new or gone.
pub(super) fn changed_figure(was: &[OwnFigure], now: &[OwnFigure]) -> String {
    let other = now.iter().find(|figure| !was.contains(figure));
    let gone = || was.iter().find(|figure| !now.contains(figure));
    other.or_else(gone).map(|figure| figure.name.clone()).unwrap_or_default()
}

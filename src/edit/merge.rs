//! One project added to another.

use std::collections::HashMap;

use super::{Change, Edit, Info, Label, Put};
use crate::crs::{CrsError, Frame};
use crate::geometry::{Outline, Point, Ring};
use crate::i18n::{Lang, tr, tr_with};
use crate::library::{Library, UseOverride};
use crate::model::{
    Array, ArrayRule, At, Building, Context, ContextShape, Entrance, GoodsAccess, Id, Mark, Note, OwnTypology, Picture,
    Plot, Project, Recipe, Relation, Surface, Underlay, Volume,
};

/// The edit of that name that adds a project to a variant of another: everything with new ids, references kept, at its
/// place on earth. Of several variants it takes the [main one](Project::main_variant). With it what there is to say:
/// figures of what is here already do not change, so coefficients of the other project stay behind.
///
/// # Errors
/// When the project that is added to lies nowhere on earth.
pub fn merge(
    into: &Project,
    variant: Id,
    read: &Project,
    label: Label,
    lang: Lang,
) -> Result<(Edit, Vec<String>), CrsError> {
    let mut edit = Edit::new(label);
    let first = into.next_id;
    let here = Frame::new(into.origin.lon_deg, into.origin.lat_deg)?;
    let new = |id: Id| Id(id.0 + first);
    let place = Place::new(&here, read);
    let outline = |outline: &Outline| place.outline(outline);
    edit.first_id = Some(first);
    edit.next_id = Some(first + read.next_id);
    let (uses, mut notes) = brought_uses(into, read, lang);
    let put = &mut edit.changes;
    for theirs in &read.typologies {
        if into.typologies.iter().any(|own| own.name == theirs.name && own != theirs) {
            notes.push(tr_with(lang, "merge-typology-stays", &[("name", theirs.name.clone().into())]));
        }
    }
    let lacks = |own: &&OwnTypology| into.typologies.iter().all(|known| known.name != own.name);
    let typologies: Vec<OwnTypology> = read.typologies.iter().filter(lacks).cloned().collect();
    if !uses.is_empty() || !typologies.is_empty() {
        let mut info = Info::of(into);
        info.uses.extend(uses);
        info.typologies.extend(typologies);
        put.push(Change::Info(Box::new(info)));
    }
    put.extend(read.context.iter().map(|c| {
        let shape = place.shape(&c.shape);
        Change::Context(Put::value(Context { id: new(c.id), shape, ..Context::clone(c) }))
    }));
    put.extend(
        read.pictures
            .iter()
            .map(|picture| Change::Picture(Put::value(Picture { id: new(picture.id), ..Picture::clone(picture) }))),
    );
    put.extend(read.underlays.iter().map(|underlay| {
        let [a, b, c, d, e, f] = underlay.world_from_pixel;
        let (zero, at) = (place.point(Point::default()), place.point(Point { x: c, y: f }));
        let turned = |x: f64, y: f64| place.point(Point { x, y }) - zero;
        // Columns of the map are differences of places, too small to be rounded to the storage grid one by one.
        let scale = 1_000.0;
        let (u, v) = (turned(a * scale, d * scale) / scale, turned(b * scale, e * scale) / scale);
        let mut underlay = Underlay::clone(underlay);
        (underlay.id, underlay.picture) = (new(underlay.id), new(underlay.picture));
        underlay.world_from_pixel = [u.x, v.x, at.x, u.y, v.y, at.y];
        underlay.ties.iter_mut().for_each(|tie| tie.at = At(place.point(tie.at.0)));
        Change::Underlay(Put::value(underlay))
    }));
    let Some(v) = read.main_variant() else { return Ok((edit, notes)) };
    put.extend(v.plots.iter().map(|p| {
        let plot = Plot { id: new(p.id), outline: outline(&p.outline), ..Plot::clone(p) };
        Change::Plot(variant, Put::value(plot))
    }));
    let mut grounds = HashMap::new();
    for volume in v.volumes.iter().filter(|volume| volume.begins_on_ground()) {
        grounds.entry(volume.building).or_insert(volume);
    }
    put.extend(v.buildings.iter().map(|b| {
        // What came without a plot stands on the one that is there already.
        let there = || {
            let ground = grounds.get(&b.id)?;
            into.variant(variant)?.plot_at(place.point(ground.footprint.inner_point()?))
        };
        let building = Building { id: new(b.id), plot: b.plot.map(new).or_else(there), ..Building::clone(b) };
        Change::Building(variant, Put::value(building))
    }));
    put.extend(v.volumes.iter().map(|x| {
        let (building, footprint) = (new(x.building), outline(&x.footprint));
        Change::Volume(variant, Put::value(Volume { id: new(x.id), building, footprint, ..Volume::clone(x) }))
    }));
    put.extend(v.surfaces.iter().map(|s| {
        let surface = Surface { id: new(s.id), outline: outline(&s.outline), ..Surface::clone(s) };
        Change::Surface(variant, Put::value(surface))
    }));
    put.extend(v.goods_access.iter().map(|g| {
        let access = GoodsAccess { id: new(g.id), at: At(place.point(g.at.0)), ..GoodsAccess::clone(g) };
        Change::GoodsAccess(variant, Put::value(access))
    }));
    put.extend(v.entrances.iter().map(|e| {
        let entrance = Entrance { id: new(e.id), at: At(place.point(e.at.0)), ..Entrance::clone(e) };
        Change::Entrance(variant, Put::value(entrance))
    }));
    put.extend(v.notes.iter().map(|n| {
        let note = Note { id: new(n.id), at: At(place.point(n.at.0)), ..Note::clone(n) };
        Change::Note(variant, Put::value(note))
    }));
    put.extend(v.marks.iter().map(|m| {
        let (a, b) = (At(place.point(m.a.0)), At(place.point(m.b.0)));
        Change::Mark(variant, Put::value(Mark { id: new(m.id), a, b, ..Mark::clone(m) }))
    }));
    put.extend(v.arrays.iter().map(|array| {
        let all = |ids: &Vec<Id>| ids.iter().map(|id| new(*id)).collect::<Vec<Id>>();
        let rule = match array.rule.clone() {
            // A step is a difference of places.
            ArrayRule::Linear { by, count } => {
                let zero = place.point(Point::default());
                ArrayRule::Linear { by: At(place.point(by.0) - zero), count }
            }
            ArrayRule::Polar { about, turn_deg, count } => {
                ArrayRule::Polar { about: At(place.point(about.0)), turn_deg, count }
            }
            ArrayRule::Path { points, count } => {
                ArrayRule::Path { points: points.iter().map(|at| At(place.point(at.0))).collect(), count }
            }
        };
        let (of, copies) = (all(&array.of), array.copies.iter().map(all).collect());
        Change::Array(variant, Put::value(Array { id: new(array.id), of, copies, rule, ..Array::clone(array) }))
    }));
    put.extend(v.relations.iter().map(|relation| {
        let of = relation.of.iter().map(|id| new(*id)).collect();
        Change::Relation(variant, Put::value(Relation { id: new(relation.id), of, ..Relation::clone(relation) }))
    }));
    put.extend(v.recipes.iter().map(|recipe| {
        let mut recipe = Recipe::clone(recipe);
        recipe.id = new(recipe.id);
        recipe.ids_mut().for_each(|id| *id = new(*id));
        recipe.outline = outline(&recipe.outline);
        if recipe.has_taken_over() {
            recipe.drawn = recipe.drawn.map(|drawn| drawn.mapped(outline, |at| at));
        }
        for by_hand in recipe.aside.values_mut() {
            by_hand.outline = by_hand.outline.as_ref().map(outline);
            by_hand.at = by_hand.at.map(|at| At(place.point(at.0)));
        }
        Change::Recipe(variant, Put::value(recipe))
    }));
    Ok((edit, notes))
}

/// The uses that the other project brings and this one lacks, and what is said of its coefficients.
pub(crate) fn brought_uses(here: &Project, read: &Project, lang: Lang) -> (Vec<UseOverride>, Vec<String>) {
    let built_in = Library::built_in();
    let mut brought = Vec::new();
    let mut notes = Vec::new();
    for theirs in &read.uses {
        let ours = here.uses.iter().find(|ours| ours.id == theirs.id);
        let name = theirs.name.clone().unwrap_or_else(|| theirs.id.to_string());
        let key = match ours {
            Some(ours) if ours == theirs => continue,
            None if built_in.get(&theirs.id).is_none() => {
                brought.push(theirs.clone());
                "merge-use-brought"
            }
            _ => "merge-use-stays",
        };
        notes.push(tr_with(lang, key, &[("name", name.into())]));
    }
    if read.rates != here.rates && !read.rates.is_empty() {
        notes.push(tr(lang, "merge-rates-stay"));
    }
    (brought, notes)
}

/// From the local frame of one project to that of another; `None` where they are the same.
struct Place<'a>(Option<(Frame, &'a Frame)>);

impl<'a> Place<'a> {
    fn new(here: &'a Frame, read: &Project) -> Self {
        let there = Frame::new(read.origin.lon_deg, read.origin.lat_deg).ok();
        Self(there.filter(|there| there.origin_deg() != here.origin_deg()).map(|there| (there, here)))
    }

    /// A point that has no place on earth stays as it is; the check of the project names it.
    fn point(&self, p: Point) -> Point {
        let Some((there, here)) = &self.0 else { return p };
        let moved = there.wgs84_from_local(p).and_then(|[lon_deg, lat_deg]| here.local_from_wgs84(lon_deg, lat_deg));
        moved.unwrap_or(p)
    }

    fn outline(&self, outline: &Outline) -> Outline {
        if self.0.is_none() {
            return outline.clone();
        }
        let ring = |ring: &Ring| Ring::new(ring.points().iter().map(|p| self.point(*p)));
        match outline.rings() {
            [outer, holes @ ..] => Outline::with_holes(&ring(outer), holes.iter().map(ring)),
            [] => Outline::default(),
        }
    }

    fn shape(&self, shape: &ContextShape) -> ContextShape {
        match shape {
            ContextShape::Area(area) => ContextShape::Area(self.outline(area)),
            ContextShape::Line(points) => ContextShape::Line(points.iter().map(|p| At(self.point(p.0))).collect()),
        }
    }
}

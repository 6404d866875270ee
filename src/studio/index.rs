//! Where things are: a spatial index of the open variant that follows edits.

use std::sync::Arc;

use rstar::{AABB, RTree, RTreeObject};

use crate::edit::{Change, Edit};
use crate::geometry::{Bounds, Outline, Point, distance_m, nearest_on_segment};
use crate::model::{Context, Id, Mark, MarkKind, Project, Variant};

/// What kind of thing an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A plot.
    Plot,
    /// A surface.
    Surface,
    /// A volume.
    Volume,
    /// A goods access, an entrance or a note.
    Pin,
    /// A dimension; guides have no end and are not in the index.
    Mark,
    /// A piece of context; in an index of its own, because all variants share it.
    Context,
}

impl Kind {
    const ALL: [Self; 6] = [Self::Plot, Self::Surface, Self::Volume, Self::Pin, Self::Mark, Self::Context];
}

/// What stands in the tree. Every bit pattern of it means something, on purpose: where a tree's node is no larger than an
/// entry, lists of entries become lists of nodes in place, and keep the room of the lists that they were split off from, ten
/// times what they need.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    id: Id,
    bounds: Bounds,
    /// The part of its line that it stands for, of a long one; of no edges where it stands for all.
    run: Run,
    /// Its place in [`Kind::ALL`].
    kind: u8,
}

impl Entry {
    fn new(id: Id, kind: Kind, bounds: Bounds, run: Run) -> Self {
        Self { id, bounds, run, kind: kind as u8 }
    }

    fn whole(id: Id, kind: Kind, bounds: Bounds) -> Self {
        Self::new(id, kind, bounds, Run::default())
    }

    fn kind(&self) -> Kind {
        Kind::ALL[usize::from(self.kind) % Kind::ALL.len()]
    }

    fn run(&self) -> Option<Run> {
        Some(self.run).filter(|run| run.count > 0)
    }
}

/// Some edges of a line in a row: a bank of a canal has thousands, of which few are near. Narrow numbers, since every plot and
/// building has an entry with room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Which of its lines: the outer ring of an area, a hole.
    pub line: u32,
    /// The first edge.
    pub first: u32,
    /// How many edges.
    pub count: u32,
}

impl Run {
    /// The edges of a thing that it stands for.
    pub fn edges(self, thing: &Context) -> impl Iterator<Item = (Point, Point)> + '_ {
        let edges = self.first..self.first.saturating_add(self.count);
        edges.filter_map(move |place| thing.edge(self.line as usize, place as usize))
    }
}

/// How many edges stand in the index together.
const RUN: u32 = 32;

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        envelope(self.bounds)
    }
}

fn envelope(bounds: Bounds) -> AABB<[f64; 2]> {
    AABB::from_corners([bounds.min.x, bounds.min.y], [bounds.max.x, bounds.max.y])
}

/// The spatial index of one variant.
#[derive(Clone, Debug, Default)]
pub struct Index {
    tree: RTree<Entry>,
}

impl Index {
    /// Builds the index of a variant.
    #[must_use]
    pub fn new(variant: &Variant) -> Self {
        let entry = |id, kind, outline: &Outline| outline.bounds().map(|bounds| Entry::whole(id, kind, bounds));
        let mut entries: Vec<Entry> = Vec::with_capacity(variant.plots.len() + variant.volumes.len());
        entries.extend(variant.plots.iter().filter_map(|p| entry(p.id, Kind::Plot, &p.outline)));
        entries.extend(variant.volumes.iter().filter_map(|v| entry(v.id, Kind::Volume, &v.footprint)));
        entries.extend(variant.surfaces.iter().filter_map(|s| entry(s.id, Kind::Surface, &s.outline)));
        entries.extend(variant.goods_access.iter().map(|g| pin(g.id, g.at.0)));
        entries.extend(variant.entrances.iter().map(|e| pin(e.id, e.at.0)));
        entries.extend(variant.notes.iter().map(|n| pin(n.id, n.at.0)));
        entries.extend(variant.marks.iter().filter_map(|m| mark_entry(m.id, Some(m))));
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Builds the index of what stands around the site.
    #[must_use]
    pub fn of_context(project: &Project) -> Self {
        Self { tree: RTree::bulk_load(project.context.iter().flat_map(|thing| context_entries(thing)).collect()) }
    }

    /// Follows an edit that was just applied, as the index of what stands around the site.
    pub fn follow_context(&mut self, project: &Project, inverse: &Edit) {
        for change in &inverse.changes {
            let Change::Context(put) = change else { continue };
            let old = put.value.as_ref().map(|thing| context_entries(thing)).unwrap_or_default();
            let new = project.context.get(put.id).map(|thing| context_entries(thing)).unwrap_or_default();
            old.iter().for_each(|entry| {
                self.tree.remove(entry);
            });
            new.into_iter().for_each(|entry| self.tree.insert(entry));
        }
    }

    fn replace(&mut self, old: Option<Entry>, new: Option<Entry>) {
        if old == new {
            return;
        }
        if let Some(old) = old {
            self.tree.remove(&old);
        }
        if let Some(new) = new {
            self.tree.insert(new);
        }
    }

    /// Follows an edit that was just applied to the variant; starts anew when the edit replaced it whole.
    pub fn follow(&mut self, project: &Project, variant_id: Id, inverse: &Edit) {
        let Some(variant) = project.variant(variant_id) else { return };
        let outline = |id, kind, outline: Option<&Outline>| {
            outline.and_then(Outline::bounds).map(|bounds| Entry::whole(id, kind, bounds))
        };
        for change in &inverse.changes {
            let (old, new) = match change {
                Change::Variant { .. } => {
                    *self = Self::new(variant);
                    return;
                }
                Change::Plot(v, put) if *v == variant_id => (
                    outline(put.id, Kind::Plot, put.value.as_ref().map(|p| &p.outline)),
                    outline(put.id, Kind::Plot, variant.plots.get(put.id).map(|p| &p.outline)),
                ),
                Change::Volume(v, put) if *v == variant_id => (
                    outline(put.id, Kind::Volume, put.value.as_ref().map(|p| &p.footprint)),
                    outline(put.id, Kind::Volume, variant.volumes.get(put.id).map(|p| &p.footprint)),
                ),
                Change::Surface(v, put) if *v == variant_id => (
                    outline(put.id, Kind::Surface, put.value.as_ref().map(|p| &p.outline)),
                    outline(put.id, Kind::Surface, variant.surfaces.get(put.id).map(|p| &p.outline)),
                ),
                Change::GoodsAccess(v, put) if *v == variant_id => (
                    put.value.as_ref().map(|g| pin(g.id, g.at.0)),
                    variant.goods_access.get(put.id).map(|g| pin(g.id, g.at.0)),
                ),
                Change::Entrance(v, put) if *v == variant_id => (
                    put.value.as_ref().map(|e| pin(e.id, e.at.0)),
                    variant.entrances.get(put.id).map(|e| pin(e.id, e.at.0)),
                ),
                Change::Note(v, put) if *v == variant_id => (
                    put.value.as_ref().map(|n| pin(n.id, n.at.0)),
                    variant.notes.get(put.id).map(|n| pin(n.id, n.at.0)),
                ),
                Change::Mark(v, put) if *v == variant_id => {
                    (mark_entry(put.id, put.value.as_ref()), mark_entry(put.id, variant.marks.get(put.id)))
                }
                _ => continue,
            };
            self.replace(old, new);
        }
    }

    /// What meets a rectangle, in order of kind and id.
    #[must_use]
    pub fn meeting(&self, bounds: Bounds) -> Vec<(Kind, Id)> {
        let mut found: Vec<(Kind, Id)> = self
            .tree
            .locate_in_envelope_intersecting(&envelope(bounds))
            .map(|entry| (entry.kind(), entry.id))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The parts of lines that meet a rectangle, in order; of short ones all.
    #[must_use]
    pub fn runs_meeting(&self, bounds: Bounds) -> Vec<(Id, Option<Run>)> {
        let found = self.tree.locate_in_envelope_intersecting(&envelope(bounds));
        let mut runs: Vec<(Id, Option<Run>)> = found.map(|entry| (entry.id, entry.run())).collect();
        runs.sort_unstable();
        runs
    }

    /// What meets a rectangle, in order of kind and id; `None` when that is more than so many things.
    #[must_use]
    pub fn meeting_few(&self, bounds: Bounds, most: usize) -> Option<Vec<(Kind, Id)>> {
        let found = self.tree.locate_in_envelope_intersecting(&envelope(bounds));
        let mut few: Vec<(Kind, Id)> = found.take(most + 1).map(|entry| (entry.kind(), entry.id)).collect();
        few.sort_unstable();
        few.dedup();
        (few.len() <= most).then_some(few)
    }

    /// What lies wholly within a rectangle, in order of kind and id.
    #[must_use]
    pub fn within(&self, bounds: Bounds) -> Vec<(Kind, Id)> {
        let mut found: Vec<(Kind, Id)> =
            self.tree.locate_in_envelope(&envelope(bounds)).map(|entry| (entry.kind(), entry.id)).collect();
        found.sort_unstable();
        found
    }

    /// What a click at a point means, the most likely first: pins, then volumes (the one that is on top), then
    /// surfaces, then plots. A plot also answers near its boundary.
    #[must_use]
    pub fn hit(&self, variant: &Variant, at: Point, reach_m: f64) -> Vec<Id> {
        /// Signs are larger on the screen than what they stand for: one points at a sign, so many times as far as at a line.
        const SIGN_REACH: f64 = 2.5;
        let reach = Bounds { min: at, max: at }.grown(reach_m);
        let mut hits: Vec<(u8, f64, Id)> = Vec::new();
        let signs = Bounds { min: at, max: at }.grown(SIGN_REACH * reach_m);
        for (_, id) in self.meeting(signs).into_iter().filter(|(kind, _)| *kind == Kind::Pin) {
            hits.extend(variant.place(id).map(|place| (0, distance_m(at, place.0), id)));
        }
        for (kind, id) in self.meeting(reach) {
            match kind {
                Kind::Pin | Kind::Context => {}
                Kind::Mark => {
                    let line = variant.marks.get(id).and_then(|mark| mark.written_line());
                    let near = |[a, b]: [Point; 2]| distance_m(at, nearest_on_segment(at, a, b)) <= reach_m;
                    if line.is_some_and(near) {
                        hits.push((0, SIGN_REACH * reach_m, id));
                    }
                }
                Kind::Volume => {
                    let Some(volume) = variant.volumes.get(id) else { continue };
                    if volume.footprint.contains(at) {
                        hits.push((1, -volume.top_m(), id));
                    }
                }
                Kind::Surface => {
                    let Some(surface) = variant.surfaces.get(id) else { continue };
                    if surface.outline.contains(at) {
                        hits.push((2, surface.outline.area_m2(), id));
                    }
                }
                Kind::Plot => {
                    let Some(plot) = variant.plots.get(id) else { continue };
                    if plot.outline.contains(at) || plot.outline.distance_to_edge_m(at) <= reach_m {
                        hits.push((3, plot.outline.area_m2(), id));
                    }
                }
            }
        }
        for mark in variant.marks.iter().filter(|mark| mark.kind == MarkKind::Guide) {
            let across = |dir: Point| ((at - mark.a.0).x * dir.y - (at - mark.a.0).y * dir.x).abs();
            if mark.direction().is_some_and(|dir| across(dir) <= reach_m) {
                // A guide runs under everything: whoever points at a thing means that.
                hits.push((4, 0.0, mark.id));
            }
        }
        hits.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        hits.into_iter().map(|(_, _, id)| id).collect()
    }
}

/// What kind of thing of a variant has that id.
#[must_use]
pub fn kind_of(variant: &Variant, id: Id) -> Kind {
    if variant.volumes.contains(id) {
        Kind::Volume
    } else if variant.plots.contains(id) {
        Kind::Plot
    } else if variant.surfaces.contains(id) {
        Kind::Surface
    } else if variant.marks.contains(id) {
        Kind::Mark
    } else {
        Kind::Pin
    }
}

fn mark_entry(id: Id, mark: Option<&Arc<Mark>>) -> Option<Entry> {
    Some(Entry::whole(id, Kind::Mark, mark?.bounds()?))
}

/// One for a short line; a long one by its runs.
fn context_entries(thing: &Context) -> Vec<Entry> {
    let (id, kind) = (thing.id, Kind::Context);
    if thing.edge_counts().sum::<usize>() <= 2 * RUN as usize {
        return thing.bounds().map(|bounds| Entry::whole(id, kind, bounds)).into_iter().collect();
    }
    let mut entries = Vec::new();
    for (line, edges) in thing.edge_counts().enumerate() {
        // A file has fewer edges than that; what were beyond could not be caught.
        let edges = u32::try_from(edges).unwrap_or(u32::MAX);
        for first in (0..edges).step_by(RUN as usize) {
            let run = Run { line: line as u32, first, count: RUN.min(edges - first) };
            let bounds = Bounds::around(run.edges(thing).flat_map(|(a, b)| [a, b]));
            entries.extend(bounds.map(|bounds| Entry::new(id, kind, bounds, run)));
        }
    }
    entries
}

fn pin(id: Id, at: Point) -> Entry {
    Entry::whole(id, Kind::Pin, Bounds { min: at, max: at })
}

//! Putting right, after reading, what would otherwise go wrong later; each repair leaves a note.
//!
//! A file merged by hand may hold one id twice. Then two things would be one for the editor: the later one gets a
//! number of its own. What refers to a double keeps pointing at the first one; nothing in the file says otherwise.

use std::collections::BTreeMap;

use crate::i18n::{Lang, tr_with};
use crate::model::{Entity, Id, Project, Table, Variant};

/// The largest id: beyond it other programs that read JSON lose digits (2⁵³ − 1).
const LARGEST_ID: u64 = (1 << 53) - 1;

/// What the reader put right, or should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadNote {
    /// Two things had the same id; the later one got a new one.
    Renumbered {
        /// The list in the file, such as `/variants/0/volumes`.
        path: String,
        /// The key of the kind of thing, such as `volume`.
        kind: &'static str,
        /// The id it had.
        old: Id,
        /// The id it has now.
        new: Id,
    },
    /// Several things had an id that stands for something of another kind, or that is too large to be kept.
    Parted {
        /// One of these ids.
        example: Id,
        /// The key of the kind of thing.
        kind: &'static str,
        /// How many.
        count: usize,
    },
    /// The counter of ids was not above all ids in use.
    CounterRaised {
        /// What it was.
        from: u64,
        /// What it is now.
        to: u64,
    },
    /// There was no variant.
    VariantAdded,
    /// The file is of an older version.
    Upgraded {
        /// The version of the file.
        from: u64,
    },
}

impl LoadNote {
    /// Whether something in the file was not as it should be; being older is no fault.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::Upgraded { .. })
    }

    /// As people read it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Renumbered { path, kind, old, new } => {
                let thing = crate::i18n::tr(lang, &format!("fault-kind-{kind}"));
                let args = [
                    ("path", path.as_str().into()),
                    ("kind", thing.into()),
                    ("old", old.to_string().into()),
                    ("new", new.to_string().into()),
                ];
                tr_with(lang, "load-renumbered", &args)
            }
            Self::Parted { kind, example, count } => {
                let thing = crate::i18n::tr(lang, &format!("fault-kind-{kind}"));
                let number = crate::i18n::number(lang, *count as f64, 0);
                let args = [("kind", thing.into()), ("count", number.into()), ("id", example.to_string().into())];
                tr_with(lang, "load-parted", &args)
            }
            Self::CounterRaised { from, to } => {
                let args = [("old", from.to_string().into()), ("new", to.to_string().into())];
                tr_with(lang, "load-counter-raised", &args)
            }
            Self::VariantAdded => crate::i18n::tr(lang, "load-variant-added"),
            Self::Upgraded { from } => tr_with(lang, "load-upgraded", &[("version", from.to_string().into())]),
        }
    }
}

/// Puts right what needs it and says what was done, in the order of the file.
pub(super) fn repair(project: &mut Project) -> Vec<LoadNote> {
    let mut notes = Vec::new();
    let above = highest_id(project) + 1;
    if !(above..=LARGEST_ID + 1).contains(&project.next_id) {
        notes.push(LoadNote::CounterRaised { from: project.next_id, to: above });
        project.next_id = above;
    }
    let mut next = project.next_id;
    renumber(&mut project.context, "context", "/context", &mut next, &mut notes);
    renumber(&mut project.underlays, "underlay", "/underlays", &mut next, &mut notes);
    renumber(&mut project.pictures, "picture", "/pictures", &mut next, &mut notes);
    let mut seen = Vec::new();
    for (place, variant) in project.variants.iter_mut().enumerate() {
        let path = format!("/variants/{place}");
        if seen.contains(&variant.id) || variant.id.0 > LARGEST_ID {
            let new = fresh(&mut next);
            notes.push(LoadNote::Renumbered { path: path.clone(), kind: "variant", old: variant.id, new });
            variant.id = new;
        }
        seen.push(variant.id);
        renumber(&mut variant.plots, "plot", &format!("{path}/plots"), &mut next, &mut notes);
        renumber(&mut variant.buildings, "building", &format!("{path}/buildings"), &mut next, &mut notes);
        renumber(&mut variant.volumes, "volume", &format!("{path}/volumes"), &mut next, &mut notes);
        renumber(&mut variant.surfaces, "surface", &format!("{path}/surfaces"), &mut next, &mut notes);
        renumber(&mut variant.goods_access, "access", &format!("{path}/goods_access"), &mut next, &mut notes);
        renumber(&mut variant.entrances, "entrance", &format!("{path}/entrances"), &mut next, &mut notes);
        renumber(&mut variant.notes, "note", &format!("{path}/notes"), &mut next, &mut notes);
        renumber(&mut variant.marks, "mark", &format!("{path}/marks"), &mut next, &mut notes);
        renumber(&mut variant.arrays, "array", &format!("{path}/arrays"), &mut next, &mut notes);
        renumber(&mut variant.relations, "relation", &format!("{path}/relations"), &mut next, &mut notes);
        renumber(&mut variant.recipes, "recipe", &format!("{path}/recipes"), &mut next, &mut notes);
    }
    part_kinds(project, &mut next, &mut notes);
    if project.variants.is_empty() {
        project.variants.push(Variant::new(fresh(&mut next), "A"));
        notes.push(LoadNote::VariantAdded);
    }
    project.next_id = next;
    notes
}

fn fresh(next: &mut u64) -> Id {
    *next += 1;
    Id(*next - 1)
}

/// The highest id that is in use or referred to, so that nothing new is taken for what a dangling reference meant.
fn highest_id(project: &Project) -> u64 {
    fn ids<T: Entity>(table: &Table<T>) -> impl Iterator<Item = Id> {
        // In order of id: the first from the end that is not too large is the highest.
        table.iter().rev().map(|thing| thing.id()).find(|id| id.0 <= LARGEST_ID).into_iter()
    }
    let in_variant = |v: &Variant| {
        ids(&v.plots)
            .chain(ids(&v.buildings))
            .chain(ids(&v.volumes))
            .chain(ids(&v.surfaces))
            .chain(ids(&v.goods_access))
            .chain(ids(&v.entrances))
            .chain(ids(&v.notes))
            .chain(ids(&v.marks))
            .chain(ids(&v.arrays))
            .chain(ids(&v.recipes))
            .chain(ids(&v.relations))
            .chain(v.relations.iter().flat_map(|relation| relation.of.iter().copied()))
            .chain(v.recipes.iter().flat_map(|recipe| recipe.ids()))
            .chain(v.arrays.iter().flat_map(|array| array.of.iter().chain(array.copies.iter().flatten()).copied()))
            .chain(v.buildings.iter().filter_map(|building| building.plot))
            .chain(v.volumes.iter().map(|volume| volume.building))
            .chain([v.id])
            .filter(|id| id.0 <= LARGEST_ID)
            .max()
    };
    let pictures = ids(&project.underlays).chain(ids(&project.pictures));
    ids(&project.context)
        .chain(pictures)
        .chain(project.variants.iter().filter_map(in_variant))
        .max()
        .map_or(0, |id| id.0)
}

fn renumber<T: Entity>(
    table: &mut Table<T>,
    kind: &'static str,
    path: &str,
    next: &mut u64,
    notes: &mut Vec<LoadNote>,
) {
    for mut double in table.take_doubles() {
        let (old, new) = (double.id(), fresh(next));
        double.set_id(new);
        table.insert(double);
        notes.push(LoadNote::Renumbered { path: path.to_owned(), kind, old, new });
    }
}

/// An id stands for one kind of thing in all variants: a plot and a volume of one number would be selected and
/// removed together. The kind that comes first in a file keeps the number; the other gets a new one everywhere, with
/// what refers to it.
fn part_kinds(project: &mut Project, next: &mut u64, notes: &mut Vec<LoadNote>) {
    const KINDS: [&str; 14] = [
        "context", "plot", "building", "volume", "surface", "access", "note", "mark", "array", "recipe", "relation",
        "entrance", "underlay", "picture",
    ];
    let mut used: Vec<(Id, u8)> = Vec::new();
    for thing in project.context.iter() {
        used.push((thing.id, 0));
    }
    used.extend(project.underlays.iter().map(|t| (t.id, 12)));
    used.extend(project.pictures.iter().map(|t| (t.id, 13)));
    for v in &project.variants {
        used.extend(v.plots.iter().map(|t| (t.id, 1)));
        used.extend(v.buildings.iter().map(|t| (t.id, 2)));
        used.extend(v.volumes.iter().map(|t| (t.id, 3)));
        used.extend(v.surfaces.iter().map(|t| (t.id, 4)));
        used.extend(v.goods_access.iter().map(|t| (t.id, 5)));
        used.extend(v.notes.iter().map(|t| (t.id, 6)));
        used.extend(v.marks.iter().map(|t| (t.id, 7)));
        used.extend(v.arrays.iter().map(|t| (t.id, 8)));
        used.extend(v.recipes.iter().map(|t| (t.id, 9)));
        used.extend(v.relations.iter().map(|t| (t.id, 10)));
        used.extend(v.entrances.iter().map(|t| (t.id, 11)));
    }
    used.sort_unstable();
    used.dedup();
    let mut moved: [BTreeMap<Id, Id>; 14] = Default::default();
    let mut previous = None;
    for &(id, kind) in &used {
        if previous == Some(id) || id.0 > LARGEST_ID {
            moved[usize::from(kind)].insert(id, fresh(next));
        }
        previous = Some(id);
    }
    for (kind, moved) in KINDS.into_iter().zip(&moved) {
        if let Some(&example) = moved.keys().next() {
            notes.push(LoadNote::Parted { kind, example, count: moved.len() });
        }
    }
    if moved.iter().all(BTreeMap::is_empty) {
        return;
    }
    let [
        context,
        plots,
        buildings,
        volumes,
        surfaces,
        accesses,
        remarks,
        marks,
        arrays,
        recipes,
        relations,
        entrances,
        underlays,
        pictures,
    ] = &moved;
    move_in(&mut project.context, context);
    move_in(&mut project.underlays, underlays);
    move_in(&mut project.pictures, pictures);
    refer(&mut project.underlays, |underlay| {
        let new = pictures.get(&underlay.picture).copied();
        underlay.picture = new.unwrap_or(underlay.picture);
        new.is_some()
    });
    for v in &mut project.variants {
        move_in(&mut v.plots, plots);
        move_in(&mut v.buildings, buildings);
        move_in(&mut v.volumes, volumes);
        move_in(&mut v.surfaces, surfaces);
        move_in(&mut v.goods_access, accesses);
        move_in(&mut v.entrances, entrances);
        move_in(&mut v.notes, remarks);
        move_in(&mut v.marks, marks);
        move_in(&mut v.arrays, arrays);
        move_in(&mut v.recipes, recipes);
        move_in(&mut v.relations, relations);
        refer(&mut v.relations, |relation| {
            let mut changed = false;
            for id in &mut relation.of {
                if let Some(new) = volumes.get(id) {
                    (*id, changed) = (*new, true);
                }
            }
            changed
        });
        let renamed = |id: &mut Id| {
            // Arrays hold only what can be copied, and of those each id is of one kind.
            let all = [plots, volumes, surfaces, accesses, entrances, remarks, marks];
            let new = all.into_iter().find_map(|moved| moved.get(id));
            new.map(|new| *id = *new).is_some()
        };
        refer(&mut v.arrays, |array| {
            let ids = array.of.iter_mut().chain(array.copies.iter_mut().flatten());
            let mut changed = false;
            for id in ids {
                changed |= renamed(id);
            }
            changed
        });
        refer(&mut v.recipes, |recipe| {
            let all = [plots, buildings, volumes, surfaces, accesses, entrances];
            let new = |id: &Id| all.into_iter().find_map(|moved| moved.get(id)).copied();
            let mut changed = false;
            for id in recipe.ids_mut() {
                if let Some(new) = new(id) {
                    (*id, changed) = (new, true);
                }
            }
            changed
        });
        refer(&mut v.buildings, |b| b.plot.and_then(|id| plots.get(&id)).map(|new| b.plot = Some(*new)).is_some());
        refer(&mut v.volumes, |volume| buildings.get(&volume.building).map(|new| volume.building = *new).is_some());
    }
}

fn move_in<T: Entity>(table: &mut Table<T>, moved: &BTreeMap<Id, Id>) {
    for (old, new) in moved {
        if let Some(thing) = table.replace(*old, None) {
            let mut thing = T::clone(&thing);
            thing.set_id(*new);
            table.insert(thing);
        }
    }
}

/// Lets things refer to the new numbers; `change` says whether it changed the thing.
fn refer<T: Entity>(table: &mut Table<T>, change: impl Fn(&mut T) -> bool) {
    let mut changed = Vec::new();
    for thing in table.iter() {
        let mut thing = T::clone(thing);
        if change(&mut thing) {
            changed.push(thing);
        }
    }
    for thing in changed {
        table.insert(thing);
    }
}

//! Outlines made of coordinates: closed, checked, repaired, with what is asked of their place. In a large file this is most
//! of the work, so threads make them ahead of where they are put together.

use super::coordinates::{Flat, Form, Geometry};
use super::notes::NoteKind;
use crate::cores;
use crate::geometry::{FARTHEST_M, Outline, Point, Ring, RingFault};
use crate::model::Region;

/// The outlines of a feature that can be used, and what there is to say about them and the others.
#[derive(Debug, Default)]
pub(super) struct Areas {
    pub list: Vec<Area>,
    pub notes: Vec<NoteKind>,
}

/// A usable outline.
#[derive(Debug)]
pub(super) struct Area {
    pub outline: Outline,
    /// A point well inside, as far as it was asked for.
    pub inner: Option<Point>,
    /// Where that point lies, as far as it was asked for.
    pub region: Region,
}

/// What shall be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    pub geometry: Geometry,
    pub with_inner: bool,
    pub with_region: bool,
}

/// The region of a point in local metres.
pub(super) type RegionOf<'a> = &'a (dyn Fn(Point) -> Region + Sync);

/// Makes what the jobs ask for and hands it on, one for each job and in their order.
pub(super) fn made_ahead<R>(
    flat: &Flat,
    jobs: &[Job],
    region_of: RegionOf<'_>,
    hand_on: impl FnOnce(&mut dyn Iterator<Item = Areas>) -> R,
) -> R {
    cores::ahead(jobs, |(): &mut (), job| make(flat, *job, region_of), hand_on)
}

fn make(flat: &Flat, job: Job, region_of: RegionOf<'_>) -> Areas {
    let Job { geometry, with_inner, with_region } = job;
    let mut areas = Areas::default();
    if geometry.form != Form::Areas {
        return areas;
    }
    let mut outlines = Vec::with_capacity((geometry.end_part - geometry.first_part) as usize);
    for part in geometry.first_part..geometry.end_part {
        outlines_of_part(flat, part, &mut outlines, &mut areas.notes);
    }
    areas.list = outlines
        .into_iter()
        .map(|outline| {
            let inner = if with_inner { outline.inner_point() } else { None };
            let region = inner.filter(|_| with_region).map_or(Region::None, region_of);
            Area { outline, inner, region }
        })
        .collect();
    areas
}

fn outlines_of_part(flat: &Flat, part: u32, into: &mut Vec<Outline>, notes: &mut Vec<NoteKind>) {
    if let Some(kind) = flat.rings_of(part).find_map(out_of_reach) {
        return notes.push(kind);
    }
    let ring = |points: &[[f64; 2]]| Ring::new(points.iter().map(|p| Point { x: p[0], y: p[1] }));
    let mut rings = flat.rings_of(part).map(ring);
    let outer = rings.next().unwrap_or_default();
    let outline = Outline::with_holes(&outer, rings.filter(|ring| !ring.points().is_empty()));
    match outline.fault() {
        None => into.push(outline),
        Some(RingFault::TooFewPoints) => notes.push(NoteKind::TooFewPoints),
        Some(RingFault::OutOfReach) => notes.push(NoteKind::TooFar),
        Some(RingFault::NoArea) => notes.push(NoteKind::NoArea),
        Some(RingFault::SelfCrossing) => {
            let mut repaired = outline.repaired();
            notes.push(match repaired.len() {
                0 => NoteKind::NotRepairable,
                1 => NoteKind::Repaired,
                several => NoteKind::RepairedInParts(several),
            });
            into.append(&mut repaired);
        }
    }
}

/// Why points cannot be used, if so.
pub(super) fn out_of_reach(points: &[[f64; 2]]) -> Option<NoteKind> {
    if points.iter().any(|p| !(p[0].is_finite() && p[1].is_finite())) {
        return Some(NoteKind::NotOnEarth);
    }
    points.iter().any(|p| p[0].abs() > FARTHEST_M || p[1].abs() > FARTHEST_M).then_some(NoteKind::TooFar)
}

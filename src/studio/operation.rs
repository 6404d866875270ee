//! What can be done to selected shapes without the pointer: by a command, with a measure where it needs one.
//!
//! Everything gives one edit and what is selected after it, or the message key of the reason why it cannot be done.

use super::aids::Arrow;
use super::operate::name_of;
use super::reshape::{is_sound, joined, purpose_of, reshaped};
use super::session::Session;
use super::snap::grid_step_m;
use super::tool::Ctx;
use super::tool::carry::{mapped, with_carried};
use crate::edit::{Edit, Label};
use crate::geometry::{
    Bounds, Corner, FLATTEN_M, Outline, Point, SquareFault, Transform, shared_by_all, squared, squared_to, united,
};
use crate::i18n::Lang;
use crate::model::Id;

/// A side or a middle to bring shapes in line by, in the project's own axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// West sides.
    West,
    /// East sides.
    East,
    /// North sides.
    North,
    /// South sides.
    South,
    /// Middles, from west to east.
    MiddleEast,
    /// Middles, from south to north.
    MiddleNorth,
}

/// Something that can be done to shapes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// Put together in one.
    Union,
    /// The largest loses what the others cover; they go.
    Subtract,
    /// What all share.
    Intersect,
    /// An outline that crosses itself put right: it falls apart where it does.
    Repair,
    /// Corners made square, of neighbours at once: along their own main direction, or along the project's axes.
    Square {
        /// Along the project's axes.
        to_axes: bool,
    },
    /// Drawn out by so many metres, or in.
    Offset(f64),
    /// In so many parts of one area.
    SplitInto(usize),
    /// A part of so many m² cut off.
    SplitOff(f64),
    /// Turned clockwise by so many degrees.
    Turn(f64),
    /// So many times as large.
    Resize(f64),
    /// Mirrored, west and east or south and north changing places.
    Flip {
        /// West and east change places; else south and north.
        east: bool,
    },
    /// Brought in line.
    Align(Side),
    /// With gaps of one width, from west to east or from south to north.
    Distribute {
        /// From west to east; else from south to north.
        east: bool,
    },
    /// Corners cut by so many metres.
    CutCorners(f64),
    /// Corners rounded by a radius in metres.
    RoundCorners(f64),
}

impl Operation {
    /// The message key of its name in the list of changes.
    fn key(self) -> &'static str {
        match self {
            Self::Union => "edit-union",
            Self::Subtract => "edit-subtract",
            Self::Intersect => "edit-intersect",
            Self::Repair => "edit-repair",
            Self::Square { .. } => "edit-square",
            Self::Offset(_) => "edit-offset",
            Self::SplitInto(_) | Self::SplitOff(_) => "edit-split",
            Self::Turn(_) => "edit-rotate",
            Self::Resize(_) => "edit-scale",
            Self::Flip { .. } => "edit-mirror",
            Self::Align(_) => "edit-align",
            Self::Distribute { .. } => "edit-distribute",
            Self::CutCorners(_) | Self::RoundCorners(_) => "edit-corners",
        }
    }

    /// The least number of shapes that it needs.
    #[must_use]
    pub fn least(self) -> usize {
        match self {
            Self::Union | Self::Subtract | Self::Intersect | Self::Align(_) => 2,
            Self::Distribute { .. } => 3,
            _ => 1,
        }
    }
}

/// The message key of why fewer shapes than that are too few.
pub(super) fn too_few(least: usize) -> &'static str {
    match least {
        1 => "why-no-shape",
        2 => "why-two-shapes",
        _ => "why-three-shapes",
    }
}

/// What is worth saying of an operation on things, as a message key.
pub(super) fn remark(ctx: &Ctx<'_>, ids: &[Id], operation: Operation) -> Option<&'static str> {
    let mut volumes = ids.iter().filter_map(|id| ctx.variant.volumes.get(*id));
    let is_one = matches!(operation, Operation::Union | Operation::Intersect);
    let first = volumes.next().filter(|_| is_one)?;
    let differs = volumes.any(|other| (&other.storeys, other.base_m) != (&first.storeys, first.base_m));
    differs.then_some("say-largest-storeys")
}

/// The edit of an operation, and what is selected after it.
///
/// # Errors
/// The message key of the reason why it cannot be done.
pub fn operate(ctx: &Ctx<'_>, ids: &[Id], operation: Operation) -> Result<(Edit, Vec<Id>), &'static str> {
    let (edit, there) = worked_out(ctx, ids, operation)?;
    if is_sound(&edit) { Ok((edit, there)) } else { Err("why-would-cross") }
}

fn worked_out(ctx: &Ctx<'_>, ids: &[Id], operation: Operation) -> Result<(Edit, Vec<Id>), &'static str> {
    let shapes: Vec<(Id, &Outline)> = ids.iter().filter_map(|&id| Some((id, ctx.outline(id)?))).collect();
    if shapes.len() < operation.least() {
        return Err(too_few(operation.least()));
    }
    let faulty = |outline: &Outline| outline.fault().is_some();
    if operation != Operation::Repair && shapes.iter().any(|(_, outline)| faulty(outline)) {
        return Err("why-faulty-shape");
    }
    let label = Label::about(operation.key(), name_of(ctx.variant, ids, ctx.lang));
    // Each shape for itself.
    let each = |label, change: &dyn Fn(&Outline) -> Option<Vec<Outline>>| {
        let new: Vec<(Id, Vec<Outline>)> = shapes.iter().filter_map(|(id, old)| Some((*id, change(old)?))).collect();
        if new.is_empty() { Err("why-not-so") } else { Ok(reshaped(ctx, label, &new)) }
    };
    match operation {
        Operation::Union | Operation::Subtract | Operation::Intersect => put_together(ctx, &shapes, operation, label),
        Operation::Repair => {
            if !shapes.iter().any(|(_, outline)| faulty(outline)) {
                return Err("why-no-fault");
            }
            each(label, &|old| faulty(old).then(|| old.repaired()).filter(|parts| !parts.is_empty()))
        }
        Operation::Square { to_axes } => {
            let outlines: Vec<&Outline> = shapes.iter().map(|(_, outline)| *outline).collect();
            let squared = if to_axes { squared_to(&outlines, ctx.axes().east()) } else { squared(&outlines) };
            let new = squared.map_err(|fault| match fault {
                SquareFault::NothingToDo | SquareFault::NoDirection => "why-square-already",
                SquareFault::WouldCross { .. } | SquareFault::Faulty { .. } => "why-would-cross",
            })?;
            let new: Vec<_> =
                shapes.iter().map(|(id, _)| *id).zip(new.into_iter().map(|outline| vec![outline])).collect();
            Ok(reshaped(ctx, label, &new))
        }
        Operation::Offset(by_m) => {
            let new: Vec<(Id, Vec<Outline>)> = shapes.iter().map(|(id, old)| (*id, old.inset(-by_m))).collect();
            // Drawn in so far that nothing is left is a slip, not a way to remove things.
            if new.iter().any(|(_, parts)| parts.is_empty()) {
                Err("why-nothing-left")
            } else {
                Ok(reshaped(ctx, label, &new))
            }
        }
        Operation::SplitInto(n) => each(label, &|old| {
            let parts: Vec<Outline> = old.cut_evenly(n, across_long_side(old)).into_iter().flatten().collect();
            (parts.len() >= 2).then_some(parts)
        }),
        Operation::SplitOff(area_m2) => each(label, &|old| {
            let (part, rest) = old.cut_off(area_m2, across_long_side(old))?;
            Some(part.into_iter().chain(rest).collect())
        }),
        Operation::CutCorners(length_m) => {
            each(label, &|old| Some(vec![old.with_all_corners(Corner::Cut { length_m })?]))
        }
        Operation::RoundCorners(radius_m) => {
            each(label, &|old| Some(vec![old.with_all_corners(Corner::Rounded { radius_m, tolerance_m: FLATTEN_M })?]))
        }
        Operation::Turn(deg) => about_middle(ctx, ids, &shapes, label, |middle| Some(Transform::rotation(middle, deg))),
        Operation::Resize(factor) => {
            about_middle(ctx, ids, &shapes, label, |middle| Transform::scaling(middle, factor))
        }
        Operation::Flip { east } => {
            let along = if east { ctx.axes().north() } else { ctx.axes().east() };
            about_middle(ctx, ids, &shapes, label, |middle| Transform::mirror(middle, middle + along))
        }
        Operation::Align(line) => Ok(moved_each(ctx, label, &shapes, &aligned(ctx, &shapes, line))),
        Operation::Distribute { east } => Ok(moved_each(ctx, label, &shapes, &distributed(ctx, &shapes, east))),
    }
}

/// The direction of cuts across the long side of a shape.
fn across_long_side(outline: &Outline) -> Point {
    let long = outline.long_direction().unwrap_or(Point { x: 1.0, y: 0.0 });
    Point { x: -long.y, y: long.x }
}

fn put_together(
    ctx: &Ctx<'_>,
    shapes: &[(Id, &Outline)],
    operation: Operation,
    label: Label,
) -> Result<(Edit, Vec<Id>), &'static str> {
    let purpose = |id: Id| purpose_of(ctx.variant, id);
    let largest = shapes.iter().max_by(|(a, x), (b, y)| x.area_m2().total_cmp(&y.area_m2()).then(b.cmp(a)));
    let Some(&(stays, largest)) = largest else { return Err("why-two-shapes") };
    let go: Vec<Id> = shapes.iter().map(|(id, _)| *id).filter(|id| *id != stays).collect();
    // A yard may be cut out of a building, but a yard and a building make no one thing.
    if operation != Operation::Subtract && go.iter().any(|id| purpose(*id) != purpose(stays)) {
        return Err("why-same-kind");
    }
    let outlines: Vec<&Outline> = shapes.iter().map(|(_, outline)| *outline).collect();
    let one = |outlines: Vec<Outline>, why| <[Outline; 1]>::try_from(outlines).map_err(|_| why);
    match operation {
        Operation::Union => {
            let [outline] = one(united(&outlines), "why-not-touching")?;
            Ok((joined(ctx, label, stays, &go, outline), vec![stays]))
        }
        Operation::Intersect => {
            let parts = shared_by_all(&outlines);
            if parts.is_empty() {
                return Err("why-nothing-shared");
            }
            let new: Vec<(Id, Vec<Outline>)> = go.iter().map(|id| (*id, Vec::new())).chain([(stays, parts)]).collect();
            Ok(reshaped(ctx, label, &new))
        }
        _ => {
            let cutters: Vec<&Outline> = shapes.iter().filter(|(id, _)| *id != stays).map(|(_, o)| *o).collect();
            let parts = largest.without(&cutters);
            if parts.is_empty() {
                return Err("why-nothing-left");
            }
            if parts.as_slice() == std::slice::from_ref(largest) {
                return Err("why-nothing-shared");
            }
            // What is cut out with is used up, if it is of the same kind: a court that was drawn as a volume. A yard stays.
            let used = go.iter().filter(|id| purpose(**id) == purpose(stays));
            let new: Vec<(Id, Vec<Outline>)> = used.map(|id| (*id, Vec::new())).chain([(stays, parts)]).collect();
            Ok(reshaped(ctx, label, &new))
        }
    }
}

fn about_middle(
    ctx: &Ctx<'_>,
    ids: &[Id],
    shapes: &[(Id, &Outline)],
    label: Label,
    map: impl Fn(Point) -> Option<Transform>,
) -> Result<(Edit, Vec<Id>), &'static str> {
    let bounds = shapes.iter().filter_map(|(_, outline)| outline.bounds()).reduce(Bounds::union);
    let map = bounds.and_then(|bounds| map(bounds.centre())).ok_or("why-not-so")?;
    Ok((mapped(ctx, label, &[(with_carried(ctx, ids), map)]), ids.to_vec()))
}

/// The edit that moves what is selected, with what stands on it, by a step of the grid or ten.
pub(super) fn nudged(session: &Session, arrow: Arrow, far: bool, lang: Lang) -> Edit {
    let step_m = grid_step_m(session.camera.px_per_m) * if far { 10.0 } else { 1.0 };
    let by_own = match arrow {
        Arrow::Left => Point { x: -step_m, y: 0.0 },
        Arrow::Right => Point { x: step_m, y: 0.0 },
        Arrow::Up => Point { x: 0.0, y: step_m },
        Arrow::Down => Point { x: 0.0, y: -step_m },
    };
    let ids = session.selection().to_vec();
    session.with_ctx(lang, |ctx| {
        let map = Transform::translation(ctx.axes().local_from_own(by_own));
        mapped(ctx, Label::new("edit-move"), &[(with_carried(ctx, &ids), map)])
    })
}

/// The box of a shape in the project's own axes.
fn own_box(ctx: &Ctx<'_>, outline: &Outline) -> Option<Bounds> {
    Bounds::around(outline.outer().iter().map(|&p| ctx.axes().own_from_local(p)))
}

/// How far each shape moves to be in line, in the project's own axes.
fn aligned(ctx: &Ctx<'_>, shapes: &[(Id, &Outline)], line: Side) -> Vec<Point> {
    let boxes: Vec<Option<Bounds>> = shapes.iter().map(|(_, outline)| own_box(ctx, outline)).collect();
    let Some(all) = boxes.iter().copied().flatten().reduce(Bounds::union) else { return Vec::new() };
    let by = |own: Bounds| match line {
        Side::West => Point { x: all.min.x - own.min.x, y: 0.0 },
        Side::East => Point { x: all.max.x - own.max.x, y: 0.0 },
        Side::South => Point { x: 0.0, y: all.min.y - own.min.y },
        Side::North => Point { x: 0.0, y: all.max.y - own.max.y },
        Side::MiddleEast => Point { x: all.centre().x - own.centre().x, y: 0.0 },
        Side::MiddleNorth => Point { x: 0.0, y: all.centre().y - own.centre().y },
    };
    boxes.into_iter().map(|own| own.map_or(Point::default(), by)).collect()
}

/// How far each shape moves so that all gaps are one, the outermost staying, in the project's own axes.
fn distributed(ctx: &Ctx<'_>, shapes: &[(Id, &Outline)], east: bool) -> Vec<Point> {
    let side = |p: Point| if east { p.x } else { p.y };
    let spans: Vec<(f64, f64)> = shapes
        .iter()
        .map(|(_, outline)| own_box(ctx, outline).map_or((0.0, 0.0), |own| (side(own.min), side(own.max))))
        .collect();
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|&a, &b| (spans[a].0 + spans[a].1).total_cmp(&(spans[b].0 + spans[b].1)));
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else { return Vec::new() };
    let taken: f64 = spans.iter().map(|(from, to)| to - from).sum();
    let gap = (spans[last].1 - spans[first].0 - taken) / (spans.len() - 1).max(1) as f64;
    let mut by = vec![Point::default(); spans.len()];
    let mut next = spans[first].0;
    for place in order {
        let shift = next - spans[place].0;
        by[place] = if east { Point { x: shift, y: 0.0 } } else { Point { x: 0.0, y: shift } };
        next += spans[place].1 - spans[place].0 + gap;
    }
    by
}

/// The edit that moves each shape, with what stands on it, by its own vector in the project's axes.
fn moved_each(ctx: &Ctx<'_>, label: Label, shapes: &[(Id, &Outline)], by_own: &[Point]) -> (Edit, Vec<Id>) {
    let moves: Vec<(Vec<Id>, Transform)> = shapes
        .iter()
        .zip(by_own)
        .map(|((id, _), by)| {
            let mut ids = with_carried(ctx, &[*id]);
            // What is brought in line for itself is not carried by what it stands on.
            ids.retain(|carried| carried == id || !shapes.iter().any(|(other, _)| other == carried));
            (ids, Transform::translation(ctx.axes().local_from_own(*by)))
        })
        .collect();
    (mapped(ctx, label, &moves), shapes.iter().map(|(id, _)| *id).collect())
}

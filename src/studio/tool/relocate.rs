//! Moving what is selected from a point to a point, both of which snap.

use std::collections::{BTreeMap, BTreeSet};

use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, DRAG_PX, Effect, Event, Field, FieldKind, Pointer, ToolKind};
use crate::edit::{Edit, EditBuilder, Label};
use crate::geometry::{Point, bearing_deg, distance_m, part_inside};
use crate::model::limits::MEETS_M;
use crate::model::{At, Building, GoodsAccess, Id, Note, Plot, Surface, Volume};
use crate::studio::index::Kind;
use crate::studio::snap::Snap;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Relocate {
    state: State,
    snap: Option<Snap>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// The first point is set, and what will be moved. `pressed` while the button is still down.
    From { from: Point, to: Point, ids: Vec<Id>, pressed: bool },
}

impl Relocate {
    pub(super) fn snap(&self) -> Option<Snap> {
        self.snap
    }

    pub(super) fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    pub(super) fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, std::mem::take(&mut self.state)) {
            (Event::Move(pointer), State::Idle) => {
                self.snap = Some(ctx.snap(pointer, &[], &[], self.snap));
                Vec::new()
            }
            (Event::Leave, State::Idle) => {
                self.snap = None;
                Vec::new()
            }
            (Event::Press(pointer), State::Idle) => self.begin(pointer, ctx),
            (Event::Move(pointer), State::From { from, ids, pressed, .. }) => {
                let (to, effects) = self.moved(pointer, from, &ids, ctx);
                self.state = State::From { from, to, ids, pressed };
                effects
            }
            (Event::Release(pointer), State::From { from, ids, pressed: true, .. })
                if ctx.distance_px(from, pointer.world) <= DRAG_PX =>
            {
                let (to, effects) = self.moved(pointer, from, &ids, ctx);
                self.state = State::From { from, to, ids, pressed: false };
                effects
            }
            (Event::Release(pointer), State::From { from, ids, pressed: true, .. })
            | (Event::Press(pointer), State::From { from, ids, pressed: false, .. })
            | (Event::Set(pointer), State::From { from, ids, .. }) => {
                let (_, mut effects) = self.moved(pointer, from, &ids, ctx);
                effects.push(Effect::EndGesture);
                effects
            }
            (Event::Enter, State::From { from, to, ids, .. }) => {
                vec![Effect::BeginGesture, Effect::Apply(moved_by(ctx, &ids, to - from)), Effect::EndGesture]
            }
            (Event::Escape, State::Idle) => vec![Effect::Switch(ToolKind::Select)],
            (Event::Escape | Event::Backspace, State::From { .. }) => vec![Effect::CancelGesture],
            (_, state) => {
                self.state = state;
                Vec::new()
            }
        }
    }

    fn begin(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        let snap = ctx.snap(pointer, &[], &[], self.snap);
        self.snap = Some(snap);
        let mut effects = Vec::new();
        let mut ids = ctx.selection.to_vec();
        if ids.is_empty() {
            ids.extend(ctx.index.hit(ctx.variant, pointer.world, 0.0).first());
            if ids.is_empty() {
                return vec![Effect::Say("say-nothing-to-move")];
            }
            effects.push(Effect::Select(ids.clone()));
        }
        effects.push(Effect::BeginGesture);
        let ids = with_carried(ctx, &ids);
        self.state = State::From { from: snap.at, to: snap.at, ids, pressed: true };
        effects
    }

    /// Where a pointer moves them to, and what makes it so.
    fn moved(&mut self, pointer: Pointer, from: Point, ids: &[Id], ctx: &Ctx<'_>) -> (Point, Vec<Effect>) {
        let snap = ctx.place(pointer, &[from], ids, self.snap);
        self.snap = Some(snap);
        (snap.at, vec![Effect::BeginGesture, Effect::Apply(moved_by(ctx, ids, snap.at - from))])
    }

    pub(super) fn hint(&self) -> Hint {
        const FIRST: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        const SECOND: &[(&str, &str)] =
            &[("0 – 9", "hint-type"), ("Shift", "hint-hold"), ("← ↑ ↓", "hint-lock"), ("Esc", "hint-back")];
        match self.state {
            State::Idle => Hint { key: "hint-move-first", keys: FIRST },
            State::From { .. } => Hint { key: "hint-move-second", keys: SECOND },
        }
    }

    pub(super) fn overlay(&self) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        if let State::From { from, to, .. } = self.state {
            overlay.lines.push(OverlayLine { points: vec![from, to], closed: false, pen: OverlayPen::Guide });
            let length_m = distance_m(from, to);
            if length_m > 0.0 {
                overlay.dimensions.push(Dimension { a: from, b: to, length_m, off: None });
            }
            overlay.readout = vec![
                Field::new(FieldKind::Length, length_m),
                Field::maybe(FieldKind::Bearing, (length_m > 0.0).then(|| bearing_deg(from, to))),
            ];
        }
        overlay
    }
}

/// Things and the volumes that stand on them: who moves a plinth means the house on it too. One that stands for
/// the greater part elsewhere stays.
pub(super) fn with_carried(ctx: &Ctx<'_>, ids: &[Id]) -> Vec<Id> {
    let v = ctx.variant;
    let mut all = ids.to_vec();
    let mut known: BTreeSet<Id> = ids.iter().copied().collect();
    let mut at = 0;
    while let Some(&id) = all.get(at) {
        at += 1;
        let Some(volume) = v.volumes.get(id) else { continue };
        let Some((bounds, (_, top_m))) = volume.footprint.bounds().zip(volume.standing_levels_m()) else { continue };
        for (_, upper) in ctx.index.meeting(bounds).into_iter().filter(|(kind, _)| *kind == Kind::Volume) {
            let Some(upper) = v.volumes.get(upper).filter(|upper| !known.contains(&upper.id)) else { continue };
            let meets = !upper.begins_on_ground() && (upper.base_m - top_m).abs() <= MEETS_M;
            // The greater part of it stands here.
            if meets && part_inside(&upper.footprint, &volume.footprint) > 0.5 {
                known.insert(upper.id);
                all.push(upper.id);
            }
        }
    }
    all
}

/// The edit that moves things. Volumes whose building ends up on another plot take it along.
pub(super) fn moved_by(ctx: &Ctx<'_>, ids: &[Id], by: Point) -> Edit {
    let v = ctx.variant;
    let mut edit = EditBuilder::new(ctx.project, v.id, Label::new("edit-move"));
    for &id in ids {
        if let Some(old) = v.volumes.get(id) {
            let footprint = old.footprint.translated(by);
            edit.volume(Volume { footprint, ..Volume::clone(old) });
        } else if let Some(old) = v.plots.get(id) {
            edit.plot(Plot { outline: old.outline.translated(by), ..Plot::clone(old) });
        } else if let Some(old) = v.surfaces.get(id) {
            edit.surface(Surface { outline: old.outline.translated(by), ..Surface::clone(old) });
        } else if let Some(old) = v.goods_access.get(id) {
            edit.goods_access(GoodsAccess { at: At(old.at.0 + by), ..GoodsAccess::clone(old) });
        } else if let Some(old) = v.notes.get(id) {
            edit.note(Note { at: At(old.at.0 + by), ..Note::clone(old) });
        }
    }
    rehouse(ctx, ids, by, &mut edit);
    edit.finish()
}

/// Buildings of which all that stands on the ground moves now stand on the plot they came to, or on none.
fn rehouse(ctx: &Ctx<'_>, ids: &[Id], by: Point, edit: &mut EditBuilder) {
    let v = ctx.variant;
    let moved: BTreeSet<Id> = ids.iter().copied().collect();
    let mut on_ground_of: BTreeMap<Id, Vec<&Volume>> =
        ids.iter().filter_map(|id| v.volumes.get(*id)).map(|volume| (volume.building, Vec::new())).collect();
    for volume in v.volumes.iter().filter(|volume| volume.begins_on_ground()) {
        if let Some(on_ground) = on_ground_of.get_mut(&volume.building) {
            on_ground.push(volume);
        }
    }
    for (id, on_ground) in on_ground_of {
        let Some(building) = v.buildings.get(id) else { continue };
        // The ground volumes decide; a plot that moves along takes its buildings with it.
        let plot_moves = building.plot.is_some_and(|plot| moved.contains(&plot));
        let all_move = on_ground.iter().all(|volume| moved.contains(&volume.id));
        let Some(at) = on_ground.first().and_then(|volume| volume.footprint.inner_point()) else { continue };
        // Whoever put the building on a plot that it does not stand on meant it.
        let by_hand = v.plot_at(at) != building.plot;
        if plot_moves || !all_move || by_hand {
            continue;
        }
        let plot = v.plot_at(at + by);
        if plot != building.plot {
            edit.building(Building { plot, ..Building::clone(building) });
        }
    }
}

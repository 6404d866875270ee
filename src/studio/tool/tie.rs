//! Places a picture under the drawing by points that are known in both: a click on the picture, a click where that belongs.
//!
//! One point moves it, two turn and scale it, three and four say how well it lies; each pair is an edit of its own.

use super::overlay::{Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, Effect, Event, Machine, Pointer, ToolKind};
use crate::edit::{EditBuilder, Label};
use crate::geometry::{Point, pixel_from_world, world_from_pixel};
use crate::i18n::NO_BREAK;
use crate::model::{Id, Underlay};
use crate::studio::snap::Snap;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Tie {
    state: State,
    snap: Option<Snap>,
    at: Option<Point>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// A point of a picture is wanted.
    #[default]
    Idle,
    /// It is known; where it belongs is wanted.
    From { of: Id, pixel: [f64; 2] },
}

/// The uppermost picture at a point that can be placed.
fn picture_at<'a>(ctx: &'a Ctx<'_>, at: Point) -> Option<(&'a Underlay, [f64; 2])> {
    let free = ctx.project.underlays.iter().rev().filter(|underlay| !underlay.hidden && !underlay.locked);
    let mut hit = free.filter_map(|underlay| {
        let [u, v] = pixel_from_world(underlay.world_from_pixel, at)?;
        let [width, height] = underlay.size_px.map(f64::from);
        ((0.0..=width).contains(&u) && (0.0..=height).contains(&v)).then_some((&**underlay, [u, v]))
    });
    hit.next()
}

impl Tie {
    fn click(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Vec<Effect> {
        match self.state {
            State::Idle => match picture_at(ctx, pointer.world) {
                Some((underlay, pixel)) => {
                    self.state = State::From { of: underlay.id, pixel };
                    Vec::new()
                }
                None if ctx.project.underlays.iter().any(|underlay| !underlay.ties.is_empty()) => {
                    vec![Effect::Say("say-tie-beside")]
                }
                None => vec![Effect::Say("say-tie-nothing")],
            },
            State::From { of, pixel } => {
                self.state = State::Idle;
                let at = self.snap.map_or(pointer.world, |snap| snap.at);
                let Some(underlay) = ctx.project.underlays.get(of) else { return Vec::new() };
                let Some(new) = underlay.with_tie(pixel, at) else { return vec![Effect::Say("say-tie-line")] };
                let label = Label::about("edit-underlay-tie", underlay.name.clone());
                let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
                edit.underlay(new);
                vec![Effect::Apply(edit.finish())]
            }
        }
    }
}

impl Machine for Tie {
    fn kind(&self) -> ToolKind {
        ToolKind::Tie
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.at = Some(pointer.world);
                // The picture is pointed at as it is; the drawing catches.
                self.snap = matches!(self.state, State::From { .. }).then(|| ctx.snap(pointer, &[], &[], self.snap));
                Vec::new()
            }
            Event::Leave => {
                (self.at, self.snap) = (None, None);
                Vec::new()
            }
            Event::Release(pointer) | Event::Set(pointer) => self.click(pointer, ctx),
            Event::Escape | Event::Backspace => {
                self.state = State::Idle;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Hint {
        match self.state {
            State::Idle => Hint { key: "hint-tie-picture", keys: &[("Esc", "hint-back")] },
            State::From { .. } => {
                Hint { key: "hint-tie-ground", keys: &[("Ctrl", "hint-tie-free"), ("Esc", "hint-back")] }
            }
        }
    }

    fn overlay(&self, ctx: &Ctx<'_>) -> Overlay {
        let line = |points: Vec<Point>, pen| OverlayLine { points, closed: false, pen };
        let (mut lines, mut names) = (Vec::new(), Vec::new());
        for underlay in ctx.project.underlays.iter().filter(|underlay| !underlay.hidden && !underlay.locked) {
            let corners = underlay.corners();
            let rim: Vec<Point> = corners.iter().chain(corners.first()).copied().collect();
            lines.push(line(rim, OverlayPen::Guide));
            // Two points are always met: from the third on it shows which of them is off.
            let off_m = underlay.fit().filter(|_| underlay.ties.len() > 2).map(|fit| fit.off_m);
            for (place, tie) in underlay.ties.iter().enumerate() {
                let number = (place + 1).to_string();
                let off = off_m.and_then(|off_m| off_m.get(place).copied());
                names.push((
                    tie.at.0,
                    match off {
                        Some(off) => format!("{number} · {}{NO_BREAK}m", crate::i18n::number(ctx.lang, off, 2)),
                        None => number,
                    },
                ));
                // From where it came to lie to where it belongs: the length is what is left over.
                let lies = world_from_pixel(underlay.world_from_pixel, tie.pixel);
                lines.push(line(cross(tie.at.0, 7.0 / ctx.px_per_m), OverlayPen::Live));
                lines.push(line(vec![lies, tie.at.0], OverlayPen::Live));
            }
        }
        if let (State::From { of, pixel }, Some(at)) = (self.state, self.at)
            && let Some(underlay) = ctx.project.underlays.get(of)
        {
            let from = world_from_pixel(underlay.world_from_pixel, pixel);
            let to = self.snap.map_or(at, |snap| snap.at);
            lines.push(line(vec![from, to], OverlayPen::Live));
        }
        Overlay { lines, names, snap: self.snap, ..Overlay::default() }
    }

    fn snap(&self) -> Option<Snap> {
        self.snap
    }

    fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    fn takes_typing(&self) -> bool {
        false
    }
}

/// Two short lines through a point, in one stroke.
fn cross(at: Point, half_m: f64) -> Vec<Point> {
    let by = |x: f64, y: f64| at + Point { x, y } * half_m;
    vec![by(-1.0, 0.0), by(1.0, 0.0), at, by(0.0, 1.0), by(0.0, -1.0)]
}

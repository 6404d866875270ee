//! Choosing the project's own north: the direction of an edge that is clicked.

use super::overlay::{Hint, Overlay, OverlayLine, OverlayPen};
use super::{Ctx, Effect, Event, Field, FieldKind, Machine, ToolKind};
use crate::edit::{Change, Edit, Info, Label};
use crate::geometry::bearing_deg;
use crate::studio::snap::Line;

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct North {
    edge: Option<Line>,
}

impl Machine for North {
    fn takes_steps_back(&self) -> bool {
        false
    }

    fn kind(&self) -> ToolKind {
        ToolKind::North
    }

    fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match event {
            Event::Move(pointer) => {
                self.edge = ctx.edge_at(pointer);
                Vec::new()
            }
            Event::Leave => {
                self.edge = None;
                Vec::new()
            }
            Event::Press(pointer) => {
                let Some(edge) = ctx.edge_at(pointer) else { return vec![Effect::Say("say-no-edge")] };
                vec![
                    Effect::Apply(with_north(ctx, north_deg(edge))),
                    Effect::Switch(ToolKind::Select),
                    Effect::Say("say-north"),
                ]
            }
            // Back to the north of the map.
            Event::Backspace | Event::Delete => {
                vec![Effect::Apply(with_north(ctx, 0.0)), Effect::Switch(ToolKind::Select), Effect::Say("say-north-up")]
            }
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Hint {
        Hint { key: "hint-north", keys: &[("Backspace", "hint-north-up"), ("Esc", "hint-back")] }
    }

    fn overlay(&self, _: &Ctx<'_>) -> Overlay {
        let mut overlay = Overlay::default();
        if let Some(edge) = self.edge {
            let points = vec![edge.from, edge.to];
            overlay.lines.push(OverlayLine { points, closed: false, pen: OverlayPen::Reference });
            overlay.readout = vec![Field::new(FieldKind::Bearing, north_deg(edge).rem_euclid(360.0))];
        }
        overlay
    }
}

/// The direction of an edge, or square to it, that is nearest to north: within 45° either way.
fn north_deg(edge: Line) -> f64 {
    let deg = bearing_deg(edge.from, edge.to).rem_euclid(90.0);
    if deg > 45.0 { deg - 90.0 } else { deg }
}

fn with_north(ctx: &Ctx<'_>, north_deg: f64) -> Edit {
    let mut edit = Edit::new(Label::new("edit-north"));
    if north_deg != ctx.project.north_deg {
        edit.changes.push(Change::Info(Box::new(Info { north_deg, ..Info::of(ctx.project) })));
    }
    edit
}

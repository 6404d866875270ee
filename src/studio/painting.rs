//! Painting storeys in the strip with the use in hand: what one sweep of the pointer paints is one step, seen while it is
//! made.

use super::session::Session;
use super::state::Studio;
use super::storey_change::{StoreyChange, has_default_height};
use super::storeys;
use crate::measure::explain::Spot;

/// A step of painting in the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaintStep {
    /// The pointer, pressed, is over a storey.
    Over(Spot),
    /// It was let go.
    Done,
    /// What was painted since it was pressed shall not be.
    GiveUp,
}

impl Studio {
    pub(super) fn paint(&mut self, step: PaintStep) {
        let Some(session) = self.session_mut() else { return };
        let before = session.history().mark();
        match step {
            PaintStep::Over(spot) => session.paint_storey(spot),
            PaintStep::Done => session.end_painting(),
            PaintStep::GiveUp => session.give_up_painting(),
        }
        if step == PaintStep::Done {
            self.tell_of_homes(before);
        }
    }
}

impl Session {
    fn paint_storey(&mut self, spot: Spot) {
        let layer = crate::model::LayerKind::Volumes;
        let Spot { volume, storey: at } = spot;
        let storey = self.variant().volumes.get(volume).and_then(|volume| volume.storeys.get(at));
        let Some(storey) = storey.filter(|_| !self.project().layers.locked.contains(&layer)) else { return };
        let follows = has_default_height(storey, self.library());
        // The stack keeps its heights until the sweep is over: what moves under the pointer is painted by accident.
        let edit = storeys::edit(self, &[volume], &StoreyChange::UseAlone(at, self.use_in_hand.clone()));
        self.begin_gesture();
        // An edit that does not fit leaves all as it was.
        if self.apply(edit).is_ok() && follows {
            self.painted.push(spot);
        }
    }

    /// The sweep is over: what was painted takes the height that its use asks for.
    fn end_painting(&mut self) {
        for Spot { volume, storey } in std::mem::take(&mut self.painted) {
            let edit = storeys::edit(self, &[volume], &StoreyChange::Lock(storey, false));
            let _ = self.apply(edit);
        }
        self.end_gesture();
    }

    fn give_up_painting(&mut self) {
        self.painted.clear();
        self.cancel_gesture();
    }
}

//! Painting storeys in the strip with the use in hand: what one sweep of the pointer paints is one step, seen while it is
//! made.

use super::session::Session;
use super::state::Studio;
use super::storeys::{self, StoreyChange};
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
        match step {
            PaintStep::Over(spot) => session.paint_storey(spot),
            PaintStep::Done => session.end_gesture(),
            PaintStep::GiveUp => session.cancel_gesture(),
        }
    }
}

impl Session {
    fn paint_storey(&mut self, Spot { volume, storey }: Spot) {
        let layer = crate::model::LayerKind::Volumes;
        if self.project().layers.locked.contains(&layer) {
            return;
        }
        let change = StoreyChange::Use(storey, self.use_in_hand.clone());
        let edit = storeys::edit(self, &[volume], &change);
        self.begin_gesture();
        // An edit that changes nothing is left out; one that does not fit leaves all as it was.
        let _ = self.apply(edit);
    }
}

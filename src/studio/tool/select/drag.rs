//! Dragging what is selected.

use std::collections::BTreeSet;

use super::super::Ctx;
use super::super::carry::{housed_by_hand, moved_by, with_carried};
use crate::edit::Edit;
use crate::geometry::Point;
use crate::model::Id;
use crate::studio::snap::Moved;

/// What is dragged, found once: what the drag passes on its way is not picked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Dragged {
    pub ids: Vec<Id>,
    pub moved: Moved,
    /// Buildings that were put by hand on a plot they do not stand on: a drag across that plot does not make it theirs.
    by_hand: BTreeSet<Id>,
}

impl Dragged {
    pub fn new(ctx: &Ctx<'_>, from: Point) -> Self {
        let ids = with_carried(ctx, &ctx.selection.to_vec());
        let moved = Moved::new(ids.iter().filter_map(|id| ctx.outline(*id)), from, ctx.axes());
        let by_hand = housed_by_hand(ctx, &ids);
        Self { ids, moved, by_hand }
    }

    /// The edit that moves it by a vector.
    pub fn by(&self, ctx: &Ctx<'_>, by: Point) -> Edit {
        moved_by(ctx, &self.ids, by, &self.by_hand)
    }
}

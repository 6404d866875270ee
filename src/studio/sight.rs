//! What can be seen and taken hold of: layers that are hidden or locked, and what is isolated.

use std::collections::BTreeSet;

use super::index::Kind;
use super::session::Session;
use crate::i18n::Lang;
use crate::model::{Id, LayerKind, Layers};

/// What of the drawing is there for the hand.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// Hidden and locked layers.
    pub layers: &'a Layers,
    /// The only things that are seen, while some are isolated.
    pub only: Option<&'a BTreeSet<Id>>,
}

impl Sight<'_> {
    /// Whether a thing is seen, and catches points.
    #[must_use]
    pub fn shows(&self, kind: Kind, id: Id) -> bool {
        self.layers.shows(layer_of(kind)) && self.only.is_none_or(|only| only.contains(&id))
    }

    /// Whether a thing can be selected.
    #[must_use]
    pub fn touches(&self, kind: Kind, id: Id) -> bool {
        self.layers.touches(layer_of(kind)) && self.only.is_none_or(|only| only.contains(&id))
    }
}

fn layer_of(kind: Kind) -> LayerKind {
    match kind {
        Kind::Plot => LayerKind::Plots,
        Kind::Surface => LayerKind::Surfaces,
        Kind::Volume => LayerKind::Volumes,
        Kind::Pin | Kind::Mark => LayerKind::Pins,
        Kind::Context => LayerKind::Context,
    }
}

impl Session {
    /// The only things that are seen, while some are isolated.
    #[must_use]
    pub fn isolated(&self) -> Option<&BTreeSet<Id>> {
        self.isolated.as_ref()
    }

    /// What is there for the hand.
    #[must_use]
    pub fn sight(&self) -> Sight<'_> {
        Sight { layers: &self.project().layers, only: self.isolated() }
    }

    /// Shows only what is selected, with what stands and lies on it; or everything again.
    pub fn isolate(&mut self, lang: Lang) {
        self.isolated = match self.isolated {
            Some(_) => None,
            None => Some(self.with_all_on_it(lang)),
        };
        self.redraw();
    }

    /// Lets go of what lies on layers that are hidden or locked now.
    pub(super) fn let_go_of_untouchable(&mut self) {
        let selected = self.selection().to_vec();
        let sight = self.sight();
        let kind = |id| super::index::kind_of(self.variant(), id);
        let kept: Vec<Id> = selected.iter().copied().filter(|id| sight.touches(kind(*id), *id)).collect();
        if kept.len() != selected.len() {
            self.selection_mut().set(kept);
        }
    }

    fn with_all_on_it(&self, lang: Lang) -> BTreeSet<Id> {
        let v = self.variant();
        let selected = self.selection().to_vec();
        let mut all: BTreeSet<Id> =
            self.with_ctx(lang, |ctx| super::tool::carry::with_carried(ctx, &selected)).into_iter().collect();
        for plot in selected.iter().filter_map(|id| v.plots.get(*id)) {
            let stands = v.buildings.iter().filter(|building| building.plot == Some(plot.id));
            all.extend(stands.flat_map(|building| v.volumes_of(building.id)).map(|volume| volume.id));
            let lies =
                |outline: &crate::geometry::Outline| outline.inner_point().is_some_and(|p| plot.outline.contains(p));
            all.extend(v.surfaces.iter().filter(|surface| lies(&surface.outline)).map(|surface| surface.id));
            all.extend(v.notes.iter().filter(|note| plot.outline.contains(note.at.0)).map(|note| note.id));
            all.extend(v.goods_access.iter().filter(|access| plot.outline.contains(access.at.0)).map(|a| a.id));
        }
        all
    }
}

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
    /// What alone is there, while something is isolated.
    pub only: Option<&'a Isolated>,
}

/// What alone is there, while something is isolated.
#[derive(Clone, Debug, Default)]
pub struct Isolated {
    /// What is seen: what was isolated, and the plots that it stands on.
    seen: BTreeSet<Id>,
    /// The plots that are only seen.
    ground: BTreeSet<Id>,
}

impl Isolated {
    /// Things made while others are out of sight are there too.
    pub(super) fn join(&mut self, ids: impl IntoIterator<Item = Id>) {
        self.seen.extend(ids);
    }

    fn touches(&self, id: Id) -> bool {
        self.seen.contains(&id) && !self.ground.contains(&id)
    }
}

impl Sight<'_> {
    /// Whether a thing is seen, and catches points.
    #[must_use]
    pub fn shows(&self, kind: Kind, id: Id) -> bool {
        self.layers.shows(layer_of(kind)) && self.only.is_none_or(|only| only.seen.contains(&id))
    }

    /// Whether a thing can be selected.
    #[must_use]
    pub fn touches(&self, kind: Kind, id: Id) -> bool {
        self.layers.touches(layer_of(kind)) && self.only.is_none_or(|only| only.touches(id))
    }
}

/// The layer that things of a kind lie on.
pub(super) fn layer_of(kind: Kind) -> LayerKind {
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
        self.isolated.as_ref().map(|isolated| &isolated.seen)
    }

    /// What is there for the hand.
    #[must_use]
    pub fn sight(&self) -> Sight<'_> {
        Sight { layers: &self.project().layers, only: self.isolated.as_ref() }
    }

    /// Shows only what is selected, with what stands and lies on it; or everything again.
    pub fn isolate(&mut self, lang: Lang) {
        self.isolated = match self.isolated {
            Some(_) => None,
            None => Some(self.all_about_it(lang)),
        };
        self.redraw();
    }

    /// Selects just these, as far as they can be taken hold of: not what lies on layers that are hidden or locked.
    pub fn select(&mut self, ids: impl IntoIterator<Item = Id>) {
        let there = self.touchable(ids);
        self.selection_mut().set(there);
    }

    /// Selects these too.
    pub(super) fn select_also(&mut self, ids: impl IntoIterator<Item = Id>) {
        let there = self.touchable(ids);
        self.selection_mut().add(there);
    }

    /// Lets go of what lies on layers that are hidden or locked now.
    pub(super) fn let_go_of_untouchable(&mut self) {
        self.select(self.selection().to_vec());
    }

    /// Why something would lie where it cannot be seen or taken hold of once it is drawn, as a message key.
    pub(super) fn why_not_drawn(&self, layer: LayerKind) -> Option<&'static str> {
        let layers = &self.project().layers;
        match (layers.shows(layer), layers.touches(layer)) {
            (false, _) => Some("say-layer-hidden"),
            (true, false) => Some("say-layer-locked"),
            (true, true) => None,
        }
    }

    fn touchable(&self, ids: impl IntoIterator<Item = Id>) -> Vec<Id> {
        let (sight, variant) = (self.sight(), self.variant());
        ids.into_iter().filter(|id| sight.touches(super::index::kind_of(variant, *id), *id)).collect()
    }

    /// What is selected with all that stands and lies on it, and with the line of the plot that it stands on.
    fn all_about_it(&self, lang: Lang) -> Isolated {
        let v = self.variant();
        let selected = self.selection().to_vec();
        let mut seen: BTreeSet<Id> =
            self.with_ctx(lang, |ctx| super::tool::carry::with_carried(ctx, &selected)).into_iter().collect();
        for plot in selected.iter().filter_map(|id| v.plots.get(*id)) {
            seen.extend(self.sums().into_iter().flat_map(|sums| sums.volumes_on(plot.id)));
            let lies =
                |outline: &crate::geometry::Outline| outline.inner_point().is_some_and(|p| plot.outline.contains(p));
            seen.extend(v.surfaces.iter().filter(|surface| lies(&surface.outline)).map(|surface| surface.id));
            seen.extend(v.notes.iter().filter(|note| plot.outline.contains(note.at.0)).map(|note| note.id));
            seen.extend(v.entrances.iter().filter(|entrance| plot.outline.reaches(entrance.at.0)).map(|e| e.id));
            seen.extend(v.goods_access.iter().filter(|access| plot.outline.reaches(access.at.0)).map(|a| a.id));
        }
        let plots = seen.iter().filter_map(|id| v.plot_of(v.volumes.get(*id)?));
        let ground: BTreeSet<Id> = plots.filter(|plot| !seen.contains(plot)).collect();
        seen.extend(&ground);
        Isolated { seen, ground }
    }
}

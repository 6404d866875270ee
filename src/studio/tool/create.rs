//! What an outline becomes: a plot, a volume of a new building or on top of what it is drawn on, a surface.

use std::collections::BTreeSet;

use super::{Ctx, Effect};
use crate::edit::{Edit, EditBuilder, Label};
use crate::geometry::{Outline, overlap_area_m2};
use crate::i18n::tr;
use crate::library::Family;
use crate::model::{Building, Id, LayerKind, Plot, Storey, Surface, Volume};
use crate::record::Extra;
use crate::studio::index::Kind;
use crate::studio::operate::name_of;
use crate::studio::reshape::{is_sound, reshaped};

/// What an outline becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A plot.
    Plot,
    /// A volume of a new building, or on top of the volume it is drawn on.
    #[default]
    Volume,
    /// A surface.
    Surface,
}

impl Purpose {
    /// All in order.
    pub const ALL: [Self; 3] = [Self::Plot, Self::Volume, Self::Surface];

    /// The layer that it lies on.
    #[must_use]
    pub fn layer(self) -> LayerKind {
        match self {
            Self::Plot => LayerKind::Plots,
            Self::Volume => LayerKind::Volumes,
            Self::Surface => LayerKind::Surfaces,
        }
    }

    /// The message key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Plot => "purpose-plot",
            Self::Volume => "purpose-volume",
            Self::Surface => "purpose-surface",
        }
    }
}

/// What is to be done with an outline that was drawn: it becomes a thing or, with Alt, a court in what it lies on.
pub(super) fn made(ctx: &Ctx<'_>, purpose: Purpose, outline: Outline) -> Vec<Effect> {
    if ctx.alt {
        return cut_out(ctx, &outline);
    }
    let (edit, ids) = create_each(ctx, purpose, [outline]);
    vec![Effect::Apply(edit), Effect::Select(ids)]
}

/// What is selected loses what an outline covers of it; where none of that is met, what lies on top there.
fn cut_out(ctx: &Ctx<'_>, outline: &Outline) -> Vec<Effect> {
    let top = || outline.inner_point().and_then(|at| ctx.hit(at, 0.0).first().copied());
    let is_met = |id: &Id| ctx.outline(*id).is_some_and(|there| overlap_area_m2(there, outline) > 0.0);
    let mut ids: Vec<Id> = ctx.selection.ids().filter(is_met).collect();
    if ids.is_empty() {
        ids.extend(top());
    }
    let sound = |id: &Id| ctx.outline(*id).filter(|there| there.fault().is_none());
    let parts: Vec<(Id, Vec<Outline>)> =
        ids.iter().filter_map(|id| Some((*id, sound(id)?.without(&[outline])))).collect();
    if parts.is_empty() {
        return vec![Effect::Say("say-nothing-to-cut-out")];
    }
    if parts.iter().any(|(_, parts)| parts.is_empty()) {
        return vec![Effect::Say("why-nothing-left")];
    }
    let label = Label::about("edit-court", name_of(ctx.variant, &ids, ctx.lang));
    let (edit, there) = reshaped(ctx, label, &parts);
    if !is_sound(&edit) {
        return vec![Effect::Say("why-would-cross")];
    }
    vec![Effect::Apply(edit), Effect::Select(there)]
}

/// The edit that makes a thing of each outline, and their ids.
pub(super) fn create_each(
    ctx: &Ctx<'_>,
    purpose: Purpose,
    outlines: impl IntoIterator<Item = Outline>,
) -> (Edit, Vec<Id>) {
    let mut maker = Maker::new(ctx, purpose);
    let ids = outlines.into_iter().map(|outline| maker.make(outline)).collect();
    (maker.edit.finish(), ids)
}

/// Makes things of outlines in one edit.
struct Maker<'a, 'c> {
    ctx: &'a Ctx<'c>,
    purpose: Purpose,
    edit: EditBuilder,
    /// Names given in this edit.
    given: Vec<String>,
}

impl<'a, 'c> Maker<'a, 'c> {
    fn new(ctx: &'a Ctx<'c>, purpose: Purpose) -> Self {
        let label = Label::new(match purpose {
            Purpose::Plot => "edit-draw-plot",
            Purpose::Volume => "edit-draw-volume",
            Purpose::Surface => "edit-draw-surface",
        });
        Self { ctx, purpose, edit: EditBuilder::new(ctx.project, ctx.variant.id, label), given: Vec::new() }
    }

    fn make(&mut self, outline: Outline) -> Id {
        match self.purpose {
            Purpose::Plot => self.plot(outline),
            Purpose::Volume => self.volume(outline),
            Purpose::Surface => self.surface(outline),
        }
    }

    fn plot(&mut self, outline: Outline) -> Id {
        let ctx = self.ctx;
        let id = self.edit.take_id();
        let name = self.free_name("name-plot", ctx.variant.plots.iter().map(|plot| &plot.name));
        let mut plot = Plot::new(id, name, outline);
        plot.region = (ctx.region_at)(plot.outline.inner_point().unwrap_or_default());
        // Buildings that stood on no plot and lie on this one now stand on it.
        let on_it = |v: &Volume| v.footprint.inner_point().is_some_and(|p| plot.outline.contains(p));
        let near = plot.outline.bounds().map(|bounds| ctx.index.meeting(bounds)).unwrap_or_default();
        let near = near.into_iter().filter(|(kind, _)| *kind == Kind::Volume);
        let stand = near.filter_map(|(_, id)| ctx.variant.volumes.get(id)).filter(|volume| on_it(volume));
        let buildings: BTreeSet<Id> = stand.map(|volume| volume.building).collect();
        let homeless = buildings.into_iter().filter_map(|id| ctx.variant.buildings.get(id));
        for building in homeless.filter(|building| building.plot.is_none()) {
            self.edit.building(Building { plot: Some(id), ..Building::clone(building) });
        }
        self.edit.plot(plot);
        id
    }

    fn volume(&mut self, outline: Outline) -> Id {
        let ctx = self.ctx;
        let inner = outline.inner_point().unwrap_or_default();
        // The highest roof under it that stays: what is to be demolished carries nothing.
        let roof = |id| {
            let volume = ctx.variant.volumes.get(id).filter(|volume| ctx.sight.shows(Kind::Volume, volume.id))?;
            let (_, top_m) = volume.standing_levels_m()?;
            (top_m > 0.0).then_some((volume, top_m))
        };
        let roofs = ctx.index.hit(ctx.variant, inner, 0.0).into_iter().filter_map(roof);
        let under = roofs.max_by(|(_, a), (_, b)| a.total_cmp(b));
        let key = match (under, ctx.library.get(ctx.use_in_hand).map(|u| u.family)) {
            (Some(_), _) => "name-upper",
            (None, Some(Family::Housing)) => "name-house",
            (None, Some(Family::Office | Family::Facilities | Family::Trade)) => "name-block",
            (None, _) => "name-volume",
        };
        let name = self.free_name(key, ctx.variant.volumes.iter().map(|volume| &volume.name));
        let (building, base_m) = match under {
            Some((below, top_m)) => (below.building, top_m),
            None => {
                let building = self.edit.take_id();
                self.edit.building(Building::new(building, name.clone(), ctx.plot_at(inner)));
                (building, 0.0)
            }
        };
        let id = self.edit.take_id();
        let mut volume = Volume::new(id, building, name, outline);
        volume.base_m = base_m;
        let height_m = ctx.library.storey_height_m(ctx.use_in_hand);
        volume.storeys = vec![Storey::new(ctx.use_in_hand.clone(), height_m)];
        self.edit.volume(volume);
        id
    }

    fn surface(&mut self, outline: Outline) -> Id {
        let id = self.edit.take_id();
        let (kind, extra) = (self.ctx.surface_in_hand, Extra::default());
        self.edit.surface(Surface { id, name: String::new(), code: String::new(), kind, outline, extra });
        id
    }

    /// The first of «Plot 1», «Plot 2», … that is not taken.
    fn free_name<'n>(&mut self, key: &str, taken: impl Iterator<Item = &'n String>) -> String {
        let stem = format!("{} ", tr(self.ctx.lang, key));
        let number = |name: &String| name.strip_prefix(&stem)?.parse().ok();
        let numbers: BTreeSet<u64> = taken.filter_map(number).chain(self.given.iter().filter_map(number)).collect();
        let free = (1..).find(|number| !numbers.contains(number)).unwrap_or_default();
        let name = format!("{stem}{free}");
        self.given.push(name.clone());
        name
    }
}

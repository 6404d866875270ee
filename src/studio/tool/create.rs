//! What an outline becomes: a plot, a volume of a new building or on top of what it is drawn on, a surface.

use super::Ctx;
use crate::edit::{Edit, EditBuilder, Label};
use crate::geometry::Outline;
use crate::i18n::{Lang, tr};
use crate::library::Family;
use crate::model::{Building, Id, Plot, Storey, Surface, Volume};
use crate::record::Extra;
use crate::studio::index::Kind;

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

/// The edit that makes a thing of an outline, and the thing's id.
pub(super) fn create(ctx: &Ctx<'_>, purpose: Purpose, outline: Outline) -> (Edit, Id) {
    let label = Label::new(match purpose {
        Purpose::Plot => "edit-draw-plot",
        Purpose::Volume => "edit-draw-volume",
        Purpose::Surface => "edit-draw-surface",
    });
    let mut edit = EditBuilder::new(ctx.project, ctx.variant.id, label);
    let inner = outline.inner_point().unwrap_or_default();
    let id = match purpose {
        Purpose::Plot => {
            let id = edit.take_id();
            let name = free_name(ctx.lang, "name-plot", |name| ctx.variant.plots.iter().any(|p| p.name == name));
            let mut plot = Plot::new(id, name, outline);
            plot.region = (ctx.region_at)(inner);
            // Buildings that stood on no plot and lie on this one now stand on it.
            for building in ctx.variant.buildings.iter().filter(|building| building.plot.is_none()) {
                let on_it = |v: &Volume| v.footprint.inner_point().is_some_and(|p| plot.outline.contains(p));
                if ctx.variant.volumes_of(building.id).any(|volume| on_it(volume)) {
                    let mut moved = Building::clone(building);
                    moved.plot = Some(id);
                    edit.building(moved);
                }
            }
            edit.plot(plot);
            id
        }
        Purpose::Volume => {
            // The highest roof under it that stays: what is to be demolished carries nothing.
            let roof = |id| {
                let volume = ctx.variant.volumes.get(id).filter(|volume| ctx.sight.shows(Kind::Volume, volume.id))?;
                let (_, top_m) = volume.standing_levels_m()?;
                (top_m > 0.0).then_some((volume, top_m))
            };
            let roofs = ctx.index.hit(ctx.variant, inner, 0.0).into_iter().filter_map(roof);
            let under = roofs.max_by(|(_, a), (_, b)| a.total_cmp(b));
            let names = |key| free_name(ctx.lang, key, |name| ctx.variant.volumes.iter().any(|v| v.name == name));
            let (building, base_m, name) = match under {
                Some((below, top_m)) => (below.building, top_m, names("name-upper")),
                None => {
                    let building = edit.take_id();
                    let family = ctx.library.get(ctx.use_in_hand).map(|u| u.family);
                    let name = names(match family {
                        Some(Family::Housing) => "name-house",
                        Some(Family::Office | Family::Facilities | Family::Trade) => "name-block",
                        _ => "name-volume",
                    });
                    edit.building(Building::new(building, name.clone(), ctx.variant.plot_at(inner)));
                    (building, 0.0, name)
                }
            };
            let id = edit.take_id();
            let mut volume = Volume::new(id, building, name, outline);
            volume.base_m = base_m;
            let height_m = ctx.library.storey_height_m(ctx.use_in_hand);
            volume.storeys = vec![Storey::new(ctx.use_in_hand.clone(), height_m)];
            edit.volume(volume);
            id
        }
        Purpose::Surface => {
            let id = edit.take_id();
            edit.surface(Surface {
                id,
                name: String::new(),
                code: String::new(),
                kind: ctx.surface_in_hand,
                outline,
                extra: Extra::default(),
            });
            id
        }
    };
    (edit.finish(), id)
}

/// The first of «Plot 1», «Plot 2», … that is not taken.
fn free_name(lang: Lang, key: &str, taken: impl Fn(&str) -> bool) -> String {
    let stem = tr(lang, key);
    (1..).map(|n| format!("{stem} {n}")).find(|name| !taken(name)).unwrap_or(stem)
}

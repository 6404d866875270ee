//! Plots as dots: which there are in a scope, and where their names find room.

use super::sheet::{Frame, Sheet, Side, text_frame};
use super::{About, Ask};
use crate::look::{Role, Stroke, TypeRole};
use crate::measure::{FigureId, Figures, Scope};
use crate::model::Id;
use crate::scene::Pen;

/// So many plots are dots; more would be a cloud that says nothing, and takes long.
const MOST_PLOTS: usize = 400;

/// The last of the figures that dots are placed by, in their order.
const LAST: FigureId = FigureId::MixAmenities;

/// A plot and what it amounts to.
pub(super) struct PlotOf {
    pub id: Id,
    /// Its name, else its code or number.
    pub name: String,
    pub area_m2: f64,
    pub figures: Figures,
}

/// A plot as a dot.
pub(super) struct Dot {
    pub id: Id,
    pub name: String,
    pub at: [f64; 2],
    /// What it says under the pointer.
    pub words: String,
}

/// The plots in the scope, the largest first; none where one plot is all there is, since the dot of the scope stands for it.
pub(super) fn plots(ask: &Ask<'_>) -> Vec<PlotOf> {
    let Some(variant) = ask.project.variant(ask.sums.variant()) else { return Vec::new() };
    if variant.plots.len() < 2 {
        return Vec::new();
    }
    let in_scope = variant.plots.iter().filter(|plot| match ask.scope {
        Scope::All => true,
        Scope::Region(region) => plot.region == *region,
        Scope::Plot(_) | Scope::Volumes(_) => false,
    });
    let mut by_area: Vec<_> = in_scope.map(|plot| (plot.outline.area_m2(), plot)).collect();
    by_area.sort_by(|(a, p), (b, q)| b.total_cmp(a).then(p.id.cmp(&q.id)));
    let measured = by_area.into_iter().take(MOST_PLOTS).filter_map(|(area_m2, plot)| {
        let name = [&plot.name, &plot.code].into_iter().find(|name| !name.is_empty()).cloned();
        let name = name.unwrap_or_else(|| plot.id.to_string());
        Some(PlotOf { id: plot.id, name, area_m2, figures: ask.sums.plot_until(plot.id, LAST)? })
    });
    measured.collect()
}

/// What a dot takes up.
pub(super) fn around([x, y]: [f64; 2]) -> Frame {
    Frame { left: x - 6.0, top: y - 6.0, right: x + 6.0, bottom: y + 6.0 }
}

/// Draws dots, the first on top, and their names where they stay `within` and clear of what is `taken`: the first are named
/// before the others.
pub(super) fn draw(sheet: &mut Sheet, ask: &Ask<'_>, dots: &[Dot], within: Frame, mut taken: Vec<Frame>) {
    for dot in dots.iter().rev() {
        sheet.dot(dot.at, 4.0, ask.paper, Some(Pen::new(Role::Ink1, Stroke::Hover)));
        sheet.spot(dot.at, dot.words.clone(), Some(About::Thing(dot.id)));
        taken.push(around(dot.at));
    }
    for dot in dots {
        let [x, y] = dot.at;
        let sides = [([x + 8.0, y], Side::Right), ([x - 8.0, y], Side::Left), ([x, y - 13.0], Side::Middle)];
        let free = sides.into_iter().find(|(at, side)| {
            let words = text_frame(*at, *side, TypeRole::Small, &dot.name);
            words.left > within.left && words.right < within.right && taken.iter().all(|other| !other.meets(&words))
        });
        if let Some((at, side)) = free {
            taken.push(sheet.cased(at, side, TypeRole::Small, Role::Ink1, &dot.name));
        }
    }
}

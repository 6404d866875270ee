//! The figures panel: the twelve that matter most, the families as a bar, Spacematrix and the mixed-use triangle. Where
//! there is little height the rows get lower and the charts smaller; nothing is left out.

mod scope;

use egui::{Align, Layout as EguiLayout, Rect, Ui, UiBuilder, Vec2};

use super::explain;
use super::kit::{self, ChartDot, DotKind, FigureRange, FigureView};
use super::theme::Theme;
use crate::i18n::{Lang, NO_BREAK, number, tr, tr_with};
use crate::library::Family;
use crate::measure::{FigureId, FigureValue, Figures, Scope};
use crate::studio::{Action, Session, Studio, scope_words};

/// What the bar and the charts need below the figures, and the least they can do with, in logical pixels.
const BELOW: f32 = 180.0;
const LEAST_CHARTS: f32 = 110.0;
const MOST_CHARTS: f32 = 158.0;

/// The panel.
#[derive(Default)]
pub struct FiguresPanel {
    shown: Option<Shown>,
    /// Where the figure stands, or stood last, that is being explained.
    anchor: Option<Rect>,
}

/// What the panel shows of one state of a project, in words that are ready.
struct Shown {
    revision: u64,
    scope: Scope,
    lang: Lang,
    figures: Figures,
    base: String,
    views: Vec<FigureView>,
    families: Vec<(Family, f64)>,
}

impl Shown {
    fn of(figures: Figures, session: &Session, scope: Scope, lang: Lang) -> Self {
        Self {
            revision: session.revision(),
            lang,
            base: base(&figures, session, &scope, lang),
            views: FigureId::HEAD.iter().map(|id| view(*id, &figures, lang)).collect(),
            families: Family::ALL
                .iter()
                .filter_map(|family| Some((*family, *figures.gfa_by_family_m2.get(family.key())?)))
                .collect(),
            figures,
            scope,
        }
    }

    fn is_of(&self, session: &Session, scope: &Scope, lang: Lang) -> bool {
        self.revision == session.revision() && self.lang == lang && self.scope == *scope
    }
}

impl FiguresPanel {
    /// Shows it; an explanation stands within `room`.
    pub fn show(&mut self, ui: &mut Ui, studio: &Studio, room: Rect, actions: &mut Vec<Action>) {
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let Some(sums) = session.sums() else { return };
        let theme = Theme::of(ui.ctx());
        let scope = session.scope();
        // Made once for each state of the project, not in every frame.
        let known = self.shown.take().filter(|shown| shown.is_of(session, &scope, lang));
        let shown = known.unwrap_or_else(|| {
            let figures = sums.of(session.project(), &scope).unwrap_or_default();
            Shown::of(figures, session, scope, lang)
        });
        let inner = ui.max_rect().shrink2(Vec2::new(theme.size("/panel/padding"), 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(EguiLayout::top_down(Align::Min)), |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            scope::head(ui, session, &shown.base, lang, actions);
            egui::ScrollArea::vertical()
                .auto_shrink(false)
                .show(ui, |ui| self.content(ui, session, &shown, lang, actions));
        });
        if let Some(anchor) = self.anchor.filter(|_| session.explanation().is_some()) {
            // Beside the panel, so that it covers none of the figures.
            let anchor = anchor.with_min_x(ui.max_rect().left());
            explain::show(ui, studio, anchor, room, &shown.figures, actions);
        }
        self.shown = Some(shown);
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, shown: &Shown, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let height = ui.available_height();
        let rows = FigureId::HEAD.len().div_ceil(2) as f32;
        let compact = rows * theme.size("/panel/figure_row/wide") + BELOW > height;
        let explained = session.explanation().map(|explanation| explanation.figure);
        let open = explained.and_then(|figure| FigureId::HEAD.iter().position(|id| *id == figure));
        let grid = kit::figure_grid(ui, &shown.views, compact, open);
        self.anchor = grid.open.or(self.anchor);
        if let Some((at, rect)) = grid.clicked {
            let figure = FigureId::HEAD.get(at).copied().filter(|_| open != Some(at));
            self.anchor = Some(rect);
            actions.push(Action::Explain(figure));
        }
        ui.add_space(theme.space(4));
        kit::family_bar(ui, &tr(lang, "chart-families"), &shown.families, if compact { 12.0 } else { 18.0 });
        ui.add_space(theme.space(3));
        let used = ui.min_rect().height();
        charts(ui, &shown.figures, lang, (height - used).clamp(LEAST_CHARTS, MOST_CHARTS));
    }
}

/// What the figures are measured on.
fn base(figures: &Figures, session: &Session, scope: &Scope, lang: Lang) -> String {
    if *scope != Scope::All {
        return scope_words(session, lang);
    }
    let plot_area_m2 = figures.one(FigureId::PlotArea);
    if plot_area_m2 > 0.0 {
        let area = format!("{}{NO_BREAK}m²", number(lang, plot_area_m2, 0));
        tr_with(lang, "figures-base", &[("area", area.into())])
    } else {
        tr(lang, "figures-no-base")
    }
}

/// A figure in words that are ready.
#[must_use]
pub fn view(id: FigureId, figures: &Figures, lang: Lang) -> FigureView {
    let value = id.value(figures);
    let mut label = id.name(lang);
    let mut note = String::new();
    if let Some(companion) = id.companion() {
        label = format!("{label} · {}", companion.name(lang));
        note = format!("{} {}", companion.name(lang), companion.number(figures, lang));
    }
    let mut view = match (value.mid(), figures.why_not(id).map(|why| id.why_not(why, lang))) {
        (None, reason) => FigureView::undefined(label, reason.unwrap_or_default()),
        (Some(_), _) => FigureView::new(label, id.number(figures, lang), id.unit(lang)),
    };
    view.note = id.range(figures, lang).filter(|range| *range != view.value).unwrap_or(note);
    if let FigureValue::Range(Some(span)) = value
        && span.low != span.high
    {
        view.range = Some(FigureRange { low: span.low, mid: span.mid, high: span.high, target: None });
    }
    view
}

fn charts(ui: &mut Ui, figures: &Figures, lang: Lang, height: f32) {
    const GAP: f32 = 12.0;
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), egui::Sense::hover());
    let half = Vec2::new((rect.width() - GAP) / 2.0, height);
    let at = |column: f32| Rect::from_min_size(rect.min + Vec2::new(column * (half.x + GAP), 0.0), half);
    let density = figures.mid(FigureId::Gsi).zip(figures.mid(FigureId::Fsi));
    let dots: Vec<ChartDot> =
        density.map(|(gsi, fsi)| ChartDot::density("", DotKind::Open, gsi, fsi)).into_iter().collect();
    ui.scope_builder(UiBuilder::new().id_salt("spacematrix").max_rect(at(0.0)), |ui| {
        kit::spacematrix(ui, &tr(lang, "chart-spacematrix"), &dots, half, lang);
    });
    let mix = [FigureId::Mxi, FigureId::MixWorking, FigureId::MixAmenities].map(|id| figures.mid(id));
    let dots: Vec<ChartDot> = match mix {
        [Some(housing), Some(working), Some(amenities)] => {
            vec![ChartDot::mix("", DotKind::Open, housing, working, amenities)]
        }
        _ => Vec::new(),
    };
    let corners = ["chart-housing", "chart-work", "chart-amenities"].map(|key| tr(lang, key));
    ui.scope_builder(UiBuilder::new().id_salt("mxi").max_rect(at(1.0)), |ui| {
        kit::mxi_triangle(ui, &tr(lang, "chart-mxi"), [&corners[0], &corners[1], &corners[2]], &dots, half);
    });
}

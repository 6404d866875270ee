//! The figures panel: the chosen set of at most twelve, the families as a bar, Spacematrix and the mixed-use triangle. Where
//! there is little height the rows get lower and the charts smaller; nothing is left out.

mod scope;

use egui::{Align, Layout as EguiLayout, Rect, Ui, UiBuilder, Vec2};

use super::explain;
use super::kit::{self, ChartDot, DotKind, FigureRange, FigureView, Verdict};
use super::theme::Theme;
use crate::chart::{ChartId, density_of, mix_of};
use crate::i18n::{Lang, NO_BREAK, number, signed, tr, tr_with};
use crate::library::Family;
use crate::measure::{AnyFigure, Coefficients, FigureId, Figures, Scope, Sums};
use crate::model::Target;
use crate::studio::{Action, Command, Preset, Session, Studio, figures_of, scope_words};

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
    of: Of,
    figures: Figures,
    base: String,
    ids: Vec<AnyFigure>,
    views: Vec<FigureView>,
    families: Vec<(Family, f64)>,
}

/// What the words were made of.
#[derive(PartialEq)]
struct Of {
    revision: u64,
    scope: Scope,
    lang: Lang,
    preset: Preset,
    pinned: Vec<String>,
}

impl Shown {
    fn new(of: Of, session: &Session, sums: &Sums) -> Self {
        let figures = sums.of(session.project(), &of.scope).unwrap_or_default();
        let today = session
            .baseline_sums()
            .filter(|_| matches!(of.scope, Scope::All | Scope::Region(_)))
            .and_then(|sums| sums.of(session.project(), &of.scope));
        let coefficients = sums.coefficients();
        let ids = figures_of(of.preset, &of.pinned, coefficients);
        let teller = Teller { figures: &figures, today: today.as_ref(), coefficients, lang: of.lang };
        let brief = &session.project().brief;
        let view = |id: &AnyFigure| teller.view(*id, brief.target_of(id.key(coefficients)));
        let families = Family::ALL.iter();
        Self {
            base: base(&figures, session, &of.scope, of.lang),
            views: ids.iter().map(view).collect(),
            ids,
            families: families
                .filter_map(|family| Some((*family, *figures.gfa_by_family_m2.get(family.key())?)))
                .collect(),
            figures,
            of,
        }
    }
}

impl FiguresPanel {
    /// Shows it; an explanation stands within `room`.
    pub fn show(&mut self, ui: &mut Ui, studio: &Studio, room: Rect, actions: &mut Vec<Action>) {
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let Some(sums) = session.sums() else { return };
        let theme = Theme::of(ui.ctx());
        let (preset, pinned) = (studio.settings.preset, studio.settings.pinned.clone());
        let of = Of { revision: session.revision(), scope: session.scope(), lang, preset, pinned };
        // Made once for each state of the project, not in every frame.
        let known = self.shown.take().filter(|shown| shown.of == of);
        let shown = known.unwrap_or_else(|| Shown::new(of, session, sums));
        let inner = ui.max_rect().shrink2(Vec2::new(theme.size("/panel/padding"), 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(EguiLayout::top_down(Align::Min)), |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            scope::head(ui, studio, session, &shown.base, actions);
            egui::ScrollArea::vertical()
                .auto_shrink(false)
                .show(ui, |ui| self.content(ui, session, &shown, lang, actions));
        });
        if let Some(anchor) = self.anchor.filter(|_| session.explanation().is_some()) {
            // Beside the panel, so that it covers none of the figures.
            let anchor = anchor.with_min_x(ui.max_rect().left());
            explain::show(ui, studio, anchor, room, &shown.figures, actions);
        }
        self.anchor = self.anchor.or(Some(inner));
        self.shown = Some(shown);
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, shown: &Shown, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let height = ui.available_height();
        let rows = shown.ids.len().div_ceil(2) as f32;
        let compact = rows * theme.size("/panel/figure_row/wide") + BELOW > height;
        let explained = session.explanation().map(|explanation| explanation.figure);
        let open = explained.and_then(|figure| shown.ids.iter().position(|id| *id == figure));
        let grid = kit::figure_grid(ui, &shown.views, compact, open);
        self.anchor = grid.open.or(self.anchor);
        if let Some((at, rect)) = grid.clicked {
            let figure = shown.ids.get(at).copied().filter(|_| open != Some(at));
            self.anchor = Some(rect);
            actions.push(Action::Explain(figure));
        }
        ui.add_space(theme.space(4));
        kit::family_bar(ui, &tr(lang, "chart-families"), &shown.families, if compact { 12.0 } else { 18.0 });
        ui.add_space(theme.space(3));
        let used = ui.min_rect().height();
        charts(ui, &shown.figures, lang, (height - used).clamp(LEAST_CHARTS, MOST_CHARTS), actions);
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

/// A figure of the program in words that are ready, without target or comparison.
#[must_use]
pub fn view(id: FigureId, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> FigureView {
    Teller { figures, today: None, coefficients, lang }.view(AnyFigure::Known(id), None)
}

/// A figure with its target, in words that are ready.
#[must_use]
pub fn target_view(id: AnyFigure, figures: &Figures, sums: &Sums, target: &Target, lang: Lang) -> FigureView {
    Teller { figures, today: None, coefficients: sums.coefficients(), lang }.view(id, Some(target))
}

/// Puts figures into words.
struct Teller<'a> {
    figures: &'a Figures,
    /// Those of the site as it is today.
    today: Option<&'a Figures>,
    coefficients: &'a Coefficients,
    lang: Lang,
}

impl Teller<'_> {
    fn view(&self, id: AnyFigure, target: Option<&Target>) -> FigureView {
        let Self { figures, coefficients, lang, .. } = *self;
        let value = id.value(figures);
        let mut label = id.name(coefficients, lang);
        let mut beside = String::new();
        if let AnyFigure::Known(known) = id
            && let Some(companion) = known.companion()
        {
            label = format!("{label} · {}", companion.name(lang));
            beside = format!("{} {}", companion.name(lang), companion.number(figures, lang));
        }
        let Some(mid) = value.mid() else {
            let why = id.why_not(figures, coefficients, lang).unwrap_or_default();
            return FigureView::undefined(label, why);
        };
        let shown = id.number(figures, coefficients, lang);
        let mut view = FigureView::new(label, shown, id.unit(coefficients, lang));
        let today = self.today.and_then(|today| id.value(today).mid());
        let words = |value: f64| number(lang, value, id.decimals(coefficients));
        let bound = |target: &Target| {
            let [least, most] = [target.least, target.most].map(|b| b.map(|b| id.bound_words(b, coefficients, lang)));
            match (least, most) {
                (Some(least), Some(most)) => format!("{least} – {most}"),
                (Some(least), None) => tr_with(lang, "figure-min", &[("value", least.into())]),
                (None, Some(most)) => tr_with(lang, "figure-max", &[("value", most.into())]),
                (None, None) => String::new(),
            }
        };
        let range = id.range(figures, coefficients, lang).filter(|range| *range != view.value);
        let of_today = today.map(|today| tr_with(lang, "figure-today", &[("value", words(today).into())]));
        view.note = range
            .or_else(|| target.map(bound).filter(|words| !words.is_empty()))
            .or_else(|| of_today.filter(|_| beside.is_empty()))
            .unwrap_or(beside);
        view.verdict = match (target, today) {
            (Some(target), _) if target.is_crossed() => Some(Verdict::Warning(tr(lang, "target-crossed"))),
            (Some(target), _) if !target.is_sound() => None,
            (Some(target), _) => Some(self.verdict(id, mid, target)),
            (None, Some(today)) => Some(Verdict::Neutral(self.difference(id, mid, today))),
            (None, None) => None,
        };
        if let Some(span) = value.span().filter(|span| span.low != span.high) {
            let target = target.and_then(|target| target.least.or(target.most)).map(|bound| bound * id.shown_factor());
            view.range = Some(FigureRange { low: span.low, mid: span.mid, high: span.high, target });
        }
        view
    }

    /// What a target says: the sign of the value less the bound.
    fn verdict(&self, id: AnyFigure, shown: f64, target: &Target) -> Verdict {
        let factor = id.shown_factor();
        let missed = target.missed_by(shown / factor);
        let bound = match (target.least, target.most) {
            (_, Some(most)) if missed > 0.0 => most,
            (Some(least), _) => least,
            (None, most) => most.unwrap_or_default(),
        };
        let difference = self.difference(id, shown, bound * factor);
        // What looks the same as the bound is as asked.
        if missed == 0.0 || !difference.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            Verdict::Good(difference)
        } else {
            Verdict::Warning(difference)
        }
    }

    /// The difference between two values as they are shown.
    fn difference(&self, id: AnyFigure, a: f64, b: f64) -> String {
        let decimals = id.decimals(self.coefficients);
        let unit = 10f64.powi(i32::from(decimals));
        let rounded = |value: f64| (value * unit).round() / unit;
        signed(self.lang, rounded(a) - rounded(b), decimals)
    }
}

/// Two small charts; a click opens the large one.
fn charts(ui: &mut Ui, figures: &Figures, lang: Lang, height: f32, actions: &mut Vec<Action>) {
    const GAP: f32 = 12.0;
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), egui::Sense::hover());
    let half = Vec2::new((rect.width() - GAP) / 2.0, height);
    let at = |column: f32| Rect::from_min_size(rect.min + Vec2::new(column * (half.x + GAP), 0.0), half);
    let dots: Vec<ChartDot> =
        density_of(figures).map(|[gsi, fsi]| ChartDot::density("", DotKind::Open, gsi, fsi)).into_iter().collect();
    ui.scope_builder(UiBuilder::new().id_salt("spacematrix").max_rect(at(0.0)), |ui| {
        kit::spacematrix(ui, &tr(lang, "chart-spacematrix"), &dots, half, lang);
        opens(ui, ChartId::Spacematrix, lang, actions);
    });
    let mix = mix_of(figures)
        .map(|[housing, working, amenities]| ChartDot::mix("", DotKind::Open, housing, working, amenities));
    let dots: Vec<ChartDot> = mix.into_iter().collect();
    let corners = ["chart-housing", "chart-work", "chart-amenities"].map(|key| tr(lang, key));
    ui.scope_builder(UiBuilder::new().id_salt("mxi").max_rect(at(1.0)), |ui| {
        kit::mxi_triangle(ui, &tr(lang, "chart-mxi"), [&corners[0], &corners[1], &corners[2]], &dots, half);
        opens(ui, ChartId::Mix, lang, actions);
    });
}

/// Makes a small chart a door to the large one.
fn opens(ui: &Ui, id: ChartId, lang: Lang, actions: &mut Vec<Action>) {
    let door = ui.interact(ui.min_rect(), ui.scope_id().with("large"), egui::Sense::click());
    door.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, id.about(lang)));
    kit::tip(&door, &id.about(lang), Command::Charts.shortcut().map(|s| s.text(lang)).as_deref());
    if door.clicked() {
        actions.push(Action::Chart(Some(id)));
    }
}

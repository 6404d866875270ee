//! The wall of cases: each a card; one alone is shown large, with its figures.

use std::sync::Arc;

use egui::{Align2, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use crate::geometry::Bounds;
use crate::i18n::{Lang, NO_BREAK, part_of, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::measure::{Coefficients, FigureId, Figures, Sums};
use crate::scene::{Camera, PlanOptions, Scene, plan};
use crate::studio::Action;
use crate::studio::cases::{self, CASES, Case};
use crate::ui::kit;
use crate::ui::paint::PaintedScene;
use crate::ui::theme::Theme;

/// A case on the wall.
pub(super) struct Card {
    case: &'static Case,
    name: String,
    description: String,
    figures: Figures,
    coefficients: Arc<Coefficients>,
    scene: Arc<Scene>,
    painted: PaintedScene,
    bounds: Bounds,
}

/// One case alone: large, with its figures and what is known of it.
pub(super) fn feature(ui: &mut Ui, room: Rect, card: &mut Card, lang: Lang, actions: &mut Vec<Action>) {
    const GAP: f32 = 40.0;
    let side_by_side = room.width() > 900.0;
    let width = if side_by_side { (room.width() - GAP) * 0.6 } else { room.width() };
    let size = Vec2::new(width, room.height().min(width + 60.0));
    if show_card(ui, Rect::from_min_size(room.min, size), card, lang).clicked() {
        actions.push(Action::OpenCase(0));
    }
    if !side_by_side {
        return;
    }
    let theme = Theme::of(ui.ctx());
    let right = Rect::from_min_max(room.min + Vec2::new(width + GAP, 0.0), room.max);
    ui.painter().hline(right.x_range(), right.top() + 0.5, theme.stroke(Stroke::Fine, Role::Ink1));
    let inner = Rect::from_min_max(right.min + Vec2::new(0.0, 10.0), right.max);
    ui.scope_builder(UiBuilder::new().id_salt("feature").max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let views: Vec<_> = FigureId::HEAD
            .iter()
            .take(8)
            .map(|id| crate::ui::figures::view(*id, &card.figures, &card.coefficients, lang))
            .collect();
        kit::figure_grid(ui, &views, false, None);
        ui.add_space(theme.space(5));
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.label(theme.text(TypeRole::Small, Role::Ink2, &card.description));
        });
    });
}

pub(super) fn cards() -> Vec<Card> {
    let card = |(at, case): (usize, &'static Case)| {
        let project = cases::open(at).ok()?;
        let variant = project.main_variant()?;
        let sums = Sums::new(&project, variant.id);
        let library = crate::library::Library::with_overrides(&project.uses);
        let options = PlanOptions::new(Lang::En, &library);
        let mut bare = project.clone();
        bare.context = crate::model::Table::default();
        let scene = plan(&bare, variant, &options);
        let bounds = variant.plots.iter().filter_map(|p| p.outline.bounds()).reduce(Bounds::union)?;
        let figures = sums.totals();
        let (name, description) = (project.name.clone(), project.description.clone());
        Some(Card {
            case,
            name,
            description,
            figures,
            coefficients: Arc::clone(sums.coefficients()),
            scene: Arc::new(scene),
            painted: PaintedScene::default(),
            bounds,
        })
    };
    CASES.iter().enumerate().filter_map(card).collect()
}

pub(super) fn show_card(ui: &mut Ui, rect: Rect, card: &mut Card, lang: Lang) -> egui::Response {
    let theme = Theme::of(ui.ctx());
    let response = ui.allocate_rect(rect, Sense::click());
    let name = part_of(lang, &tr(lang, "wall-open"), &card.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    let hot = response.hovered() || response.has_focus();
    let rule = if hot { theme.stroke(Stroke::Selection, Role::Accent) } else { theme.stroke(Stroke::Fine, Role::Ink1) };
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, rule);
    let text = |ui: &Ui, at, align, role, ink, words: &str| kit::paint_text(ui, at, align, role, ink, words);
    let head = rect.min + Vec2::new(0.0, 10.0);
    text(ui, head, Align2::LEFT_TOP, TypeRole::Label, Role::Ink1, &card.name);
    text(ui, head + Vec2::new(0.0, 18.0), Align2::LEFT_TOP, TypeRole::Caption, Role::Ink2, card.case.place);
    let right = pos2(rect.right(), head.y);
    text(ui, right, Align2::RIGHT_TOP, TypeRole::Caption, Role::Ink2, card.case.typology);
    let fsi = format!("{}{NO_BREAK}{}", FigureId::Fsi.name(lang), FigureId::Fsi.number(&card.figures, lang));
    text(ui, right + Vec2::new(0.0, 18.0), Align2::RIGHT_TOP, TypeRole::Caption, Role::Ink2, &fsi);
    let picture = Rect::from_min_max(rect.min + Vec2::new(0.0, 46.0), rect.max - Vec2::new(0.0, 28.0));
    let size = [f64::from(picture.width()), f64::from(picture.height())];
    let camera = Camera::fit(card.bounds, size, 12.0);
    card.painted.paint(&ui.painter_at(picture), picture, &card.scene, &camera);
    let foot = pos2(rect.left(), rect.bottom() - 8.0);
    text(ui, foot, Align2::LEFT_BOTTOM, TypeRole::Small, Role::Ink1, &tr(lang, card.case.fact_key));
    if hot {
        let at = pos2(rect.right(), rect.bottom() - 8.0);
        text(ui, at, Align2::RIGHT_BOTTOM, TypeRole::Body, Role::Accent, &format!("{} ›", tr(lang, "wall-open")));
    }
    response
}

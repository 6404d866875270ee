//! The charts, large and beside the drawing: they follow while one draws, say more under the pointer, show what a dot stands
//! for in the plan, and are exported from here.

use egui::{Id, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::icons::Icon;
use super::kit::{self, Segment};
use super::paint::PaintedScene;
use super::theme::Theme;
use crate::chart::{Chart, ChartId};
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::studio::{Action, ChartWish, Command, Studio};

/// As large as the sheet gets, and the least that its words can be read in, in logical pixels.
const MOST: Vec2 = vec2(680.0, 430.0);
const LEAST: Vec2 = vec2(420.0, 250.0);
/// What is above and below the chart.
const AROUND: f32 = 90.0;

/// The sheet.
#[derive(Default)]
pub struct Charts {
    painted: PaintedScene,
    sized: kit::SheetSize,
}

impl Charts {
    /// Shows it while one is open, over the drawing in `canvas`.
    pub fn show(&mut self, ui: &Ui, studio: &mut Studio, canvas: Rect, actions: &mut Vec<Action>) {
        let Some(id) = studio.panels.chart else {
            studio.forget_chart();
            return;
        };
        studio.follow_trail();
        let lang = studio.lang();
        if studio.session().is_none() {
            return;
        }
        let theme = Theme::of(ui.ctx());
        let room = canvas.shrink(theme.space(4));
        let usual = (room.size() * vec2(0.5, 0.66) - vec2(0.0, AROUND)).max(LEAST).min(MOST);
        let mut sized = self.sized;
        let size = sized.fit(usual, LEAST, room.size() - vec2(theme.space(4) * 2.0, AROUND + 28.0));
        let wish = ChartWish { id, size_px: [size.x.into(), size.y.into()], paper: Role::Raised, titled: false };
        let chart = studio.follow_chart(wish);
        let studio = &*studio;
        let has_table = studio.panels.table.is_some();
        // A table lies below; the two are seen together.
        let first_pos = pos2(room.left(), if has_table { room.top() } else { room.bottom() - size.y - 118.0 });
        kit::sheet(
            ui.ctx(),
            Id::unique("charts"),
            &Command::Charts.name(lang),
            canvas,
            first_pos,
            (&mut sized, size),
            |ui| {
                head(ui, studio, id, actions);
                let about = theme.text(TypeRole::Small, Role::Ink2, id.about(lang));
                ui.add(egui::Label::new(about).wrap().selectable(false));
                match &chart {
                    Some(chart) => self.chart(ui, studio, chart, size, actions),
                    None => drop(ui.allocate_ui(size, |ui| {
                        ui.set_min_size(size);
                        kit::loading_bars(ui);
                    })),
                }
                foot(ui, studio, id, actions);
            },
        );
        self.sized = sized;
    }

    fn chart(&mut self, ui: &mut Ui, studio: &Studio, chart: &Chart, size: Vec2, actions: &mut Vec<Action>) {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &chart.said));
        let painter = ui.painter_at(rect.expand(1.0));
        self.painted.paint(&painter, rect, &chart.scene, &chart.camera(1.0));
        let spot = response.hover_pos().and_then(|at| {
            let at = at - rect.min;
            chart.spot_at([at.x.into(), at.y.into()])
        });
        let Some(spot) = spot else { return };
        let words = match spot.about {
            Some(_) => format!("{} · {}", spot.words, tr(studio.lang(), "chart-click")),
            None => spot.words.clone(),
        };
        kit::tip_at_pointer(&response, &words);
        let about = spot.about.as_ref().filter(|_| response.clicked());
        actions.extend(about.cloned().map(Action::SelectAbout));
    }
}

/// The choice among the charts, and a cross.
fn head(ui: &mut Ui, studio: &Studio, id: ChartId, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    ui.horizontal(|ui| {
        let names = ChartId::ALL.map(|id| id.name(lang));
        let choices: Vec<Segment<'_, ChartId>> =
            ChartId::ALL.iter().zip(&names).map(|(id, name)| Segment::new(*id, name)).collect();
        let mut chosen = id;
        let cross = 24.0;
        if kit::segments_width(ui, &choices) + cross + 8.0 < ui.available_width() {
            if kit::segments(ui, &Command::Charts.name(lang), &mut chosen, &choices) {
                actions.push(Action::Chart(Some(chosen)));
            }
        } else {
            let button = kit::button(ui, &id.name(lang), Some(Icon::ChevronDown));
            kit::menu_panel(&button, &Command::Charts.name(lang), 180.0, |ui| {
                for (choice, name) in ChartId::ALL.into_iter().zip(&names) {
                    if kit::menu_row(ui, (choice == id).then_some(Icon::Check), name, None, true).clicked() {
                        actions.push(Action::Chart(Some(choice)));
                    }
                }
            });
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if kit::icon_button(ui, Icon::Close, &tr(lang, "notice-close"), None, false, true).clicked() {
                actions.push(Action::Chart(None));
            }
        });
    });
}

/// What can be done with the chart.
fn foot(ui: &mut Ui, studio: &Studio, id: ChartId, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = Theme::of(ui.ctx()).space(4);
        if kit::link(ui, TypeRole::Small, &tr(lang, "chart-export")).clicked() {
            actions.push(Action::ExportChart(id));
        }
        if id == ChartId::Spacematrix
            && studio.trail_steps() > 1
            && kit::link(ui, TypeRole::Small, &tr(lang, "chart-clear-trail")).clicked()
        {
            actions.push(Action::ClearTrail);
        }
    });
}

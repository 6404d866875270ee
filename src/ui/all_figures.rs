//! The list of all figures: each with its value and range, to be pinned among the large ones, given a target, and asked why.
//! The project's own stand first and are written here.

mod own;
mod pieces;

use egui::{Id, Sense, Ui, UiBuilder, Vec2, pos2, vec2};

use super::figures::target_view;
use super::kit;
use super::targets::{Aim, Bound};
use super::theme::Theme;
use crate::i18n::{Lang, UNDEFINED, part_of, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, Coefficients, FigureGroup, Figures, Scope, Sums};
use crate::model::Target;
use crate::studio::{Action, Command, Session, Studio, figures_of, scope_words};

const ROW: f32 = 30.0;
const MOST_WIDTH: f32 = 900.0;

/// What the list remembers while it is open.
#[derive(Default)]
pub struct AllFigures {
    filter: String,
    own: own::Editor,
    /// The figures of one state of the project and of one scope.
    known: Option<Known>,
}

/// Figures, and what they are of.
struct Known {
    revision: u64,
    scope: Scope,
    figures: Figures,
    /// Of the whole variant, which targets are for.
    of_all: Figures,
}

impl AllFigures {
    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
        if !studio.panels.figures {
            self.known = None;
            return;
        }
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let Some(sums) = session.sums() else { return };
        let scope = session.scope();
        let fresh = self.known.take().filter(|known| (known.revision, &known.scope) == (session.revision(), &scope));
        let known = fresh.unwrap_or_else(|| {
            let figures = sums.of(session.project(), &scope).unwrap_or_default();
            let of_all = match scope {
                Scope::All => figures.clone(),
                _ => sums.of(session.project(), &Scope::All).unwrap_or_default(),
            };
            Known { revision: session.revision(), scope, figures, of_all }
        });
        let theme = Theme::of(ui.ctx());
        let window = ui.ctx().content_rect();
        let width = MOST_WIDTH.min(window.width() - 96.0);
        let title = Command::AllFigures.name(lang);
        let shown = kit::modal(ui.ctx(), Id::unique("all figures"), title.trim_end_matches('…'), width, |ui| {
            ui.label(theme.text(TypeRole::Small, Role::Ink2, scope_words(session, lang)));
            ui.add_space(theme.space(3));
            let name = tr(lang, "all-figures-filter");
            ui.allocate_ui(vec2(260.0, 24.0), |ui| {
                kit::TextField::new("all figures", &mut self.filter).name(&name).hint(&name).show(ui)
            });
            ui.add_space(theme.space(3));
            heads(ui, lang);
            let room = (window.height() - 300.0).max(160.0);
            egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                let list = List { studio, session, sums, figures: &known.figures, of_all: &known.of_all, lang };
                self.own.show(ui, &list, actions);
                list.groups(ui, &self.filter, actions);
            });
            ui.add_space(theme.space(4));
            kit::button(ui, &tr(lang, "notice-close"), None).clicked()
        });
        if shown.inner || shown.close {
            actions.push(Action::Run(Command::AllFigures));
        }
        self.known = Some(known);
    }
}

/// Where the columns stand, from the left and from the right.
struct Columns {
    name: f32,
    value: f32,
    range: f32,
    least: f32,
    most: f32,
    verdict: f32,
    why: f32,
}

impl Columns {
    fn new(width: f32) -> Self {
        // Clear of the scroll bar.
        let why = width - 70.0;
        let verdict = why - 82.0;
        let most = verdict - 98.0;
        let least = most - 98.0;
        let range = least - 10.0;
        Self { name: 30.0, value: range - 130.0, range, least, most, verdict, why }
    }
}

fn heads(ui: &mut Ui, lang: Lang) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let columns = Columns::new(rect.width());
    let paint = |x: f32, anchor: egui::Align2, key: &str| {
        let at = pos2(rect.left() + x, rect.center().y);
        kit::paint_text(ui, at, anchor, TypeRole::Caption, Role::Ink2, &tr(lang, key));
    };
    paint(0.0, egui::Align2::LEFT_CENTER, "all-figures-large");
    paint(columns.least, egui::Align2::LEFT_CENTER, "target-least");
    paint(columns.most, egui::Align2::LEFT_CENTER, "target-most");
    kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::HairlineStrong);
}

/// What the rows are made of.
struct List<'a> {
    studio: &'a Studio,
    session: &'a Session,
    sums: &'a Sums,
    figures: &'a Figures,
    of_all: &'a Figures,
    lang: Lang,
}

impl List<'_> {
    fn coefficients(&self) -> &Coefficients {
        self.sums.coefficients()
    }

    fn groups(&self, ui: &mut Ui, filter: &str, actions: &mut Vec<Action>) {
        let filter = filter.trim().to_lowercase();
        for group in FigureGroup::ALL {
            let of = self.coefficients().all_figures().filter(|figure| match figure {
                AnyFigure::Known(known) => known.group() == group,
                AnyFigure::Own(_) => false,
            });
            let name = |figure: &AnyFigure| figure.name(self.coefficients(), self.lang).to_lowercase();
            let holds = |figure: &AnyFigure| {
                name(figure).contains(&filter) || figure.key(self.coefficients()).contains(filter.as_str())
            };
            let found: Vec<AnyFigure> = of.filter(|figure| filter.is_empty() || holds(figure)).collect();
            if found.is_empty() {
                continue;
            }
            group_head(ui, &tr(self.lang, group.key()));
            for figure in found {
                self.row(ui, figure, actions);
            }
        }
    }

    /// A figure with its pin, its values, its target and its door.
    fn row(&self, ui: &mut Ui, figure: AnyFigure, actions: &mut Vec<Action>) {
        let (theme, lang, coefficients) = (Theme::of(ui.ctx()), self.lang, self.coefficients());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let columns = Columns::new(rect.width());
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
        let y = rect.center().y;
        let (key, name) = (figure.key(coefficients).to_owned(), figure.name(coefficients, lang));
        let cell = |x: f32, width: f32| egui::Rect::from_min_size(pos2(rect.left() + x, y - 12.0), vec2(width, 24.0));
        let settings = &self.studio.settings;
        let mut pinned = figures_of(settings.preset, &settings.pinned, coefficients).contains(&figure);
        ui.scope_builder(UiBuilder::new().id_salt((figure, "pin")).max_rect(cell(0.0, 24.0)), |ui| {
            let pin = kit::check_box(ui, &mut pinned, &name, true);
            kit::tip(&pin, &tr(lang, "all-figures-pin"), None);
            if pin.changed() {
                actions.push(Action::Pin(key.clone()));
            }
        });
        let paint = |x: f32, anchor: egui::Align2, width: f32, role: TypeRole, ink: Role, text: &str| {
            let galley = kit::lay_within(ui, role, theme.color(ink), text, width);
            kit::paint_galley(ui.painter(), pos2(rect.left() + x, y), anchor, galley);
        };
        let left = egui::Align2::LEFT_CENTER;
        let number = figure.number(self.figures, coefficients, lang);
        let why = figure.why_not(self.figures, coefficients, lang);
        let room = columns.value - columns.name - 90.0;
        paint(columns.name, left, room, TypeRole::Body, Role::Ink1, &name);
        let named = ui.interact(cell(columns.name, room), ui.scope_id().with((figure, "name")), Sense::hover());
        kit::tip(&named, &tr_with(lang, "all-figures-key", &[("key", key.as_str().into())]), None);
        let value = match &why {
            Some(_) => UNDEFINED.to_owned(),
            None => format!("{number} {}", figure.unit(coefficients, lang)).trim_end().to_owned(),
        };
        paint(columns.value - 10.0, egui::Align2::RIGHT_CENTER, 120.0, TypeRole::Label, Role::Ink1, &value);
        let range = figure.range(self.figures, coefficients, lang).filter(|range| *range != number);
        let beside = why.or(range).unwrap_or_default();
        paint(columns.value, left, columns.range - columns.value, TypeRole::Caption, Role::Ink2, &beside);
        self.target(ui, figure, &key, [cell(columns.least, 90.0), cell(columns.most, 90.0)], actions);
        self.verdict(ui, figure, &key, cell(columns.verdict, 76.0));
        ui.scope_builder(UiBuilder::new().id_salt((figure, "why")).max_rect(cell(columns.why, 54.0)), |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let link = kit::link(ui, TypeRole::Small, &tr(lang, "all-figures-why"));
                if link.clicked() {
                    actions.push(Action::Explain(Some(figure)));
                    actions.push(Action::Run(Command::AllFigures));
                }
            });
        });
    }

    /// The least and the most that will do, in the unit that the figure is shown in.
    fn target(&self, ui: &mut Ui, figure: AnyFigure, key: &str, cells: [egui::Rect; 2], actions: &mut Vec<Action>) {
        let lang = self.lang;
        let target = self.session.project().brief.target_of(key).cloned().unwrap_or_else(|| Target::new(key));
        let aim = Aim { figure, target: &target, coefficients: self.coefficients(), lang };
        for (cell, which) in cells.into_iter().zip(Bound::ALL) {
            ui.scope_builder(UiBuilder::new().id_salt((figure, which)).max_rect(cell), |ui| {
                let name = part_of(lang, &figure.name(self.coefficients(), lang), &tr(lang, which.key()));
                actions.extend(aim.field(ui, key, &name, which).map(Action::Target));
            });
        }
    }

    /// What the target says of the whole variant.
    fn verdict(&self, ui: &Ui, figure: AnyFigure, key: &str, cell: egui::Rect) {
        let Some(target) = self.session.project().brief.target_of(key) else { return };
        let view = target_view(figure, self.of_all, self.sums, target, self.lang);
        let Some(verdict) = view.verdict else { return };
        let galley = kit::lay_within(
            ui,
            TypeRole::Small,
            Theme::of(ui.ctx()).color(verdict.ink()),
            &verdict.text(),
            cell.width(),
        );
        kit::paint_galley(ui.painter(), cell.left_center(), egui::Align2::LEFT_CENTER, galley);
        let place = ui.interact(cell, ui.scope_id().with((figure, "verdict")), Sense::hover());
        let words = tr_with(self.lang, "all-figures-verdict", &[("verdict", verdict.text().into())]);
        place.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        kit::tip(&place, &words, None);
    }
}

fn group_head(ui: &mut Ui, name: &str) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(4));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    kit::paint_text(ui, rect.left_center(), egui::Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, name);
}

//! Figures of the project's own, written in place: name, formula, unit, decimals, with what is wrong said where it stands.

use egui::{Ui, UiBuilder, Vec2, vec2};

use super::List;
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::measure::AnyFigure;
use crate::model::OwnFigure;
use crate::studio::Action;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// The figure that is being written.
#[derive(Default)]
pub(super) struct Editor {
    open: Option<usize>,
}

impl Editor {
    pub(super) fn show(&mut self, ui: &mut Ui, list: &List<'_>, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), list.lang);
        super::group_head(ui, &tr(lang, "own-figures"));
        let figures = &list.session.project().brief.figures;
        for at in 0..list.coefficients.own_figures().len() {
            list.row(ui, AnyFigure::Own(at), actions);
            if self.open == Some(at) && at < figures.len() {
                self.form(ui, list, at, actions);
            } else {
                ui.horizontal(|ui| {
                    ui.add_space(30.0);
                    let formula = figures.get(at).map(|figure| figure.formula.clone()).unwrap_or_default();
                    let link = kit::link(ui, TypeRole::Caption, &tr(lang, "own-figure-edit"));
                    if link.clicked() {
                        self.open = Some(at);
                    }
                    ui.add_space(theme.space(3));
                    ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, formula)).truncate());
                });
            }
        }
        ui.add_space(theme.space(2));
        let add = kit::link(ui, TypeRole::Small, &tr(lang, "own-figure-new"));
        kit::tip(&add, &tr(lang, "own-figure-new-tip"), None);
        if add.clicked() {
            let mut figures = figures.clone();
            let taken = |id: &str| list.coefficients.figure_named(id).is_some();
            let number = (1..).find(|number| !taken(&format!("figure_{number}"))).unwrap_or(1);
            let name = format!("{} {number}", tr(lang, "own-figure"));
            let mut new = OwnFigure::new(format!("figure_{number}"), name, "sum(area where use.productive) / gfa_m2");
            new.unit = "%".to_owned();
            figures.push(new);
            self.open = Some(figures.len() - 1);
            actions.push(Action::OwnFigures(figures));
        }
    }

    fn form(&mut self, ui: &mut Ui, list: &List<'_>, at: usize, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), list.lang);
        let figures = &list.session.project().brief.figures;
        let figure = &figures[at];
        let mut changed = figure.clone();
        ui.add_space(theme.space(2));
        for (key, text) in [
            ("own-figure-name", &mut changed.name),
            ("own-figure-id", &mut changed.id),
            ("own-figure-formula", &mut changed.formula),
            ("own-figure-unit", &mut changed.unit),
        ] {
            let label = tr(lang, key);
            ui.horizontal(|ui| {
                ui.add_space(30.0);
                let (rect, _) = ui.allocate_exact_size(vec2(92.0, 26.0), egui::Sense::hover());
                kit::paint_text(ui, rect.left_center(), egui::Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &label);
                let width = if key == "own-figure-formula" { ui.available_width() - 8.0 } else { 260.0 };
                let (cell, _) = ui.allocate_exact_size(vec2(width, 24.0), egui::Sense::hover());
                ui.scope_builder(UiBuilder::new().id_salt((at, key)).max_rect(cell), |ui| {
                    let hint = tr(lang, &format!("{key}-hint"));
                    let before = text.clone();
                    let field = kit::TextField::new((at, key, &before), text).name(&label).hint(&hint).show(ui);
                    if !field.committed {
                        *text = before;
                    }
                });
            });
        }
        self.verdict(ui, list, at);
        ui.horizontal(|ui| {
            ui.add_space(122.0);
            ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), 0.0);
            for (key, decimals) in [("own-figure-fewer", -1), ("own-figure-more", 1)] {
                if kit::link(ui, TypeRole::Small, &tr(lang, key)).clicked() {
                    changed.decimals = changed.decimals.saturating_add_signed(decimals).min(6);
                }
            }
            if kit::link(ui, TypeRole::Small, &tr(lang, "own-figure-remove")).clicked() {
                let mut rest = figures.clone();
                rest.remove(at);
                self.open = None;
                actions.push(Action::OwnFigures(rest));
            }
            if kit::link(ui, TypeRole::Small, &tr(lang, "own-figure-done")).clicked() {
                self.open = None;
            }
        });
        ui.add_space(theme.space(3));
        if changed != *figure {
            let mut all = figures.clone();
            all[at] = changed;
            actions.push(Action::OwnFigures(all));
        }
    }

    /// What is wrong with the formula, with a mark under the place; or the formula in words.
    fn verdict(&self, ui: &mut Ui, list: &List<'_>, at: usize) {
        let theme = Theme::of(ui.ctx());
        let Some(own) = list.coefficients.own_figures().get(at) else { return };
        ui.horizontal(|ui| {
            ui.add_space(122.0);
            match &own.expr {
                Ok(expr) => {
                    let figure = |place: usize| {
                        let all = list.coefficients.all_figures().nth(place);
                        all.map(|figure| figure.name(list.coefficients, list.lang)).unwrap_or_default()
                    };
                    let library = &list.coefficients.library;
                    let speaker = crate::formula::Speaker { lang: list.lang, library, figure: &figure };
                    let words = format!("= {}", speaker.formula(expr));
                    ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap());
                }
                Err(error) => {
                    let text = &own.figure.formula;
                    let from = text.get(..error.place.start).unwrap_or(text);
                    let piece = text.get(error.place.clone()).unwrap_or_default();
                    let after = text.get(error.place.end..).unwrap_or_default();
                    let mut job = egui::text::LayoutJob::default();
                    let plain = theme.format_in(TypeRole::Small, theme.color(Role::Ink2));
                    let mut marked = theme.format_in(TypeRole::Small, theme.color(Role::Warning));
                    marked.underline = egui::Stroke::new(1.0, theme.color(Role::Warning));
                    job.append(from, 0.0, plain.clone());
                    job.append(if piece.is_empty() { "…" } else { piece }, 0.0, marked);
                    job.append(after, 0.0, plain);
                    let said = format!("   ! {}", error.text(list.lang));
                    job.append(&said, 0.0, theme.format_in(TypeRole::Small, theme.color(Role::Warning)));
                    ui.add(egui::Label::new(job).wrap());
                }
            }
        });
    }
}

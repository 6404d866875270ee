//! Figures of the project's own, written in place: name, formula, unit, decimals, with what is wrong said where it stands.

use std::ops::Range;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Id, Ui, UiBuilder, Vec2, vec2};

use super::List;
use super::pieces::Pieces;
use crate::formula::{FormulaError, Problem, Unit};
use crate::i18n::{tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, read_own};
use crate::model::OwnFigure;
use crate::studio::Action;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// From the left of the list to the names in it, and to the fields of a form.
const LEFT: f32 = 30.0;
pub(super) const FIELDS: f32 = 150.0;

/// The figure that is being written.
#[derive(Default)]
pub(super) struct Editor {
    open: Option<usize>,
    /// Grows with every opening: the fields of one figure know nothing of another's caret and undo.
    opened: u64,
    pieces: Pieces,
}

impl Editor {
    pub(super) fn show(&mut self, ui: &mut Ui, list: &List<'_>, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), list.lang);
        super::group_head(ui, &tr(lang, "own-figures"));
        let figures = &list.session.project().brief.figures;
        for at in 0..list.coefficients().own_figures().len() {
            list.row(ui, AnyFigure::Own(at), actions);
            if self.open == Some(at) && at < figures.len() {
                self.form(ui, list, at, actions);
            } else {
                ui.horizontal(|ui| {
                    ui.add_space(LEFT);
                    let formula = figures.get(at).map(|figure| figure.formula.clone()).unwrap_or_default();
                    let link = kit::link(ui, TypeRole::Caption, &tr(lang, "own-figure-edit"));
                    if link.clicked() {
                        self.begin(at);
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
            let taken = |id: &str| list.coefficients().figure_named(id).is_some();
            let number = (1..).find(|number| !taken(&format!("figure_{number}"))).unwrap_or(1);
            let name = format!("{} {number}", tr(lang, "own-figure"));
            let mut new = OwnFigure::new(format!("figure_{number}"), name, "sum(area where use.productive) / gfa_m2");
            new.unit = "%".to_owned();
            figures.push(new);
            self.begin(figures.len() - 1);
            actions.push(Action::OwnFigures(figures));
        }
    }

    fn begin(&mut self, at: usize) {
        (self.open, self.pieces) = (Some(at), Pieces::default());
        self.opened += 1;
    }

    fn form(&mut self, ui: &mut Ui, list: &List<'_>, at: usize, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), list.lang);
        let figures = &list.session.project().brief.figures;
        let figure = &figures[at];
        let mut changed = figure.clone();
        let (mut formula_field, mut typed) = (None, None);
        ui.add_space(theme.space(2));
        for (key, text) in [
            ("own-figure-name", &mut changed.name),
            ("own-figure-id", &mut changed.id),
            ("own-figure-formula", &mut changed.formula),
            ("own-figure-unit", &mut changed.unit),
        ] {
            let label = tr(lang, key);
            ui.horizontal(|ui| {
                ui.add_space(LEFT);
                let (rect, _) = ui.allocate_exact_size(vec2(FIELDS - LEFT, 26.0), egui::Sense::hover());
                kit::paint_text(ui, rect.left_center(), egui::Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &label);
                let is_formula = key == "own-figure-formula";
                let width = if is_formula { ui.available_width() - 8.0 } else { 260.0 };
                let (cell, _) = ui.allocate_exact_size(vec2(width, 24.0), egui::Sense::hover());
                ui.scope_builder(UiBuilder::new().id_salt((at, key)).max_rect(cell), |ui| {
                    let hint = tr(lang, &format!("{key}-hint"));
                    let before = text.clone();
                    // One field whatever it says: the caret stays where it is when a piece is put in.
                    let field = kit::TextField::new((self.opened, key), text).name(&label).hint(&hint).show(ui);
                    if is_formula {
                        formula_field = Some(field.response.id);
                        typed = Some(text.clone()).filter(|text| *text != before);
                    }
                    let why = (key == "own-figure-id" && field.committed).then(|| id_fault(list, at, text)).flatten();
                    if let Some(why) = &why {
                        kit::refuse(&field.response, text, why.clone());
                    }
                    if !field.committed || why.is_some() {
                        *text = before;
                    }
                });
                if key == "own-figure-unit" && Unit::parse(text).is_none() {
                    let words = tr_with(lang, "own-figure-no-unit", &[("unit", text.as_str().into())]);
                    ui.add_space(theme.space(3));
                    ui.label(theme.text(TypeRole::Small, Role::Warning, format!("! {words}")));
                }
            });
            if key == "own-figure-formula" {
                ui.horizontal(|ui| {
                    ui.add_space(FIELDS);
                    let link = kit::link(ui, TypeRole::Small, &tr(lang, "formula-names"));
                    kit::tip(&link, &tr(lang, "formula-names-tip"), None);
                    if link.clicked() {
                        self.pieces.open = !self.pieces.open;
                    }
                });
                let chosen = self.pieces.open.then(|| self.pieces.show(ui, list, at)).flatten();
                if let (Some(piece), Some(field)) = (chosen, formula_field) {
                    put_at_caret(ui, field, text, &piece);
                }
            }
        }
        self.verdict(ui, list, at, typed);
        ui.horizontal(|ui| {
            ui.add_space(FIELDS);
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

    /// What is wrong with the formula, with a mark under the place; or the formula in words. Of what is being typed, if anything
    /// is.
    fn verdict(&self, ui: &mut Ui, list: &List<'_>, at: usize, typed: Option<String>) {
        let theme = Theme::of(ui.ctx());
        let being_typed = typed.and_then(|formula| {
            let mut all = list.session.project().brief.figures.clone();
            all.get_mut(at)?.formula = formula;
            read_own(&all, list.session.library()).into_iter().nth(at)
        });
        let Some(own) = being_typed.as_ref().or_else(|| list.coefficients().own_figures().get(at)) else { return };
        ui.horizontal(|ui| {
            ui.add_space(FIELDS);
            match &own.expr {
                Ok(expr) => {
                    let mut words = format!("= {}", list.coefficients().in_words(expr, list.lang));
                    if being_typed.is_some() {
                        words = format!("{words} · {}", tr(list.lang, "own-figure-typed"));
                    }
                    ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap());
                }
                // That stands beside the unit.
                Err(error) if matches!(error.problem, Problem::UnknownUnit(_)) => {}
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

/// Why a figure cannot have that name in formulas.
fn id_fault(list: &List<'_>, at: usize, id: &str) -> Option<String> {
    let problem = match list.coefficients().figure_named(id) {
        Some(figure) if figure != AnyFigure::Own(at) => Problem::NameTaken(id.to_owned()),
        _ if !OwnFigure::is_id(id) => Problem::NoName(id.to_owned()),
        _ => return None,
    };
    Some(FormulaError::new(0..0, problem).text(list.lang))
}

/// Puts a piece into a formula where the caret is in its field, or was, and hands the keyboard back to it.
fn put_at_caret(ui: &Ui, field: Id, formula: &mut String, piece: &str) {
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let selected = state.cursor.char_range().map(|range| range.as_sorted_char_range());
    let selected = selected.map(|range| usize::from(range.start)..usize::from(range.end));
    let caret = put_in(formula, selected, piece);
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(caret))));
    state.store(ui.ctx(), field);
    ui.memory_mut(|memory| memory.request_focus(field));
}

/// Puts a piece into a formula in the place of what is selected, in characters, else at its end; where the caret is then.
fn put_in(formula: &mut String, selected: Option<Range<usize>>, piece: &str) -> usize {
    let characters = formula.chars().count();
    let selected = selected.unwrap_or(characters..characters);
    let byte = |caret: usize| formula.char_indices().nth(caret).map_or(formula.len(), |(at, _)| at);
    let place = byte(selected.start)..byte(selected.end);
    // Two names that touch would be read as one, a name before a bracket as a function.
    let is_name = |beside: char| beside.is_alphanumeric() || beside == '_';
    let gap = |is_needed: bool| if is_needed { " " } else { "" };
    let before = formula[..place.start].chars().next_back();
    let after = formula[place.end..].chars().next();
    let before = gap(before.is_some_and(|c| is_name(c) || c == ')'));
    let after = gap(after.is_some_and(|c| is_name(c) || c == '('));
    let piece = format!("{before}{piece}{after}");
    formula.replace_range(place, &piece);
    selected.start.min(characters) + piece.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_goes_where_the_caret_was() {
        let put = |formula: &str, selected| {
            let mut text = formula.to_owned();
            let caret = put_in(&mut text, selected, "fsi");
            (text, caret)
        };
        assert_eq!(put("2 * m²", Some(4..4)), ("2 * fsi m²".to_owned(), 8));
        assert_eq!(put("m² / ", None), ("m² / fsi".to_owned(), 8));
        assert_eq!(put("m²", Some(99..99)), ("m² fsi".to_owned(), 6), "the formula may have become shorter");
        assert_eq!(put("2 * gsi + 1", Some(4..7)), ("2 * fsi + 1".to_owned(), 7), "what is selected goes");
        assert_eq!(put("(1 + 2)", Some(0..0)), ("fsi (1 + 2)".to_owned(), 4), "and no function is called");
    }
}

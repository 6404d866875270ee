//! What a change of the library does to the figures, before it is applied.

use egui::{Align2, ScrollArea, Sense, Ui, pos2, vec2};

use super::use_form::warning;
use crate::i18n::{UNDEFINED, part_of, tr};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, Coefficients, Figures};
use crate::studio::{Draft, Effect, Studio, scope_words};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// A figure that changes: its name, what it is and what it becomes.
struct Line {
    name: String,
    unit: String,
    before: String,
    after: String,
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, studio: &Studio, draft: &Draft) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(theme.space(4));
    ui.label(theme.text(TypeRole::Label, Role::Ink1, tr(lang, "library-effect")));
    if let Some(session) = studio.session() {
        ui.label(theme.text(TypeRole::Caption, Role::Ink2, scope_words(session, lang)));
    }
    ui.add_space(theme.space(3));
    let say = |ui: &mut Ui, key: &str| {
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, tr(lang, key))).wrap());
    };
    if !draft.faults().is_empty() {
        // Here they push nothing aside that one types in; many of them scroll.
        let most = ui.available_height() / 2.0;
        ScrollArea::vertical().id_salt("faults").auto_shrink([false, true]).max_height(most).show(ui, |ui| {
            for fault in draft.faults() {
                warning(ui, &fault.text(lang));
                ui.add_space(theme.space(2));
            }
        });
    }
    if !draft.is_changed() {
        return say(ui, "library-effect-unchanged");
    }
    if draft.changes_brief() {
        say(ui, "library-effect-brief");
        ui.add_space(theme.space(3));
    }
    let Some(effect) = studio.effect() else { return kit::loading_bars(ui) };
    let lines = lines(effect, studio);
    if lines.is_empty() {
        let key = if draft.faults().is_empty() { "library-effect-none" } else { "library-effect-faulty" };
        return say(ui, key);
    }
    ScrollArea::vertical().id_salt("effect").auto_shrink(false).show(ui, |ui| {
        for line in &lines {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
            kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
            let paint = |x: f32, y: f32, anchor: Align2, role: TypeRole, ink: Role, text: &str, width: f32| {
                let galley = kit::lay_within(ui, role, theme.color(ink), text, width);
                kit::paint_galley(ui.painter(), pos2(x, y), anchor, galley)
            };
            let (top, foot) = (rect.top() + 11.0, rect.bottom() - 11.0);
            let width = rect.width() - 12.0;
            paint(rect.left(), top, Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &line.name, width);
            let before = format!("{} → ", line.before);
            let end =
                paint(rect.left(), foot, Align2::LEFT_CENTER, TypeRole::Small, Role::Ink2, &before, width).right();
            let after = format!("{} {}", line.after, line.unit);
            paint(end, foot, Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, after.trim_end(), width);
            let words = part_of(lang, &line.name, &format!("{before}{after}"));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        }
    });
}

/// The figures that change, told as they are shown elsewhere.
fn lines(effect: &Effect, studio: &Studio) -> Vec<Line> {
    let lang = studio.lang();
    let (figures, coefficients) = &effect.after;
    let (old_figures, old_coefficients) = &effect.before;
    let told = |figure: AnyFigure, figures: &Figures, coefficients: &Coefficients| {
        let number = match figure.value(figures).mid() {
            Some(_) => figure.number(figures, coefficients, lang),
            None => return UNDEFINED.to_owned(),
        };
        match figure.range(figures, coefficients, lang).filter(|range| *range != number) {
            Some(range) => format!("{number} ({range})"),
            None => number,
        }
    };
    let changed = coefficients.all_figures().filter_map(|figure| {
        let after = told(figure, figures, coefficients);
        let old = old_coefficients.figure_named(figure.key(coefficients));
        let was = old.map_or_else(|| UNDEFINED.to_owned(), |old| told(old, old_figures, old_coefficients));
        let (name, unit) = (figure.name(coefficients, lang), figure.unit(coefficients, lang));
        if was == after {
            return None;
        }
        // The range of what it was would leave no room for that of what it becomes.
        let before = was.split(" (").next().unwrap_or_default().to_owned();
        Some(Line { name, unit, before, after })
    });
    changed.collect()
}

//! What the project is asked to reach: its targets with their verdicts, and what else there is to say.

use egui::{Align2, Sense, Ui, vec2};

use super::super::figures::target_view;
use crate::i18n::{Lang, tr};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, Scope};
use crate::studio::{Action, Command, Session};
use crate::ui::kit::{self, Verdict};
use crate::ui::theme::Theme;

const ROW: f32 = 26.0;
/// Lines of remarks that are seen at once.
const LINES: u8 = 4;

/// Shows it.
pub fn show(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let brief = &session.project().brief;
    ui.add_space(theme.space(3));
    kit::seam(ui);
    kit::section_head(ui, None, &tr(lang, "panel-brief"), &tr(lang, "panel-brief-of"));
    if let Some(sums) = session.sums().filter(|_| !brief.targets.is_empty()) {
        // Targets are set for the whole variant, whatever the figures are of just now.
        let figures = sums.of(session.project(), &Scope::All).unwrap_or_default();
        for target in &brief.targets {
            let figure = sums.coefficients().all_figures().find(|id| id.key(sums.coefficients()) == target.figure);
            match figure {
                Some(figure) => row(ui, session, figure, &target_view(figure, &figures, sums, target, lang), actions),
                None => {
                    ui.label(theme.text(TypeRole::Small, Role::Warning, format!("! {}", target.figure)));
                }
            }
        }
    }
    ui.add_space(theme.space(1));
    let link = kit::link(ui, TypeRole::Small, &tr(lang, "brief-targets"));
    if link.clicked() {
        actions.push(Action::Run(Command::AllFigures));
    }
    ui.add_space(theme.space(2));
    let (name, hint) = (tr(lang, "brief-notes"), tr(lang, "brief-notes-hint"));
    let mut notes = brief.notes.clone();
    let field =
        kit::TextField::new(("brief notes", &brief.notes), &mut notes).name(&name).hint(&hint).lines(LINES).show(ui);
    if field.committed && notes.trim_end() != brief.notes {
        actions.push(Action::BriefNotes(notes.trim_end().to_owned()));
    }
}

/// A target: name, value and bound, verdict; a click asks why.
fn row(ui: &mut Ui, session: &Session, figure: AnyFigure, view: &kit::FigureView, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (verdict, ink) = match &view.verdict {
        Some(Verdict::Good(words)) => (format!("✓ {words}"), Role::Good),
        Some(Verdict::Warning(words)) => (format!("! {words}"), Role::Warning),
        Some(Verdict::Neutral(words)) => (words.clone(), Role::Ink2),
        None => (view.note.clone(), Role::Ink2),
    };
    let value = format!("{} {}", view.value, view.unit).trim().to_owned();
    let said = format!("{} {value} {verdict}", view.label);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &said));
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, theme.color(Role::Hover));
    }
    let width = kit::lay(ui, TypeRole::Small, theme.color(ink), &verdict).size().x;
    kit::paint_text(ui, rect.right_center(), Align2::RIGHT_CENTER, TypeRole::Small, ink, &verdict);
    let value_at = rect.right_center() - vec2(width.max(56.0) + 10.0, 0.0);
    kit::paint_text(ui, value_at, Align2::RIGHT_CENTER, TypeRole::Label, Role::Ink1, &value);
    let value_width = kit::lay(ui, TypeRole::Label, theme.color(Role::Ink1), &value).size().x;
    let room = value_at.x - value_width - 8.0 - rect.left();
    let galley = kit::lay_within(ui, TypeRole::Body, theme.color(Role::Ink2), &view.label, room);
    kit::paint_galley(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, galley);
    if response.clicked() {
        let open = session.explanation().is_some_and(|explanation| explanation.figure == figure);
        actions.push(Action::Explain((!open).then_some(figure)));
    }
}

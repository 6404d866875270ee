//! What the project is asked to reach: its targets with their verdicts, and what else there is to say.

use egui::{Align2, Sense, Ui, vec2};

use super::super::figures::target_view;
use crate::i18n::{Lang, tr};
use crate::look::{Role, TypeRole};
use crate::measure::{AnyFigure, Scope};
use crate::model::Target;
use crate::studio::{Action, Command, Session};
use crate::ui::kit::{self, FigureView, Verdict};
use crate::ui::theme::Theme;

const ROW: f32 = 26.0;
/// Lines of remarks that are seen at once.
const LINES: u8 = 4;

/// The section.
#[derive(Default)]
pub struct Brief {
    made: Option<Made>,
}

/// The targets of one state of the project, in words that are ready.
struct Made {
    revision: u64,
    lang: Lang,
    rows: Vec<Row>,
}

enum Row {
    /// The figure, how it stands, and who asks for it.
    Figure(AnyFigure, Box<FigureView>, String),
    /// The name of a figure that there is none of.
    Unknown(String),
}

impl Made {
    fn new(session: &Session, lang: Lang) -> Self {
        // Targets are set for the whole variant, whatever the figures are of just now.
        let targets = &session.project().brief.targets;
        let sums = session.sums().filter(|_| !targets.is_empty());
        let figures = sums.and_then(|sums| sums.of(session.project(), &Scope::All)).unwrap_or_default();
        let row = |target: &Target| {
            let found = sums.and_then(|sums| Some((sums, sums.coefficients().figure_named(&target.figure)?)));
            found.map_or_else(
                || Row::Unknown(target.figure.clone()),
                |(sums, id)| {
                    let view = Box::new(target_view(id, &figures, sums, target, lang));
                    Row::Figure(id, view, target.note.clone())
                },
            )
        };
        let rows = targets.iter().map(row).collect();
        Self { revision: session.revision(), lang, rows }
    }
}

impl Brief {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.add_space(theme.space(3));
        kit::seam(ui);
        kit::section_head(ui, None, &tr(lang, "panel-brief"), &tr(lang, "panel-brief-of"));
        let known = self.made.take().filter(|made| made.revision == session.revision() && made.lang == lang);
        let made = known.unwrap_or_else(|| Made::new(session, lang));
        for of_target in &made.rows {
            match of_target {
                Row::Figure(figure, view, note) => row(ui, session, *figure, (view, note), actions),
                Row::Unknown(name) => {
                    ui.label(theme.text(TypeRole::Small, Role::Warning, format!("! {name}")));
                }
            }
        }
        self.made = Some(made);
        foot(ui, session, lang, actions);
    }
}

/// The way to the targets, and the remarks.
fn foot(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let brief = &session.project().brief;
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
fn row(
    ui: &mut Ui,
    session: &Session,
    figure: AnyFigure,
    (view, note): (&FigureView, &str),
    actions: &mut Vec<Action>,
) {
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
    if !note.is_empty() {
        kit::tip(&response, note, None);
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

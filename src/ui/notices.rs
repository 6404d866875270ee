//! What the studio tells: in passing at the foot of the drawing, and what went wrong in a card that stays.

use egui::{Align2, Area, Frame, Id, Margin, Order, Rect, Ui, Vec2};

use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, Stroke, TypeRole};
use crate::studio::{Action, Notice, NoticeLevel, Studio};

/// Width of a card, in logical pixels.
const CARD_WIDTH: f32 = 380.0;

/// Shows all of them at the foot of `over`, the latest at the bottom.
pub fn show(ui: &Ui, over: Rect, studio: &Studio, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    if studio.notices.is_empty() {
        return;
    }
    let foot = over.center_bottom() - Vec2::new(0.0, theme.space(6));
    Area::new(Id::unique("notices")).order(Order::Foreground).fixed_pos(foot).pivot(Align2::CENTER_BOTTOM).show(
        ui.ctx(),
        |ui| {
            ui.spacing_mut().item_spacing.y = theme.space(3);
            for notice in &studio.notices {
                ui.push_id(notice.id, |ui| {
                    ui.vertical_centered(|ui| match notice.level {
                        NoticeLevel::Passing => passing(ui, theme, over.width(), notice, actions),
                        NoticeLevel::Told | NoticeLevel::Error => card(ui, theme, notice, studio, actions),
                    });
                });
            }
        },
    );
}

fn frame(theme: Theme) -> Frame {
    Frame::new()
        .fill(theme.color(Role::Raised))
        .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
        .corner_radius(theme.radius())
        .shadow(theme.shadow())
}

/// In as many lines as the drawing is too narrow for it.
fn passing(ui: &mut Ui, theme: Theme, room: f32, notice: &Notice, actions: &mut Vec<Action>) {
    /// Longer lines are hard to read, in logical pixels.
    const LONGEST: f32 = 720.0;
    let most = (room - 160.0).clamp(200.0, LONGEST);
    let ink = theme.color(Role::Ink1);
    let width = kit::lay_within(ui, TypeRole::Body, ink, &notice.text, f32::INFINITY).size().x.ceil().min(most);
    frame(theme).inner_margin(Margin::symmetric(14, 9)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(5);
            let words = theme.text(TypeRole::Body, Role::Ink1, &notice.text);
            if width < most {
                ui.label(words);
            } else {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.add(egui::Label::new(words).wrap());
                });
            }
            if let Some((words, _)) = &notice.button
                && kit::link(ui, TypeRole::Body, words).clicked()
            {
                actions.push(Action::NoticeButton(notice.id));
            }
        });
    });
}

fn card(ui: &mut Ui, theme: Theme, notice: &Notice, studio: &Studio, actions: &mut Vec<Action>) {
    /// Lines shown before the rest is counted.
    const MOST_LINES: usize = 6;
    let lang = studio.lang();
    frame(theme).inner_margin(Margin::same(16)).show(ui, |ui| {
        ui.set_width(CARD_WIDTH);
        let mut text = notice.details.iter().take(MOST_LINES).cloned().collect::<Vec<_>>().join("\n");
        if notice.details.len() > MOST_LINES {
            let more = crate::i18n::number(lang, (notice.details.len() - MOST_LINES) as f64, 0);
            text = format!("{text}\n{}", crate::i18n::tr_with(lang, "notice-more", &[("count", more.into())]));
        }
        let close = tr(lang, "notice-close");
        let mut buttons = Vec::new();
        if let Some((words, _)) = &notice.button {
            buttons.push(words.as_str());
        }
        buttons.push(&close);
        let show = if notice.level == NoticeLevel::Error { kit::error_card } else { kit::note_card };
        match show(ui, &notice.text, &text, &buttons) {
            Some(0) if notice.button.is_some() => actions.push(Action::NoticeButton(notice.id)),
            Some(_) => actions.push(Action::Dismiss(notice.id)),
            None => {}
        }
    });
}

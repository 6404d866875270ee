//! The storeys of a volume as a list, the topmost first; above the volume, the selected one with everything about it.

use egui::{Align2, Rect, Sense, Ui, Vec2};

use crate::i18n::{Lang, NO_BREAK, number, part_of, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::model::{State, Storey, Volume};
use crate::studio::{Action, Command, Levels, Session};
use crate::ui::commands::command_link;
use crate::ui::icons::Icon;
use crate::ui::kit::{self, SwatchOf};
use crate::ui::theme::Theme;

/// Shows it.
pub fn show(ui: &mut Ui, session: &Session, volume: &Volume, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    head(ui, volume, lang, actions);
    /// The part of the panel that a high stack may take, so that the storey worked on is seen below it; in rows at least
    /// and at most.
    const PART: f32 = 0.36;
    const ROWS: (f32, f32) = (3.0, 9.0);
    let height = theme.size("/control/list_row");
    let rows = volume.storeys.len();
    let fitting = (ui.clip_rect().height() * PART / height).floor().clamp(ROWS.0, ROWS.1);
    // Half a row at the foot says that there is more.
    let most = if rows as f32 > fitting { fitting + 0.5 } else { fitting } * height;
    let mut list = egui::ScrollArea::vertical().id_salt((volume.id, "storeys")).max_height(most);
    // Whoever selects a storey elsewhere sees it here.
    let selected = session.selection().storey();
    let place = ui.scope_id().with("shown storey");
    let shown =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Option<_>>(place).replace((volume.id, selected, rows)));
    if let Some(at) = selected.filter(|_| shown != Some((volume.id, selected, rows))) {
        let row = rows.saturating_sub(at + 1) as f32;
        list = list.vertical_scroll_offset((row * height - (most - height) / 2.0).max(0.0));
    }
    list.show_rows(ui, height, rows, |ui, seen| {
        for at in seen.map(|row| rows - 1 - row) {
            let on = session.selection().has_storey(volume, at);
            let row = storey_row(ui, session, volume, at, &volume.storeys[at], on, lang);
            if row.clicked() {
                actions.push(clicked(ui, session, volume, at));
            }
        }
    });
    if volume.storeys.is_empty() {
        ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "stack-empty")));
    }
    if volume.begins_on_ground() {
        ui.add_space(theme.space(2));
        command_link(ui, TypeRole::Small, Command::AddBasement, lang, actions);
    }
    ui.add_space(theme.space(4));
    kit::seam(ui);
}

/// What a click on a storey's row selects: it alone, or nothing when it is; with Shift all from the one selected to it, with
/// Ctrl it too or no longer.
fn clicked(ui: &Ui, session: &Session, volume: &Volume, at: usize) -> Action {
    let levels = session.selection().levels();
    let (level, modifiers) = (volume.level(at), ui.input(|input| input.modifiers));
    match levels.lowest() {
        Some(_) if modifiers.command => Action::SelectLevels(levels.clone().toggled(level)),
        Some(from) if modifiers.shift => Action::SelectLevels(Levels::between(from, level)),
        _ if levels.single() == Some(level) => Action::SelectStorey(None),
        _ => Action::SelectLevels(Levels::one(level)),
    }
}

fn head(ui: &mut Ui, volume: &Volume, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let above = volume.storeys.iter().filter(|storey| !storey.below_ground).count();
    let caption =
        format!("{} · {}{NO_BREAK}m", number(lang, above as f64, 0), number(lang, volume.top_m() - volume.base_m, 2));
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 36.0), Sense::hover());
    kit::paint_text(ui, rect.left_center(), Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, &tr(lang, "stack-title"));
    let mut row =
        ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(egui::Layout::right_to_left(egui::Align::Center)));
    for command in [Command::AddStorey, Command::DuplicateStorey, Command::RemoveStorey] {
        let icon = command.icon().and_then(Icon::of_key).unwrap_or(Icon::Plus);
        let shortcut = command.shortcut().map(|s| s.text(lang));
        let enabled = command == Command::AddStorey || !volume.storeys.is_empty();
        if kit::icon_button(&mut row, icon, &command.name(lang), shortcut.as_deref(), false, enabled).clicked() {
            actions.push(Action::Run(command));
        }
    }
    row.add_space(theme.space(3));
    row.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, caption)).selectable(false));
}

/// The level of a storey in words.
pub(super) fn level(volume: &Volume, at: usize, lang: Lang) -> String {
    number(lang, volume.level(at) as f64, 0)
}

/// A level over the ground as levels are written: with its sign.
pub(super) fn level_m(level_m: f64, lang: Lang) -> String {
    let sign = if level_m >= 0.0 { "+" } else { "" };
    format!("{sign}{}{NO_BREAK}m", number(lang, level_m, 2))
}

#[allow(clippy::too_many_arguments, reason = "a row needs its storey, where it is and how it is shown")]
fn storey_row(
    ui: &mut Ui,
    session: &Session,
    volume: &Volume,
    at: usize,
    storey: &Storey,
    on: bool,
    lang: Lang,
) -> egui::Response {
    let theme = Theme::of(ui.ctx());
    let size = Vec2::new(ui.available_width() - 6.0, theme.size("/control/list_row"));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let names: Vec<String> =
        storey.uses.shares().iter().map(|share| session.library().use_name(&share.id, lang)).collect();
    let level = level(volume, at, lang);
    let words = names.join(", ");
    response.widget_info(|| {
        let name = part_of(lang, &format!("{} {level}", tr(lang, "stack-storey")), &words);
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, name)
    });
    let painter = ui.painter();
    let ground = match (on, response.hovered()) {
        (true, _) => Some(Role::AccentSoft),
        (false, true) => Some(Role::Hover),
        (false, false) => None,
    };
    if let Some(role) = ground {
        painter.rect_filled(rect, 0.0, theme.color(role));
    }
    let left = rect.left() + 6.0;
    kit::paint_text(
        ui,
        egui::pos2(left + 14.0, rect.center().y),
        Align2::RIGHT_CENTER,
        TypeRole::Small,
        Role::Ink2,
        &level,
    );
    // The floor as a bar: its uses side by side, in their colours and hatches.
    let bar = Rect::from_min_size(egui::pos2(left + 24.0, rect.top() + 6.0), Vec2::new(54.0, rect.height() - 12.0));
    let mut x = bar.left();
    for share in storey.uses.shares() {
        let Some(u) = session.library().get(&share.id) else { continue };
        let part = Rect::from_min_max(
            egui::pos2(x, bar.top()),
            egui::pos2(x + bar.width() * share.share as f32, bar.bottom()),
        );
        x = part.right();
        if storey.state == State::Removed {
            ui.painter().rect_stroke(part, 0.0, theme.stroke(Stroke::Hair, Role::Ink3), egui::StrokeKind::Inside);
        } else {
            kit::paint_swatch(ui.painter(), part, &SwatchOf::of(u));
        }
    }
    let height = format!("{}{NO_BREAK}m", number(lang, storey.height_m, 2));
    let right = kit::paint_text(
        ui,
        rect.right_center() - Vec2::new(6.0, 0.0),
        Align2::RIGHT_CENTER,
        TypeRole::Small,
        Role::Ink2,
        &height,
    );
    let room = right.left() - bar.right() - 20.0;
    let state = if storey.state == State::New {
        String::new()
    } else {
        format!(" · {}", tr(lang, &format!("state-{}", storey.state.key())))
    };
    let job = {
        let mut job = theme.line(TypeRole::Body, Role::Ink1, &format!("{words}{state}"));
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        job
    };
    let galley = ui.painter().layout_job(job);
    let to = egui::pos2(bar.right() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(to, galley, theme.color(Role::Ink1));
    if response.has_focus() {
        kit::focus_ring(ui, theme, rect, egui::CornerRadius::ZERO);
    }
    response
}

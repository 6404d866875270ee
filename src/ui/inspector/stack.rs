//! The storeys of a volume as a list, the topmost first; above the volume, the selected one with everything about it.

use egui::{Align2, Rect, Sense, Ui, Vec2};

use super::shapes::{number_row, use_choices};
use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::library::Use;
use crate::look::{Role, Stroke, TypeRole};
use crate::model::limits::STOREY_HEIGHT_M;
use crate::model::{State, Storey, Volume};
use crate::studio::{Action, Command, Session, StoreyChange};
use crate::ui::commands::command_link;
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Choice, SwatchOf};
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
            let on = session.selection().storey() == Some(at);
            let row = storey_row(ui, session, volume, at, &volume.storeys[at], on, lang);
            if row.clicked() {
                actions.push(Action::SelectStorey(if on { None } else { Some(at) }));
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
fn level(volume: &Volume, at: usize, lang: Lang) -> String {
    number(lang, volume.level(at) as f64, 0)
}

/// A level over the ground as levels are written: with its sign.
fn level_m(level_m: f64, lang: Lang) -> String {
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
    let names: Vec<String> = storey
        .uses
        .shares()
        .iter()
        .map(|share| session.library().get(&share.id).map_or(share.id.to_string(), |u| u.name(lang).to_owned()))
        .collect();
    let level = level(volume, at, lang);
    let words = names.join(", ");
    response.widget_info(|| {
        let name = format!("{} {level}: {words}", tr(lang, "stack-storey"));
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

/// Everything about the selected storey, above the rest of its volume.
pub fn storey(ui: &mut Ui, session: &Session, volume: &Volume, at: usize, lang: Lang, actions: &mut Vec<Action>) {
    let storey = &volume.storeys[at];
    let title = format!("{} {}", tr(lang, "stack-storey"), level(volume, at, lang));
    let floor_m = volume.levels_m().nth(at).map_or(volume.base_m, |(floor_m, _)| floor_m);
    // The name may be cut where there is little room, the number must not.
    let floor = format!("{} · {}", level_m(floor_m, lang), volume.name);
    kit::section_head(ui, Some(Icon::Layers), &title, &floor);
    let theme = Theme::of(ui.ctx());
    let change = |change: StoreyChange| Action::Storeys(vec![volume.id], change);
    let (uses, choices) = use_choices(session, lang);
    let shares = storey.uses.shares();
    for (index, share) in shares.iter().enumerate() {
        let label = if index == 0 { tr(lang, "field-use") } else { String::new() };
        kit::field_row(ui, &label, |ui| {
            let current = uses.iter().position(|u| u.id == share.id);
            let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-use"), current, share.id.as_str(), &choices);
            if let Some(u) = chosen.and_then(|i| uses.get(i)) {
                actions.push(change(match shares.len() {
                    1 => StoreyChange::Use(at, u.id.clone()),
                    _ => StoreyChange::ReplaceShare(at, index, u.id.clone()),
                }));
            }
        });
        if shares.len() > 1 {
            share_row(ui, volume, at, index, share.share, lang, actions);
        }
    }
    add_share_row(ui, storey, at, &uses, lang, actions, &change);
    let (low, high) = STOREY_HEIGHT_M;
    number_row(
        ui,
        (volume.id, "height"),
        &tr(lang, "field-height"),
        storey.height_m,
        "m",
        2,
        low..=high,
        lang,
        |height_m| {
            actions.push(change(StoreyChange::Height(at, height_m)));
        },
    );
    if let Some(state) = state_row(ui, Some(storey.state), lang) {
        actions.push(change(StoreyChange::State(at, state)));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
        for (key, step) in [("stack-up", StoreyChange::Up(at)), ("stack-down", StoreyChange::Down(at))] {
            let link = kit::link(ui, TypeRole::Small, &tr(lang, key));
            kit::tip(&link, &tr(lang, &format!("{key}-tip")), None);
            if link.clicked() {
                let to = if key == "stack-up" { at + 1 } else { at.saturating_sub(1) };
                actions.push(change(step));
                actions.push(Action::SelectStorey(Some(to.min(volume.storeys.len() - 1))));
            }
        }
    });
    ui.add_space(theme.space(4));
    kit::seam(ui);
}

/// What becomes of a storey, or of all of them (`None` where they differ); the state chosen comes back.
pub(super) fn state_row(ui: &mut Ui, current: Option<State>, lang: Lang) -> Option<State> {
    const STATES: [State; 4] = [State::New, State::Existing, State::Kept, State::Removed];
    kit::field_row(ui, &tr(lang, "field-state"), |ui| {
        let choices: Vec<Choice> =
            STATES.iter().map(|s| Choice::new(tr(lang, &format!("state-{}", s.key())))).collect();
        let at = STATES.iter().position(|state| Some(*state) == current);
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-state"), at, &tr(lang, "state-differs"), &choices);
        chosen.and_then(|i| STATES.get(i)).copied()
    })
}

fn share_row(ui: &mut Ui, volume: &Volume, at: usize, index: usize, share: f64, lang: Lang, actions: &mut Vec<Action>) {
    kit::field_row(ui, &tr(lang, "field-share"), |ui| {
        let mut percent = share * 100.0;
        let name = tr(lang, "field-share");
        let field = kit::NumberField::new((volume.id, at, index, "share"), &mut percent)
            .unit("%")
            .decimals(1)
            .range(0.0..=100.0)
            .lang(lang)
            .name(&name);
        let width = ui.available_width() - 64.0;
        let committed = ui.allocate_ui(Vec2::new(width, 24.0), |ui| field.show(ui).committed).inner;
        if committed {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::Share(at, index, percent / 100.0)));
        }
        ui.add_space(8.0);
        let link = kit::link(ui, TypeRole::Small, &tr(lang, "stack-remove-use"));
        kit::tip(&link, &tr(lang, "stack-remove-use-tip"), None);
        if link.clicked() {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::RemoveShare(at, index)));
        }
    });
}

fn add_share_row(
    ui: &mut Ui,
    storey: &Storey,
    at: usize,
    uses: &[Use],
    lang: Lang,
    actions: &mut Vec<Action>,
    change: &impl Fn(StoreyChange) -> Action,
) {
    let free: Vec<&Use> = uses.iter().filter(|u| storey.uses.shares().iter().all(|share| share.id != u.id)).collect();
    let choices: Vec<Choice> = free.iter().map(|u| Choice::with_swatch(u.name(lang), SwatchOf::of(u))).collect();
    kit::field_row(ui, "", |ui| {
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "stack-add-use"), None, &tr(lang, "stack-add-use"), &choices);
        if let Some(u) = chosen.and_then(|i| free.get(i)) {
            actions.push(change(StoreyChange::AddShare(at, u.id.clone())));
        }
    });
}

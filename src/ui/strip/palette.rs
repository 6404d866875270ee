//! The uses beside the strip: a click gives one to the storeys that are selected, or takes it in hand to paint with.

use egui::{Align2, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::i18n::{Lang, tr};
use crate::library::UseId;
use crate::look::{Role, TypeRole};
use crate::studio::tool::ToolKind;
use crate::studio::{Action, Command, LevelChange, Session};
use crate::ui::kit::{self, SwatchOf};
use crate::ui::theme::Theme;

/// As wide as it is, and a row of it as high, in logical pixels.
pub(super) const WIDTH: f32 = 276.0;
const ROW: f32 = 20.0;

/// A use to choose.
struct Entry {
    id: UseId,
    name: String,
    /// Nothing where there is no floor.
    swatch: Option<SwatchOf>,
}

fn entries(session: &Session, lang: Lang) -> Vec<Entry> {
    let uses = session.library().offered();
    let known = uses.map(|known| Entry {
        id: known.id.clone(),
        name: known.name(lang).to_owned(),
        swatch: Some(SwatchOf::of(known)),
    });
    known.chain([Entry { id: UseId::VOID.into(), name: tr(lang, "use-void"), swatch: None }]).collect()
}

/// Shows it in a rectangle.
pub(super) fn show(ui: &mut Ui, rect: Rect, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    kit::hairline_v(ui, rect.left() + 0.5, rect.y_range(), Role::Hairline);
    let inner = rect.shrink2(vec2(theme.space(4), 0.0));
    let head = inner.with_max_y(inner.top() + 34.0);
    kit::paint_text(ui, head.left_center(), Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, &tr(lang, "uses-title"));
    ui.scope_builder(UiBuilder::new().max_rect(head), |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let link = kit::link(ui, TypeRole::Caption, &tr(lang, "uses-paint"));
            let keys = Command::ToolPaint.shortcut().map(|shortcut| shortcut.text(lang)).unwrap_or_default();
            kit::tip(&link, &Command::ToolPaint.tip(lang), Some(&keys));
            if link.clicked() {
                actions.push(Action::Run(Command::ToolPaint));
            }
            ui.add_space(theme.space(2));
            kit::keycap(ui, &keys);
        });
    });
    let list = Rect::from_min_max(pos2(inner.left(), head.bottom()), inner.max - vec2(0.0, 4.0));
    ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("uses").auto_shrink(false).show(ui, |ui| {
            let all = entries(session, lang);
            let half = all.len().div_ceil(2);
            let width = ui.available_width() / 2.0;
            // Down the left column first, as families follow one another.
            for row in 0..half {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                for (column, at) in [row, row + half].into_iter().enumerate() {
                    let Some(entry) = all.get(at) else { continue };
                    let min = rect.min + vec2(width * column as f32, 0.0);
                    let cell = Rect::from_min_size(min, vec2(width - 4.0, ROW));
                    if entry_row(ui, cell, entry, session).clicked() {
                        choose(session, &entry.id, actions);
                    }
                }
            }
        });
    });
}

fn entry_row(ui: &Ui, rect: Rect, entry: &Entry, session: &Session) -> Response {
    let theme = Theme::of(ui.ctx());
    let response = ui.interact(rect, ui.scope_id().with(("use", entry.id.as_str())), Sense::click());
    let in_hand = session.use_in_hand == entry.id;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, in_hand, &entry.name));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 0.0, theme.color(Role::Hover));
    }
    if in_hand && session.tool().kind() == ToolKind::Paint {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 0.0, theme.color(Role::AccentSoft));
    }
    let middle = rect.left_center() + vec2(6.5, 0.0);
    match &entry.swatch {
        Some(of) => kit::paint_swatch_at(ui.painter(), middle, theme.size("/control/swatch"), of),
        None => super::stacks::paint_void(ui.painter(), Rect::from_center_size(middle, Vec2::splat(12.0))),
    }
    let role = if in_hand { TypeRole::Label } else { TypeRole::Small };
    let galley = kit::lay_within(ui, role, theme.color(Role::Ink1), &entry.name, rect.width() - 22.0);
    if galley.elided {
        kit::tip(&response, &entry.name, None);
    }
    kit::paint_galley(ui.painter(), rect.left_center() + vec2(20.0, 0.0), Align2::LEFT_CENTER, galley);
    if kit::shows_focus(&response) {
        kit::focus_ring(ui, theme, rect, egui::CornerRadius::ZERO);
    }
    response
}

/// What a click on a use does.
fn choose(session: &Session, id: &UseId, actions: &mut Vec<Action>) {
    actions.push(Action::UseInHand(id.clone()));
    if session.has_levels() {
        actions.push(Action::Levels(LevelChange::Use(id.clone())));
    } else if session.tool().kind() != ToolKind::Paint {
        actions.push(Action::Run(Command::ToolPaint));
    }
}

/// The same folded into a list, where there is no room beside the strip.
pub(super) fn folded(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let all = entries(session, lang);
    let choices: Vec<kit::Choice> = all
        .iter()
        .map(|entry| match &entry.swatch {
            Some(of) => kit::Choice::with_swatch(&entry.name, of.clone()),
            None => kit::Choice::new(&entry.name),
        })
        .collect();
    let current = all.iter().position(|entry| entry.id == session.use_in_hand);
    ui.allocate_ui(vec2(160.0, 24.0), |ui| {
        let (chosen, response) = kit::dropdown(ui, &tr(lang, "uses-title"), current, "", &choices);
        kit::tip(&response, &tr(lang, "uses-tip"), None);
        if let Some(entry) = chosen.and_then(|at| all.get(at)) {
            choose(session, &entry.id, actions);
        }
    });
}

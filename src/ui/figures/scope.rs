//! The head of the figures panel: of what they are taken, with a menu to choose it.

use egui::{Align2, Sense, Ui, pos2, vec2};

use crate::i18n::{Lang, tr};
use crate::look::{Role, TypeRole};
use crate::model::Region;
use crate::studio::{Action, Command, FiguresOf, Preset, Session, Studio, selected_volumes};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Shows it; `of` is what the figures are of, in words.
pub(super) fn head(ui: &mut Ui, studio: &Studio, session: &Session, of: &str, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    let theme = Theme::of(ui.ctx());
    let title = kit::section_head(ui, None, &tr(lang, "panel-figures"), "");
    let head = title.response.rect;
    let room = head.right() - title.inner - theme.space(5) - 14.0;
    let galley = kit::lay_within(ui, TypeRole::Caption, theme.color(Role::Ink2), of, room);
    let size = vec2(galley.size().x + 20.0, 24.0);
    let rect = Align2::RIGHT_CENTER.anchor_size(pos2(head.right() + 4.0, head.center().y), size);
    let button = ui.interact(rect, ui.scope_id().with("figures of"), Sense::click());
    let name = tr(lang, "figures-of");
    button.widget_info(|| {
        let info = egui::WidgetInfo::labeled(egui::Role::Button, true, &name);
        egui::WidgetInfo { current_text_value: Some(of.to_owned()), ..info }
    });
    if button.hovered() {
        ui.painter().rect_filled(rect, theme.radius(), theme.color(Role::Hover));
    }
    if kit::shows_focus(&button) {
        kit::focus_ring(ui, theme, rect, egui::CornerRadius::ZERO);
    }
    kit::paint_galley(ui.painter(), pos2(rect.left() + 4.0, rect.center().y), Align2::LEFT_CENTER, galley);
    let at = pos2(rect.right() - 8.0, rect.center().y);
    paint_icon(ui.painter(), Icon::ChevronDown, at, 12.0, theme.color(Role::Ink2));
    kit::tip(&button, &tr(lang, "figures-of-tip"), None);
    let choices = choices(session, lang);
    let mut presets = Preset::ALL.map(|preset| (preset, tr(lang, preset.key()))).to_vec();
    // One's own is offered once there is one.
    presets.retain(|(preset, _)| *preset != Preset::Own || !studio.settings.pinned.is_empty());
    let words = choices.iter().map(|(_, words, _)| words).chain(presets.iter().map(|(_, words)| words));
    let all = Command::AllFigures;
    let keys = all.shortcut().map(|shortcut| shortcut.text(lang));
    let all_width = kit::menu_row_width(ui, &all.name(lang), keys.as_deref());
    let width = words.map(|words| kit::menu_row_width(ui, words, None)).fold(all_width, f32::max);
    kit::menu_panel(&button, &name, width, |ui| {
        for (choice, words, can) in choices {
            let icon = (choice == session.figures_of()).then_some(Icon::Check);
            if kit::menu_row(ui, icon, &words, None, can).clicked() {
                actions.push(Action::FiguresOf(choice));
            }
        }
        ui.add_space(theme.space(2));
        kit::seam(ui);
        ui.add_space(theme.space(2));
        for (preset, words) in presets {
            let icon = (preset == studio.settings.preset).then_some(Icon::Check);
            if kit::menu_row(ui, icon, &words, None, true).clicked() {
                actions.push(Action::Preset(preset));
            }
        }
        if kit::menu_row(ui, None, &all.name(lang), keys.as_deref(), true).clicked() {
            actions.push(Action::Run(all));
        }
    });
}

/// What can be chosen, and whether it names something now.
fn choices(session: &Session, lang: Lang) -> Vec<(FiguresOf, String, bool)> {
    let variant = session.variant();
    let volumes = selected_volumes(session);
    let on_plot = session.selection().ids().any(|id| variant.plots.contains(id))
        || volumes.iter().any(|id| variant.volumes.get(*id).is_some_and(|volume| variant.plot_of(volume).is_some()));
    let mut all = vec![(FiguresOf::All, tr(lang, "scope-all"), true)];
    let is_there = |region: &Region| session.sums().is_some_and(|sums| sums.has_plot_in(*region));
    let regions: Vec<Region> = Region::ALL.into_iter().filter(is_there).collect();
    if regions.len() > 1 {
        let of = |region: Region| (FiguresOf::Region(region), tr(lang, &format!("region-{}", region.key())), true);
        all.extend(regions.into_iter().map(of));
    }
    all.push((FiguresOf::Plot, tr(lang, "scope-plot"), on_plot));
    all.push((FiguresOf::Building, tr(lang, "scope-building"), !volumes.is_empty()));
    all.push((FiguresOf::Selection, tr(lang, "scope-selection"), !volumes.is_empty()));
    all
}

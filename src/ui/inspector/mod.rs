//! What is selected, with its own parameters; the tool in hand, where it has some; the project, when nothing is selected.

mod array;
mod brief;
mod drawing;
mod project;
mod recipe;
mod relations;
mod shapes;
mod stack;
mod storey;
mod underlays;

pub(super) use storey::fit_words;

use egui::{Align, Layout, ScrollArea, Ui, UiBuilder, Vec2};

use super::kit;
use super::theme::Theme;
use crate::i18n::Lang;
use crate::look::{Role, TypeRole};
use crate::model::Id;
use crate::studio::tool::ToolKind;
use crate::studio::{Action, Session, Studio, selected_volumes};

/// The panel, with what it measured of the selection.
#[derive(Default)]
pub struct Inspector {
    several: shapes::Several,
    brief: brief::Brief,
    recipe: recipe::RecipePanel,
    scatter: recipe::ScatterPanel,
}

impl Inspector {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
        show(ui, self, studio, actions);
    }
}

fn show(ui: &mut Ui, kept: &mut Inspector, studio: &Studio, actions: &mut Vec<Action>) {
    let Some(session) = studio.session() else { return };
    let theme = Theme::of(ui.ctx());
    let pad = theme.size("/panel/padding");
    let rect = ui.max_rect();
    let inner = egui::Rect::from_min_max(rect.min + Vec2::new(pad, 0.0), rect.max - Vec2::new(2.0, 1.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)), |ui| {
        // Each kind of content has its own place: one that was scrolled away must not hide another's first line.
        ScrollArea::vertical().id_salt((kind_of(session), session.selection().single())).auto_shrink(false).show(
            ui,
            |ui| {
                ui.set_width(inner.width() - pad + 2.0);
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                content(ui, kept, session, studio, actions);
                ui.add_space(theme.space(4));
            },
        );
    });
}

/// Of what kind the content is.
fn kind_of(session: &Session) -> &'static str {
    let variant = session.variant();
    match session.selection().single() {
        _ if session.tool().kind().purpose(session.purpose_in_hand).is_some() => "tool",
        Some(id) if variant.volumes.contains(id) => "volume",
        Some(id) if variant.plots.contains(id) => "plot",
        Some(_) => "thing",
        None if session.selection().is_empty() => "project",
        None => "several",
    }
}

fn content(ui: &mut Ui, kept: &mut Inspector, session: &Session, studio: &Studio, actions: &mut Vec<Action>) {
    let lang = studio.lang();
    let variant = session.variant();
    let volumes = selected_volumes(session);
    let purpose = session.tool().kind().purpose(session.purpose_in_hand);
    if let Some(purpose) = purpose {
        let selection = session.selection();
        let is_plot_tool = session.tool().kind() == ToolKind::Plot;
        if is_plot_tool || session.tool().is_busy() || selection.is_empty() {
            return drawing::whole(ui, session, purpose, lang, actions);
        }
        // What the next one gets stands above what was just drawn.
        drawing::next(ui, session, purpose, lang, actions);
        ui.add_space(Theme::of(ui.ctx()).space(3));
        kit::seam(ui);
    }
    match session.selection().single() {
        Some(id) => {
            if let Some(volume) = variant.volumes.get(id) {
                // The list first, so that its buttons stay where they are while a storey is worked on.
                shapes::volume_head(ui, session, volume, lang);
                stack::show(ui, session, volume, lang, actions);
                let selected = session.selection().storey().filter(|at| *at < volume.storeys.len());
                if let Some(at) = selected {
                    storey::one(ui, session, volume, at, lang, actions);
                } else if session.has_levels() {
                    storey::several(ui, session, lang, actions);
                }
                shapes::volume(ui, session, volume, lang, actions);
                recipe::of_thing(ui, session, id, lang, actions);
                relations::of_volume(ui, session, id, lang, actions);
                // At the end, so that what is worked on does not move when something is found.
                findings(ui, studio, id, lang);
            } else if let Some(plot) = variant.plots.get(id) {
                shapes::plot(ui, session, plot, lang, actions, |ui, actions| {
                    kept.recipe.show(ui, session, plot.id, lang, actions);
                });
                findings(ui, studio, id, lang);
            } else if let Some(surface) = variant.surfaces.get(id) {
                shapes::surface(ui, surface, lang, actions);
                recipe::of_thing(ui, session, id, lang, actions);
                findings(ui, studio, id, lang);
            } else {
                shapes::pin(ui, session, id, lang, actions);
            }
            array::show(ui, session, id, lang, actions);
        }
        None if !session.selection().is_empty() => {
            // Copies are selected together when they have just been made: what can be changed of them comes first.
            if let Some(id) = session.selection().ids().next() {
                array::show(ui, session, id, lang, actions);
            }
            if session.has_levels() {
                storey::several(ui, session, lang, actions);
            }
            kept.several.show(ui, session, volumes, lang, actions);
            let related: Vec<Id> = session.selection().ids().filter(|id| variant.volumes.contains(*id)).collect();
            relations::between(ui, session, &related, lang, actions);
            let plots: Vec<Id> = session.selection().ids().filter(|id| variant.plots.contains(*id)).collect();
            if plots.len() > 1 && plots.len() == session.selection().ids().count() {
                ui.add_space(Theme::of(ui.ctx()).space(3));
                shapes::typology_row(ui, session, &plots, lang, actions);
                kept.scatter.show(ui, session, &plots, lang, actions);
            }
        }
        None => project::show(ui, &mut kept.brief, studio, lang, actions),
    }
}

/// What the check found about the thing that is shown.
fn findings(ui: &mut Ui, studio: &Studio, id: Id, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    if studio.findings_of(id).next().is_some() {
        ui.add_space(theme.space(3));
        kit::seam(ui);
        ui.add_space(theme.space(3));
    }
    for fault in studio.findings_of(id) {
        let text = format!("! {}", fault.what(lang));
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Warning, text)).wrap());
        ui.add_space(theme.space(2));
    }
}

//! Cells that are changed in place: each change is an edit like any other.

use egui::{Align, Layout, Rect, Response, Ui, UiBuilder};

use super::View;
use crate::i18n::{part_of, sentence, tr};
use crate::library::{Use, UseId};
use crate::model::limits::STOREY_HEIGHT_M;
use crate::model::{Region, State};
use crate::schedule::{Cell, ColumnId, Row, RowOf};
use crate::studio::{Action, StoreyChange};
use crate::ui::kit::{self, Choice, SwatchOf};

/// Shows a field for a cell; `false` where the cell is only read after all.
pub(super) fn field(ui: &mut Ui, view: &View<'_>, row: &Row, at: usize, cell: Rect, actions: &mut Vec<Action>) -> bool {
    let (lang, column) = (view.lang, &view.schedule.columns()[at]);
    let name = part_of(lang, &view.schedule.text(row, 0, lang), &column.name(lang));
    let builder = UiBuilder::new().id_salt(("cell", row.of, at)).max_rect(cell);
    let child = |ui: &mut Ui| ui.new_child(builder.clone().layout(Layout::left_to_right(Align::Center)));
    match (column.id, row.of, row.cells.get(at)) {
        (ColumnId::Name, of, Some(Cell::Text(text))) => {
            let mut typed = text.clone();
            let field = kit::TextField::new((of, at, text), &mut typed).name(&name).show(&mut child(ui));
            if field.committed && typed.trim() != text {
                actions.extend(renamed(view, of, typed.trim().to_owned()));
            }
            true
        }
        (ColumnId::Region, RowOf::Plot(id), Some(Cell::Region(region))) => {
            let choice = |region: &Region| Choice::new(tr(lang, &format!("region-{}", region.key())));
            let choices: Vec<Choice> = Region::ALL.iter().map(choice).collect();
            let current = Region::ALL.iter().position(|known| known == region);
            let (chosen, _) = kit::dropdown(&mut child(ui), &name, current, "", &choices);
            actions.extend(chosen.map(|at| Action::Region(id, Region::ALL[at])));
            true
        }
        (ColumnId::Plot, RowOf::Building(id), Some(Cell::Plot(plot, _))) => {
            let plots = view.session.plots_to_offer(id);
            let mut choices: Vec<Choice> = plots.iter().map(|plot| Choice::new(plot.called())).collect();
            choices.push(Choice::new(tr(lang, "volume-on-no-plot")));
            let current = plots.iter().position(|known| Some(known.id) == *plot).unwrap_or(plots.len());
            let (chosen, _) = kit::dropdown(&mut child(ui), &name, Some(current), "", &choices);
            actions.extend(chosen.map(|at| Action::Rehouse(id, plots.get(at).map(|plot| plot.id))));
            true
        }
        (ColumnId::Uses, of, Some(Cell::Uses(uses))) if uses.shares().len() > 1 || view.is_typing_mix(of) => {
            // Several uses are said in words, as they are shown: «offices 60 %, homes 40 %».
            let shown = view.schedule.text(row, at, lang);
            let mix = view.take_mix(of).filter(|_| uses.shares().len() == 1);
            let begun = mix.as_ref().map_or_else(|| shown.clone(), |mix| mix.text.clone());
            let mut typed = begun.clone();
            let field = kit::TextField::new((of, at, &begun), &mut typed).name(&name).show(&mut child(ui));
            kit::tip(&field.response, &tr(lang, "table-uses-tip"), None);
            let mut stays = true;
            // What was typed into the list before is settled as it stands.
            let from_list = mix.as_ref().is_some_and(|mix| mix.from_list) && field.response.lost_focus();
            if (field.committed || (from_list && !field.restored)) && typed.trim() != shown {
                match view.schedule.typed_cell(of, at, &typed, view.session.variant(), lang) {
                    // A field that stayed could say what the storey is not.
                    Ok(_) => {
                        stays = false;
                        actions.push(Action::TypeCell(of, at, typed));
                    }
                    Err(why) => kit::refuse(&field.response, &typed, sentence(&why)),
                }
            }
            if let Some(mix) = mix.filter(|_| stays && !field.restored) {
                *view.mix.borrow_mut() = mix.goes_on(ui, &field.response);
            }
            true
        }
        (ColumnId::Uses, RowOf::Storey(volume, place), Some(Cell::Uses(uses))) => {
            let [one] = uses.shares() else { return false };
            let offered: Vec<&Use> = view.schedule.library.offered().collect();
            let choice = |known: &&Use| Choice::with_swatch(known.name(lang), SwatchOf::of(known));
            // First, where it is seen: the list is long.
            let several = std::iter::once(Choice::pinned(tr(lang, "table-several-uses")));
            let choices: Vec<Choice> = several.chain(offered.iter().map(choice)).collect();
            let current = offered.iter().position(|known| known.id == one.id).map(|at| at + 1);
            let shown = view.schedule.text(row, at, lang);
            let (chosen, list) = kit::dropdown(&mut child(ui), &name, current, &shown, &choices);
            if chosen == Some(0) {
                // Who typed the mix into the list has said it.
                let searched = kit::searched(&list);
                let from_list = !searched.trim().is_empty();
                let text = if from_list { searched } else { format!("{shown} 50 %, ") };
                *view.mix.borrow_mut() = Some(MixBeingTyped { of: row.of, text, from_list, begun: false });
            }
            let to = |at: usize| -> Option<UseId> { Some(offered.get(at.checked_sub(1)?)?.id.clone()) };
            if let Some(to) = chosen.and_then(to) {
                actions.push(Action::Storeys(vec![volume], StoreyChange::Use(place, to)));
            }
            true
        }
        (ColumnId::State, RowOf::Storey(volume, place), Some(Cell::State(state))) => {
            let choice = |state: &State| Choice::new(tr(lang, &format!("state-{}", state.key())));
            let choices: Vec<Choice> = State::ALL.iter().map(choice).collect();
            let current = State::ALL.iter().position(|known| known == state);
            let (chosen, _) = kit::dropdown(&mut child(ui), &name, current, "", &choices);
            if let Some(at) = chosen {
                actions.push(Action::Storeys(vec![volume], StoreyChange::State(place, State::ALL[at])));
            }
            true
        }
        (ColumnId::Height, RowOf::Storey(volume, place), Some(Cell::Number(Some(height_m)))) => {
            let mut typed = *height_m;
            let (low, high) = STOREY_HEIGHT_M;
            let field = kit::NumberField::new((row.of, at), &mut typed)
                .unit("m")
                .decimals(2)
                .range(low..=high)
                .lang(lang)
                .name(&name)
                .show(&mut child(ui));
            if field.committed && typed.is_finite() && typed != *height_m {
                actions.push(Action::Storeys(vec![volume], StoreyChange::Height(place, typed)));
            }
            true
        }
        _ => false,
    }
}

/// The storey whose one use becomes several: they are typed, in a field that takes the place of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MixBeingTyped {
    pub of: RowOf,
    /// What the field begins with.
    text: String,
    /// Whether that was typed, into the list.
    from_list: bool,
    /// Whether the field has had the keyboard: the list gives it back to its own button as it closes.
    begun: bool,
}

impl MixBeingTyped {
    /// Gives the field the keyboard until it has it; nothing when it was left since and has no more to say.
    fn goes_on(self, ui: &Ui, field: &Response) -> Option<Self> {
        if self.begun {
            let stays = ui.memory(|memory| memory.has_focus(field.id)) || kit::is_refused(field);
            return stays.then_some(self);
        }
        let begun = field.has_focus() && !field.gained_focus();
        if !begun {
            field.request_focus();
        }
        ui.ctx().request_repaint();
        Some(Self { begun, ..self })
    }
}

fn renamed(view: &View<'_>, of: RowOf, name: String) -> Option<Action> {
    match of {
        RowOf::Plot(id) => Some(Action::NamePlot(id, name)),
        RowOf::Building(id) => Some(Action::NameBuilding(id, name)),
        RowOf::Storey(id, _) => {
            view.session.variant().volumes.get(id).map(|volume| Action::NameVolume(volume.id, name))
        }
    }
}

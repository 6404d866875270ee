//! Cells that are changed in place: each change is an edit like any other.

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use super::View;
use crate::i18n::tr;
use crate::library::{Use, UseId};
use crate::model::limits::STOREY_HEIGHT_M;
use crate::model::{Region, State};
use crate::schedule::{Cell, ColumnId, Row, RowOf};
use crate::studio::{Action, StoreyChange};
use crate::ui::kit::{self, Choice, SwatchOf};

/// Shows a field for a cell; `false` where the cell is only read after all.
pub(super) fn field(ui: &mut Ui, view: &View<'_>, row: &Row, at: usize, cell: Rect, actions: &mut Vec<Action>) -> bool {
    let (lang, column) = (view.lang, &view.schedule.columns()[at]);
    let name = format!("{}: {}", view.schedule.text(row, 0, lang), column.name(lang));
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
        (ColumnId::Uses, of, Some(Cell::Uses(uses))) if uses.shares().len() > 1 => {
            // Several uses are said in words, as they are shown: «offices 60 %, homes 40 %».
            let shown = view.schedule.text(row, at, lang);
            let mut typed = shown.clone();
            let field = kit::TextField::new((of, at, &shown), &mut typed).name(&name).show(&mut child(ui));
            if field.committed && typed.trim() != shown {
                actions.push(Action::TypeCell(of, at, typed));
            }
            true
        }
        (ColumnId::Uses, RowOf::Storey(volume, place), Some(Cell::Uses(uses))) => {
            let [one] = uses.shares() else { return false };
            let offered: Vec<&Use> = view.schedule.library.offered().collect();
            let choice = |known: &&Use| Choice::with_swatch(known.name(lang), SwatchOf::of(known));
            let choices: Vec<Choice> = offered.iter().map(choice).collect();
            let current = offered.iter().position(|known| known.id == one.id);
            let shown = view.schedule.text(row, at, lang);
            let (chosen, _) = kit::dropdown(&mut child(ui), &name, current, &shown, &choices);
            let to = |at: usize| -> Option<UseId> { Some(offered.get(at)?.id.clone()) };
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
            let field = kit::NumberField::new((row.of, at, height_m.to_bits()), &mut typed)
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

fn renamed(view: &View<'_>, of: RowOf, name: String) -> Option<Action> {
    match of {
        RowOf::Plot(id) => Some(Action::NamePlot(id, name)),
        RowOf::Building(id) => Some(Action::NameBuilding(id, name)),
        RowOf::Storey(id, _) => {
            view.session.variant().volumes.get(id).map(|volume| Action::NameVolume(volume.id, name))
        }
    }
}

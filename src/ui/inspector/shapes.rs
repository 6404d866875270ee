//! Plots, volumes, surfaces: their own parameters, and those of the tools that draw them.

use egui::Ui;

use super::project::{fact, fact_row, text_row};
use crate::geometry::{Outline, bearing_deg};
use crate::i18n::{Lang, NO_BREAK, number, parse_number, tr, tr_with};
use crate::library::{Typology, Use, UseId};
use crate::look::{Role, TypeRole};
use crate::measure::{FigureId, Figures};
use crate::model::limits::{BASE_M, MOST_DWELLINGS};
use crate::model::{Id, MarkKind, Plot, Region, Surface, SurfaceKind, Volume, attribute_words};
use crate::studio::{Action, Command, Session, StoreyChange, typology_name};
use crate::ui::commands::{command_button, command_link, command_words};
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Choice, SwatchOf};
use crate::ui::theme::Theme;

fn m2(lang: Lang, value: f64) -> String {
    format!("{}{NO_BREAK}m²", number(lang, value, 0))
}

/// A plot; `recipe` shows what is at work on it.
pub fn plot(
    ui: &mut Ui,
    session: &Session,
    plot: &Plot,
    lang: Lang,
    actions: &mut Vec<Action>,
    recipe: impl FnOnce(&mut Ui, &mut Vec<Action>),
) {
    kit::section_head(ui, Some(Icon::Plot), &tr(lang, "thing-plot"), &m2(lang, plot.outline.area_m2()));
    text_row(ui, "plot-name", &tr(lang, "field-name"), &plot.name, |name| {
        actions.push(Action::NamePlot(plot.id, name));
    });
    kit::field_row(ui, &tr(lang, "field-region"), |ui| {
        let choices: Vec<Choice> =
            Region::ALL.iter().map(|r| Choice::new(tr(lang, &format!("region-{}", r.key())))).collect();
        let current = Region::ALL.iter().position(|r| *r == plot.region);
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-region"), current, "", &choices);
        if let Some(region) = chosen.and_then(|i| Region::ALL.get(i)) {
            actions.push(Action::Region(plot.id, *region));
        }
    });
    if !plot.code.is_empty() {
        fact_row(ui, &tr(lang, "field-code"), &plot.code);
    }
    outline_facts(ui, &plot.outline, lang);
    ui.add_space(8.0);
    kit::seam(ui);
    ui.add_space(4.0);
    typology_row(ui, session, &[plot.id], lang, actions);
    if let Some(figures) = session.sums().and_then(|sums| sums.plot(plot.id)) {
        few_figures(ui, &figures, lang);
    }
    ui.add_space(8.0);
    kit::seam(ui);
    ui.add_space(4.0);
    let before = ui.min_rect().height();
    recipe(ui, actions);
    let is_more = ui.min_rect().height() > before;
    attributes(ui, plot, is_more, lang);
}

/// What an imported file said of a plot, under the names that it has there; `parted` from what stands above.
fn attributes(ui: &mut Ui, plot: &Plot, parted: bool, lang: Lang) {
    if plot.attributes.is_empty() {
        return;
    }
    if parted {
        ui.add_space(8.0);
        kit::seam(ui);
    }
    let count = number(lang, plot.attributes.len() as f64, 0);
    kit::section_head(ui, None, &tr(lang, "field-attributes"), &count);
    for (key, value) in &plot.attributes {
        let words = attribute_words(value);
        kit::noted_row(ui, key, &format!("{key} = {words}"), |ui| fact(ui, &words));
    }
}

/// Puts a typology on plots; the one that they have is shown.
pub fn typology_row(ui: &mut Ui, session: &Session, plots: &[Id], lang: Lang, actions: &mut Vec<Action>) {
    kit::field_row(ui, &tr(lang, "field-typology"), |ui| {
        let built_in = Typology::built_in().iter();
        let mut all: Vec<(&str, String)> = built_in
            .map(|typology| (typology.id.as_str(), format!("{} {}", typology.id, typology.name(lang))))
            .collect();
        all.extend(session.project().typologies.iter().map(|own| (own.name.as_str(), own.name.clone())));
        // What makes sense on larger plots alone says so.
        let areas = plots.iter().filter_map(|plot| session.variant().plots.get(*plot)).map(|p| p.outline.area_m2());
        let smallest_m2 = areas.fold(f64::INFINITY, f64::min);
        let from = |id: &str| {
            let least_m2 = Typology::named(id).map(|typology| typology.least_plot_m2);
            let least_m2 = least_m2.filter(|least_m2| smallest_m2 < *least_m2);
            least_m2.map(|least_m2| format!("≥{NO_BREAK}{}", m2(lang, least_m2))).unwrap_or_default()
        };
        let choices: Vec<Choice> =
            all.iter().map(|(id, name)| Choice { right: from(id), ..Choice::new(name) }).collect();
        let name = tr(lang, "field-typology");
        let of = |plot: &Id| session.recipe_on(*plot).map(|recipe| recipe.typology.as_str());
        let first = plots.first().and_then(of).filter(|first| plots.iter().all(|plot| of(plot) == Some(*first)));
        let current = all.iter().position(|(id, _)| Some(*id) == first);
        let differs = plots.len() > 1 && first.is_none() && plots.iter().any(|plot| of(plot).is_some());
        let hint = match first {
            _ if differs => tr(lang, "state-differs"),
            Some(first) => typology_name(first, lang),
            None => tr(lang, "typology-choose"),
        };
        let (chosen, response) = kit::dropdown(ui, &name, current, &hint, &choices);
        kit::tip(&response, &tr(lang, "typology-tip"), None);
        if let Some((id, _)) = chosen.and_then(|at| all.get(at)) {
            actions.push(Action::PlaceTypology((*id).to_owned(), plots.to_vec()));
        }
    });
    kit::field_row(ui, "", |ui| {
        let words = tr(lang, "typologies-open");
        command_words(ui, TypeRole::Small, &words, Command::Typologies, lang, actions);
    });
}

fn outline_facts(ui: &mut Ui, outline: &Outline, lang: Lang) {
    fact_row(ui, &tr(lang, "field-area"), &m2(lang, outline.area_m2()));
    fact_row(ui, &tr(lang, "field-perimeter"), &format!("{}{NO_BREAK}m", number(lang, outline.perimeter_m(), 2)));
}

/// What one plot or a few volumes amount to, in rows, as far as it is defined for them.
fn few_figures(ui: &mut Ui, figures: &Figures, lang: Lang) {
    const ROWS: [(FigureId, &str); 4] = [
        (FigureId::Gfa, "field-gfa"),
        (FigureId::Fsi, "field-fsi"),
        (FigureId::Jobs, "field-jobs"),
        (FigureId::Dwellings, "field-dwellings"),
    ];
    for (id, name) in ROWS.into_iter().filter(|(id, _)| id.value(figures).mid().is_some()) {
        let mut text = id.number(figures, lang);
        let unit = id.unit(lang);
        if !unit.is_empty() {
            text = format!("{text}{NO_BREAK}{unit}");
        }
        if let Some(range) = id.range(figures, lang).filter(|range| *range != id.number(figures, lang)) {
            text = format!("{text}   {range}");
        }
        fact_row(ui, &tr(lang, name), &text);
    }
}

/// What a volume is called and where it stands.
pub fn volume_head(ui: &mut Ui, session: &Session, volume: &Volume, lang: Lang) {
    let variant = session.variant();
    let plot = variant.plot_of(volume).and_then(|id| variant.plots.get(id));
    let on = plot.map_or_else(|| tr(lang, "volume-on-no-plot"), |plot| plot.name.clone());
    let name = if volume.name.is_empty() { tr(lang, "thing-volume") } else { volume.name.clone() };
    kit::section_head(ui, Some(Icon::Rectangle), &name, &on);
}

/// A volume, without its storeys.
pub fn volume(ui: &mut Ui, session: &Session, volume: &Volume, lang: Lang, actions: &mut Vec<Action>) {
    let variant = session.variant();
    let building = variant.buildings.get(volume.building);
    text_row(ui, "volume-name", &tr(lang, "field-name"), &volume.name, |name| {
        actions.push(Action::NameVolume(volume.id, name));
    });
    if let Some(building) = building {
        text_row(ui, "building-name", &tr(lang, "field-building"), &building.name, |name| {
            actions.push(Action::NameBuilding(building.id, name));
        });
        kit::field_row(ui, &tr(lang, "field-plot"), |ui| {
            let plots = session.plots_to_offer(building.id);
            let mut choices: Vec<Choice> = plots.iter().map(|plot| Choice::new(plot.called())).collect();
            choices.push(Choice::new(tr(lang, "volume-on-no-plot")));
            let current = plots.iter().position(|p| Some(p.id) == building.plot).unwrap_or(plots.len());
            let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-plot"), Some(current), "", &choices);
            if let Some(chosen) = chosen {
                actions.push(Action::Rehouse(building.id, plots.get(chosen).map(|plot| plot.id)));
            }
        });
    }
    // Of the storey that is selected, the state stands with the storey.
    if session.selection().storey().is_none() && !volume.storeys.is_empty() {
        let first = volume.storeys.first().map(|storey| storey.state);
        let same = volume.storeys.iter().all(|storey| Some(storey.state) == first);
        if let Some(state) = super::storey::state_row(ui, first.filter(|_| same), lang) {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::StateOfAll(state)));
        }
    }
    number_row(
        ui,
        (volume.id, "base"),
        &tr(lang, "field-base"),
        volume.base_m,
        "m",
        2,
        BASE_M.0..=BASE_M.1,
        lang,
        |base_m| {
            actions.push(Action::Base(volume.id, base_m));
        },
    );
    fact_row(ui, &tr(lang, "field-footprint"), &m2(lang, volume.footprint.area_m2()));
    dwellings_row(ui, session, volume, lang, actions);
}

fn dwellings_row(ui: &mut Ui, session: &Session, volume: &Volume, lang: Lang, actions: &mut Vec<Action>) {
    let library = session.library();
    let has_homes = volume.storeys.iter().any(|s| s.uses.shares().iter().any(|share| library.is_home(&share.id)));
    if !has_homes && volume.dwellings.is_none() {
        return;
    }
    kit::field_row(ui, &tr(lang, "field-dwellings"), |ui| {
        let mut text = volume.dwellings.map(|n| n.to_string()).unwrap_or_default();
        let name = tr(lang, "field-dwellings");
        let hint = tr(lang, "field-dwellings-hint");
        let field = kit::TextField::new((volume.id, "dwellings"), &mut text).name(&name).hint(&hint).show(ui);
        if field.committed {
            let count =
                parse_number(&text).filter(|count| count.fract() == 0.0 && (0.0..=MOST_DWELLINGS).contains(count));
            if text.trim().is_empty() || count.is_some() {
                actions.push(Action::Dwellings(volume.id, count.map(|count| count as u32)));
            } else {
                let most = number(lang, MOST_DWELLINGS, 0);
                let what = tr_with(lang, "field-whole-number", &[("most", most.into())]);
                kit::refuse_text(&field.response, lang, &text, &what);
            }
        }
    });
}

/// A row with a number to be typed.
#[allow(clippy::too_many_arguments, reason = "one row of a form: what it is called, what it holds, how it is shown")]
pub(super) fn number_row(
    ui: &mut Ui,
    salt: (Id, &str),
    label: &str,
    value: f64,
    unit: &str,
    decimals: u8,
    range: std::ops::RangeInclusive<f64>,
    lang: Lang,
    commit: impl FnOnce(f64),
) {
    kit::field_row(ui, label, |ui| {
        let mut edited = value;
        let field =
            kit::NumberField::new(salt, &mut edited).unit(unit).decimals(decimals).range(range).lang(lang).name(label);
        if field.show(ui).committed && edited != value {
            commit(edited);
        }
    });
}

/// A surface.
pub fn surface(ui: &mut Ui, surface: &Surface, lang: Lang, actions: &mut Vec<Action>) {
    kit::section_head(ui, Some(Icon::YardGreen), &tr(lang, "thing-surface"), &m2(lang, surface.outline.area_m2()));
    if let Some(kind) = kind_row(ui, surface.kind, lang) {
        actions.push(Action::SurfaceKind(surface.id, kind));
    }
    text_row(ui, "surface-name", &tr(lang, "field-name"), &surface.name, |name| {
        actions.push(Action::NameSurface(surface.id, name));
    });
    outline_facts(ui, &surface.outline, lang);
}

pub(super) fn kind_row(ui: &mut Ui, current: SurfaceKind, lang: Lang) -> Option<SurfaceKind> {
    kit::field_row(ui, &tr(lang, "field-kind"), |ui| {
        let kinds = SurfaceKind::ALL;
        let choices: Vec<Choice> =
            kinds.iter().map(|k| Choice::new(tr(lang, &format!("surface-{}", k.key())))).collect();
        let at = kinds.iter().position(|kind| *kind == current);
        kit::dropdown(ui, &tr(lang, "field-kind"), at, "", &choices).0.and_then(|i| kinds.get(i).copied())
    })
}

/// A note, a goods access, an entrance, a guide line or a dimension.
pub fn pin(ui: &mut Ui, session: &Session, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let v = session.variant();
    if let Some(mark) = v.marks.get(id) {
        let (icon, key) = match mark.kind {
            MarkKind::Guide => (Icon::Guide, "thing-guide"),
            MarkKind::Dimension => (Icon::Dimension, "thing-dimension"),
        };
        kit::section_head(ui, Some(icon), &tr(lang, key), "");
        if mark.kind == MarkKind::Dimension {
            fact_row(ui, &tr(lang, "field-length"), &format!("{}{NO_BREAK}m", number(lang, mark.length_m(), 2)));
        }
        let bearing_deg = session.drawing().angles.turned(bearing_deg(mark.a.0, mark.b.0));
        fact_row(ui, &tr(lang, "field-bearing"), &format!("{}{NO_BREAK}°", number(lang, bearing_deg, 1)));
        return delete_link(ui, lang, actions);
    }
    let entrance = || Some((Icon::Entrance, "thing-entrance", v.entrances.get(id)?.name.clone()));
    let access = || Some((Icon::GoodsAccess, "thing-access", v.goods_access.get(id)?.name.clone()));
    let note = v.notes.get(id).map(|note| (Icon::Note, "thing-note", note.text.clone()));
    let Some((icon, key, text)) = note.or_else(entrance).or_else(access) else { return };
    kit::section_head(ui, Some(icon), &tr(lang, key), "");
    ui.label(Theme::of(ui.ctx()).text(TypeRole::Body, Role::Ink1, text));
    let help = Theme::of(ui.ctx()).text(TypeRole::Small, Role::Ink2, tr(lang, "pin-help"));
    ui.add(egui::Label::new(help).wrap());
    delete_link(ui, lang, actions);
}

fn delete_link(ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
    ui.add_space(8.0);
    command_link(ui, TypeRole::Body, Command::Delete, lang, actions);
}

/// Several things at once: what they amount to is measured once, not in every frame.
#[derive(Default)]
pub struct Several {
    measured: Option<(u64, Vec<Id>, Figures)>,
}

impl Several {
    /// Shows it; `volumes` are those of the selection.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, volumes: Vec<Id>, lang: Lang, actions: &mut Vec<Action>) {
        let count = number(lang, session.selection().len() as f64, 0);
        kit::section_head(ui, Some(Icon::Select), &tr_with(lang, "thing-several", &[("count", count.into())]), "");
        plots_together(ui, session, lang);
        if let Some(figures) = self.figures(session, volumes) {
            few_figures(ui, figures, lang);
            ui.add_space(8.0);
            kit::seam(ui);
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::splat(8.0);
                for command in [Command::AddStorey, Command::RemoveStorey] {
                    command_button(ui, command, lang, actions);
                }
            });
        }
        delete_link(ui, lang, actions);
    }

    fn figures(&mut self, session: &Session, volumes: Vec<Id>) -> Option<&Figures> {
        let sums = session.sums().filter(|_| !volumes.is_empty())?;
        let revision = session.revision();
        if !self.measured.as_ref().is_some_and(|(of, ids, _)| *of == revision && *ids == volumes) {
            let figures = sums.of_volumes(session.project(), volumes.iter().copied());
            self.measured = Some((revision, volumes, figures));
        }
        self.measured.as_ref().map(|(.., figures)| figures)
    }
}

/// The plots of a selection, together and each with its area, as far as they can be taken in.
fn plots_together(ui: &mut Ui, session: &Session, lang: Lang) {
    const MOST_LISTED: usize = 6;
    let plots = &session.variant().plots;
    let selected: Vec<_> = session.selection().ids().filter_map(|id| plots.get(id)).collect();
    if selected.len() < 2 {
        return;
    }
    let area_m2 = selected.iter().map(|plot| plot.outline.area_m2()).sum();
    fact_row(ui, &tr(lang, "layer-plots"), &m2(lang, area_m2));
    for plot in selected.iter().take(MOST_LISTED).filter(|_| selected.len() <= MOST_LISTED) {
        fact_row(ui, &plot.name, &format!("{}{NO_BREAK}m²", number(lang, plot.outline.area_m2(), 1)));
    }
}

/// The uses to choose from, with their lines in a list.
pub(super) fn use_choices(session: &Session, lang: Lang) -> (Vec<UseId>, Vec<Choice>) {
    let choice = |known: &Use| (known.id.clone(), Choice::with_swatch(known.name(lang), SwatchOf::of(known)));
    session.library().offered().map(choice).unzip()
}

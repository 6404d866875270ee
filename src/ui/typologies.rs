//! The typologies to choose from, each drawn at home, with its density and mix: a click puts one on the plots in hand.

use std::sync::Arc;

use egui::{Align2, Id, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::kit;
use super::paint::PaintedScene;
use super::theme::Theme;
use crate::i18n::{Lang, NO_BREAK, number, range, tr, tr_with};
use crate::look::{Role, Stroke, TypeRole};
use crate::model::OwnTypology;
use crate::scene::Camera;
use crate::studio::gallery::{Shown, gallery, shown_own};
use crate::studio::{AS_BUILT, Action, Command, Session, Studio, plots_in_hand};

const CARD: Vec2 = vec2(250.0, 222.0);
const GAP: f32 = 20.0;

/// The sheet, with what it has painted.
#[derive(Default)]
pub struct Typologies {
    filter: String,
    painted: Vec<[PaintedScene; 2]>,
    /// Those of the project, as they were drawn.
    own: Vec<(OwnTypology, Arc<Shown>)>,
}

impl Typologies {
    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
        if !studio.panels.typologies {
            self.painted.clear();
            return;
        }
        let (Some(session), lang) = (studio.session(), studio.lang()) else { return };
        let theme = Theme::of(ui.ctx());
        let plots = plots_in_hand(session);
        let window = ui.ctx().content_rect();
        let columns = (((window.width() - 140.0 + GAP) / (CARD.x + GAP)).floor()).clamp(1.0, 5.0);
        let width = columns * (CARD.x + GAP) - GAP + 16.0;
        let title = Command::Typologies.name(lang);
        self.draw_own(session);
        let all: Vec<&Shown> = gallery().iter().chain(self.own.iter().map(|(_, shown)| &**shown)).collect();
        self.painted.resize_with(all.len(), Default::default);
        let shown = kit::modal(ui.ctx(), Id::unique("typologies"), title.trim_end_matches('…'), width, |ui| {
            let of = match plots.as_slice() {
                [one] => session.variant().plots.get(*one).map(|plot| plot.called().to_owned()).unwrap_or_default(),
                several => {
                    let count = number(lang, several.len() as f64, 0);
                    tr_with(lang, "count-plots", &[("n", several.len().into()), ("count", count.into())])
                }
            };
            let area_m2: f64 =
                plots.iter().filter_map(|id| session.variant().plots.get(*id)).map(|plot| plot.outline.area_m2()).sum();
            let words = format!("{of} · {}{NO_BREAK}m²", number(lang, area_m2, 0));
            ui.label(theme.text(TypeRole::Small, Role::Ink2, words));
            ui.add_space(theme.space(3));
            let name = tr(lang, "typologies-filter");
            ui.allocate_ui(vec2(260.0, 24.0), |ui| {
                kit::TextField::new("typologies", &mut self.filter).name(&name).hint(&name).show(ui)
            });
            ui.add_space(theme.space(4));
            let room = (window.height() - 260.0).max(CARD.y);
            let scroll = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink(false);
            let mut chosen = None;
            kit::scrolled(ui, scroll, |ui| {
                let wanted = self.filter.trim().to_lowercase();
                let holds = |shown: &Shown| {
                    let reference = shown.built_in.map_or("", |typology| typology.reference(lang));
                    let text = format!("{} {reference}", called(shown, lang)).to_lowercase();
                    wanted.is_empty() || text.contains(&wanted)
                };
                let found: Vec<usize> = (0..all.len()).filter(|at| holds(all[*at])).collect();
                let lines = found.len().div_ceil(columns as usize);
                let size = vec2(width - 16.0, lines as f32 * (CARD.y + GAP));
                let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                for (at, which) in found.iter().enumerate() {
                    let (column, line) = (at % columns as usize, at / columns as usize);
                    let min = place.min + vec2(column as f32 * (CARD.x + GAP), line as f32 * (CARD.y + GAP));
                    let card = Rect::from_min_size(min, CARD);
                    if ui.is_rect_visible(card) {
                        let shown = all[*which];
                        let painted = &mut self.painted[*which];
                        let id = shown.id.clone();
                        match show_card(ui, card, shown, painted, area_m2, lang) {
                            Some(Clicked::Card) => chosen = Some(id),
                            Some(Clicked::Built) => chosen = Some(format!("{id}{AS_BUILT}")),
                            Some(Clicked::Remove) => actions.push(Action::RemoveTypology(id)),
                            None => {}
                        }
                    }
                }
                if found.is_empty() {
                    ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "formula-none")));
                }
            });
            ui.add_space(theme.space(4));
            (kit::button(ui, &tr(lang, "notice-close"), None).clicked(), chosen)
        });
        let (closed, chosen) = shown.inner;
        if closed || shown.close || chosen.is_some() {
            actions.push(Action::Run(Command::Typologies));
        }
        actions.extend(chosen.map(|id| Action::PlaceTypology(id, plots)));
    }

    /// Draws those of the project that are not drawn yet.
    fn draw_own(&mut self, session: &Session) {
        let known = std::mem::take(&mut self.own);
        for own in &session.project().typologies {
            let drawn = known.iter().find(|(of, _)| of == own).map(|(_, shown)| Arc::clone(shown));
            let drawn = drawn.or_else(|| shown_own(own, session.library()).map(Arc::new));
            self.own.extend(drawn.map(|shown| (own.clone(), shown)));
        }
        // A picture is kept by its place: those that moved up are painted anew.
        if known.len() != self.own.len() {
            self.painted.truncate(gallery().len());
        }
    }
}

/// Its number and name.
fn called(shown: &Shown, lang: Lang) -> String {
    shown.built_in.map_or_else(|| shown.id.clone(), |typology| format!("{} {}", typology.id, typology.name(lang)))
}

/// What was clicked of a card.
enum Clicked {
    /// The typology.
    Card,
    /// Its built example.
    Built,
    /// One of the project's own shall go.
    Remove,
}

/// A typology with its number and name, its axonometry and its plan; what of it was clicked.
fn show_card(
    ui: &mut Ui,
    rect: Rect,
    shown: &Shown,
    painted: &mut [PaintedScene; 2],
    area_m2: f64,
    lang: Lang,
) -> Option<Clicked> {
    /// Of the width the axonometry has so much, the plan the rest.
    const AXO: f32 = 0.68;
    let theme = Theme::of(ui.ctx());
    // The last line has links of its own.
    let body = rect.with_max_y(rect.bottom() - 23.0);
    let response = ui.interact(body, ui.make_persistent_id(("typology", &shown.id)), Sense::click());
    let name = called(shown, lang);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let hot = response.hovered() || response.has_focus();
    let rule = if hot { theme.stroke(Stroke::Selection, Role::Accent) } else { theme.stroke(Stroke::Fine, Role::Ink1) };
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, rule);
    let text = |at, anchor, role, ink, words: &str, width: f32| {
        let galley = kit::lay_within(ui, role, theme.color(ink), words, width);
        kit::paint_galley(ui.painter(), at, anchor, galley);
    };
    let top = rect.min + vec2(0.0, 8.0);
    text(top, Align2::LEFT_TOP, TypeRole::Label, Role::Ink1, &name, rect.width());
    let pictures = Rect::from_min_max(rect.min + vec2(0.0, 30.0), rect.max - vec2(0.0, 40.0));
    let middle = pictures.left() + pictures.width() * AXO;
    let places = [pictures.with_max_x(middle), pictures.with_min_x(middle + 8.0)];
    let scenes = [&shown.axo, &shown.plan];
    for ((place, (scene, bounds)), painted) in places.into_iter().zip(scenes).zip(painted) {
        let size = [f64::from(place.width()), f64::from(place.height())];
        painted.paint(&ui.painter_at(place), place, scene, &Camera::fit(*bounds, size, 6.0));
    }
    let Some(typology) = shown.built_in else {
        let words = tr(lang, "own-typology");
        let at = pos2(rect.left(), rect.bottom() - 36.0);
        text(at, Align2::LEFT_TOP, TypeRole::Caption, Role::Ink2, &words, rect.width());
        let place = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 22.0), rect.max);
        let mut line = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(("own", &shown.id)));
        if kit::link(&mut line, TypeRole::Caption, &tr(lang, "own-typology-remove")).clicked() {
            return Some(Clicked::Remove);
        }
        return response.clicked().then_some(Clicked::Card);
    };
    let [least, most] = typology.fsi;
    let [few, many] = typology.productive_percent;
    let args = [
        ("fsi", range(lang, least, most, 1).into()),
        ("percent", range(lang, few, many, 0).into()),
        ("area", number(lang, typology.least_plot_m2, 0).into()),
    ];
    let words = tr_with(lang, "typologies-figures", &args);
    text(
        pos2(rect.left(), rect.bottom() - 36.0),
        Align2::LEFT_TOP,
        TypeRole::Caption,
        Role::Ink2,
        &words,
        rect.width(),
    );
    // A plot smaller than it makes sense on is said, not forbidden.
    let small = area_m2 > 0.0 && area_m2 < typology.least_plot_m2;
    let (key, ink) = if small { ("typologies-small", Role::Warning) } else { ("typologies-from", Role::Ink2) };
    let words = tr_with(lang, key, &[("area", number(lang, typology.least_plot_m2, 0).into())]);
    // The link at the right keeps its room.
    let built = typology.built.as_ref().map(|built| {
        let words = tr(lang, "typologies-built");
        let ink = theme.color(Role::Ink2);
        (built, kit::lay_within(ui, TypeRole::Caption, ink, &words, 200.0).size().x)
    });
    let room = rect.width() - built.map_or(0.0, |(_, wide)| wide + theme.space(4));
    text(pos2(rect.left(), rect.bottom() - 20.0), Align2::LEFT_TOP, TypeRole::Caption, ink, &words, room);
    kit::tip(&response, &format!("{}. {}", typology.reference(lang), typology.source), None);
    if let Some((built, wide)) = built {
        let place = Rect::from_min_max(pos2(rect.right() - wide - 2.0, rect.bottom() - 22.0), rect.max);
        let mut line = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(("built", &shown.id)));
        let link = kit::link(&mut line, TypeRole::Caption, &tr(lang, "typologies-built"));
        kit::tip(&link, &format!("{}. {}", built.name, built.notes[lang.index()]), None);
        if link.clicked() {
            return Some(Clicked::Built);
        }
    }
    response.clicked().then_some(Clicked::Card)
}

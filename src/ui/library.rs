//! The library: uses and rates of the project beside those that come with the program, and what a change of them does to
//! the figures before it is applied.

mod effect;
mod fields;
mod rates;
mod use_form;
mod use_look;

use egui::{Id, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2, vec2};

use super::kit::{self, ListRow, Segment, SwatchOf};
use super::theme::Theme;
use crate::i18n::{Lang, number, tr, tr_with};
use crate::library::{Family, Library, UseId};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Draft, LibraryStep, Studio};

/// As wide as the editor gets, and the columns beside the form, in logical pixels.
const MOST_WIDTH: f32 = 1180.0;
const LIST: f32 = 212.0;
const EFFECT: f32 = 270.0;

/// In less than this nothing of it can be read.
const LEAST_WIDTH: f32 = 300.0;

/// What is edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Uses,
    Rates,
}

/// What the editor remembers while it is open.
#[derive(Default)]
pub struct LibraryEditor {
    page: Page,
    filter: String,
    chosen: Option<UseId>,
    /// So many uses there were: one that is new is chosen.
    uses: usize,
    /// How many storeys have the chosen use, in one state of the project.
    in_use: Option<(u64, UseId, usize)>,
}

impl LibraryEditor {
    /// Shows it while it is open.
    pub fn show(&mut self, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
        let Some(draft) = studio.draft().filter(|_| studio.panels.library) else { return };
        let lang = studio.lang();
        let theme = Theme::of(ui.ctx());
        let window = ui.ctx().content_rect();
        let width = MOST_WIDTH.min(window.width() - 96.0);
        if width < LEAST_WIDTH {
            return;
        }
        // Where there is little room the form needs it most.
        let beside = (width / 1000.0).min(1.0);
        let (list, effect) = (LIST * beside, EFFECT * beside);
        let height = (window.height() - 210.0).max(200.0);
        let title = Command::Library.name(lang);
        let shown = kit::modal(ui.ctx(), Id::unique("library"), title.trim_end_matches('…'), width, |ui| {
            self.head(ui, draft, lang);
            ui.add_space(theme.space(3));
            let (body, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            kit::hairline_h(ui, body.x_range(), body.top(), Role::HairlineStrong);
            kit::hairline_h(ui, body.x_range(), body.bottom(), Role::Hairline);
            let seam = body.right() - effect;
            kit::hairline_v(ui, seam, body.y_range(), Role::Hairline);
            let part = |left: f32, right: f32| {
                Rect::from_min_max([left, body.top() + 1.0].into(), [right, body.bottom() - 1.0].into())
            };
            // Clear of the scroll bar.
            let main = part(body.left(), seam - theme.space(2));
            match self.page {
                Page::Uses => self.uses(ui, (main, list), studio, draft, actions),
                Page::Rates => {
                    let page = rates::Page { draft, filter: &self.filter, lang };
                    within(ui, "rates", main, |ui| page.show(ui, actions));
                }
            }
            within(ui, "effect", part(seam + theme.space(4), body.right()), |ui| effect::show(ui, studio, draft));
            ui.add_space(theme.space(4));
            self.foot(ui, draft, lang, actions)
        });
        if shown.inner || shown.close {
            actions.push(Action::Run(Command::Library));
        }
    }

    /// What is edited, and whose numbers these are.
    fn head(&mut self, ui: &mut Ui, draft: &Draft, lang: Lang) {
        let theme = Theme::of(ui.ctx());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(4);
            let names = ["library-uses", "library-rates"].map(|key| tr(lang, key));
            let choices = [Segment::new(Page::Uses, &names[0]), Segment::new(Page::Rates, &names[1])];
            kit::segments(ui, &tr(lang, "library-page"), &mut self.page, &choices);
            let (cell, _) = ui.allocate_exact_size(vec2(190.0, 24.0), Sense::hover());
            within(ui, "filter", cell, |ui| {
                let name = tr(lang, "library-filter");
                kit::TextField::new("library filter", &mut self.filter).name(&name).hint(&name).show(ui);
            });
            let (uses, rates) = draft.own_counts();
            let words = if draft.is_copy() {
                tr(lang, "library-is-copy")
            } else if uses + rates == 0 {
                tr(lang, "library-follows")
            } else {
                let count = |n: usize| number(lang, n as f64, 0);
                tr_with(
                    lang,
                    "library-own",
                    &[
                        ("uses", count(uses).into()),
                        ("nuses", uses.into()),
                        ("rates", count(rates).into()),
                        ("nrates", rates.into()),
                    ],
                )
            };
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap().selectable(false));
        });
    }

    /// The list of uses, and the form of the chosen one.
    fn uses(
        &mut self,
        ui: &mut Ui,
        (main, list): (Rect, f32),
        studio: &Studio,
        draft: &Draft,
        actions: &mut Vec<Action>,
    ) {
        let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
        let library = draft.library();
        let newest = library.uses().last().filter(|_| self.uses > 0 && library.uses().len() > self.uses);
        let chosen = newest.map(|known| known.id.clone()).or_else(|| self.chosen.take());
        self.uses = library.uses().len();
        let chosen = chosen.filter(|id| library.get(id).is_some());
        let chosen = chosen.or_else(|| library.uses().first().map(|known| known.id.clone()));
        let list = Rect::from_min_max(main.min, [main.left() + list, main.bottom()].into());
        kit::hairline_v(ui, list.right(), main.y_range(), Role::Hairline);
        let mut next = chosen.clone();
        within(ui, "uses", list, |ui| {
            ScrollArea::vertical().id_salt("uses").auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for family in Family::ALL {
                    next = self.family(ui, family, draft, chosen.as_ref(), lang).or(next.take());
                }
            });
        });
        self.chosen = next;
        let form = Rect::from_min_max([list.right() + theme.space(4), main.top()].into(), main.max);
        let Some(known) = chosen.and_then(|id| library.get(&id)) else { return };
        let in_use = self.storeys_with(studio, &known.id);
        within(ui, ("use", known.id.as_str()), form, |ui| {
            ScrollArea::vertical().id_salt(known.id.as_str()).auto_shrink(false).show(ui, |ui| {
                use_form::Form { studio, draft, known, in_use, lang }.show(ui, actions);
            });
        });
    }

    /// How many storeys of the project have a use, in all variants.
    fn storeys_with(&mut self, studio: &Studio, id: &UseId) -> usize {
        let Some(session) = studio.session() else { return 0 };
        let revision = session.revision();
        if let Some((.., count)) = self.in_use.as_ref().filter(|(of, known, _)| (*of, known) == (revision, id)) {
            return *count;
        }
        let volumes = session.project().variants.iter().flat_map(|variant| variant.volumes.iter());
        let count = volumes.flat_map(|volume| &volume.storeys).filter(|storey| storey.has_use(id)).count();
        self.in_use = Some((revision, id.clone(), count));
        count
    }

    /// The uses of a family; the one just chosen comes back.
    fn family(&self, ui: &mut Ui, family: Family, draft: &Draft, chosen: Option<&UseId>, lang: Lang) -> Option<UseId> {
        let filter = self.filter.trim().to_lowercase();
        let fits = |known: &&crate::library::Use| {
            known.family == family && (filter.is_empty() || known.name(lang).to_lowercase().contains(&filter))
        };
        let uses: Vec<_> = draft.library().uses().iter().filter(fits).collect();
        if uses.is_empty() {
            return None;
        }
        let theme = Theme::of(ui.ctx());
        ui.add_space(theme.space(3));
        ui.horizontal(|ui| {
            ui.add_space(6.0);
            kit::caption(ui, &tr(lang, &format!("family-{}", family.key())));
        });
        let mut picked = None;
        for known in uses {
            let own = draft.use_of(&known.id);
            let right = match (own.hidden, draft.is_own(&known.id)) {
                (true, _) => tr(lang, "library-hidden"),
                (false, true) => tr(lang, "library-changed"),
                (false, false) => String::new(),
            };
            let swatch = SwatchOf::of(known);
            let row = ListRow::new(known.name(lang)).swatch(Some(&swatch)).right(&right);
            if row.on(chosen == Some(&known.id)).show(ui).clicked() {
                picked = Some(known.id.clone());
            }
        }
        picked
    }

    /// Applying, dropping, and files. Whether the editor shall close.
    fn foot(&mut self, ui: &mut Ui, draft: &Draft, lang: Lang, actions: &mut Vec<Action>) -> bool {
        let theme = Theme::of(ui.ctx());
        let mut close = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(3);
            let changed = draft.is_changed();
            let step = |step: LibraryStep| Action::Library(step);
            let apply =
                ui.add_enabled_ui(draft.may_be_applied(), |ui| kit::primary(ui, &tr(lang, "library-apply"))).inner;
            if changed && !draft.may_be_applied() {
                kit::tip(&apply, &tr(lang, "say-library-faulty"), None);
            }
            if apply.clicked() {
                actions.push(step(LibraryStep::Apply));
            }
            let discard = kit::Button::new(&tr(lang, "library-discard")).enabled(changed).show(ui);
            if discard.clicked() {
                actions.push(step(LibraryStep::Discard));
            }
            close = kit::button(ui, &tr(lang, "notice-close"), None).clicked();
            ui.add_space(theme.space(3));
            ui.spacing_mut().item_spacing.x = theme.space(4);
            let links = [
                ("library-copy-all", step(LibraryStep::CopyAll), !draft.is_copy()),
                ("library-follow-all", step(LibraryStep::FollowAll), draft.own_counts() != (0, 0)),
                ("library-import", Action::Run(Command::Import), true),
                ("library-export", Action::Run(Command::ExportLibrary), true),
            ];
            for (key, action, _) in links.into_iter().filter(|(.., can)| *can) {
                let link = kit::link(ui, TypeRole::Small, &tr(lang, key));
                kit::tip(&link, &tr(lang, &format!("{key}-tip")), None);
                if link.clicked() {
                    actions.push(action);
                }
            }
        });
        close
    }
}

/// Shows something in a part of the sheet.
fn within<R>(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    rect: Rect,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let mut part = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(rect));
    part.set_clip_rect(ui.clip_rect().intersect(rect.expand(2.0)));
    add(&mut part)
}

/// Whether a use came with the program.
fn is_built_in(id: &UseId) -> bool {
    Library::built_in().get(id).is_some()
}

//! The rates of the project: of everything, of families of uses, and of kinds of ground.

use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2, pos2, vec2};

use super::fields::{self, Typed, dot};
use super::use_form::{confidence, rate_fault};
use crate::formula::rate_name;
use crate::i18n::{Lang, part_of, tr};
use crate::library::{OwnRate, RateId};
use crate::look::{Role, TypeRole};
use crate::measure::explain::unit_words;
use crate::studio::{Action, Draft, LibraryStep, defaults};
use crate::ui::kit;
use crate::ui::theme::Theme;

const ROW: f32 = 30.0;
/// Where fields stand, from the right of the name.
const SPAN: f32 = 222.0;
const YEAR: f32 = 56.0;
const CONFIDENCE: f32 = 92.0;
/// A narrower page has room for numbers only.
const LEAST_FOR_SOURCES: f32 = 720.0;

/// The page of rates.
pub(super) struct Page<'a> {
    pub draft: &'a Draft,
    pub filter: &'a str,
    pub lang: Lang,
}

impl Page<'_> {
    pub fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.add_space(theme.space(3));
        self.heads(ui);
        let rows = self.rows();
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().id_salt("rates").auto_shrink(false).show_rows(ui, ROW, rows.len(), |ui, range| {
            for (rate, subject, name) in &rows[range] {
                self.row(ui, *rate, subject, name, actions);
            }
        });
    }

    /// What is asked for, with its name.
    fn rows(&self) -> Vec<(RateId, String, String)> {
        let lang = self.lang;
        let wanted = self.filter.trim().to_lowercase();
        // Beside what has a default, what the project says of one use or kind of ground more.
        let own = self.draft.now().rates.iter().filter_map(|(key, rate, _)| {
            let (rate, subject) = (rate?, key.split_once('.').map_or("", |(_, subject)| subject));
            let info = rate.info();
            (info.is_of_table() && info.default_of(subject).is_none()).then_some((rate, subject))
        });
        let given = defaults().map(|(rate, subject)| (rate, subject as &str));
        let mut all: Vec<(RateId, &str)> = given.chain(own).collect();
        all.sort_by_key(|(rate, _)| *rate);
        let named = all.into_iter().map(|(rate, subject)| {
            let of = self.subject_name(subject);
            let name = if of.is_empty() { rate_name(rate, lang) } else { format!("{} · {of}", rate_name(rate, lang)) };
            (rate, subject.to_owned(), name)
        });
        named.filter(|(.., name)| wanted.is_empty() || name.to_lowercase().contains(&wanted)).collect()
    }

    fn subject_name(&self, subject: &str) -> String {
        if subject.is_empty() {
            return String::new();
        }
        if let Some(family) = subject.strip_prefix("family:") {
            return tr(self.lang, &format!("family-{family}"));
        }
        let of_use = self.draft.library().get(&subject.into()).map(|known| known.name(self.lang).to_owned());
        of_use.unwrap_or_else(|| tr(self.lang, &format!("surface-{subject}")))
    }

    /// Where the columns stand; in a narrow window source and year have no room and stand where they end.
    fn columns(width: f32) -> [f32; 5] {
        let confidence = width - 24.0 - CONFIDENCE;
        if width < LEAST_FOR_SOURCES {
            let span = confidence - 6.0 - SPAN;
            return [0.0, span, confidence, confidence, confidence];
        }
        let year = confidence - 6.0 - YEAR;
        let source = (width * 0.34).clamp(150.0, 260.0);
        let span = year - source - 12.0 - SPAN;
        [0.0, span, span + SPAN + 6.0, year, confidence]
    }

    fn heads(&self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
        let columns = Self::columns(rect.width());
        let keys =
            ["library-rate", "library-low-mid-high", "library-source", "library-year", "library-confidence-short"];
        let has_room = rect.width() >= LEAST_FOR_SOURCES;
        let is_shown = |key: &str| has_room || !matches!(key, "library-source" | "library-year");
        for (x, key) in columns.into_iter().zip(keys).filter(|(_, key)| is_shown(key)) {
            let at = pos2(rect.left() + x, rect.center().y);
            kit::paint_text(ui, at, egui::Align2::LEFT_CENTER, TypeRole::Caption, Role::Ink2, &tr(self.lang, key));
        }
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::HairlineStrong);
    }

    fn row(&self, ui: &mut Ui, rate: RateId, subject: &str, name: &str, actions: &mut Vec<Action>) {
        let (theme, lang, info) = (Theme::of(ui.ctx()), self.lang, rate.info());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        kit::hairline_h(ui, rect.x_range(), rect.bottom(), Role::Hairline);
        let [_, span, source, year, sure] = Self::columns(rect.width());
        let unit = unit_words(info.unit, lang);
        let words = if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") };
        if let Some(fault) = rate_fault(self.draft, rate, subject, lang) {
            let place = Rect::from_min_size(rect.min, vec2(span - 8.0, ROW));
            fields::refused(ui, place, &part_of(lang, &words, &fault), name);
        } else {
            let galley = kit::lay_within(ui, TypeRole::Small, theme.color(Role::Ink1), &words, span - 8.0);
            kit::paint_galley(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, galley);
            let place = Rect::from_min_size(rect.min, vec2(span, ROW));
            let said = ui.interact(place, ui.make_persistent_id((info.id, subject)), Sense::hover());
            kit::tip(&said, &words, None);
        }

        let own = self.draft.now().rates.get(info.id, subject);
        let default = info.default_of(subject);
        let value = own.map(OwnRate::value).or_else(|| default.map(|default| default.value));
        let typed = Typed { unit: "", decimals: 0, lang };
        let salt = format!("{}.{subject}", info.id);
        let cell = |ui: &mut Ui, x: f32, width: f32, key: &str, add: &mut dyn FnMut(&mut Ui)| {
            let cell = Rect::from_min_size(pos2(rect.left() + x, rect.center().y - 12.0), vec2(width, 24.0));
            let layout = Layout::left_to_right(Align::Center);
            let mut part = ui.new_child(UiBuilder::new().id_salt((&salt, key)).max_rect(cell).layout(layout));
            part.spacing_mut().item_spacing.x = 4.0;
            add(&mut part);
        };
        let mut set = None;
        let begun = || own.cloned().or_else(|| value.map(OwnRate::new));
        cell(ui, span, SPAN, "span", &mut |ui| {
            if let Some(new) = typed.span(ui, &salt, name, value, SPAN) {
                set = Some(own.cloned().unwrap_or_else(|| OwnRate::new(new)).with(new));
            }
        });
        let has_room = rect.width() >= LEAST_FOR_SOURCES;
        cell(ui, source, (year - source - 6.0).max(1.0), "source", &mut |ui| {
            if !has_room {
                return;
            }
            let before = own.map(|own| own.source.clone()).unwrap_or_default();
            let mut text = before.clone();
            let hint = match (own, default) {
                (None, Some(default)) => default.source.to_string(),
                _ => tr(lang, "library-source-hint"),
            };
            let name = part_of(lang, name, &tr(lang, "library-source"));
            let field = kit::TextField::new((&salt, "source", &before), &mut text).name(&name).hint(&hint).show(ui);
            if own.is_none() {
                kit::tip(&field.response, &hint, None);
            }
            if field.committed {
                set = begun().map(|own| OwnRate { source: text.trim().to_owned(), ..own });
            }
        });
        cell(ui, year, YEAR, "year", &mut |ui| {
            if !has_room {
                return;
            }
            let name = part_of(lang, name, &tr(lang, "library-year"));
            if let Some(typed) = fields::year(ui, &salt, &name, own.and_then(|own| own.year), YEAR, lang) {
                set = begun().map(|own| OwnRate { year: typed, ..own });
            }
        });
        cell(ui, sure, CONFIDENCE, "confidence", &mut |ui| {
            let of_default = default.map_or(crate::library::Confidence::Low, |default| default.confidence);
            let of_own = own.map(|own| own.confidence.unwrap_or(crate::library::Confidence::Low));
            let name = part_of(lang, name, &tr(lang, "library-confidence-short"));
            if let Some(new) = confidence(ui, &name, of_own.unwrap_or(of_default), lang) {
                set = begun().map(|own| OwnRate { confidence: Some(new), ..own });
            }
        });
        if let Some(own) = set {
            actions.push(Action::Library(LibraryStep::Rate(rate, subject.to_owned(), Some(own))));
        }
        let library = default.map(|default| typed.span_text(Some(default.value))).unwrap_or_default();
        if own.is_some() && dot(ui, rect, &salt, Some(&library), lang) {
            actions.push(Action::Library(LibraryStep::Rate(rate, subject.to_owned(), None)));
        }
    }
}

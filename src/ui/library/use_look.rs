//! What a use is called and how it is drawn.

use egui::{Color32, Sense, Ui, vec2};

use super::fields::Row;
use super::use_form::{Form, ONE};
use crate::i18n::tr;
use crate::library::{Family, UseLook, UseOverride};
use crate::look::TypeRole;
use crate::ui::kit::{self, Choice, SwatchOf};
use crate::ui::theme::Theme;

impl Form<'_> {
    pub(super) fn drawn(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride) {
        let (lang, known, built_in) = (self.lang, self.known, self.built_in());
        let said = |value: Option<String>| {
            value.or_else(|| built_in.is_none().then(String::new)).filter(|_| built_in.is_some())
        };
        let name = tr(lang, "field-name");
        let library = said(built_in.map(|known| known.name(lang).to_owned()));
        if (Row { name: &name, is_own: own.name.is_some(), library, fault: None }).show(ui, lang, |ui| {
            let mut text = known.name(lang).to_owned();
            let before = text.clone();
            if kit::TextField::new((known.id.as_str(), "name", &before), &mut text).name(&name).show(ui).committed
                && !text.trim().is_empty()
            {
                new.name = Some(text.trim().to_owned());
            }
        }) {
            new.name = None;
        }
        let family_name = |family: Family| tr(lang, &format!("family-{}", family.key()));
        let name = tr(lang, "library-family");
        let library = said(built_in.map(|known| family_name(known.family)));
        if (Row { name: &name, is_own: own.family.is_some(), library, fault: None }).show(ui, lang, |ui| {
            let choice = |family: &Family| Choice::with_swatch(family_name(*family), SwatchOf::Family(*family));
            let choices: Vec<Choice> = Family::ALL.iter().map(choice).collect();
            let current = Family::ALL.iter().position(|family| *family == known.family);
            if let Some(at) = kit::dropdown(ui, &name, current, "", &choices).0 {
                new.family = Some(Family::ALL[at]);
            }
        }) {
            new.family = None;
        }
        let name = tr(lang, "library-productive");
        let word = |is: bool| tr(lang, if is { "word-yes" } else { "word-no" });
        let library = said(built_in.map(|known| word(known.productive)));
        if (Row { name: &name, is_own: own.productive.is_some(), library, fault: None }).show(ui, lang, |ui| {
            let mut on = known.productive;
            let words = tr(lang, "word-yes");
            if kit::check_row(ui, &mut on, &words, true).changed() {
                new.productive = Some(on);
            }
        }) {
            new.productive = None;
        }
        let name = tr(lang, "library-color");
        let library = Some(tr(lang, "library-color-given"));
        if (Row { name: &name, is_own: own.color.is_some(), library, fault: self.fault("color") }).show(
            ui,
            lang,
            |ui| {
                self.color(ui, &name, new);
            },
        ) {
            new.color = None;
        }
        let name = tr(lang, "library-hatch");
        let library = Some(family_name(known.family));
        if (Row { name: &name, is_own: own.hatch.is_some(), library, fault: None }).show(ui, lang, |ui| {
            let choice = |family: &Family| {
                let look = UseLook { hatch: *family, ..known.look.clone() };
                Choice::with_swatch(family_name(*family), SwatchOf::Use(look))
            };
            let choices: Vec<Choice> = Family::ALL.iter().map(choice).collect();
            let current = Family::ALL.iter().position(|family| *family == known.look.hatch);
            if let Some(at) = kit::dropdown(ui, &name, current, "", &choices).0 {
                new.hatch = Some(Family::ALL[at]);
            }
        }) {
            new.hatch = None;
        }
    }

    /// The ink on screen: as text, and from a palette.
    fn color(&self, ui: &mut Ui, name: &str, new: &mut UseOverride) {
        let lang = self.lang;
        let theme = Theme::of(ui.ctx());
        let ink = theme.use_color(&self.known.look);
        let shown = hex(ink);
        let mut text = shown.clone();
        let (cell, _) = ui.allocate_exact_size(vec2(ONE, 24.0), Sense::hover());
        let mut field = ui.new_child(egui::UiBuilder::new().id_salt("color").max_rect(cell));
        let typed =
            kit::TextField::new((self.known.id.as_str(), "color", &shown), &mut text).name(name).show(&mut field);
        if typed.committed && text != shown {
            new.color = Some(text.trim().to_uppercase());
        }
        let button = kit::link(ui, TypeRole::Small, &tr(lang, "library-pick"));
        let place = ui.make_persistent_id("picked color");
        let mut picked = ui.data(|data| data.get_temp::<Color32>(place)).unwrap_or(ink);
        let open = kit::menu_panel(&button, &tr(lang, "library-color"), 230.0, |ui| {
            egui::Frame::new().inner_margin(theme.space(4)).show(ui, |ui| {
                ui.spacing_mut().slider_width = 200.0;
                egui::color_picker::color_picker_color32(ui, &mut picked, egui::color_picker::Alpha::Opaque);
            });
        });
        // The colour is taken when the palette closes: each shade on the way there would be a change of its own.
        match open {
            Some(()) => {
                ui.data_mut(|data| data.insert_temp(place, picked));
            }
            None => {
                let left = ui.data_mut(|data| data.remove_temp::<Color32>(place)).filter(|left| *left != ink);
                new.color = left.map(hex).or_else(|| new.color.take());
            }
        }
    }
}

fn hex(color: Color32) -> String {
    format!("#{:02X}{:02X}{:02X}", color.r(), color.g(), color.b())
}

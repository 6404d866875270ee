//! Everything about one use: what it is called and how it is drawn, what it needs, whom it employs, what it draws on.

use egui::{Sense, Ui, vec2};

use super::fields::{Row, Typed, year};
use super::is_built_in;
use crate::formula::rate_name;
use crate::i18n::{Arg, Lang, UNDEFINED, number, part_of, tr, tr_with};
use crate::library::{Confidence, Library, OwnRate, RateId, RateKind, RateTable, Skills, Use, UseOverride};
use crate::look::{Role, TypeRole};
use crate::measure::explain::unit_words;
use crate::model::{FaultKind, rate_rule, use_field_name, use_field_rule};
use crate::num::Span;
use crate::studio::{Action, Draft, LibraryStep, Studio};
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Choice, SwatchOf};
use crate::ui::theme::Theme;

/// Width of three fields, and of one.
const SPAN: f32 = 246.0;
pub(super) const ONE: f32 = 96.0;

/// The form of a use.
pub(super) struct Form<'a> {
    pub studio: &'a Studio,
    pub draft: &'a Draft,
    pub known: &'a Use,
    /// How many storeys of the project have it, in all variants.
    pub in_use: usize,
    pub lang: Lang,
}

impl Form<'_> {
    pub fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        ui.spacing_mut().item_spacing.y = 0.0;
        let own = self.draft.use_of(&self.known.id);
        let mut new = own.clone();
        self.head(ui, &own, &mut new, actions);
        self.drawn(ui, &own, &mut new);
        self.section(ui, "library-needs");
        self.needs(ui, &own, &mut new);
        self.section(ui, "library-jobs");
        self.jobs(ui, &own, &mut new);
        self.section(ui, "library-draws-on");
        self.energy(ui, &own, &mut new);
        self.section(ui, "library-from");
        self.source(ui, &own, &mut new);
        self.section(ui, "library-other-rates");
        self.rates(ui, actions);
        ui.add_space(theme.space(5));
        if new != own {
            actions.push(Action::Library(LibraryStep::Use(Box::new(new))));
        }
    }

    /// What the library says of the use, if it has it.
    pub(super) fn built_in(&self) -> Option<&'static Use> {
        static BUILT_IN: std::sync::LazyLock<std::sync::Arc<Library>> = std::sync::LazyLock::new(Library::built_in);
        BUILT_IN.get(&self.known.id)
    }

    fn section(&self, ui: &mut Ui, key: &str) {
        let theme = Theme::of(ui.ctx());
        ui.add_space(theme.space(4));
        ui.label(theme.text(TypeRole::Label, Role::Ink1, tr(self.lang, key)));
        ui.add_space(theme.space(1));
    }

    /// The name, and what can be done with the use as a whole.
    fn head(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), self.lang);
        let id = &self.known.id;
        ui.add_space(theme.space(4));
        ui.horizontal(|ui| {
            kit::swatch(ui, &SwatchOf::of(self.known));
            ui.add_space(theme.space(2));
            ui.label(theme.text(TypeRole::Lead, Role::Ink1, self.known.name(lang)));
            ui.add_space(theme.space(3));
            ui.label(theme.text(TypeRole::Caption, Role::Ink3, id.as_str()));
        });
        ui.add_space(theme.space(2));
        let in_use = self.in_use;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme.space(4), theme.space(1));
            let link = |ui: &mut Ui, key: &str| {
                let link = kit::link(ui, TypeRole::Small, &tr(lang, key));
                kit::tip(&link, &tr(lang, &format!("{key}-tip")), None);
                link.clicked()
            };
            if link(ui, "library-use-copy") {
                let name = tr_with(lang, "library-copy-name", &[("name", self.known.name(lang).into())]);
                actions.push(Action::Library(LibraryStep::NewUse(id.clone(), name)));
            }
            if link(ui, if own.hidden { "library-use-show" } else { "library-use-hide" }) {
                new.hidden = !own.hidden;
            }
            if is_built_in(id) {
                if self.draft.is_own(id) && link(ui, "library-use-reset") {
                    actions.push(Action::Library(LibraryStep::ResetUse(id.clone())));
                }
            } else if in_use == 0 && link(ui, "library-use-remove") {
                actions.push(Action::Library(LibraryStep::ResetUse(id.clone())));
            }
        });
        if in_use > 0 && !is_built_in(id) {
            self.replace(ui, in_use, actions);
        }
        ui.add_space(theme.space(3));
    }

    /// Where the draft says something of this use.
    fn path(&self) -> String {
        let place = self.draft.now().uses.iter().position(|own| own.id == self.known.id);
        place.map_or_else(String::new, |at| format!("/uses/{at}"))
    }

    /// Why what is said in a field of the use cannot stand.
    pub(super) fn fault(&self, field: &str) -> Option<String> {
        let path = self.path();
        let mut of_use = self.draft.faults().iter().filter(|fault| fault.at.path == path);
        of_use.find_map(|fault| match fault.kind {
            FaultKind::UseNumber { field: of } if of == field => Some(use_field_rule(field, self.lang)),
            FaultKind::Skills { .. } if field == "skills" => Some(fault.what(self.lang)),
            _ => None,
        })
    }

    /// A use of the project's own can go once nothing is drawn with it.
    fn replace(&self, ui: &mut Ui, in_use: usize, actions: &mut Vec<Action>) {
        let (theme, lang) = (Theme::of(ui.ctx()), self.lang);
        let Some(session) = self.studio.session() else { return };
        ui.add_space(theme.space(2));
        ui.horizontal(|ui| {
            let count = number(lang, in_use as f64, 0);
            let words = tr_with(lang, "library-in-use", &[("n", Arg::from(in_use)), ("count", count.into())]);
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink2, words)).wrap().selectable(false));
            let others: Vec<&Use> = session.library().offered().filter(|other| other.id != self.known.id).collect();
            let choice = |other: &&Use| Choice::with_swatch(other.name(lang), SwatchOf::of(other));
            let choices: Vec<Choice> = others.iter().map(choice).collect();
            let name = tr(lang, "library-replace");
            let (cell, _) = ui.allocate_exact_size(vec2(170.0, 24.0), Sense::hover());
            let mut field = ui.new_child(egui::UiBuilder::new().id_salt("replace").max_rect(cell));
            let (chosen, response) = kit::dropdown(&mut field, &name, None, &name, &choices);
            kit::tip(&response, &tr(lang, "library-replace-tip"), None);
            if let Some(other) = chosen.and_then(|at| others.get(at)) {
                actions.push(Action::ReplaceUse(self.known.id.clone(), other.id.clone()));
            }
        });
    }

    fn needs(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride) {
        let (known, built_in) = (self.known, self.built_in());
        let metres = Typed { unit: "m", decimals: 2, lang: self.lang };
        let load = Typed { unit: "kN/m²", decimals: 1, ..metres };
        let class = Typed { unit: "", decimals: 0, ..metres };
        let depth = Typed { decimals: 1, ..metres };
        self.one(
            ui,
            "floor_to_floor_m",
            metres,
            own.floor_to_floor_m,
            known.floor_to_floor_m,
            built_in.map(|b| b.floor_to_floor_m),
            |v| new.floor_to_floor_m = v,
        );
        self.one(
            ui,
            "clear_height_m",
            metres,
            own.clear_height_m,
            known.clear_height_m,
            built_in.map(|b| b.clear_height_m),
            |v| new.clear_height_m = v,
        );
        self.one(
            ui,
            "live_load_kn_m2",
            load,
            own.live_load_kn_m2,
            known.live_load_kn_m2,
            built_in.map(|b| b.live_load_kn_m2),
            |v| new.live_load_kn_m2 = v,
        );
        let name = tr(self.lang, "library-depth");
        let library = built_in.map(|b| format!("{} – {}", depth.text(b.plan_depth_m.0), depth.text(b.plan_depth_m.1)));
        let shown = own.plan_depth_m.unwrap_or(known.plan_depth_m.into());
        let row = Row { name: &name, is_own: own.plan_depth_m.is_some(), library, fault: self.fault("plan_depth_m") };
        if row.show(ui, self.lang, |ui| {
            for (at, key) in ["target-least", "target-most"].into_iter().enumerate() {
                let of = part_of(self.lang, &name, &tr(self.lang, key));
                if let Some(typed) = depth.number(ui, key, &of, Some(shown[at]), ONE) {
                    let mut both = shown;
                    both[at] = typed;
                    new.plan_depth_m = Some(both);
                }
            }
        }) {
            new.plan_depth_m = None;
        }
        let nuisance = own.nuisance_class.map(f64::from);
        self.one(
            ui,
            "nuisance_class",
            class,
            nuisance,
            known.nuisance_class.into(),
            built_in.map(|b| b.nuisance_class.into()),
            |v| new.nuisance_class = v.map(|v: f64| v.round() as u8),
        );
    }

    fn jobs(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride) {
        let (known, built_in) = (self.known, self.built_in());
        let area = Typed { unit: "m²", decimals: 0, lang: self.lang };
        let trips = Typed { unit: "", decimals: 1, lang: self.lang };
        self.span(ui, "m2_per_job", area, own.m2_per_job, known.m2_per_job, built_in.map(|b| b.m2_per_job), |v| {
            new.m2_per_job = v;
        });
        let percent = Typed { unit: "%", decimals: 0, lang: self.lang };
        let name = tr(self.lang, "library-skills");
        let shares = |skills: Option<[f64; 3]>| skills.map(|[low, mid, high]| Span { low, mid, high } * 100.0);
        let shown = shares(own.skills.map(Skills::shares).or(known.skills));
        let library = built_in.map(|b| percent.span_text(shares(b.skills)));
        let row = Row { name: &name, is_own: own.skills.is_some(), library, fault: self.fault("skills") };
        if row.show(ui, self.lang, |ui| {
            if let Some(Span { low, mid, high }) = percent.span(ui, "skills", &name, shown, SPAN) {
                new.skills = Some(Skills { low: low / 100.0, middle: mid / 100.0, high: high / 100.0 });
            }
        }) {
            new.skills = None;
        }
        self.span(
            ui,
            "goods_per_1000m2_day",
            trips,
            own.goods_per_1000m2_day,
            Some(known.goods_per_1000m2_day),
            built_in.map(|b| Some(b.goods_per_1000m2_day)),
            |v| new.goods_per_1000m2_day = v,
        );
    }

    fn energy(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride) {
        let (known, built_in) = (self.known, self.built_in());
        let energy = Typed { unit: "kWh/m²", decimals: 0, lang: self.lang };
        let net = Typed { unit: "", decimals: 2, lang: self.lang };
        self.one(
            ui,
            "electricity_kwh_m2_y",
            energy,
            own.electricity_kwh_m2_y,
            known.electricity_kwh_m2_y,
            built_in.map(|b| b.electricity_kwh_m2_y),
            |v| new.electricity_kwh_m2_y = v,
        );
        self.one(
            ui,
            "heat_kwh_m2_y",
            energy,
            own.heat_kwh_m2_y,
            known.heat_kwh_m2_y,
            built_in.map(|b| b.heat_kwh_m2_y),
            |v| new.heat_kwh_m2_y = v,
        );
        self.one(ui, "nia_per_gfa", net, own.nia_per_gfa, known.nia_per_gfa, built_in.map(|b| b.nia_per_gfa), |v| {
            new.nia_per_gfa = v;
        });
    }

    fn source(&self, ui: &mut Ui, own: &UseOverride, new: &mut UseOverride) {
        let (lang, known, built_in) = (self.lang, self.known, self.built_in());
        let name = tr(lang, "library-source");
        let library = built_in.map(|b| b.source.clone());
        if (Row { name: &name, is_own: own.source.is_some(), library, fault: None }).show(ui, lang, |ui| {
            let before = own.source.clone().unwrap_or_default();
            let mut text = before.clone();
            // The library's source is that of the library's numbers: none of the project's own.
            let is_of_others = own.says_numbers() || known.source.is_empty();
            let hint = if is_of_others { tr(lang, "library-source-hint") } else { known.source.clone() };
            let field = kit::TextField::new((known.id.as_str(), "source", &before), &mut text).name(&name).hint(&hint);
            if field.show(ui).committed {
                new.source = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            }
        }) {
            new.source = None;
        }
        let name = tr(lang, "library-year");
        let row = Row { name: &name, is_own: own.year.is_some(), library: Some(UNDEFINED.to_owned()), fault: None };
        if row.show(ui, lang, |ui| {
            if let Some(typed) = year(ui, known.id.as_str(), &name, own.year, ONE, lang) {
                new.year = typed;
            }
        }) {
            new.year = None;
        }
        let name = tr(lang, "library-confidence");
        let library = built_in.map(|b| b.confidence.name(lang));
        if (Row { name: &name, is_own: own.confidence.is_some(), library, fault: None }).show(ui, lang, |ui| {
            if let Some(chosen) = confidence(ui, &name, known.confidence, lang) {
                new.confidence = Some(chosen);
            }
        }) {
            new.confidence = None;
        }
    }

    /// The rates of the table that a use may have of its own.
    fn rates(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let (lang, id) = (self.lang, self.known.id.as_str());
        let now = &self.draft.now().rates;
        let table = RateTable::new(self.draft.library(), now);
        let Some(ix) = self.draft.library().ix(&self.known.id) else { return };
        for rate in RateId::all().filter(|rate| rate.info().is_of_table() && rate.info().kind == RateKind::Use) {
            let info = rate.info();
            let unit = unit_words(info.unit, lang);
            let typed = Typed { unit: "", decimals: 0, lang };
            let own = now.get(info.id, id);
            let value = own.map(OwnRate::value).or_else(|| table.of_use(rate, ix).map(|found| found.value));
            let name =
                if unit.is_empty() { rate_name(rate, lang) } else { format!("{} ({unit})", rate_name(rate, lang)) };
            let is_own = own.is_some();
            let fault = rate_fault(self.draft, rate, id, lang);
            let row = Row { name: &name, is_own, library: Some(tr(lang, "library-of-all")), fault };
            if row.show(ui, lang, |ui| {
                if let Some(span) = typed.span(ui, info.id, &name, value, SPAN) {
                    let own = own.cloned().unwrap_or_else(|| OwnRate::new(span)).with(span);
                    actions.push(Action::Library(LibraryStep::Rate(rate, id.to_owned(), Some(own))));
                }
            }) {
                actions.push(Action::Library(LibraryStep::Rate(rate, id.to_owned(), None)));
            }
        }
    }

    /// A row with one number, of a field as files name it.
    #[expect(clippy::too_many_arguments, reason = "a number, what it was, what the library says and where it goes")]
    fn one(
        &self,
        ui: &mut Ui,
        field: &str,
        typed: Typed<'_>,
        own: Option<f64>,
        known: f64,
        library: Option<f64>,
        mut set: impl FnMut(Option<f64>),
    ) {
        let name = tr(self.lang, use_field_name(field));
        let (is_own, library) = (own.is_some(), library.map(|value| typed.text(value)));
        let row = Row { name: &name, is_own, library, fault: self.fault(field) };
        let mut new = None;
        if row.show(ui, self.lang, |ui| new = typed.number(ui, field, &name, Some(own.unwrap_or(known)), ONE)) {
            set(None);
        }
        if new.is_some() {
            set(new);
        }
    }

    /// A row with low, mid and high.
    #[expect(clippy::too_many_arguments, reason = "as for one number")]
    fn span(
        &self,
        ui: &mut Ui,
        field: &str,
        typed: Typed<'_>,
        own: Option<Span>,
        known: Option<Span>,
        library: Option<Option<Span>>,
        mut set: impl FnMut(Option<Span>),
    ) {
        let name = tr(self.lang, use_field_name(field));
        let (is_own, library) = (own.is_some(), library.map(|value| typed.span_text(value)));
        let row = Row { name: &name, is_own, library, fault: self.fault(field) };
        let mut new = None;
        if row.show(ui, self.lang, |ui| new = typed.span(ui, field, &name, own.or(known), SPAN)) {
            set(None);
        }
        if new.is_some() {
            set(new);
        }
    }
}

/// Why a rate that the draft has cannot stand.
pub(super) fn rate_fault(draft: &Draft, rate: RateId, subject: &str, lang: Lang) -> Option<String> {
    let info = rate.info();
    let own = draft.now().rates.get(info.id, subject)?;
    info.fault(own.value()).map(|fault| rate_rule(fault, lang))
}

/// How sure a number is, as a choice.
pub(super) fn confidence(ui: &mut Ui, name: &str, current: Confidence, lang: Lang) -> Option<Confidence> {
    let choices: Vec<Choice> = Confidence::ALL.iter().map(|of| Choice::new(of.name(lang))).collect();
    let at = Confidence::ALL.iter().position(|of| *of == current);
    kit::dropdown(ui, name, at, "", &choices).0.map(|at| Confidence::ALL[at])
}

/// What is wrong, with its sign.
pub(super) fn warning(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    ui.horizontal(|ui| {
        crate::ui::icons::icon(ui, Icon::Warning, 16.0, theme.color(Role::Warning));
        ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Warning, words)).wrap());
    });
}

//! Uses of a project's own, and its changes to those of the library.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::drawn::{FREE_TINTS, UseLook, UseTint, hex_bytes};
use super::rates::UseField;
use super::sound::is_storey_height;
use super::uses::{Confidence, Family, Library, OwnNumbers, PLAIN_STOREY_M, Use, UseId, UseIx};
use crate::num::Span;
use crate::record::{Extra, record};

/// Shares of jobs by skill.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Skills {
    /// Low-skilled.
    pub low: f64,
    /// Middle-skilled.
    pub middle: f64,
    /// High-skilled.
    pub high: f64,
}

impl Skills {
    /// The shares in order: low, middle, high.
    #[must_use]
    pub fn shares(self) -> [f64; 3] {
        [self.low, self.middle, self.high]
    }

    /// Whether none is negative and they sum to 1 within 0.001.
    #[must_use]
    pub fn are_whole(self) -> bool {
        let shares = self.shares();
        shares.iter().all(|share| *share >= 0.0) && (shares.iter().sum::<f64>() - 1.0).abs() <= 1e-3
    }
}

record! {
    /// A use of a project's own, or changes to one of the library's: what is absent is the library's.
    pub struct UseOverride {
        /// Its stable name.
        pub id: UseId,
        /// Its family; must be given for a use that the library does not have.
        pub family: Option<Family> = default,
        /// Whether its floor counts as productive.
        pub productive: Option<bool> = default,
        /// What it is called, in every language.
        pub name: Option<String> = default,
        /// Its ink on screen, as `#RRGGBB`; without one a use of the project's own takes a tint of its family.
        pub color: Option<String> = default,
        /// The family whose hatch it is drawn with.
        pub hatch: Option<Family> = default,
        /// Default storey height in metres.
        pub floor_to_floor_m: Option<f64> = default,
        /// Clear height that it asks for, in metres.
        pub clear_height_m: Option<f64> = default,
        /// Live load that its floor must carry, in kN/m².
        pub live_load_kn_m2: Option<f64> = default,
        /// Plan depth that it works in, least and most, in metres.
        pub plan_depth_m: Option<[f64; 2]> = default,
        /// Nuisance class, 0 (quiet) to 4 (to be kept apart).
        pub nuisance_class: Option<u8> = default,
        /// Gross floor area per job in m²: low (sparse), mid, high (dense).
        pub m2_per_job: Option<Span> = default,
        /// Shares of its jobs by skill, summing to 1.
        pub skills: Option<Skills> = default,
        /// Goods movements per 1,000 m² and day.
        pub goods_per_1000m2_day: Option<Span> = default,
        /// Electricity in kWh per m² and year.
        pub electricity_kwh_m2_y: Option<f64> = default,
        /// Heat in kWh per m² and year.
        pub heat_kwh_m2_y: Option<f64> = default,
        /// Net internal over gross floor area.
        pub nia_per_gfa: Option<f64> = default,
        /// How sure the density of its jobs is; other numbers of a project are taken as estimates.
        pub confidence: Option<Confidence> = default,
        /// Where its numbers come from.
        pub source: Option<String> = default,
        /// The year that they are of.
        pub year: Option<u16> = default,
        /// Not offered in lists.
        pub hidden: bool = default,
    }
}

impl UseOverride {
    /// Changes nothing yet.
    #[must_use]
    pub fn new(id: impl Into<UseId>) -> Self {
        Self {
            id: id.into(),
            family: None,
            productive: None,
            name: None,
            color: None,
            hatch: None,
            floor_to_floor_m: None,
            clear_height_m: None,
            live_load_kn_m2: None,
            plan_depth_m: None,
            nuisance_class: None,
            m2_per_job: None,
            skills: None,
            goods_per_1000m2_day: None,
            electricity_kwh_m2_y: None,
            heat_kwh_m2_y: None,
            nia_per_gfa: None,
            confidence: None,
            source: None,
            year: None,
            hidden: false,
            extra: Extra::default(),
        }
    }

    /// All of a use as a copy that no longer follows the library; its names stay with the library where it has them.
    #[must_use]
    pub fn copy_of(known: &Use) -> Self {
        Self {
            family: Some(known.family),
            productive: Some(known.productive),
            floor_to_floor_m: Some(known.floor_to_floor_m),
            clear_height_m: Some(known.clear_height_m),
            live_load_kn_m2: Some(known.live_load_kn_m2),
            plan_depth_m: Some(known.plan_depth_m.into()),
            nuisance_class: Some(known.nuisance_class),
            m2_per_job: known.m2_per_job,
            skills: known.skills.map(|[low, middle, high]| Skills { low, middle, high }),
            goods_per_1000m2_day: Some(known.goods_per_1000m2_day),
            electricity_kwh_m2_y: Some(known.electricity_kwh_m2_y),
            heat_kwh_m2_y: Some(known.heat_kwh_m2_y),
            nia_per_gfa: Some(known.nia_per_gfa),
            confidence: Some(known.confidence),
            source: known.told_sources(),
            ..Self::new(known.id.clone())
        }
    }

    /// Whether it leaves nothing of a use to the library but its names.
    #[must_use]
    pub fn says_all_of(&self, known: &Use) -> bool {
        (self.m2_per_job.is_some() || known.m2_per_job.is_none())
            && (self.skills.is_some() || known.skills.is_none())
            && self.goods_per_1000m2_day.is_some()
            && self.electricity_kwh_m2_y.is_some()
            && self.heat_kwh_m2_y.is_some()
            && self.nia_per_gfa.is_some()
            && self.family.is_some()
            && self.productive.is_some()
            && self.floor_to_floor_m.is_some()
            && self.clear_height_m.is_some()
            && self.live_load_kn_m2.is_some()
            && self.plan_depth_m.is_some()
            && self.nuisance_class.is_some()
    }

    /// Whether it says numbers that figures are made of.
    #[must_use]
    pub fn says_numbers(&self) -> bool {
        self.m2_per_job.is_some()
            || self.skills.is_some()
            || self.goods_per_1000m2_day.is_some()
            || self.electricity_kwh_m2_y.is_some()
            || self.heat_kwh_m2_y.is_some()
            || self.nia_per_gfa.is_some()
    }

    /// Whether it says nothing that the library does not say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::new(self.id.clone())
    }

    /// What in it cannot stand, by the names of its fields; the library's stays in its place.
    #[must_use]
    pub fn faults(&self) -> Vec<&'static str> {
        let Self { floor_to_floor_m, plan_depth_m, .. } = self;
        let exact = |value: Option<f64>| value.map(Span::exact);
        let can_be = |field: UseField, value: Option<Span>| value.is_none_or(|value| field.allows(value));
        let fits = [
            ("m2_per_job", can_be(UseField::AreaPerJob, self.m2_per_job)),
            ("goods_per_1000m2_day", can_be(UseField::Goods, self.goods_per_1000m2_day)),
            ("skills", self.skills.is_none_or(Skills::are_whole)),
            ("floor_to_floor_m", floor_to_floor_m.is_none_or(is_storey_height)),
            ("clear_height_m", self.clear_height_m.is_none_or(is_storey_height)),
            ("live_load_kn_m2", self.live_load_kn_m2.is_none_or(|load| (0.0..=MOST_ASKED_KN_M2).contains(&load))),
            ("plan_depth_m", plan_depth_m.is_none_or(is_depth)),
            ("nuisance_class", self.nuisance_class.is_none_or(|class| class <= MOST_NUISANCE)),
            ("electricity_kwh_m2_y", can_be(UseField::Electricity, exact(self.electricity_kwh_m2_y))),
            ("heat_kwh_m2_y", can_be(UseField::Heat, exact(self.heat_kwh_m2_y))),
            // A floor without any net area would be none.
            ("nia_per_gfa", can_be(UseField::Net, exact(self.nia_per_gfa)) && self.nia_per_gfa != Some(0.0)),
            ("color", self.color.as_deref().is_none_or(|color| hex_bytes::<3>(color).is_some())),
        ];
        fits.into_iter().filter(|(_, fits)| !fits).map(|(field, _)| field).collect()
    }
}

/// No use asks a floor to carry more, in kN/m²: what a floor that is there carries has a bound of its own.
const MOST_ASKED_KN_M2: f64 = 1_000.0;

/// The class of what is to be kept apart.
pub const MOST_NUISANCE: u8 = 4;

fn is_depth([least, most]: [f64; 2]) -> bool {
    least >= 0.0 && least <= most && most <= 1e4
}

impl Library {
    /// The built-in uses with a project's own on top. An override of an unknown use without a family is left out;
    /// [`crate::model::check`] names it.
    #[must_use]
    pub fn with_overrides(overrides: &[UseOverride]) -> Arc<Self> {
        if overrides.is_empty() {
            return Self::built_in();
        }
        let mut library = Self::clone(&Self::built_in());
        for change in overrides {
            let index = match library.by_id.get(&change.id) {
                Some(ix) => usize::from(ix.0),
                None => match change.family {
                    Some(family) if library.uses.len() < usize::from(u16::MAX) => {
                        let tint = UseTint::Free(library.free_tint(&change.id, family));
                        library.uses.push(blank_use(&change.id, family, tint));
                        library.hidden.push(false);
                        library.by_id.insert(change.id.clone(), UseIx(library.uses.len() as u16 - 1));
                        library.uses.len() - 1
                    }
                    _ => continue,
                },
            };
            library.uses[index].take(change);
            library.hidden[index] = change.hidden;
        }
        Arc::new(library)
    }
}

impl Library {
    /// A tint that no other use of a project's own has in its family, as long as there is one. It begins where the name of the
    /// use says, so that a use keeps its tint when others come and go.
    fn free_tint(&self, id: &UseId, family: Family) -> u8 {
        let taken = |step: u8| {
            let mut others = self.uses.iter().filter(|known| known.family == family);
            others.any(|known| known.look.tint == UseTint::Free(step))
        };
        let begin = id.as_str().bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % FREE_TINTS;
        let mut steps = (0..FREE_TINTS).map(|step| (begin + step) % FREE_TINTS);
        steps.find(|step| !taken(*step)).unwrap_or(begin)
    }
}

impl Use {
    /// Takes what a project says otherwise. Numbers that cannot be leave those of the library in place, and its source;
    /// the check names them.
    fn take(&mut self, change: &UseOverride) {
        let faults = change.faults();
        let fits = |field: &str| !faults.contains(&field);
        self.family = change.family.unwrap_or(self.family);
        self.productive = change.productive.unwrap_or(self.productive);
        if let Some(name) = &change.name {
            self.names = [name.clone(), name.clone(), name.clone()];
        }
        let tint = change.color.as_deref().and_then(hex_bytes).map_or(self.look.tint, UseTint::Own);
        let hatch = change.hatch.or(change.family).unwrap_or(self.look.hatch);
        self.look = UseLook { id: self.id.clone(), family: self.family, tint, hatch };

        let set = |place: &mut f64, field, value: Option<f64>| *place = value.filter(|_| fits(field)).unwrap_or(*place);
        set(&mut self.floor_to_floor_m, "floor_to_floor_m", change.floor_to_floor_m);
        set(&mut self.clear_height_m, "clear_height_m", change.clear_height_m);
        set(&mut self.live_load_kn_m2, "live_load_kn_m2", change.live_load_kn_m2);
        if let Some([least, most]) = change.plan_depth_m.filter(|_| fits("plan_depth_m")) {
            self.plan_depth_m = (least, most);
        }
        self.nuisance_class = change.nuisance_class.filter(|_| fits("nuisance_class")).unwrap_or(self.nuisance_class);

        // Whoever sets a number is its source, not the book that the old one came from.
        let mut own = OwnNumbers::default();
        let mut sets = |field: UseField, name: &str, is_given: bool| {
            let sets = is_given && fits(name);
            if sets {
                own.fields.push(field);
            }
            sets
        };
        if sets(UseField::AreaPerJob, "m2_per_job", change.m2_per_job.is_some()) {
            self.m2_per_job = change.m2_per_job;
        }
        if sets(UseField::Skill(0), "skills", change.skills.is_some()) {
            self.skills = change.skills.map(Skills::shares);
        }
        if sets(UseField::Goods, "goods_per_1000m2_day", change.goods_per_1000m2_day.is_some()) {
            self.goods_per_1000m2_day = change.goods_per_1000m2_day.unwrap_or_default();
        }
        for (field, name, place, value) in [
            (
                UseField::Electricity,
                "electricity_kwh_m2_y",
                &mut self.electricity_kwh_m2_y,
                change.electricity_kwh_m2_y,
            ),
            (UseField::Heat, "heat_kwh_m2_y", &mut self.heat_kwh_m2_y, change.heat_kwh_m2_y),
            (UseField::Net, "nia_per_gfa", &mut self.nia_per_gfa, change.nia_per_gfa),
        ] {
            if sets(field, name, value.is_some()) {
                *place = value.unwrap_or_default();
            }
        }
        self.confidence = change.confidence.unwrap_or(self.confidence);
        own.confidence = change.confidence;
        own.source = sourced(change.source.as_deref().unwrap_or_default(), change.year);
        self.own = own;
    }
}

/// A source with the year that numbers are of, where it does not say it already.
pub(super) fn sourced(source: &str, year: Option<u16>) -> String {
    match year.map(|year| year.to_string()) {
        Some(year) if source.is_empty() => year,
        Some(year) if !source.contains(&year) => format!("{source}, {year}"),
        _ => source.to_owned(),
    }
}

/// A use of a project's own before anything is said of it: an office-like floor without jobs.
fn blank_use(id: &UseId, family: Family, tint: UseTint) -> Use {
    let name = id.as_str().replace('_', " ");
    Use {
        id: id.clone(),
        family,
        productive: matches!(family, Family::Making | Family::Reuse | Family::Logistics | Family::Growing),
        names: [name.clone(), name.clone(), name],
        look: UseLook { id: id.clone(), family, tint, hatch: family },
        floor_to_floor_m: PLAIN_STOREY_M,
        clear_height_m: 3.2,
        live_load_kn_m2: 4.0,
        plan_depth_m: (5.0, 40.0),
        nuisance_class: 0,
        m2_per_job: None,
        skills: None,
        goods_per_1000m2_day: Span::default(),
        electricity_kwh_m2_y: 0.0,
        heat_kwh_m2_y: 0.0,
        nia_per_gfa: 0.85,
        confidence: Confidence::Low,
        source: String::new(),
        own: OwnNumbers::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_changes_and_adds_uses() {
        let mut cheaper = UseOverride::new("office");
        cheaper.m2_per_job = Some(Span { low: 20.0, mid: 18.0, high: 15.0 });
        let mut own = UseOverride::new("brewery");
        own.family = Some(Family::Making);
        let library = Library::with_overrides(&[cheaper, own]);
        assert_eq!(library.get(&"office".into()).and_then(|u| u.m2_per_job).map(|s| s.mid), Some(18.0));
        assert!(library.get(&"brewery".into()).is_some_and(|u| u.productive));
        assert_eq!(Library::built_in().get(&"brewery".into()), None);
    }
}

//! Uses of a project's own, and its changes to those of the library.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::sound::{are_areas_for_one, is_count, is_storey_height};
use super::uses::{Confidence, Family, Library, PLAIN_STOREY_M, Use, UseId, UseIx};
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
        /// Default storey height in metres.
        pub floor_to_floor_m: Option<f64> = default,
        /// Gross floor area per job in m²: low (sparse), mid, high (dense).
        pub m2_per_job: Option<Span> = default,
        /// Shares of its jobs by skill, summing to 1.
        pub skills: Option<Skills> = default,
        /// Goods movements per 1,000 m² and day.
        pub goods_per_1000m2_day: Option<Span> = default,
        /// Where it comes from.
        pub source: Option<String> = default,
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
            floor_to_floor_m: None,
            m2_per_job: None,
            skills: None,
            goods_per_1000m2_day: None,
            source: None,
            hidden: false,
            extra: Extra::default(),
        }
    }
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
                        library.uses.push(blank_use(&change.id, family));
                        library.hidden.push(false);
                        library.by_id.insert(change.id.clone(), UseIx(library.uses.len() as u16 - 1));
                        library.uses.len() - 1
                    }
                    _ => continue,
                },
            };
            let target = &mut library.uses[index];
            target.family = change.family.unwrap_or(target.family);
            target.productive = change.productive.unwrap_or(target.productive);
            // Numbers that cannot be leave those of the library in place, and its source; the check names them.
            let height_m = change.floor_to_floor_m.filter(|height_m| is_storey_height(*height_m));
            let m2_per_job = change.m2_per_job.filter(are_areas_for_one);
            let skills = change.skills.filter(|skills| skills.are_whole()).map(Skills::shares);
            let goods = change.goods_per_1000m2_day.filter(is_count);
            let has_own = m2_per_job.is_some() || skills.is_some() || goods.is_some();
            target.floor_to_floor_m = height_m.unwrap_or(target.floor_to_floor_m);
            target.m2_per_job = m2_per_job.or(target.m2_per_job);
            target.skills = skills.or(target.skills);
            target.goods_per_1000m2_day = goods.unwrap_or(target.goods_per_1000m2_day);
            if let Some(name) = &change.name {
                target.names = [name.clone(), name.clone(), name.clone()];
            }
            match &change.source {
                Some(source) => target.source.clone_from(source),
                // Whoever changes a number is its source, not the book that the old one came from.
                None if has_own => target.source.clear(),
                None => {}
            }
            library.hidden[index] = change.hidden;
        }
        Arc::new(library)
    }
}

/// A use of a project's own before anything is said of it: an office-like floor without jobs.
fn blank_use(id: &UseId, family: Family) -> Use {
    let name = id.as_str().replace('_', " ");
    Use {
        id: id.clone(),
        family,
        productive: matches!(family, Family::Making | Family::Reuse | Family::Logistics | Family::Growing),
        names: [name.clone(), name.clone(), name],
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

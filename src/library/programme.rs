//! What a typology puts on its floors: runs of storeys from the bottom up, part by part, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Library, UseId};

/// Storeys of one kind, one upon the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Run {
    /// What happens there: uses with their shares, which sum to 1.
    pub uses: BTreeMap<UseId, f64>,
    /// How many; left out of the one run that takes all that are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Floor to floor in metres; left out where the use says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_m: Option<f64>,
    /// The part of the floor that has a mezzanine over it, of the same uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mezzanine: Option<f64>,
    /// Whether it is there already and stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// What the use said when this was put to work: what was made then does not become something else when the library does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_m: Option<f64>,
}

/// The runs of each part of a typology, such as its plinth and its homes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Programme(pub BTreeMap<String, Vec<Run>>);

impl Run {
    /// Floor to floor in metres where the run does not say it: what its use says, of several that with the largest share.
    #[must_use]
    pub fn height_by_use_m(&self, library: &Library) -> f64 {
        /// Where nobody says how high.
        const PLAIN_M: f64 = 3.5;
        let main = self.uses.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        main.and_then(|(id, _)| library.get(id)).map_or(PLAIN_M, |known| known.floor_to_floor_m)
    }
}

impl Programme {
    /// The same with what the uses say now of heights.
    #[must_use]
    pub fn with_heights(&self, library: &Library) -> Self {
        let mut programme = self.clone();
        for run in programme.0.values_mut().flatten() {
            run.usual_m = run.height_m.is_none().then(|| run.height_by_use_m(library));
        }
        programme
    }

    /// The run of every storey of a part that has so many, from the bottom up; empty for a part without any run.
    ///
    /// Runs with a count take that many as long as there are storeys left; the one without takes what the others leave, and
    /// where all have a count the topmost goes on.
    #[must_use]
    pub fn storeys(&self, part: &str, levels: u32) -> Vec<&Run> {
        let runs = self.0.get(part).map(Vec::as_slice).unwrap_or_default();
        let counted: u32 = runs.iter().filter_map(|run| run.count).fold(0, u32::saturating_add);
        let open = runs.iter().position(|run| run.count.is_none()).or(runs.len().checked_sub(1));
        let rest = levels.saturating_sub(counted);
        let mut storeys = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let more = if Some(at) == open { rest } else { 0 };
            let count = run.count.unwrap_or(0).saturating_add(more).min(levels - storeys.len() as u32);
            storeys.extend(std::iter::repeat_n(run, count as usize));
        }
        storeys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(id: &str, count: Option<u32>) -> Run {
        Run { uses: [(id.into(), 1.0)].into(), count, height_m: None, mezzanine: None, kept: false, usual_m: None }
    }

    fn names(runs: Vec<Run>, levels: u32) -> Vec<String> {
        let programme = Programme([("bar".to_owned(), runs)].into());
        let storeys = programme.storeys("bar", levels);
        storeys.iter().filter_map(|run| run.uses.keys().next().map(ToString::to_string)).collect()
    }

    #[test]
    fn runs_fill_the_storeys_that_there_are() {
        let runs = || vec![run("shop", Some(1)), run("housing", None), run("studio", Some(1))];
        assert_eq!(names(runs(), 4), ["shop", "housing", "housing", "studio"]);
        assert_eq!(names(runs(), 2), ["shop", "studio"]);
        assert_eq!(names(runs(), 1), ["shop"], "the lowest comes first");
        assert_eq!(
            names(vec![run("shop", Some(1)), run("office", Some(1))], 4),
            ["shop", "office", "office", "office"]
        );
        assert_eq!(names(Vec::new(), 3), [""; 0]);
        assert_eq!(Programme::default().storeys("bar", 3), Vec::<&Run>::new());
    }
}

//! Plots looked for among many: by area, by how long they lie on streets, by what they are called, by what a file says of them,
//! by whether anything stands there. Looked for in a thread; what is found can be selected, and typologies put on all of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Studio;
use super::files::Outcome;
use super::index::Index;
use super::surroundings::frontage_m;
use crate::i18n::{Lang, tr};
use crate::model::{Condition, Id, Plot, Project, Region, Variant, attribute_words};

/// What is looked for; what is left out is not asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlotFilter {
    /// The least area in m².
    pub least_m2: Option<f64>,
    /// The most.
    pub most_m2: Option<f64>,
    /// How long it lies on streets at least, in metres, as far as they are drawn around it.
    pub least_frontage_m: Option<f64>,
    /// A part of its name, its reference, its region, or of anything that is said of it.
    pub text: String,
    /// Attributes by their names, and what their values shall be as it is typed, all of them; see [`Condition::typed`].
    pub attributes: Vec<(String, String)>,
    /// Only those that nothing stands on.
    pub is_empty: bool,
}

/// What was found, for which state of the project.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotsFound {
    /// The revision of the session.
    pub revision: u64,
    /// What was asked.
    pub filter: PlotFilter,
    /// The plots, in order of id.
    pub ids: Vec<Id>,
    /// Of how many.
    pub of: usize,
    /// The attributes that there are, in order.
    pub attributes: Vec<String>,
}

impl Studio {
    /// Looks for plots.
    pub(super) fn filter_plots(&mut self, filter: PlotFilter) {
        let lang = self.lang();
        let Some(session) = self.session() else { return };
        let (project, variant, revision) = (session.snapshot(), session.variant().id, session.revision());
        self.plot_filter = filter.clone();
        self.tasks.start(tr(lang, "task-plots"), move || {
            let (ids, of) = found(&project, variant, &filter);
            let attributes = project.variant(variant).map(attributes_of).unwrap_or_default();
            Outcome::PlotsFound(PlotsFound { revision, filter, ids, of, attributes })
        });
    }

    /// What was found last; nothing while the project or the question is another by now.
    #[must_use]
    pub fn plots_found(&self) -> Option<&PlotsFound> {
        let revision = self.session()?.revision();
        self.plots_found.as_deref().filter(|found| (found.revision, &found.filter) == (revision, &self.plot_filter))
    }

    /// The attributes that there are to look for, as they were when plots were looked for last.
    #[must_use]
    pub fn plot_attributes(&self) -> &[String] {
        self.plots_found.as_ref().map_or(&[], |found| &found.attributes)
    }

    /// What is looked for.
    #[must_use]
    pub fn plot_filter(&self) -> &PlotFilter {
        &self.plot_filter
    }

    pub(super) fn take_plots_found(&mut self, found: PlotsFound) {
        self.plots_found = Some(Arc::new(found));
    }
}

/// The plots of a variant that a filter lets through, and of how many.
fn found(project: &Project, variant: Id, filter: &PlotFilter) -> (Vec<Id>, usize) {
    let Some(v) = project.variant(variant) else { return (Vec::new(), 0) };
    let built_on: BTreeSet<Id> = v.volumes.iter().filter_map(|volume| v.plot_of(volume)).collect();
    let context = filter.least_frontage_m.map(|_| Index::of_context(project));
    let wanted = filter.text.trim().to_lowercase();
    let asked = filter.attributes.iter().filter_map(|(key, value)| Condition::typed(key, value));
    let conditions: Vec<Condition> = asked.collect();
    let is_meant = |plot: &Plot| {
        let area_m2 = plot.outline.area_m2();
        (!filter.is_empty || !built_on.contains(&plot.id))
            && filter.least_m2.is_none_or(|least| area_m2 >= least)
            && filter.most_m2.is_none_or(|most| area_m2 <= most)
            && (wanted.is_empty() || is_called(plot, &wanted))
            && conditions.iter().all(|condition| condition.holds(&plot.attributes))
            && filter
                .least_frontage_m
                .zip(context.as_ref())
                .is_none_or(|(least_m, context)| frontage_m(project, context, plot) >= least_m)
    };
    (v.plots.iter().filter(|plot| is_meant(plot)).map(|plot| plot.id).collect(), v.plots.len())
}

/// The attributes that any plot of a variant has, in order.
fn attributes_of(v: &Variant) -> Vec<String> {
    let all: BTreeSet<&String> = v.plots.iter().flat_map(|plot| plot.attributes.keys()).collect();
    all.into_iter().cloned().collect()
}

fn is_called(plot: &Plot, wanted: &str) -> bool {
    let region = |region: Region| Lang::ALL.map(|lang| tr(lang, &format!("region-{}", region.key())));
    let said = plot.attributes.iter().chain(plot.extra.iter());
    let known = said.map(|(key, value)| format!("{key}={}", attribute_words(value)));
    let own = [plot.called(), plot.code.clone()].into_iter().chain(known);
    let key = plot.region.key().to_owned();
    // A region by the beginning of its name: a letter or two are in all of them.
    let regions = region(plot.region).into_iter().chain([key]);
    let is_region =
        wanted.chars().count() > 2 && regions.map(|name| name.to_lowercase()).any(|name| name.starts_with(wanted));
    is_region || own.map(|text| text.to_lowercase()).any(|text| text.contains(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Outline, point};
    use crate::model::{Building, Context, ContextKind, ContextShape, Origin, Volume};
    use crate::record::Extra;

    #[test]
    fn plots_are_found_by_area_street_name_and_emptiness() {
        let mut project = Project::new("Parcels", Origin::new(4.34, 50.86), "A");
        let v = &mut project.variants[0];
        // Three plots of 20 × 30, 30 × 30 and 40 × 30 m; a street passes south of the first two.
        for (at, (x, width)) in [(0.0, 20.0), (50.0, 30.0), (100.0, 40.0)].into_iter().enumerate() {
            let outline = Outline::rectangle(point(x, 0.0), point(x + width, 30.0));
            let region = if at == 2 { Region::Flanders } else { Region::Brussels };
            let attributes = [("built".to_owned(), serde_json::Value::from(1950 + 10 * at))].into();
            let plot = Plot::new(Id(10 + at as u64), format!("21-B-{at}"), outline);
            v.plots.insert(Plot { region, attributes, ..plot });
        }
        v.buildings.insert(Building::new(Id(20), "Hall", Some(Id(10))));
        v.volumes.insert(Volume::new(Id(21), Id(20), "Hall", Outline::rectangle(point(1.0, 1.0), point(9.0, 9.0))));
        project.context.insert(Context {
            id: Id(30),
            name: String::new(),
            kind: ContextKind::Road,
            shape: ContextShape::Area(Outline::rectangle(point(-10.0, -10.0), point(85.0, -2.0))),
            height_m: None,
            credit: String::new(),
            extra: Extra::default(),
        });
        let variant = project.variants[0].id;
        let ids = |filter: PlotFilter| -> Vec<u64> {
            let (ids, of) = found(&project, variant, &filter);
            assert_eq!(of, 3);
            ids.into_iter().map(|id| id.0).collect()
        };
        let all = PlotFilter::default;
        assert_eq!(ids(all()), [10, 11, 12]);
        assert_eq!(ids(PlotFilter { least_m2: Some(900.0), most_m2: Some(1000.0), ..all() }), [11]);
        assert_eq!(ids(PlotFilter { least_frontage_m: Some(25.0), ..all() }), [11]);
        assert_eq!(ids(PlotFilter { least_frontage_m: Some(20.0), ..all() }), [10, 11]);
        assert_eq!(ids(PlotFilter { is_empty: true, ..all() }), [11, 12]);
        assert_eq!(ids(PlotFilter { text: " b-1".to_owned(), ..all() }), [11]);
        assert_eq!(ids(PlotFilter { text: "built=197".to_owned(), ..all() }), [12]);
        let asked = |value: &str| ("built".to_owned(), value.to_owned());
        let built = |value: &str| PlotFilter { attributes: vec![asked(value)], ..all() };
        assert_eq!(ids(PlotFilter { attributes: vec![asked("> 1950"), asked("< 1970")], ..all() }), [11]);
        assert_eq!(
            (ids(built(">= 1960")), ids(built("1950")), ids(built(""))),
            (vec![11, 12], vec![10], vec![10, 11, 12])
        );
        assert_eq!(attributes_of(&project.variants[0]), ["built"]);
        assert_eq!(ids(PlotFilter { text: "fland".to_owned(), ..all() }), [12]);
    }
}

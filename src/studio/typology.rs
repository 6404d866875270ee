//! A typology put on plots: what its generator makes, with names, as one edit.

use std::collections::BTreeMap;

use super::{Session, Studio};
use crate::edit::{EditBuilder, Label};
use crate::generate::{Ask, Generator, GivenUp, Made, REACH_M, guess_roles, make};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::library::Typology;
use crate::model::{At, Building, GoodsAccess, Id, Plot, Surface, Volume};
use crate::record::Extra;

impl Studio {
    /// Puts a typology on plots that nothing stands on. What could not be done is said, plot by plot.
    pub(super) fn place_typology(&mut self, id: &str, plots: &[Id]) {
        let lang = self.lang();
        let (Some(typology), Some(session)) = (Typology::named(id), self.session_mut()) else { return };
        let Some(generator) = Generator::named(&typology.generator) else { return };
        session.keep_made();
        session.settle();
        let session = &*session;
        let library = session.library();
        let ask = Ask { generator, values: &typology.values, programme: &typology.programme, roles: &[], library };
        let v = session.variant();
        let label = Label::about("edit-typology", typology.name(lang));
        let mut edit = EditBuilder::new(session.project(), v.id, label);
        let (mut volumes, mut faults, mut given_up) = (Vec::new(), Vec::new(), Vec::new());
        for plot in plots.iter().filter_map(|id| v.plots.get(*id)) {
            if is_built_on(session, plot.id) {
                faults.push(tr_with(lang, "typology-built-on", &[("plot", plot.called().into())]));
                continue;
            }
            let roles = guess_roles(&plot.outline, session.context_near(&plot.outline, REACH_M));
            match make(&plot.outline, &Ask { roles: &roles, ..ask }) {
                Ok(made) => {
                    given_up.extend(made.given_up.clone());
                    volumes.extend(put(&mut edit, plot, made, lang));
                }
                Err(refusal) => {
                    let args = [("plot", plot.called().into()), ("why", refusal.text(lang).into())];
                    faults.push(tr_with(lang, "typology-refused", &args));
                }
            }
        }
        let edit = edit.finish();
        if !faults.is_empty() {
            self.complain(tr(lang, "typology-not-placed"), faults, None);
        }
        if volumes.is_empty() {
            return;
        }
        self.apply(edit);
        let Some(session) = self.session_mut() else { return };
        session.select(volumes);
        let words = said(typology, &given_up, lang);
        self.say_done(words);
    }
}

fn is_built_on(session: &Session, plot: Id) -> bool {
    session.sums().is_some_and(|sums| sums.volumes_on(plot).next().is_some())
}

/// Adds what was made on a plot; the volumes come back.
fn put(edit: &mut EditBuilder, plot: &Plot, made: Made, lang: Lang) -> Vec<Id> {
    let mut buildings: BTreeMap<usize, Id> = BTreeMap::new();
    let mut volumes = Vec::with_capacity(made.volumes.len());
    for volume in made.volumes {
        let name = element_name(&volume.element, lang);
        let building = *buildings.entry(volume.building).or_insert_with(|| {
            let id = edit.take_id();
            edit.building(Building::new(id, name.clone(), Some(plot.id)));
            id
        });
        let id = edit.take_id();
        let mut new = Volume::new(id, building, name, volume.footprint);
        (new.base_m, new.storeys) = (volume.base_m, volume.storeys);
        edit.volume(new);
        volumes.push(id);
    }
    for surface in made.surfaces {
        let id = edit.take_id();
        let name = element_name(&surface.element, lang);
        let (kind, outline) = (surface.kind, surface.outline);
        edit.surface(Surface { id, name, code: String::new(), kind, outline, extra: Extra::default() });
    }
    for access in made.accesses {
        let id = edit.take_id();
        let name = element_name(&access.element, lang);
        edit.goods_access(GoodsAccess { id, name, at: At(access.at), extra: Extra::default() });
    }
    volumes
}

/// What an element is called: `row 1 roof 2`, word by word.
fn element_name(element: &str, lang: Lang) -> String {
    let word = |word: &str| match word.parse::<u32>() {
        Ok(_) => word.to_owned(),
        Err(_) => tr(lang, &format!("element-{word}")),
    };
    let words: Vec<String> = element.split(' ').map(word).collect();
    let name = words.join(" ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// That it stands, and what there was no room for.
fn said(typology: &Typology, given_up: &[GivenUp], lang: Lang) -> String {
    let placed = tr_with(lang, "typology-placed", &[("name", typology.name(lang).into())]);
    let mut by_param: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for up in given_up {
        let sums = by_param.entry(up.what).or_default();
        *sums = [sums[0] + up.given, sums[1] + up.asked];
    }
    let words = by_param.into_iter().map(|(what, [given, asked])| {
        let name = tr(lang, &format!("given-up-{}", what.replace('_', "-")));
        let [given, asked] = [given, asked].map(|value| number(lang, value, 0));
        tr_with(lang, "typology-given-up", &[("what", name.into()), ("given", given.into()), ("asked", asked.into())])
    });
    std::iter::once(placed).chain(words).collect::<Vec<_>>().join(" · ")
}

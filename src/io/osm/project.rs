//! A project that holds the surroundings of a place, from an OpenStreetMap file: what `import` makes, and what is added to
//! the open project.

use std::path::Path;

use super::context::{ContextOptions, ContextTaken, context_of};
use super::{OsmError, OsmRead, read};
use crate::crs::{CrsError, Frame};
use crate::geometry::{Bounds, Point};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::model::{Id, Origin, Project};

/// More surroundings than this are a whole city, not those of a site.
const MOST: usize = 150_000;

/// How surroundings are read.
#[derive(Clone, Copy, Debug)]
pub struct SurroundingsOptions<'a> {
    /// What of the file, in degrees (west, south, east, north); all of it when `None`.
    pub cover_deg: Option<[f64; 4]>,
    /// Where the frame touches the earth; the middle of what is read when `None`.
    pub origin_deg: Option<[f64; 2]>,
    /// What the project is called.
    pub name: &'a str,
    /// The language of names and notes.
    pub lang: Lang,
}

/// Why there are no surroundings. The texts begin in lower case.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum SurroundingsError {
    /// The file cannot be read.
    File(#[from] OsmError),
    /// The place cannot be projected.
    Place(#[from] CrsError),
    /// There is nothing of the kind there.
    Nothing,
    /// There is too much: so many things.
    TooMuch(usize),
}

impl SurroundingsError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::File(error) => error.text(lang),
            Self::Place(error) => error.text(lang),
            Self::Nothing => tr(lang, "osm-error-nothing"),
            Self::TooMuch(count) => {
                let most = number(lang, MOST as f64, 0);
                let args = [("count", number(lang, *count as f64, 0).into()), ("most", most.into())];
                tr_with(lang, "osm-error-city", &args)
            }
        }
    }
}

/// Reads the surroundings of a place as a project that has nothing else, with what there is to say about them.
///
/// # Errors
/// When the file cannot be read, or there is nothing or too much there.
pub fn surroundings(
    path: &Path,
    options: SurroundingsOptions<'_>,
    goes_on: &dyn Fn() -> bool,
) -> Result<(Project, Vec<String>), SurroundingsError> {
    let SurroundingsOptions { cover_deg, origin_deg, name, lang } = options;
    let found = read(path, cover_deg, goes_on)?;
    let [west, south, east, north] =
        cover_deg.or_else(|| crate::io::pack::cover_of(&found.things)).ok_or(SurroundingsError::Nothing)?;
    let [lon, lat] = origin_deg.unwrap_or([f64::midpoint(west, east), f64::midpoint(south, north)]);
    let frame = Frame::new(lon, lat)?;
    let within = match cover_deg {
        Some(_) => {
            let corners = [[west, south], [east, south], [east, north], [west, north]];
            let points: Result<Vec<Point>, CrsError> =
                corners.iter().map(|[lon, lat]| frame.local_from_wgs84(*lon, *lat)).collect();
            Bounds::around(points?)
        }
        None => None,
    };
    let mut project = Project::new(name.to_owned(), Origin::new(lon, lat), format!("{} 1", tr(lang, "name-variant")));
    let mut next = project.next_id;
    let options = ContextOptions { within, lang, credit: super::CREDIT };
    let (context, taken) = context_of(&found.things, &frame, options, &mut || {
        next += 1;
        Id(next - 1)
    });
    if context.is_empty() {
        return Err(SurroundingsError::Nothing);
    }
    if context.len() > MOST {
        return Err(SurroundingsError::TooMuch(context.len()));
    }
    for one in context {
        project.context.insert(one);
    }
    project.next_id = next;
    Ok((project, notes(&found, &taken, lang)))
}

fn notes(found: &OsmRead, taken: &ContextTaken, lang: Lang) -> Vec<String> {
    let count = |n: usize| number(lang, n as f64, 0);
    let [buildings, water, rail, road, green] = taken.taken.map(count);
    let args = [
        ("buildings", buildings.into()),
        ("water", water.into()),
        ("rail", rail.into()),
        ("road", road.into()),
        ("green", green.into()),
    ];
    let mut notes = vec![tr_with(lang, "osm-taken", &args)];
    let mut say = |key: &str, n: usize| {
        if n > 0 {
            notes.push(tr_with(lang, key, &[("n", n.into()), ("count", count(n).into())]));
        }
    };
    say("osm-cut", taken.cut);
    say("osm-simplified", taken.corners);
    say("osm-faulty", taken.faulty);
    say("pack-note-open", found.open_areas);
    say("osm-incomplete", found.incomplete);
    // Whoever shows it owes it to them.
    notes.push(tr(lang, "osm-credit"));
    notes
}

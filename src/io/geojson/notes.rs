//! What an import says about what it could not use as it was.

use std::collections::BTreeMap;

use crate::i18n::{Arg, Lang, number, tr_with};

/// What happened to a feature, in the words of its reader.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// There are no features.
    NoFeatures,
    /// The foreign member `maakblok` cannot be used.
    HeaderUnusable,
    /// Coordinates came in another system and were converted: its EPSG number.
    Converted(u32),
    /// Something in the list that is no feature.
    NotAFeature,
    /// `properties.maakblok` is none of the known kinds.
    UnknownKind(String),
    /// `geometry` is null, missing or empty.
    NoGeometry,
    /// The geometry's type is none that GeoJSON has.
    UnknownGeometry(String),
    /// A geometry collection.
    GeometryCollection,
    /// The coordinates are not nested as their type asks.
    UnfitCoordinates(String),
    /// A kind with a geometry it cannot have: what it needs.
    WrongGeometry(String),
    /// A coordinate that is no number or no place on earth.
    NotOnEarth,
    /// Farther from the origin than a project reaches.
    TooFar,
    /// Too few different points.
    TooFewPoints,
    /// The outline encloses nothing.
    NoArea,
    /// The outline crossed itself and was put right.
    Repaired,
    /// The outline crossed itself and became several.
    RepairedInParts(usize),
    /// The outline crosses itself and nothing could be saved.
    NotRepairable,
    /// A geometry of several parts became several things.
    SeveralParts(usize),
    /// The shares of a storey were scaled.
    SharesScaled,
    /// A share that is no number from 0 up: of which use.
    ShareUnusable(String),
    /// A use that the library does not have.
    UnknownUse(String),
    /// A storey without a use that can be used.
    StoreyWithoutUse,
    /// A volume without storeys.
    NoStoreys,
    /// More storeys than a volume may have.
    TooManyStoreys,
    /// A value that cannot be used: of which property.
    ValueUnusable(String, String),
    /// A number that is none, where a plot has an attribute: its name.
    AttributeUnusable(String),
    /// A property without which the feature means nothing is missing or unknown; the feature was left out.
    MissingKind(String, String),
    /// The plot that a volume names is not there.
    UnknownPlot(String),
    /// The plot that a volume names is there more than once.
    AmbiguousPlot(String),
    /// A volume that lies on no plot.
    OnNoPlot,
    /// An id that stood there before.
    DoubleId(String),
    /// A plot whose region is neither given nor known at its place.
    RegionUnknown,
    /// Volumes of one building on several plots: one building on each.
    BuildingOnPlots(String),
    /// A line whose tags say nothing.
    PlainLine,
    /// A point whose tags say nothing.
    PlainPoint,
    /// An area without a tag was taken as a building around the site.
    TakenAsBuilding,
    /// Areas were to be plots, and this one says that it is something else.
    TakenAsTagged,
}

impl NoteKind {
    /// The name of its message.
    fn key(&self) -> &'static str {
        match self {
            Self::NoFeatures => "exchange-note-no-features",
            Self::HeaderUnusable => "exchange-note-header",
            Self::Converted(_) => "exchange-note-converted",
            Self::NotAFeature => "exchange-note-not-a-feature",
            Self::UnknownKind(_) => "exchange-note-unknown-kind",
            Self::NoGeometry => "exchange-note-no-geometry",
            Self::UnknownGeometry(_) => "exchange-note-unknown-geometry",
            Self::GeometryCollection => "exchange-note-collection",
            Self::UnfitCoordinates(_) => "exchange-note-unfit",
            Self::WrongGeometry(_) => "exchange-note-wrong-geometry",
            Self::NotOnEarth => "exchange-note-not-on-earth",
            Self::TooFar => "exchange-note-too-far",
            Self::TooFewPoints => "exchange-note-too-few-points",
            Self::NoArea => "exchange-note-no-area",
            Self::Repaired => "exchange-note-repaired",
            Self::RepairedInParts(_) => "exchange-note-repaired-parts",
            Self::NotRepairable => "exchange-note-not-repairable",
            Self::SeveralParts(_) => "exchange-note-several-parts",
            Self::SharesScaled => "exchange-note-shares-scaled",
            Self::ShareUnusable(_) => "exchange-note-share-unusable",
            Self::UnknownUse(_) => "exchange-note-unknown-use",
            Self::StoreyWithoutUse => "exchange-note-storey-without-use",
            Self::NoStoreys => "exchange-note-no-storeys",
            Self::TooManyStoreys => "exchange-note-too-many-storeys",
            Self::ValueUnusable(..) => "exchange-note-value-unusable",
            Self::AttributeUnusable(_) => "exchange-note-attribute",
            Self::MissingKind(..) => "exchange-note-missing-kind",
            Self::UnknownPlot(_) => "exchange-note-unknown-plot",
            Self::AmbiguousPlot(_) => "exchange-note-ambiguous-plot",
            Self::OnNoPlot => "exchange-note-on-no-plot",
            Self::DoubleId(_) => "exchange-note-double-id",
            Self::RegionUnknown => "exchange-note-region-unknown",
            Self::BuildingOnPlots(_) => "exchange-note-building-on-plots",
            Self::PlainLine => "exchange-note-plain-line",
            Self::PlainPoint => "exchange-note-plain-point",
            Self::TakenAsBuilding => "exchange-note-taken-as-building",
            Self::TakenAsTagged => "exchange-note-taken-as-tagged",
        }
    }

    /// Whether something meant for this program is not in the project as it stood there. Lines and points of a map that
    /// say nothing of `maakblok` are not: a map has thousands of them.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        !matches!(
            self,
            Self::NoFeatures
                | Self::Converted(_)
                | Self::SeveralParts(_)
                | Self::NoStoreys
                | Self::OnNoPlot
                | Self::DoubleId(_)
                | Self::TakenAsBuilding
                | Self::TakenAsTagged
                | Self::RegionUnknown
                | Self::BuildingOnPlots(_)
                | Self::PlainLine
                | Self::PlainPoint
        )
    }

    /// All message names, for the test of the catalogues.
    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let text = String::new;
        vec![
            Self::NoFeatures,
            Self::HeaderUnusable,
            Self::Converted(3812),
            Self::NotAFeature,
            Self::UnknownKind(text()),
            Self::NoGeometry,
            Self::UnknownGeometry(text()),
            Self::GeometryCollection,
            Self::UnfitCoordinates(text()),
            Self::WrongGeometry(text()),
            Self::NotOnEarth,
            Self::TooFar,
            Self::TooFewPoints,
            Self::NoArea,
            Self::Repaired,
            Self::RepairedInParts(2),
            Self::NotRepairable,
            Self::SeveralParts(2),
            Self::SharesScaled,
            Self::ShareUnusable(text()),
            Self::UnknownUse(text()),
            Self::StoreyWithoutUse,
            Self::NoStoreys,
            Self::TooManyStoreys,
            Self::ValueUnusable(text(), text()),
            Self::AttributeUnusable(text()),
            Self::MissingKind(text(), text()),
            Self::UnknownPlot(text()),
            Self::AmbiguousPlot(text()),
            Self::OnNoPlot,
            Self::DoubleId(text()),
            Self::RegionUnknown,
            Self::BuildingOnPlots(text()),
            Self::PlainLine,
            Self::PlainPoint,
            Self::TakenAsBuilding,
            Self::TakenAsTagged,
        ]
    }

    fn detail(&self) -> String {
        match self {
            Self::UnknownKind(text)
            | Self::UnknownGeometry(text)
            | Self::UnfitCoordinates(text)
            | Self::WrongGeometry(text)
            | Self::ShareUnusable(text)
            | Self::UnknownUse(text)
            | Self::UnknownPlot(text)
            | Self::AmbiguousPlot(text)
            | Self::BuildingOnPlots(text)
            | Self::DoubleId(text)
            | Self::AttributeUnusable(text) => text.escape_debug().to_string(),
            Self::ValueUnusable(key, value) | Self::MissingKind(key, value) => {
                format!("{key}: {}", value.escape_debug())
            }
            Self::Converted(epsg) => epsg.to_string(),
            Self::RepairedInParts(parts) | Self::SeveralParts(parts) => parts.to_string(),
            _ => String::new(),
        }
    }
}

/// A note of an import: what, and on which feature.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportNote {
    /// Which of the files read together, from 0.
    pub source: usize,
    /// The path in the file, such as `/features/12/properties/storeys/0`.
    pub path: String,
    /// The feature's name or id; may be empty.
    pub name: String,
    /// What happened.
    pub kind: NoteKind,
    /// How many further notes of this kind are not listed.
    pub more: usize,
}

impl ImportNote {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let what = tr_with(lang, self.kind.key(), &[("detail", Arg::from(self.kind.detail()))]);
        let mut text = match (self.path.is_empty(), self.name.is_empty()) {
            (true, _) => what,
            (false, true) => format!("{}: {what}", self.path),
            (false, false) => format!("{} ({}): {what}", self.path, self.name.escape_debug()),
        };
        if self.more > 0 {
            let count = number(lang, self.more as f64, 0);
            let args = [("count", Arg::from(count)), ("n", Arg::from(self.more))];
            text.push_str("; ");
            text.push_str(&tr_with(lang, "exchange-note-more", &args));
        }
        text
    }
}

/// Where a note belongs: the feature and, in it, the storey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub source: u32,
    /// The place in `features`; `None` for a bare feature or geometry, or for the whole file.
    pub feature: Option<u32>,
    pub storey: Option<u32>,
}

/// This many notes of one kind are listed one by one.
const LISTED: usize = 10;
/// This many different details of one kind are listed.
const DETAILS: usize = 40;

/// Collects notes and counts those that say the same.
#[derive(Debug, Default)]
pub(super) struct Notes {
    listed: Vec<ImportNote>,
    /// Where each of them is, as long as all are of one text.
    places: Vec<Place>,
    /// By kind: how many there were and where the last listed one stands; by message and detail.
    seen: BTreeMap<NoteKind, (usize, usize)>,
    /// How many different details of one message.
    details: BTreeMap<&'static str, (usize, usize)>,
}

impl Notes {
    pub fn add(&mut self, place: Place, name: &str, kind: NoteKind) {
        let next = self.listed.len();
        let key = kind.key();
        if !self.seen.contains_key(&kind) {
            let (details, last) = self.details.entry(key).or_insert((0, next));
            if *details >= DETAILS {
                self.listed[*last].more += 1;
                return;
            }
            *details += 1;
            *last = next;
        }
        let (count, last) = self.seen.entry(kind.clone()).or_insert((0, next));
        *count += 1;
        if *count > LISTED {
            self.listed[*last].more += 1;
            return;
        }
        *last = next;
        let mut path = place.feature.map_or_else(String::new, |feature| format!("/features/{feature}"));
        if let Some(storey) = place.storey {
            path.push_str(&format!("/properties/storeys/{storey}"));
        }
        let name = name.chars().take(60).collect();
        self.listed.push(ImportNote { source: place.source as usize, path, name, kind, more: 0 });
        self.places.push(place);
    }

    /// Takes over the notes of another file.
    pub fn append(&mut self, other: Self, source: usize) {
        self.listed.extend(other.listed.into_iter().map(|note| ImportNote { source, ..note }));
    }

    /// Adds what was noted further on in the same list, after `count` features.
    pub fn go_on_with(&mut self, other: Self, count: u32) {
        for (note, place) in other.listed.into_iter().zip(other.places) {
            let ImportNote { name, kind, more, .. } = note;
            let place = Place { feature: place.feature.map(|feature| feature + count), ..place };
            self.add(place, &name, kind.clone());
            // What was only counted there is only counted here, at the last note of its kind.
            let of_kind = self.seen.get(&kind).map(|(_, last)| *last);
            let last = of_kind.or_else(|| self.details.get(kind.key()).map(|(_, last)| *last));
            if let Some(last) = last.and_then(|last| self.listed.get_mut(last)) {
                last.more += more;
            }
        }
    }

    pub fn finish(self) -> Vec<ImportNote> {
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::has_message;

    #[test]
    fn every_note_has_words_in_every_language() {
        for lang in Lang::ALL {
            for kind in NoteKind::samples() {
                assert!(has_message(lang, kind.key()), "{lang:?} {}", kind.key());
            }
        }
    }

    #[test]
    fn many_of_a_kind_are_counted_and_many_details_too() {
        let mut notes = Notes::default();
        let at = |feature| Place { source: 0, feature: Some(feature), storey: None };
        for i in 0..1214 {
            notes.add(at(i), "", NoteKind::NoArea);
        }
        for i in 0..50 {
            notes.add(at(i), "", NoteKind::UnknownUse(format!("use {i}")));
        }
        let notes = notes.finish();
        assert_eq!(notes.len(), LISTED + DETAILS);
        assert_eq!(notes[LISTED - 1].more, 1204);
        assert_eq!(notes[LISTED + DETAILS - 1].more, 10);
        assert!(notes[LISTED - 1].text(Lang::En).ends_with("and 1\u{202f}204 more like this"));
    }
}

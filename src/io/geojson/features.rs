//! The one pass through the text: compact features, flat coordinates, and what is to be said about them.

use super::coordinates::{Flat, Form, Geometry, NoGeometry};
use super::error::ImportError;
use super::notes::{NoteKind, Notes, Place};
use super::properties::{Properties, What, whole};
use super::scan::{Fault, Scalar, Scan};
use crate::cores;
use crate::library::{OwnRates, UseOverride};
use crate::model::{Brief, ContextKind};

/// What areas are that say nothing of themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlainAreas {
    /// Buildings around the site.
    #[default]
    Context,
    /// Plots, as in a map of parcels.
    Plots,
}

/// What a text holds, before it is projected: features in a compact form, free of the text.
#[derive(Debug, Default)]
pub struct Parsed {
    pub(super) flat: Flat,
    pub(super) features: Vec<Feature>,
    pub(super) header: Option<Header>,
    pub(super) notes: Notes,
    /// How many texts were put together.
    pub(super) sources: u32,
}

#[derive(Debug)]
pub(super) struct Feature {
    pub source: u32,
    /// Its place in `features`; `None` for a bare one.
    pub index: Option<u32>,
    /// Its own number, in a file of this program.
    pub number: Option<u64>,
    pub geometry: Geometry,
    pub what: What,
}

impl Feature {
    pub fn place(&self) -> Place {
        Place { source: self.source, feature: self.index, storey: None }
    }

    /// Outside a file of this program an id is a reference and no number.
    pub fn forget_numbers(&mut self) {
        self.number = None;
        if let What::Volume(volume) = &mut self.what {
            (volume.building_number, volume.plot_number) = (None, None);
        }
    }

    /// The name or id for notes.
    pub fn label(&self) -> &str {
        let (name, code): (&str, &str) = match &self.what {
            What::Plot(plot) => (plot.name.as_deref().unwrap_or_default(), &plot.code),
            What::Volume(volume) => (volume.name.as_deref().unwrap_or_default(), &volume.code),
            What::Surface { name, code, .. } => (name, code),
            What::Context { name, .. } | What::GoodsAccess { name } | What::Entrance { name } => (name, ""),
            What::Note { text, .. } => (text, ""),
        };
        if name.is_empty() { code } else { name }
    }
}

/// The foreign member `maakblok` of a collection that this program wrote.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Header {
    /// Longitude and latitude of the local frame's origin.
    pub origin: Option<[f64; 2]>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    #[serde(default)]
    pub variant: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_id: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub baseline: bool,
    #[serde(default, skip_serializing_if = "OwnRates::is_empty")]
    pub rates: OwnRates,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<UseOverride>,
    #[serde(default, skip_serializing_if = "Brief::is_empty")]
    pub brief: Brief,
}

impl Parsed {
    /// Adds what another text holds, as if both were one. The header of the first that has one counts, and only there
    /// do numbers of features keep their meaning.
    pub fn append(&mut self, other: Self) {
        let source = self.sources;
        let numbers_count = self.header.is_none() && self.features.is_empty();
        self.take_features(other.flat, other.features, |feature| {
            feature.source += source;
            if !numbers_count {
                feature.forget_numbers();
            }
        });
        if self.header.is_none() && numbers_count {
            self.header = other.header;
        }
        self.notes.append(other.notes, source as usize);
        self.sources += other.sources;
    }

    /// Adds features with their coordinates, each changed as is fit here.
    fn take_features(&mut self, flat: Flat, features: Vec<Feature>, change: impl Fn(&mut Feature)) {
        let parts = self.flat.append(flat);
        self.features.reserve_exact(features.len());
        self.features.extend(features.into_iter().map(|mut feature| {
            feature.geometry.first_part += parts;
            feature.geometry.end_part += parts;
            change(&mut feature);
            feature
        }));
    }

    /// Adds what was read further on in the same list, after `count` features.
    fn go_on_with(&mut self, other: Self, count: u32) {
        self.take_features(other.flat, other.features, |feature| {
            feature.index = feature.index.map(|index| index + count);
        });
        self.notes.go_on_with(other.notes, count);
    }

    /// How many features can be used.
    #[must_use]
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether no feature can be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }
}

/// Reads a text into compact features; nothing of it is needed afterwards.
///
/// # Errors
/// When the text is no GeoJSON, with the place.
pub fn parse(bytes: &[u8], plain: PlainAreas) -> Result<Parsed, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|error| ImportError::not_text(bytes, error.valid_up_to()))?;
    let mut reader = Reader { scan: Scan::new(text), plain, parsed: Parsed { sources: 1, ..Parsed::default() } };
    let outermost = reader.read_outermost().map_err(|fault| ImportError::syntax(text, fault))?;
    reader.settle(outermost)
}

struct Reader<'a> {
    scan: Scan<'a>,
    plain: PlainAreas,
    parsed: Parsed,
}

/// How many features were read, and whether their list has ended.
struct Items {
    count: u32,
    ended: bool,
}

/// What the outermost object says of itself, whichever of the three kinds it is.
#[derive(Default)]
struct Outermost<'a> {
    kind: Option<String>,
    has_features: bool,
    features_are_a_list: bool,
    system: Option<&'a str>,
    header: Option<&'a str>,
    bare: Bare<'a>,
    /// Where a bare geometry's coordinates began, and how they are nested.
    coordinates: Option<(super::coordinates::Mark, super::coordinates::Nesting)>,
}

/// The members of a feature.
#[derive(Default)]
struct Bare<'a> {
    id: Option<Scalar<'a>>,
    properties: Properties<'a>,
    geometry: Option<Result<Geometry, NoGeometry>>,
    is_feature: bool,
}

impl<'a> Reader<'a> {
    fn read_outermost(&mut self) -> Result<Outermost<'a>, Fault> {
        let mut top = Outermost::default();
        self.scan.take(b'{')?;
        let mut first = true;
        while let Some(key) = self.scan.next_key(&mut first)? {
            match &*key {
                "type" => top.kind = Some(self.scan.scalar()?.text().unwrap_or_default().to_owned()),
                "features" => {
                    top.has_features = true;
                    if self.scan.peek()? == b'[' {
                        top.features_are_a_list = true;
                        self.read_features()?;
                    } else {
                        self.scan.skip()?;
                    }
                }
                "maakblok" => top.header = Some(self.scan.raw()?),
                "crs" => top.system = Some(self.scan.raw()?),
                "coordinates" => {
                    let mark = self.parsed.flat.mark();
                    let nesting = self.parsed.flat.read_nested(&mut self.scan, 0)?;
                    top.coordinates = Some((mark, nesting));
                }
                _ => self.read_member(&key, &mut top.bare)?,
            }
        }
        self.scan.finish()?;
        Ok(top)
    }

    fn settle(mut self, mut top: Outermost<'a>) -> Result<Parsed, ImportError> {
        let kind = top.kind.take().unwrap_or_default();
        match kind.as_str() {
            "FeatureCollection" => {
                if !top.features_are_a_list {
                    return Err(ImportError::FeaturesNotAList);
                }
                self.read_header(top.header);
            }
            "Feature" => {
                self.keep(top.bare, None);
            }
            "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
            | "GeometryCollection" => {
                let (mark, nesting) = match top.coordinates {
                    Some((mark, nesting)) => (mark, Some(nesting)),
                    None => (self.parsed.flat.mark(), None),
                };
                top.bare.geometry = Some(self.parsed.flat.understood(mark, Some(&kind), nesting));
                self.keep(top.bare, None);
            }
            _ => return Err(ImportError::NotGeoJson(kind)),
        }
        if let Some(system) = top.system {
            self.convert(system)?;
        }
        if top.has_features && self.parsed.features.is_empty() {
            self.note(None, "", NoteKind::NoFeatures);
        }
        self.parsed.features.shrink_to_fit();
        Ok(self.parsed)
    }

    fn note(&mut self, index: Option<u32>, name: &str, kind: NoteKind) {
        self.parsed.notes.add(Place { source: 0, feature: index, storey: None }, name, kind);
    }

    /// Reads the list of features; a long one in several pieces at once.
    ///
    /// Where a piece begins is a guess. It counts only when the piece before it arrives exactly there between two features;
    /// else that piece reads on and what was read from the guess is dropped. So the outcome is that of reading in one go.
    fn read_features(&mut self) -> Result<(), Fault> {
        self.scan.take(b'[')?;
        let guesses = self.scan.likely_features(cores::count().min(4));
        let (text, plain) = (self.scan.text(), self.plain);
        std::thread::scope(|scope| {
            let mut later = Vec::with_capacity(guesses.len());
            for (i, &start) in guesses.iter().enumerate() {
                let stop = guesses.get(i + 1).copied();
                later.push(scope.spawn(move || {
                    let mut reader = Reader { scan: Scan::from(text, start), plain, parsed: Parsed::default() };
                    let read = reader.read_items(stop);
                    (reader, read)
                }));
            }
            let mut read = self.read_items(guesses.first().copied())?;
            for piece in later {
                if read.ended {
                    break;
                }
                let (reader, its) = piece.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                let its = its?;
                self.scan = reader.scan;
                self.parsed.go_on_with(reader.parsed, read.count);
                read = Items { count: read.count + its.count, ended: its.ended };
            }
            Ok(())
        })
    }

    /// Reads features up to the end of their list, or until one begins at `stop`.
    fn read_items(&mut self, stop: Option<usize>) -> Result<Items, Fault> {
        let mut index = 0;
        let mut first = true;
        while self.scan.next_item(&mut first)? {
            if self.scan.peek()? == b'{' {
                if stop == Some(self.scan.at()) {
                    return Ok(Items { count: index, ended: false });
                }
                self.scan.take(b'{')?;
                let mut feature = Bare::default();
                let mut first = true;
                while let Some(key) = self.scan.next_key(&mut first)? {
                    self.read_member(&key, &mut feature)?;
                }
                if feature.is_feature {
                    self.keep(feature, Some(index));
                } else {
                    if let Some(Ok(geometry)) = feature.geometry {
                        self.forget(geometry);
                    }
                    self.note(Some(index), feature.properties.label(), NoteKind::NotAFeature);
                }
            } else {
                self.scan.skip()?;
                self.note(Some(index), "", NoteKind::NotAFeature);
            }
            index += 1;
        }
        Ok(Items { count: index, ended: true })
    }

    fn read_member(&mut self, key: &str, feature: &mut Bare<'a>) -> Result<(), Fault> {
        match key {
            "type" => feature.is_feature = self.scan.scalar()?.text() == Some("Feature"),
            "id" => feature.id = Some(self.scan.scalar()?),
            "properties" => feature.properties = Properties::read(&mut self.scan)?,
            "geometry" => {
                if let Some(Ok(geometry)) = feature.geometry {
                    self.forget(geometry);
                }
                feature.geometry = Some(self.parsed.flat.read_geometry(&mut self.scan)?);
            }
            _ => self.scan.skip()?,
        }
        Ok(())
    }

    /// Drops the coordinates of the feature read last.
    fn forget(&mut self, geometry: Geometry) {
        self.parsed.flat.back_to_part(geometry.first_part);
    }

    /// Understands a feature and keeps it, or says why not.
    fn keep(&mut self, mut feature: Bare<'a>, index: Option<u32>) {
        let label = feature.properties.label().to_owned();
        let place = Place { source: 0, feature: index, storey: None };
        let notes = &mut self.parsed.notes;
        let geometry = match feature.geometry {
            Some(Ok(geometry)) => geometry,
            Some(Err(NoGeometry::Collection)) => return notes.add(place, &label, NoteKind::GeometryCollection),
            Some(Err(NoGeometry::UnknownType(kind))) => {
                return notes.add(place, &label, NoteKind::UnknownGeometry(kind));
            }
            Some(Err(NoGeometry::Unfit(kind))) => return notes.add(place, &label, NoteKind::UnfitCoordinates(kind)),
            None | Some(Err(NoGeometry::Empty)) => return notes.add(place, &label, NoteKind::NoGeometry),
        };
        let properties = &mut feature.properties;
        let form = geometry.form;
        let what = if properties.is_ours() {
            if properties.is_volume() {
                for (storey, kind) in std::mem::take(&mut properties.storey_notes) {
                    notes.add(Place { storey, ..place }, &label, kind);
                }
            }
            let what = properties.understand(feature.id.as_ref(), |kind| notes.add(place, &label, kind));
            let scan = &self.scan;
            what.map(|what| match what {
                What::Plot(mut plot) => {
                    plot.attributes = properties.attributes(scan, |kind| notes.add(place, &label, kind));
                    What::Plot(plot)
                }
                other => other,
            })
            .filter(|what| {
                let wanted = wanted_form(what);
                let fits = wanted.contains(&form);
                if !fits {
                    notes.add(place, &label, NoteKind::WrongGeometry(geometry_names(wanted)));
                }
                fits
            })
        } else if let Some(plot) = Some(&self.scan)
            .filter(|_| (form, self.plain) == (Form::Areas, PlainAreas::Plots))
            .and_then(|scan| properties.as_plot(scan, feature.id.as_ref(), |kind| notes.add(place, &label, kind)))
        {
            Some(plot)
        } else {
            if (form, self.plain) == (Form::Areas, PlainAreas::Plots) {
                notes.add(place, &label, NoteKind::TakenAsTagged);
            }
            let kind = match (form, properties.tagged()) {
                (Form::Areas, Some(kind))
                | (Form::Lines, Some(kind @ (ContextKind::Rail | ContextKind::Road | ContextKind::Water))) => {
                    Some(kind)
                }
                (Form::Areas, None) => {
                    notes.add(place, &label, NoteKind::TakenAsBuilding);
                    Some(ContextKind::Building)
                }
                (Form::Lines, _) => {
                    notes.add(place, &label, NoteKind::PlainLine);
                    None
                }
                (Form::Points, _) => {
                    notes.add(place, &label, NoteKind::PlainPoint);
                    None
                }
            };
            kind.map(|kind| properties.as_context(kind, |kind| notes.add(place, &label, kind)))
        };
        match what {
            Some(what) => {
                let number = feature.id.as_ref().and_then(whole);
                self.parsed.features.push(Feature { source: 0, index, number, geometry, what });
            }
            None => self.forget(geometry),
        }
    }

    fn read_header(&mut self, raw: Option<&str>) {
        let Some(raw) = raw else { return };
        match serde_json::from_str(raw) {
            Ok(header) => self.parsed.header = Some(header),
            Err(_) => self.note(None, "", NoteKind::HeaderUnusable),
        }
    }

    /// Converts coordinates that an older file says to be in another system.
    fn convert(&mut self, system: &str) -> Result<(), ImportError> {
        let Ok(system) = serde_json::from_str::<serde_json::Value>(system) else { return Ok(()) };
        let text = |path| system.pointer(path).and_then(serde_json::Value::as_str).map(str::to_owned);
        // Older writers give the bare number.
        let code = || Some(format!("EPSG:{}", system.pointer("/properties/code")?));
        // A link to a definition cannot be followed without a network.
        let Some(name) = text("/properties/name").or_else(code).or_else(|| text("/properties/href")) else {
            return Ok(());
        };
        if name.to_uppercase().ends_with("CRS84") {
            return Ok(());
        }
        let number = name.rsplit(':').next().and_then(|number| number.parse().ok());
        let epsg: u32 = number.ok_or_else(|| ImportError::UnknownSystem(name.to_owned()))?;
        if epsg == 4326 {
            return Ok(());
        }
        crate::crs::wgs84_from_epsg_many(epsg, &mut self.parsed.flat.points)
            .map_err(|_| ImportError::UnknownSystem(name.to_owned()))?;
        self.note(None, "", NoteKind::Converted(epsg));
        Ok(())
    }
}

/// The forms that a kind can have.
fn wanted_form(what: &What) -> &'static [Form] {
    match what {
        What::Plot(_) | What::Volume(_) | What::Surface { .. } => &[Form::Areas],
        What::Context { .. } => &[Form::Areas, Form::Lines],
        What::GoodsAccess { .. } | What::Entrance { .. } | What::Note { .. } => &[Form::Points],
    }
}

fn geometry_names(forms: &[Form]) -> String {
    let name = |form: &Form| match form {
        Form::Points => "Point",
        Form::Lines => "LineString",
        Form::Areas => "Polygon",
    };
    forms.iter().map(name).collect::<Vec<_>>().join(", ")
}

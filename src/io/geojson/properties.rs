//! The properties of a feature, read by name and understood once all are there.

use compact_str::CompactString;

use super::notes::NoteKind;
use super::scan::{Fault, Scalar, Scan};
use crate::model::limits::{MOST_LOAD_KN_M2, MOST_STOREYS, REACH_UP_M};
use crate::model::{Attributes, ContextKind, Region, State, SurfaceKind, UseShare, Uses};

/// A storey of OSM's `building:levels`, in metres.
const OSM_LEVEL_M: f64 = 3.2;

/// A storey as the file has it; its uses are not yet looked up.
#[derive(Debug)]
pub(super) struct RawStorey {
    pub uses: Uses,
    pub height_m: Option<f64>,
    pub state: State,
    pub below_ground: bool,
    pub height_locked: bool,
    pub load_kn_m2: f64,
    /// Its share of the floor, and its uses.
    pub mezzanine: Option<(f64, Uses)>,
    pub count: u16,
    /// Its place in the file's list.
    pub index: u32,
}

/// How a volume names its plot.
#[derive(Debug, PartialEq)]
pub(super) enum PlotReference {
    Absent,
    /// `null`: in a file of this program, on no plot.
    Null,
    Named(CompactString),
}

/// What a feature is.
#[derive(Debug)]
pub(super) enum What {
    Plot(Box<RawPlot>),
    Volume(Box<RawVolume>),
    Surface { name: CompactString, code: CompactString, kind: SurfaceKind },
    Context { name: CompactString, kind: ContextKind, height_m: Option<f64>, credit: CompactString },
    GoodsAccess { name: CompactString },
    Entrance { name: CompactString },
    Note { text: String, author: String },
}

#[derive(Debug)]
pub(super) struct RawPlot {
    pub name: Option<CompactString>,
    pub code: CompactString,
    pub region: Option<Region>,
    pub attributes: Attributes,
}

#[derive(Debug)]
pub(super) struct RawVolume {
    pub name: Option<CompactString>,
    pub code: CompactString,
    pub building: Option<CompactString>,
    pub building_number: Option<u64>,
    pub plot: PlotReference,
    pub plot_number: Option<u64>,
    pub base_m: f64,
    pub dwellings: Option<u32>,
    pub storeys: Vec<RawStorey>,
}

/// The properties that mean something here, as they came.
#[derive(Default)]
pub(super) struct Properties<'a> {
    /// Where they begin in the text, if there are any.
    pub at: Option<usize>,
    maakblok: Option<Scalar<'a>>,
    pub id: Option<Scalar<'a>>,
    pub name: Option<Scalar<'a>>,
    pub region: Option<Scalar<'a>>,
    building: Option<Scalar<'a>>,
    building_id: Option<Scalar<'a>>,
    plot: Option<Scalar<'a>>,
    plot_id: Option<Scalar<'a>>,
    base_m: Option<Scalar<'a>>,
    dwellings: Option<Scalar<'a>>,
    kind: Option<Scalar<'a>>,
    height_m: Option<Scalar<'a>>,
    height: Option<Scalar<'a>>,
    levels: Option<Scalar<'a>>,
    text: Option<Scalar<'a>>,
    author: Option<Scalar<'a>>,
    credit: Option<Scalar<'a>>,
    /// What OSM's tags make of it when `maakblok` is absent.
    tagged: Option<ContextKind>,
    storeys: Option<Vec<RawStorey>>,
    /// Notes on storeys: they only matter on a volume.
    pub storey_notes: Vec<(Option<u32>, NoteKind)>,
}

impl<'a> Properties<'a> {
    /// Reads a properties object, or passes over what is none.
    pub fn read(scan: &mut Scan<'a>) -> Result<Self, Fault> {
        let mut all = Self::default();
        if scan.peek()? != b'{' {
            scan.skip()?;
            return Ok(all);
        }
        all.at = Some(scan.at());
        scan.take(b'{')?;
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            let slot = match &*key {
                "maakblok" => &mut all.maakblok,
                "id" => &mut all.id,
                "name" => &mut all.name,
                "region" => &mut all.region,
                "building" => &mut all.building,
                "building_id" => &mut all.building_id,
                "plot" => &mut all.plot,
                "plot_id" => &mut all.plot_id,
                "base_m" => &mut all.base_m,
                "dwellings" => &mut all.dwellings,
                "kind" => &mut all.kind,
                "height_m" => &mut all.height_m,
                "height" => &mut all.height,
                "building:levels" => &mut all.levels,
                "text" => &mut all.text,
                "author" => &mut all.author,
                "credit" => &mut all.credit,
                "storeys" => {
                    all.read_storeys(scan)?;
                    continue;
                }
                "railway" | "highway" | "waterway" | "natural" | "water" | "landuse" | "leisure" => {
                    let value = scan.scalar()?;
                    if let Some(kind) = value.text().and_then(|value| tagged(&key, value)) {
                        // Water wins: a dock lies in an industrial area, not the other way round.
                        if all.tagged.is_none() || kind == ContextKind::Water {
                            all.tagged = Some(kind);
                        }
                    }
                    continue;
                }
                _ => {
                    scan.skip()?;
                    continue;
                }
            };
            *slot = Some(scan.scalar()?);
        }
        Ok(all)
    }

    fn read_storeys(&mut self, scan: &mut Scan<'a>) -> Result<(), Fault> {
        let next = scan.peek()?;
        if next != b'[' {
            let value = scan.scalar()?;
            if value != Scalar::Null {
                self.storey_notes.push((None, NoteKind::ValueUnusable("storeys".into(), value.shown())));
            }
            return Ok(());
        }
        scan.take(b'[')?;
        let mut storeys = Vec::new();
        let mut total = 0usize;
        let mut index = 0;
        let mut first = true;
        while scan.next_item(&mut first)? {
            if scan.peek()? == b'{' {
                let mut storey = self.read_storey(scan, index)?;
                let room = MOST_STOREYS - total.min(MOST_STOREYS);
                if usize::from(storey.count) > room {
                    let noted = |note: &(Option<u32>, NoteKind)| note.1 == NoteKind::TooManyStoreys;
                    if !self.storey_notes.iter().any(noted) {
                        self.storey_notes.push((Some(index), NoteKind::TooManyStoreys));
                    }
                    storey.count = room as u16;
                }
                total += usize::from(storey.count);
                if storey.count > 0 {
                    storeys.push(storey);
                }
            } else {
                let value = scan.scalar()?;
                self.storey_notes.push((Some(index), NoteKind::ValueUnusable("storeys".into(), value.shown())));
            }
            index += 1;
        }
        storeys.shrink_to_fit();
        self.storeys = Some(storeys);
        Ok(())
    }

    fn read_storey(&mut self, scan: &mut Scan<'a>, index: u32) -> Result<RawStorey, Fault> {
        scan.take(b'{')?;
        let mut storey = RawStorey {
            uses: Uses::default(),
            height_m: None,
            state: State::New,
            below_ground: false,
            height_locked: false,
            load_kn_m2: 0.0,
            mezzanine: None,
            count: 1,
            index,
        };
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            if key == "uses" && scan.peek()? == b'{' {
                storey.uses = self.read_shares(scan, index)?;
                continue;
            }
            if key == "mezzanine" && scan.peek()? == b'{' {
                storey.mezzanine = Some(self.read_mezzanine(scan, index)?);
                continue;
            }
            let known = ["use", "uses", "height_m", "state", "below_ground", "count", "height_locked", "load_kn_m2"];
            if !known.contains(&&*key) {
                scan.skip()?;
                continue;
            }
            let value = scan.scalar()?;
            let usable = match &*key {
                _ if value == Scalar::Null => true,
                "use" => value.text().map(|id| storey.uses = Uses::single(id.into())).is_some(),
                // What is hard to believe is named by the check, as in a project file.
                "height_m" => {
                    let height_m = value.number().filter(|height_m| *height_m > 0.0 && *height_m <= REACH_UP_M);
                    height_m.map(|height_m| storey.height_m = Some(height_m)).is_some()
                }
                "state" => state(&value).map(|state| storey.state = state).is_some(),
                "below_ground" => flag(&value).map(|below| storey.below_ground = below).is_some(),
                "height_locked" => flag(&value).map(|locked| storey.height_locked = locked).is_some(),
                "load_kn_m2" => {
                    let load = value.number().filter(|load| (0.0..=MOST_LOAD_KN_M2).contains(load));
                    load.map(|load| storey.load_kn_m2 = load).is_some()
                }
                // None at all is no storey, and said so.
                "count" => whole(&value)
                    .filter(|count| *count > 0)
                    .map(|count| storey.count = count.min(u64::from(u16::MAX)) as u16)
                    .is_some(),
                _ => false,
            };
            if !usable {
                let note = NoteKind::ValueUnusable(key.into_owned(), value.shown());
                self.storey_notes.push((Some(index), note));
            }
        }
        Ok(storey)
    }

    fn read_mezzanine(&mut self, scan: &mut Scan<'a>, index: u32) -> Result<(f64, Uses), Fault> {
        scan.take(b'{')?;
        let (mut share, mut uses) = (0.0, Uses::default());
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            match &*key {
                "uses" if scan.peek()? == b'{' => uses = self.read_shares(scan, index)?,
                "share" => share = scan.scalar()?.number().unwrap_or(0.0),
                _ => scan.skip()?,
            }
        }
        if !(share > 0.0 && share <= 1.0) {
            let note = NoteKind::ValueUnusable("mezzanine".into(), share.to_string());
            self.storey_notes.push((Some(index), note));
        }
        Ok((share, uses))
    }

    fn read_shares(&mut self, scan: &mut Scan<'a>, index: u32) -> Result<Uses, Fault> {
        scan.take(b'{')?;
        let mut shares: Vec<UseShare> = Vec::with_capacity(1);
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            let value = scan.scalar()?;
            match value.number().filter(|share| *share >= 0.0) {
                Some(share) => match shares.iter_mut().find(|known| known.id.as_str() == key) {
                    Some(known) => known.share += share,
                    None => shares.push(UseShare { id: (&*key).into(), share }),
                },
                None => self.storey_notes.push((Some(index), NoteKind::ShareUnusable(key.into_owned()))),
            }
        }
        Ok(Uses::new(shares))
    }

    /// The name or id for notes.
    pub fn label(&self) -> &str {
        let name = self.name.as_ref().and_then(Scalar::text).filter(|name| !name.is_empty());
        name.or_else(|| self.id.as_ref().and_then(Scalar::text)).unwrap_or_default()
    }

    /// Whether this is a volume, whose storeys' notes count.
    pub fn is_volume(&self) -> bool {
        self.maakblok.as_ref().and_then(Scalar::text) == Some("volume")
    }

    /// Whether it says what it is.
    pub fn is_ours(&self) -> bool {
        self.maakblok.as_ref().is_some_and(|value| *value != Scalar::Null)
    }

    /// What OSM's tags make of it.
    pub fn tagged(&self) -> Option<ContextKind> {
        if self.has_building_tag() { Some(ContextKind::Building) } else { self.tagged }
    }

    fn has_building_tag(&self) -> bool {
        self.building.as_ref().and_then(Scalar::text).is_some_and(|value| !SAYS_NO.contains(&value))
    }

    /// What the feature is, by `maakblok`; `feature_id` stands in for a missing `id`. Notes go to `note`.
    pub fn understand(&mut self, feature_id: Option<&Scalar<'a>>, mut note: impl FnMut(NoteKind)) -> Option<What> {
        let kind = self.maakblok.take()?;
        let text = |value: &Option<Scalar<'a>>| -> Option<CompactString> {
            value.as_ref().and_then(Scalar::text).map(CompactString::from)
        };
        let name = text(&self.name);
        let code = text(&self.id).or_else(|| feature_id.and_then(Scalar::text).map(Into::into)).unwrap_or_default();
        Some(match kind.text() {
            Some("plot") => {
                let region = understood(self.region.as_ref(), "region", region, &mut note);
                What::Plot(Box::new(RawPlot { name, code, region, attributes: Attributes::new() }))
            }
            Some("volume") => {
                let base = |value: &Scalar<'_>| value.number().filter(|base| base.abs() <= REACH_UP_M);
                let few = |value: &Scalar<'_>| whole(value).and_then(|count| u32::try_from(count).ok());
                What::Volume(Box::new(RawVolume {
                    name,
                    code,
                    building: text(&self.building).filter(|building| !building.is_empty()),
                    building_number: self.building_id.as_ref().and_then(whole),
                    plot: match &self.plot {
                        None => PlotReference::Absent,
                        Some(Scalar::Null) => PlotReference::Null,
                        Some(value) => match value.text() {
                            Some("") => PlotReference::Absent,
                            None => {
                                note(NoteKind::ValueUnusable("plot".into(), value.shown()));
                                PlotReference::Absent
                            }
                            Some(plot) => PlotReference::Named(plot.into()),
                        },
                    },
                    plot_number: self.plot_id.as_ref().and_then(whole),
                    base_m: understood(self.base_m.as_ref(), "base_m", base, &mut note).unwrap_or_default(),
                    dwellings: understood(self.dwellings.as_ref(), "dwellings", few, &mut note),
                    storeys: self.storeys.take().unwrap_or_default(),
                }))
            }
            Some("surface") => What::Surface {
                name: name.unwrap_or_default(),
                code,
                kind: required(self.kind.as_ref(), "kind", surface, &mut note)?,
            },
            Some("context") => What::Context {
                name: name.unwrap_or_default(),
                kind: required(self.kind.as_ref(), "kind", context, &mut note)?,
                height_m: self.height(&mut note),
                credit: self.credit(),
            },
            Some("goods_access") => What::GoodsAccess { name: name.unwrap_or_default() },
            Some("entrance") => What::Entrance { name: name.unwrap_or_default() },
            Some("note") => {
                let owned =
                    |value: &Option<Scalar<'a>>| value.as_ref().and_then(Scalar::text).unwrap_or_default().to_owned();
                What::Note { text: owned(&self.text), author: owned(&self.author) }
            }
            _ => {
                note(NoteKind::UnknownKind(kind.shown()));
                return None;
            }
        })
    }

    /// A feature without `maakblok`, as something around the site.
    pub fn as_context(&self, kind: ContextKind, mut note: impl FnMut(NoteKind)) -> What {
        let name = self.name.as_ref().and_then(Scalar::text).unwrap_or_default().into();
        let height_m = if kind == ContextKind::Building { self.height(&mut note) } else { None };
        What::Context { name, kind, height_m, credit: self.credit() }
    }

    fn credit(&self) -> CompactString {
        self.credit.as_ref().and_then(Scalar::text).unwrap_or_default().into()
    }

    fn height(&self, note: &mut impl FnMut(NoteKind)) -> Option<f64> {
        let metres = |value: &Scalar<'_>| value.number().filter(|height| *height >= 0.0);
        let direct = [(&self.height_m, "height_m"), (&self.height, "height")];
        let direct = direct.into_iter().find_map(|(value, key)| understood(value.as_ref(), key, metres, note));
        direct.or_else(|| {
            understood(self.levels.as_ref(), "building:levels", metres, note).map(|levels| levels * OSM_LEVEL_M)
        })
    }
}

/// The value where it is there and usable; one that is there and is not gets a note.
fn understood<T>(
    value: Option<&Scalar<'_>>,
    key: &str,
    read: impl Fn(&Scalar<'_>) -> Option<T>,
    note: &mut impl FnMut(NoteKind),
) -> Option<T> {
    let value = value.filter(|value| **value != Scalar::Null)?;
    let understood = read(value);
    if understood.is_none() {
        note(NoteKind::ValueUnusable(key.to_owned(), value.shown()));
    }
    understood
}

/// The value that must be there and be usable; else a note.
fn required<T>(
    value: Option<&Scalar<'_>>,
    key: &str,
    read: impl Fn(&Scalar<'_>) -> Option<T>,
    note: &mut impl FnMut(NoteKind),
) -> Option<T> {
    let missing = Scalar::Null;
    let value = value.unwrap_or(&missing);
    let understood = read(value);
    if understood.is_none() {
        note(NoteKind::MissingKind(key.to_owned(), value.shown()));
    }
    understood
}

/// A whole number from 0 up.
pub(super) fn whole(value: &Scalar<'_>) -> Option<u64> {
    if let Some(exact) = value.text().and_then(|text| text.parse().ok()) {
        return Some(exact);
    }
    let value = value.number()?;
    (value >= 0.0 && value.fract() == 0.0 && value < 9e15).then_some(value as u64)
}

fn flag(value: &Scalar<'_>) -> Option<bool> {
    match value {
        Scalar::Bool(flag) => Some(*flag),
        other => match other.text()? {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
    }
}

fn state(value: &Scalar<'_>) -> Option<State> {
    let key = value.text()?;
    State::ALL.into_iter().find(|state| state.key() == key)
}

pub(super) fn region(value: &Scalar<'_>) -> Option<Region> {
    let key = value.text()?;
    Region::ALL.into_iter().find(|region| region.key() == key)
}

fn surface(value: &Scalar<'_>) -> Option<SurfaceKind> {
    let key = value.text()?;
    SurfaceKind::ALL.into_iter().find(|kind| kind.key() == key)
}

fn context(value: &Scalar<'_>) -> Option<ContextKind> {
    use ContextKind::{Building, Green, Rail, Road, Water};
    let key = value.text()?;
    [Building, Water, Rail, Road, Green].into_iter().find(|kind| kind.key() == key)
}

/// Values of a tag that say that it is not so.
const SAYS_NO: [&str; 4] = ["no", "", "0", "false"];

/// What a tag of OSM says about a thing.
fn tagged(key: &str, value: &str) -> Option<ContextKind> {
    match (key, value) {
        (_, value) if SAYS_NO.contains(&value) => None,
        ("railway", _) => Some(ContextKind::Rail),
        ("highway", _) => Some(ContextKind::Road),
        ("waterway" | "water", _) | ("natural", "water") | ("landuse", "basin" | "reservoir") => {
            Some(ContextKind::Water)
        }
        ("natural", "wood" | "scrub" | "grassland" | "heath")
        | ("landuse", "grass" | "forest" | "meadow" | "village_green" | "recreation_ground" | "allotments")
        | ("leisure", "park" | "garden" | "nature_reserve") => Some(ContextKind::Green),
        _ => None,
    }
}

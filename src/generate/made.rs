//! What a generator makes: blocks in the frame of the plot first, then volumes in local metres with their storeys.

use super::Ask;
use super::elements::element_name;
use super::entrances::Standing;
use super::knobs::{Grows, Knob};
use super::site::Site;
use crate::geometry::{Bounds, Outline, Point, Ring, Transform, point};
use crate::i18n::Lang;
use crate::library::{Library, Programme};
use crate::model::limits::MEETS_M;
use crate::model::{DrawnVolume, Mezzanine, State, Storey, SurfaceKind, UseShare, Uses, height_above_m};
use crate::record::Extra;

/// A volume in the making, in the frame of the plot.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its name, which stays while the typology has such a thing: `wing 2`.
    pub element: String,
    /// The part of the programme that its storeys are taken from.
    pub part: &'static str,
    /// The name of the building that it belongs to.
    pub building: String,
    /// Its outline.
    pub footprint: Outline,
    /// The place of the block that it stands on.
    pub on: Option<usize>,
    /// How many storeys it has.
    pub levels: u32,
    /// How many storeys of its part stand below it, in other blocks.
    pub skipped: u32,
    /// The part of its lowest storey that a mezzanine covers; none is 0.
    pub mezzanine: f64,
    /// Its place among the volumes of a block that was drawn: name, level and storeys are from there.
    pub drawn: Option<usize>,
}

/// Everything that a generator puts on a plot, in the frame of the plot.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub blocks: Vec<Block>,
    pub surfaces: Vec<(String, SurfaceKind, Outline)>,
    pub accesses: Vec<(String, Point)>,
    /// Each with the place of the block that one comes to by it, if it is of one.
    pub entrances: Vec<(String, Point, Option<usize>)>,
    pub given_up: Vec<GivenUp>,
    pub knobs: Vec<Knob>,
}

impl Plan {
    /// Adds a block; its place comes back.
    pub fn block(
        &mut self,
        element: impl Into<String>,
        part: &'static str,
        building: impl Into<String>,
        footprint: Outline,
        levels: u32,
    ) -> usize {
        let (element, building) = (element.into(), building.into());
        self.blocks.push(Block {
            element,
            part,
            building,
            footprint,
            on: None,
            levels,
            skipped: 0,
            mezzanine: 0.0,
            drawn: None,
        });
        self.blocks.len() - 1
    }

    /// Adds a block on another.
    pub fn block_on(
        &mut self,
        below: usize,
        element: impl Into<String>,
        part: &'static str,
        footprint: Outline,
        levels: u32,
    ) -> usize {
        let building = self.blocks.get(below).map(|below| below.building.clone()).unwrap_or_default();
        let at = self.block(element, part, building, footprint, levels);
        self.blocks[at].on = Some(below);
        at
    }

    /// Adds the pieces that a yard or a street falls into, the first under the name of the whole. Goods come to that one, at a
    /// place of its bounds; the measure has its handle where it grows.
    pub fn ground(
        &mut self,
        (name, kind): (&str, SurfaceKind),
        pieces: Vec<Outline>,
        (measure, grows): (&'static str, Grows),
        access: impl Fn(Bounds) -> Point,
    ) {
        for (piece, outline) in pieces.into_iter().enumerate() {
            let name = numbered(name, piece + 1);
            if let Some(bounds) = outline.bounds().filter(|_| piece == 0) {
                self.accesses.push((name.clone(), access(bounds)));
            }
            self.knob(measure, &outline, grows);
            self.surfaces.push((name, kind, outline));
        }
    }

    /// Remembers what was asked for and could not be.
    pub fn give_up(&mut self, what: &'static str, asked: f64, given: f64) {
        if given < asked {
            self.given_up.push(GivenUp { what, asked, given });
        }
    }
}

/// Something asked for that the plot has no room for.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenUp {
    /// The parameter.
    pub what: &'static str,
    /// What was asked for, in its unit.
    pub asked: f64,
    /// What there is.
    pub given: f64,
}

/// A volume that was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MadeVolume {
    /// The name of its element.
    pub element: String,
    /// The name of the building that it belongs to, in the words of elements: `row 2`.
    pub building: String,
    /// Its outline in local metres.
    pub footprint: Outline,
    /// The place among the volumes of the one that it stands on.
    pub on: Option<usize>,
    /// Its base level in metres over the ground of the plot.
    pub base_m: f64,
    /// Its storeys from the bottom up.
    pub storeys: Vec<Storey>,
    /// How many dwellings there are in it, where that was drawn with it.
    pub dwellings: Option<u32>,
    /// What it is called where it was drawn; others are called after their element.
    pub drawn_as: Option<String>,
}

impl MadeVolume {
    /// What it is called.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        self.drawn_as.clone().unwrap_or_else(|| element_name(&self.element, lang))
    }

    /// What its building is called.
    #[must_use]
    pub fn building_name(&self, lang: Lang) -> String {
        if self.drawn_as.is_some() { self.building.clone() } else { element_name(&self.building, lang) }
    }
}

/// A piece of ground that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeSurface {
    /// The name of its element.
    pub element: String,
    /// What it is.
    pub kind: SurfaceKind,
    /// Its boundary in local metres.
    pub outline: Outline,
}

/// A goods access or an entrance that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeAccess {
    /// The name of its element.
    pub element: String,
    /// Where, in local metres.
    pub at: Point,
    /// The place among the volumes of the one that it belongs to: where that is not, it is not either.
    pub of: Option<usize>,
}

/// Everything that a typology puts on a plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// The volumes; those that stand on others after these.
    pub volumes: Vec<MadeVolume>,
    /// The ground between them.
    pub surfaces: Vec<MadeSurface>,
    /// Where goods come in.
    pub accesses: Vec<MadeAccess>,
    /// Where people come in.
    pub entrances: Vec<MadeAccess>,
    /// What the plot has no room for.
    pub given_up: Vec<GivenUp>,
    /// Where measures can be taken hold of.
    pub knobs: Vec<Knob>,
}

impl Made {
    /// Gives blocks their storeys and puts all into local metres.
    pub(super) fn of(mut plan: Plan, site: &Site, ask: &Ask<'_>) -> Self {
        let (programme, library) = (ask.programme, ask.library);
        let keeps_off =
            ask.generator.param("homes_without_view").is_some_and(|param| param.value_in(ask.values) == 0.0);
        let map = &site.local_from_site;
        let mut tops_m: Vec<f64> = Vec::with_capacity(plan.blocks.len());
        let (mut bases_m, mut programmes) = (tops_m.clone(), Vec::with_capacity(plan.blocks.len()));
        for block in &plan.blocks {
            let drawn = block.drawn.and_then(|at| ask.drawn?.volumes.get(at));
            let below_m = block.on.and_then(|below| tops_m.get(below)).copied();
            let base_m = below_m.or(drawn.map(|drawn| drawn.base_m)).unwrap_or(0.0);
            let storeys = drawn.map_or_else(
                || {
                    let all = storeys(programme, block.part, block.skipped.saturating_add(block.levels), library);
                    all.into_iter().skip(block.skipped as usize).collect::<Vec<_>>()
                },
                |drawn| converted(drawn, programme, block.part),
            );
            tops_m.push(base_m + height_above_m(&storeys));
            bases_m.push(base_m);
            programmes.push(storeys);
        }
        if keeps_off {
            Self::keep_homes_to_windows(&mut plan, site, (&bases_m, &tops_m), &mut programmes, library);
        }
        let mut volumes = Vec::with_capacity(plan.blocks.len());
        let each = std::mem::take(&mut plan.blocks).into_iter().zip(programmes).zip(bases_m);
        for ((block, storeys), base_m) in each {
            let drawn = block.drawn.and_then(|at| ask.drawn?.volumes.get(at));
            let storeys = with_mezzanine(storeys, block.mezzanine);
            let footprint = placed(&block.footprint, map);
            let dwellings = drawn.and_then(|drawn| drawn.dwellings);
            volumes.push(MadeVolume {
                element: block.element,
                building: block.building,
                footprint,
                on: block.on,
                base_m: (base_m * 1e3).round() / 1e3,
                storeys,
                dwellings,
                drawn_as: drawn.map(|drawn| drawn.name.clone()),
            });
        }
        let surfaces = plan.surfaces.into_iter().map(|(element, kind, outline)| MadeSurface {
            element,
            kind,
            outline: placed(&outline, map),
        });
        let place = |(element, at, of): (String, Point, Option<usize>)| {
            let at = tidy(map.apply(at));
            MadeAccess { element, at, of }
        };
        let accesses = plan.accesses.into_iter().map(|(element, at)| place((element, at, None))).collect();
        let entrances = plan.entrances.into_iter().map(place).collect();
        let knobs = plan.knobs.iter().map(|knob| knob.mapped(map)).collect();
        Self { volumes, surfaces: surfaces.collect(), accesses, entrances, given_up: plan.given_up, knobs }
    }

    /// Puts offices where homes would have no windows or look at a railway, which is said. `levels_m` are the base and the top
    /// of each block, `programmes` its storeys; what was drawn stays as it was.
    fn keep_homes_to_windows(
        plan: &mut Plan,
        site: &Site,
        (bases_m, tops_m): (&[f64], &[f64]),
        programmes: &mut [Vec<Storey>],
        library: &Library,
    ) {
        let (mut asked_m2, mut given_m2) = (0.0, 0.0);
        for (at, block) in plan.blocks.iter().enumerate() {
            let homes_m2 = home_floors(&programmes[at], library) * block.footprint.area_m2();
            if homes_m2 == 0.0 {
                continue;
            }
            let as_high = |other: &usize| {
                *other != at && bases_m[*other] <= bases_m[at] + MEETS_M && tops_m[*other] >= tops_m[at] - MEETS_M
            };
            let beside = || {
                let others = (0..plan.blocks.len()).filter(as_high);
                Standing::new(others.map(|other| &plan.blocks[other].footprint))
            };
            let may_live = block.drawn.is_some() || site.is_for_homes(&block.footprint, beside);
            if !may_live {
                programmes[at] = without_homes(std::mem::take(&mut programmes[at]), library);
            }
            asked_m2 += homes_m2;
            given_m2 += if may_live { homes_m2 } else { 0.0 };
        }
        plan.give_up("homes_m2", asked_m2.round(), given_m2.round());
    }
}

/// The storeys of a volume that was drawn; of one that is put to other use what they are is kept, and what happens there is
/// what the programme says.
fn converted(drawn: &DrawnVolume, programme: &Programme, part: &str) -> Vec<Storey> {
    let mut storeys = drawn.storeys.clone();
    let above = storeys.iter_mut().filter(|storey| !storey.below_ground);
    let count = drawn.storeys.iter().filter(|storey| !storey.below_ground).count() as u32;
    for (storey, run) in above.zip(programme.storeys(part, count)) {
        let shares = run.uses.iter().map(|(id, share)| UseShare { id: id.clone(), share: *share });
        (storey.uses, storey.state) = (Uses::new(shares), State::Kept);
        let uses = storey.uses.clone();
        if let Some(share) = run.mezzanine {
            storey.mezzanine = Some(Box::new(Mezzanine { share, uses, extra: Extra::default() }));
        }
    }
    storeys
}

/// The same with a mezzanine of its uses over a part of the lowest storey above ground.
fn with_mezzanine(mut storeys: Vec<Storey>, share: f64) -> Vec<Storey> {
    if let Some(storey) = storeys.iter_mut().find(|storey| !storey.below_ground).filter(|_| share > 0.0) {
        let uses = storey.uses.clone();
        storey.mezzanine = Some(Box::new(Mezzanine { share, uses, extra: Extra::default() }));
    }
    storeys
}

/// How many floors of homes storeys have, parts counted as parts.
fn home_floors(storeys: &[Storey], library: &Library) -> f64 {
    let shares = storeys.iter().flat_map(|storey| storey.uses.shares());
    shares.filter(|share| library.is_home(&share.id)).map(|share| share.share).sum()
}

/// The same with offices in place of homes, as high as homes would have been: nobody sleeps there, and the block keeps its shape.
fn without_homes(mut storeys: Vec<Storey>, library: &Library) -> Vec<Storey> {
    for storey in &mut storeys {
        let homes: Vec<_> =
            storey.uses.shares().iter().map(|share| share.id.clone()).filter(|id| library.is_home(id)).collect();
        for id in homes {
            storey.uses = storey.uses.replaced(&id, &"office".into());
        }
    }
    storeys
}

/// How many dwellings of a size fit in storeys, whole; nothing where no storey has any.
#[must_use]
pub fn dwellings(storeys: &[Storey], footprint_m2: f64, each_m2: f64) -> Option<u32> {
    let floors: f64 =
        storeys.iter().flat_map(|s| s.uses.shares()).filter(|s| s.id.as_str() == HOMES).map(|s| s.share).sum();
    let count = (floors * footprint_m2 / each_m2).round();
    (1.0..=1e6).contains(&count).then_some(count as u32)
}

/// The use that dwellings are counted in.
const HOMES: &str = "housing";

/// Where the front meets a yard or a street: goods come from there.
pub(super) fn at_front(bounds: Bounds) -> Point {
    Point { x: bounds.centre().x, y: bounds.min.y }
}

/// The name of one of the pieces that something falls into, by its place from 1: the first has that of the whole.
pub(super) fn numbered(name: &str, piece: usize) -> String {
    if piece == 1 { name.to_owned() } else { format!("{name} {piece}") }
}

/// To a tenth of a millimetre: turning to and fro leaves noise in the digits, which nobody wants in a file.
fn tidy(p: Point) -> Point {
    let round = |v: f64| (v * 1e4).round() / 1e4;
    point(round(p.x), round(p.y))
}

/// An outline of the frame in local metres; a point that two outlines share stays one. One that has finer corners than that
/// keeps them.
fn placed(outline: &Outline, map: &Transform) -> Outline {
    let mut rings = outline.rings().iter().map(|ring| Ring::new(ring.points().iter().map(|&p| tidy(map.apply(p)))));
    let tidied = rings.next().map_or_else(Outline::default, |outer| Outline::with_holes(&outer, rings));
    if tidied.fault().is_none() { tidied } else { outline.transformed(map) }
}

/// The storeys of a part, as its programme says; of a part without any, storeys without a known use are none.
fn storeys(programme: &Programme, part: &str, levels: u32, library: &Library) -> Vec<Storey> {
    let of = |run: &&crate::library::Run| {
        let shares = run.uses.iter().map(|(id, share)| UseShare { id: id.clone(), share: *share });
        let uses = Uses::new(shares);
        let height_m = run.height_m.or(run.usual_m).unwrap_or_else(|| run.height_by_use_m(library));
        let mezzanine =
            run.mezzanine.map(|share| Box::new(Mezzanine { share, uses: uses.clone(), extra: Extra::default() }));
        let state = if run.kept { State::Kept } else { State::New };
        let height_locked = run.height_m.is_some();
        Storey { uses, height_m, height_locked, mezzanine, state, ..Storey::new("void", height_m) }
    };
    programme.storeys(part, levels).iter().map(of).collect()
}

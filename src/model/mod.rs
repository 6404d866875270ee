//! What a project is: variants of plots, buildings, volumes and storeys, with what lies around them.
//!
//! Floor 3. `Project` → `Variant` → `Plot`, `Building`, `Volume`, `Storey`; beside them ground surfaces, goods access
//! points, notes and, shared by all variants, the context. Things refer to one another by [`Id`]. All geometry is in
//! local metres around the project's origin ([`crate::crs::Frame`]); longitude and latitude exist only at the doors.
//!
//! Nothing here changes a project: that is the job of [`crate::edit`]. Nothing here measures one: that is
//! [`crate::measure`]. [`check`] says what is wrong with one.

mod array;
mod attributes;
mod axes;
mod brief;
mod check;
mod fault;
mod ids;
mod layers;
pub mod limits;
mod mark;
mod overlaps;
mod place;
mod recipe;
mod relation;
mod shared;
mod storey;
mod typology;
mod underlay;

use crate::geometry::{Bounds, Outline, Point};
use crate::library::{OwnRates, UseId, UseOverride};

pub use array::{Array, ArrayRule, MOST_COPIES};
pub use attributes::{
    Attributes, Comparison, Condition, attribute_words, attributes_in_common, attributes_of_another, is_parcel_key,
};
pub use axes::Axes;
pub use brief::{Brief, OwnFigure, Target};
pub use check::check;
pub use fault::{Fault, FaultKind, Severity, Where, rate_rule, use_field_name, use_field_rule};
pub use ids::{Entity, Id, Table};
pub use layers::{LayerKind, Layers};
pub use mark::{Mark, MarkKind};
pub use place::{
    At, Context, ContextKind, ContextShape, Entrance, GoodsAccess, Note, Surface, SurfaceKind, credits_of,
    reaches_of_credited,
};
pub use recipe::{ByHand, EdgeRole, HandPart, Recipe};
pub use relation::{Relation, RelationKind};
pub use shared::SharedLibrary;
pub use storey::{Mezzanine, SHARE_TOLERANCE, State, Storey, UseShare, Uses, height_above_m};
pub use typology::{Drawn, DrawnSurface, DrawnVolume, OwnTypology, Start};
pub use underlay::{MOST_TIES, Picture, Tie, Underlay};

use crate::record::{Extra, record};

record! {
    /// A design for one site, with its variants.
    pub struct Project {
        /// What it is called.
        pub name: String,
        /// What a reader should know: what is schematic, who drew it.
        pub description: String = default,
        /// Where the facts come from, one source an entry.
        pub sources: Vec<String> = default,
        /// Where the local frame touches the earth.
        pub origin: Origin,
        /// Where the project's own north lies: a bearing in degrees, clockwise from grid north. Drawing follows it.
        pub north_deg: f64 = default,
        /// Which layers are hidden and locked.
        pub layers: Layers = default,
        /// The next id to give out.
        pub next_id: u64,
        /// Rates that the project knows better than the library.
        pub rates: OwnRates = default,
        /// Uses of this project's own, or changed from the library's.
        pub uses: Vec<UseOverride> = default,
        /// What is asked of it: targets, and figures of its own.
        pub brief: Brief = default,
        /// Typologies of its own.
        pub typologies: Vec<OwnTypology> = default,
        /// What stands around the site, the same for every variant.
        pub context: Table<Context> = default,
        /// Pictures that lie under the drawing.
        pub underlays: Table<Underlay> = default,
        /// What they show.
        pub pictures: Table<Picture> = default,
        /// The variants in the order of their tabs; never empty in a sound project.
        pub variants: Vec<Variant>,
    }
}

record! {
    /// A point on the earth in WGS 84.
    pub struct Origin {
        /// Longitude in degrees, east positive.
        pub lon_deg: f64,
        /// Latitude in degrees, north positive.
        pub lat_deg: f64,
    }
}

record! {
    /// One proposal for the site, or the site as it is today.
    pub struct Variant {
        /// Its number.
        pub id: Id,
        /// What its tab says.
        pub name: String,
        /// Whether it shows the site as it is: the baseline that others are compared with.
        pub baseline: bool = default,
        /// The plots.
        pub plots: Table<Plot> = default,
        /// The buildings.
        pub buildings: Table<Building> = default,
        /// The volumes.
        pub volumes: Table<Volume> = default,
        /// Yards, streets, green and water on the ground.
        pub surfaces: Table<Surface> = default,
        /// Where goods come in.
        pub goods_access: Table<GoodsAccess> = default,
        /// Where people come in.
        pub entrances: Table<Entrance> = default,
        /// Remarks pinned to the drawing.
        pub notes: Table<Note> = default,
        /// Guide lines and dimensions.
        pub marks: Table<Mark> = default,
        /// Things with copies that stand by a rule.
        pub arrays: Table<Array> = default,
        /// Typologies at work on plots.
        pub recipes: Table<Recipe> = default,
        /// How volumes stand to one another.
        pub relations: Table<Relation> = default,
    }
}

record! {
    /// A piece of ground that floor space is measured against.
    pub struct Plot {
        /// Its number.
        pub id: Id,
        /// What it is called.
        pub name: String,
        /// The reference that others know it by (a parcel number, the id in an imported file).
        pub code: String = default,
        /// On which side of the regional border it lies.
        pub region: Region = default,
        /// What an imported file said of it besides, by name.
        pub attributes: Attributes = default,
        /// Its boundary.
        pub outline: Outline,
    }
}

record! {
    /// Volumes that belong together, on one plot.
    pub struct Building {
        /// Its number.
        pub id: Id,
        /// What it is called.
        pub name: String,
        /// The plot it stands on, if any.
        pub plot: Option<Id> = default,
    }
}

record! {
    /// A footprint and the storeys on it.
    pub struct Volume {
        /// Its number.
        pub id: Id,
        /// The building it is part of.
        pub building: Id,
        /// What it is called.
        pub name: String,
        /// The reference that others know it by.
        pub code: String = default,
        /// The outline of every storey; holes are courts.
        pub footprint: Outline,
        /// Height of its lowest floor above ground over the plot's ground, in metres.
        pub base_m: f64 = default,
        /// From the bottom up; those below ground come first.
        pub storeys: Vec<Storey> = default,
        /// The number of dwellings, where it is known; replaces the estimate from floor space.
        pub dwellings: Option<u32> = default,
    }
}

/// On which side of the regional border a plot lies.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Brussels-Capital Region.
    Brussels,
    /// Flemish Region.
    Flanders,
    /// Somewhere else, or not known.
    #[default]
    None,
}

impl Region {
    /// All regions in the order of reports.
    pub const ALL: [Self; 3] = [Self::Brussels, Self::Flanders, Self::None];

    /// Its name in files and messages of translation.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Brussels => "brussels",
            Self::Flanders => "flanders",
            Self::None => "none",
        }
    }
}

impl Project {
    /// The variant that is opened, reported and drawn when none is asked for: the first that is not the site as it is
    /// today.
    #[must_use]
    pub fn main_variant(&self) -> Option<&Variant> {
        self.variants.iter().find(|variant| !variant.baseline).or(self.variants.first())
    }

    /// A project with one empty variant.
    #[must_use]
    pub fn new(name: impl Into<String>, origin: Origin, variant_name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: String::new(),
            sources: Vec::new(),
            origin,
            north_deg: 0.0,
            layers: Layers::default(),
            next_id: 2,
            rates: OwnRates::default(),
            uses: Vec::new(),
            brief: Brief::default(),
            typologies: Vec::new(),
            context: Table::default(),
            underlays: Table::default(),
            pictures: Table::default(),
            variants: vec![Variant::new(Id(1), variant_name)],
            extra: Extra::default(),
        }
    }

    /// The axes that drawing goes along.
    #[must_use]
    pub fn axes(&self) -> Axes {
        Axes::new(self.north_deg)
    }

    /// Gives out the next id.
    pub fn take_id(&mut self) -> Id {
        let id = Id(self.next_id);
        self.next_id += 1;
        id
    }

    /// The variant with that id.
    #[must_use]
    pub fn variant(&self, id: Id) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }

    /// The variant of that name; case does not matter when no name matches exactly.
    #[must_use]
    pub fn variant_named(&self, name: &str) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| variant.name == name)
            .or_else(|| self.variants.iter().find(|variant| variant.name.to_lowercase() == name.to_lowercase()))
    }
}

impl Origin {
    /// A point on the earth.
    #[must_use]
    pub fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg, extra: Extra::default() }
    }
}

impl Variant {
    /// An empty variant.
    #[must_use]
    pub fn new(id: Id, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            baseline: false,
            plots: Table::default(),
            buildings: Table::default(),
            volumes: Table::default(),
            surfaces: Table::default(),
            goods_access: Table::default(),
            entrances: Table::default(),
            notes: Table::default(),
            marks: Table::default(),
            arrays: Table::default(),
            recipes: Table::default(),
            relations: Table::default(),
            extra: Extra::default(),
        }
    }

    /// The smallest rectangle around everything that is drawn in it; `None` when it is empty.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let outlines = self.plots.iter().map(|plot| &plot.outline);
        let outlines = outlines.chain(self.volumes.iter().map(|volume| &volume.footprint));
        let outlines = outlines.chain(self.surfaces.iter().map(|surface| &surface.outline));
        outlines.filter_map(Outline::bounds).reduce(Bounds::union)
    }

    /// The outline of a plot, a volume or a surface.
    #[must_use]
    pub fn outline(&self, id: Id) -> Option<&Outline> {
        let volume = self.volumes.get(id).map(|volume| &volume.footprint);
        let plot = || self.plots.get(id).map(|plot| &plot.outline);
        volume.or_else(plot).or_else(|| self.surfaces.get(id).map(|surface| &surface.outline))
    }

    /// Where a goods access, an entrance or a note is: what has a place and no outline.
    #[must_use]
    pub fn place(&self, id: Id) -> Option<At> {
        let access = self.goods_access.get(id).map(|access| access.at);
        let entrance = || self.entrances.get(id).map(|entrance| entrance.at);
        access.or_else(entrance).or_else(|| self.notes.get(id).map(|note| note.at))
    }

    /// Whether something that can be seen has that id.
    #[must_use]
    pub fn has(&self, id: Id) -> bool {
        self.outline(id).is_some() || self.place(id).is_some() || self.marks.contains(id)
    }

    /// The plot a volume stands on, by its building.
    #[must_use]
    pub fn plot_of(&self, volume: &Volume) -> Option<Id> {
        self.buildings.get(volume.building)?.plot
    }

    /// The plot that a thing is, or that it stands on if it does; `None` for what is neither a plot nor a volume.
    #[must_use]
    pub fn plot_under(&self, id: Id) -> Option<Option<Id>> {
        if self.plots.contains(id) {
            return Some(Some(id));
        }
        self.volumes.get(id).map(|volume| self.plot_of(volume))
    }

    /// The plot in which `at` lies, the smallest where plots overlap.
    #[must_use]
    pub fn plot_at(&self, at: Point) -> Option<Id> {
        self.plots
            .iter()
            .filter(|plot| plot.outline.contains(at))
            .min_by(|a, b| a.outline.area_m2().total_cmp(&b.outline.area_m2()))
            .map(|plot| plot.id)
    }
}

impl Plot {
    /// Its name, or its number where it has none.
    #[must_use]
    pub fn called(&self) -> String {
        if self.name.is_empty() { self.id.to_string() } else { self.name.clone() }
    }

    /// A plot with a name and a boundary.
    #[must_use]
    pub fn new(id: Id, name: impl Into<String>, outline: Outline) -> Self {
        Self {
            id,
            name: name.into(),
            code: String::new(),
            region: Region::None,
            attributes: Attributes::new(),
            outline,
            extra: Extra::default(),
        }
    }
}

impl Building {
    /// A building on a plot, or on none.
    #[must_use]
    pub fn new(id: Id, name: impl Into<String>, plot: Option<Id>) -> Self {
        Self { id, name: name.into(), plot, extra: Extra::default() }
    }
}

impl Volume {
    /// A volume on the ground without storeys.
    #[must_use]
    pub fn new(id: Id, building: Id, name: impl Into<String>, footprint: Outline) -> Self {
        Self {
            id,
            building,
            name: name.into(),
            code: String::new(),
            footprint,
            base_m: 0.0,
            storeys: Vec::new(),
            dwellings: None,
            extra: Extra::default(),
        }
    }

    /// The level of its top in metres over the plot's ground. Removed storeys have their place in it; what can carry
    /// something is [`Self::standing_levels_m`].
    #[must_use]
    pub fn top_m(&self) -> f64 {
        self.base_m + height_above_m(&self.storeys)
    }

    /// The level in metres over the plot's ground at which its lowest storey begins.
    #[must_use]
    pub fn bottom_m(&self) -> f64 {
        self.base_m - self.storeys.iter().filter(|s| s.below_ground).map(|s| s.height_m).sum::<f64>()
    }

    /// From and to which level in metres each storey reaches, from the bottom up; removed ones have their place.
    pub fn levels_m(&self) -> impl Iterator<Item = (f64, f64)> {
        self.storeys.iter().scan(self.bottom_m(), |level_m, storey| {
            let floor_m = *level_m;
            *level_m += storey.height_m;
            Some((floor_m, *level_m))
        })
    }

    /// From and to which level in metres it has storeys that are not removed; `None` when all go.
    #[must_use]
    pub fn standing_levels_m(&self) -> Option<(f64, f64)> {
        let standing = self.storeys.iter().zip(self.levels_m()).filter(|(storey, _)| storey.state != State::Removed);
        let levels = standing.map(|(_, level)| level).reduce(|(low, _), (_, high)| (low, high));
        levels.filter(|(low, high)| low.is_finite() && high.is_finite())
    }

    /// How many whole floors above ground are for some uses.
    #[must_use]
    pub fn floors_of(&self, is_meant: impl Fn(&UseId) -> bool) -> f64 {
        let storeys = self.storeys.iter().filter(|storey| storey.stands_above());
        let shares = storeys.flat_map(|storey| storey.uses.shares());
        shares.filter(|share| share.share > 0.0 && is_meant(&share.id)).map(|share| share.share).sum()
    }

    /// The number of a storey as people say it: 0 is the lowest above ground, −1 the first below it.
    #[must_use]
    pub fn level(&self, at: usize) -> i64 {
        let below = self.storeys.iter().filter(|storey| storey.below_ground).count();
        at as i64 - below as i64
    }

    /// Whether it begins on the ground or is let into it, as against standing on another volume.
    #[must_use]
    pub fn begins_on_ground(&self) -> bool {
        self.base_m <= limits::GROUND_M
    }

    /// Whether it stands on the ground and rises above it with a storey that is not removed: such volumes make the
    /// footprint.
    #[must_use]
    pub fn is_on_ground(&self) -> bool {
        let rises = || self.standing_levels_m().is_some_and(|(_, top_m)| top_m > limits::GROUND_M);
        self.begins_on_ground() && self.storeys.iter().any(Storey::stands_above) && rises()
    }

    /// The use with the largest share of the topmost storey above ground, which gives the volume its colour in plan.
    #[must_use]
    pub fn top_use(&self) -> Option<&UseId> {
        self.storeys.iter().rev().find(|s| !s.below_ground).and_then(|s| s.uses.main())
    }
}

macro_rules! entity {
    ($($type:ty),*) => { $(
        impl Entity for $type {
            fn id(&self) -> Id { self.id }
            fn set_id(&mut self, id: Id) { self.id = id; }
        }
    )* };
}
impl Entity for Volume {
    fn id(&self) -> Id {
        self.id
    }
    fn set_id(&mut self, id: Id) {
        self.id = id;
    }
    fn shrink(&mut self) {
        self.storeys.shrink_to_fit();
    }
}

entity!(
    Plot,
    Building,
    Surface,
    GoodsAccess,
    Entrance,
    Note,
    Mark,
    Array,
    Recipe,
    Relation,
    Context,
    Underlay,
    Picture
);

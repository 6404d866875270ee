//! The bundled cases are drawn from tables of dimensions; the files in `projects/` hold what the tables say.
//!
//! `UPDATE_CASES=1 cargo test --test core cases` writes the files again after a table was changed.

use std::path::PathBuf;

use maakblok::basemap::region_at;
use maakblok::geometry::{Outline, Point, Ring, overlap_area_m2, point};
use maakblok::io::native;
use maakblok::measure::{FigureId, Sums};
use maakblok::model::{
    At, Building, Context, ContextKind, ContextShape, GoodsAccess, Id, Note, Origin, Plot, Project, Region, Storey,
    Surface, SurfaceKind, Variant, Volume, check,
};
use maakblok::num::Span;
use maakblok::record::Extra;

/// The structural bay, in metres.
const BAY: f64 = 8.1;
/// From the plot's edge to the buildings: a third of a bay.
const MARGIN: f64 = BAY / 3.0;
/// The plot across the plinths: 13 bays and both margins.
const WIDE: f64 = 13.0 * BAY + 2.0 * MARGIN;
/// The plot along the plinths: 12 bays and both margins.
const LONG: f64 = 12.0 * BAY + 2.0 * MARGIN;
/// A plinth: three bays deep, of which this much is two-storey front (offices, showrooms) along its closed side.
const DEEP: f64 = 3.0 * BAY;
const FRONT: f64 = 4.7;
/// A double-height workshop; its front has two storeys of half of it.
const HALL_HIGH: f64 = 6.6;
/// A block of homes: three bays long, a bay and a half and its outer walls deep.
const HOME_LONG: f64 = 3.0 * BAY;
const HOME_DEEP: f64 = 12.35;

/// A point of the site: `across` the plinths from the plot's west side, `along` them from its south-west corner.
///
/// The site is turned by 20.6° (sine 0.352, cosine 0.936, so that stored numbers stay short and areas exact).
fn at(across: f64, along: f64) -> Point {
    let (x, y) = (across - WIDE / 2.0, along - LONG / 2.0);
    point(0.936 * x + 0.352 * y, -0.352 * x + 0.936 * y)
}

fn rectangle([a0, a1]: [f64; 2], [l0, l1]: [f64; 2]) -> Outline {
    Outline::from_points([at(a0, l0), at(a1, l0), at(a1, l1), at(a0, l1)])
}

/// The street side of the plot, which is not quite square to the plinths.
fn street(across: f64) -> f64 {
    -1.35 + 0.025 * across
}

/// A piece of ground from the street side up to `along`.
fn from_street([a0, a1]: [f64; 2], along: f64) -> Outline {
    Outline::from_points([at(a0, street(a0)), at(a1, street(a1)), at(a1, along), at(a0, along)])
}

struct Plinth {
    name: &'static str,
    workshops: u32,
    hall_use: &'static str,
    /// Where it begins across, and where along.
    across: f64,
    along: f64,
    /// The closed side, where its front is, lies to the east.
    front_east: bool,
}

const PLINTHS: [Plinth; 3] = [
    Plinth {
        name: "West plinth",
        workshops: 6,
        hall_use: "craft_workshop",
        across: MARGIN,
        along: MARGIN,
        front_east: false,
    },
    Plinth {
        name: "Middle plinth",
        workshops: 5,
        hall_use: "light_industry",
        across: MARGIN + 5.0 * BAY,
        along: MARGIN,
        front_east: false,
    },
    Plinth {
        name: "East plinth",
        workshops: 5,
        hall_use: "craft_workshop",
        across: MARGIN + 10.0 * BAY,
        along: MARGIN + 2.0 * BAY,
        front_east: true,
    },
];

struct Home {
    name: &'static str,
    plinth: usize,
    /// Bays from the plinth's southern end.
    bays: f64,
    /// Across the plinth instead of along its front.
    crosswise: bool,
    storeys: usize,
    dwellings: u32,
}

const HOMES: [Home; 5] = [
    Home { name: "House 1", plinth: 0, bays: 1.0, crosswise: false, storeys: 4, dwellings: 10 },
    Home { name: "House 2", plinth: 0, bays: 8.0, crosswise: false, storeys: 6, dwellings: 15 },
    Home { name: "House 3", plinth: 1, bays: 0.0, crosswise: true, storeys: 6, dwellings: 14 },
    Home { name: "House 4", plinth: 2, bays: 1.0, crosswise: false, storeys: 5, dwellings: 12 },
    Home { name: "House 5", plinth: 2, bays: 7.0, crosswise: false, storeys: 5, dwellings: 12 },
];

const DESCRIPTION: &str = "Workshops fill the plot, homes stand on their roofs (typology T01). Published: 7,520 m² of \
workshops in 16 units of 400 to 500 m², 63 homes of 7,800 m² together in five blocks, three plinths, completed in \
December 2022; developed by citydev.brussels with Kairos, designed by BOGDAN & VAN BROECK with DDS+. NovaCity I and II \
together take 2 ha.\n\n\
Schematic, drawn for this case: the massing, a bay of 8.1 m, plinths 24.3 m deep with working streets of 16.2 m, each \
workshop 16.2 × 24.3 m with a two-storey front of 4.7 m (its upper floor is counted in the 7,520 m²), homes in four to \
six storeys of 3.0 m and their distribution over the blocks, craft workshops and light industry as uses, the goods \
route, the greens, and everything around the plot. The site lies within 350 m of the point given.\n\n\
Derived: the plot of NovaCity I, 11,354 m², is not published; it is chosen so that the floor/site ratio is 1.35, within \
the range of the typology (1.2 to 1.8) and within the 2 ha.";

const SOURCES: [&str; 3] = [
    "trends.levif.be and bx1.be, December 2022: programme and completion of NovaCity I",
    "sarahpoot.com: areas, three plinths, five blocks, budget",
    "citydev.brussels: NovaCity, Anderlecht",
];

/// A project while it is being drawn.
struct Drawing {
    project: Project,
    variant: Variant,
}

impl Drawing {
    fn volume(&mut self, building: Id, name: String, footprint: Outline, base_m: f64, storeys: Vec<Storey>) -> Volume {
        let mut volume = Volume::new(self.project.take_id(), building, name, footprint);
        volume.base_m = base_m;
        volume.storeys = storeys;
        volume
    }

    fn surface(&mut self, kind: SurfaceKind, name: &str, outline: Outline) {
        let id = self.project.take_id();
        let (name, code) = (name.to_owned(), String::new());
        self.variant.surfaces.insert(Surface { id, name, code, kind, outline, extra: Extra::default() });
    }

    fn context(&mut self, kind: ContextKind, name: &str, outline: Outline, height_m: Option<f64>) {
        let (id, name) = (self.project.take_id(), name.to_owned());
        let shape = ContextShape::Area(outline);
        self.project.context.insert(Context {
            id,
            name,
            kind,
            shape,
            height_m,
            credit: String::new(),
            extra: Extra::default(),
        });
    }

    fn shed(&mut self, across: [f64; 2], along: [f64; 2], height_m: f64) {
        self.context(ContextKind::Building, "", rectangle(across, along), Some(height_m));
    }

    /// A row of houses with their fronts on a line, a little different from one another as such rows are.
    fn row(&mut self, front: f64, side: f64, [from, to]: [f64; 2]) {
        let (widths, depths, heights) = ([6.0, 5.5, 6.5, 6.0, 7.0], [11.0, 12.5, 10.0, 12.0], [9.0, 10.5, 9.5]);
        let (mut along, mut i) = (from, 0);
        while along + widths[i % 5] <= to {
            let back = front + side * depths[i % 4];
            self.shed([front.min(back), front.max(back)], [along, along + widths[i % 5]], heights[i % 3]);
            along += widths[i % 5];
            i += 1;
        }
    }
}

fn novacity_1() -> Project {
    let mut project = Project::new("NovaCity I", Origin::new(4.2875, 50.8170), "As built");
    project.description = DESCRIPTION.to_owned();
    project.sources = SOURCES.map(str::to_owned).to_vec();
    let variant = project.variants.remove(0);
    let mut d = Drawing { project, variant };
    let mut plot = Plot::new(d.project.take_id(), "NovaCity I", from_street([0.0, WIDE], LONG));
    plot.region = Region::Brussels;
    let plot_id = plot.id;
    d.variant.plots.insert(plot);
    buildings(&mut d, plot_id);
    ground(&mut d);
    surroundings(&mut d);
    let Drawing { mut project, variant } = d;
    project.variants.push(variant);
    project
}

fn buildings(d: &mut Drawing, plot: Id) {
    for (number, plinth) in PLINTHS.iter().enumerate() {
        let building = Building::new(d.project.take_id(), plinth.name, Some(plot));
        let id = building.id;
        d.variant.buildings.insert(building);
        let (west, east) = (plinth.across, plinth.across + DEEP);
        let along = [plinth.along, plinth.along + f64::from(plinth.workshops) * 2.0 * BAY];
        let (front, hall) = if plinth.front_east {
            ([east - FRONT, east], [west, east - FRONT])
        } else {
            ([west, west + FRONT], [west + FRONT, east])
        };
        let halls = vec![Storey::new(plinth.hall_use, HALL_HIGH)];
        let name = format!("{} workshops", plinth.workshops);
        let volume = d.volume(id, name, rectangle(hall, along), 0.0, halls);
        d.variant.volumes.insert(volume);
        let fronts = vec![Storey::new(plinth.hall_use, HALL_HIGH / 2.0); 2];
        let volume = d.volume(id, "Front with mezzanine".to_owned(), rectangle(front, along), 0.0, fronts);
        d.variant.volumes.insert(volume);
        for home in HOMES.iter().filter(|home| home.plinth == number) {
            let from = plinth.along + home.bays * BAY;
            let footprint = match (home.crosswise, plinth.front_east) {
                (true, _) => rectangle([west, east], [from, from + HOME_DEEP]),
                (false, true) => rectangle([east - HOME_DEEP, east], [from, from + HOME_LONG]),
                (false, false) => rectangle([west, west + HOME_DEEP], [from, from + HOME_LONG]),
            };
            let storeys = vec![Storey::new("housing", 3.0); home.storeys];
            let mut volume = d.volume(id, home.name.to_owned(), footprint, HALL_HIGH, storeys);
            volume.dwellings = Some(home.dwellings);
            d.variant.volumes.insert(volume);
        }
    }
}

fn ground(d: &mut Drawing) {
    let [west, middle, east] = PLINTHS.map(|plinth| [plinth.across, plinth.across + DEEP]);
    let end = MARGIN + 12.0 * BAY;
    let link = MARGIN + 10.0 * BAY;
    // Up one working street, behind the middle plinth, down the other.
    let route = [
        at(west[1], street(west[1])),
        at(middle[0], street(middle[0])),
        at(middle[0], link),
        at(middle[1], link),
        at(middle[1], street(middle[1])),
        at(east[0], street(east[0])),
        at(east[0], end),
        at(west[1], end),
    ];
    d.surface(SurfaceKind::Yard, "Working streets", Outline::from_points(route));
    d.surface(SurfaceKind::Paved, "Forecourt", from_street(west, MARGIN));
    d.surface(SurfaceKind::Paved, "Forecourt", from_street(middle, MARGIN));
    d.surface(SurfaceKind::Green, "Garden", from_street(east, PLINTHS[2].along));
    d.surface(SurfaceKind::Green, "Front gardens", from_street([0.0, west[0]], LONG));
    d.surface(SurfaceKind::Green, "Front gardens", from_street([east[1], WIDE], LONG));
    d.surface(SurfaceKind::Green, "Hedge", rectangle([west[0], east[1]], [end, LONG]));
    for (name, across) in [("In", (west[1] + middle[0]) / 2.0), ("Out", (middle[1] + east[0]) / 2.0)] {
        let (id, at) = (d.project.take_id(), At(at(across, street(across))));
        let name = name.to_owned();
        d.variant.goods_access.insert(GoodsAccess { id, name, at, extra: Extra::default() });
    }
    for (text, place) in [
        (
            "Schematic: published are the areas, the 16 workshops, the 63 homes, three plinths and five blocks; \
             their shapes and places are drawn for this case.",
            at(WIDE / 2.0, MARGIN + 7.0 * BAY),
        ),
        (
            "Goods route, assumed: in by the west street, behind the middle plinth, out by the east street; room for \
             a rigid lorry of 12 m.",
            at(WIDE / 2.0, link + BAY),
        ),
    ] {
        let (id, text, author) = (d.project.take_id(), text.to_owned(), String::new());
        d.variant.notes.insert(Note { id, text, author, at: At(place), extra: Extra::default() });
    }
}

/// Plausible surroundings: streets around the block, sheds, rows of houses, a park. None of it is surveyed.
fn surroundings(d: &mut Drawing) {
    // East end of the block, the lane behind it, and how far everything is drawn.
    let (block, lane) = (195.0, LONG + 10.0);
    let (w, e, s, n) = (-150.0, 330.0, -130.0, 240.0);
    let curb = |across: f64| at(across, street(across));
    let far_curb = |across: f64| at(across, street(across) - 14.0);
    let streets = Ring::new(
        [
            [at(-14.0, s), at(0.0, s), far_curb(0.0), far_curb(block), at(block, s), at(block + 12.0, s)],
            [far_curb(block + 12.0), far_curb(e), curb(e), curb(block + 12.0), at(block + 12.0, LONG), at(e, LONG)],
            [at(e, lane), at(block + 12.0, lane), at(block + 12.0, n), at(block, n), at(block, lane), at(0.0, lane)],
            [at(0.0, n), at(-14.0, n), at(-14.0, lane), at(w, lane), at(w, LONG), at(-14.0, LONG)],
        ]
        .concat()
        .into_iter()
        .chain([curb(-14.0), curb(w), far_curb(w), far_curb(-14.0)]),
    );
    let hole = Ring::new([curb(0.0), curb(block), at(block, LONG), at(0.0, LONG)]);
    d.context(ContextKind::Road, "", Outline::with_holes(&streets, [hole]), None);
    d.context(ContextKind::Green, "NovaCity II (site, schematic)", from_street([WIDE, block], LONG), None);
    d.context(
        ContextKind::Green,
        "",
        Outline::from_points([(-146.0, 120.0), (-30.0, 120.0), (-30.0, 236.0), (-110.0, 236.0)].map(|(a, l)| at(a, l))),
        None,
    );
    d.row(-16.0, -1.0, [2.0, 98.0]);
    d.row(-16.0, -1.0, [-126.0, -22.0]);
    d.row(-62.0, -1.0, [2.0, 70.0]);
    d.row(2.0, 1.0, [-126.0, -70.0]);
    for (across, along, height_m) in [
        ([8.0, 70.0], [-60.0, -24.0], 9.0),
        ([82.0, 128.0], [-66.0, -22.0], 8.0),
        ([138.0, 188.0], [-58.0, -20.0], 10.0),
        ([40.0, 120.0], [-122.0, -78.0], 9.0),
        ([132.0, 186.0], [-118.0, -74.0], 7.5),
        ([214.0, 262.0], [12.0, 50.0], 10.0),
        ([214.0, 250.0], [60.0, 96.0], 12.5),
        ([272.0, 322.0], [16.0, 92.0], 9.0),
        ([214.0, 300.0], [-86.0, -22.0], 8.5),
        ([8.0, 66.0], [118.0, 166.0], 9.0),
        ([76.0, 138.0], [118.0, 158.0], 11.0),
        ([148.0, 188.0], [118.0, 190.0], 8.0),
        ([20.0, 130.0], [178.0, 228.0], 10.0),
        ([214.0, 228.0], [120.0, 182.0], 21.0),
        ([244.0, 258.0], [120.0, 182.0], 18.0),
        ([-130.0, -90.0], [10.0, 42.0], 8.0),
        ([-130.0, -84.0], [56.0, 92.0], 7.0),
        ([-120.0, -48.0], [-110.0, -64.0], 8.0),
    ] {
        d.shed(across, along, height_m);
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("projects/novacity-1.maakblok")
}

fn gfa_m2(project: &Project, is_housing: bool) -> f64 {
    let volumes = project.variants[0].volumes.iter();
    volumes
        .flat_map(|volume| volume.storeys.iter().map(move |storey| (volume, storey)))
        .filter(|(_, storey)| (storey.uses.main().unwrap().as_str() == "housing") == is_housing)
        .map(|(volume, _)| volume.footprint.area_m2())
        .sum()
}

#[test]
fn the_file_of_novacity_1_is_what_its_table_says() {
    let project = novacity_1();
    let bytes = native::write(&project).unwrap();
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(path(), &bytes).unwrap();
    }
    let stored = std::fs::read(path()).unwrap();
    let loaded = native::read(&stored).unwrap();
    assert!(loaded.notes.is_empty(), "nothing had to be repaired: {:?}", loaded.notes);
    assert_eq!(loaded.project, project, "run UPDATE_CASES=1 cargo test --test core cases");
    assert_eq!(native::write(&loaded.project).unwrap(), stored, "the file is as the program writes it");
}

#[test]
fn novacity_1_has_the_published_areas_and_homes() {
    let project = novacity_1();
    let (workshops, homes) = (gfa_m2(&project, false), gfa_m2(&project, true));
    // By hand: 259.2 m of plinth × (24.3 + 4.7) m = 7 516.8; 26 storeys × 24.3 × 12.35 m = 7 802.73.
    assert!((workshops - 7_516.8).abs() < 1e-3, "{workshops}");
    assert!((homes - 7_802.73).abs() < 1e-3, "{homes}");
    assert!((workshops / 7_520.0 - 1.0).abs() < 0.03 && (homes / 7_800.0 - 1.0).abs() < 0.03);
    let volumes = &project.variants[0].volumes;
    assert_eq!(volumes.iter().filter_map(|volume| volume.dwellings).sum::<u32>(), 63);
    assert_eq!(volumes.iter().filter(|volume| volume.dwellings.is_some()).count(), 5, "five blocks");
    assert_eq!(PLINTHS.iter().map(|plinth| plinth.workshops).sum::<u32>(), 16);
    let per_workshop = workshops / 16.0;
    assert!((400.0..=500.0).contains(&per_workshop), "{per_workshop}");
    let plot = project.variants[0].plots.iter().next().unwrap();
    // 110.7 × 102.6 − 110.7 × (−1.35 + 1.4175) / 2
    assert!((plot.outline.area_m2() - 11_354.08).abs() < 0.01, "{}", plot.outline.area_m2());
    let fsi = (workshops + homes) / plot.outline.area_m2();
    assert!((fsi - 1.35).abs() < 0.005, "{fsi}");
    assert!(plot.outline.area_m2() < 20_000.0, "less than NovaCity I and II together");
}

#[test]
fn the_report_of_novacity_1_agrees_with_what_was_published() {
    let project = native::load(&path()).unwrap().project;
    let report = Sums::new(&project, project.variants[0].id).report(&project).unwrap();
    let totals = &report.totals;
    let workshops: f64 = totals.one(FigureId::Productive);
    let homes = totals.gfa_by_use_m2.get("housing").copied().unwrap_or_default();
    assert!((workshops / 7_520.0 - 1.0).abs() < 0.03, "{workshops} m² of workshops");
    assert!((homes / 7_800.0 - 1.0).abs() < 0.03, "{homes} m² of homes");
    assert_eq!(totals.span(FigureId::Dwellings), Span::exact(63.0));
    assert_eq!(report.regions.keys().collect::<Vec<_>>(), [&"brussels"]);
    // The typology it stands for: FSI 1.2 – 1.8, 45 – 55 % productive.
    assert!((1.2..=1.8).contains(&totals.mid(FigureId::Fsi).unwrap()), "{:?}", totals.mid(FigureId::Fsi));
    assert!(
        (0.45..=0.55).contains(&totals.mid(FigureId::ProductiveShare).unwrap()),
        "{:?}",
        totals.mid(FigureId::ProductiveShare)
    );
    let notes = project.variants[0].notes.iter();
    assert!(notes.filter(|note| note.text.starts_with("Schematic: ")).count() == 1, "what is schematic is said there");
}

#[test]
fn novacity_1_is_sound_and_stands_where_it_says() {
    let project = novacity_1();
    assert_eq!(check(&project), [], "nothing is wrong with it");
    assert_eq!(region_at(project.origin.lon_deg, project.origin.lat_deg), Region::Brussels);
    let variant = &project.variants[0];
    let plot = variant.plots.iter().next().unwrap();
    let volumes: Vec<_> = variant.volumes.iter().collect();
    for (i, a) in volumes.iter().enumerate() {
        let inside_m2 = overlap_area_m2(&a.footprint, &plot.outline);
        assert!((inside_m2 - a.footprint.area_m2()).abs() < 1e-3, "{} stands within the plot", a.name);
        for b in &volumes[i + 1..] {
            let apart = a.top_m() <= b.base_m || b.top_m() <= a.base_m;
            assert!(apart || overlap_area_m2(&a.footprint, &b.footprint) < 1e-3, "{} and {}", a.name, b.name);
        }
        if a.base_m > 0.0 {
            // A block stands on its plinth with its whole footprint.
            let carried: f64 = volumes
                .iter()
                .filter(|below| below.top_m() == a.base_m)
                .map(|below| overlap_area_m2(&a.footprint, &below.footprint))
                .sum();
            assert!((carried - a.footprint.area_m2()).abs() < 1e-3, "{} is carried", a.name);
        }
    }
    for surface in variant.surfaces.iter() {
        let inside_m2 = overlap_area_m2(&surface.outline, &plot.outline);
        assert!((inside_m2 - surface.outline.area_m2()).abs() < 1e-3, "{} lies within the plot", surface.name);
        for volume in volumes.iter().filter(|volume| volume.base_m == 0.0) {
            assert!(overlap_area_m2(&surface.outline, &volume.footprint) < 1e-3, "{}", surface.name);
        }
    }
    let covered: f64 = variant.surfaces.iter().map(|surface| surface.outline.area_m2()).sum();
    let built: f64 = volumes.iter().filter(|v| v.base_m == 0.0).map(|v| v.footprint.area_m2()).sum();
    assert!((covered + built - plot.outline.area_m2()).abs() < 1e-2, "no ground is left undrawn");
    for thing in project.context.iter() {
        if let ContextShape::Area(outline) = &thing.shape {
            assert!(overlap_area_m2(outline, &plot.outline) < 1e-3, "context {} keeps off the plot", thing.id);
        }
    }
}

//! Projects to test with: one with everything in it, and arbitrary ones.

use maakblok::geometry::{Outline, Point, Ring, point};
use maakblok::library::{Family, UseOverride};
use maakblok::model::{
    At, Building, Context, ContextKind, ContextShape, Entrance, GoodsAccess, Id, Note, Origin, Plot, Project, Region,
    State, Storey, Surface, SurfaceKind, UseShare, Uses, Variant, Volume,
};
use maakblok::num::Span;
use maakblok::record::Extra;
use proptest::prelude::*;
use serde_json::{Value, json};

/// An upright rectangle from its south-west corner and its size in metres.
pub fn rectangle(x: f64, y: f64, width: f64, depth: f64) -> Outline {
    Outline::rectangle(point(x, y), point(x + width, y + depth))
}

/// A storey with several uses.
pub fn mixed(shares: &[(&str, f64)], height_m: f64) -> Storey {
    let mut storey = Storey::new("office", height_m);
    storey.uses = Uses::new(shares.iter().map(|&(id, share)| UseShare { id: id.into(), share }));
    storey
}

fn extra(key: &str, value: Value) -> Extra {
    let mut extra = Extra::default();
    extra.keep(key, value);
    extra
}

/// A sound project with everything in it: every field of every record, every kind of thing, fields that this version
/// does not know at every level. [`maakblok::model::check`] finds nothing wrong with it.
pub fn rich() -> Project {
    let mut project = Project::new("Kaai “12” — \\ test\u{301}", Origin::new(4.3245, 50.8351), "Today");
    project.description = "Two lines.\nÉlan, ſ, 🏭".to_owned();
    project.sources = vec!["survey of 2024".to_owned(), "permit 12/34".to_owned()];
    project.extra = extra("targets", json!({ "jobs": 120, "list": [1, 2.5, null, true, "x", { "deep": [[]] }] }));
    project.origin.extra = extra("height_m", json!(17.25));
    project.rates.set("dwelling_m2", "", Span { low: 130.0, mid: 110.0, high: 95.0 }, "brief of 2025");
    for (rate, value) in [
        ("student_room_m2", 32.5),
        ("household_brussels", 2.2),
        ("household_flanders", 2.3),
        ("household_elsewhere", 2.1),
    ] {
        project.rates.set(rate, "", Span::exact(value), "");
    }
    project.rates.set("m2_per_car", "office", Span { low: 220.0, mid: 120.0, high: 80.0 }, "");
    project.rates.keep("vacancy", json!({ "of": 0.05 }));
    let mut brewery = UseOverride::new("brewery");
    brewery.family = Some(Family::Making);
    brewery.productive = Some(true);
    brewery.name = Some("Brewery".to_owned());
    brewery.floor_to_floor_m = Some(6.0);
    brewery.m2_per_job = Some(Span { low: 80.0, mid: 60.0, high: 40.0 });
    brewery.source = Some("the brewer".to_owned());
    brewery.hidden = true;
    brewery.extra = extra("smell", json!("malt"));
    project.uses = vec![brewery, UseOverride::new("office")];
    for (kind, shape) in [
        (ContextKind::Building, ContextShape::Area(rectangle(-60.0, 0.0, 20.0, 12.0))),
        (ContextKind::Water, ContextShape::Area(rectangle(-200.0, -90.0, 400.0, 30.0))),
        (ContextKind::Rail, line(&[(-200.0, 90.0), (0.0, 95.5), (200.0, 90.25)])),
        (ContextKind::Road, line(&[(-200.0, -40.0), (200.0, -40.0)])),
        (ContextKind::Green, ContextShape::Area(rectangle(120.0, 0.0, 30.0, 30.0))),
    ] {
        let id = project.take_id();
        let height_m = (kind == ContextKind::Building).then_some(14.5);
        let name = if kind == ContextKind::Water { "Canal" } else { "" }.to_owned();
        project.context.insert(Context {
            id,
            name,
            kind,
            shape,
            height_m,
            credit: String::new(),
            extra: extra("osm", json!(["way", 12])),
        });
    }
    project.variants[0].baseline = true;
    let second = project.take_id();
    project.variants.push(Variant::new(second, "Block"));
    project.variants[1].extra = extra("colour", json!({ "r": 1.0, "list": ["a"] }));
    fill(&mut project);
    project
}

fn line(points: &[(f64, f64)]) -> ContextShape {
    ContextShape::Line(points.iter().map(|&(x, y)| At(point(x, y))).collect())
}

fn fill(project: &mut Project) {
    let ids: Vec<Id> = (0..11).map(|_| project.take_id()).collect();
    let variant = &mut project.variants[1];
    let mut plot = Plot::new(ids[0], "North", rectangle(0.0, 0.0, 60.0, 50.0));
    plot.code = "21301B0123".to_owned();
    plot.region = Region::Brussels;
    plot.extra = extra("owner", json!("city"));
    plot.attributes = [("built".to_owned(), json!(1932)), ("zone".to_owned(), json!("port"))].into();
    variant.plots.insert(plot);
    let mut south = Plot::new(ids[1], "South", rectangle(60.0, 0.0, 40.0, 50.0));
    south.region = Region::Flanders;
    variant.plots.insert(south);
    let mut hall = Building::new(ids[2], "Hall", Some(ids[0]));
    hall.extra = extra("year", json!(1932));
    variant.buildings.insert(hall);
    let outer = ring(&[(2.0, 2.0), (58.0, 2.0), (58.0, 48.0), (2.0, 48.0)]);
    let court = ring(&[(20.0, 20.0), (40.0, 20.0), (40.0, 30.0), (20.0, 30.0)]);
    let mut base = Volume::new(ids[3], ids[2], "Base", Outline::with_holes(&outer, [court]));
    base.code = "V1".to_owned();
    let mut cellar = Storey::new("parking", 3.0);
    cellar.height_locked = true;
    cellar.load_kn_m2 = 12.5;
    cellar.below_ground = true;
    cellar.state = State::Existing;
    let mut workshop = mixed(&[("craft_workshop", 0.7), ("brewery", 0.3)], 6.0);
    workshop.state = State::Kept;
    workshop.extra = extra("floor_load", json!({ "kn_m2": 10 }));
    base.storeys = vec![cellar, workshop];
    base.extra = extra("roof", json!({ "kind": "green", "depth_m": [0.1, 0.4] }));
    variant.volumes.insert(base);
    let mut homes = Volume::new(ids[4], ids[2], "", rectangle(2.0, 2.0, 12.5, 46.0));
    homes.base_m = 6.0;
    homes.dwellings = Some(12);
    homes.storeys = vec![Storey::new("housing", 3.1); 3];
    homes.storeys[2].state = State::Removed;
    variant.volumes.insert(homes);
    let kinds = SurfaceKind::ALL;
    variant.surfaces.insert(Surface {
        id: ids[5],
        name: "Yard".to_owned(),
        code: "S".to_owned(),
        kind: kinds[0],
        outline: rectangle(60.0, 0.0, 10.0, 50.0),
        extra: extra("paving", json!("cobbles")),
    });
    let at = At(point(60.0, 25.0));
    let access = GoodsAccess { id: ids[6], name: "Gate".to_owned(), at, extra: extra("width_m", json!(4.5)) };
    variant.goods_access.insert(access);
    let at = At(point(12.5, 2.0));
    let door = Entrance { id: ids[10], name: "Door".to_owned(), at, extra: extra("width_m", json!(1.5)) };
    variant.entrances.insert(door);
    variant.notes.insert(Note {
        id: ids[7],
        text: "Keep the chimney?".to_owned(),
        author: "L.".to_owned(),
        at: At(point(30.0, 40.123_456_7)),
        extra: extra("solved", json!(false)),
    });
}

fn ring(points: &[(f64, f64)]) -> Ring {
    Ring::new(points.iter().map(|&(x, y)| point(x, y)))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-zA-Z0-9 éü–]{0,8}", 1 => any::<String>()]
}

fn any_extra() -> impl Strategy<Value = Extra> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |v| v.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{0,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    prop::collection::btree_map("x_[a-z]{1,3}", value, 0..3).prop_map(|map| {
        let mut extra = Extra::default();
        for (key, value) in map {
            extra.keep(&key, value);
        }
        extra
    })
}

/// Any number that a file can hold, mostly such as drawings have.
fn metres() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (-500_000i32..500_000).prop_map(|mm| f64::from(mm) / 1000.0),
        2 => -1e5..1e5f64,
        1 => any::<f64>().prop_filter("finite", |v| v.is_finite()),
    ]
}

fn any_point() -> impl Strategy<Value = Point> {
    (metres(), metres()).prop_map(|(x, y)| Point { x, y })
}

/// Sound rectangles mostly, else any rings at all.
fn any_outline() -> impl Strategy<Value = Outline> {
    prop_oneof![
        3 => (-200..200i32, -200..200i32, 1..60i32, 1..60i32)
            .prop_map(|(x, y, w, d)| rectangle(x.into(), y.into(), w.into(), d.into())),
        1 => prop::collection::vec(prop::collection::vec(any_point(), 0..6), 0..3).prop_map(|rings| {
            let rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
            let fallback = Ring::default();
            Outline::with_holes(rings.first().unwrap_or(&fallback), rings.iter().skip(1).cloned())
        }),
    ]
}

fn any_storey() -> impl Strategy<Value = Storey> {
    let uses = prop::collection::vec(
        (prop::sample::select(vec!["office", "housing", "craft_workshop", "x"]), 0.0..1.0f64),
        0..3,
    );
    (uses, metres(), prop::sample::select(State::ALL.to_vec()), any::<bool>(), any_extra()).prop_map(
        |(uses, height_m, state, below_ground, extra)| {
            let mut storey = mixed(&uses, height_m);
            storey.state = state;
            storey.below_ground = below_ground;
            storey.extra = extra;
            storey
        },
    )
}

/// Things before they have ids: the pieces of one variant.
type Pieces = (
    String,
    bool,
    Vec<(String, Region, Outline, Extra)>,
    Vec<(String, Option<prop::sample::Index>, Extra)>,
    Vec<(prop::sample::Index, String, Outline, f64, Vec<Storey>, Option<u32>, Extra)>,
    Vec<(String, SurfaceKind, Outline, Extra)>,
    Vec<(String, Point, Extra)>,
    Extra,
);

fn any_pieces() -> impl Strategy<Value = Pieces> {
    use prop::collection::vec;
    use prop::sample::{Index, select};
    (
        text(),
        any::<bool>(),
        vec((text(), select(Region::ALL.to_vec()), any_outline(), any_extra()), 0..3),
        vec((text(), any::<Option<Index>>(), any_extra()), 0..3),
        vec(
            (
                any::<Index>(),
                text(),
                any_outline(),
                metres(),
                vec(any_storey(), 0..4),
                any::<Option<u32>>(),
                any_extra(),
            ),
            0..4,
        ),
        vec((text(), select(SurfaceKind::ALL.to_vec()), any_outline(), any_extra()), 0..2),
        vec((text(), any_point(), any_extra()), 0..2),
        any_extra(),
    )
}

fn put(project: &mut Project, pieces: Pieces) -> Variant {
    let (name, baseline, plots, buildings, volumes, surfaces, points, extra) = pieces;
    let mut variant = Variant::new(project.take_id(), name);
    (variant.baseline, variant.extra) = (baseline, extra);
    let mut plot_ids = Vec::new();
    for (name, region, outline, extra) in plots {
        let id = project.take_id();
        plot_ids.push(id);
        variant.plots.insert(Plot { region, extra, ..Plot::new(id, name, outline) });
    }
    let mut building_ids = Vec::new();
    for (name, plot, extra) in buildings {
        let id = project.take_id();
        building_ids.push(id);
        let plot = plot.filter(|_| !plot_ids.is_empty()).map(|index| *index.get(&plot_ids));
        variant.buildings.insert(Building { extra, ..Building::new(id, name, plot) });
    }
    for (building, name, footprint, base_m, storeys, dwellings, extra) in volumes {
        let id = project.take_id();
        let building = if building_ids.is_empty() { Id(1) } else { *building.get(&building_ids) };
        variant.volumes.insert(Volume {
            base_m,
            storeys,
            dwellings,
            extra,
            ..Volume::new(id, building, name, footprint)
        });
    }
    for (name, kind, outline, extra) in surfaces {
        let id = project.take_id();
        variant.surfaces.insert(Surface { id, name, code: String::new(), kind, outline, extra });
    }
    for (text, at, extra) in points {
        let (note, access) = (project.take_id(), project.take_id());
        variant.notes.insert(Note {
            id: note,
            text: text.clone(),
            author: String::new(),
            at: At(at),
            extra: extra.clone(),
        });
        let entrance = Entrance { id: project.take_id(), name: text.clone(), at: At(at), extra: extra.clone() };
        variant.entrances.insert(entrance);
        variant.goods_access.insert(GoodsAccess { id: access, name: text, at: At(at), extra });
    }
    variant
}

/// Any project that the program can hold: unique ids and at least one variant, but whatever shapes, numbers and words.
pub fn project() -> impl Strategy<Value = Project> {
    let context =
        prop::collection::vec((text(), any_outline(), prop::collection::vec(any_point(), 0..4), any_extra()), 0..3);
    let variants = prop::collection::vec(any_pieces(), 1..3);
    (text(), text(), prop::collection::vec(text(), 0..3), (metres(), metres()), context, variants, any_extra())
        .prop_map(|(name, description, sources, origin, context, variants, extra)| {
            let mut project = Project::new(name, Origin::new(origin.0, origin.1), "");
            (project.description, project.sources, project.extra) = (description, sources, extra);
            for (name, outline, points, extra) in context {
                let shape = match points.is_empty() {
                    true => ContextShape::Area(outline),
                    false => ContextShape::Line(points.into_iter().map(At).collect()),
                };
                let id = project.take_id();
                let kind = ContextKind::Building;
                project.context.insert(Context { id, name, kind, shape, height_m: None, credit: String::new(), extra });
            }
            project.variants = variants.into_iter().map(|pieces| put(&mut project, pieces)).collect();
            project
        })
}

/// Many sound buildings in a square grid, each on a plot of its own.
pub fn many(count: usize) -> Project {
    let mut project = Project::new("Many", Origin::new(4.3245, 50.8351), "A");
    let side = (count as f64).sqrt().ceil() as usize;
    let mut variant = project.variants.remove(0);
    for i in 0..count {
        let (x, y) = ((i % side) as f64 * 30.0, (i / side) as f64 * 40.0);
        let (plot, building, volume) = (project.take_id(), project.take_id(), project.take_id());
        variant.plots.insert(Plot::new(plot, format!("Plot {i}"), rectangle(x, y, 30.0, 40.0)));
        variant.buildings.insert(Building::new(building, format!("Building {i}"), Some(plot)));
        let mut stack = Volume::new(volume, building, "", rectangle(x + 2.0, y + 2.0, 12.0, 20.0));
        stack.storeys = vec![
            Storey::new("craft_workshop", 5.0),
            mixed(&[("office", 0.5), ("housing", 0.5)], 3.5),
            Storey::new("housing", 3.0),
        ];
        variant.volumes.insert(stack);
    }
    project.variants.push(variant);
    project
}

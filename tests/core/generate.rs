//! What generators make of plots: inside, apart, with areas that add up, and a reason where nothing can be made.

use std::collections::BTreeMap;
use std::path::PathBuf;

use maakblok::crs::Frame;
use maakblok::generate::{Ask, Generator, Made, MadeVolume, ParamUnit, Refusal, Sides, make, with_front};
use maakblok::geometry::{Outline, Ring, Transform, outside_m2, overlap_area_m2, point};
use maakblok::library::{Library, Programme, Run, Typology};
use maakblok::model::{At, Drawn, DrawnSurface, DrawnVolume, EdgeRole, Storey, SurfaceKind};
use maakblok::record::Extra;

use crate::synthetic::Random;

/// A use on every part of every generator.
fn programme() -> Programme {
    let run = |id: &str, count: Option<u32>| Run {
        uses: [(id.into(), 1.0)].into(),
        count,
        height_m: None,
        mezzanine: None,
        kept: false,
        usual_m: None,
    };
    let mut parts: BTreeMap<String, Vec<Run>> = BTreeMap::new();
    for part in Generator::ALL.iter().flat_map(|generator| generator.parts()) {
        parts.insert((*part).to_owned(), vec![run("craft_workshop", Some(1)), run("housing", None)]);
    }
    Programme(parts)
}

/// A hall of 14 × 9 m with homes on a part of it, and a yard before it, as somebody drew them.
fn drawn() -> Drawn {
    let of = |name: &str, to: [f64; 2], base_m: f64, uses: &[&str]| DrawnVolume {
        name: name.to_owned(),
        building: "Werf".to_owned(),
        footprint: Outline::rectangle(point(0.0, 6.0), point(to[0], to[1])),
        base_m,
        storeys: uses.iter().map(|id| Storey::new(*id, 4.0)).collect(),
        dwellings: None,
        extra: Extra::default(),
    };
    let yard = DrawnSurface {
        name: "Yard".to_owned(),
        kind: SurfaceKind::Yard,
        outline: Outline::rectangle(point(0.0, 0.0), point(14.0, 6.0)),
        extra: Extra::default(),
    };
    let volumes = vec![
        of("Hall", [14.0, 15.0], 0.0, &["craft_workshop"]),
        of("Homes", [9.0, 15.0], 4.0, &["housing", "housing"]),
    ];
    let (accesses, entrances) = (vec![At(point(7.0, 0.0))], vec![At(point(0.0, 10.0))]);
    Drawn { volumes, surfaces: vec![yard], accesses, entrances, extra: Extra::default() }
}

fn made(plot: &Outline, generator: Generator, given: &[(&str, f64)], roles: &[EdgeRole]) -> Result<Made, Refusal> {
    let values: BTreeMap<String, f64> = given.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
    let library = Library::built_in();
    let programme = programme();
    let (sides, drawn) = (Sides { roles, ..Sides::default() }, drawn());
    make(
        plot,
        &Ask {
            generator,
            values: &values,
            programme: &programme,
            drawn: Some(&drawn).filter(|_| generator == Generator::Drawn),
            sides,
            library: &library,
        },
    )
}

/// The plots that were drawn to be awkward: an L, a wedge, a sliver, one with a hole, a hook, a star, very small, very large.
fn awkward() -> Vec<(&'static str, Outline)> {
    let of = |points: &[(f64, f64)]| Outline::from_points(points.iter().map(|&(x, y)| point(x, y)));
    let square = of(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]);
    let pond = of(&[(40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0)]);
    vec![
        ("L", of(&[(0.0, 0.0), (90.0, 0.0), (90.0, 30.0), (35.0, 30.0), (35.0, 80.0), (0.0, 80.0)])),
        ("wedge", of(&[(0.0, 0.0), (120.0, 0.0), (0.0, 55.0)])),
        ("sliver", of(&[(0.0, 0.0), (200.0, 0.0), (200.0, 9.0), (0.0, 7.0)])),
        ("with a pond", square.without(&[&pond]).remove(0)),
        ("hook", of(&[(0.0, 0.0), (80.0, 0.0), (80.0, 80.0), (50.0, 80.0), (50.0, 25.0), (0.0, 25.0)])),
        ("bent", of(&[(0.0, 0.0), (60.0, -12.0), (110.0, 20.0), (90.0, 70.0), (40.0, 75.0), (-10.0, 40.0)])),
        ("tiny", of(&[(0.0, 0.0), (14.0, 0.0), (14.0, 12.0), (0.0, 12.0)])),
        // Two fields of 90 and 106 m with a neck of 4 m between them: two halls with several doors each.
        (
            "neck",
            of(&[
                (0.0, 0.0),
                (90.0, 0.0),
                (90.0, 18.0),
                (104.0, 18.0),
                (104.0, 0.0),
                (210.0, 0.0),
                (210.0, 40.0),
                (104.0, 40.0),
                (104.0, 22.0),
                (90.0, 22.0),
                (90.0, 40.0),
                (0.0, 40.0),
            ]),
        ),
        ("large", of(&[(0.0, 0.0), (400.0, 0.0), (430.0, 250.0), (-20.0, 260.0)])),
    ]
}

/// Everything that must be so of anything made.
fn is_sound(plot: &Outline, made: &Made, what: &str) {
    assert!(!made.volumes.is_empty(), "{what}: something stands");
    let mut names: Vec<&str> = made.volumes.iter().map(|volume| volume.element.as_str()).collect();
    names.extend(made.surfaces.iter().map(|surface| surface.element.as_str()).filter(|name| !name.ends_with("gate")));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "{what}: every element has a name of its own");
    let mut doors: Vec<&str> = made.entrances.iter().map(|door| door.element.as_str()).collect();
    doors.sort_unstable();
    doors.dedup();
    assert_eq!(doors.len(), made.entrances.len(), "{what}: every door has a name of its own");
    for volume in &made.volumes {
        let name = &volume.element;
        assert_eq!(volume.footprint.fault(), None, "{what}: {name}");
        assert!(outside_m2(&volume.footprint, plot) < 0.05, "{what}: {name} stands outside");
        assert!(!volume.storeys.is_empty(), "{what}: {name} has storeys");
        assert!(volume.base_m.is_finite() && volume.base_m >= 0.0, "{what}: {name}");
    }
    let top = |at: usize| made.volumes[at].base_m + made.volumes[at].storeys.iter().map(|s| s.height_m).sum::<f64>();
    for a in 0..made.volumes.len() {
        for b in a + 1..made.volumes.len() {
            let (one, other) = (&made.volumes[a], &made.volumes[b]);
            let meet = one.base_m + 1e-3 < top(b) && other.base_m + 1e-3 < top(a);
            let shared = overlap_area_m2(&one.footprint, &other.footprint);
            assert!(!meet || shared < 0.05, "{what}: {} and {} share {shared} m²", one.element, other.element);
        }
    }
    for surface in &made.surfaces {
        assert!(outside_m2(&surface.outline, plot) < 0.05, "{what}: {} lies outside", surface.element);
    }
    let ground: Vec<&Outline> = made.volumes.iter().filter(|v| v.base_m == 0.0).map(|v| &v.footprint).collect();
    for door in &made.entrances {
        let off_m = ground.iter().map(|outline| outline.distance_to_edge_m(door.at)).fold(f64::INFINITY, f64::min);
        assert!(off_m < 0.02, "{what}: the door of {} is {off_m} m off any wall", door.element);
    }
}

#[test]
fn every_generator_makes_something_sound_of_every_awkward_plot() {
    for (name, plot) in awkward() {
        for generator in Generator::ALL {
            let what = format!("{} on {name}", generator.key());
            match made(&plot, generator, &[], &[]) {
                Ok(made) => is_sound(&plot, &made, &what),
                Err(refusal) => assert!(["sliver", "tiny", "wedge"].contains(&name), "{what}: {refusal}"),
            }
        }
    }
}

/// A plot of the file, without any description of what lies around it.
#[derive(serde::Deserialize)]
struct AwkwardPlot {
    name: String,
    outer: Vec<[f64; 2]>,
    holes: Vec<Vec<[f64; 2]>>,
}

impl AwkwardPlot {
    fn outline(&self) -> Outline {
        let ring = |points: &[[f64; 2]]| Ring::new(points.iter().map(|[x, y]| point(*x, *y)));
        Outline::with_holes(&ring(&self.outer), self.holes.iter().map(|hole| ring(hole)))
    }
}

#[test]
fn every_typology_stands_within_the_setbacks_of_forty_awkward_plots() {
    let library = Library::built_in();
    let plots: Vec<AwkwardPlot> =
        serde_json::from_str(include_str!("../data/awkward-plots.json")).expect("the plots are sound");
    assert_eq!(plots.len(), 40);
    let mut made_of = BTreeMap::new();
    for plot in &plots {
        let outline = plot.outline();
        assert_eq!(outline.fault(), None, "{}", plot.name);
        let roles = with_front(&outline, Vec::new());
        // What may be built on, by the distances that every typology keeps where it says nothing else.
        let by_m: Vec<f64> = roles.iter().map(|role| if *role == EdgeRole::Street { 0.0 } else { 3.0 }).collect();
        let buildable = outline.set_back(&by_m);
        for typology in Typology::built_in() {
            assert!(typology.values.keys().all(|key| !key.starts_with("setback")), "{}", typology.id);
            let generator = Generator::named(&typology.generator).expect("there is such a generator");
            let (values, programme) = (&typology.values, &typology.programme);
            let what = format!("{} on {}", typology.id, plot.name);
            let sides = Sides { roles: &roles, ..Sides::default() };
            let Ok(made) = make(&outline, &Ask { generator, values, programme, drawn: None, sides, library: &library })
            else {
                continue;
            };
            *made_of.entry(plot.name.as_str()).or_insert(0) += 1;
            is_sound(&outline, &made, &what);
            let mut ground_m2 = 0.0;
            for volume in &made.volumes {
                let area_m2 = volume.footprint.area_m2();
                let inside_m2: f64 =
                    buildable.iter().flat_map(|part| volume.footprint.common(part)).map(|piece| piece.area_m2()).sum();
                assert!(area_m2 - inside_m2 < 0.2, "{what}: {} leaves what may be built on", volume.element);
                if volume.on.is_none() {
                    ground_m2 += area_m2;
                }
            }
            let free_m2: f64 = buildable.iter().map(Outline::area_m2).sum();
            assert!(ground_m2 <= free_m2 + 0.5, "{what}: {ground_m2} m² on {free_m2}");
        }
    }
    // Refused is only what is nowhere wide enough.
    let refused: Vec<&str> =
        plots.iter().map(|plot| plot.name.as_str()).filter(|name| made_of.get(name) != Some(&20)).collect();
    assert!(refused.len() <= 4, "{refused:?}");
    assert!(["sliver", "row house"].iter().all(|name| refused.contains(name)), "{refused:?}");
}

#[test]
fn random_plots_and_values_give_something_sound_or_a_reason() {
    let mut random = Random::new(7);
    let mut refused = 0;
    for round in 0..120 {
        // A star-shaped outline: always sound, often concave.
        let corners = 3 + (random.next() % 7) as usize;
        let size = random.within(8.0, 160.0);
        let plot = Outline::from_points((0..corners).map(|at| {
            let turn = std::f64::consts::TAU * (at as f64 + random.within(0.0, 0.7)) / corners as f64;
            let far = size * random.within(0.35, 1.0);
            point(far * turn.cos(), far * turn.sin())
        }));
        let roles: Vec<EdgeRole> = (0..corners).map(|_| *random.pick(&EdgeRole::ALL)).collect();
        for generator in Generator::ALL {
            // A little beyond what each parameter can be, too.
            let given: Vec<(&str, f64)> = generator
                .params()
                .iter()
                .map(|param| (param.key, random.within(param.range[0] - 1.0, param.range[1].min(40.0) + 1.0)))
                .collect();
            let what = format!("{} in round {round}", generator.key());
            match made(&plot, generator, &given, &roles) {
                Ok(made) => is_sound(&plot, &made, &what),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused < 600, "{refused} of {} were refused", 120 * Generator::ALL.len());
}

#[test]
fn a_block_turns_and_moves_with_its_plot() {
    let (_, plot) = awkward().swap_remove(5);
    let map = Transform::rotation(point(3.0, -8.0), 37.0).then(Transform::translation(point(812.5, -40.25)));
    for generator in Generator::ALL {
        let here = made(&plot, generator, &[("roof_blocks", 2.0)], &[]).expect("there is room");
        let there = made(&plot.transformed(&map), generator, &[("roof_blocks", 2.0)], &[]).expect("there is room");
        assert_eq!(here.volumes.len(), there.volumes.len());
        for (a, b) in here.volumes.iter().zip(&there.volumes) {
            assert_eq!((&a.element, a.base_m, &a.storeys), (&b.element, b.base_m, &b.storeys));
            let moved = a.footprint.transformed(&map);
            let apart = moved.area_m2() - overlap_area_m2(&moved, &b.footprint);
            // Corners are written to a tenth of a millimetre: of long walls that is some area.
            let noise_m2 = 0.01 + 2e-4 * moved.perimeter_m();
            assert!(apart.abs() < noise_m2, "{} {}: {apart}", generator.key(), a.element);
        }
    }
}

#[test]
fn a_perimeter_block_has_the_floor_that_can_be_computed_by_hand() {
    // 80 × 60 m, no setbacks: a ring of 14 m is 80 × 60 − 52 × 32 = 3 136 m²; the gate of 5 m takes 5 × 14 of the ground.
    let plot = Outline::rectangle(point(0.0, 0.0), point(80.0, 60.0));
    let made = made(&plot, Generator::Perimeter, &[("setback_neighbour_m", 0.0)], &[]).expect("there is room");
    let floor_m2: f64 =
        made.volumes.iter().map(|volume| volume.footprint.area_m2() * volume.storeys.len() as f64).sum();
    assert!((floor_m2 - (5.0 * 3136.0 - 70.0)).abs() < 1e-6, "{floor_m2}");
    let names: Vec<&str> = made.volumes.iter().map(|volume| volume.element.as_str()).collect();
    assert_eq!(names, ["wing 1 left", "wing 1 right", "wing 1 upper", "wing 2", "wing 3", "wing 4"]);
    let upper = &made.volumes[2];
    assert_eq!((upper.storeys.len(), upper.base_m), (4, made.volumes[0].storeys[0].height_m));
    assert!(upper.storeys.iter().all(|storey| storey.has_use(&"housing".into())), "the workshop is below");
    let court = made.surfaces.iter().find(|surface| surface.element == "court 1").expect("there is a court");
    assert!((court.outline.area_m2() - 52.0 * 32.0).abs() < 1e-6);
    assert_eq!(made.accesses.len(), 1);
    assert_eq!((made.accesses[0].at.x, made.accesses[0].at.y), (40.0, 0.0));
}

#[test]
fn rows_towers_and_what_is_given_up() {
    let plot = Outline::rectangle(point(0.0, 0.0), point(110.0, 60.0));
    let given = [("setback_neighbour_m", 0.0), ("roof_blocks", 1.0), ("rows", 3.0)];
    let rows = made(&plot, Generator::Rows, &given, &[]).expect("there is room");
    // Three rows of 24 m and two streets of (110 − 72) / 2 = 19 m, all 60 m long.
    let ground: Vec<f64> = rows.volumes.iter().filter(|v| v.base_m == 0.0).map(|v| v.footprint.area_m2()).collect();
    assert_eq!(ground, [1440.0; 3]);
    let streets: Vec<f64> = rows.surfaces.iter().map(|surface| surface.outline.area_m2()).collect();
    assert_eq!(streets, [1140.0; 2]);
    assert_eq!(rows.volumes.iter().filter(|v| v.base_m > 0.0).count(), 3);
    let roof = rows.volumes.iter().find(|v| v.element == "row 1 roof 1").expect("it stands there");
    assert_eq!(roof.footprint.area_m2(), 24.0 * 13.0);

    let towers = made(&plot, Generator::Podium, &[("towers", 6.0), ("spacing_m", 30.0)], &[]).expect("there is room");
    let standing = towers.volumes.iter().filter(|v| v.element.starts_with("tower")).count();
    assert_eq!(standing, 2, "22 + 30 + 22 m fit in 101 m, and one row in the depth");
    let given_up: Vec<(&str, f64, f64)> = towers.given_up.iter().map(|up| (up.what, up.asked, up.given)).collect();
    assert_eq!(given_up, [("towers", 6.0, 2.0)]);
    let bow_tie = Outline::from_points([point(0.0, 0.0), point(50.0, 50.0), point(50.0, 0.0), point(0.0, 50.0)]);
    assert_eq!(made(&bow_tie, Generator::Rows, &[], &[]), Err(Refusal::FaultyPlot));
}

#[test]
fn every_typology_has_the_density_and_the_mix_that_its_catalogue_says_on_a_plot_of_its_size() {
    let library = Library::built_in();
    let mut outside = Vec::new();
    for typology in Typology::built_in() {
        let generator = Generator::named(&typology.generator).expect("there is such a generator");
        let params = generator.params();
        for (key, value) in &typology.values {
            let param = params.iter().find(|param| param.key == key).expect("there is such a parameter");
            assert_eq!(param.sound(*value), *value, "{}: {key}", typology.id);
        }
        for run in typology.programme.0.values().flatten() {
            assert!((run.uses.values().sum::<f64>() - 1.0).abs() < 1e-9, "{}: shares", typology.id);
            assert!(run.uses.keys().all(|id| id.is_void() || library.get(id).is_some()), "{}: uses", typology.id);
        }
        let [width, depth] = typology.usual_plot_m;
        assert!(width * depth >= typology.least_plot_m2, "{}", typology.id);
        let plot = Outline::rectangle(point(0.0, 0.0), point(width, depth));
        let ask = Ask {
            generator,
            values: &typology.values,
            programme: &typology.programme,
            drawn: None,
            sides: Sides::default(),
            library: &library,
        };
        let made = make(&plot, &ask).expect("there is room");
        is_sound(&plot, &made, &typology.id);
        assert_eq!(made.given_up, [], "{}", typology.id);
        let (mut floor_m2, mut productive_m2) = (0.0, 0.0);
        for volume in &made.volumes {
            for storey in &volume.storeys {
                for share in storey.uses.shares().iter().filter(|share| !share.id.is_void()) {
                    let area_m2 = volume.footprint.area_m2() * share.share;
                    floor_m2 += area_m2;
                    productive_m2 +=
                        if library.get(&share.id).is_some_and(|known| known.productive) { area_m2 } else { 0.0 };
                }
            }
        }
        let (fsi, productive) = (floor_m2 / plot.area_m2(), 100.0 * productive_m2 / floor_m2);
        let within = |value: f64, [least, most]: [f64; 2]| (least..=most).contains(&value);
        if !within(fsi, typology.fsi) || !within(productive, typology.productive_percent) {
            outside.push(format!("{}: FSI {fsi:.2}, productive {productive:.1} %", typology.id));
        }
    }
    assert_eq!(outside, [""; 0]);
    let numbers: Vec<String> = (1..=20).map(|number| format!("T{number:02}")).collect();
    assert_eq!(Typology::built_in().iter().map(|typology| typology.id.clone()).collect::<Vec<_>>(), numbers);
}

/// Real outlines, as a survey has them: with hundreds of corners, islands and necks. None of the map data are parcels; those
/// of water that are as large as a plot stand for them.
#[test]
fn every_typology_stands_on_surveyed_outlines_or_says_why_not() {
    let path = std::env::var_os("MAAKBLOK_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from)
        .join("vector/derived-water.geojson");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return eprintln!("skipped: the map data are not there (set MAAKBLOK_DATA to their folder)");
    };
    let all: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let library = Library::built_in();
    let ring = |points: &serde_json::Value| -> Option<Ring> {
        let points = points.as_array()?.iter().map(|p| Some([p.get(0)?.as_f64()?, p.get(1)?.as_f64()?]));
        let points: Vec<[f64; 2]> = points.collect::<Option<_>>()?;
        let frame = Frame::new(4.36, 50.87).ok()?;
        let local = points.iter().filter_map(|[lon, lat]| frame.local_from_wgs84(*lon, *lat).ok());
        let mut local: Vec<_> = local.map(|p| point(p.x, p.y)).collect();
        // Rings of the format end where they begin.
        local.pop();
        Some(Ring::new(local))
    };
    let (mut plots, mut tried, mut made_of, mut corners) = (0_usize, 0, 0, 0);
    for feature in all["features"].as_array().expect("there are features") {
        let Some(rings) = feature["geometry"]["coordinates"].as_array() else { continue };
        let Some(rings) = rings.iter().map(ring).collect::<Option<Vec<Ring>>>() else { continue };
        let Some((outer, holes)) = rings.split_first() else { continue };
        let outline = Outline::with_holes(outer, holes.iter().cloned());
        if outline.fault().is_some() || !(800.0..60_000.0).contains(&outline.area_m2()) {
            continue;
        }
        corners = corners.max(outline.vertices().count());
        let roles = with_front(&outline, Vec::new());
        // Each outline has a fifth of them.
        plots += 1;
        for typology in Typology::built_in().iter().skip(plots % 5).step_by(5) {
            let generator = Generator::named(&typology.generator).expect("there is such a generator");
            let sides = Sides { roles: &roles, ..Sides::default() };
            let (values, programme) = (&typology.values, &typology.programme);
            let ask = Ask { generator, values, programme, drawn: None, sides, library: &library };
            tried += 1;
            if let Ok(made) = make(&outline, &ask) {
                is_sound(&outline, &made, &format!("{} on an outline of {} m²", typology.id, outline.area_m2()));
                made_of += 1;
            }
        }
    }
    assert!(tried > 300 && corners > 50, "{tried} blocks on outlines of up to {corners} corners");
    assert!(made_of * 10 > tried * 6, "{made_of} of {tried} stand");
}

/// Whatever changes the block can be taken hold of on the drawing, but for choices between ways.
#[test]
fn every_measure_and_number_that_matters_has_a_handle() {
    let library = Library::built_in();
    let mut without = Vec::new();
    for typology in Typology::built_in() {
        let generator = Generator::named(&typology.generator).expect("there is such a generator");
        let [width, depth] = typology.usual_plot_m;
        let plot = Outline::rectangle(point(0.0, 0.0), point(width, depth));
        let roles = [EdgeRole::Street, EdgeRole::Water, EdgeRole::Neighbour, EdgeRole::Rail];
        let make_with = |values: &BTreeMap<String, f64>| {
            let sides = Sides { roles: &roles, ..Sides::default() };
            make(
                &plot,
                &Ask { generator, values, programme: &typology.programme, drawn: None, sides, library: &library },
            )
        };
        let made = make_with(&typology.values).expect("there is room");
        let what_stands = |made: &Made| (made.volumes.clone(), made.surfaces.clone());
        for param in generator.params() {
            let knob = made.knobs.iter().find(|knob| knob.key == param.key);
            assert!(knob.is_none_or(|knob| knob.per_m.is_none() == param.is_count()), "{}: {}", typology.id, param.key);
            assert!(knob.is_none_or(|knob| (knob.along.x.hypot(knob.along.y) - 1.0).abs() < 1e-9));
            if knob.is_some() || matches!(param.unit, ParamUnit::Choice(_)) {
                continue;
            }
            let now = param.value_in(&typology.values);
            let matters = [-3.0, -1.0, 1.0, 3.0].iter().any(|by| {
                let mut values = typology.values.clone();
                values.insert(param.key.to_owned(), param.sound(now + by));
                make_with(&values).is_ok_and(|other| what_stands(&other) != what_stands(&made))
            });
            if matters {
                without.push(format!("{} {}", typology.id, param.key));
            }
        }
    }
    assert_eq!(without, [""; 0]);
}

/// What a generator puts doors into on a plot, by element, in metres.
fn doors(plot: [f64; 2], generator: Generator, given: &[(&str, f64)], roles: &[EdgeRole]) -> Vec<(String, [f64; 2])> {
    let plot = Outline::rectangle(point(0.0, 0.0), point(plot[0], plot[1]));
    let made = made(&plot, generator, given, roles).expect("there is room");
    is_sound(&plot, &made, "doors");
    made.entrances.iter().map(|door| (door.element.clone(), [door.at.x, door.at.y])).collect()
}

#[test]
fn doors_are_where_people_come_from_and_out_of_the_way_of_goods() {
    use EdgeRole::{Neighbour, Party, Rail, Street, Water};
    let named = |at: &[(&str, [f64; 2])]| -> Vec<(String, [f64; 2])> {
        at.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect()
    };
    // A front of 54 m has one door; goods come to its middle, at 30 m, and it stands the least way aside.
    let hall = [("crown_levels", 0.0)];
    let sides = [Street, Neighbour, Neighbour, Neighbour];
    assert_eq!(doors([60.0, 40.0], Generator::Crown, &hall, &sides), named(&[("hall", [36.0, 0.0])]));
    // The front in the east, 34 m of it built on; goods come to the middle of the plot's edge, at 20 m.
    let sides = [Party, Street, Rail, Water];
    assert_eq!(doors([60.0, 40.0], Generator::Crown, &hall, &sides), named(&[("hall", [60.0, 14.0])]));
    // Round a court with a railway in the north: at both sides of the gate, and else from the court.
    let sides = [Street, Neighbour, Rail, Neighbour];
    let round_a_court = [
        ("wing 1 left", [20.25, 0.0]),
        ("wing 1 right", [59.75, 0.0]),
        ("wing 2", [63.0, 42.0]),
        ("wing 3", [40.0, 70.0]),
        ("wing 4", [17.0, 42.0]),
    ];
    let mut found = doors([80.0, 90.0], Generator::Perimeter, &[], &sides);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, named(&round_a_court));
}

/// A plot of 100 m whose back runs from 60 m on the left to 90 m on the right: the spine is 14 m deep all along it, and the
/// teeth reach as far as that.
#[test]
fn a_spine_follows_the_back_of_its_plot() {
    let plot = Outline::from_points([(0.0, 0.0), (100.0, 0.0), (100.0, 90.0), (0.0, 60.0)].map(|(x, y)| point(x, y)));
    let given = [("setback_neighbour_m", 0.0), ("teeth", 2.0)];
    let made = made(&plot, Generator::Comb, &given, &[EdgeRole::Street]).expect("there is room");
    is_sound(&plot, &made, "comb");
    let of = |name: &str| &made.volumes.iter().find(|volume| volume.element == name).expect("it stands").footprint;
    assert!((of("spine").area_m2() - 1400.0).abs() < 1.0, "{}", of("spine").area_m2());
    // The first tooth lies at x from 0 to 16, under 46 to 50.8 m; the last at 84 to 100, under 71.2 to 76 m.
    assert!((of("tooth 1").area_m2() - 16.0 * 48.4).abs() < 1.0);
    assert!((of("tooth 2").area_m2() - 16.0 * 73.6).abs() < 1.0);
}

/// Homes on workshops have doors of their own; a block that was drawn has those that were drawn.
#[test]
fn what_stands_on_something_else_has_a_door_below() {
    let of = |generator, given: &[(&str, f64)]| -> Vec<String> {
        doors([90.0, 60.0], generator, given, &[EdgeRole::Street]).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(of(Generator::Podium, &[]), ["podium", "podium door 2", "tower 1", "tower 2"]);
    assert_eq!(of(Generator::Drawn, &[]), ["door 1"]);
}

/// A block of 40 m between party walls: behind 8 m from the street nobody sees the sky.
#[test]
fn homes_have_windows() {
    use EdgeRole::{Neighbour, Party, Street};
    let homes_m2 = |depth: f64, back: EdgeRole, given: &[(&str, f64)]| {
        let plot = Outline::rectangle(point(0.0, 0.0), point(40.0, depth));
        let made = made(&plot, Generator::Perimeter, given, &[Street, Party, back, Party]).expect("there is room");
        let floor_m2 = |volume: &MadeVolume| {
            let homes = volume.storeys.iter().filter(|storey| storey.has_use(&"housing".into())).count();
            homes as f64 * volume.footprint.area_m2()
        };
        let said = made.given_up.iter().find(|up| up.what == "homes_m2").map(|up| (up.asked, up.given));
        (made.volumes.iter().map(floor_m2).sum::<f64>().round(), said)
    };
    // Four storeys of homes over a workshop: 24 m deep and closed at the back they are dark for two thirds.
    assert_eq!(homes_m2(24.0, Party, &[]), (0.0, Some((3840.0, 0.0))));
    // 3 m from the neighbour the back has windows: of 21 m 16 are light.
    assert_eq!(homes_m2(24.0, Neighbour, &[]), (3360.0, None));
    // 1.5 m from it, none.
    assert_eq!(homes_m2(24.0, Neighbour, &[("setback_neighbour_m", 1.5)]), (0.0, Some((3600.0, 0.0))));
    // A house of 12 m is light enough from the street alone, and what the user asks for is done.
    assert_eq!(homes_m2(12.0, Party, &[]), (1920.0, None));
    assert_eq!(homes_m2(24.0, Party, &[("homes_without_view", 1.0)]), (3840.0, None));
}

/// Wings round a court between party walls: they have windows to the court alone, and the ends that meet other wings have none.
#[test]
fn wings_at_party_walls_are_for_homes_where_they_are_not_too_deep() {
    use EdgeRole::{Party, Street};
    let plot = Outline::rectangle(point(0.0, 0.0), point(70.0, 80.0));
    let homes = |depth_m: f64| -> Vec<String> {
        let made = made(&plot, Generator::Perimeter, &[("depth_m", depth_m)], &[Street, Party, Party, Party]);
        let made = made.expect("there is room");
        let lived_in = made.volumes.iter().filter(|v| v.storeys.iter().any(|s| s.has_use(&"housing".into())));
        let mut names: Vec<String> = lived_in.map(|volume| volume.element.clone()).collect();
        names.sort_unstable();
        names
    };
    // 14 m deep, of 924 m² of a wing 416 m² are light; 22 m deep, 288 of 1 276.
    assert_eq!(homes(14.0), ["wing 1 upper", "wing 2", "wing 3", "wing 4"]);
    assert_eq!(homes(22.0), ["wing 1 upper"]);
}

/// A block of 80 × 90 m with a railway in the north: its northern wing has offices where others have homes.
#[test]
fn homes_do_not_look_at_a_railway_unless_that_is_asked_for() {
    let plot = Outline::rectangle(point(0.0, 0.0), point(80.0, 90.0));
    let roles = [EdgeRole::Street, EdgeRole::Neighbour, EdgeRole::Rail, EdgeRole::Neighbour];
    let with_homes = |given: &[(&str, f64)]| -> Vec<String> {
        let made = made(&plot, Generator::Perimeter, given, &roles).expect("there is room");
        let upper = made.volumes.iter().filter(|volume| volume.storeys.len() > 1);
        let homes = upper.filter(|volume| volume.storeys.iter().any(|storey| storey.has_use(&"housing".into())));
        let mut names: Vec<String> = homes.map(|volume| volume.element.clone()).collect();
        names.sort_unstable();
        names
    };
    let others = ["wing 1 upper", "wing 2", "wing 4"];
    assert_eq!(with_homes(&[]), others);
    let all = with_homes(&[("homes_without_view", 1.0)]);
    assert_eq!(all, ["wing 1 upper", "wing 2", "wing 3", "wing 4"]);
    // Far enough away they may.
    assert_eq!(with_homes(&[("setback_rail_m", 21.0)]), all);
}

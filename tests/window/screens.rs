//! Every screen in three languages, three themes, three sizes: named controls, known glyphs, nothing cut off, nothing
//! on top of something else.
//!
//! With `MAAKBLOK_SHOTS` set to a folder, every screen is written there as PNG, and what was shortened with «…» is
//! listed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use maakblok::chart::ChartId;
use maakblok::edit::{EditBuilder, Info, Label};
use maakblok::geometry::{Outline, point};
use maakblok::i18n::{Lang, tr};
use maakblok::library::Library;
use maakblok::look::Theme;
use maakblok::measure::{AnyFigure, FigureId};
use maakblok::model::{Id, LayerKind, Plot, RelationKind};
use maakblok::studio::tool::{Event, Pointer};
use maakblok::studio::{
    Action, Command, Folders, LibraryStep, Panels, Recent, RecipeStep, Screen, Services, StoreyChange,
};
use maakblok::ui::App;

const SIZES: [[f32; 2]; 3] = [[1280.0, 800.0], [1920.0, 1080.0], [900.0, 600.0]];

/// A screen's name, and how it is opened.
type Opening = (&'static str, fn(&mut App));

/// Every screen, by name.
const SCREENS: [Opening; 32] = [
    ("start", start),
    ("empty", |app| app.studio.act(Action::Run(Command::New))),
    ("novacity", novacity),
    ("variants", variants),
    ("plot", |app| select(app, |v| v.plots.iter().map(|p| p.id).take(1).collect())),
    ("storey", storey),
    ("several", |app| select(app, |v| v.volumes.iter().map(|v| v.id).collect())),
    ("drawing", drawing),
    ("made", made),
    ("typing", |app| {
        drawing(app);
        app.studio.begin_entry("12,5");
    }),
    ("array", array),
    ("isolated", |app| {
        select(app, |v| v.volumes.iter().map(|v| v.id).take(1).collect());
        app.studio.act(Action::Run(Command::Isolate));
    }),
    ("layers", |app| {
        novacity(app);
        let layers = app.studio.session().unwrap().project().layers.clone();
        app.studio
            .act(Action::Layers(layers.with_hidden(LayerKind::Context, true).with_locked(LayerKind::Plots, true)));
    }),
    ("question", question),
    ("path", |app| {
        novacity(app);
        app.studio.act(Action::Run(Command::SaveAs));
        app.studio.tick();
    }),
    ("palette", |app| {
        novacity(app);
        app.studio.panels.palette = true;
    }),
    ("about", |app| {
        novacity(app);
        app.studio.panels.about = true;
    }),
    ("shortcuts", |app| {
        novacity(app);
        app.studio.panels.shortcuts = true;
    }),
    ("all-figures", |app| {
        novacity(app);
        app.studio.act(Action::Run(Command::AllFigures));
    }),
    ("typologies", |app| {
        novacity(app);
        let plot = app.studio.session().expect("it is open").variant().plots.iter().next().expect("a plot").id;
        app.studio.act(Action::Select(vec![plot]));
        app.studio.act(Action::Run(Command::Typologies));
    }),
    ("recipe", |app| {
        let plot = worked_on(app);
        app.studio.act(Action::Select(vec![plot]));
    }),
    ("recipes-of-several", |app| {
        worked_on(app);
        let session = app.studio.session().expect("it is open");
        let plots: Vec<Id> = session.variant().plots.iter().map(|plot| plot.id).collect();
        app.studio.act(Action::Select(plots));
    }),
    ("relation", |app| {
        worked_on(app);
        let session = app.studio.session().expect("it is open");
        let two: Vec<Id> = session.variant().volumes.iter().take(2).map(|volume| volume.id).collect();
        app.studio.act(Action::Relate(two.clone(), RelationKind::And));
        app.studio.act(Action::Select(two[..1].to_vec()));
    }),
    ("select-plots", |app| {
        worked_on(app);
        app.studio.act(Action::Run(Command::SelectPlots));
    }),
    ("library", |app| {
        novacity(app);
        app.studio.act(Action::Run(Command::Library));
        let mut workshop = maakblok::library::UseOverride::new("craft_workshop");
        workshop.m2_per_job = Some(maakblok::num::Span { low: 60.0, mid: 40.0, high: 50.0 });
        workshop.live_load_kn_m2 = Some(10.0);
        app.studio.act(Action::Library(LibraryStep::Use(Box::new(workshop))));
    }),
    ("table", |app| {
        novacity(app);
        app.studio.act(Action::Table(Some(maakblok::schedule::ScheduleKind::Plots)));
    }),
    ("table-storeys", |app| {
        storey(app);
        app.studio.act(Action::Table(Some(maakblok::schedule::ScheduleKind::Storeys)));
    }),
    ("explain", |app| {
        novacity(app);
        app.studio.act(Action::Explain(Some(AnyFigure::Known(FigureId::Jobs))));
    }),
    ("density", |app| chart(app, ChartId::Spacematrix)),
    ("balance", |app| chart(app, ChartId::Balance)),
    ("changes", changes),
    ("notices", notices),
];

fn chart(app: &mut App, id: ChartId) {
    novacity(app);
    app.studio.act(Action::Chart(Some(id)));
}

fn start(app: &mut App) {
    let recent = |name: &str, folder: &str| Recent {
        path: PathBuf::from(folder).join("project.maakblok"),
        name: name.to_owned(),
        variants: 3,
    };
    app.studio.settings.recent = vec![
        recent("Biestebroeck", "/drive/projects/anderlecht/biestebroeck/second phase/variants"),
        recent("Werkhof at the canal, with the yard of the carpenters and all their neighbours", "/tmp"),
    ];
}

/// Two plots with typologies, one of them with changes by hand; the plot of that one.
fn worked_on(app: &mut App) -> Id {
    app.studio.act(Action::NewAt { lon_deg: 4.35, lat_deg: 50.86, name: "Werf".to_owned() });
    let session = app.studio.session_mut().expect("it is open");
    let mut edit = EditBuilder::new(session.project(), session.variant().id, Label::new("edit-plot"));
    let (plot, other) = (edit.take_id(), edit.take_id());
    let rectangle = |from: f64, to: f64| Outline::rectangle(point(from, 0.0), point(to, 70.0));
    edit.plot(Plot::new(plot, "Werf", rectangle(0.0, 100.0)));
    edit.plot(Plot::new(other, "Hof", rectangle(120.0, 210.0)));
    session.apply(edit.finish()).expect("it fits");
    app.studio.act(Action::PlaceTypology("T14".to_owned(), vec![plot, other]));
    let recipe = app.studio.session().and_then(|session| session.recipe_on(plot)).expect("it is at work");
    let (id, spine) = (recipe.id, recipe.elements["spine"]);
    app.studio.act(Action::Storeys(vec![spine], StoreyChange::Use(1, "school".into())));
    app.studio.act(Action::NameVolume(spine, "School".to_owned()));
    app.studio.act(Action::Recipe(id, RecipeStep::Value("tooth_levels".to_owned(), Some(3.0))));
    plot
}

fn novacity(app: &mut App) {
    app.studio.act(Action::OpenCase(0));
}

/// Eight variants of a project with a long name, the last one open.
fn variants(app: &mut App) {
    novacity(app);
    let mut info = Info::of(app.studio.session().unwrap().project());
    info.name = "Werkhof at the canal, with the yard of the carpenters and all their neighbours".to_owned();
    app.studio.act(Action::Info(Box::new(info)));
    for _ in 0..7 {
        app.studio.act(Action::Run(Command::NewVariant));
    }
}

fn select(app: &mut App, which: fn(&maakblok::model::Variant) -> Vec<Id>) {
    novacity(app);
    let ids = which(app.studio.session().unwrap().variant());
    app.studio.act(Action::Select(ids));
}

fn storey(app: &mut App) {
    select(app, |v| v.volumes.iter().filter(|v| v.storeys.len() > 1).map(|v| v.id).take(1).collect());
    app.studio.act(Action::SelectStorey(Some(1)));
}

/// A rectangle in hand.
fn drawing(app: &mut App) {
    novacity(app);
    app.studio.act(Action::Run(Command::ToolRectangle));
    let from = app.studio.session().unwrap().camera.centre_local;
    let pointer = |x: f64, y: f64| Pointer { world: from + point(x, y), ..Pointer::default() };
    app.studio.tool_event(Event::Press(pointer(0.0, 0.0)));
    app.studio.tool_event(Event::Release(pointer(0.0, 0.0)));
    app.studio.tool_event(Event::Move(pointer(42.0, 17.0)));
}

/// A rectangle that was just made; the tool is still in hand.
fn made(app: &mut App) {
    drawing(app);
    app.studio.tool_event(Event::Enter);
}

/// Five copies in a row.
fn array(app: &mut App) {
    select(app, |v| v.volumes.iter().map(|v| v.id).take(1).collect());
    app.studio.act(Action::Run(Command::ToolCopy));
    let from = app.studio.session().unwrap().camera.centre_local;
    let pointer = |x: f64| Pointer { world: from + point(x, 0.0), ..Pointer::default() };
    for event in [Event::Press(pointer(0.0)), Event::Release(pointer(0.0)), Event::Move(pointer(30.0))] {
        app.studio.tool_event(event);
    }
    app.studio.begin_entry("5x");
    app.studio.commit_entry(false);
}

fn question(app: &mut App) {
    changes(app);
    app.studio.panels.undo_list = false;
    app.studio.act(Action::Run(Command::New));
}

fn changes(app: &mut App) {
    storey(app);
    for command in [Command::AddStorey, Command::DuplicateStorey, Command::RemoveStorey, Command::Undo] {
        app.studio.act(Action::Run(command));
    }
    app.studio.panels.undo_list = true;
}

fn notices(app: &mut App) {
    novacity(app);
    app.studio.act(Action::Open(PathBuf::from("/nowhere/at all/a project that is not there.maakblok")));
    app.studio.act(Action::Run(Command::SelectAll));
    app.studio.act(Action::Run(Command::Delete));
    app.studio.tick();
}

fn window(size: [f32; 2]) -> Harness<'static, App> {
    let services = Services { folders: Folders::default(), ..Services::for_tests() };
    let builder = Harness::builder().with_size(size).with_max_steps(16).with_render_cursor(false);
    let builder = if shots().is_some() { builder.wgpu() } else { builder };
    builder.build_eframe(|_| App::new(services, None, None))
}

fn shots() -> Option<PathBuf> {
    std::env::var_os("MAAKBLOK_SHOTS").map(PathBuf::from)
}

/// Puts the window back to the start screen with nothing open, then to a screen.
fn show(harness: &mut Harness<'_, App>, lang: Lang, theme: Theme, screen: fn(&mut App)) {
    let studio = &mut harness.state_mut().studio;
    studio.document = None;
    studio.question = None;
    studio.path_wanted = None;
    studio.notices.clear();
    studio.screen = Screen::Start;
    // A change that waits to be applied lets nothing else go on.
    studio.act(Action::Library(LibraryStep::Discard));
    studio.panels = Panels::default();
    studio.settings.lang = lang;
    studio.settings.theme = theme;
    studio.settings.recent.clear();
    harness.run_steps(2);
    screen(harness.state_mut());
    harness.run();
}

/// A text on the screen.
struct Text {
    words: String,
    rect: Rect,
    clip: Rect,
    elided: bool,
}

fn texts(harness: &Harness<'_, App>) -> Vec<Text> {
    fn collect(shape: &Shape, clip: Rect, into: &mut Vec<Text>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, into)),
            Shape::Text(text) if !text.galley.job.text.trim().is_empty() => into.push(Text {
                words: text.galley.job.text.clone(),
                rect: text.galley.rect.translate(text.pos.to_vec2()),
                clip,
                elided: text.galley.elided,
            }),
            _ => {}
        }
    }
    let mut all = Vec::new();
    for ClippedShape { clip_rect, shape, .. } in &harness.output().shapes {
        collect(shape, *clip_rect, &mut all);
    }
    all
}

/// A control as it is on the screen.
struct Control {
    name: String,
    role: String,
    layer: egui::LayerId,
    rect: Rect,
    seen: Rect,
}

/// The controls that somebody can use, with their layers.
fn controls(harness: &Harness<'_, App>) -> Vec<Control> {
    let mut names = std::collections::HashMap::new();
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        let label = node.label().or_else(|| node.value()).unwrap_or_default();
        names.insert(node.locate().0, (format!("{:?}", node.role()), label));
    }
    let mut all = Vec::new();
    harness.ctx.viewport(|viewport| {
        for (layer, widgets) in viewport.prev_pass.widgets.layers() {
            for widget in widgets.iter().filter(|w| w.sense.senses_click() || w.sense.senses_drag()) {
                let Some((role, name)) = names.get(&widget.id.accesskit_id()) else { continue };
                // The drawing lies under all, a row under its fields; a scroll area is dragged by its ground; a seam has no
                // name.
                if [
                    "Canvas",
                    "Row",
                    "ScrollView",
                    "ScrollBar",
                    "GenericContainer",
                    "Unknown",
                    "Window",
                    "Dialog",
                    "Label",
                ]
                .contains(&role.as_str())
                {
                    continue;
                }
                all.push(Control {
                    name: name.clone(),
                    role: role.clone(),
                    layer: *layer,
                    rect: widget.rect,
                    seen: widget.interact_rect,
                });
            }
        }
    });
    all
}

/// What is wrong with how the screen stands, a line each.
fn faults(harness: &Harness<'_, App>) -> Vec<String> {
    const SLACK: f32 = 1.0;
    let window = harness.ctx.content_rect();
    // Names on a map end where it ends, and a text to type is longer than its field.
    let ends = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        let map = tr(harness.state().studio.lang(), "start-map");
        ["Canvas", "TextInput"].contains(&format!("{:?}", node.role()).as_str()) || node.label() == Some(map)
    };
    let may_end: Vec<Rect> =
        harness.root().children_recursive().filter(ends).map(|node| node.rect().expand(2.0)).collect();
    // What stands in the left column of the start screen stays there.
    let rows = harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().label() == Some(Command::New.name(harness.state().studio.lang())));
    let start = rows.map(|row| row.rect()).next().filter(|_| harness.state().studio.screen == Screen::Start);
    let start = start.map(|row| Rect::from_x_y_ranges(row.x_range(), window.y_range()));
    let mut faults = Vec::new();
    let controls = controls(harness);
    for control in &controls {
        let Control { name, role, rect, seen, .. } = control;
        if !seen.is_positive() {
            continue;
        }
        if !window.expand(SLACK).contains_rect(*seen) {
            faults.push(format!("{role} {name:?} reaches out of the window: {seen}"));
        }
        if rect.left() < seen.left() - SLACK || rect.right() > seen.right() + SLACK {
            faults.push(format!("{role} {name:?} is cut off at a side: {rect} of which {seen} is seen"));
        }
    }
    for (at, a) in controls.iter().enumerate() {
        for b in controls[at + 1..].iter().filter(|b| b.layer == a.layer) {
            let both = a.seen.intersect(b.seen);
            if both.is_positive() && both.width() > SLACK && both.height() > SLACK {
                faults.push(format!("{} {:?} and {} {:?} overlap at {both}", a.role, a.name, b.role, b.name));
            }
        }
    }
    for text in texts(harness) {
        let seen = text.rect.intersect(text.clip);
        if may_end.iter().any(|rect| rect.contains_rect(seen)) || !seen.is_positive() {
            continue;
        }
        let out = text.rect.left() < text.clip.left() - SLACK || text.rect.right() > text.clip.right() + SLACK;
        let panel = start.filter(|panel| panel.contains(text.rect.left_top()) && !text.elided);
        let over = panel.is_some_and(|panel| text.rect.right() > panel.right() + SLACK);
        if out || over || !window.expand(SLACK).x_range().contains(text.rect.right()) {
            faults.push(format!("the words {:?} are cut off: {} of which {seen} is seen", text.words, text.rect));
        }
        let key = !text.words.contains(' ') && text.words.contains('-') && is_key(&text.words);
        if key {
            faults.push(format!("{:?} is the key of a message", text.words));
        }
    }
    faults
}

fn is_key(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && ["cmd-", "menu-", "ask-", "say-", "field-", "edit-", "status-", "start-", "path-", "panel-", "why-", "tool-"]
            .iter()
            .any(|start| words.starts_with(start))
}

#[test]
fn every_screen_stands_in_every_language_theme_and_size() {
    let mut faults_found = BTreeSet::new();
    let mut shortened = BTreeSet::new();
    for size in SIZES {
        let mut harness = window(size);
        for lang in Lang::ALL {
            for theme in Theme::ALL {
                for (name, screen) in SCREENS {
                    show(&mut harness, lang, theme, screen);
                    let place = format!("{name} {}×{} {} {}", size[0], size[1], lang.code(), theme.key());
                    faults_found.extend(faults(&harness).into_iter().map(|fault| format!("{place}: {fault}")));
                    let elided = texts(&harness).into_iter().filter(|text| text.elided && text.clip.is_positive());
                    shortened.extend(
                        elided.map(|text| format!("{name} {}×{} {}: {}", size[0], size[1], lang.code(), text.words)),
                    );
                    if let Some(folder) = shots() {
                        let file = format!("{name}-{}x{}-{}-{}.png", size[0], size[1], lang.code(), theme.key());
                        harness.render().unwrap().save(folder.join(file)).unwrap();
                    }
                }
            }
        }
    }
    if shots().is_some() {
        eprintln!("shortened:\n{}", shortened.into_iter().collect::<Vec<_>>().join("\n"));
    }
    assert!(faults_found.is_empty(), "{}", faults_found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Words that stand on the screen in another language than the one chosen.
#[test]
fn no_screen_speaks_another_language() {
    let mut harness = window(SIZES[1]);
    let mut foreign = BTreeSet::new();
    for (name, screen) in SCREENS {
        let words = |harness: &mut Harness<'_, App>, lang: Lang| -> BTreeSet<String> {
            show(harness, lang, Theme::Paper, screen);
            texts(harness).into_iter().map(|text| text.words).collect()
        };
        let english = words(&mut harness, Lang::En);
        for lang in [Lang::Nl, Lang::Fr] {
            let same: Vec<String> = words(&mut harness, lang).intersection(&english).cloned().collect();
            let letters = |text: &String| text.split_whitespace().filter(|w| w.len() > 3).count() >= 3;
            foreign.extend(same.into_iter().filter(letters).map(|text| format!("{name} {}: {text}", lang.code())));
        }
    }
    // What the case itself says, names and paths, and what the system says in its own words.
    let case = maakblok::studio::cases::open(0).unwrap();
    let text = String::from_utf8(maakblok::io::native::write(&case).unwrap()).unwrap();
    let library = Library::built_in();
    let own = |line: &String| {
        let said = line.split_once(": ").map_or("", |(_, said)| said);
        let known = ["Werkhof at the canal", "Marchantbrug · Pont Marchant", "/nowhere/at all"];
        text.contains(said)
            || case.description.contains(said)
            || known.iter().any(|known| said.starts_with(known))
            || line.starts_with("notices ")
            // Volumes of the case with their levels, and titles of sources.
            || said.split(" · ").all(|part| part.rsplit_once(", ").is_some_and(|(name, _)| text.contains(name)))
            || library.uses().iter().any(|known| known.source == said)
    };
    let foreign: Vec<String> = foreign.into_iter().filter(|line| !own(line)).collect();
    assert!(foreign.is_empty(), "{}", foreign.join("\n"));
}

#[test]
fn a_window_that_is_too_small_says_so_and_one_of_no_size_does_no_harm() {
    for size in [[460.0, 300.0], [700.0, 480.0], [300.0, 900.0], [1.0, 1.0]] {
        let mut harness = window(size);
        for (_, screen) in SCREENS {
            show(&mut harness, Lang::Nl, Theme::Paper, screen);
        }
    }
}

#[test]
fn an_open_drawer_takes_the_clicks_on_it() {
    let mut harness = window([900.0, 700.0]);
    show(&mut harness, Lang::En, Theme::Paper, |app| app.studio.act(Action::Run(Command::New)));
    let named = |harness: &Harness<'_, App>, name: &str| {
        let mut nodes = harness.root().children_recursive();
        nodes.find(|node| node.accesskit_node().label().as_deref() == Some(name)).map(|node| node.rect())
    };
    let click = |harness: &mut Harness<'_, App>, at: egui::Pos2| {
        harness.hover_at(at);
        harness.run();
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
            harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
            harness.run();
        }
    };
    let drawer = named(&harness, &tr(Lang::En, "panel-drawer")).expect("a narrow window has a drawer");
    click(&mut harness, drawer.center());
    harness.state_mut().studio.act(Action::Run(Command::ToolRectangle));
    harness.run();
    let figures = named(&harness, &tr(Lang::En, "panel-figures")).expect("the drawer is open");
    click(&mut harness, figures.center() + Vec2::new(0.0, 2.0));
    assert!(!harness.state().studio.session().unwrap().tool().is_busy(), "no corner is set under the drawer");
}

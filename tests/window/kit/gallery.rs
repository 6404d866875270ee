//! All widgets in all states, laid out as the drawing of the look lays them out.

use egui::{Align2, Rect, Ui, UiBuilder, pos2, vec2};
use maakblok::i18n::{Lang, number, range, signed};
use maakblok::library::{Family, Library};
use maakblok::look::{self, Role, TypeRole};
use maakblok::ui::kit::{self, Button, NumberField, State, SwatchOf};
use maakblok::ui::{Icon, Theme};

use super::window;

/// The words of the gallery in a language.
struct Words {
    states: [&'static str; 6],
    compare: &'static str,
    take_over: &'static str,
    variant: &'static str,
    workshop: &'static str,
    jobs: &'static str,
    views: [&'static str; 3],
    length: &'static str,
    use_label: &'static str,
    figures: [&'static str; 8],
    empty: [&'static str; 3],
    error: [&'static str; 4],
    progress: [&'static str; 2],
    hint: &'static str,
    mix: [&'static str; 3],
}

const WORDS: [Words; 3] = [
    Words {
        states: ["rest", "hover", "pressed", "on / selected", "focus", "disabled"],
        compare: "Compare",
        take_over: "Take B over",
        variant: "Stapel",
        workshop: "workshop",
        jobs: "jobs",
        views: ["Plan", "Axo", "Section"],
        length: "Length",
        use_label: "Use",
        figures: [
            "floor area, GFA",
            "FSI",
            "GSI, coverage",
            "storeys L · OSR",
            "jobs",
            "jobs per hectare",
            "homes",
            "goods movements",
        ],
        empty: ["No plot yet", "Draw one with {key} or open a case.", "Draw a plot"],
        error: [
            "Not saved",
            "The disk is full. Your work is in the journal and nothing is lost.",
            "Save elsewhere",
            "Try again",
        ],
        progress: ["Reading canal-zone.pmtiles", "Cancel"],
        hint: "bearing, area",
        mix: ["housing", "work", "amenities"],
    },
    Words {
        states: ["rust", "onder de muis", "ingedrukt", "aan / gekozen", "focus", "niet beschikbaar"],
        compare: "Vergelijken",
        take_over: "B overnemen",
        variant: "Stapel",
        workshop: "werkplaats",
        jobs: "jobs",
        views: ["Plan", "Axonometrie", "Doorsnede"],
        length: "Lengte",
        use_label: "Bestemming",
        figures: [
            "vloeroppervlakte",
            "V/T",
            "bebouwingsindex",
            "bouwlagen L · OSR",
            "jobs",
            "jobs per hectare",
            "woningen",
            "goederenbewegingen",
        ],
        empty: ["Nog geen perceel", "Teken er een met {key} of open een voorbeeld.", "Perceel tekenen"],
        error: [
            "Niet bewaard",
            "De schijf is vol. Uw werk staat in het journaal en er is niets verloren.",
            "Elders bewaren",
            "Opnieuw proberen",
        ],
        progress: ["canal-zone.pmtiles wordt gelezen", "Annuleren"],
        hint: "richting, oppervlakte",
        mix: ["wonen", "werken", "voorzieningen"],
    },
    Words {
        states: ["repos", "survol", "enfoncé", "actif / choisi", "focus", "indisponible"],
        compare: "Comparer",
        take_over: "Reprendre B",
        variant: "Empilé",
        workshop: "atelier",
        jobs: "emplois",
        views: ["Plan", "Axonométrie", "Coupe"],
        length: "Longueur",
        use_label: "Affectation",
        figures: [
            "superficie de plancher",
            "P/S",
            "emprise au sol",
            "niveaux L · OSR",
            "emplois",
            "emplois par hectare",
            "logements",
            "mouvements de marchandises",
        ],
        empty: ["Pas encore de parcelle", "Dessinez-en une avec {key} ou ouvrez un exemple.", "Dessiner une parcelle"],
        error: [
            "Non enregistré",
            "Le disque est plein. Votre travail est dans le journal, rien n’est perdu.",
            "Enregistrer ailleurs",
            "Réessayer",
        ],
        progress: ["Lecture de canal-zone.pmtiles", "Annuler"],
        hint: "orientation, superficie",
        mix: ["logement", "travail", "équipements"],
    },
];

/// A corner of the window to put one widget in.
fn at<R>(ui: &mut Ui, x: f32, y: f32, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = Rect::from_min_size(pos2(x, y), vec2(width, 400.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt(("at", x as i32, y as i32)).max_rect(rect));
    add(&mut child)
}

fn states(ui: &mut Ui, words: &Words, lang: Lang) {
    let poses = [State::Rest, State::Hover, State::Pressed, State::Rest, State::Focus, State::Disabled];
    let making = SwatchOf::Family(Family::Making);
    for (i, (pose, name)) in poses.into_iter().zip(words.states).enumerate() {
        let x = 40.0 + i as f32 * 154.0;
        let on = i == 3;
        kit::paint_text(ui, pos2(x, 20.0), Align2::LEFT_CENTER, TypeRole::Caption, Role::Ink2, name);
        kit::posed(ui, pose, |ui| {
            at(ui, x, 36.0, 150.0, |ui| kit::tool_button(ui, Icon::Bar, "Bar", Some("B"), on, true));
            at(ui, x, 96.0, 150.0, |ui| {
                let compare = Button::new(words.compare).icon(Icon::Compare);
                if on { compare.on(true).show(ui) } else { compare.show(ui) }
            });
            at(ui, x, 152.0, 150.0, |ui| kit::primary(ui, words.take_over));
            at(ui, x, 204.0, 150.0, |ui| kit::tab(ui, "B", words.variant, on, 36.0));
            let mut width_m = 13.0;
            at(ui, x, 266.0, 118.0, |ui| {
                NumberField::new(i, &mut width_m).unit("m").lang(lang).name("width").held(on).show(ui)
            });
            at(ui, x, 320.0, 128.0, |ui| kit::ListRow::new(words.workshop).swatch(Some(&making)).on(on).show(ui));
            at(ui, x + 6.0, 362.0, 106.0, |ui| {
                kit::figure_cell(ui, &kit::FigureView::new(words.jobs, "192", ""), true, on)
            });
        });
    }
}

fn figures(words: &Words, lang: Lang) -> Vec<kit::FigureView> {
    let [gfa, fsi, gsi, l, jobs, per_ha, homes, goods] = words.figures;
    let n = |value: f64, decimals: u8| number(lang, value, decimals);
    let good = |value: f64, decimals: u8| Some(kit::Verdict::Good(signed(lang, value, decimals)));
    let spread = |low: f64, mid: f64, high: f64, target: Option<f64>| Some(kit::FigureRange { low, mid, high, target });
    vec![
        kit::FigureView {
            note: format!("today {}", n(3168.0, 0)),
            verdict: Some(kit::Verdict::Neutral(signed(lang, 10404.0, 0))),
            ..kit::FigureView::new(gfa, n(13572.0, 0), "m²")
        },
        kit::FigureView {
            note: format!("max {}", n(1.8, 2)),
            verdict: good(-0.12, 2),
            ..kit::FigureView::new(fsi, n(1.68, 2), "")
        },
        kit::FigureView {
            note: format!("max {}", n(0.65, 2)),
            verdict: good(-0.05, 2),
            ..kit::FigureView::new(gsi, n(0.6, 2), "")
        },
        kit::FigureView { note: format!("OSR {}", n(0.24, 2)), ..kit::FigureView::new(l, n(2.8, 1), "") },
        kit::FigureView {
            note: range(lang, 151.0, 258.0, 0),
            verdict: Some(kit::Verdict::Warning(signed(lang, -8.0, 0))),
            range: spread(151.0, 192.0, 258.0, Some(200.0)),
            ..kit::FigureView::new(jobs, "192", "")
        },
        kit::FigureView::undefined(per_ha, "no plot area"),
        kit::FigureView {
            note: range(lang, 49.0, 68.0, 0),
            verdict: good(1.0, 0),
            range: spread(49.0, 61.0, 68.0, Some(60.0)),
            ..kit::FigureView::new(homes, "61", "")
        },
        kit::FigureView {
            note: range(lang, 44.0, 73.0, 0),
            range: spread(44.0, 58.0, 73.0, None),
            ..kit::FigureView::new(goods, "58", "/day")
        },
    ]
}

fn density() -> Vec<kit::ChartDot> {
    use kit::{ChartDot, DotKind};
    let mut dots: Vec<_> =
        [(0.4, 2.9), (0.55, 2.6), (0.47, 2.05), (0.45, 1.8), (0.62, 1.85), (0.7, 1.35), (0.9, 0.5), (0.36, 0.38)]
            .into_iter()
            .map(|(gsi, fsi)| ChartDot::density("NovaCity", DotKind::Reference, gsi, fsi))
            .collect();
    dots.push(ChartDot::density("B", DotKind::Variant, 0.35, 2.4));
    dots.push(ChartDot::density("A", DotKind::Open, 0.6, 1.68));
    dots
}

fn mix() -> Vec<kit::ChartDot> {
    use kit::{ChartDot, DotKind};
    vec![
        ChartDot::mix("NovaCity", DotKind::Reference, 0.6, 0.3, 0.1),
        ChartDot::mix("Caxton Works", DotKind::Reference, 0.8, 0.15, 0.05),
        ChartDot::mix("C", DotKind::Open, 0.45, 0.54, 0.01),
        ChartDot::mix("A", DotKind::Variant, 0.45, 0.54, 0.01),
    ]
}

fn panel(ui: &mut Ui, words: &Words, lang: Lang) {
    let library = Library::built_in();
    let choices: Vec<_> = library.offered().map(|u| kit::Choice::with_swatch(u.name(lang), SwatchOf::of(u))).collect();
    let theme = Theme::of(ui.ctx());
    ui.painter().rect_filled(Rect::from_min_size(pos2(990.0, 0.0), vec2(352.0, 900.0)), 0.0, theme.color(Role::Panel));
    at(ui, 1006.0, 0.0, 320.0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        kit::section_head(ui, Some(Icon::Bar), words.views[0], words.hint);
        let mut length_m = 28.0;
        kit::field_row(ui, words.length, |ui| NumberField::new("length", &mut length_m).unit("m").lang(lang).show(ui));
        let top = ui.cursor().top();
        let mut storeys = 4.0;
        kit::field_row(ui, "Storeys", |ui| {
            NumberField::new("storeys", &mut storeys).decimals(0).placeholder("4, 6, 7").show(ui)
        });
        let row = Rect::from_min_size(pos2(1006.0, top), vec2(320.0, 30.0));
        kit::override_dot(ui, row, "set by hand", "set by hand");
        kit::field_row(ui, words.use_label, |ui| kit::dropdown(ui, words.use_label, Some(19), "", &choices));
        let mut on = true;
        kit::check_row(ui, &mut on, "North up", true);
        kit::check_row(ui, &mut false, "Shadows", true);
        kit::figure_grid(ui, &figures(words, lang), false, Some(6));
        ui.add_space(9.0);
        let parts = [
            (Family::Housing, 4880.0),
            (Family::Making, 4100.0),
            (Family::Reuse, 528.0),
            (Family::Logistics, 992.0),
            (Family::Growing, 264.0),
            (Family::Trade, 300.0),
            (Family::Office, 1200.0),
            (Family::Facilities, 400.0),
            (Family::Parking, 200.0),
            (Family::Technical, 200.0),
        ];
        kit::family_bar(ui, "floor area by family", &parts, 18.0);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            kit::spacematrix(ui, "Spacematrix", &density(), vec2(150.0, 158.0), lang);
            kit::mxi_triangle(ui, "mix", words.mix, &mix(), vec2(150.0, 158.0));
        });
        kit::section_head(ui, None, "Narrow", "");
        kit::figure_grid(ui, &figures(words, lang)[..4], true, None);
    });
}

fn messages(ui: &mut Ui, words: &Words) {
    at(ui, 40.0, 440.0, 240.0, |ui| {
        let [one, two, link] = words.empty;
        kit::empty_state(ui, Icon::Plot, one, two, "P", link)
    });
    at(ui, 330.0, 440.0, 240.0, |ui| {
        kit::loading_bars(ui);
        kit::progress_row(ui, words.progress[0], 0.62, "62\u{202f}%", words.progress[1])
    });
    at(ui, 630.0, 440.0, 260.0, |ui| {
        let [title, text, one, two] = words.error;
        kit::error_card(ui, title, text, &[one, two])
    });
    at(ui, 40.0, 620.0, 800.0, |ui| {
        ui.horizontal(|ui| {
            let mut view = 0;
            let items = [
                kit::Segment::with_icon(0, Icon::Plan, words.views[0]),
                kit::Segment::with_icon(1, Icon::Axo, words.views[1]),
                kit::Segment::with_icon(2, Icon::Section, words.views[2]),
            ];
            kit::segments(ui, "view", &mut view, &items);
            kit::icon_button(ui, Icon::Undo, "Undo", Some("Ctrl+Z"), false, true);
            kit::icon_button(ui, Icon::Redo, "Redo", Some("Ctrl+Shift+Z"), false, false);
            kit::link(ui, TypeRole::Body, "Why?");
        });
    });
    at(ui, 40.0, 670.0, 900.0, |ui| {
        ui.horizontal(|ui| {
            kit::hint(ui, "0–9", words.length);
            kit::hint(ui, "Tab", words.hint);
            kit::hint(ui, "↑ ↓", "storeys");
            kit::hint(ui, "Ctrl++", "zoom");
            kit::status_item(ui, "28.00 m · 349.0° · 364 m²", false);
            kit::status_item(ui, "offline", true);
        });
    });
    let library = Library::built_in();
    for (i, u) in library.offered().enumerate() {
        let (x, y) = (40.0 + (i % 9) as f32 * 100.0, 720.0 + (i / 9) as f32 * 24.0);
        at(ui, x, y, 20.0, |ui| kit::swatch(ui, &SwatchOf::of(u)));
    }
    for (i, &icon) in Icon::ALL.iter().enumerate() {
        let theme = Theme::of(ui.ctx());
        let (x, y) = (50.0 + (i % 25) as f32 * 34.0, 820.0 + (i / 25) as f32 * 34.0);
        maakblok::ui::icons::paint_icon(ui.painter(), icon, pos2(x, y), 20.0, theme.color(Role::Ink1));
    }
}

pub(crate) fn save(picture: &image::RgbaImage, name: &str) {
    if let Some(folder) = std::env::var_os("MAAKBLOK_PICTURES") {
        picture.save(std::path::Path::new(&folder).join(format!("kit-{name}.png"))).unwrap();
    }
}

#[test]
fn everything_is_shown_in_every_theme_and_language() {
    for (theme, lang) in
        [(look::Theme::Paper, Lang::En), (look::Theme::Night, Lang::Nl), (look::Theme::Print, Lang::Fr)]
    {
        let words = &WORDS[lang.index()];
        let mut harness = window::<()>(theme, [1342.0, 900.0]).wgpu().build_ui(|ui| {
            let theme = Theme::of(ui.ctx());
            ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, theme.color(Role::Ground));
            states(ui, words, lang);
            messages(ui, words);
            panel(ui, words, lang);
        });
        harness.run();
        let picture = harness.render().unwrap();
        save(&picture, &format!("{}-{}", theme.key(), lang.code()));
        // The ground of the theme is there, and so is its ink.
        let has = |role: Role| {
            let look::Rgba([r, g, b, _]) = look::tokens().color(theme, role);
            picture.pixels().any(|p| p.0 == [r, g, b, 255])
        };
        assert!(has(Role::Ground) && has(Role::Ink1) && has(Role::Panel), "{}", theme.key());
    }
}

#[test]
fn icons_and_text_are_crisp_at_one_and_a_quarter_and_at_two() {
    for scale in [1.25, 2.0] {
        let words = &WORDS[0];
        let mut harness =
            window::<()>(look::Theme::Paper, [980.0, 430.0]).with_pixels_per_point(scale).wgpu().build_ui(|ui| {
                let theme = Theme::of(ui.ctx());
                ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, theme.color(Role::Ground));
                states(ui, words, Lang::En);
            });
        harness.run();
        save(&harness.render().unwrap(), &format!("scale-{}", (scale * 100.0) as u32));
    }
}

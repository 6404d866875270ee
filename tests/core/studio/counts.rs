//! How many clicks and keys five tasks take, counted while they are done; the table in the README says the same.
//!
//! A click, a drag, a double click and a chord of keys count one each, and so does every character that is typed.

use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, measure};

use crate::puppet::{Home, Puppet, has_corners};

/// Hands that are counted.
struct Hands<'a> {
    puppet: &'a mut Puppet,
    count: usize,
}

impl Hands<'_> {
    fn click(&mut self, x: f64, y: f64) {
        self.puppet.click(x, y);
        self.count += 1;
    }

    fn drag(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.puppet.drag(from, to);
        self.count += 1;
    }

    /// A key, or a chord of them, that is the shortcut of a command.
    fn key(&mut self, shortcut: &str) {
        let command = Command::ALL
            .iter()
            .find(|command| command.shortcut().is_some_and(|keys| keys.text(maakblok::i18n::Lang::En) == shortcut));
        self.puppet.run(*command.unwrap_or_else(|| panic!("{shortcut} is a shortcut")));
        self.count += 1;
    }

    /// Characters into the field at the cursor.
    fn types(&mut self, text: &str) {
        self.puppet.types(text);
        self.count += text.chars().count();
    }

    /// Enter in the field at the cursor, or for the tool.
    fn enter(&mut self) {
        if self.puppet.session().entry().is_some() {
            self.puppet.enter();
        } else {
            self.puppet.event(Event::Enter);
        }
        self.count += 1;
    }

    /// A measure and Enter in the palette, which a shortcut has opened for it.
    fn measure_in_palette(&mut self, command: Command, text: &str) {
        let words = self.puppet.studio.palette_words.take().expect("the palette is open for a measure");
        assert!(words.starts_with(command.name(maakblok::i18n::Lang::En).trim_end_matches('…')), "{words}");
        self.puppet.studio.panels.palette = false;
        let (kind, angles) = (command.takes().expect("it takes a measure"), self.puppet.session().drawing().angles);
        let value = measure(text, kind, angles).expect("a measure");
        self.puppet.act(Action::RunWith(command, value));
        self.count += text.chars().count() + 1;
    }
}

/// Does a task in a new project, and looks that the README says as many.
fn counted(task: &str, prepare: impl FnOnce(&mut Puppet), work: impl FnOnce(&mut Hands<'_>)) {
    let home = Home::new();
    let mut puppet = Puppet::drawing(&home);
    prepare(&mut puppet);
    puppet.run(Command::ToolSelect);
    puppet.run(Command::SelectNone);
    let mut hands = Hands { puppet: &mut puppet, count: 0 };
    work(&mut hands);
    let readme = include_str!("../../../README.md");
    let row = readme.lines().find(|line| line.starts_with(&format!("| {task} |")));
    let row = row.unwrap_or_else(|| panic!("the README has a row «{task}»"));
    let said = row.split('|').nth(2).map(|cell| cell.trim().trim_matches('*'));
    assert_eq!(said, Some(hands.count.to_string().as_str()), "{task}");
}

#[test]
fn a_hall_on_a_street_edge() {
    counted(
        "a hall of 60 × 14 m on a slanting street edge",
        |p| {
            p.run(Command::ToolPlot);
            p.outline(&[[0.0, 0.0], [80.0, 60.0], [44.0, 108.0], [-36.0, 48.0]]);
        },
        |hands| {
            hands.key("R");
            hands.click(0.0, 0.0);
            // Where the hand rests says on which side; it is no click.
            hands.puppet.hover(20.0, 40.0);
            hands.types("60x14");
            hands.enter();
            let hall = hands.puppet.selected()[0];
            // 60 m along 4 : 3, 14 m to its left.
            has_corners(
                &hands.puppet.volume_of(hall).footprint,
                &[[0.0, 0.0], [48.0, 36.0], [39.6, 47.2], [-8.4, 11.2]],
            );
        },
    );
}

#[test]
fn a_row_of_equal_workshops() {
    counted(
        "a row of 6 equal workshops",
        |_| {},
        |hands| {
            hands.key("R");
            hands.click(0.0, 0.0);
            hands.puppet.hover(5.0, 20.0);
            hands.types("9x12");
            hands.enter();
            hands.key("K");
            hands.click(0.0, 0.0);
            hands.click(12.0, 0.0);
            hands.types("5x");
            hands.enter();
            assert_eq!(hands.puppet.variant().volumes.len(), 6);
            assert!(hands.puppet.variant().volumes.iter().all(|volume| volume.footprint.area_m2() == 108.0));
        },
    );
}

#[test]
fn an_l_shaped_block_with_a_court() {
    counted(
        "an L-shaped block with a court",
        |_| {},
        |hands| {
            hands.key("B");
            hands.click(0.0, 0.0);
            hands.click(60.0, 0.0);
            hands.click(60.0, 40.0);
            hands.enter();
            hands.key("R");
            hands.click(20.0, -3.0);
            hands.puppet.held.alt = true;
            hands.click(40.0, 3.0);
            hands.puppet.held.alt = false;
            let [block] = hands.puppet.selected()[..] else { panic!("one block") };
            let footprint = &hands.puppet.volume_of(block).footprint;
            assert_eq!((footprint.holes().len(), footprint.holes()[0].points().len()), (1, 4));
            // Two wings of 14 m: 67 × 14 and 33 × 14, less 20 × 6.
            assert!((footprint.area_m2() - (67.0 * 14.0 + 33.0 * 14.0 - 120.0)).abs() < 1e-3);
        },
    );
}

#[test]
fn three_skewed_neighbours_made_square() {
    counted(
        "three skewed neighbours made square at once",
        |p| {
            p.run(Command::ToolPolygon);
            p.outline(&[[0.0, 0.0], [10.0, 0.4], [10.0, 12.0], [0.0, 11.7]]);
            p.run(Command::ToolPolygon);
            p.outline(&[[10.0, 0.4], [20.0, 0.0], [20.2, 12.0], [10.0, 12.0]]);
            p.run(Command::ToolPolygon);
            p.outline(&[[20.0, 0.0], [30.0, 0.1], [30.0, 12.0], [20.2, 12.0]]);
        },
        |hands| {
            hands.drag([-20.0, -20.0], [50.0, 40.0]);
            hands.key("Ctrl Shift Q");
            let right = |ring: &[maakblok::geometry::Point]| {
                (0..ring.len()).all(|i| {
                    let (a, b, c) = (ring[i], ring[(i + 1) % ring.len()], ring[(i + 2) % ring.len()]);
                    ((b - a).x * (c - b).x + (b - a).y * (c - b).y).abs() < 1e-3
                })
            };
            let volumes = &hands.puppet.variant().volumes;
            assert_eq!(volumes.len(), 3);
            assert!(volumes.iter().all(|volume| right(volume.footprint.outer())), "{volumes:?}");
        },
    );
}

#[test]
fn a_plot_in_three_equal_areas() {
    counted(
        "a plot in 3 equal areas",
        |p| {
            p.run(Command::ToolPlot);
            p.outline(&[[0.0, 0.0], [90.0, 10.0], [80.0, 60.0], [10.0, 50.0]]);
        },
        |hands| {
            let whole_m2 = hands.puppet.variant().plots.iter().next().expect("the plot").outline.area_m2();
            hands.click(40.0, 30.0);
            hands.key("Ctrl Shift P");
            hands.measure_in_palette(Command::SplitInto, "3");
            let areas: Vec<f64> = hands.puppet.variant().plots.iter().map(|plot| plot.outline.area_m2()).collect();
            assert_eq!(areas.len(), 3);
            assert!(areas.iter().all(|area_m2| (area_m2 - whole_m2 / 3.0).abs() < 1e-3), "{areas:?} of {whole_m2}");
        },
    );
}

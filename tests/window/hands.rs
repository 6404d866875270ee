//! A person at the window: finds controls by their accessible names, clicks, types, draws in metres.
//!
//! What the person does is the same whatever window it is; [`Hands`] is how events get there and what comes back. One
//! pair of hands works the window in this process, another ([`super::wire`]) the real program.

use std::path::Path;

use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2, pos2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use maakblok::i18n::{Lang, tr};
use maakblok::studio::{Command, Folders, Services, Session};
use maakblok::ui::App;

/// A control as a screen reader knows it.
#[derive(Clone, Debug)]
pub struct Widget {
    pub role: String,
    pub label: String,
    pub value: String,
    pub disabled: bool,
    pub rect: Rect,
}

/// Services for a window whose user has a folder.
pub fn services(home: &Path) -> Services {
    let folders = Folders { config: Some(home.join("config")), data: Some(home.join("data")), ..Folders::default() };
    Services { folders, ..Services::for_tests() }
}

/// A hall of one storey on its plot in a window of 1440 × 900, selected, with the rectangle tool still in hand.
pub fn hall_just_drawn(home: &Path) -> Person<InProcess> {
    let mut person = Person::new(InProcess::new(services(home), [1440.0, 900.0]));
    person.command(Command::New);
    person.draw_hall();
    person
}

/// The same with the select tool in hand.
pub fn hall(home: &Path) -> Person<InProcess> {
    let mut person = hall_just_drawn(home);
    person.command(Command::ToolSelect);
    person
}

/// The project that is open.
pub fn session(person: &Person<InProcess>) -> &Session {
    person.hands.0.state().studio.session().expect("a project is open")
}

/// Brings events to a window and says what is in it.
pub trait Hands {
    /// Hands events in; each has been seen by a frame when this returns.
    fn events(&mut self, events: Vec<Event>);
    /// Waits until nothing moves any more.
    fn settle(&mut self);
    /// The controls, in order.
    fn widgets(&mut self) -> Vec<Widget>;
}

/// The window in this process.
pub struct InProcess(pub Harness<'static, App>);

impl InProcess {
    /// A window of that size at its start screen, in English.
    pub fn new(services: Services, size: [f32; 2]) -> Self {
        let build = Harness::builder().with_size(size).with_max_steps(12);
        let mut harness = build.build_eframe(|_| {
            let mut app = App::new(services, None, None);
            app.studio.settings.lang = Lang::En;
            app
        });
        harness.run();
        Self(harness)
    }
}

impl Hands for InProcess {
    fn events(&mut self, events: Vec<Event>) {
        for event in events {
            self.0.event(event);
        }
        self.0.step();
    }

    fn settle(&mut self) {
        self.0.run();
    }

    fn widgets(&mut self) -> Vec<Widget> {
        let nodes = self.0.root().children_recursive();
        let widget = |node: egui_kittest::Node<'_>| {
            let inner = node.accesskit_node();
            inner.bounding_box()?;
            Some(Widget {
                role: format!("{:?}", inner.role()),
                label: inner.label().unwrap_or_default(),
                value: inner.value().unwrap_or_default(),
                disabled: inner.is_disabled(),
                rect: node.rect(),
            })
        };
        nodes.filter_map(widget).collect()
    }
}

/// Ctrl, as both names that events have for it.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
/// Ctrl and Shift.
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// Somebody who uses the program, in English.
pub struct Person<H: Hands> {
    pub hands: H,
    /// Pixels to a metre, as far as it has been zoomed.
    zoomed: f64,
}

impl<H: Hands> Person<H> {
    pub fn new(hands: H) -> Self {
        Self { hands, zoomed: 1.0 }
    }

    /// The control of that role and name; `None` when there is none.
    pub fn find(&mut self, role: &str, name: &str) -> Option<Widget> {
        let widgets = self.hands.widgets();
        widgets.into_iter().find(|w| w.role == role && (w.label == name || (w.label.is_empty() && w.value == name)))
    }

    pub fn get(&mut self, role: &str, name: &str) -> Widget {
        self.find(role, name).unwrap_or_else(|| panic!("no {role} is called {name:?} among\n{}", self.all()))
    }

    /// Everything that is there, a line each.
    fn all(&mut self) -> String {
        let line = |w: &Widget| format!("{} {:?} {:?} {:?}", w.role, w.label, w.value, w.rect);
        self.hands.widgets().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Waits until a control is there, or gone: threads need their time, but not more than 20 seconds.
    pub fn wait(&mut self, role: &str, name: &str, there: bool) {
        for _ in 0..400 {
            if self.find(role, name).is_some() == there {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            self.hands.events(Vec::new());
        }
        panic!("{role} {name:?} {} among\n{}", if there { "does not come" } else { "does not go" }, self.all());
    }

    /// What the panel of figures says after the name of a figure: number, unit, range.
    pub fn figure(&mut self, name: &str) -> String {
        let widgets = self.hands.widgets();
        let said = widgets.iter().filter(|w| w.role == "Button").find_map(|w| w.label.strip_prefix(name));
        said.unwrap_or_else(|| panic!("no figure begins with {name:?} among\n{}", self.all())).trim().to_owned()
    }

    /// The role of the control of that name.
    pub fn role_of(&mut self, name: &str) -> String {
        let widget = self.hands.widgets().into_iter().find(|w| w.label == name);
        widget.unwrap_or_else(|| panic!("nothing is called {name:?} among\n{}", self.all())).role
    }

    /// What a picture says to those who cannot see it, found by how that begins.
    pub fn image(&mut self, begins: &str) -> String {
        let widgets = self.hands.widgets();
        let said = widgets.iter().filter(|w| w.role == "Image").find(|w| w.label.starts_with(begins));
        said.unwrap_or_else(|| panic!("no picture begins with {begins:?} among\n{}", self.all())).label.clone()
    }

    /// A row of a table, found by words of it.
    pub fn row(&mut self, words: &str) -> Widget {
        let widgets = self.hands.widgets();
        let row = widgets.into_iter().find(|w| w.role == "Row" && w.label.contains(words));
        row.unwrap_or_else(|| panic!("no row says {words:?} among\n{}", self.all()))
    }

    /// The whole name of a control, found by how it ends.
    pub fn name_that_ends(&mut self, role: &str, end: &str) -> String {
        let widgets = self.hands.widgets();
        let said = widgets.iter().find(|w| w.role == role && w.label.ends_with(end));
        said.unwrap_or_else(|| panic!("no {role} ends with {end:?} among\n{}", self.all())).label.clone()
    }

    /// The same by how it begins.
    pub fn name_that_begins(&mut self, role: &str, begins: &str) -> String {
        let widgets = self.hands.widgets();
        let said = widgets.iter().find(|w| w.role == role && w.label.starts_with(begins));
        said.unwrap_or_else(|| panic!("no {role} begins with {begins:?} among\n{}", self.all())).label.clone()
    }

    pub fn hover(&mut self, at: Pos2) {
        self.hands.events(vec![Event::PointerMoved(at)]);
    }

    fn button(&mut self, at: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.hands.events(vec![Event::PointerButton { pos: at, button, pressed, modifiers }]);
    }

    pub fn click_at(&mut self, at: Pos2) {
        self.hover(at);
        self.button(at, true);
        self.button(at, false);
        self.hands.settle();
    }

    /// Presses there, goes on in steps, and lets go.
    pub fn drag(&mut self, from: Pos2, by: Vec2) {
        self.hover(from);
        self.button(from, true);
        for step in 1..=6 {
            self.hover(from + by * (step as f32 / 6.0));
        }
        self.button(from + by, false);
        self.hands.settle();
    }

    /// Opens the table of storeys and clicks the first row of the hall, which has fields then.
    pub fn row_of_hall(&mut self) -> Widget {
        self.key(CTRL_SHIFT, Key::T);
        self.click("RadioButton", "Storeys");
        let row = self.row("Hall");
        self.click_at(row.rect.left_center() + Vec2::new(12.0, 0.0));
        row
    }

    pub fn click(&mut self, role: &str, name: &str) {
        let at = self.get(role, name).rect.center();
        self.click_at(at);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.hands.events(vec![Event::ModifiersChanged(modifiers)]);
        for pressed in [true, false] {
            let physical_key = Some(key);
            self.hands.events(vec![Event::Key { key, physical_key, pressed, repeat: false, modifiers }]);
        }
        self.hands.events(vec![Event::ModifiersChanged(Modifiers::NONE)]);
        self.hands.settle();
    }

    /// Types letter by letter, as people do.
    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            self.hands.events(vec![Event::Text(letter.to_string())]);
        }
        self.hands.settle();
    }

    /// Clicks a field, replaces what stands in it, and settles it with Enter.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.click("TextInput", name);
        self.key(CTRL, Key::A);
        self.text(text);
        self.key(Modifiers::NONE, Key::Enter);
    }

    /// Opens a field that is a list, scrolls to a line of it and clicks that.
    pub fn choose(&mut self, field: &str, line: &str) {
        let combo = self.get("ComboBox", field).rect;
        self.click_at(combo.center());
        // The list stands below the field or above it; twelve lines are seen at once.
        let window = self.get("Canvas", &tr(Lang::En, "canvas-name")).rect;
        for _ in 0..40 {
            let rows: Vec<Widget> = self.hands.widgets().into_iter().filter(|w| w.role == "ListBoxOption").collect();
            let row = rows.iter().find(|w| w.label == line).unwrap_or_else(|| panic!("{line} is in the list"));
            let list = Rect::from_x_y_ranges(combo.x_range(), window.top()..=window.bottom() + 150.0);
            let near = (row.rect.center().y - combo.center().y).abs() < row.rect.height() * 11.0;
            if near && list.contains(row.rect.center()) {
                let at = row.rect.center();
                return self.click_at(at);
            }
            let at = combo.center() + Vec2::new(0.0, combo.height() * 2.0);
            self.hover(at);
            self.hands.events(vec![Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: Vec2::new(0.0, -1.0),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }]);
            self.hands.settle();
        }
        panic!("{line} does not come into view");
    }

    /// Zooms in by one step of the command.
    pub fn zoom_in(&mut self) {
        self.key(Modifiers::NONE, Key::PageUp);
        self.zoomed *= 1.5;
    }

    /// Where a point of the site is on the screen, as long as the drawing looks at a new project: at a square of 200 m
    /// around its origin with 14 % of the lesser side left free.
    pub fn at(&mut self, x_m: f64, y_m: f64) -> Pos2 {
        let canvas = self.get("Canvas", &tr(Lang::En, "canvas-name")).rect;
        let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        let margin = 0.14 * width.min(height);
        let px_per_m = ((width - 2.0 * margin) / 200.0).min((height - 2.0 * margin) / 200.0) * self.zoomed;
        let centre = canvas.center();
        pos2(centre.x + (x_m * px_per_m) as f32, centre.y - (y_m * px_per_m) as f32)
    }

    pub fn click_m(&mut self, x_m: f64, y_m: f64) {
        let at = self.at(x_m, y_m);
        self.click_at(at);
    }

    /// Moves the pointer to a point of the site.
    pub fn hover_m(&mut self, x_m: f64, y_m: f64) {
        let at = self.at(x_m, y_m);
        self.hover(at);
    }

    /// Draws a plot of 100 × 80 m in a new project and a hall of 60 × 14 m on it; the rectangle tool stays in hand.
    pub fn draw_hall(&mut self) {
        self.zoom_in();
        self.command(Command::ToolPlot);
        for [x, y] in [[-50.0, -40.0], [50.0, -40.0], [50.0, 40.0], [-50.0, 40.0], [-50.0, -40.0]] {
            self.click_m(x, y);
        }
        self.command(Command::ToolRectangle);
        self.click_m(-30.0, -20.0);
        self.click_m(30.0, -6.0);
    }

    /// Clicks a command's button.
    pub fn command(&mut self, command: Command) {
        self.click("Button", &command.name(Lang::En));
    }

    pub fn can(&mut self, command: Command) -> bool {
        !self.get("Button", &command.name(Lang::En)).disabled
    }

    /// Types a path into the prompt that stands in for a dialog.
    pub fn give_path(&mut self, path: &Path) {
        let field = tr(Lang::En, "path-field");
        self.wait("TextInput", &field, true);
        self.fill(&field, &path.display().to_string());
        self.wait("TextInput", &field, false);
    }
}

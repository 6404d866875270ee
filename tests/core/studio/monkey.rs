//! Many random steps, each swept: whatever is done in whatever order, nothing falls apart.

use maakblok::library::UseId;
use maakblok::model::{LayerKind, State};
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Arrow, Command, StoreyChange, selected_volumes};

use crate::puppet::{Home, Puppet};

/// Random numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    /// A place on the site; often the same ones, so that things meet.
    fn place(&mut self) -> [f64; 2] {
        let mut one = || self.below(25) as f64 * 5.0 - 60.0 + if self.below(3) == 0 { 0.37 } else { 0.0 };
        [one(), one()]
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }
}

fn step(puppet: &mut Puppet, dice: &mut Dice) {
    const TOOLS: [Command; 5] =
        [Command::ToolSelect, Command::ToolPlot, Command::ToolRectangle, Command::ToolPolygon, Command::ToolSurface];
    const OTHERS: [Command; 19] = [
        Command::Undo,
        Command::Undo,
        Command::Undo,
        Command::Redo,
        Command::Redo,
        Command::Delete,
        Command::Duplicate,
        Command::SelectAll,
        Command::SelectNone,
        Command::NewVariant,
        Command::RemoveVariant,
        Command::AddStorey,
        Command::AddBasement,
        Command::DuplicateStorey,
        Command::RemoveStorey,
        Command::ZoomAll,
        Command::ZoomIn,
        Command::ZoomSelection,
        Command::Isolate,
    ];
    let (a, b) = (dice.place(), dice.place());
    puppet.held.shift = dice.below(6) == 0;
    puppet.held.ctrl = dice.below(6) == 0;
    puppet.held.alt = dice.below(5) == 0;
    puppet.held.time_s += 0.2;
    match dice.below(32) {
        0..=3 => puppet.run(dice.of(&TOOLS)),
        21 => puppet.run(dice.of(&all_tools())),
        22..=23 => {
            // A whole gesture with any tool, something typed in the middle of it.
            puppet.run(dice.of(&all_tools()));
            puppet.click(a[0], a[1]);
            puppet.hover(b[0], b[1]);
            type_something(puppet, dice);
            let last = dice.place();
            puppet.click(last[0], last[1]);
            for _ in 0..dice.below(3) {
                puppet.event(dice.of(&[Event::OtherWay, Event::Backspace, Event::OtherWay]));
            }
            puppet.event(dice.of(&[Event::Enter, Event::Escape, Event::OtherWay]));
        }
        29 => {
            // Out to the clipboard and in again, somewhere.
            let out = dice.of(&[Command::ClipCopy, Command::ClipCopy, Command::ClipCut]);
            puppet.run(out);
            if let Some(text) = puppet.studio.to_clipboard.take() {
                puppet.hover(b[0], b[1]);
                puppet.pastes(dice.of(&[Command::Paste, Command::PasteInPlace]), &text);
            }
        }
        31 => {
            puppet.held.alt = false;
            puppet.run(Command::ToolPlot);
            puppet.outline(&[a, b, dice.place()]);
        }
        30 => puppet.run(dice.of(&[
            Command::ThemeNight,
            Command::ThemePaper,
            Command::CadAngles,
            Command::Snapping,
            Command::ToggleMap,
            Command::Coordinates,
        ])),
        24 => type_something(puppet, dice),
        25..=26 => {
            let shapes: Vec<Command> =
                Command::ALL.iter().copied().filter(|command| command.operation(Some(1.0)).is_some()).collect();
            let measure = dice.of(&[2.0, 3.0, 0.5, 12.5, -1.5, 90.0, 400.0]);
            puppet.act(Action::RunWith(dice.of(&shapes), measure));
        }
        27 => {
            puppet.studio.lock(dice.of(&[Arrow::Left, Arrow::Up, Arrow::Down]));
            puppet.studio.nudge(dice.of(&[Arrow::Left, Arrow::Up, Arrow::Down]), dice.below(2) == 0);
            puppet.studio.tick();
            puppet.sweep();
        }
        28 => {
            let (layer, on) = (dice.of(&LayerKind::ALL), dice.below(3) == 0);
            let layers = puppet.session().project().layers.clone();
            let changed =
                if dice.below(2) == 0 { layers.with_hidden(layer, on) } else { layers.with_locked(layer, on) };
            puppet.act(Action::Layers(changed));
            let arrays: Vec<_> = puppet.variant().arrays.iter().map(|array| (array.id, array.rule.clone())).collect();
            if !arrays.is_empty() {
                let (id, rule) = dice.of(&arrays);
                let count = dice.below(4) as u32 + 1;
                let all = [
                    Action::UpdateArray(id),
                    Action::ArrayRule(id, rule.clone().with_count(count)),
                    Action::ArrayRule(id, rule.with_spacing(17.0)),
                    Action::DetachArray(id),
                ];
                puppet.act(dice.of(&all));
            }
        }
        4..=8 => puppet.click(a[0], a[1]),
        9..=10 => puppet.drag(a, b),
        11 => puppet.double_click(a[0], a[1]),
        12 => {
            puppet.pull(a, b);
            puppet.event(dice.of(&[Event::Escape, Event::Backspace, Event::Enter, Event::Delete]));
            puppet.release(b[0], b[1]);
        }
        13..=14 => puppet.event(dice.of(&[Event::Enter, Event::Escape, Event::Backspace, Event::Delete])),
        15..=17 => puppet.run(dice.of(&OTHERS)),
        18 => {
            puppet.run(dice.of(&TOOLS[1..5]));
            puppet.outline(&[a, b, dice.place(), dice.place()]);
        }
        19 => {
            let variants: Vec<_> = puppet.session().project().variants.iter().map(|v| v.id).collect();
            let variant = dice.of(&variants);
            let (place, baseline) = (dice.below(30) as usize, dice.below(2) == 0);
            let all = [Action::OpenVariant(variant), Action::GoTo(place), Action::Baseline(variant, baseline)];
            puppet.act(dice.of(&all));
        }
        _ => {
            let volumes = selected_volumes(puppet.session());
            let at = dice.below(3) as usize;
            let id = dice.of(&["office", "housing", "parking", "warehouse"].map(UseId::from));
            let change = dice.of(&[
                StoreyChange::Use(at, id.clone()),
                StoreyChange::AddShare(at, id.clone()),
                StoreyChange::ReplaceShare(at, 0, id),
                StoreyChange::Share(at, 0, 0.3),
                StoreyChange::RemoveShare(at, 1),
                StoreyChange::Up(at),
                StoreyChange::Down(at),
                StoreyChange::Height(at, 4.4),
                StoreyChange::State(at, State::Removed),
                StoreyChange::State(at, State::Kept),
            ]);
            puppet.act(Action::Storeys(volumes, change));
        }
    }
}

/// Every tool there is.
fn all_tools() -> Vec<Command> {
    Command::ALL.iter().copied().filter(|command| command.tool().is_some()).collect()
}

/// Types something, where there is something to type for, and means it or not.
fn type_something(puppet: &mut Puppet, dice: &mut Dice) {
    let text = dice.of(&["12", "12.5m", "60x14", "300m2", "45°", "-8", "3x", "/2", "6", "1/0", "furlong"]);
    if puppet.studio.begin_entry(text) {
        if dice.below(3) == 0 {
            puppet.tab();
            puppet.types_on(dice.of(&["7", "30", "250 m2"]));
        }
        if dice.below(4) > 0 {
            puppet.enter();
        }
        puppet.studio.drop_entry();
        puppet.studio.tick();
        puppet.sweep();
    }
}

#[test]
fn random_work_holds_together_and_can_be_taken_back() {
    let mut seen = [0; 4];
    for seed in 1..=12 {
        let home = Home::new();
        let mut puppet = Puppet::drawing(&home);
        let start = puppet.text();
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        for _ in 0..120 {
            step(&mut puppet, &mut dice);
            let v = puppet.variant();
            let now = [v.plots.len(), v.volumes.len(), v.surfaces.len(), puppet.session().project().variants.len()];
            seen = std::array::from_fn(|i| seen[i].max(now[i]));
        }
        puppet.run(Command::ToolSelect);
        puppet.redo_all();
        puppet.there_and_back(&start);
        puppet.no_complaints();
    }
    assert!(seen.into_iter().all(|most| most > 1), "plots, volumes, surfaces and variants were there: {seen:?}");
}

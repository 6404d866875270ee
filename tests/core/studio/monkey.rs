//! Many random steps, each swept: whatever is done in whatever order, nothing falls apart.

use maakblok::library::UseId;
use maakblok::model::State;
use maakblok::studio::tool::Event;
use maakblok::studio::{Action, Command, StoreyChange, selected_volumes};

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
    const TOOLS: [Command; 6] = [
        Command::ToolSelect,
        Command::ToolPlot,
        Command::ToolRectangle,
        Command::ToolPolygon,
        Command::ToolSurface,
        Command::ToolMove,
    ];
    const OTHERS: [Command; 18] = [
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
    ];
    let (a, b) = (dice.place(), dice.place());
    puppet.held.shift = dice.below(6) == 0;
    puppet.held.ctrl = dice.below(6) == 0;
    match dice.below(21) {
        0..=3 => puppet.run(dice.of(&TOOLS)),
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

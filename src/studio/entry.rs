//! Typing measures while drawing: the fields at the cursor, what is being typed into them, and what it means for the tool.
//!
//! A typed value is a condition that the tool keeps (this long, in this direction) while the pointer says the rest; the
//! pointer never writes into a field. Enter does what a click would. What was just made can be typed anew until the next
//! click: it is taken back and made again with the new value.

mod parse;

pub use parse::{Input, InputFault, parse};

use super::aids::Axis;
use super::reshape::outlines_of;
use super::session::Session;
use super::tool::{
    DRAG_PX, Effect, Event, Field, FieldKind, FieldUnit, Overlay, OverlayPen, Pointer, Tool, Typed, rings,
};
use crate::geometry::FARTHEST_M;
use crate::i18n::Lang;
use crate::model::MOST_COPIES;
use crate::model::limits::MOST_STOREYS;

/// What is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The fields in order.
    pub fields: Vec<EntryField>,
    /// Which of them has the keyboard.
    pub focus: usize,
    /// Whether what was just made is typed anew.
    pub again: bool,
    /// Whether Shift was held when typing began: what it held stays held.
    pub shift: bool,
}

/// A field that can be typed into.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryField {
    /// What it is of.
    pub kind: FieldKind,
    /// What was typed; `None` while the pointer says it.
    pub text: Option<String>,
    /// What is wrong with it.
    pub fault: Option<InputFault>,
}

/// What was just made, and the tool as it was before.
#[derive(Clone, Debug)]
pub(super) struct Made {
    tool: Tool,
    pointer: Pointer,
    /// The direction that was locked.
    lock: Option<Axis>,
    /// What was typed for it: it holds until something else is typed.
    typed: Typed,
    /// The state of the project that it led to.
    mark: u64,
    /// Whether an edit is to be taken back first.
    is_edit: bool,
}

/// How angles are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Angles {
    /// Bearings: clockwise from north.
    #[default]
    Bearings,
    /// As in CAD: counter-clockwise from east.
    Cad,
}

impl Angles {
    /// The other way.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Bearings => Self::Cad,
            Self::Cad => Self::Bearings,
        }
    }

    /// A turn as it is written, or what was written as a turn, in degrees clockwise: the way there is the way back.
    #[must_use]
    pub fn clockwise_deg(self, deg: f64) -> f64 {
        match self {
            Self::Bearings => deg,
            Self::Cad => -deg,
        }
    }

    /// A bearing as it is written, or what was written as a bearing, in degrees in `[0, 360)`: the way there is the way back.
    #[must_use]
    pub fn turned(self, deg: f64) -> f64 {
        match self {
            Self::Bearings => deg.rem_euclid(360.0),
            Self::Cad => (90.0 - deg).rem_euclid(360.0),
        }
    }
}

impl Session {
    /// What is being typed.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.aids.entry.as_ref()
    }

    /// The fields that typing would go to now: of the tool in hand, or of what was just made; `true` for the latter.
    #[must_use]
    pub fn typable(&self, lang: Lang) -> Option<(Vec<Field>, bool)> {
        let fields = |tool: &Tool| self.with_ctx(lang, |ctx| tool.overlay(ctx)).readout;
        if let Some(overlay) = self.retyped(lang) {
            return Some((overlay.readout, true));
        }
        // Whoever points at another edge means that one.
        let elsewhere = self.aids.moved_px > DRAG_PX && self.tool().takes_typing() && !self.tool().is_busy();
        let again = self.aids.made.as_ref().filter(|made| made.mark == self.history().mark() && !elsewhere);
        match again {
            Some(made) if !self.tool().is_busy() || !made.is_edit => {
                // What the tool would show, had it not been carried out.
                let fields = fields(&made.tool);
                (!fields.is_empty()).then_some((fields, true))
            }
            _ => {
                let fields = fields(self.tool());
                (self.tool().takes_typing() && !fields.is_empty()).then_some((fields, false))
            }
        }
    }

    /// What is typed anew as it would be, while it is typed.
    #[must_use]
    pub fn retyped(&self, lang: Lang) -> Option<Overlay> {
        self.entry().filter(|entry| entry.again)?;
        let made = self.aids.made.as_ref().filter(|made| made.mark == self.history().mark())?;
        let pointer = Pointer { ctrl: false, ..made.pointer };
        let mut tool = made.tool.clone();
        let overlay = self.with_ctx(lang, |ctx| {
            // Only to be seen: what it wants done is not done.
            let effects = tool.step(Event::Move(pointer), ctx);
            let mut overlay = tool.overlay(ctx);
            // What is worked out from the start is not there any more, but copies of it are made from what is.
            if !tool.works_from_start() || tool.makes_copies() {
                let edits = effects.iter().filter_map(|effect| match effect {
                    Effect::Apply(edit) => Some(edit),
                    _ => None,
                });
                overlay.lines.extend(edits.flat_map(outlines_of).flat_map(|outline| rings(outline, OverlayPen::Live)));
            }
            overlay
        });
        Some(overlay)
    }

    /// Begins to type with a first character; `false` when there is nothing to type into.
    pub fn begin_entry(&mut self, first: &str, lang: Lang) -> bool {
        let Some((fields, again)) = self.typable(lang) else { return false };
        let typable = fields.iter().filter(|field| field.kind.can_be_typed());
        let fields = typable.map(|field| EntryField { kind: field.kind, text: None, fault: None }).collect();
        let mut shift = self.last_pointer().shift;
        if let Some(made) = self.aids.made.as_ref().filter(|_| again) {
            (shift, self.aids.lock) = (made.pointer.shift, made.lock);
        }
        self.aids.entry = Some(Entry { fields, focus: 0, again, shift });
        self.type_text(first, lang);
        true
    }

    /// The text of the field that has the keyboard is now this.
    pub fn type_text(&mut self, text: &str, lang: Lang) {
        let (angles, Some(entry)) = (self.aids.drawing.angles, &mut self.aids.entry) else { return };
        let kinds: Vec<FieldKind> = entry.fields.iter().map(|field| field.kind).collect();
        let focus = entry.focus;
        let Some(field) = entry.fields.get_mut(focus) else { return };
        field.text = Some(text.to_owned());
        field.fault = if text.trim().is_empty() { None } else { read(text, field.kind, &kinds, angles).err() };
        self.keep_typed(lang);
    }

    /// What holds now of all that was typed; the tool is shown it at once.
    fn keep_typed(&mut self, lang: Lang) {
        let (angles, Some(entry)) = (self.aids.drawing.angles, &self.aids.entry) else { return };
        let kinds: Vec<FieldKind> = entry.fields.iter().map(|field| field.kind).collect();
        // What was typed before for what is made anew still holds.
        let before = self.aids.made.as_ref().filter(|_| entry.again).map(|made| made.typed.clone());
        let mut typed = before.unwrap_or_default();
        for field in &entry.fields {
            let Some(text) = field.text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
            for (kind, value) in read(text, field.kind, &kinds, angles).unwrap_or_default() {
                // Of two measures that say the same thing the later holds.
                kinds.iter().filter(|old| says_the_same(**old, kind)).for_each(|old| typed.unset(*old));
                typed.set(kind, value);
            }
        }
        let again = entry.again;
        self.aids.typed = typed;
        if !again {
            self.show_again(lang);
        }
    }

    /// The next field has the keyboard, or the one before it.
    pub fn next_field(&mut self, back: bool) {
        let Some(entry) = &mut self.aids.entry else { return };
        let count = entry.fields.len().max(1);
        entry.focus = (entry.focus + if back { count - 1 } else { 1 }) % count;
    }

    /// Puts the keyboard into a field.
    pub fn focus_field(&mut self, at: usize) {
        if let Some(entry) = &mut self.aids.entry {
            entry.focus = at.min(entry.fields.len().saturating_sub(1));
        }
    }

    /// Forgets what was typed.
    pub fn drop_entry(&mut self, lang: Lang) {
        if let Some(entry) = self.aids.entry.take() {
            self.aids.typed = Typed::default();
            if entry.again {
                self.aids.lock = None;
            }
            self.show_again(lang);
        }
    }

    /// Carries out what was typed, as a click would; with Alt held, as a click with Alt. Returns message keys of what is to be
    /// told.
    pub fn commit_entry(&mut self, alt: bool, lang: Lang) -> Vec<&'static str> {
        let Some(entry) = self.aids.entry.clone() else { return Vec::new() };
        if let Some(fault) = entry.fields.iter().find_map(|field| field.fault) {
            return vec![fault.key()];
        }
        if self.aids.typed.is_empty() {
            self.drop_entry(lang);
            return Vec::new();
        }
        let mut was_edit = false;
        let pointer = match self.aids.made.take().filter(|_| entry.again) {
            Some(made) => {
                was_edit = made.is_edit;
                if made.is_edit {
                    self.undo();
                }
                self.hand_back(made.tool.rewound());
                made.pointer
            }
            None => self.last_pointer(),
        };
        // The entry stays until the tool has been through, so that what is made can be typed anew.
        let pointer = Pointer { ctrl: false, alt: alt || pointer.alt, ..pointer };
        let place = self.history().place();
        let mut said = self.tool_event(Event::Move(pointer), lang);
        said.extend(self.tool_event(Event::Set(pointer), lang));
        if was_edit && !said.is_empty() && self.history().place() == place {
            // It cannot be made so: it stays as it was.
            self.redo();
        }
        self.aids.entry = None;
        self.aids.typed = Typed::default();
        self.show_again(lang);
        said
    }

    /// What was just made is made for good.
    pub(super) fn keep_made(&mut self) {
        self.aids.made = None;
    }

    /// Remembers what a tool was before it made something.
    pub(super) fn remember_made(&mut self, before: Tool, pointer: Pointer, is_edit: bool) {
        self.aids.moved_px = 0.0;
        let (typed, lock) = (self.aids.typed.clone(), self.aids.lock);
        self.aids.made = Some(Made { tool: before, pointer, lock, typed, mark: self.history().mark(), is_edit });
    }
}

/// What a text means as the one measure of a command.
///
/// # Errors
/// When it makes no sense there; the fault says why.
pub fn measure(text: &str, kind: FieldKind, angles: Angles) -> Result<f64, InputFault> {
    match read(text, kind, &[kind], angles)?.as_slice() {
        [(FieldKind::Turn, value)] => Ok(angles.clockwise_deg(*value)),
        [(_, value)] => Ok(*value),
        _ => Err(InputFault::MixedUnits),
    }
}

/// Whether a measure follows from another once the rest is there: an area from a depth, a width or a radius.
fn says_the_same(one: FieldKind, other: FieldKind) -> bool {
    let is_across = |kind| matches!(kind, FieldKind::Width | FieldKind::Radius);
    (one == FieldKind::Area && is_across(other)) || (other == FieldKind::Area && is_across(one))
}

/// What a text means in a field among others.
fn read(
    text: &str,
    field: FieldKind,
    fields: &[FieldKind],
    angles: Angles,
) -> Result<Vec<(FieldKind, f64)>, InputFault> {
    let has = |kind| fields.contains(&kind);
    let first_of = |unit| fields.iter().copied().find(|kind| kind.unit() == unit);
    let into = |unit: FieldUnit| if field.unit() == unit { Some(field) } else { first_of(unit) };
    let one = |kind: Option<FieldKind>, value: f64| {
        let kind = kind.ok_or(InputFault::MixedUnits)?;
        Ok(vec![(kind, within_reach(kind, value, angles)?)])
    };
    match parse(text)? {
        Input::Plain(value) => one(Some(field), value),
        Input::Length(value) => one(into(FieldUnit::Metre), value),
        Input::Area(value) => one(into(FieldUnit::SquareMetre), value),
        Input::Angle(value) => one(into(FieldUnit::Degree), value),
        Input::Pair(length_m, width_m) if has(FieldKind::Length) && has(FieldKind::Width) => Ok(vec![
            (FieldKind::Length, within_reach(FieldKind::Length, length_m, angles)?),
            (FieldKind::Width, within_reach(FieldKind::Width, width_m, angles)?),
        ]),
        Input::Sides(n) if has(FieldKind::Sides) => one(Some(FieldKind::Sides), f64::from(n)),
        Input::Times(n) if has(FieldKind::Copies) => one(Some(FieldKind::Copies), f64::from(n)),
        // Between the first and the last: a minus says so.
        Input::Divide(n) if has(FieldKind::Copies) => {
            Ok(one(Some(FieldKind::Copies), f64::from(n))?.into_iter().map(|(kind, n)| (kind, -n)).collect())
        }
        // Of a rectangle the second length is still to come.
        Input::Times(_) if has(FieldKind::Width) => Err(InputFault::Unfinished),
        Input::Pair(..) | Input::Sides(_) | Input::Times(_) | Input::Divide(_) => Err(InputFault::MixedUnits),
    }
}

fn within_reach(kind: FieldKind, value: f64, angles: Angles) -> Result<f64, InputFault> {
    let sound = match kind {
        FieldKind::Length | FieldKind::Width | FieldKind::Distance | FieldKind::Total => value.abs() <= FARTHEST_M,
        FieldKind::Radius => value > 0.0 && value <= FARTHEST_M,
        FieldKind::Area => value > 0.0,
        FieldKind::Bearing | FieldKind::Turn | FieldKind::Angle => true,
        FieldKind::Factor => value.abs() > 1e-6 && value.abs() < 1e6,
        FieldKind::Sides => (value == 0.0 || (3.0..=360.0).contains(&value)) && value.fract() == 0.0,
        FieldKind::Storeys => (1.0..=MOST_STOREYS as f64).contains(&value) && value.fract() == 0.0,
        FieldKind::Count => (0.0..=1_000.0).contains(&value) && value.fract() == 0.0,
        FieldKind::Percent => (0.0..=100.0).contains(&value),
        FieldKind::Parts => (2.0..=1_000.0).contains(&value) && value.fract() == 0.0,
        FieldKind::Copies => (1.0..=f64::from(MOST_COPIES)).contains(&value) && value.fract() == 0.0,
    };
    match kind {
        _ if !sound || !value.is_finite() => Err(InputFault::OutOfReach),
        FieldKind::Bearing => Ok(angles.turned(value)),
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECTANGLE: [FieldKind; 4] = [FieldKind::Length, FieldKind::Width, FieldKind::Bearing, FieldKind::Area];

    #[test]
    fn units_find_their_field() {
        let read = |text| read(text, FieldKind::Length, &RECTANGLE, Angles::Bearings);
        assert_eq!(read("60"), Ok(vec![(FieldKind::Length, 60.0)]));
        assert_eq!(read("1200m2"), Ok(vec![(FieldKind::Area, 1200.0)]));
        assert_eq!(read("45°"), Ok(vec![(FieldKind::Bearing, 45.0)]));
        assert_eq!(read("60x14"), Ok(vec![(FieldKind::Length, 60.0), (FieldKind::Width, 14.0)]));
        assert_eq!(read("5x"), Err(InputFault::Unfinished), "a rectangle has no copies: its width is still to come");
        assert_eq!(read("200000"), Err(InputFault::OutOfReach));
    }

    #[test]
    fn angles_may_be_written_as_in_cad() {
        assert_eq!(Angles::Cad.turned(90.0), 0.0, "east");
        assert_eq!(Angles::Cad.turned(0.0), 90.0, "north");
        for deg in [0.0, 12.5, 90.0, 271.0] {
            assert_eq!(Angles::Cad.turned(Angles::Cad.turned(deg)), deg);
        }
        let read = read("30", FieldKind::Bearing, &RECTANGLE, Angles::Cad);
        assert_eq!(read, Ok(vec![(FieldKind::Bearing, 60.0)]));
    }
}

//! Pulling a handle of a typology: one of its measures follows the hand, and everything with it.

use super::super::overlay::{Handle, HandleKind, Overlay, OverlayLine, OverlayPen};
use super::super::{Ctx, Field, FieldKind, GRIP_PX, Pointer};
use crate::edit::Edit;
use crate::generate::{Generator, Knob, Param, ParamUnit};
use crate::geometry::{Point, distance_m};
use crate::i18n::{tr, tr_with};
use crate::model::{Id, Recipe};
use crate::studio::recipes::{remade, value_label};
use crate::studio::session::recipes::brought_up;

/// Measures that are pulled go in steps of this, in metres; with Ctrl in tenths.
const STEP_M: f64 = 0.5;

/// So many pixels of a pull make one more of a number.
const COUNT_PX: f64 = 20.0;

/// A name stands above its place; this much lower, in pixels, it is below it.
const BELOW_PX: f64 = 46.0;

/// Nearer to one another, in pixels, only the first is shown.
const APART_PX: f64 = 14.0;

/// What is typed on the handle of a parameter.
fn field_of(param: &Param) -> Option<FieldKind> {
    match param.unit {
        ParamUnit::Metres => Some(FieldKind::Length),
        ParamUnit::Percent => Some(FieldKind::Percent),
        ParamUnit::Count => Some(FieldKind::Count),
        ParamUnit::Choice(_) => None,
    }
}

/// A handle under the pointer, or being pulled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldKnob {
    recipe: Id,
    knob: Knob,
    /// What was shown when it was taken hold of, and where; and what was asked for, which may be more.
    began: f64,
    asked: f64,
    from: Point,
    /// What it is by now.
    value: f64,
    /// Whether anything was changed: then a gesture is in hand.
    pub begun: bool,
}

/// The handle at a place.
pub fn knob_at(ctx: &Ctx<'_>, world: Point) -> Option<Box<HeldKnob>> {
    let (id, made) = (ctx.recipe_in_hand)()?;
    let knobs = &made.as_ref().as_ref().ok()?.knobs;
    let near = apart(knobs, ctx).into_iter().filter(|knob| ctx.distance_px(knob.at, world) <= GRIP_PX);
    let knob = near.min_by(|a, b| distance_m(a.at, world).total_cmp(&distance_m(b.at, world))).copied()?;
    let (recipe, param) = recipe_and_param(ctx, id, knob.key)?;
    let asked = param.value_in(&recipe.values);
    let value = shown(&knob, asked);
    Some(Box::new(HeldKnob { recipe: id, knob, began: value, asked, from: world, value, begun: false }))
}

/// The handles that stand clear of others on the screen, those of measures first: drawn small, a block has few.
fn apart<'k>(knobs: &'k [Knob], ctx: &Ctx<'_>) -> Vec<&'k Knob> {
    let (measures, counts): (Vec<&Knob>, Vec<&Knob>) = knobs.iter().partition(|knob| knob.per_m.is_some());
    let mut kept: Vec<&Knob> = Vec::new();
    for knob in measures.into_iter().chain(counts) {
        if kept.iter().all(|other| ctx.distance_px(other.at, knob.at) > APART_PX) {
            kept.push(knob);
        }
    }
    kept
}

/// All handles, where they are now.
pub fn show_all(overlay: &mut Overlay, ctx: &Ctx<'_>) {
    let Some((id, made)) = (ctx.recipe_in_hand)() else { return };
    let Ok(made) = made.as_ref() else { return };
    let Some(recipe) = ctx.variant.recipes.get(id) else { return };
    let Some(generator) = Generator::named(&recipe.generator) else { return };
    for knob in apart(&made.knobs, ctx) {
        let value = generator.param(knob.key).map_or(0.0, |param| param.value_in(&recipe.values));
        overlay.handles.push(Handle { at: knob.at, kind: kind_of(knob, shown(knob, value)), hot: false });
    }
}

/// What is shown of a value: of a number that the plot has no room for, how many there are.
fn shown(knob: &Knob, value: f64) -> f64 {
    knob.there_are.map_or(value, |there_are| value.min(there_are))
}

/// A diamond for a measure, a box with the number for a number.
fn kind_of(knob: &Knob, value: f64) -> HandleKind {
    if knob.per_m.is_some() { HandleKind::Knob } else { HandleKind::Count(value.max(0.0) as u32) }
}

fn recipe_and_param<'a>(ctx: &Ctx<'a>, recipe: Id, key: &str) -> Option<(&'a Recipe, &'static Param)> {
    let recipe = ctx.variant.recipes.get(recipe)?;
    Some((recipe, Generator::named(&recipe.generator)?.param(key)?))
}

impl HeldKnob {
    /// The edit that brings the value to where the pointer is, or to what was typed; nothing where it stays.
    pub fn to(&mut self, pointer: Pointer, ctx: &Ctx<'_>) -> Option<Edit> {
        let (recipe, param) = recipe_and_param(ctx, self.recipe, self.knob.key)?;
        let (along, moved) = (self.knob.along, pointer.world - self.from);
        let by_m = moved.x * along.x + moved.y * along.y;
        let by = by_m * self.knob.per_m.unwrap_or(ctx.px_per_m / COUNT_PX);
        let step = match param.unit {
            ParamUnit::Metres if pointer.ctrl => 0.1,
            ParamUnit::Metres => STEP_M,
            ParamUnit::Count | ParamUnit::Percent | ParamUnit::Choice(_) => 1.0,
        };
        let typed = field_of(param).and_then(|kind| ctx.typed.get(kind));
        let value = param.sound(typed.unwrap_or(((self.began + by) / step).round() * step));
        // What the plot has no room for is not asked for less of by asking for more.
        let value = if typed.is_none() && value >= self.began && self.asked > self.began { self.asked } else { value };
        self.value = value;
        if value == self.asked && !self.begun {
            return None;
        }
        self.begun = true;
        // From how it was when it was taken hold of: what a pull passes on its way leaves no trace.
        let (mut now, hands) = brought_up(ctx.variant, recipe, ctx.library, |_| Vec::new());
        now.values.insert(param.key.to_owned(), value);
        let label = value_label(param, value, ctx.lang);
        Some(remade(ctx.project, ctx.variant, (now, hands), (ctx.library, ctx.lang), label).ok()?.0)
    }

    /// The handle, the measure along its line, and what it is called.
    pub fn show(&self, overlay: &mut Overlay, ctx: &Ctx<'_>) {
        let Some((_, param)) = recipe_and_param(ctx, self.recipe, self.knob.key) else { return };
        // Where it is by now: it follows the hand.
        let now = (ctx.recipe_in_hand)().and_then(|(_, made)| {
            made.as_ref().as_ref().ok()?.knobs.iter().find(|knob| knob.key == self.knob.key).copied()
        });
        let knob = now.unwrap_or(self.knob);
        overlay.handles.push(Handle { at: knob.at, kind: kind_of(&knob, self.value), hot: true });
        if knob.per_m.is_some() {
            let points = vec![knob.from, knob.at];
            overlay.lines.push(OverlayLine { points, closed: false, pen: OverlayPen::Live });
        }
        overlay.readout = field_of(param).map(|kind| Field::new(kind, self.value)).into_iter().collect();
        let mut words = format!("{} {}", param.name(ctx.lang), param.words(shown(&knob, self.value), ctx.lang));
        let typed = field_of(param).and_then(|kind| ctx.typed.get(kind));
        if typed.is_some_and(|typed| (typed - self.value).abs() > 1e-9) {
            let [least, most] = param.range.map(|end| param.words(end, ctx.lang));
            let args = [("least", least.into()), ("most", most.into())];
            words = format!("{words} · {}", tr_with(ctx.lang, "knob-range", &args));
        }
        let here_m = distance_m(knob.from, knob.at);
        if knob.per_m == Some(1.0) && (here_m - self.value).abs() > 0.05 {
            let here = tr_with(ctx.lang, "knob-here", &[("value", param.words(here_m, ctx.lang).into())]);
            words = format!("{words} · {here}");
        } else if knob.per_m.is_none() && knob.there_are.is_some_and(|there_are| there_are < self.value) {
            words = format!("{words} · {}", tr(ctx.lang, "knob-full"));
        }
        // Below it: the field for what is typed comes above.
        let below_m = BELOW_PX / ctx.px_per_m;
        overlay.names.push((Point { y: knob.at.y - below_m, ..knob.at }, words));
    }
}

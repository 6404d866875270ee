//! The tool in hand: what happens to it, and what it wants done.

use super::Session;
use crate::geometry::distance_m;
use crate::i18n::Lang;
use crate::studio::tool::{DRAG_PX, Effect, Event, Pointer, Tool, ToolKind};

impl Session {
    /// Takes a tool in hand; what the former had begun is taken back.
    pub fn take_tool(&mut self, kind: ToolKind) {
        self.drop_gesture();
        self.tool = Tool::new(kind);
        self.aids.let_go();
    }

    /// Puts a tool back in hand as it once was.
    pub(in crate::studio) fn hand_back(&mut self, tool: Tool) {
        self.tool = tool;
    }

    /// Takes back a gesture that is in hand, so that what is done next does not become part of it.
    pub(in crate::studio) fn settle(&mut self) {
        if self.history.in_gesture() {
            self.drop_gesture();
        }
    }

    /// What is applied from here on is one step, until it ends.
    pub(in crate::studio) fn begin_gesture(&mut self) {
        self.history.begin_gesture();
    }

    /// Makes what was done since the gesture began one step.
    pub(in crate::studio) fn end_gesture(&mut self) {
        self.journalled.extend(self.history.end_gesture());
    }

    /// Takes back what was done since the gesture began.
    pub(in crate::studio) fn cancel_gesture(&mut self) {
        if let Some(applied) = self.history.cancel_gesture(&mut self.project) {
            self.follow(applied, false);
        }
    }

    pub(super) fn drop_gesture(&mut self) {
        if self.history.in_gesture()
            && let Some(applied) = self.history.cancel_gesture(&mut self.project)
        {
            self.follow(applied, false);
        }
        if self.tool.is_busy() {
            self.tool = Tool::new(self.tool.kind());
            self.aids.let_go();
        }
    }

    /// Hands an event to the tool and carries out what it wants. Returns message keys of what is to be told.
    pub fn tool_event(&mut self, event: Event, lang: Lang) -> Vec<&'static str> {
        // While something is typed Shift is for its digits; what was held when it began still is.
        let event = match &self.aids.entry {
            Some(entry) => event.with_shift(entry.shift),
            None => event,
        };
        if let Some(why) = self.why_not_begun(event) {
            return vec![why];
        }
        let pointer = event.pointer();
        if let Some(pointer) = pointer {
            self.follow_pointer(pointer, matches!(event, Event::Press(_)));
        }
        // A gesture that is worked out anew from where it began sees the project as it was then.
        if self.tool.restarts_on(event)
            && self.history.in_gesture()
            && let Some(applied) = self.history.restart_gesture(&mut self.project)
        {
            self.follow(applied, false);
        }
        if matches!(event, Event::Press(_)) {
            self.aids.before_press = Some((self.tool.clone(), self.history.mark()));
        }
        let may_make = match event {
            Event::Move(_) | Event::Leave => false,
            Event::Set(_) => true,
            _ => self.tool.is_busy(),
        };
        let before = may_make.then(|| (self.tool.clone(), self.history.mark()));
        let mut tool = std::mem::take(&mut self.tool);
        let effects = self.with_ctx(lang, |ctx| tool.step(event, ctx));
        self.tool = tool;
        if let Event::Move(pointer) = event {
            self.aids.follow(&self.tool, pointer.time_s);
        }
        let said = self.carry_out(effects);
        if let Some((tool, mark)) = before {
            let (is_edit, is_set) = (self.history.mark() > mark, matches!(event, Event::Set(_)));
            let goes_on = is_set && said.is_empty() && self.tool.is_busy();
            let again = if is_edit { tool.to_make_again(event) } else { goes_on.then_some(tool) };
            if let Some(tool) = again {
                self.remember_made(tool, self.last_pointer(), is_edit);
            }
        }
        if matches!(event, Event::Press(_)) {
            self.aids.forget_typed();
        }
        if matches!(event, Event::Press(_) | Event::Set(_)) || !self.tool.is_busy() {
            self.aids.lock = None;
        }
        said
    }

    /// Why the tool in hand does not begin to draw, as a message key.
    fn why_not_begun(&self, event: Event) -> Option<&'static str> {
        let begins = matches!(event, Event::Press(_)) && !self.tool.is_busy();
        let layer = self.tool.kind().draws_on(self.purpose_in_hand).filter(|_| begins)?;
        self.why_not_drawn(layer)
    }

    /// Notes where the pointer is. A click, or for a line that goes on the way to its next point, makes what was typed for
    /// good.
    fn follow_pointer(&mut self, pointer: Pointer, is_press: bool) {
        let far_px = distance_m(self.last_pointer().world, pointer.world) * self.camera.px_per_m;
        self.aids.pointer = pointer;
        self.aids.moved_px += far_px;
        let is_retyped = self.aids.entry.as_ref().is_some_and(|entry| entry.again);
        if is_press || (self.aids.moved_px > DRAG_PX && self.tool.is_busy() && !is_retyped) {
            self.aids.made = None;
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Vec<&'static str> {
        let mut said = Vec::new();
        for effect in effects {
            match effect {
                Effect::Select(ids) => self.select(ids),
                Effect::SelectAlso(ids) => self.select_also(ids),
                Effect::Toggle(id) => self.selection.toggle(id),
                Effect::BeginGesture => self.begin_gesture(),
                Effect::Apply(edit) => {
                    if self.apply(edit).is_err() {
                        said.push("say-edit-failed");
                    }
                }
                Effect::EndGesture => self.end_gesture(),
                Effect::CancelGesture => self.cancel_gesture(),
                Effect::Switch(kind) => self.take_tool(kind),
                Effect::Say(key) => said.push(key),
            }
        }
        said
    }
}

//! Where the least and the most of a figure are typed: beside the figure in the list of all, and in its explanation.

use egui::Ui;

use super::kit;
use crate::i18n::{Lang, NO_BREAK, UNDEFINED, parse_number, tr, tr_with};
use crate::measure::{AnyFigure, Coefficients};
use crate::model::Target;

/// Which end of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Bound {
    Least,
    Most,
}

impl Bound {
    pub const ALL: [Self; 2] = [Self::Least, Self::Most];

    /// The message of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Least => "target-least",
            Self::Most => "target-most",
        }
    }

    fn of(self, target: &Target) -> Option<f64> {
        match self {
            Self::Least => target.least,
            Self::Most => target.most,
        }
    }

    fn with(self, target: &Target, bound: Option<f64>) -> Target {
        match self {
            Self::Least => Target { least: bound, ..target.clone() },
            Self::Most => Target { most: bound, ..target.clone() },
        }
    }
}

/// A figure that has, or may get, a target.
pub(super) struct Aim<'a> {
    pub figure: AnyFigure,
    pub target: &'a Target,
    pub coefficients: &'a Coefficients,
    pub lang: Lang,
}

impl Aim<'_> {
    /// One end of the target under a name, to be typed in the unit that the figure is shown in; empty is none. The target with
    /// what was typed comes back; what cannot be is said at the field.
    pub fn field(&self, ui: &mut Ui, salt: &str, name: &str, which: Bound) -> Option<Target> {
        /// A unit longer than this leaves no room for the number.
        const UNIT: usize = 4;
        let lang = self.lang;
        let unit = self.figure.unit(self.coefficients, lang);
        let said = which.of(self.target).map_or_else(String::new, |bound| self.words(bound));
        let mut text = said.clone();
        let beside = if said.is_empty() || unit.chars().count() > UNIT { "" } else { unit.as_str() };
        let salt = ((salt, which), &said);
        let field = kit::TextField::new(salt, &mut text).name(name).hint(UNDEFINED).unit(beside).show(ui);
        if !field.committed || text.trim() == said {
            return None;
        }
        let refuse = |words: String| kit::refuse(&field.response, &text, words);
        let typed = text.trim();
        let bound = match typed {
            "" => None,
            _ => {
                let Some(value) = parse_number(typed.strip_suffix(unit.as_str()).unwrap_or(typed)) else {
                    kit::refuse_text(&field.response, lang, &text, &tr(lang, "target-to-type"));
                    return None;
                };
                Some(value / self.figure.shown_factor())
            }
        };
        if let Some(most) = self.figure.ceiling()
            && bound.is_some_and(|bound| !(0.0..=most).contains(&bound))
        {
            let args = [("text", typed.into()), ("high", format!("{}{NO_BREAK}{unit}", self.words(most)).into())];
            refuse(tr_with(lang, "target-not-a-part", &args));
            return None;
        }
        let target = which.with(self.target, bound);
        if let (Some(least), Some(most)) = (target.least, target.most)
            && target.is_crossed()
        {
            let args = [("least", self.words(least).into()), ("most", self.words(most).into())];
            refuse(tr_with(lang, "target-order", &args));
            return None;
        }
        Some(target)
    }

    fn words(&self, bound: f64) -> String {
        self.figure.bound_words(bound, self.coefficients, self.lang)
    }
}

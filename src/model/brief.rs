//! What a project is asked to reach: targets for figures, figures of its own, and remarks.

use crate::record::record;

record! {
    /// What is asked of a project. Can be saved by itself and given to another project.
    #[derive(Default)]
    pub struct Brief {
        /// Figures of the project's own, in the order in which they are shown.
        pub figures: Vec<OwnFigure> = default,
        /// What figures shall reach, at most one for each figure.
        pub targets: Vec<Target> = default,
        /// What else there is to say.
        pub notes: String = default,
    }
}

record! {
    /// A figure of a project's own, by a formula over the model.
    pub struct OwnFigure {
        /// Its name in reports and in other formulas: letters, digits and `_`.
        pub id: String,
        /// What people call it.
        pub name: String,
        /// Its formula, such as `sum(area where use.productive) / site.area`.
        pub formula: String,
        /// The unit it is told in, such as `m2`, `%` or `job/ha`; empty for a plain number.
        pub unit: String = default,
        /// Decimals where it stands large.
        pub decimals: u8 = default,
    }
}

record! {
    /// What a figure shall reach, in the unit of reports: at least, at most, or between the two.
    pub struct Target {
        /// The figure, by its name in reports.
        pub figure: String,
        /// The least that will do.
        pub least: Option<f64> = default,
        /// The most that will do.
        pub most: Option<f64> = default,
        /// Who asks for it, and why.
        pub note: String = default,
    }
}

impl OwnFigure {
    /// A figure with a formula, told as a plain number.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>, formula: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            formula: formula.into(),
            unit: String::new(),
            decimals: 1,
            extra: crate::record::Extra::default(),
        }
    }

    /// Whether a text can be the name of a figure in formulas.
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    }
}

impl Target {
    /// A target that asks for nothing yet.
    #[must_use]
    pub fn new(figure: impl Into<String>) -> Self {
        let extra = crate::record::Extra::default();
        Self { figure: figure.into(), least: None, most: None, note: String::new(), extra }
    }

    /// By how much a value misses it: below zero for what is short of the least, above zero for what is over the most, 0
    /// where it is met.
    ///
    /// ```
    /// use maakblok::model::Target;
    /// let jobs = Target { least: Some(200.0), ..Target::new("jobs") };
    /// assert_eq!((jobs.missed_by(192.0), jobs.missed_by(210.0)), (-8.0, 0.0));
    /// ```
    #[must_use]
    pub fn missed_by(&self, value: f64) -> f64 {
        match (self.least, self.most) {
            (Some(least), _) if value < least => value - least,
            (_, Some(most)) if value > most => value - most,
            _ => 0.0,
        }
    }

    /// Whether its least is over its most.
    #[must_use]
    pub fn is_crossed(&self) -> bool {
        self.least.zip(self.most).is_some_and(|(least, most)| least > most)
    }

    /// Whether it asks for something that can be: bounds that are numbers, the least not over the most.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let finite = |bound: Option<f64>| bound.is_none_or(f64::is_finite);
        finite(self.least) && finite(self.most) && !self.is_crossed() && (self.least.is_some() || self.most.is_some())
    }
}

impl Brief {
    /// The target of a figure.
    #[must_use]
    pub fn target_of(&self, figure: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.figure == figure)
    }

    /// The same with another target for its figure; one that asks for nothing goes.
    #[must_use]
    pub fn with_target(mut self, target: Target) -> Self {
        let place = self.targets.iter().position(|known| known.figure == target.figure);
        let asks = target.least.is_some() || target.most.is_some();
        match (place, asks) {
            (Some(at), true) => self.targets[at] = target,
            (Some(at), false) => drop(self.targets.remove(at)),
            (None, true) => self.targets.push(target),
            (None, false) => {}
        }
        self
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

//! What one project gives another: uses, rates, a brief and typologies, without anything that was drawn on its site.

use super::{Brief, OwnTypology, Project};
use crate::library::{OwnRates, UseOverride};
use crate::record::record;

record! {
    /// Uses, rates, a brief and typologies by themselves, as a `maakblok-library` file holds them.
    #[derive(Default)]
    pub struct SharedLibrary {
        /// Uses, and changes to those of the library.
        pub uses: Vec<UseOverride> = default,
        /// Rates.
        pub rates: OwnRates = default,
        /// What is asked for: targets, figures, remarks.
        pub brief: Brief = default,
        /// Typologies.
        pub typologies: Vec<OwnTypology> = default,
    }
}

impl SharedLibrary {
    /// What a project has to give.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self {
            uses: project.uses.clone(),
            rates: project.rates.clone(),
            brief: project.brief.clone(),
            typologies: project.typologies.clone(),
            ..Self::default()
        }
    }

    /// Gives it to a project, in place of what that has.
    pub fn put_into(self, project: &mut Project) {
        (project.uses, project.rates, project.brief) = (self.uses, self.rates, self.brief);
        project.typologies = self.typologies;
    }

    /// Whether it is just what a project has to give.
    #[must_use]
    pub fn is_of(&self, project: &Project) -> bool {
        self.uses == project.uses
            && self.rates == project.rates
            && self.brief == project.brief
            && self.typologies == project.typologies
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.uses.is_empty() && self.rates.is_empty() && self.brief.is_empty() && self.typologies.is_empty()
    }

    /// This with another over it: what the other says of a use, a rate, a figure or a target stands; what it does not
    /// speak of stays. Remarks that both have stand below each other.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        for theirs in other.uses {
            put(&mut self.uses, theirs, |own| own.id.clone());
        }
        self.rates.take(&other.rates);
        for figure in other.brief.figures {
            put(&mut self.brief.figures, figure, |own| own.id.clone());
        }
        for target in other.brief.targets {
            put(&mut self.brief.targets, target, |own| own.figure.clone());
        }
        for typology in other.typologies {
            put(&mut self.typologies, typology, |own| own.name.clone());
        }
        for (key, value) in other.extra.iter() {
            self.extra.keep(key, value.clone());
        }
        let (ours, theirs) = (&mut self.brief.notes, other.brief.notes);
        if ours.is_empty() {
            *ours = theirs;
        } else if !theirs.is_empty() && !ours.contains(&theirs) {
            ours.push_str("\n\n");
            ours.push_str(&theirs);
        }
        self
    }
}

/// Puts a thing in the place of the one of its name, or at the end.
fn put<T, K: PartialEq>(all: &mut Vec<T>, new: T, name: impl Fn(&T) -> K) {
    match all.iter_mut().find(|known| name(known) == name(&new)) {
        Some(known) => *known = new,
        None => all.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Target;
    use crate::num::Span;

    #[test]
    fn what_the_other_says_stands_and_the_rest_stays() {
        let mut ours = SharedLibrary { uses: vec![UseOverride::new("a"), UseOverride::new("b")], ..Default::default() };
        ours.rates.set("pv_per_roof", "", Span::exact(120.0), "ours");
        ours.brief.targets = vec![Target { least: Some(1.0), ..Target::new("fsi") }];
        ours.brief.notes = "quiet court".to_owned();
        let mut b = UseOverride::new("b");
        b.hidden = true;
        let mut theirs = SharedLibrary { uses: vec![b.clone(), UseOverride::new("c")], ..Default::default() };
        theirs.rates.set("rain_m_year", "", Span::exact(0.9), "theirs");
        theirs.brief.targets = vec![Target { least: Some(2.0), ..Target::new("fsi") }];
        theirs.brief.notes = "a lorry a day".to_owned();
        let both = ours.with(theirs.clone());
        assert_eq!(both.uses, [UseOverride::new("a"), b, UseOverride::new("c")]);
        assert_eq!(both.rates.iter().count(), 2);
        assert_eq!(both.brief.targets.len(), 1);
        assert_eq!(both.brief.target_of("fsi").and_then(|target| target.least), Some(2.0));
        assert_eq!(both.brief.notes, "quiet court\n\na lorry a day");
        assert_eq!(both.clone().with(theirs), both, "once is enough");
    }
}

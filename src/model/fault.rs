//! The faults that [`check`](super::check()) finds, and their words.

use super::Id;
use crate::geometry::RingFault;
use crate::i18n::{Arg, Lang, number, tr, tr_with};
use crate::library::{Library, RateFault, UseId};
use crate::num::decimals_of;

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Figures are right as defined, but the drawing may not be what was meant.
    Warning,
    /// A figure is wrong or leaves something out because it cannot be measured.
    Error,
}

/// Where a fault is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Where {
    /// The variant, where the fault lies in one.
    pub variant: Option<Id>,
    /// The thing.
    pub id: Option<Id>,
    /// The path in the project file, such as `/variants/0/volumes/3`; things stand there in order of id.
    pub path: String,
    /// The key of the kind of thing: `project`, `variant`, `plot`, `building`, `volume`, `surface`, `access`, `note`,
    /// `context` or `use`.
    pub kind: &'static str,
    /// What it is called; may be empty. Of a use that the project gives no name of its own: its id.
    pub name: String,
    /// Whether the name is the id of a use, which is called as the library calls it.
    pub is_use_id: bool,
    /// The storey of a volume, from the bottom, 0 being the first.
    pub storey: Option<usize>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// The project has no variant.
    NoVariants,
    /// The origin is no place on earth, or too near a pole.
    OriginNotOnEarth,
    /// A rate that is not above zero.
    Rate {
        /// The field, such as `dwelling_m2`.
        field: String,
        /// What is wrong with its numbers.
        why: RateFault,
    },
    /// A use of the project's own that does not say its family: it is left out.
    UseWithoutFamily,
    /// A number of a use that cannot be.
    UseNumber {
        /// The field, such as `m2_per_job`.
        field: &'static str,
    },
    /// A variant without a name: nothing to call it by.
    NoName,
    /// Two variants of one name: only the first can be asked for by name.
    NameTwice,
    /// An outline that cannot be measured.
    Outline(RingFault),
    /// A formula that cannot be read.
    Formula {
        /// What is wrong, in the order of [`Lang::ALL`].
        says: [String; 3],
        /// Where in its text, counted in characters from 1.
        column: usize,
    },
    /// A target for a figure that is not there.
    TargetOfNothing {
        /// The figure that is named.
        figure: String,
    },
    /// A target whose bounds cannot be.
    TargetBounds,
    /// A mezzanine that is no part of its storey.
    MezzanineShare {
        /// Its share.
        share: f64,
    },
    /// A load that no floor carries.
    Load {
        /// What is given, in kN/m².
        load_kn_m2: f64,
    },
    /// A point too far from the origin.
    PointTooFar,
    /// A building on a plot that is not there.
    MissingPlot {
        /// The plot that it names.
        plot: Id,
    },
    /// A volume of a building that is not there.
    MissingBuilding {
        /// The building that it names.
        building: Id,
    },
    /// A volume whose building stands on no plot.
    NoPlot,
    /// A volume that stands partly or wholly outside its plot.
    OutsidePlot {
        /// The plot as people call it.
        plot: String,
        /// How much of its footprint is outside, in m².
        outside_m2: f64,
    },
    /// Two volumes in one place: both count.
    VolumesOverlap {
        /// The other one.
        other: Id,
        /// What it is called.
        name: String,
        /// The ground they share, in m².
        area_m2: f64,
    },
    /// Two plots in one place: the ground counts twice.
    PlotsOverlap {
        /// The other one.
        other: Id,
        /// What it is called.
        name: String,
        /// The ground they share, in m².
        area_m2: f64,
    },
    /// Shares that do not sum to 1, or of which one is below 0 or above 1.
    Shares {
        /// Their sum.
        sum: f64,
    },
    /// A use that neither the library nor the project has.
    UnknownUse {
        /// Its name.
        id: UseId,
    },
    /// A height that is no height, or hard to believe.
    Height {
        /// The height in metres.
        height_m: f64,
    },
    /// A base level that is no level, or hard to believe.
    Base {
        /// The level in metres.
        base_m: f64,
    },
    /// A storey below ground on top of one above ground.
    StoreyOrder,
    /// No storeys: it counts for nothing.
    NoStoreys,
    /// A storey that counts above ground lies wholly under it.
    Buried,
    /// A storey that stands on one that is removed.
    OnRemoved,
    /// A storey lower or higher than any that one expects.
    StoreyHeight {
        /// Its height in metres.
        height_m: f64,
    },
    /// It states more homes than fit on its floor of housing, or far fewer, as when floors changed since: square metres for
    /// each.
    HomeSize {
        /// What it states.
        count: u32,
        /// Gross floor of housing for each, in m².
        each_m2: f64,
    },
    /// More storeys than exchange files carry.
    TooManyStoreys {
        /// How many.
        count: usize,
    },
    /// A known number of homes where no storey has housing: they do not count.
    HomesWithoutHousing {
        /// The number stated.
        count: u32,
    },
    /// Two typologies at work on one plot.
    RecipeTwice,
    /// Things that two typologies say they made.
    MadeTwice,
    /// A volume above the ground with nothing under it.
    Floating {
        /// Its base level in metres.
        base_m: f64,
    },
    /// Storeys below ground of a volume that begins above it.
    BasementInAir,
    /// Shares of jobs by skill that do not sum to 1.
    Skills {
        /// Their sum.
        sum: f64,
    },
}

/// Something wrong with a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub at: Where,
}

impl Fault {
    /// As people read it: the thing and what is wrong with it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let what = self.what(lang);
        let library = Library::built_in();
        let known = if self.at.is_use_id { library.get(&self.at.name.as_str().into()) } else { None };
        let name = known.map_or(self.at.name.as_str(), |known| known.name(lang));
        let mut thing = called(lang, self.at.kind, name, self.at.id);
        if let Some(storey) = self.at.storey {
            let number = (storey + 1).to_string();
            thing = tr_with(lang, "fault-storey", &[("thing", thing.into()), ("number", number.into())]);
        }
        tr_with(lang, "fault-at", &[("thing", thing.into()), ("what", what.into())])
    }

    /// What is wrong, without the thing.
    #[must_use]
    pub fn what(&self, lang: Lang) -> String {
        let say = |key: &str, args: &[(&str, Arg<'_>)]| tr_with(lang, key, args);
        let area = |m2: f64| Arg::from(number(lang, m2, if m2 < 10.0 { 1 } else { 0 }));
        let metres = |m: f64| Arg::from(number(lang, m, 2));
        match &self.kind {
            FaultKind::NoVariants => tr(lang, "fault-no-variants"),
            FaultKind::OriginNotOnEarth => tr(lang, "fault-origin"),
            FaultKind::Rate { field, why } => {
                say("fault-rate", &[("field", field.as_str().into()), ("why", rate_rule(*why, lang).into())])
            }
            FaultKind::UseWithoutFamily => tr(lang, "fault-use-family"),
            FaultKind::UseNumber { field } => {
                let rule = rule_of_use_field(field, lang);
                let name = tr(lang, use_field_name(field));
                say("fault-use-number", &[("name", name.into()), ("field", (*field).into()), ("rule", rule.into())])
            }
            FaultKind::NoName => tr(lang, "fault-no-name"),
            FaultKind::NameTwice => tr(lang, "fault-name-twice"),
            FaultKind::Outline(fault) => outline_fault(*fault, lang),
            FaultKind::PointTooFar => tr(lang, "fault-point-far"),
            FaultKind::MissingPlot { plot } => say("fault-missing-plot", &[("id", plot.to_string().into())]),
            FaultKind::MissingBuilding { building } => {
                say("fault-missing-building", &[("id", building.to_string().into())])
            }
            FaultKind::NoPlot => tr(lang, "fault-no-plot"),
            FaultKind::OutsidePlot { plot, outside_m2 } => {
                say("fault-outside", &[("plot", plot.as_str().into()), ("area", area(*outside_m2))])
            }
            FaultKind::VolumesOverlap { other, name, area_m2 } => {
                let other = called(lang, "volume", name, Some(*other));
                say("fault-volumes-overlap", &[("other", other.into()), ("area", area(*area_m2))])
            }
            FaultKind::PlotsOverlap { other, name, area_m2 } => {
                let other = called(lang, "plot", name, Some(*other));
                say("fault-plots-overlap", &[("other", other.into()), ("area", area(*area_m2))])
            }
            FaultKind::Shares { sum } => say("fault-shares", &[("sum", number(lang, *sum, 3).into())]),
            FaultKind::Formula { says, column } => {
                let text = says[lang.index()].as_str();
                say("fault-formula", &[("says", text.into()), ("column", column.to_string().into())])
            }
            FaultKind::TargetOfNothing { figure } => {
                say("fault-target-of-nothing", &[("figure", figure.as_str().into())])
            }
            FaultKind::TargetBounds => say("fault-target-bounds", &[]),
            FaultKind::MezzanineShare { share } => {
                say("fault-mezzanine", &[("share", number(lang, share * 100.0, 0).into())])
            }
            FaultKind::Load { load_kn_m2 } => {
                let most = number(lang, super::limits::MOST_LOAD_KN_M2, 0);
                say("fault-load", &[("load", number(lang, *load_kn_m2, 1).into()), ("most", most.into())])
            }
            FaultKind::UnknownUse { id } => say("fault-unknown-use", &[("use", id.as_str().into())]),
            FaultKind::Height { height_m } => {
                let most = number(lang, super::limits::REACH_UP_M, 0);
                say("fault-height", &[("height", metres(*height_m)), ("most", most.into())])
            }
            FaultKind::Base { base_m } => {
                let (least, most) = super::limits::BASE_M;
                let bound = |m: f64| Arg::from(number(lang, m, 0));
                say("fault-base", &[("base", metres(*base_m)), ("least", bound(least)), ("most", bound(most))])
            }
            FaultKind::StoreyOrder => tr(lang, "fault-storey-order"),
            FaultKind::NoStoreys => tr(lang, "fault-no-storeys"),
            FaultKind::TooManyStoreys { count } => {
                let most = super::limits::MOST_STOREYS.to_string();
                say("fault-too-many-storeys", &[("count", count.to_string().into()), ("most", most.into())])
            }
            FaultKind::HomesWithoutHousing { count } => say(
                "fault-homes-without-housing",
                &[("n", (*count as usize).into()), ("count", count.to_string().into())],
            ),
            FaultKind::Buried => tr(lang, "fault-buried"),
            FaultKind::OnRemoved => tr(lang, "fault-on-removed"),
            FaultKind::StoreyHeight { height_m } => {
                let (least, most) = super::limits::USUAL_STOREY_M;
                let usual = |m: f64| Arg::from(number(lang, m, 1));
                let args = [("height", metres(*height_m)), ("least", usual(least)), ("most", usual(most))];
                say("fault-storey-height", &args)
            }
            FaultKind::HomeSize { count, each_m2 } => say(
                "fault-home-size",
                &[("n", (*count as usize).into()), ("count", count.to_string().into()), ("area", area(*each_m2))],
            ),
            FaultKind::Floating { base_m } => say("fault-floating", &[("base", metres(*base_m))]),
            FaultKind::RecipeTwice => tr(lang, "fault-recipe-twice"),
            FaultKind::MadeTwice => tr(lang, "fault-made-twice"),
            FaultKind::BasementInAir => tr(lang, "fault-basement-in-air"),
            FaultKind::Skills { sum } => say("fault-skills", &[("sum", number(lang, *sum * 100.0, 1).into())]),
        }
    }
}

/// What a field of a use must be, as a sentence.
#[must_use]
pub fn use_field_rule(field: &str, lang: Lang) -> String {
    tr_with(lang, "fault-must-be", &[("rule", rule_of_use_field(field, lang).into())])
}

fn rule_of_use_field(field: &str, lang: Lang) -> String {
    let most = number(lang, super::limits::REACH_UP_M, 0);
    tr_with(lang, &format!("use-field-{}", field.replace('_', "-")), &[("most", most.into())])
}

/// What the numbers of a rate must do, without a subject.
#[must_use]
pub fn rate_rule(fault: RateFault, lang: Lang) -> String {
    // Bounds such as 0.05 as they are, without the decimals of others.
    let plain = |value: f64| Arg::from(number(lang, value, decimals_of(value, 0, 6)));
    match fault {
        RateFault::MustFall => tr(lang, "library-rate-falls"),
        RateFault::MustRise => tr(lang, "library-rate-rises"),
        RateFault::Bounds { least, most } => {
            tr_with(lang, "library-rate-bounds", &[("least", plain(least)), ("most", plain(most))])
        }
    }
}

/// What is wrong with an outline.
fn outline_fault(fault: RingFault, lang: Lang) -> String {
    tr(
        lang,
        match fault {
            RingFault::TooFewPoints => "fault-outline-points",
            RingFault::OutOfReach => "fault-outline-far",
            RingFault::SelfCrossing => "fault-outline-crossing",
            RingFault::NoArea => "fault-outline-area",
        },
    )
}

/// A thing as people call it: its kind and name, or its number where it has no name.
fn called(lang: Lang, kind: &str, name: &str, id: Option<Id>) -> String {
    let kind = tr(lang, &format!("fault-kind-{kind}"));
    match (name.trim().is_empty(), id) {
        (false, _) => tr_with(lang, "fault-thing-named", &[("kind", kind.into()), ("name", name.into())]),
        (true, Some(id)) => {
            tr_with(lang, "fault-thing-numbered", &[("kind", kind.into()), ("id", id.to_string().into())])
        }
        (true, None) => kind,
    }
}

/// The message that says what a field of a use is called, as the editor of uses has it.
#[must_use]
pub fn use_field_name(field: &str) -> &'static str {
    match field {
        "m2_per_job" => "library-area-per-job",
        "goods_per_1000m2_day" => "library-goods",
        "floor_to_floor_m" => "library-height",
        "clear_height_m" => "library-clear",
        "live_load_kn_m2" => "library-load",
        "plan_depth_m" => "library-depth",
        "nuisance_class" => "library-nuisance",
        "electricity_kwh_m2_y" => "library-electricity",
        "heat_kwh_m2_y" => "library-heat",
        "nia_per_gfa" => "library-net",
        _ => "library-color",
    }
}

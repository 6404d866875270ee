//! The selected storeys: everything about one, or what can be said of several at once.

use egui::{Ui, Vec2};

use super::shapes::use_choices;
use super::stack::{level, level_m};
use crate::i18n::{Lang, UNDEFINED, number, part_of, tr, tr_with};
use crate::library::{Library, UseId};
use crate::look::{Role, TypeRole};
use crate::measure::fit::{self, Fit, Verdict};
use crate::model::limits::{MOST_LOAD_KN_M2, STOREY_HEIGHT_M};
use crate::model::{State, Storey, Volume};
use crate::studio::{Action, LevelChange, Session, StoreyChange};
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;

/// Everything about the selected storey.
pub fn one(ui: &mut Ui, session: &Session, volume: &Volume, at: usize, lang: Lang, actions: &mut Vec<Action>) {
    let storey = &volume.storeys[at];
    let title = format!("{} {}", tr(lang, "stack-storey"), level(volume, at, lang));
    let floor_m = volume.levels_m().nth(at).map_or(volume.base_m, |(floor_m, _)| floor_m);
    // The name may be cut where there is little room, the number must not.
    let floor = format!("{} · {}", level_m(floor_m, lang), volume.name);
    kit::section_head(ui, Some(Icon::Layers), &title, &floor);
    let theme = Theme::of(ui.ctx());
    let change = |change: StoreyChange| Action::Storeys(vec![volume.id], change);
    let (uses, choices) = with_void(use_choices(session, lang), lang);
    let shares = storey.uses.shares();
    for (index, share) in shares.iter().enumerate() {
        let label = if index == 0 { tr(lang, "field-use") } else { String::new() };
        kit::field_row(ui, &label, |ui| {
            let current = uses.iter().position(|id| *id == share.id);
            let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-use"), current, share.id.as_str(), &choices);
            if let Some(id) = chosen.and_then(|i| uses.get(i)) {
                actions.push(change(match shares.len() {
                    1 => StoreyChange::Use(at, id.clone()),
                    _ => StoreyChange::ReplaceShare(at, index, id.clone()),
                }));
            }
        });
        if shares.len() > 1 {
            share_row(ui, volume, at, index, share.share, lang, actions);
        }
    }
    add_share_row(ui, storey, at, (&uses, &choices), lang, actions, &change);
    height_row(ui, volume, at, lang, actions);
    mezzanine_rows(ui, session, volume, at, lang, actions);
    if let Some(state) = state_row(ui, Some(storey.state), lang) {
        actions.push(change(StoreyChange::State(at, state)));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
        for (key, step) in [("stack-up", StoreyChange::Up(at)), ("stack-down", StoreyChange::Down(at))] {
            let link = kit::link(ui, TypeRole::Small, &tr(lang, key));
            kit::tip(&link, &tr(lang, &format!("{key}-tip")), None);
            if link.clicked() {
                let to = if key == "stack-up" { at + 1 } else { at.saturating_sub(1) };
                actions.push(change(step));
                actions.push(Action::SelectStorey(Some(to.min(volume.storeys.len() - 1))));
            }
        }
    });
    ui.add_space(theme.space(3));
    if let Some(fit) = fit::fit(storey, fit::depth_m(&volume.footprint), session.library()) {
        fit_rows(ui, volume, at, (&fit, session.library()), lang, actions);
    }
    ui.add_space(theme.space(3));
    kit::seam(ui);
}

/// Everything about several storeys, of one volume or of many.
pub fn several(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let variant = session.variant();
    let levels = session.selection().levels();
    let volumes: Vec<_> = session.selection().ids().filter_map(|id| variant.volumes.get(id)).collect();
    let storeys: Vec<&Storey> =
        volumes.iter().flat_map(|volume| levels.storeys_of(volume).map(|at| &volume.storeys[at])).collect();
    let count = number(lang, storeys.len() as f64, 0);
    let title = tr_with(lang, "strip-storeys", &[("n", storeys.len().into()), ("count", count.into())]);
    kit::section_head(ui, Some(Icon::Layers), &title, &levels.words(lang));
    let same = |same: bool| same.then_some(());
    let first_use = storeys.first().and_then(|storey| storey.uses.main());
    let (uses, choices) = with_void(use_choices(session, lang), lang);
    kit::field_row(ui, &tr(lang, "field-use"), |ui| {
        let alike = same(storeys.iter().all(|storey| storey.uses.main() == first_use));
        let current = alike.and(first_use).and_then(|first| uses.iter().position(|id| id == first));
        let differs = tr(lang, "state-differs");
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-use"), current, &differs, &choices);
        if let Some(id) = chosen.and_then(|at| uses.get(at)) {
            actions.push(Action::Levels(LevelChange::Use(id.clone())));
        }
    });
    let first_m = storeys.first().map_or(0.0, |storey| storey.height_m);
    let alike = storeys.iter().all(|storey| storey.height_m == first_m);
    kit::field_row(ui, &tr(lang, "field-height"), |ui| {
        let mut height_m = if alike { first_m } else { f64::NAN };
        let (low, high) = STOREY_HEIGHT_M;
        let (name, differs) = (tr(lang, "field-height"), tr(lang, "state-differs"));
        let field = kit::NumberField::new(("levels height", alike), &mut height_m)
            .unit("m")
            .decimals(2)
            .range(low..=high)
            .lang(lang)
            .placeholder((!alike).then_some(differs.as_str()))
            .name(&name);
        if field.show(ui).committed && height_m.is_finite() && !(alike && height_m == first_m) {
            actions.push(Action::Levels(LevelChange::Height(height_m)));
        }
    });
    let first_state = storeys.first().map(|storey| storey.state);
    let alike = storeys.iter().all(|storey| Some(storey.state) == first_state);
    if let Some(state) = state_row(ui, first_state.filter(|_| alike), lang) {
        actions.push(Action::Levels(LevelChange::State(state)));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
        let locked = storeys.iter().all(|storey| storey.height_locked);
        let lock = if locked { "stack-unlock" } else { "stack-lock" };
        for (key, change) in [
            (lock, LevelChange::Lock(!locked)),
            ("stack-up", LevelChange::Up),
            ("stack-down", LevelChange::Down),
            ("stack-duplicate", LevelChange::Duplicate),
            ("stack-remove", LevelChange::Remove),
        ] {
            let link = kit::link(ui, TypeRole::Small, &tr(lang, key));
            kit::tip(&link, &tr(lang, &format!("{key}-tip")), None);
            if link.clicked() {
                actions.push(Action::Levels(change));
            }
        }
    });
    ui.add_space(theme.space(4));
    kit::seam(ui);
}

/// The height, with the lock that keeps it when the use changes.
fn height_row(ui: &mut Ui, volume: &Volume, at: usize, lang: Lang, actions: &mut Vec<Action>) {
    let storey = &volume.storeys[at];
    kit::field_row(ui, &tr(lang, "field-height"), |ui| {
        let mut height_m = storey.height_m;
        let (low, high) = STOREY_HEIGHT_M;
        let name = tr(lang, "field-height");
        let field = kit::NumberField::new((volume.id, "height"), &mut height_m)
            .unit("m")
            .decimals(2)
            .range(low..=high)
            .lang(lang)
            .name(&name);
        let width = ui.available_width() - 30.0;
        let committed = ui.allocate_ui(Vec2::new(width, 24.0), |ui| field.show(ui).committed).inner;
        if committed && height_m != storey.height_m {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::Height(at, height_m)));
        }
        let (icon, key) =
            if storey.height_locked { (Icon::Lock, "stack-unlock-tip") } else { (Icon::Unlock, "stack-lock-tip") };
        if kit::icon_button(ui, icon, &tr(lang, key), None, storey.height_locked, true).clicked() {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::Lock(at, !storey.height_locked)));
        }
    });
}

/// A second floor within the storey: its share and its use.
fn mezzanine_rows(ui: &mut Ui, session: &Session, volume: &Volume, at: usize, lang: Lang, actions: &mut Vec<Action>) {
    /// What a new mezzanine takes of the floor.
    const FIRST_SHARE: f64 = 0.3;
    let storey = &volume.storeys[at];
    let mut set = |mezzanine| actions.push(Action::Storeys(vec![volume.id], StoreyChange::Mezzanine(at, mezzanine)));
    let Some(mezzanine) = &storey.mezzanine else {
        kit::field_row(ui, "", |ui| {
            let link = kit::link(ui, TypeRole::Small, &tr(lang, "stack-add-mezzanine"));
            kit::tip(&link, &tr(lang, "stack-add-mezzanine-tip"), None);
            if link.clicked()
                && let Some(id) = storey.uses.main()
            {
                set(Some((FIRST_SHARE, id.clone())));
            }
        });
        return;
    };
    let of = mezzanine.uses.main().cloned();
    let name = tr(lang, "field-mezzanine");
    kit::field_row(ui, &name, |ui| {
        let mut percent = mezzanine.share * 100.0;
        let field = kit::NumberField::new((volume.id, at, "mezzanine"), &mut percent)
            .unit("%")
            .decimals(0)
            .range(1.0..=100.0)
            .lang(lang)
            .name(&name);
        let width = ui.available_width() - 64.0;
        let committed = ui.allocate_ui(Vec2::new(width, 24.0), |ui| field.show(ui).committed).inner;
        if committed && let Some(id) = &of {
            set(Some((percent / 100.0, id.clone())));
        }
        ui.add_space(8.0);
        let link = kit::link(ui, TypeRole::Small, &tr(lang, "stack-remove-use"));
        kit::tip(&link, &tr(lang, "stack-remove-mezzanine-tip"), None);
        if link.clicked() {
            set(None);
        }
    });
    let (uses, choices) = use_choices(session, lang);
    kit::field_row(ui, "", |ui| {
        let current = of.as_ref().and_then(|of| uses.iter().position(|id| id == of));
        let (chosen, _) = kit::dropdown(ui, &name, current, "", &choices);
        if let Some(id) = chosen.and_then(|at| uses.get(at)) {
            set(Some((mezzanine.share, id.clone())));
        }
    });
}

/// The choices with the void after them: a storey may be one, or be one in part.
fn with_void((mut uses, mut choices): (Vec<UseId>, Vec<Choice>), lang: Lang) -> (Vec<UseId>, Vec<Choice>) {
    uses.push(UseId::VOID.into());
    choices.push(Choice::new(tr(lang, "use-void")));
    (uses, choices)
}

/// What the use asks of the storey, each with its verdict; the load can be told.
fn fit_rows(
    ui: &mut Ui,
    volume: &Volume,
    at: usize,
    (fit, library): (&Fit, &Library),
    lang: Lang,
    actions: &mut Vec<Action>,
) {
    let theme = Theme::of(ui.ctx());
    ui.label(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, "fit-title")));
    for (words, verdict) in fit_words(fit, library, lang) {
        let (sign, ink) = match verdict {
            Verdict::Fits => ("✓", Role::Ink2),
            Verdict::Open => ("–", Role::Ink2),
            Verdict::Misfit => ("!", Role::Warning),
        };
        ui.add(egui::Label::new(theme.text(TypeRole::Small, ink, format!("{sign} {words}"))).wrap());
    }
    let load = volume.storeys[at].load_kn_m2;
    super::shapes::number_row(
        ui,
        (volume.id, "load"),
        &tr(lang, "field-load"),
        load,
        "kN/m²",
        1,
        0.0..=MOST_LOAD_KN_M2,
        lang,
        |load| actions.push(Action::Storeys(vec![volume.id], StoreyChange::Load(at, load))),
    );
}

/// What a use asks of its storey and what it gets, and whether that will do.
pub(in crate::ui) fn fit_words(fit: &Fit, library: &Library, lang: Lang) -> [(String, Verdict); 3] {
    let metres = |value: f64| number(lang, value, 2);
    let one = |value: f64| number(lang, value, 1);
    let clear = &fit.clear_height_m;
    let load = &fit.load_kn_m2;
    let depth = &fit.depth_m;
    let given = |value: Option<f64>, words: &dyn Fn(f64) -> String| value.map_or_else(|| UNDEFINED.to_owned(), words);
    let of = |key: &str, given: String, least: String, most: String| {
        tr_with(lang, key, &[("given", given.into()), ("least", least.into()), ("most", most.into())])
    };
    let [clear_verdict, load_verdict, depth_verdict] = fit.verdicts();
    let depth_words = of("fit-depth", given(depth.given, &one), one(depth.least), one(depth.most));
    let depth_words = match &fit.depth_of {
        Some(id) => part_of(lang, &library.use_name(id, lang), &depth_words),
        None => depth_words,
    };
    [
        (of("fit-clear", given(clear.given, &metres), metres(clear.least), String::new()), clear_verdict),
        (of("fit-load", given(load.given, &one), one(load.least), String::new()), load_verdict),
        (depth_words, depth_verdict),
    ]
}

/// What becomes of a storey, or of all of them (`None` where they differ); the state chosen comes back.
pub(super) fn state_row(ui: &mut Ui, current: Option<State>, lang: Lang) -> Option<State> {
    const STATES: [State; 4] = [State::New, State::Existing, State::Kept, State::Removed];
    kit::field_row(ui, &tr(lang, "field-state"), |ui| {
        let choices: Vec<Choice> =
            STATES.iter().map(|s| Choice::new(tr(lang, &format!("state-{}", s.key())))).collect();
        let at = STATES.iter().position(|state| Some(*state) == current);
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-state"), at, &tr(lang, "state-differs"), &choices);
        chosen.and_then(|i| STATES.get(i)).copied()
    })
}

fn share_row(ui: &mut Ui, volume: &Volume, at: usize, index: usize, share: f64, lang: Lang, actions: &mut Vec<Action>) {
    kit::field_row(ui, &tr(lang, "field-share"), |ui| {
        let mut percent = share * 100.0;
        let name = tr(lang, "field-share");
        let field = kit::NumberField::new((volume.id, at, index, "share"), &mut percent)
            .unit("%")
            .decimals(1)
            .range(0.0..=100.0)
            .lang(lang)
            .name(&name);
        let width = ui.available_width() - 64.0;
        let committed = ui.allocate_ui(Vec2::new(width, 24.0), |ui| field.show(ui).committed).inner;
        if committed {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::Share(at, index, percent / 100.0)));
        }
        ui.add_space(8.0);
        let link = kit::link(ui, TypeRole::Small, &tr(lang, "stack-remove-use"));
        kit::tip(&link, &tr(lang, "stack-remove-use-tip"), None);
        if link.clicked() {
            actions.push(Action::Storeys(vec![volume.id], StoreyChange::RemoveShare(at, index)));
        }
    });
}

fn add_share_row(
    ui: &mut Ui,
    storey: &Storey,
    at: usize,
    (uses, choices): (&[UseId], &[Choice]),
    lang: Lang,
    actions: &mut Vec<Action>,
    change: &impl Fn(StoreyChange) -> Action,
) {
    let free = uses.iter().zip(choices).filter(|(id, _)| storey.uses.shares().iter().all(|share| share.id != **id));
    let (free, choices): (Vec<&UseId>, Vec<Choice>) = free.map(|(id, choice)| (id, choice.clone())).unzip();
    kit::field_row(ui, "", |ui| {
        let (chosen, _) = kit::dropdown(ui, &tr(lang, "stack-add-use"), None, &tr(lang, "stack-add-use"), &choices);
        if let Some(&id) = chosen.and_then(|i| free.get(i)) {
            actions.push(change(StoreyChange::AddShare(at, id.clone())));
        }
    });
}

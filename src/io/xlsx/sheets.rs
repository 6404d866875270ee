//! What stands in the sheets of the workbook.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Looks, Page, Put, column, sheet_name};
use crate::i18n::{Lang, UNDEFINED, tr};
use crate::library::{Family, RateId, UseId};
use crate::measure::{FigureId, Figures, FloorPiece, PlotFigures, Sums};
use crate::model::{Id, Project, Variant, Volume};
use crate::num::Span;

/// What the workbook is of.
pub(super) struct Book<'a> {
    pub project: &'a Project,
    pub variant: &'a Variant,
    pub sums: &'a Sums,
    pub pieces: &'a [FloorPiece],
    /// Whether plots and buildings are summed by formula.
    pub is_live: bool,
    pub lang: Lang,
}

/// The columns of `Storeys` that are summed.
const AREA: &str = "O";
const PROGRAMME: &str = "P";
const PRODUCTIVE: &str = "Q";
const HOUSING: &str = "R";
const JOBS: [&str; 3] = ["S", "T", "U"];
const HOMES: [&str; 3] = ["W", "X", "Y"];
const PLOT: &str = "A";
const BUILDING: &str = "C";
const STATE: &str = "J";
const ABOVE: &str = "K";

impl Book<'_> {
    pub(super) fn fill(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let looks = Looks::new();
        let mut page = |key: &str, fill: &dyn Fn(&mut Page<'_>) -> Result<(), XlsxError>| {
            let sheet = workbook.add_worksheet();
            sheet.set_name(sheet_name(key, self.lang))?;
            fill(&mut Page { sheet, looks: &looks, line: 0 })
        };
        page("figures", &|page| self.figures(page))?;
        page("plots", &|page| self.plots(page))?;
        page("buildings", &|page| self.buildings(page))?;
        page("storeys", &|page| self.storeys(page))?;
        page("uses", &|page| self.uses(page))?;
        page("rates", &|page| self.rates(page))?;
        page("sources", &|page| self.sources(page))
    }

    pub(super) fn names(&self, keys: &[&str]) -> Vec<String> {
        let name = |key: &&str| match FigureId::from_key(key) {
            Some(figure) => {
                let unit = figure.unit(self.lang);
                if unit.is_empty() { figure.name(self.lang) } else { format!("{} ({unit})", figure.name(self.lang)) }
            }
            None => tr(self.lang, &format!("column-{}", key.replace('_', "-"))),
        };
        keys.iter().map(name).collect()
    }

    pub(super) fn three(&self, name: &str) -> [String; 3] {
        ["library-low", "library-mid", "library-high"].map(|key| format!("{name}, {}", tr(self.lang, key)))
    }

    /// A column of the pieces of floor.
    fn of_storeys(&self, letter: &str) -> String {
        column(&sheet_name("storeys", self.lang), letter, self.pieces.len())
    }

    /// What a column of the pieces comes to, of those that a cell says which.
    fn sum_of(&self, letter: &str, by: &str, row: u32, rest: &str) -> String {
        format!("=SUMIFS({},{},$A{row}{rest})", self.of_storeys(letter), self.of_storeys(by))
    }

    fn is_above(&self) -> String {
        format!(",{},1", self.of_storeys(ABOVE))
    }

    fn is_below(&self) -> String {
        let removed = tr(self.lang, "state-removed");
        format!(",{},0,{},\"<>{removed}\"", self.of_storeys(ABOVE), self.of_storeys(STATE))
    }

    /// Every piece of floor, with what follows from its use.
    fn storeys(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names = self.names(&[
            "number",
            "plot",
            "number",
            "building",
            "number",
            "volume",
            "level",
            "use_id",
            "uses",
            "state",
            "above",
            "height_m",
            "footprint",
            "share",
            "area",
            "programme_m2",
            "productive_m2",
            "housing_m2",
        ]);
        names.extend(self.three(&FigureId::Jobs.name(lang)));
        names.push(tr(lang, "column-homes-known"));
        names.extend(self.three(&FigureId::Dwellings.name(lang)));
        let widths = [6.0, 18.0, 6.0, 18.0, 6.0, 18.0, 6.0, 20.0, 22.0, 10.0, 8.0];
        page.head(&names, &widths)?;
        let uses = sheet_name("uses", lang);
        let count = self.sums.coefficients().library.uses().len();
        let of_use = |letter: &str, row: u32, literal: Option<usize>| {
            let place = match literal {
                Some(place) => place.to_string(),
                None => format!("MATCH($H{row},{},0)", column(&uses, "A", count)),
            };
            format!("INDEX({},{place})", column(&uses, letter, count))
        };
        let rates = sheet_name("rates", lang);
        let home = ["D", "E", "F"].map(|letter| format!("'{rates}'!${letter}${}", self.dwelling_line()));
        let mut told: BTreeSet<Id> = BTreeSet::new();
        for piece in self.pieces {
            let row = page.row();
            let Some(volume) = self.variant.volumes.get(piece.volume) else { continue };
            let names = Named::of(self.variant, volume);
            let library = &self.sums.coefficients().library;
            let known = library.get(&piece.use_id);
            let literal = self.place_of(&piece.use_id);
            let use_name = library.use_name(&piece.use_id, lang);
            let footprint_m2 = volume.footprint.area_m2();
            let share = if footprint_m2 > 0.0 { piece.area_m2 / footprint_m2 } else { 0.0 };
            let above = f64::from(u8::from(piece.is_above));
            let part = |is: bool| Some(if is && piece.is_above { piece.area_m2 } else { 0.0 });
            // Floor of a use that nobody knows is programme, as in the program, and nothing else.
            let flag = |letter: &str, else_part: &str| {
                let part = of_use(letter, row, literal);
                format!("=IF($K{row}=1,{AREA}{row}*IFERROR({part},{else_part}),0)")
            };
            let jobs = self.jobs_of(piece);
            let job =
                |letter: &str| format!("=IF($K{row}=1,IFERROR({AREA}{row}/{},0),0)", of_use(letter, row, literal));
            // A known number stands with the first floor of homes of its volume, whatever kind of homes they are.
            let is_home = known.is_some_and(|known| known.family == Family::Housing);
            let homes_known = match volume.dwellings.filter(|_| piece.is_above && is_home) {
                Some(count) if told.insert(volume.id) => Some(f64::from(count)),
                _ => piece.homes_counted.then_some(0.0),
            };
            let homes = self.homes_of(piece, homes_known);
            let homes_at = |at: usize| {
                let estimate = format!("IF(EXACT($H{row},\"housing\"),{AREA}{row}/{},0)", home[at]);
                format!("=IF($K{row}=1,IF($V{row}=\"\",{estimate},$V{row}),0)")
            };
            let height_m = volume.storeys.get(piece.storey).map_or(0.0, |storey| storey.height_m);
            page.put(&[
                Put::Number(names.plot_number, 0),
                Put::Words(&names.plot),
                Put::Number(volume.building.0 as f64, 0),
                Put::Words(&names.building),
                Put::Number(volume.id.0 as f64, 0),
                Put::Words(&volume.name),
                Put::Number(volume.level(piece.storey) as f64, 0),
                Put::Words(piece.use_id.as_str()),
                Put::Words(&use_name),
                Put::Words(&tr(lang, &format!("state-{}", piece.state.key()))),
                Put::Number(above, 0),
                Put::Number(height_m, 2),
                Put::Input(footprint_m2, 2),
                Put::Input(share, 3),
                Put::Live(format!("=M{row}*N{row}"), Some(piece.area_m2), 2),
                Put::Live(flag("D", "1"), part(known.is_none_or(|known| known.family.is_programme())), 2),
                Put::Live(flag("E", "0"), part(known.is_some_and(|known| known.productive)), 2),
                Put::Live(flag("F", "0"), part(known.is_some_and(|known| known.family == Family::Housing)), 2),
                Put::Live(job("G"), Some(jobs.low), 2),
                Put::Live(job("H"), Some(jobs.mid), 2),
                Put::Live(job("I"), Some(jobs.high), 2),
                homes_known.map_or(Put::Nothing, |count| Put::Input(count, 0)),
                Put::Live(homes_at(0), Some(homes.low), 2),
                Put::Live(homes_at(1), Some(homes.mid), 2),
                Put::Live(homes_at(2), Some(homes.high), 2),
            ])?;
        }
        Ok(())
    }

    /// The line of a use, where a spreadsheet would not find it by its name: it does not tell large letters from small, and
    /// takes signs for any letters.
    fn place_of(&self, id: &UseId) -> Option<usize> {
        let uses = self.sums.coefficients().library.uses();
        let alike = uses.iter().filter(|known| known.id.as_str().eq_ignore_ascii_case(id.as_str())).count();
        if alike <= 1 && !id.as_str().contains(['*', '?', '~']) {
            return None;
        }
        uses.iter().position(|known| known.id == *id).map(|at| at + 1)
    }

    fn jobs_of(&self, piece: &FloorPiece) -> Span {
        let coefficients = self.sums.coefficients();
        let rate = RateId::named("area_per_job").zip(coefficients.library.ix(&piece.use_id));
        let rate = rate.and_then(|(rate, ix)| coefficients.rates.of_use(rate, ix)).filter(|_| piece.is_above);
        rate.map(|rate| over(piece.area_m2, rate.value)).unwrap_or_default()
    }

    fn homes_of(&self, piece: &FloorPiece, known: Option<f64>) -> Span {
        if !piece.is_above || (known.is_none() && piece.use_id.as_str() != "housing") {
            return Span::default();
        }
        let rate = RateId::named("dwelling_m2").and_then(|rate| self.sums.coefficients().rates.project(rate));
        known.map(Span::exact).or_else(|| Some(over(piece.area_m2, rate?.value))).unwrap_or_default()
    }

    fn plots(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names = self.names(&[
            "number",
            "name",
            "region",
            "plot_area_m2",
            "footprint_m2",
            "gfa_m2",
            "gfa_below_m2",
            "fsi",
            "gsi",
            "l",
            "osr",
            "productive_share",
            "mxi_percent",
        ]);
        names.extend(self.three(&FigureId::Jobs.name(lang)));
        names.extend(self.three(&FigureId::Dwellings.name(lang)));
        page.head(&names, &[6.0, 24.0, 22.0])?;
        self.sums.with_plots(self.project, |plots| {
            for of in plots {
                self.plot_row(page, &of)?;
            }
            Ok::<_, XlsxError>(())
        })?;
        self.plots_foot(page)
    }

    fn plot_row(&self, page: &mut Page<'_>, of: &PlotFigures) -> Result<(), XlsxError> {
        let lang = self.lang;
        let row = page.row();
        let region = self.variant.plots.get(of.plot).map(|plot| plot.region.key()).unwrap_or_default();
        let region = tr(lang, &format!("region-{region}"));
        let ground = [FigureId::PlotArea, FigureId::Footprint]
            .map(|id| one(id, &of.figures).map_or(Put::Nothing, |value| Put::Input(value, 2)));
        let [plot_area, footprint] = ground;
        let mut cells =
            vec![Put::Number(of.plot.0 as f64, 0), Put::Words(&of.name), Put::Words(&region), plot_area, footprint];
        cells.extend(self.programme(row, PLOT, &of.figures));
        cells.extend(densities(row, &format!("F{row}"), &of.figures));
        cells.extend(self.mixes(row, PLOT, &of.figures));
        cells.extend(self.people(row, PLOT, &of.figures));
        page.put(&cells)
    }

    /// What stands on no plot, and the sum of all. Densities count what stands on plots.
    fn plots_foot(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let nowhere = tr(lang, "volume-on-no-plot");
        let row = page.row();
        let off: BTreeSet<Id> =
            self.variant.volumes.iter().filter(|v| self.variant.plot_of(v).is_none()).map(|v| v.id).collect();
        let figures = self.sums.of_volumes(self.project, off.iter().copied());
        let mut cells = vec![
            Put::Number(0.0, 0),
            Put::Words(&nowhere),
            Put::Nothing,
            Put::Nothing,
            Put::Input(one(FigureId::Footprint, &figures).unwrap_or(0.0), 2),
        ];
        cells.extend(self.programme(row, PLOT, &figures));
        cells.extend((0..4).map(|_| Put::Nothing));
        cells.extend(self.mixes(row, PLOT, &figures));
        cells.extend(self.people(row, PLOT, &figures));
        page.put(&cells)?;

        let (last, row) = (row, page.row());
        let totals = self.sums.totals();
        let all = tr(lang, "column-total");
        let sum = |letter: &str| format!("=SUM({letter}2:{letter}{last})");
        let on_plots = if last > 2 { format!("SUM(F2:F{})", last - 1) } else { "0".to_owned() };
        let on_ground = if last > 2 { format!("SUM(E2:E{})", last - 1) } else { "0".to_owned() };
        let ratio = |over: &str, under: &str| format!("=IF({under}>0,{over}/{under},\"{UNDEFINED}\")");
        let live = |figure: FigureId, text: String, decimals: u8| Put::Live(text, one(figure, &totals), decimals);
        let mut cells = vec![
            Put::Nothing,
            Put::Words(&all),
            Put::Nothing,
            live(FigureId::PlotArea, sum("D"), 0),
            live(FigureId::Footprint, sum("E"), 0),
            live(FigureId::Gfa, sum("F"), 0),
            live(FigureId::GfaBelow, sum("G"), 0),
            live(FigureId::Fsi, ratio(&on_plots, &format!("D{row}")), 2),
            live(FigureId::Gsi, ratio(&on_ground, &format!("D{row}")), 2),
            live(FigureId::L, ratio(&on_plots, &on_ground), 1),
            live(FigureId::Osr, ratio(&format!("(D{row}-{on_ground})"), &on_plots), 2),
        ];
        let whole = |letter: &str| format!("SUMIFS({},{},1)", self.of_storeys(letter), self.of_storeys(ABOVE));
        let share = |letter: &str, times: &str| {
            let programme = whole(PROGRAMME);
            format!("=IF({programme}>0,{times}{}/{programme},\"{UNDEFINED}\")", whole(letter))
        };
        cells.push(Put::Percent(share(PRODUCTIVE, ""), one(FigureId::ProductiveShare, &totals)));
        cells.push(live(FigureId::Mxi, share(HOUSING, "100*"), 0));
        for (figure, letters) in [(FigureId::Jobs, ["N", "O", "P"]), (FigureId::Dwellings, ["Q", "R", "S"])] {
            let span = span(figure, &totals);
            let parts = [span.low, span.mid, span.high];
            cells.extend(letters.into_iter().zip(parts).map(|(letter, value)| Put::Live(sum(letter), Some(value), 0)));
        }
        page.put(&cells)
    }

    /// Floor above and below ground.
    fn programme(&self, row: u32, by: &str, figures: &Figures) -> [Put<'static>; 2] {
        let of = [(FigureId::Gfa, self.is_above()), (FigureId::GfaBelow, self.is_below())];
        of.map(|(figure, rest)| self.live(self.sum_of(AREA, by, row, &rest), one(figure, figures), 0))
    }

    /// The productive share and the mixed-use index.
    fn mixes(&self, row: u32, by: &str, figures: &Figures) -> [Put<'static>; 2] {
        let above = self.is_above();
        let sum = |letter: &str| self.sum_of(letter, by, row, &above).trim_start_matches('=').to_owned();
        let share = |letter: &str, times: &str| {
            format!("=IF({0}>0,{times}{1}/{0},\"{UNDEFINED}\")", sum(PROGRAMME), sum(letter))
        };
        let productive = one(FigureId::ProductiveShare, figures);
        let productive = match (self.is_live, productive) {
            (true, value) => Put::Percent(share(PRODUCTIVE, ""), value),
            (false, Some(value)) => Put::Number(value, 2),
            (false, None) => Put::Nothing,
        };
        [productive, self.live(share(HOUSING, "100*"), one(FigureId::Mxi, figures), 0)]
    }

    /// Jobs and homes, each low, mid and high.
    fn people(&self, row: u32, by: &str, figures: &Figures) -> Vec<Put<'static>> {
        let mut cells = Vec::with_capacity(6);
        for (figure, letters) in [(FigureId::Jobs, JOBS), (FigureId::Dwellings, HOMES)] {
            let span = span(figure, figures);
            for (letter, value) in letters.into_iter().zip([span.low, span.mid, span.high]) {
                cells.push(self.live(self.sum_of(letter, by, row, ""), Some(value), 1));
            }
        }
        cells
    }

    fn live(&self, formula: String, value: Option<f64>, decimals: u8) -> Put<'static> {
        match (self.is_live, value) {
            (true, value) => Put::Live(formula, value, decimals),
            (false, Some(value)) => Put::Number(value, decimals),
            (false, None) => Put::Nothing,
        }
    }

    fn buildings(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names =
            self.names(&["number", "name", "plot", "gfa_m2", "gfa_below_m2", "productive_share", "mxi_percent"]);
        names.extend(self.three(&FigureId::Jobs.name(lang)));
        names.extend(self.three(&FigureId::Dwellings.name(lang)));
        page.head(&names, &[6.0, 24.0, 22.0])?;
        let mut volumes: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for volume in self.variant.volumes.iter() {
            volumes.entry(volume.building).or_default().push(volume.id);
        }
        for building in self.variant.buildings.iter() {
            let row = page.row();
            let of = volumes.get(&building.id).cloned().unwrap_or_default();
            let figures = self.sums.of_volumes(self.project, of);
            let plot = building.plot.and_then(|id| self.variant.plots.get(id));
            let plot = plot.map_or_else(|| tr(lang, "volume-on-no-plot"), |plot| plot.name.clone());
            let mut cells = vec![Put::Number(building.id.0 as f64, 0), Put::Words(&building.name), Put::Words(&plot)];
            cells.extend(self.programme(row, BUILDING, &figures));
            cells.extend(self.mixes(row, BUILDING, &figures));
            cells.extend(self.people(row, BUILDING, &figures));
            page.put(&cells)?;
        }
        Ok(())
    }
}

/// FSI, GSI, mean storeys and openness of a line, from its own cells.
fn densities(row: u32, floor: &str, figures: &Figures) -> [Put<'static>; 4] {
    let ratio = |over: String, under: &str| format!("=IF({under}{row}>0,{over}/{under}{row},\"{UNDEFINED}\")");
    let live = |figure: FigureId, text: String, decimals: u8| Put::Live(text, one(figure, figures), decimals);
    [
        live(FigureId::Fsi, ratio(floor.to_owned(), "D"), 2),
        live(FigureId::Gsi, ratio(format!("E{row}"), "D"), 2),
        live(FigureId::L, ratio(floor.to_owned(), "E"), 1),
        live(FigureId::Osr, ratio(format!("(D{row}-E{row})"), "F"), 2),
    ]
}

/// A figure in the unit of reports: a share is a part of 1.
fn one(figure: FigureId, figures: &Figures) -> Option<f64> {
    Some(figure.value(figures).mid()? / figure.measure().shown_factor())
}

fn span(figure: FigureId, figures: &Figures) -> Span {
    figure.value(figures).span().unwrap_or_default()
}

/// An area over areas for one: the sparse gives the low number.
fn over(area_m2: f64, for_one: Span) -> Span {
    let of = |m2: f64| if m2 > 0.0 { area_m2 / m2 } else { 0.0 };
    Span { low: of(for_one.low), mid: of(for_one.mid), high: of(for_one.high) }
}

/// What a volume stands on and belongs to.
struct Named {
    plot_number: f64,
    plot: String,
    building: String,
}

impl Named {
    fn of(variant: &Variant, volume: &Volume) -> Self {
        let building = variant.buildings.get(volume.building);
        let plot = building.and_then(|building| building.plot).and_then(|id| variant.plots.get(id));
        Self {
            plot_number: plot.map_or(0.0, |plot| plot.id.0 as f64),
            plot: plot.map(|plot| plot.name.clone()).unwrap_or_default(),
            building: building.map(|building| building.name.clone()).unwrap_or_default(),
        }
    }
}

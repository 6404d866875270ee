//! What stands in the rows of each schedule.

use std::collections::BTreeMap;

use super::columns::{Column, ColumnId, ScheduleKind};
use super::{Cell, Row, RowOf};
use crate::measure::{FigureId, FigureValue, Figures, PlotFigures, Scope, Sums, lifts};
use crate::model::{Building, Id, Plot, Project, Variant, Volume};

pub(super) fn rows(kind: ScheduleKind, project: &Project, variant: &Variant, sums: &Sums, scope: &Scope) -> Vec<Row> {
    match kind {
        ScheduleKind::Plots => plots(project, variant, sums, scope),
        ScheduleKind::Buildings => buildings(project, variant, sums, scope),
        ScheduleKind::Storeys => storeys(project, variant, sums, scope),
    }
}

fn plots(project: &Project, variant: &Variant, sums: &Sums, scope: &Scope) -> Vec<Row> {
    let row = |of: PlotFigures| {
        let plot = variant.plots.get(of.plot).filter(|plot| is_in(plot, scope, variant))?;
        let cell = |column: &Column| match column.id {
            ColumnId::Name => Cell::Text(plot.name.clone()),
            ColumnId::Region => Cell::Region(plot.region),
            _ => figure(column, &of.figures),
        };
        Some(Row { of: RowOf::Plot(plot.id), cells: ScheduleKind::Plots.columns().iter().map(cell).collect() })
    };
    sums.with_plots(project, |plots| plots.filter_map(row).collect())
}

/// Whether a plot is in a scope: of some volumes, when one of them stands on it.
fn is_in(plot: &Plot, scope: &Scope, variant: &Variant) -> bool {
    match scope {
        Scope::All => true,
        Scope::Region(region) => plot.region == *region,
        Scope::Plot(id) => plot.id == *id,
        Scope::Volumes(volumes) => {
            let mut of = volumes.iter().filter_map(|id| variant.volumes.get(*id));
            of.any(|volume| variant.plot_of(volume) == Some(plot.id))
        }
    }
}

fn figure(column: &Column, figures: &Figures) -> Cell {
    let ColumnId::Figure(id) = column.id else { return Cell::Number(None) };
    match id.value(figures) {
        FigureValue::One(value) => Cell::Number(value),
        FigureValue::Range(span) => Cell::Range(span),
    }
}

fn buildings(project: &Project, variant: &Variant, sums: &Sums, scope: &Scope) -> Vec<Row> {
    let mut volumes: BTreeMap<Id, Vec<&Volume>> = BTreeMap::new();
    for volume in scope.volumes(variant) {
        volumes.entry(volume.building).or_default().push(volume);
    }
    let lifts = lifts(variant);
    let figures_of = ScheduleKind::Buildings.columns().iter().filter_map(|column| match column.id {
        ColumnId::Figure(figure) => Some(figure),
        _ => None,
    });
    let last = figures_of.max_by_key(|figure| *figure as usize).unwrap_or(FigureId::PlotArea);
    let row = |(): &mut (), building: &&Building| {
        let of = volumes.get(&building.id)?;
        let figures = sums.of_volumes_until(project, of.iter().map(|volume| volume.id), last);
        // A tower counts from what carries it.
        let above = |volume: &&Volume| {
            let own = volume.storeys.iter().filter(|storey| storey.stands_above()).count();
            own as i64 + lifts.get(&volume.id).unwrap_or(&0)
        };
        let top_m = of.iter().filter_map(|volume| volume.standing_levels_m()).map(|(_, top_m)| top_m);
        let cell = |column: &Column| match (column.id, column.key) {
            (ColumnId::Name, _) => Cell::Text(building.name.clone()),
            (ColumnId::Plot, _) => plot_cell(building.plot, variant),
            (_, "storeys_above") => Cell::Number(of.iter().map(above).max().map(|count| count as f64)),
            (_, "top_m") => Cell::Number(top_m.clone().reduce(f64::max)),
            _ => figure(column, &figures),
        };
        let cells = ScheduleKind::Buildings.columns().iter().map(cell).collect();
        Some(Row { of: RowOf::Building(building.id), cells })
    };
    let buildings: Vec<&Building> = variant.buildings.iter().map(|building| &**building).collect();
    crate::cores::ahead(&buildings, row, |rows| rows.flatten().collect())
}

fn plot_cell(plot: Option<Id>, variant: &Variant) -> Cell {
    match plot.and_then(|id| variant.plots.get(id)) {
        Some(plot) => Cell::Plot(Some(plot.id), plot.called()),
        None => Cell::Plot(None, String::new()),
    }
}

fn storeys(project: &Project, variant: &Variant, sums: &Sums, scope: &Scope) -> Vec<Row> {
    // They come volume by volume, in the same order.
    let mut pieces = sums.floor_pieces(project, scope).into_iter().peekable();
    let mut rows = Vec::new();
    for volume in scope.volumes(variant) {
        let building = variant.buildings.get(volume.building);
        let plot = plot_cell(building.and_then(|building| building.plot), variant);
        let sound = volume.footprint.fault().is_none();
        let mut areas_m2 = vec![0.0; volume.storeys.len()];
        while let Some(piece) = pieces.next_if(|piece| piece.volume == volume.id) {
            areas_m2[piece.storey] += piece.area_m2;
        }
        for ((at, storey), area_m2) in volume.storeys.iter().enumerate().zip(areas_m2) {
            // As strip, inspector and explanations count them.
            let level = volume.level(at);
            let cell = |column: &Column| match (column.id, column.key) {
                (ColumnId::Name, _) => Cell::Text(volume.name.clone()),
                (ColumnId::Uses, _) => Cell::Uses(storey.uses.clone()),
                (ColumnId::State, _) => Cell::State(storey.state),
                (ColumnId::Height, _) => Cell::Number(Some(storey.height_m)),
                (_, "plot") => plot.clone(),
                (_, "building") => Cell::Text(building.map(|building| building.name.clone()).unwrap_or_default()),
                (_, "level") => Cell::Number(Some(level as f64)),
                (_, "area_m2") => Cell::Number(sound.then_some(area_m2)),
                _ => Cell::Number(None),
            };
            let cells = ScheduleKind::Storeys.columns().iter().map(cell).collect();
            rows.push(Row { of: RowOf::Storey(volume.id, at), cells });
        }
    }
    rows
}

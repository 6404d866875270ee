//! Every figure once: its name, its unit and its formula. What computes it also explains it.

use super::figure_id::{Shape, Traits};
use super::units::Measure;
use crate::library::sources::{BIOTOPE, ENTROPY, HEAT_MATCH, MXI, PRODUCTIVE, SPACEMATRIX};

macro_rules! figures {
    ($( $(#[$meta:meta])* $name:ident: $key:literal, $measure:ident, $decimals:literal, $shape:ident, $formula:literal
        $(, $source:ident)*; )*) => {
        /// A figure that can be shown, asked and explained.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FigureId { $( $(#[$meta])* $name ),* }

        impl FigureId {
            /// All figures in the order of reports.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),* ];

            pub(super) fn traits(self) -> Traits {
                match self {
                    $( Self::$name => Traits {
                        key: $key,
                        measure: Measure::$measure,
                        decimals: $decimals,
                        shape: Shape::$shape,
                        formula: $formula,
                        sources: &[ $($source),* ],
                    } ),*
                }
            }
        }
    };
}

figures! {
    /// Plot area.
    PlotArea: "plot_area_m2", M2, 0, One, "plots.area";
    /// Footprint.
    Footprint: "footprint_m2", M2, 0, One, "ground.footprint";
    /// Gross floor area above ground.
    Gfa: "gfa_m2", M2, 0, One, "sum(area)";
    /// Gross floor area below ground.
    GfaBelow: "gfa_below_m2", M2, 0, One, "sum(area of basement)";
    /// Programme floor.
    Programme: "programme_m2", M2, 0, One, "sum(area where use.programme)";
    /// Productive floor.
    Productive: "productive_m2", M2, 0, One, "sum(area where use.productive)", PRODUCTIVE;
    /// Floor space index.
    Fsi: "fsi", Plain, 2, One, "sum(area where on_plot) / site.area", SPACEMATRIX;
    /// Ground space index.
    Gsi: "gsi", Plain, 2, One, "site.footprint / site.area", SPACEMATRIX;
    /// Mean number of storeys: FSI / GSI, where the plot area cancels out.
    L: "l", Plain, 1, One, "sum(area where on_plot) / site.footprint", SPACEMATRIX;
    /// Open space ratio: (1 − GSI) / FSI, where the plot area cancels out.
    Osr: "osr", Plain, 2, One, "(site.area - site.footprint) / sum(area where on_plot)", SPACEMATRIX;
    /// Mixed-use index.
    Mxi: "mxi_percent", Percent, 0, One, "100 * sum(area where use.family = housing) / programme_m2", MXI;
    /// Productive share of all floor.
    ProductiveShare: "productive_share", Share, 0, One, "productive_m2 / programme_m2", PRODUCTIVE;
    /// Productive share of the ground floors.
    GroundProductiveShare: "ground_productive_share", Share, 1, One,
        "sum(area where ground and use.productive) / sum(area where ground and use.programme)", PRODUCTIVE;
    /// Entropy of the families: 0 is one family, 1 all eight in equal parts.
    Entropy: "entropy", Plain, 2, One, "max(0, -sum(share * ln(share) of families)) / ln(8)", ENTROPY;
    /// Effective number of families.
    EffectiveUses: "effective_uses", Plain, 1, One, "1 / sum(share * share of families)", ENTROPY;
    /// Dwellings.
    Dwellings: "dwellings", Homes, 0, Range,
        "sum(area / dwelling_m2 where use = housing and not homes_counted) + sum(homes of counted_homes)";
    /// Student rooms.
    StudentRooms: "student_rooms", Rooms, 0, One, "sum(area / mid(student_room_m2) where use = student_housing)";
    /// Residents.
    Residents: "residents", Persons, 0, Range,
        "sum(area / dwelling_m2 * region.household where use = housing and not homes_counted) + sum(homes * region.household of counted_homes) + student_rooms * 1 person/room";
    /// Jobs.
    Jobs: "jobs", Jobs, 0, Range, "sum(area / use.area_per_job)";
    /// Low-skilled jobs.
    JobsLowSkilled: "jobs_by_skill.low", Jobs, 0, One, "sum(area / mid(use.area_per_job) * mid(use.skill_low))";
    /// Middle-skilled jobs.
    JobsMiddleSkilled: "jobs_by_skill.middle", Jobs, 0, One,
        "sum(area / mid(use.area_per_job) * mid(use.skill_middle))";
    /// High-skilled jobs.
    JobsHighSkilled: "jobs_by_skill.high", Jobs, 0, One, "sum(area / mid(use.area_per_job) * mid(use.skill_high))";
    /// Jobs per hectare of plot.
    JobsPerHa: "jobs_per_ha", JobsPerHa, 0, One, "sum(area / mid(use.area_per_job) where on_plot) / site.area";
    /// Dwellings per hectare of plot.
    DwellingsPerHa: "dwellings_per_ha", HomesPerHa, 0, One,
        "(sum(area / mid(dwelling_m2) where use = housing and not homes_counted and on_plot) + sum(homes of counted_homes where on_plot)) / site.area";
    /// Goods movements a day.
    GoodsMovements: "goods_movements_day", TripsPerDay, 0, Range, "sum(area * use.goods)";

    /// Gross internal area.
    Gia: "gia_m2", M2, 0, Range, "gfa_m2 * gia_per_gfa";
    /// Net internal area.
    Nia: "nia_m2", M2, 0, Range, "sum(area * use.net)";
    /// Floor above ground as it is today.
    GfaToday: "gfa_today_m2", M2, 0, One, "sum(area of storeys where not below and not state = new)";
    /// Floor above ground that stays.
    GfaKept: "gfa_kept_m2", M2, 0, One, "sum(area where state in (existing, kept))";
    /// New floor above ground.
    GfaNew: "gfa_new_m2", M2, 0, One, "sum(area where state = new)";
    /// Floor above ground that goes.
    GfaRemoved: "gfa_removed_m2", M2, 0, One, "sum(area of storeys where not below and state = removed)";
    /// Productive floor as it is today.
    ProductiveToday: "productive_today_m2", M2, 0, One,
        "sum(area of storeys where use.productive and not below and not state = new)", PRODUCTIVE;
    /// Productive floor that goes.
    ProductiveLost: "productive_lost_m2", M2, 0, One,
        "sum(area of storeys where use.productive and not below and state = removed)", PRODUCTIVE;
    /// New productive floor.
    ProductiveNew: "productive_new_m2", M2, 0, One, "sum(area where use.productive and state = new)", PRODUCTIVE;
    /// Productive floor gained less lost.
    ProductiveBalance: "productive_balance_m2", M2, 0, One, "productive_new_m2 - productive_lost_m2", PRODUCTIVE;
    /// Share of work in the programme.
    MixWorking: "mix_working_percent", Percent, 0, One,
        "100 * sum(area where use.programme and not use.family in (housing, trade, facilities)) / programme_m2", MXI;
    /// Share of amenities in the programme.
    MixAmenities: "mix_amenities_percent", Percent, 0, One,
        "100 * sum(area where use.family in (trade, facilities)) / programme_m2", MXI;
    /// Homes of one room.
    HomesStudio: "homes_by_size.studio", Homes, 0, Range, "dwellings * homes_studio";
    /// Homes with one bedroom.
    HomesOneBed: "homes_by_size.one_bed", Homes, 0, Range, "dwellings * homes_1_bed";
    /// Homes with two bedrooms.
    HomesTwoBed: "homes_by_size.two_bed", Homes, 0, Range, "dwellings * homes_2_bed";
    /// Homes with three bedrooms.
    HomesThreeBed: "homes_by_size.three_bed", Homes, 0, Range, "dwellings * homes_3_bed";
    /// Homes with four bedrooms.
    HomesFourBed: "homes_by_size.four_bed", Homes, 0, Range, "dwellings * homes_4_bed";
    /// Jobs for each resident.
    JobsPerResident: "jobs_per_resident", JobsPerPerson, 2, Range, "jobs / residents";
    /// How even jobs and homes are.
    JobsHousingBalance: "jobs_housing_balance", Share, 0, Range, "evenness(jobs, jobs_per_home * dwellings)";
    /// Movements of lorries a day.
    LorryMovements: "lorry_movements_day", TripsPerDay, 0, Range, "sum(area * use.goods * use.lorry_share)";
    /// Loading bays.
    LoadingBays: "loading_bays", Plain, 0, Range,
        "ceil(sum(area * use.goods * peak_share * blend(use.lorry_share, dwell_lorry_h, dwell_van_h)) / bay_utilisation)";
    /// Car places asked for.
    CarPlaces: "car_places", Places, 0, Range, "cars_per_home * dwellings + sum(area / use.m2_per_car)";
    /// Van places asked for.
    VanPlaces: "van_places", Places, 0, Range, "sum(area / use.m2_per_van)";
    /// Bicycle places asked for.
    BikePlaces: "bike_places", Places, 0, Range,
        "bikes_per_home * dwellings + bikes_per_room * student_rooms + sum(area / use.m2_per_bike)";
    /// Car places that there is room for.
    CarPlacesDrawn: "car_places_drawn", Places, 0, Range,
        "sum(area / car_space_m2 of storeys where use = parking and not state = removed)";
    /// Ground that is not built over.
    OpenGround: "open_ground_m2", M2, 0, One, "site.area - site.footprint";
    /// Planted ground.
    Green: "green_m2", M2, 0, One, "sum(area of surfaces where kind = green)";
    /// Ground with nothing built below it that rain sinks into.
    FullSoil: "full_soil_m2", M2, 0, One, "sum(area of surfaces where on_soil and kind in (green, open_ground))";
    /// Working yards.
    Yard: "yard_m2", M2, 0, One, "sum(area of surfaces where kind = yard)";
    /// Biotope factor.
    Biotope: "biotope_factor", Plain, 2, Range,
        "(sum(area * surface.biotope of surfaces where on_soil) + sum(area * min(surface.biotope, biotope_on_slab) of surfaces where not on_soil) + site.roof * green_roof_share * biotope_green_roof) / site.area",
        BIOTOPE;
    /// Roof.
    Roof: "roof_m2", M2, 0, One, "roof.area";
    /// Yield of solar panels.
    Pv: "pv_mwh_year", MwhPerYear, 0, Range, "roof.area * pv_per_roof";
    /// Electricity asked for.
    Electricity: "electricity_mwh_year", MwhPerYear, 0, Range,
        "energy_range * (sum(area * use.electricity of storeys where state = new) + sum(area * first_known(use.electricity_stock, use.electricity) of storeys where state in (existing, kept)))";
    /// Heat asked for.
    Heat: "heat_mwh_year", MwhPerYear, 0, Range,
        "energy_range * (sum(area * use.heat of storeys where state = new) + sum(area * first_known(use.heat_stock, use.heat) of storeys where state in (existing, kept)))";
    /// Solar yield over electricity.
    PvCover: "pv_cover", Share, 0, Range, "pv_mwh_year / electricity_mwh_year";
    /// Heat that can be recovered.
    RecoverableHeat: "recoverable_heat_mwh_year", MwhPerYear, 0, Range,
        "energy_range * (sum(area * use.electricity * use.recover_electricity of storeys where not state = removed) + sum(area * use.heat * use.recover_heat of storeys where not state = removed))";
    /// Recoverable heat over the heat asked for, all of it at most: as if none had farther to go than the 300 m within which
    /// heat is worth a pipe, so an upper bound where a scope is larger.
    HeatMatch: "heat_match", Share, 0, Range,
        "min(1, (sum(area * use.electricity * use.recover_electricity of storeys where not state = removed) + sum(area * use.heat * use.recover_heat of storeys where not state = removed)) / (sum(area * use.heat of storeys where state = new) + sum(area * first_known(use.heat_stock, use.heat) of storeys where state in (existing, kept))))",
        HEAT_MATCH;
    /// Rain from roofs.
    RainRoof: "rain_roof_m3_year", M3PerYear, 0, Range,
        "roof.area * rain_m_year * blend(green_roof_share, runoff_green_roof, runoff_roof)";
    /// Rain that runs off roofs and ground.
    Runoff: "runoff_m3_year", M3PerYear, 0, Range,
        "rain_m_year * (site.roof * blend(green_roof_share, runoff_green_roof, runoff_roof) + sum(area * surface.runoff of surfaces) + max(0 m2, site.area - site.footprint - sum(area of surfaces)) * runoff_undrawn)";
    /// Rainwater tank.
    RainTank: "rain_tank_m3", M3, 0, Range, "roof.area * tank_m";
    /// Rainwater that can be used.
    RainUse: "rain_use_m3_year", M3PerYear, 0, Range, "residents * rain_use_m3";
    /// Part of that use which the roofs give.
    RainCover: "rain_cover", Share, 0, Range, "min(1, rain_roof_m3_year / rain_use_m3_year)";
    /// Waste of jobs and households.
    Waste: "waste_t_year", TonnesPerYear, 0, Range,
        "sum(area / use.area_per_job * use.waste_per_job) + residents * waste_per_person";
    /// Materials that reuse and recovery handle.
    Handled: "handled_t_year", TonnesPerYear, 0, Range, "sum(area * use.handled_t)";
    /// Mass of what is built.
    Material: "material_t", Tonnes, 0, Range, "sum(area * use.mass_t of storeys where state = new)";
    /// Mass of what is demolished.
    Demolition: "demolition_t", Tonnes, 0, Range, "sum(area * use.mass_t of storeys where state = removed)";
    /// Carbon of what is built.
    Carbon: "carbon_t", Tonnes, 0, Range, "sum(area * use.carbon_kg of storeys where state = new)";
    /// Carbon that is not spent because buildings stay.
    CarbonSaved: "carbon_saved_t", Tonnes, 0, Range,
        "carbon_saving * sum(area * use.carbon_kg of storeys where state = kept)";
    /// Rough cost of building.
    Cost: "build_cost_eur", Euros, 1, Range,
        "sum(area * use.cost_eur where state = new and (ground or not use.productive)) + sum(area * cost_stacked_eur where state = new and use.productive and not ground) + sum(area * use.cost_eur of basement where state = new)";
    /// Rough rent.
    Rent: "rent_eur_year", EurosPerYear, 2, Range, "sum(area * use.net * use.rent_eur)";
}

impl FigureId {
    /// The figures that stand in every plot's line of a report; the others stand in totals and regions.
    pub const CORE: usize = 25;

    /// The twelve that matter most, in the order of the panel.
    pub const HEAD: [Self; 12] = [
        Self::Gfa,
        Self::Fsi,
        Self::Gsi,
        Self::L,
        Self::Jobs,
        Self::JobsPerHa,
        Self::Dwellings,
        Self::Residents,
        Self::Productive,
        Self::GroundProductiveShare,
        Self::Mxi,
        Self::GoodsMovements,
    ];
}

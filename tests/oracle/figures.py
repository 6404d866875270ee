#!/usr/bin/env python3
"""Figures of the projects in tests/core/measure/hand.rs, computed apart from the program.

Geometry is done by hand: each project is a list of floor areas, plots, footprints, roofs and ground. Rates are read
from assets/library; the formulas are written here again, in plain arithmetic. Ranges are found by trying every
combination of low and high, not by interval arithmetic.

    python3 tests/oracle/figures.py > tests/data/figures.csv
"""
import csv, itertools, math, os, sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
USES = {row["id"]: row for row in csv.DictReader(open(os.path.join(ROOT, "assets/library/uses.csv"), encoding="utf-8"))}
RATES = {}
for row in csv.DictReader(open(os.path.join(ROOT, "assets/library/rates.csv"), encoding="utf-8")):
    three = [float(row[k]) for k in ("low", "mid", "high")] if row["mid"] else None
    RATES[(row["id"], row["of"])] = three

PROGRAMME = ["making", "reuse", "logistics", "growing", "trade", "office", "facilities", "housing"]


def floor(use, m2, state="new", level="upper", counted=False, place="brussels"):
    return dict(use=use, m2=m2, state=state, level=level, counted=counted, place=place)


def site(floors=(), plots=0.0, footprint=0.0, roof=None, ground=(), homes=(), elsewhere=(0.0, 0.0), own=None):
    return dict(floors=list(floors), plots=plots, footprint=footprint, roof=footprint if roof is None else roof,
                ground=list(ground), homes=list(homes), elsewhere=elsewhere, own=own or {})


G = dict(level="ground")
SITES = {
    "hall": site([floor("light_industry", 500, **G)], 2000, 500),
    "plinth": site([floor("craft_workshop", 1200, **G), floor("housing", 2400)], 2400, 1200,
                   ground=[("yard", True, 600)]),
    "shares": site([floor("maker_space", 240, place="flanders", **G), floor("retail", 160, place="flanders", **G),
                    floor("housing", 600, place="flanders"), floor("parking", 200, place="flanders")], 1000, 400),
    "court": site([floor("office", 800, **G), floor("office", 1600)], 1600, 800),
    # The garden is 20 × 10, of which 16 × 5 over the cellar.
    "cellars": site([floor("parking", 160, level="below"), floor("warehouse", 160, level="below"),
                     floor("office", 160, **G), floor("parking", 80, level="below")], 400, 160,
                    ground=[("green", True, 120), ("green", False, 80)]),
    "conversion": site([floor("manufacturing", 1000, "kept", **G), floor("office", 1000, "removed"),
                        floor("warehouse", 400, "removed"), floor("housing", 200, **G), floor("housing", 800),
                        floor("repair_reuse", 600, "existing", **G)], 4000, 1000 + 200 + 600),
    "border": site([floor("housing", 100, **G), floor("housing", 400),
                    floor("housing", 100, place="flanders", **G), floor("housing", 400, place="flanders"),
                    floor("retail", 50, place="flanders", **G)], 1000 + 600, 100 + 100 + 50),
    "overlap": site([floor("food_production", 400, **G), floor("food_production", 400),
                     floor("wholesale", 400, **G)], 2500, 700),
    "counted": site([floor("housing", 100, counted=True, **G), floor("housing", 500, counted=True),
                     floor("housing", 100, **G), floor("housing", 300)], 1000, 200, homes=[("brussels", 7)]),
    "students": site([floor("hospitality", 100, **G), floor("student_housing", 700)], 600, 100),
    "heat": site([floor("data_centre", 100, **G), floor("housing", 900)], 1600, 100),
    # Green 20 × 20 less 10 × 20 under the school; street 40 × 10 less 10 × 10 out of the plot and 20 × 5 under the
    # yard; open ground 30 × 10 less 10 × 10 out of the plot.
    "garden": site([floor("school", 400, **G), floor("school", 400)], 3000, 400,
                   ground=[("green", True, 200), ("street", True, 200), ("water", True, 100),
                           ("open_ground", True, 200), ("paved", True, 100), ("yard", True, 200)]),
    "stack": site([floor("repair_reuse", 600, place="flanders", **G)]
                  + [floor(use, 600, place="flanders") for use in ("maker_space", "craft_workshop", "incubator", "growing")],
                  1500, 600),
    "no plot": site([floor("office", 160, place="nowhere", **G), floor("office", 160, place="nowhere")],
                    elsewhere=(160, 160)),
    "empty": site(plots=2000),
    "nothing": site(),
    "stranger": site([floor("brewery", 200, **G), floor("hotel", 100, **G), floor("hotel", 200)], 1600, 300),
    "own": site([floor("brewery", 400, **G), floor("housing", 400), floor("office", 400)], 1000, 400,
                own={"dwelling_m2": [100, 80, 64], "green_roof_share": [0.25, 0.5, 0.75],
                     "homes_studio": [0.1] * 3, "homes_1_bed": [0.2] * 3, "homes_2_bed": [0.4] * 3,
                     "homes_3_bed": [0.2] * 3, "homes_4_bed": [0.1] * 3, "m2_per_car office": [100] * 3,
                     "area_per_job brewery": [50, 40, 25]}),
    # The top leans over the house by 5 × 10; the bridge stands on nothing.
    "hover": site([floor("culture_sport", 100, **G), floor("studio", 300), floor("office", 200)], 1000, 100,
                  roof=150 + 200),
    "depot": site([floor("parking", 3000, level="below"), floor("final_mile_logistics", 3000, **G),
                   floor("warehouse", 3000), floor("construction_trades", 3000), floor("plant", 100, **G),
                   floor("materials_recovery", 200, **G)], 8000, 3300, ground=[("yard", True, 1000)]),
    # A mezzanine is floor above the ground floor; 500 × 60 % round the void.
    "mezzanine": site([floor("craft_workshop", 500, **G), floor("office", 200), floor("office", 300)], 2000, 500),
}


class Project:
    def __init__(self, site):
        self.site = site
        self.at = None  # which of low, mid and high each rate takes

    def known(self, use):
        return USES.get(use)

    def family(self, use):
        if use == "brewery" and "area_per_job brewery" in self.site["own"]:
            return "making"
        return USES[use]["family"] if use in USES else None

    def productive(self, use):
        if self.family(use) not in PROGRAMME:
            return False
        return use == "brewery" or USES[use]["productive"] == "1"

    def programme(self, use):
        return self.family(use) is None or self.family(use) in PROGRAMME

    def pick(self, key, three):
        """One of three by the choice that is being tried."""
        if three is None:
            return None
        return three[self.at.get(key, self.at[None])]

    def rate(self, name):
        own = self.site["own"].get(name)
        return self.pick(name, own or RATES.get((name, "")))

    def of_use(self, name, use):
        own = self.site["own"]
        if f"{name} {use}" in own:
            return self.pick(f"{name} {use}", own[f"{name} {use}"])
        family = self.family(use)
        if family is None:
            return None
        if use not in USES and name in ("area_per_job", "goods", "electricity", "heat", "net", "skill_low", "skill_middle", "skill_high"):
            # A use of a project's own before anything is said of it.
            return {"goods": 0.0, "electricity": 0.0, "heat": 0.0, "net": 0.85}.get(name)
        column = {
            "area_per_job": ["m2_gfa_per_job_sparse", "m2_gfa_per_job_mid", "m2_gfa_per_job_dense"],
            "goods": [f"goods_movements_per_1000m2_day_{k}" for k in ("low", "mid", "high")],
            "electricity": ["electricity_kwh_m2_y"] * 3, "heat": ["heat_kwh_m2_y"] * 3, "net": ["nia_per_gfa"] * 3,
            "skill_low": ["skill_low_pct"] * 3, "skill_middle": ["skill_mid_pct"] * 3, "skill_high": ["skill_high_pct"] * 3,
        }.get(name)
        if column:
            if USES[use][column[1]] == "":
                return None
            three = [float(USES[use][k]) for k in column]
            if name.startswith("skill"):
                three = [x / 100 for x in three]
            return self.pick(f"{name} {use}", three)
        for of in (use, f"family:{family}", ""):
            if (name, of) in RATES:
                return self.pick(f"{name} {of}", RATES[(name, of)])
        return None

    def sum(self, row, keep=lambda f: True, tables=("ground", "upper"), removed=False):
        total = 0.0
        for f in self.site["floors"]:
            if f["level"] in tables and (removed or f["state"] != "removed") and keep(f):
                value = row(f)
                total += 0.0 if value is None else value
        return total

    def area(self, keep=lambda f: True, **more):
        return self.sum(lambda f: f["m2"], keep, **more)


ALL = ("ground", "upper", "below")


def per(a, b):
    return None if a is None or b in (None, 0) else a / b


def times(*parts):
    return None if any(p is None for p in parts) else math.prod(parts)


def figures(p):
    """All figures for one choice of rates."""
    s = p.site
    plots, foot, roof = s["plots"], s["footprint"], s["roof"]
    on_site = lambda value: value if plots else None
    else_foot, else_roof = s["elsewhere"]
    on_plot = lambda f: f["place"] != "nowhere"
    fam = lambda *names: lambda f: p.family(f["use"]) in names
    gfa, gfa_plot = p.area(), p.area(on_plot)
    programme = p.area(lambda f: p.programme(f["use"]))
    productive = p.area(lambda f: p.productive(f["use"]))
    is_home = lambda f: f["use"] == "housing" and not f["counted"]
    household = {"brussels": p.rate("household_brussels"), "flanders": p.rate("household_flanders"), "nowhere": p.rate("household_elsewhere")}
    homes = p.sum(lambda f: f["m2"] / p.rate("dwelling_m2"), is_home) + sum(n for _, n in s["homes"])
    rooms = p.sum(lambda f: f["m2"] / RATES[("student_room_m2", "")][1], lambda f: f["use"] == "student_housing")
    residents = (p.sum(lambda f: f["m2"] / p.rate("dwelling_m2") * household[f["place"]], is_home)
                 + sum(n * household[where] for where, n in s["homes"]) + rooms)
    job = lambda f: per(f["m2"], p.of_use("area_per_job", f["use"]))
    jobs = p.sum(job)
    mid = Project(s)
    mid.at = {None: 1}
    midjob = lambda f: per(f["m2"], mid.of_use("area_per_job", f["use"]))
    skill = lambda name: p.sum(lambda f: times(midjob(f), mid.of_use(name, f["use"])))
    by_family = [p.area(fam(name)) for name in PROGRAMME]
    shares = [a / sum(by_family) for a in by_family if a] if sum(by_family) else []
    ground = lambda keep: sum(a for kind, soil, a in s["ground"] if keep(kind, soil))
    surface = lambda name, kind: p.pick(f"{name} {kind}", RATES[(name, kind)])
    state = lambda *names: lambda f: f["state"] in names
    stock = lambda name, f: p.of_use(name + "_stock", f["use"]) if p.of_use(name + "_stock", f["use"]) is not None else p.of_use(name, f["use"])
    goods = lambda f: times(f["m2"], p.of_use("goods", f["use"]), 1 / 1000)
    lorry = lambda f: p.of_use("lorry_share", f["use"])
    energy = lambda name: p.rate("energy_range") * 1e-3 * (
        p.sum(lambda f: times(f["m2"], p.of_use(name, f["use"])), state("new"), tables=ALL)
        + p.sum(lambda f: times(f["m2"], stock(name, f)), state("existing", "kept"), tables=ALL))
    electricity, heat = energy("electricity"), energy("heat")
    runoff_roof = p.rate("green_roof_share") * p.rate("runoff_green_roof") + (1 - p.rate("green_roof_share")) * p.rate("runoff_roof")
    rain = p.rate("rain_m_year")
    rain_roof = (roof + else_roof) * rain * runoff_roof
    rain_use = residents * p.rate("rain_use_m3") * 365
    pv = (roof + else_roof) * p.rate("pv_per_roof") * 1e-3
    undrawn = max(0.0, plots - foot - ground(lambda k, o: True))
    bays = p.sum(lambda f: times(goods(f), p.rate("peak_share"), None if lorry(f) is None else
                                 lorry(f) * p.rate("dwell_lorry_h") + (1 - lorry(f)) * p.rate("dwell_van_h")))
    cost = (p.sum(lambda f: times(f["m2"], p.of_use("cost_eur", f["use"])),
                  lambda f: f["state"] == "new" and (f["level"] == "ground" or not p.productive(f["use"])))
            + p.sum(lambda f: f["m2"] * p.rate("cost_stacked_eur"),
                    lambda f: f["state"] == "new" and p.productive(f["use"]) and f["level"] != "ground")
            + p.sum(lambda f: times(f["m2"], p.of_use("cost_eur", f["use"])), state("new"), tables=("below",)))
    new_productive = p.area(lambda f: p.productive(f["use"]) and f["state"] == "new")
    lost_productive = p.area(lambda f: p.productive(f["use"]) and f["state"] == "removed", removed=True)
    jobs_k = p.rate("jobs_per_home") * homes
    even = None if jobs + jobs_k == 0 else 1 - abs(jobs - jobs_k) / (jobs + jobs_k)
    size = lambda name: times(homes, p.rate(name))
    return {
        "plot_area_m2": plots, "footprint_m2": foot + else_foot, "gfa_m2": gfa,
        "gfa_below_m2": p.area(tables=("below",)), "programme_m2": programme, "productive_m2": productive,
        "fsi": per(gfa_plot, plots), "gsi": per(foot, plots),
        "l": on_site(per(gfa_plot, foot)), "osr": on_site(per(plots - foot, gfa_plot)),
        "mxi_percent": per(100 * p.area(fam("housing")), programme), "productive_share": per(productive, programme),
        "ground_productive_share": per(p.area(lambda f: f["level"] == "ground" and p.productive(f["use"])),
                                       p.area(lambda f: f["level"] == "ground" and p.programme(f["use"]))),
        "entropy": abs(-sum(x * math.log(x) for x in shares) / math.log(8)) if shares else None,
        "effective_uses": 1 / sum(x * x for x in shares) if shares else None,
        "dwellings": homes, "student_rooms": rooms, "residents": residents, "jobs": jobs,
        "jobs_by_skill.low": skill("skill_low"), "jobs_by_skill.middle": skill("skill_middle"), "jobs_by_skill.high": skill("skill_high"),
        "jobs_per_ha": per(10000 * p.sum(midjob, on_plot), plots),
        "dwellings_per_ha": per(10000 * (p.sum(lambda f: f["m2"] / mid.rate("dwelling_m2"), lambda f: is_home(f) and on_plot(f))
                                         + sum(n for _, n in s["homes"])), plots),
        "goods_movements_day": p.sum(goods),
        "gia_m2": gfa * p.rate("gia_per_gfa"), "nia_m2": p.sum(lambda f: times(f["m2"], p.of_use("net", f["use"]))),
        "gfa_today_m2": p.area(state("existing", "kept", "removed"), removed=True),
        "gfa_kept_m2": p.area(state("existing", "kept")), "gfa_new_m2": p.area(state("new")),
        "gfa_removed_m2": p.area(state("removed"), removed=True),
        "productive_today_m2": p.area(lambda f: p.productive(f["use"]) and f["state"] != "new", removed=True),
        "productive_lost_m2": lost_productive, "productive_new_m2": new_productive,
        "productive_balance_m2": new_productive - lost_productive,
        "mix_working_percent": per(100 * p.area(lambda f: p.programme(f["use"]) and p.family(f["use"]) not in ("housing", "trade", "facilities")), programme),
        "mix_amenities_percent": per(100 * p.area(fam("trade", "facilities")), programme),
        "homes_by_size.studio": size("homes_studio"), "homes_by_size.one_bed": size("homes_1_bed"),
        "homes_by_size.two_bed": size("homes_2_bed"), "homes_by_size.three_bed": size("homes_3_bed"),
        "homes_by_size.four_bed": size("homes_4_bed"),
        "jobs_per_resident": per(jobs, residents), "jobs_housing_balance": even,
        "lorry_movements_day": p.sum(lambda f: times(goods(f), lorry(f))),
        "loading_bays": math.ceil(bays / p.rate("bay_utilisation") - 1e-9),
        "car_places": p.rate("cars_per_home") * homes + p.sum(lambda f: per(f["m2"], p.of_use("m2_per_car", f["use"]))),
        "van_places": p.sum(lambda f: per(f["m2"], p.of_use("m2_per_van", f["use"]))),
        "bike_places": p.rate("bikes_per_home") * homes + p.rate("bikes_per_room") * rooms
        + p.sum(lambda f: per(f["m2"], p.of_use("m2_per_bike", f["use"]))),
        "car_places_drawn": p.sum(lambda f: f["m2"] / p.rate("car_space_m2"), lambda f: f["use"] == "parking", tables=ALL),
        "open_ground_m2": on_site(plots - foot), "green_m2": ground(lambda k, o: k == "green"),
        "full_soil_m2": ground(lambda k, o: o and k in ("green", "open_ground")), "yard_m2": ground(lambda k, o: k == "yard"),
        "biotope_factor": per(sum(a * (surface("biotope", k) if o else min(surface("biotope", k), p.rate("biotope_on_slab"))) for k, o, a in s["ground"])
                              + roof * p.rate("green_roof_share") * p.rate("biotope_green_roof"), plots),
        "roof_m2": roof + else_roof, "pv_mwh_year": pv, "electricity_mwh_year": electricity, "heat_mwh_year": heat,
        "pv_cover": per(pv, electricity),
        "recoverable_heat_mwh_year": p.rate("energy_range") * 1e-3 * (
            p.sum(lambda f: times(f["m2"], p.of_use("electricity", f["use"]), p.of_use("recover_electricity", f["use"])), tables=ALL)
            + p.sum(lambda f: times(f["m2"], p.of_use("heat", f["use"]), p.of_use("recover_heat", f["use"])), tables=ALL)),
        "heat_match": None if heat == 0 else min(1.0, (
            p.sum(lambda f: times(f["m2"], p.of_use("electricity", f["use"]), p.of_use("recover_electricity", f["use"])), tables=ALL)
            + p.sum(lambda f: times(f["m2"], p.of_use("heat", f["use"]), p.of_use("recover_heat", f["use"])), tables=ALL))
            / (heat / p.rate("energy_range") * 1e3)),
        "rain_roof_m3_year": rain_roof,
        "runoff_m3_year": on_site(rain * (roof * runoff_roof + sum(a * surface("runoff", k) for k, _, a in s["ground"]) + undrawn * p.rate("runoff_undrawn"))),
        "rain_tank_m3": (roof + else_roof) * p.rate("tank_m"), "rain_use_m3_year": rain_use,
        "rain_cover": None if rain_use == 0 else min(1.0, rain_roof / rain_use),
        "waste_t_year": p.sum(lambda f: times(job(f), p.of_use("waste_per_job", f["use"]))) + residents * p.rate("waste_per_person"),
        "handled_t_year": p.sum(lambda f: times(f["m2"], p.of_use("handled_t", f["use"]))),
        "material_t": p.sum(lambda f: times(f["m2"], p.of_use("mass_t", f["use"])), state("new"), tables=ALL),
        "demolition_t": p.sum(lambda f: times(f["m2"], p.of_use("mass_t", f["use"])), state("removed"), tables=ALL, removed=True),
        "carbon_t": p.sum(lambda f: times(f["m2"], p.of_use("carbon_kg", f["use"]), 1e-3), state("new"), tables=ALL),
        "carbon_saved_t": p.rate("carbon_saving") * p.sum(lambda f: times(f["m2"], p.of_use("carbon_kg", f["use"]), 1e-3), state("kept"), tables=ALL),
        "build_cost_eur": cost,
        "rent_eur_year": p.sum(lambda f: times(f["m2"], p.of_use("net", f["use"]), p.of_use("rent_eur", f["use"]))),
    }


# Which rates pull against the others: all of these are tried low and high on their own, the rest move together from the
# value that counts least to the one that counts most.
ALONE = ["dwelling_m2", "jobs_per_home", "energy_range", "green_roof_share", "pv_per_roof", "rain_use_m3", "runoff_roof"]


def three(p, keys):
    p.at = {None: 1}
    middle = figures(p)
    low, high = dict(middle), dict(middle)
    for together in (0, 2):
        for picks in itertools.product((0, 2), repeat=len(ALONE)):
            p.at = {None: together, **dict(zip(ALONE, picks))}
            for key, value in figures(p).items():
                if value is not None and middle[key] is not None:
                    low[key], high[key] = min(low[key], value), max(high[key], value)
    # Where jobs and what they are weighed against can be the same they are even, though no corner says so.
    k = [x * y for x, y in zip((low["dwellings"], 0, high["dwellings"]), RATES[("jobs_per_home", "")])]
    if middle["jobs_housing_balance"] is not None and low["jobs"] <= k[2] and k[0] <= high["jobs"]:
        high["jobs_housing_balance"] = 1.0
    return {key: (low[key], middle[key], high[key]) for key in keys}


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["project", "figure", "low", "mid", "high"])
    for name, site_ in SITES.items():
        p = Project(site_)
        p.at = {None: 1}
        keys = list(figures(p))
        for key, values in three(p, keys).items():
            out.writerow([name, key] + ["" if v is None else repr(round(v, 12) + 0.0) for v in values])


main()

"""Generated rules and situations."""

from datetime import date

from hypothesis import strategies as st

from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule, CaseRule, Condition, PracticePlace, Situation, ZoningState
from aids.vocabulary import Mark, Mode, Profile, Sector, Specialty, TaxRegime, TimeState
from guide.territories.enums import Scheme

PROFILES = [Profile.INTERN.value, Profile.NEWLY_SETTLED.value, Profile.RETIRED.value]
SPECIALTIES = [Specialty.GENERAL_PRACTICE.value, Specialty.OTHER.value, "psychiatrie", "radiologie"]
MODES = [Mode.SELF_EMPLOYED.value, Mode.MSP.value, Mode.SALARIED.value, Mode.HEALTH_CENTRE.value, Mode.MIXED.value]
LEVELS = {Scheme.DOCTORS.value: ["ZIP", "ZAC", "HZ"], Scheme.FRR.value: ["FRR", "FRR+", "HZ"]}
TERRITORIES = ["department:36", "department:37", "commune:36001", "commune:37001"]
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
marks = st.sampled_from(list(Mark))


def some(values):
    return st.frozensets(st.sampled_from(values), min_size=1)


def _worded(kind, values):
    return st.builds(Condition, kind=st.just(kind), values=some(values), mark=marks)


def _zoned(scheme):
    return st.builds(
        Condition, kind=st.just(Kind.ZONING), scheme=st.just(scheme), values=some(LEVELS[scheme]), mark=marks
    )


def _flag(kind):
    return st.builds(Condition, kind=st.just(kind), expected=st.booleans(), mark=marks)


def _number(kind):
    return st.builds(Condition, kind=st.just(kind), minimum=st.integers(0, 10), maximum=st.integers(0, 20))


catalogue_conditions = st.one_of(
    _worded(Kind.PROFILE, PROFILES),
    _worded(Kind.SPECIALTY, SPECIALTIES),
    _worded(Kind.MODE, MODES),
    *(_zoned(scheme) for scheme in LEVELS),
    _worded(Kind.TERRITORY, TERRITORIES),
)
conditions = st.one_of(
    catalogue_conditions,
    _worded(Kind.SECTOR, Sector.values),
    _worded(Kind.TAX_REGIME, TaxRegime.values),
    _flag(Kind.FIRST_INSTALLATION),
    _flag(Kind.SAME_CATEGORY),
    _number(Kind.HALF_DAYS),
    _number(Kind.INSTALLATION_AGE),
    st.builds(Condition, kind=st.just(Kind.INSTALLATION_DATE), after=DAYS),
    st.builds(Condition, kind=st.just(Kind.FREE), code=st.sampled_from(["a", "b"])),
)


def rules(of=conditions):
    several = st.lists(of, max_size=3).map(tuple)
    cases = st.lists(st.builds(CaseRule, code=st.just("cas"), conditions=several, mark=marks), min_size=1, max_size=3)
    return st.builds(
        AidRule,
        code=st.just("aide"),
        name=st.just("Aide"),
        cases=cases.map(tuple),
        state=st.sampled_from(list(TimeState)),
        opens_on=st.none() | DAYS,
        closes_on=st.none() | DAYS,
        mark=marks,
        common=several,
        exclusions=st.lists(of, max_size=2).map(tuple),
    )


def zonings():
    state = {
        scheme: st.builds(ZoningState, levels=st.frozensets(st.sampled_from(levels[:2]), max_size=1))
        for scheme, levels in LEVELS.items()
    }
    return st.fixed_dictionaries({}, optional=state)


places = st.builds(
    lambda department, zoned: PracticePlace(
        f"{department}001",
        "Commune",
        frozenset({f"department:{department}", f"commune:{department}001"}),
        frozenset({f"department:{department}", f"commune:{department}001"}),
        zoned,
    ),
    st.sampled_from(["36", "37"]),
    zonings(),
)

ANSWERS = {
    "profiles": some(PROFILES),
    "specialty": st.sampled_from(SPECIALTIES),
    "modes": some(MODES),
    "sector": st.sampled_from(Sector.values),
    "place": places,
    "first_installation": st.booleans(),
    "installed_on": DAYS,
    "half_days": st.integers(0, 14),
    "tax_regime": st.sampled_from(TaxRegime.values),
    "same_category": st.booleans(),
    "checked": st.dictionaries(st.sampled_from(["a", "b"]), st.booleans()),
}
situations = st.fixed_dictionaries({}, optional=ANSWERS).map(lambda answers: Situation(**answers))

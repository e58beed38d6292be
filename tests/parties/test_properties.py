"""Properties of conditions and of days: more members never hurt, and no stage comes before the one it follows."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sailau.parties.judge import FAILS, judge
from sailau.parties.law import START
from sailau.parties.roll import Roll
from sailau.parties.schedule import schedule
from sailau.parties.spans import Span
from sailau.records.registers import load_areas, load_party_editions, load_party_law, party_law_ids

DAY = date(2023, 1, 20)
AREAS = load_areas("kz")
assert AREAS is not None
UNITS = AREAS.on(DAY)
LAWS = [law for name in party_law_ids() for law in load_party_editions(name)]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=20, max_size=20), st.integers(0, 19), st.integers(1, 300))
def test_one_more_member_never_makes_a_condition_fail(counts: list[int], where: int, more: int) -> None:
    law = load_party_law("kz/parties", on=DAY)
    members = dict(zip((unit.id for unit in UNITS), counts, strict=True))
    grown = members | {UNITS[where].id: counts[where] + more}
    before, after = (judge(law, Roll(m, DAY), UNITS) for m in (members, grown))
    for old, new in zip(before, after, strict=True):
        assert (old.condition, old.area) == (new.condition, new.area)
        assert not (old.status != FAILS and new.status == FAILS)
        if old.missing is not None and new.missing is not None:
            assert new.missing <= old.missing


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1996, 7, 2), date(2030, 1, 1)), st.sampled_from(LAWS))
def test_no_stage_comes_before_the_one_it_follows(start: date, law) -> None:  # type: ignore[no-untyped-def]
    plan = schedule(law, start)
    days = {START: start} | {step.stage.stage: step.earliest for step in plan.steps if step.earliest}
    for step in plan.steps:
        if step.earliest:
            assert step.earliest >= days[step.stage.after]
            assert step.answered is None or step.answered >= step.earliest
        assert not step.missed
    if plan.election and plan.closes:
        assert (plan.margin(plan.election) or 0) >= 0
        assert (plan.margin(plan.election - timedelta(days=1)) or 0) < 0


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_terms_of_days_go_there_and_back(day: date, number: int) -> None:
    assert Span(days=number).before(Span(days=number).after(day)) == day
    after = Span(months=number).after(day)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == number
    assert after.day == day.day or (after + timedelta(days=1)).day == 1

"""Acts and undos of any depth, in any order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import moment
from soket.plan.changes import Amendment, ChangeKind, MovedDate
from soket.record.acts import Acts
from soket.record.decisions import Decision, Exemption, Extension, PlanChange, Postponement, Undo

START = moment("2021-11-01 08:00")


@st.composite
def histories(draw: st.DrawFn) -> list[Decision]:
    """Draw acts by time, each an exemption or an undo of any earlier act, taken back before or not."""
    acts: list[Decision] = []
    for number in range(draw(st.integers(1, 12))):
        grounds = {"decided_at": START + timedelta(minutes=number), "account": "", "granted_by": "", "reason": ""}
        if acts and draw(st.booleans()):
            target = draw(st.sampled_from(acts))
            acts.append(Undo(id=f"undo-{number}", undoes=target.id, **grounds))
        else:
            acts.append(Exemption(id=f"exemption-{number}", unit=f"u{number}", **grounds))
    return acts


@given(histories(), st.randoms(use_true_random=False))
def test_an_act_stands_unless_an_undo_that_stands_names_it(acts: list[Decision], random: object) -> None:
    standing: set[str] = set()
    for act in reversed(acts):  # whoever may take an act back comes after it
        if not any(isinstance(each, Undo) and each.undoes == act.id and each.id in standing for each in acts):
            standing.add(act.id)
    assert {act.id for act in Acts(acts).in_force} == standing
    assert set(Acts(acts).undone_by) == {act.id for act in acts} - standing
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {act.id for act in Acts(shuffled).in_force} == standing


@given(histories())
def test_every_undo_is_about_something_in_the_end(acts: list[Decision]) -> None:
    assert all(isinstance(Acts(acts).subject_of(act), Exemption) for act in acts)


def test_what_a_unit_is_told_of_its_date() -> None:
    stage, other = "unit_reports", "communications"
    grounds = {"decided_at": START, "account": "", "granted_by": "", "reason": ""}
    postponed = Postponement(id="p", stage=stage, last_day=START.date(), **grounds)
    extended = Extension(id="e", unit="a", last_day=START.date(), **grounds)
    exempted = Exemption(id="x", unit="a", **grounds)

    def told(*acts: Decision) -> dict[str, list[str]]:
        return {unit: [act.id for act in Acts(acts).date_changes(unit, stage)] for unit in "ab"}

    assert told(postponed, extended, exempted) == {"a": ["p", "e"], "b": ["p"]}
    assert Acts([postponed]).date_changes("a", other) == []
    no_extension = Undo(id="-e", undoes="e", **grounds)
    assert told(postponed, extended, no_extension) == {"a": ["p", "e", "-e"], "b": ["p"]}
    owing = Undo(id="-x", undoes="x", **grounds)
    assert told(exempted, owing) == {"a": ["-x"], "b": []}
    assert told(exempted, owing, Undo(id="--x", undoes="-x", **grounds)) == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("story", "date_from", "told"),
    [
        # Later letters are later acts; the number is the last day.
        ("E8 P9", "P9", "E8 P9"),
        ("E9 P8", "E9", "E9"),
        ("E9 P9", "E9", "E9"),
        ("P9 E8", "E8", "P9 E8"),
        ("P8 E9", "E9", "P8 E9"),
        ("P9 E8 P8", "E8", "P9 E8"),
        ("E8 P9 -P9", "E8", "E8 P9 -P9"),
        ("E8 P9 -E8", "P9", "E8 P9"),
        ("E8 P9 -E8 --E8", "P9", "E8 P9"),
        ("P9 -P9 E8 --P9", "P9", "P9 -P9 E8 --P9"),
        ("E8 E7", "E7", "E8 E7"),
        ("E8 P7 P9", "P9", "E8 P9"),
        ("P9 P8", "P8", "P9 P8"),
        ("P9 P8 -P9", "P8", "P9 P8"),
        ("P9 P8 -P8", "P9", "P9 P8 -P8"),
        # C: the date was changed in the plan.
        ("C9", "", "C9"),
        ("C9 C7", "", "C9 C7"),
        ("E8 C9", "", "E8 C9"),
        ("E9 C8", "E9", "E9"),
        ("P8 C9", "", "P8 C9"),
        ("P9 C8", "P9", "P9"),
        ("C8 E9", "E9", "C8 E9"),
        ("C8 E9 -E9", "", "C8 E9 -E9"),
        ("E8 C9 -E8", "", "E8 C9"),
        ("E8 C9 P9", "P9", "E8 C9 P9"),
    ],
)
def test_of_extension_and_postponement_the_later_date_holds(story: str, date_from: str, told: str) -> None:
    acts: list[Decision] = []
    for number, name in enumerate(story.split()):
        grounds = {"decided_at": START + timedelta(hours=number), "account": "", "granted_by": "", "reason": ""}
        match name[0], name[1:]:
            case "E", day:
                acts.append(Extension(id=name, unit="a", last_day=date(2021, 11, int(day)), **grounds))
            case "P", day:
                stage = "unit_reports"
                acts.append(Postponement(id=name, stage=stage, last_day=date(2021, 11, int(day)), **grounds))
            case "C", day:
                moved = MovedDate(units=("a",), before=START.date(), after=date(2021, 11, int(day)))
                change = Amendment(kind=ChangeKind.DATE, about="unit_reports", name="", moved=(moved,))
                acts.append(PlanChange(id=name, edition=number + 2, changes=(change,), **grounds))
            case _, undone:
                acts.append(Undo(id=name, undoes=undone, **grounds))
    found = Acts(acts)
    dating = found.dating("a", "unit_reports")
    assert (dating.id if dating else "") == date_from
    assert " ".join(act.id for act in found.date_changes("a", "unit_reports")) == told

"""Acts and undos of any depth, in any order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from conftest import moment
from soket.campaign.acts import in_force, subject_of, undone_by
from soket.campaign.decisions import Decision, Exemption, Undo

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
    assert {act.id for act in in_force(acts)} == standing
    assert set(undone_by(acts)) == {act.id for act in acts} - standing
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {act.id for act in in_force(shuffled)} == standing


@given(histories())
def test_every_undo_is_about_something_in_the_end(acts: list[Decision]) -> None:
    assert all(isinstance(subject_of(acts, act), Exemption) for act in acts)

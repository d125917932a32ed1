"""A draft rests on what was known when it was made, and its record says what that was."""

from __future__ import annotations

from record import story
from record.builders import owing, submit
from record.story import Story
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.resting import basis_of, register_under
from soket.record.stage_details import DraftBasis
from soket.record.tally import tally


def test_what_came_after_a_draft_or_while_it_was_written_is_not_under_it(after: Story, plan: Plan) -> None:
    desk = after(story.consolidated)
    last, before_it = owing(plan)[-1], owing(plan)[-2]
    submit(desk(), before_it.code)  # in the minute of the draft, which was being written
    submit(desk("2021-11-08 09:00"), last.code)
    register = read_register(desk())
    draft = register.stages["ubnd_draft"].record("working")
    assert draft is not None
    then = register_under(desk(), register, draft)
    assert then.basis() == basis_of(draft)
    assert tally(register.reporting(plan), register.as_of).received == len(owing(plan))
    assert tally(then.reporting(plan), then.as_of).received == len(owing(plan)) - story.SILENT


def test_a_draft_whose_record_does_not_say_when_rests_on_what_was_known_at_its_own_time(
    after: Story, plan: Plan
) -> None:
    desk = after(story.consolidated)
    register = read_register(desk())
    draft = register.stages["ubnd_draft"].record("working")
    assert draft is not None
    assert isinstance(draft.details, DraftBasis)
    old = draft.model_copy(update={"details": draft.details.model_copy(update={"as_of": None})})
    assert register_under(desk("2021-11-20 09:00"), register, old).as_of == draft.at

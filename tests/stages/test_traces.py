"""What papers rest on stands beside them, on record, and the same when it is made again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from notices.post import CountingStore
from record import story
from record.builders import owing, submit
from record.story import Story
from record.verbs import ubnd_draft, unit_reports
from soket.board.access import is_kept
from soket.documents.trace_check import check_traces
from soket.notices.ledger import states
from soket.record import products
from soket.record.keeping import read_register
from soket.record.resting import basis_of
from soket.stages import provisional
from soket.stages.traces import latest_traces
from soket.store.store import MemoryStore


def without_files(wrong: list[str]) -> list[str]:
    """Return what is wrong, but for the units' files: the story's receipts name some that nobody wrote."""
    return [each for each in wrong if not re.fullmatch(r"Thiếu: reports/.+/files/.+", each)]


def test_beside_a_draft_stands_what_it_rests_on(after: Story) -> None:
    desk = after(story.consolidated)
    at, key = desk(), desk().keys.stage("ubnd_draft", 1, products.TRACE_PAGE)
    register = read_register(at)
    (kept,) = latest_traces(at, register)
    assert kept.page == key
    told = register.of(at.plan.stage("ubnd_draft")).record("traced")
    assert told
    assert told.note.startswith("Nguồn gốc của mọi số liệu, câu trích trong dự thảo làm việc, đến ngày 05/11/2021: ")
    check = check_traces(at.store, read_register(at), [(at.keys.stage("ubnd_draft", 1), kept.trace)])
    assert without_files(check.wrong) == []
    assert check.figures > 500
    assert check.quotes == 2  # the story's reports say little
    before = at.store.get(key)
    ubnd_draft.consolidate(desk("2021-11-06 09:00", rerun=True, silent=True))
    assert at.store.get(key) == before
    assert is_kept(register, key)


def test_a_provisional_draft_has_its_trace_until_a_working_draft_has_one(after: Story) -> None:
    desk = after(story.opened)
    submit(desk("2021-10-20 10:00"), owing(desk.plan)[0].code)
    provisional.renew(desk("2021-10-21 07:30"))
    at = desk()
    (kept,) = latest_traces(at, read_register(at))
    assert (kept.round, [each.name for each in kept.trace.papers]) == (0, [products.PROVISIONAL_DRAFT])
    assert [each.code for each in kept.trace.units] == [owing(desk.plan)[0].code]
    check = check_traces(at.store, read_register(at), [(kept.folder, kept.trace)])
    assert (without_files(check.wrong), check.figures > 0) == ([], True)
    assert is_kept(read_register(at), kept.page)


def test_each_paper_of_a_campaign_that_tells_figures_has_its_trace(after: Story) -> None:
    at = after(story.archived)()
    kept = list(latest_traces(at, read_register(at)))
    # Of the papers of its conference the short report alone tells something of others.
    rounds = [("ubnd_draft", 2), ("conference", 1), ("communications", 1)]
    assert [(each.stage.id, each.round) for each in kept] == rounds
    assert [each.name for each in kept[1].trace.papers] == [products.SHORT_REPORT]
    assert kept[1].trace.units
    assert {each.folder for each in kept} == {at.keys.stage(*each) for each in rounds}
    places = [(each.folder, each.trace) for each in kept]
    assert without_files(check_traces(at.store, read_register(at), places).wrong) == []
    assert at.keys.stage("ubnd_draft", 2, products.TRACE) in at.store.get(at.keys.archive(products.MANIFEST)).decode()
    assert states(at)
    assert not [key for key in at.store.objects if key.startswith(at.keys.notices) and "nguon-goc" in key]


class Overtaken(CountingStore):
    """A store at whose first paper of a stage another is quicker."""

    def __init__(self, inner: MemoryStore, meanwhile: Callable[[], object]) -> None:
        super().__init__(inner)
        self.meanwhile: Callable[[], object] | None = meanwhile

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        super().put(key, data, content_type)


def test_of_two_who_compose_at_once_the_paper_is_the_one_that_is_on_record(after: Story) -> None:
    desk = after(story.reported)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    late = owing(desk.plan)[-1].code

    def quicker() -> None:
        submit(desk("2021-11-05 00:04"), late)
        ubnd_draft.consolidate(desk("2021-11-05 00:05"))

    ubnd_draft.consolidate(replace(desk(), store=Overtaken(desk.store, quicker)))
    at = desk()
    register = read_register(at)
    working = register.of(at.plan.stage("ubnd_draft")).record("working")
    assert working
    assert basis_of(working)[late] == 1
    (kept,) = latest_traces(at, register)
    assert {each.code: each.submission for each in kept.trace.units} == basis_of(working)
    assert without_files(check_traces(at.store, register, [(kept.folder, kept.trace)]).wrong) == []

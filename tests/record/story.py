"""The campaign of 2021 as it should go, in chapters; tests begin after one of them."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from conftest import Desk
from record.builders import answer, drop, owing, submit
from record.verbs import communications, conference, ubnd_draft, unit_reports, vptu_appraisal
from soket.plan.model import Campaign, Plan
from soket.record import products

SILENT = 2  # so many units never send anything


def opened(desk: Desk) -> None:
    """Request letters are out."""
    unit_reports.open_stage(desk("2021-10-18 00:00"))
    communications.request_coverage(desk())


def reported(desk: Desk) -> None:
    """All but two units have sent a good report, and the stage is closed at its date."""
    at = desk("2021-11-03 10:00")
    for unit in owing(desk.plan)[:-SILENT]:
        submit(at, unit.code)
    unit_reports.close_stage(desk("2021-11-05 00:00"))


def consolidated(desk: Desk) -> None:
    """The working draft is with the drafting office."""
    at = desk("2021-11-05 00:05")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)


def drafted(desk: Desk) -> None:
    """The drafting office has sent the working draft back as its own."""
    at = desk("2021-11-09 15:00")
    drop_official_draft(desk, 1)
    ubnd_draft.check_official_draft(at)


def returned(desk: Desk) -> None:
    """The appraiser has sent the draft back."""
    at = desk("2021-11-12 09:00")
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    vptu_appraisal.record_appraisal(at, answer("returned", reason="Bổ sung số liệu năm 2021"))
    vptu_appraisal.return_draft(at)


def approved(desk: Desk) -> None:
    """A second round was approved and sent up."""
    at = desk("2021-11-15 09:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    drop_official_draft(desk, 2)
    ubnd_draft.check_official_draft(at)
    vptu_appraisal.open_round(at)
    vptu_appraisal.prepare_dossier(at)
    vptu_appraisal.record_appraisal(at, answer("approved", reason="Đã xem các chỗ còn lệch"))
    vptu_appraisal.transmit_report(at)


def called(desk: Desk) -> None:
    """The conference is called, online."""
    at = desk("2021-11-22 09:00")
    conference.open_round(at)
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    conference.record_format(at, answer("online", day="2021-11-29", place="Phòng họp số 1", **hours))
    conference.prepare_papers(at)
    conference.check_readiness(at)
    conference.send_invitations(at)


def archived(desk: Desk) -> None:
    """The press has its note, and the campaign is archived."""
    communications.send_press_pack(desk("2021-11-22 10:00"))
    communications.archive(desk("2021-12-03 07:30"))


CHAPTERS: tuple[Callable[[Desk], None], ...] = (
    opened,
    reported,
    consolidated,
    drafted,
    returned,
    approved,
    called,
    archived,
)


def drop_official_draft(desk: Desk, round_number: int) -> None:
    """Let the drafting office send the working draft of a round as its official one."""
    keys = desk().keys
    working = desk.store.get(keys.stage("ubnd_draft", round_number, products.WORKING_DRAFT))
    drop(desk(), desk.plan.playing("drafter")[0], f"du-thao-lan-{round_number}.docx", working)


class Story:
    """Plays each chapter once, and gives copies of the bucket as it was after any of them.

    All who have the same folder play it once together.
    """

    def __init__(self, plan: Plan, campaign: Campaign, folder: Path | None = None) -> None:
        self._plan, self._campaign, self._folder = plan, campaign, folder
        self._desk = Desk(plan, campaign)
        self._after: dict[str, tuple[dict, datetime]] = {}

    def __call__(self, chapter: Callable[[Desk], None]) -> Desk:
        """Return a desk of one's own, as it is after a chapter."""
        for each in CHAPTERS[len(self._after) : CHAPTERS.index(chapter) + 1]:
            self._go_through(each)
            self._after[each.__name__] = (dict(self._desk.store.objects), self._desk.now)
        objects, now = self._after[chapter.__name__]
        desk = Desk(self._plan, self._campaign)
        desk.store.objects.update(objects)
        desk.now = now
        return desk

    def _go_through(self, chapter: Callable[[Desk], None]) -> None:
        kept = self._folder / chapter.__name__ if self._folder else None
        if kept and kept.exists():
            self._desk.store.objects, self._desk.now = pickle.loads(kept.read_bytes())  # noqa: S301 - another's of us
            return
        chapter(self._desk)
        if kept:
            made = kept.with_suffix(f".{os.getpid()}")
            made.write_bytes(pickle.dumps((self._desk.store.objects, self._desk.now)))
            made.replace(kept)

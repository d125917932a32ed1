"""The players: units and officials, each with what its own hands can reach.

Each acts on what it finds, not on a plan of times alone, so it does not matter how fast the stages are or whether a
server is restarted between two of its acts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from queue import SimpleQueue
from threading import Event
from typing import Protocol

import docx
from docx.document import Document

from demo.cleaning import clean
from demo.guests import Guests
from demo.hand_in import hand_in
from demo.hours import at_work
from demo.patience import persist
from demo.respondent import Respondent, still_ahead
from demo.samples.folder import folder_of
from demo.scenario import Drop, Form, OfficialDraft
from demo.watch import Happening, Sight
from demo.world import World
from soket.plan.model import Plan, StageKind
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.products import OFFICIAL_DRAFT
from soket.record.records import StageRecord

_HANDS = 6  # units that send at the same time
_BODY_TEXT = 80  # letters: what is longer is no heading
_CODE = re.compile(r"CT\d{2}(\.\d{1,2})?")
_STATED = re.compile(r"đạt (\d{1,3}\.\d{3}) (?=[^\W\d])")
_FIGURE = re.compile(r"\d[\d.]*(,\d+)?")


class Player(Protocol):
    """Someone with something to do."""

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Do what is to be done now; return what was done, in words."""
        ...


class Units:
    """All units: each sends its files at its moment, with its own credentials; a correction, once it has an answer.

    First sendings keep time in a thread of their own: nobody is late because an official, or a page, waits for
    a server.
    """

    def __init__(self, world: World) -> None:
        drops = world.scenario.drops(world.workspace.plan)
        self._world = world
        self._corrections = [drop for drop in drops if drop.number > 1]
        self._pool = ThreadPoolExecutor(_HANDS)
        self._sending: list[Future[None]] = []
        self._sent: SimpleQueue[Happening] = SimpleQueue()
        self._left_early = Event()
        self._timekeeper = ThreadPoolExecutor(1).submit(self._keep_time, [drop for drop in drops if drop.number == 1])

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Send the corrections that are due; say what has been sent since the last time; raise what went wrong."""
        answered = {(verdict.unit, verdict.number) for verdict in sight.verdicts}
        for drop in list(self._corrections):
            if drop.at <= world.now and (drop.owner, drop.number - 1) in answered:
                self._corrections.remove(drop)
                self._sending.append(self._pool.submit(self._send, drop))
        for future in (self._timekeeper, *self._sending):
            if future.done():
                future.result()
        return [self._sent.get() for _ in range(self._sent.qsize())]

    @property
    def done(self) -> bool:
        """Whether everything has been sent and told."""
        sending = (self._timekeeper, *self._sending)
        return not self._corrections and all(future.done() for future in sending) and self._sent.empty()

    def close(self) -> None:
        """Send nothing more."""
        self._left_early.set()

    def _keep_time(self, drops: Sequence[Drop]) -> None:
        sending = []
        for drop in drops:
            due = self._world.workspace.clock.real_time(drop.at)
            if self._left_early.wait(max(0.0, (due - datetime.now(UTC)).total_seconds())):
                break
            sending.append(self._pool.submit(self._send, drop))
        for future in sending:
            future.result()

    def _send(self, drop: Drop) -> None:
        _send(self._world, drop)
        self._sent.put(Happening(self._world.now, _told(self._world, drop)))


def _send(world: World, drop: Drop) -> None:
    folder = folder_of(world.script, world.scenario, drop)
    story = world.scenario.story(drop.owner)
    if story and story.by_page:
        hand_in(world, drop.owner, {path.name: path.read_bytes() for path in sorted(folder.iterdir())})
        return
    units = {unit.code for unit in world.workspace.plan.units}
    # Nobody has credentials for a folder that is nobody's, but whoever runs the service.
    store = world.store_of(drop.owner) if drop.owner in units else world.workspace.store
    for path in sorted(folder.iterdir()):
        key = world.workspace.keys.inbox_folder(drop.owner) + path.name
        persist(lambda key=key, path=path: store.put(key, path.read_bytes()))  # type: ignore[misc]


def _told(world: World, drop: Drop) -> str:
    names = {unit.code: unit.name for unit in world.workspace.plan.units}
    again = f" (lần {drop.number})" if drop.number > 1 else ""
    return f"{names.get(drop.owner, f'Thư mục lạ «{drop.owner}»')} gửi tệp{again}"


class Clerks:
    """Whoever enters in the trigger form what was decided, each under the account of an own office."""

    def __init__(self) -> None:
        self._entered = 0

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Enter what is due."""
        told = []
        forms = world.scenario.officials.forms
        while self._entered < len(forms) and _is_due(world, sight, forms[self._entered]):
            form = forms[self._entered]
            (code, *_) = world.workspace.plan.playing(form.by)
            office = world.workspace.plan.office(code)
            world.user_of(office.code).trigger(
                f"{world.scenario.plan}.actions", f"demo__{self._entered + 1}", _fields(world, form)
            )
            self._entered += 1
            told.append(Happening(world.now, f"{office.short_name} ghi quyết định: {form.reason}"))
        return told


def _is_due(world: World, sight: Sight, form: Form) -> bool:
    answered = form.once is None or any(each.outcome == form.once for each in sight.appraisals)
    return answered and form.at <= world.now and at_work(world.workspace)


def _fields(world: World, form: Form) -> Mapping[str, str]:
    filled = form.model_dump(mode="json", exclude={"at", "by", "once"}, exclude_none=True)
    return still_ahead({**filled, "campaign": world.scenario.campaign}, "last_day", world.now.date())


class Drafter:
    """The drafting office: takes each working draft, works on it in Word, and drops it as its official draft."""

    def __init__(self) -> None:
        self._dropped = 0

    def play(self, world: World, sight: Sight) -> list[Happening]:
        """Drop the official draft of the open round: once its hour has come, and the draft before has its answer."""
        stage = world.workspace.plan.stages_of(StageKind.DRAFT)[0]
        round_number = max((record.round for record in sight.records if record.stage == stage.id), default=0)
        working = sight.record(stage, round_number, "working")
        if working is None or self._dropped >= round_number or sight.record(stage, round_number, "official"):
            return []
        if not sight.is_appraised(world.workspace.plan) or any(
            act.decided_at.date() >= world.now.date() for act in sight.appraisals
        ):
            return []  # nobody puts right what is not answered yet, nor on the day the answer comes
        drafts = world.scenario.officials.drafts
        draft = drafts[min(self._dropped, len(drafts) - 1)]
        if world.now < draft.not_before or not at_work(world.workspace):
            return []
        data = persist(lambda: world.workspace.store.get(_document_of(working)))
        office = stage.owner
        key = f"{world.workspace.keys.inbox_folder(office)}vong-{round_number}-{OFFICIAL_DRAFT}"
        worked_on = _worked_on(world.workspace.plan, data, draft)
        persist(lambda: world.store_of(office).put(key, worked_on))
        self._dropped = round_number
        name = world.workspace.plan.office(office).short_name
        return [Happening(world.now, f"{name} gửi dự thảo chính thức vòng {round_number}")]


def _document_of(record: StageRecord) -> str:
    return next(key for key in record.products if key.endswith(".docx"))


def _worked_on(plan: Plan, data: bytes, draft: OfficialDraft) -> bytes:
    """Return a Word document with what the office changes in it."""
    document = docx.Document(BytesIO(data))
    paragraphs = document.paragraphs
    headed = [at for at, each in enumerate(paragraphs) if draft.under and each.text.startswith(f"{draft.under}. ")]
    written = [at for at, each in enumerate(paragraphs) if len(each.text) > _BODY_TEXT]
    at = next((at for at in written if headed and at > headed[0]), (written or [len(paragraphs) - 1])[-1])
    added = paragraphs[at].insert_paragraph_before(draft.adds)
    added.style = paragraphs[at].style if draft.under else added.style
    if draft.misprints:
        _misprint(document)
        _misstate(document)
    if draft.cleaned:
        clean(plan, document)
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def _misprint(document: Document) -> None:
    """Change the first digit of the last figure in the first table row that has an indicator and figures."""
    for row in (row for table in document.tables for row in table.rows):
        texts = [cell.text.strip() for cell in row.cells]
        figures = [cell for cell, text in zip(row.cells, texts, strict=True) if _FIGURE.fullmatch(text)]
        if figures and any(_CODE.fullmatch(text) for text in texts):
            first, *rest = (run for paragraph in figures[-1].paragraphs for run in paragraph.runs)
            text = figures[-1].text.strip()
            first.text = f"{(int(text[0]) % 9) + 1}{text[1:]}"
            for run in rest:
                run.text = ""
            return


def _misstate(document: Document) -> None:
    """Turn about two digits of the first figure that a sentence of the body states."""
    for run in (run for paragraph in document.paragraphs for run in paragraph.runs):
        if found := _STATED.search(run.text):
            digits = found[1]
            at = next((at for at in range(len(digits) - 2, -1, -1) if digits[at : at + 2].isdigit()), -1)
            if at >= 0 and digits[at] != digits[at + 1]:
                turned = f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"
                run.text = run.text.replace(digits, turned, 1)
                return


def cast(world: World) -> tuple[Units, list[Player]]:
    """Return the units and the officials of a script."""
    officials = world.scenario.officials
    plan = world.workspace.plan
    appraisals, conferences = plan.stages_of(StageKind.APPRAISE), plan.stages_of(StageKind.CONFER)
    return Units(world), [
        Clerks(),
        Drafter(),
        Guests(),
        *(Respondent(stage, "appraise", officials.appraisals, Appraisal) for stage in appraisals),
        *(Respondent(stage, "choose_format", officials.conference, ConferenceFormat) for stage in conferences),
    ]

"""Files what servers report with the notices that it is about; what is about none of them is kept for the operator.

A report counts only where it names the Message-ID of a mail of this campaign, which nobody can guess, and a recipient
of that mail. Every campaign keeps its own place in each source, and files each thing once: read again, nothing changes.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from soket.notices.answers.filing import AnswerDesk
from soket.notices.answers.reading import read_answer
from soket.notices.ledger import Ending, NoticeState, read_intent, states
from soket.notices.notice import Notice, ascii_address, message_id
from soket.notices.reports.dsn import Report, Told, read_report
from soket.notices.reports.outcome import Outcome, Reported, report_name
from soket.notices.reports.sources import Letter, MailboxError, Source
from soket.record.seal import read_seal
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)


class Bookmark(Record):
    """How far a source has been read; since when, in real time, it cannot be."""

    place: str = ""
    error: str = ""
    failing_since: datetime | None = None


class Stray(Record):
    """A report that no mail of ours could be found for, or no recipient of it."""

    at: datetime  # campaign time it was read
    source: str
    sender: str
    subject: str
    told: tuple[str, ...] = ()  # addresses it names
    why: str


@dataclass
class Read:
    """What one reading filed, and what it could not."""

    filed: list[tuple[str, str, Outcome]] = field(default_factory=list)  # notice, address, outcome
    answered: int = 0  # replies to invitations, and messages
    strays: int = 0
    errors: list[str] = field(default_factory=list)


def read_reports(workspace: Workspace, sources: Iterable[Source]) -> Read:
    """Read what came to each source since the last reading, and file it; a mailbox that fails is noted, not raised."""
    read = Read()
    desk = _LetterDesk(workspace, read)
    for source in sources:
        key = workspace.keys.report_place(source.name)
        before = _place(workspace, key)
        now = before
        try:
            for place, letter in source.after(before.place):
                if letter is not None:
                    desk.take(letter)
                now = Bookmark(place=place)
            now = Bookmark(place=now.place)
        except MailboxError as error:
            log.warning("%s", error)
            read.errors.append(str(error))
            since = before.failing_since or workspace.clock.real_time(workspace.now)
            now = Bookmark(place=now.place, error=str(error), failing_since=since)
        if now != before:
            workspace.store.put(key, now.to_json(), "application/json")
    return read


def read_places(workspace: Workspace) -> list[Bookmark]:
    """Return how far each source has been read."""
    return [_place(workspace, entry.key) for entry in workspace.store.list(workspace.keys.report_place(""))]


def read_strays(workspace: Workspace) -> list[Stray]:
    """Return the reports that could not be filed, the latest first."""
    found = []
    for entry in workspace.store.list(workspace.keys.stray_report("")):
        with suppress(MissingObjectError, ValueError):  # spoilt: the report itself is still where it came
            found.append(Stray.model_validate_json(workspace.store.get(entry.key)))
    return sorted(found, key=lambda stray: stray.at, reverse=True)


def _place(workspace: Workspace, key: str) -> Bookmark:
    try:
        return Bookmark.model_validate_json(workspace.store.get(key))
    except (MissingObjectError, ValueError):  # a place that is lost or spoilt costs a second reading
        return Bookmark()


class _LetterDesk:
    """Takes letters, and knows the campaign's mails once the first report makes it ask."""

    def __init__(self, workspace: Workspace, read: Read) -> None:
        self.workspace = workspace
        self.read = read
        self._mails: dict[str, list[NoticeState]] | None = None
        self._answers = AnswerDesk(workspace, self._named)

    def take(self, letter: Letter) -> None:
        """File what a letter says; what our own reader fails on is kept for the operator, and stops no other."""
        try:
            if answer := read_answer(letter.data):
                filed = len(self._answers.take(answer, letter.name))
                self.read.answered += filed
                if filed or not answer.may_be_report:
                    return
            report = read_report(letter.data)
        except Exception as error:
            log.exception("report %s could not be read", letter.name)
            self._set_apart(letter, None, f"không đọc được thư báo ({type(error).__name__})")
            return
        if report is None:
            return
        state = self._mail_of(report)
        if state is None:
            if why := self._ours_all_the_same(report):
                self._set_apart(letter, report, why)
            return
        if not report.told:
            self._set_apart(letter, report, f"báo về thư {state.id} mà không nói rõ người nhận nào")
            return
        try:
            notice = read_intent(self.workspace, state.id).notice
        except (MissingObjectError, ValueError):
            self._set_apart(letter, report, f"báo về thư {state.id}, mà bản ghi của thư ấy bị hỏng")
            return
        for told in report.told:
            self._file(letter, report, notice, told)

    def _file(self, letter: Letter, report: Report, notice: Notice, told: Told) -> None:
        recipients = [ascii_address(each).casefold() for each in notice.addresses]
        named = [each.casefold() for each in told.addresses]
        position = next((recipients.index(each) + 1 for each in named if each in recipients), None)
        if position is None:
            if told.outcome is not None:
                where = ", ".join(told.addresses)
                self._set_apart(letter, report, f"báo về thư {notice.id}, nhưng thư ấy không gửi đến {where}")
            return
        if told.outcome is None:
            return
        record = Reported(
            address=notice.addresses[position - 1],
            outcome=told.outcome,
            at=self.workspace.now,
            status=told.status,
            said=told.said,
            source=report.own_id or letter.name,
        )
        key = self.workspace.keys.notice(notice.id, report_name(told.outcome, position, len(recipients)))
        if self.workspace.store.create(key, record.to_json()):
            self.read.filed.append((notice.id, record.address, told.outcome))

    def _mail_of(self, report: Report) -> NoticeState | None:
        """Return the mail that a report is about: of one mail's words, those named, else those that went out."""
        found = [state for each in sorted(report.message_ids) for state in self._known().get(each, ())]
        if not found:
            return None
        gone = (Ending.SENT, Ending.PARTLY)
        return max(found, key=lambda state: (state.id in report.notices, state.ending in gone, state.posted, state.id))

    def _named(self, message_ids: frozenset[str]) -> list[str]:
        """Return the mails of ours that have one of some Message-IDs."""
        return [state.id for each in sorted(message_ids) for state in self._known().get(each, ())]

    def _known(self) -> dict[str, list[NoticeState]]:
        if self._mails is None:
            self._mails = defaultdict(list)
            seal = read_seal(self.workspace.store)
            plan, campaign = self.workspace.plan, self.workspace.campaign.code
            for state in states(self.workspace).values():
                self._mails[message_id(plan, campaign, state.id, seal).strip("<>")].append(state)
        return self._mails

    def _ours_all_the_same(self, report: Report) -> str | None:
        """Say why a report of no known mail is somebody's business here; None where it is about other people's mail."""
        ours = f"{self.workspace.plan.id}/{self.workspace.campaign.code}"
        if report.campaigns:
            return "mang tên đợt này nhưng mã thư không có trong sổ thư" if ours in report.campaigns else None
        if report.message_ids or all(told.outcome in (None, Outcome.DELIVERED) for told in report.told):
            return None
        return "không nêu mã của thư nào"

    def _set_apart(self, letter: Letter, report: Report | None, why: str) -> None:
        digest = hashlib.sha256(letter.data + why.encode()).hexdigest()[:24]
        stray = Stray(
            at=self.workspace.now,
            source=letter.name,
            sender=report.sender if report else "",
            subject=report.subject[:200] if report else "",
            told=tuple(dict.fromkeys(each for told in report.told for each in told.addresses))[:10] if report else (),
            why=why,
        )
        self.read.strays += self.workspace.store.create(self.workspace.keys.stray_report(digest), stray.to_json())

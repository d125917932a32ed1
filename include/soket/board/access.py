"""Who looks, and what they may look at: the plans, the campaigns and their registers, each kept for a few seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from soket.board.live import Now, now_of
from soket.board.summary import RegisterReading
from soket.board.then import SIGN, Then, moment_of, then_of
from soket.cached import Cached
from soket.clock import VIETNAM, Clock, FrozenClock
from soket.notices import ledger
from soket.notices.ledger import last_reminders
from soket.notices.lines import Entry, entries
from soket.plan.loader import PLANS_SECONDS
from soket.plan.model import Campaign, Plan
from soket.record.keeping import Snapshot, read_on
from soket.record.refusals import RefusedAct, refusals
from soket.record.register import Register
from soket.record.stale import StalePaper, stale_papers
from soket.record.tally import register_then
from soket.record.workspace import Workspace
from soket.text import format_date

OpenWorkspace = Callable[[str, str], Workspace]
LoadPlans = Callable[[], tuple[Sequence[Plan], Sequence[Exception]]]
"""Gives every plan, and for each that cannot be read an error that says where and why, in Vietnamese."""

REGISTER_SECONDS = 3.0
WHILE_READING = 12.0  # seconds more for which what was read is shown while it is read anew: nobody waits for thousands
EARLIER_KEPT = 8  # earlier moments that people look at
LINES_KEPT = 20_000  # of a campaign's ledger


@dataclass(frozen=True)
class Viewer:
    """Who looks at the board, and which plans, by id, they may see."""

    name: str
    may_see: Callable[[str], bool]


class NotHereError(Exception):
    """There is no such page; the message says, in Vietnamese, what is missing."""


class NotAllowedError(Exception):
    """The viewer may not see this plan."""


class ElsewhereError(Exception):
    """What was asked for has an address of its own, which is the message."""


@dataclass(frozen=True)
class Place:
    """One campaign as it stands, opened for a viewer."""

    workspace: Workspace
    reading: RegisterReading
    then: Then | None = None  # the earlier moment that it is looked at as of
    clock: Clock | None = None  # where that is so, the one that the campaign goes by

    @property
    def register(self) -> Register:
        """The register."""
        return self.reading.register

    @property
    def plan(self) -> Plan:
        """The campaign's plan."""
        return self.workspace.plan

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.workspace.campaign


def is_kept(register: Register, key: str) -> bool:
    """Whether a key is of something that is kept for people to read: a stage's product, a unit's file, a slip.

    Only what is on record is asked of the bucket: a key that none can have is no more there than any other.
    """
    entries = register.units.values()
    return (
        any(key == each.file for each in register.requests)
        or any(key in record.products for stage in register.stages.values() for record in stage.records)
        or any(file.kept and key == file.key for entry in entries for sent in entry.receipts for file in sent.files)
        or any(
            key == verdict.slip_key or any(key == each.key for each in verdict.marked)
            for entry in entries
            for verdict in (*entry.verdicts, *entry.outcomes)
        )
    )


class Campaigns:
    """Finds what is asked for. A page that many people refresh costs the bucket one read every few seconds."""

    def __init__(
        self, open_workspace: OpenWorkspace, load_plans: LoadPlans, *, while_reading: float = WHILE_READING
    ) -> None:
        self.load = Cached(load_plans, PLANS_SECONDS)
        self.workspace = Cached(open_workspace, PLANS_SECONDS)
        self._found: dict[tuple[str, str], Snapshot] = {}
        self._earlier: dict[object, tuple[str, Place]] = {}
        self._works_ahead = while_reading > 0  # nobody waits for a reading: what is asked of each is made with it
        self._readings = Cached(self._read, REGISTER_SECONDS, while_asking=while_reading)
        self._checked = Cached(self._are_checked, PLANS_SECONDS)
        self._lines: defaultdict[tuple[str, str], dict[object, Entry]] = defaultdict(dict)
        self._refusals = Cached(lambda plan, code: refusals(self.workspace(plan, code)), REGISTER_SECONDS)
        self._stale = Cached(self._stale_papers, REGISTER_SECONDS)
        self._nows = Cached(self._now, REGISTER_SECONDS)
        self._ledgers = Cached(self._ledger, REGISTER_SECONDS, while_asking=WHILE_READING)

    def plan(self, viewer: Viewer, plan_id: str) -> Plan:
        """Return a plan; raise NotHereError or NotAllowedError."""
        plans, _ = self.load()
        for plan in plans:
            if plan.id == plan_id:
                if not viewer.may_see(plan_id):
                    raise NotAllowedError(plan_id)
                return plan
        raise NotHereError(f"Không có kế hoạch «{plan_id}».")

    def place(self, viewer: Viewer, plan_id: str, campaign: str) -> Place:
        """Return a campaign as it stands; raise NotHereError or NotAllowedError."""
        plan = self.plan(viewer, plan_id)
        if campaign not in {each.code for each in plan.campaigns}:
            raise NotHereError(f"Kế hoạch «{plan.short_title}» không có đợt «{campaign}».")
        return Place(self.workspace(plan_id, campaign), self._readings(plan_id, campaign))

    def place_named(self, viewer: Viewer, plan_id: str, named: str) -> Place:
        """Return a campaign as it stands or, where the name says so, stood at a moment: for officials alone.

        A register of an earlier day knows no link that was renewed since.
        """
        campaign, asked, code = named.partition(SIGN)
        place = self.place(viewer, plan_id, campaign)
        if not asked:
            return place
        if (moment := moment_of(code)) is None:
            raise NotHereError(f"«{code}» không phải là ngày; ghi năm-tháng-ngày, ví dụ 2031-11-05.")
        if moment.date() > (today := place.register.as_of.astimezone(VIETNAM).date()):
            raise NotHereError(f"Ngày {format_date(moment.date())} chưa đến; hôm nay là ngày {format_date(today)}.")
        return self._as_of(place, moment) if moment < place.register.as_of else place

    def anew(self, place: Place) -> Place:
        """Return a campaign as the bucket has it at this moment, whatever was kept: for whoever acts on it."""
        return replace(place, reading=self._readings.anew(place.plan.id, place.campaign.code))

    def _as_of(self, place: Place, moment: datetime) -> Place:
        key, stamp = (place.plan.id, place.campaign.code, moment), place.reading.stamp
        kept = self._earlier.get(key)
        if kept and kept[0] == stamp:
            return kept[1]
        workspace = replace(place.workspace, clock=FrozenClock(moment))
        register = register_then(place.workspace, place.register, moment)
        found = Place(
            workspace,
            RegisterReading(workspace, register, place.reading.found),
            then=then_of(place.workspace, place.register, moment),
            clock=place.workspace.clock,
        )
        if len(self._earlier) >= EARLIER_KEPT:
            self._earlier.clear()
        self._earlier[key] = (stamp, found)
        return found

    def _read(self, plan_id: str, campaign: str) -> RegisterReading:
        """Read a register; who looks leaves nothing behind."""
        there, workspace = (plan_id, campaign), self.workspace(plan_id, campaign)
        register, found = read_on(workspace, self._found.get(there), keep=False)
        self._found[there] = found
        reading = RegisterReading(workspace, register, found)
        if self._works_ahead:
            reading.summary  # noqa: B018 - which keeps it
        return reading

    def _ledger(self, plan_id: str, campaign: str) -> dict[str, ledger.NoticeState]:
        return ledger.states(self.workspace(plan_id, campaign))

    def now(self, place: Place) -> Now:
        """Return a campaign in short."""
        return self._nows(place.plan.id, place.campaign.code)

    def _now(self, plan_id: str, campaign: str) -> Now:
        return now_of(self._readings(plan_id, campaign), self._ledgers(plan_id, campaign).values())

    def _stale_papers(self, plan_id: str, campaign: str) -> list[StalePaper]:
        return stale_papers(self.workspace(plan_id, campaign), self._readings(plan_id, campaign).register)

    def current(self, plan: Plan) -> Campaign:
        """Return the campaign that whoever names none is shown."""
        return plan.present_campaign(self.workspace(plan.id, plan.campaigns[0].code).now)

    def are_checked(self, place: Place) -> bool:
        """Whether pages of what the rules found were made."""
        return self._checked(place.plan.id, place.campaign.code)

    def _are_checked(self, plan: str, campaign: str) -> bool:
        workspace = self.workspace(plan, campaign)
        return any(workspace.store.list(workspace.keys.check_page("index.html")))

    def lines(self, place: Place, notices: Sequence[ledger.NoticeState]) -> list[Entry]:
        """Return the ledger's lines of some notices; what has ended is read once, and again when a server reports."""
        kept = self._lines[place.plan.id, place.campaign.code]
        keys = {each.id: (each.id, each.ending, frozenset(each.said)) for each in notices}
        unread = [each for each in notices if each.ending is None or keys[each.id] not in kept]
        read = {line.id: line for line in entries(place.workspace, unread)}
        if len(kept) > LINES_KEPT:
            kept.clear()
        kept.update({keys[each.id]: read[each.id] for each in unread if each.ending is not None})
        lines = [read.get(each.id) or kept[keys[each.id]] for each in notices]
        return sorted(lines, key=lambda line: (line.posted_at, line.id))

    def stale(self, place: Place) -> list[StalePaper]:
        """Return the papers of a campaign that reports came after."""
        return [] if place.then else self._stale(place.plan.id, place.campaign.code)

    def refusals(self, place: Place) -> list[RefusedAct]:
        """Return the latest refusals of a campaign."""
        found = self._refusals(place.plan.id, place.campaign.code)
        return [each for each in found if each.at <= place.then.moment] if place.then else found

    def notices(self, place: Place) -> list[ledger.NoticeState]:
        """Return every notice of a campaign, as one listing shows it."""
        found = list(self._ledgers(place.plan.id, place.campaign.code).values())
        if place.then is None or place.clock is None:
            return found
        moment = place.clock.real_time(place.then.moment)
        return [each for each in found if each.posted and each.posted <= moment]

    def told_above(self, place: Place, unit: str) -> list[Entry]:
        """Return the lines of the escalations to offices that name a unit."""
        posted = ledger.to_superiors(self.notices(place), {office.code for office in place.plan.offices})
        return [each for each in self.lines(place, posted) if unit in each.late]

    def reminded(self, place: Place) -> dict[str, datetime]:
        """Return when the last mail left that urges a unit, by its code."""
        last = last_reminders(self.notices(place))
        left = {line.id: line.at for line in self.lines(place, list(last.values()))}
        found = {code: at for code, notice in last.items() if (at := left[notice.id])}
        return {code: at for code, at in found.items() if at <= place.register.as_of}

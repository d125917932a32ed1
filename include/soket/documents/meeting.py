"""What the papers of a conference are made of: the decision on it, who is invited, who speaks, what was replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property

from soket.clock import VIETNAM
from soket.documents.letterhead import Head, by_order
from soket.plan.guests import MAIN_POINT, Guest, guests_of, point_of
from soket.plan.model import Campaign, Plan, Stage
from soket.record.attendance import Attendance, attendance_of
from soket.record.commending import say_merit
from soket.record.decisions import ConferenceFormat
from soket.record.sending import door_link
from soket.record.words import FORMATS
from soket.text import format_date, format_moment, format_weekday, lower_first


@dataclass(frozen=True)
class Meeting:
    """One calling of a conference."""

    plan: Plan
    campaign: Campaign
    stage: Stage
    decision: ConferenceFormat
    round: int = 1
    assigned: Mapping[str, str] = field(default_factory=dict)  # who is asked to speak, and on what
    table: Attendance | None = None  # with the replies that there are
    replaced: str = ""  # which papers these replace, in a sentence
    commended: tuple[str, ...] = ()  # each decision that commends, with whom, in words
    merited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # who of each unit is invited as commended
    cited: str = ""  # the number and day of the report it is about, once that was issued

    @cached_property
    def guests(self) -> tuple[Guest, ...]:
        """Everybody invited, in order of protocol."""
        return guests_of(self.plan)

    @cached_property
    def attendance(self) -> Attendance:
        """The table of replies, empty as long as there are none."""
        return self.table or attendance_of(self.plan, self.stage, self.round, (), dict(self.assigned))

    @property
    def online(self) -> bool:
        """Whether guests attend at points of their own."""
        return self.decision.format == "online"

    @property
    def postponed(self) -> bool:
        """Whether it is put off to another day."""
        return self.decision.format == "postponed"

    @property
    def unread(self) -> bool:
        """Whether it was called after the campaign's last day: no reply is recorded any more."""
        return self.decision.decided_at >= self.campaign.end

    @property
    def starts(self) -> datetime | None:
        """When it begins; None as long as no hour is known: of one that is put off, it never is."""
        hour = None if self.postponed else self.decision.starts
        return datetime.combine(self.decision.day, hour, VIETNAM) if hour else None

    def head(self, kind: str) -> Head:
        """Return the form of one of its papers."""
        return by_order(self.plan, self.stage.owner, kind, self.decision.decided_at.date())

    def merit_of(self, guest: Guest) -> str:
        """Return who of a guest is commended and invited with it; "" where nobody is."""
        return say_merit(self.merited.get(guest.code, ()), guest.name)

    def place_of(self, guest: Guest) -> str:
        """Return where a guest attends."""
        return (point_of(self.plan, guest) or MAIN_POINT) if self.online else ""

    @cached_property
    def fields(self) -> dict[str, object]:
        """What every paper says of the conference."""
        plan, decision = self.plan, self.decision
        draft = plan.draft_of(self.stage)
        return {
            "plan": plan,
            "campaign": self.campaign,
            "occasion": f"Hội nghị {lower_first(plan.title)}",
            "format": decision.format,
            "format_name": FORMATS[decision.format].phrase,
            "day": f"{format_weekday(decision.day)}, ngày {format_date(decision.day)}",
            "time": say_hour(self.starts),
            "place": decision.place,
            "chair": decision.chair or f"Đại diện {plan.issuer}",
            "reason": decision.reason.rstrip(". "),
            "line_test": format_moment(decision.line_test) if decision.line_test else "",
            "reply_by": format_date(decision.reply_by) if decision.reply_by else "",
            "organiser": plan.office(self.stage.owner),
            "drafter": plan.office(draft.owner if draft else plan.roles.lead),
            "lead": plan.office(plan.roles.lead),
            "own_points": self.online and [plan.block(code).name for code in plan.conference.own_points or ()],
            "replaced": self.replaced,
            "commended": list(self.commended),
            "cited": self.cited,
            "unread": self.unread,
            "page": door_link(plan, self.campaign.code) is not None,
        }


def say_hour(hour: time | datetime | None, later: timedelta = timedelta()) -> str:
    """Return an hour as papers print it, a moment so much later: 07 giờ 30; room to write it where none is known."""
    if hour is None:
        return "… giờ …"
    moment = hour + later if isinstance(hour, datetime) else hour
    return f"{moment:%H}\u00a0giờ\u00a0{moment:%M}"  # never divided over two lines

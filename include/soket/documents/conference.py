"""The papers of the review conference: invitation, agenda, delegates, calendar entry."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, vText

from soket.clock import VIETNAM
from soket.documents.letterhead import ATTACHMENT, by_order
from soket.documents.rendering import clean, render
from soket.plan.model import Campaign, Duty, Office, Plan, Stage
from soket.record.decisions import ConferenceFormat
from soket.record.words import FORMATS
from soket.text import format_date, format_weekday, lower_first, vietnamese_order


def render_invitation(plan: Plan, campaign: Campaign, stage: Stage, decision: ConferenceFormat) -> bytes:
    """Return the invitation or, for a postponed conference, the notice of its new date. The hour is left blank."""
    head = by_order(plan, stage.owner, "TB" if decision.format == "postponed" else "GM", decision.decided_at.date())
    return render(
        "conference_invitation",
        {
            "head": head,
            "campaign": campaign,
            "invited": _invited(plan),
            "lead": plan.office(plan.roles.lead),
            "organiser": plan.office(stage.owner),
            **_conference(plan, decision),
        },
    )


def render_agenda(plan: Plan, campaign: Campaign, stage: Stage, decision: ConferenceFormat) -> bytes:
    """Return the agenda; the hours are left blank."""
    draft = plan.draft_of(stage)
    return render(
        "conference_agenda",
        {
            "head": by_order(plan, stage.owner, "CTr", decision.decided_at.date()),
            "campaign": campaign,
            "organiser": plan.office(stage.owner),
            "drafter": plan.office(draft.owner if draft else plan.roles.lead),
            "lead": plan.office(plan.roles.lead),
            "own_reviews": [unit.name for unit in plan.units if unit.owes is Duty.OWN_REVIEW],
            **_conference(plan, decision),
        },
    )


def render_delegates(plan: Plan, campaign: Campaign, stage: Stage, decision: ConferenceFormat) -> bytes:
    """Return the list of delegates: the offices, then each block's units with their leaders."""
    number = 0
    groups = []
    for block in plan.blocks:
        rows = []
        for unit in vietnamese_order((unit for unit in plan.units if unit.block == block.code), lambda unit: unit.name):
            number += 1
            rows.append({"number": number, "unit": unit.name, "name": unit.head.name, "title": unit.head.title or ""})
        if rows:
            groups.append({"name": block.name, "count": len(rows), "rows": rows})
    return render(
        "conference_delegates",
        {
            "head": by_order(plan, stage.owner, ATTACHMENT, decision.decided_at.date()),
            "campaign": campaign,
            "offices": [{"number": index, "name": office.name} for index, office in enumerate(_attending(plan), 1)],
            "groups": groups,
            "total": number + len(_attending(plan)),
            **_conference(plan, decision),
        },
    )


def invitation_ics(
    plan: Plan,
    campaign: Campaign,
    decision: ConferenceFormat,
    *,
    starts: time | None = None,
    duration: timedelta = timedelta(hours=4),
) -> bytes:
    """Return the conference as a calendar file; an event of the whole day as long as no hour is given.

    The UID is the campaign's, so a later decision moves the same entry in every calendar.
    """
    event = Event()
    event.add("uid", f"conference.{campaign.code}.{plan.id}@soket")
    event.add("dtstamp", decision.decided_at)
    # It must rise with every change: the minutes since the campaign began do.
    event.add("sequence", max(0, int((decision.decided_at - campaign.start).total_seconds() // 60)))
    if starts is None:
        event.add("dtstart", decision.day)
        event.add("dtend", decision.day + timedelta(days=1))
    else:
        begin = datetime.combine(decision.day, starts, VIETNAM)
        event.add("dtstart", begin)
        event.add("dtend", begin + duration)
    event.add("summary", clean(f"Hội nghị {lower_first(plan.title)}"))
    event.add("description", clean(f"Hình thức: {FORMATS[decision.format].phrase}. Giờ họp theo giấy mời."))
    event["location"] = vText(clean(decision.place))
    event.add("status", "TENTATIVE" if decision.format == "postponed" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//soket//hoi-nghi//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", VIETNAM.key)
    calendar.add_component(Timezone.from_tzinfo(VIETNAM))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _conference(plan: Plan, decision: ConferenceFormat) -> dict[str, object]:
    """Return what every paper says of the conference."""
    return {
        "plan": plan,
        "occasion": f"Hội nghị {lower_first(plan.title)}",
        "format": decision.format,
        "format_name": FORMATS[decision.format].phrase,
        "day": f"{format_weekday(decision.day)}, ngày {format_date(decision.day)}",
        "place": decision.place,
        "reason": decision.reason,
    }


def _attending(plan: Plan) -> list[Office]:
    """Return the offices with a part in the review itself; who only runs the system has none."""
    roles = plan.roles
    review = {roles.lead, roles.receiver, roles.standing}.union(*((each.owner, each.receiver) for each in plan.stages))
    return [office for office in plan.offices if office.code != roles.operator or office.code in review]


def _invited(plan: Plan) -> list[str]:
    press = {unit.block for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN}
    offices = [office.name for office in _attending(plan) if office.code != plan.roles.standing]
    return [
        plan.office(plan.roles.standing).name,
        f"Lãnh đạo {', '.join(offices)}",
        *(f"Đại diện lãnh đạo: {block.name}" for block in plan.blocks if block.code not in press),
    ]

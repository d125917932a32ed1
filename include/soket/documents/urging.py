"""The letter (công văn) that urges late units, drafted for the office that would sign it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from soket.documents.letterhead import LETTER, copied, letterhead
from soket.documents.rendering import render
from soket.plan.model import Plan
from soket.text import format_moment, lower_first

_NAMED = 6  # so many units are named above the text; more are listed in an annex

Late = Mapping[str, str]  # name, owed, standing, last_day, days: worded


def render_urging_letter(
    plan: Plan,
    office_code: str,
    late: Sequence[Late],
    as_of: datetime,
    *,
    closed: str | None = None,
    within: str | None = None,
    in_all: int = 0,
) -> bytes:
    """Return a draft letter from an office to the units that are late; number, day and signature stay blank.

    What they report to may be `closed` without them: in a sentence. Where more are late `in_all`, `within` says which
    blocks these are of.
    """
    office, lead = plan.office(office_code), plan.office(plan.roles.lead)
    head = letterhead(plan, office_code, LETTER, as_of.date())
    owed, sent = sorted({each["owed"] for each in late}), _sent(plan, late)
    receiver, _ = sent[-1]
    return render(
        "urging_letter",
        {
            "head": head,
            "plan": plan,
            "subject": f"{_subject(owed)} {lower_first(plan.short_title)}",
            "owed": ", ".join(each if whose == receiver else f"{each} về {whose}" for whose, each in sent),
            "receiver": receiver,
            "signer": plan.issuer if office_code == plan.roles.standing else office.name,
            "lead": lead.name,
            "addressees": [each["name"] for each in late] if len(late) <= _NAMED else [],
            "rows": list(late),
            "as_of": format_moment(as_of),
            "closed": closed,
            "within": within,
            "in_all": in_all,
            "year": as_of.year,
            "contact": _contact(plan),
            "copies": copied(plan, office_code, head),
        },
    )


def _sent(plan: Plan, late: Sequence[Late]) -> list[tuple[str, str]]:
    """Return to whom what is owed goes, as the mail to each unit says it: the last is named behind all."""
    owed: dict[str, dict[str, None]] = {}
    for each in sorted(late, key=lambda each: each["owed"]):
        to = plan.stage_of(plan.unit(each["code"])).receiver if "code" in each else plan.roles.receiver
        owed.setdefault(plan.office(to).name, {})[each["owed"]] = None
    return [(receiver, ", ".join(kinds)) for receiver, kinds in owed.items()]


def _subject(owed: Sequence[str]) -> str:
    """Return what a short subject calls what is owed: the plan's title after it says which report."""
    return owed[0] if len(owed) == 1 and not owed[0].startswith("báo cáo") else "báo cáo"


def _contact(plan: Plan) -> str:
    """Return whom units ask: the office that follows them up, whoever signs."""
    lead = plan.office(plan.roles.lead)
    person = lead.contact
    name = person.name if lead.name in person.name else f"{lead.name}, {person.name}"
    reached = f"điện thoại {person.phone}" if person.phone else f"thư điện tử {person.email}"
    return ", ".join(part for part in (name, person.title, reached) if part)

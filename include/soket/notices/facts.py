"""Phrases and facts that several mails share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pydantic import JsonValue

from soket.notices.notice import Attachment
from soket.plan.dates import last_day_of, say_deadline
from soket.plan.model import Deadline, Duty, Office, Unit
from soket.plan.words import owed_word, own_name
from soket.record.products import CONTENT_TYPES
from soket.record.records import StageRecord
from soket.record.register import Register, UnitEntry
from soket.record.sending import entry_link, say_ring, store_address
from soket.record.workspace import Workspace
from soket.text import format_date, format_size, format_working_days

Facts = dict[str, JsonValue]

HEAVIEST = 4_000_000  # bytes of a file that goes by mail: servers take ten million or so, a third more in transit
COMES_BACK = "thư gửi đơn vị bị trả lại, có thể đơn vị chưa đọc"


def say_days(workspace: Workspace, deadline: datetime, at: date | None = None) -> str:
    """Return how far off a deadline is, or was at the end of a day: "còn 03 ngày làm việc", "quá hạn 02 ngày làm việc".

    Of the days past it those count that are over: whoever is hours late is not a day late.
    """
    today, last_day = at or workspace.now.date(), last_day_of(deadline)
    if today == last_day:
        return "hôm nay là ngày cuối cùng"
    if today < last_day:
        days = workspace.calendar.working_days_between(today, last_day)
        return f"còn {format_working_days(days)}" if days else f"hạn là ngày {format_date(last_day)}"
    over = today if at else today - timedelta(days=1)
    days = workspace.calendar.working_days_between(last_day, over)
    return f"quá hạn {format_working_days(days)}" if days else "vừa quá hạn"


def say_days_of(workspace: Workspace, entry: UnitEntry) -> str:
    """Return how far off a unit's deadline is; once nobody waits any more, since when that is."""
    if entry.closed is None:
        return say_days(workspace, entry.deadline)
    return f"đã thôi chờ từ hết ngày {format_date(last_day_of(entry.closed))}"


def unit_facts(workspace: Workspace, unit: Unit, entry: UnitEntry) -> Facts:
    """Return what every mail to a unit says: who it is, what it owes, until when, and how to hand it in."""
    plan = workspace.plan
    form = plan.form_of(unit) if unit.owes in (Duty.REPORT, Duty.OWN_REVIEW) else None
    extension = entry.extension
    return {
        "addressed": (name := own_name(plan, unit)),
        "unit_name": name,
        "owed": owed_word(plan, unit).phrase,
        "form_title": form.title if form else None,
        "receiver": plan.office(plan.stage_of(unit).receiver).name,
        **deadline_facts(workspace, entry.deadline),
        "days": say_days_of(workspace, entry),
        "extension": None
        if extension is None
        else f"được gia hạn đến hết ngày {format_date(extension.last_day)}"
        + (f" theo văn bản số {extension.document_number}" if extension.document_number else ""),
        **sending_facts(workspace, unit.code),
        "upload_link": entry_link(workspace, entry),
    }


def deadline_facts(workspace: Workspace, deadline: datetime) -> Facts:
    """Return what is said of a deadline, given as its first moment too late."""
    return {
        "last_moment": say_deadline(Deadline(by=last_day_of(deadline))),
        "last_day": format_date(last_day_of(deadline)),
        "days": say_days(workspace, deadline),
        "overdue": workspace.now >= deadline,
    }


def sending_facts(workspace: Workspace, code: str) -> Facts:
    """Return how a unit or office hands in files."""
    limits = workspace.plan.limits
    return {
        "inbox_folder": workspace.keys.inbox_folder(code),
        "max_files": limits.max_files,
        "max_file_mb": limits.max_file_mb,
        "store_address": store_address(),
        "ring": say_ring(workspace.plan),
    }


def page_facts(workspace: Workspace, register: Register, code: str) -> Facts:
    """Return the link to a guest's own page; an office has none."""
    entry = register.units.get(code)
    return {"upload_link": entry_link(workspace, entry) if entry else None}


def say_contact(office: Office) -> str:
    """Return whom to call at an office, on one line: name, title, telephone, address."""
    contact = office.contact
    name = contact.name if contact.name != office.name else None
    parts = (name, contact.title, contact.phone and f"điện thoại {contact.phone}", contact.email)
    return ", ".join(part for part in parts if part)


def office_facts(office: Office) -> Facts:
    """Return how a mail to an office begins."""
    return {"addressed": office.name}


def products_of(record: StageRecord | None) -> Sequence[Attachment]:
    """Return the products of a stage's record as files that a mail can carry."""
    return as_attachments(record.products if record else ())


def carried(workspace: Workspace, files: Sequence[Attachment]) -> tuple[tuple[Attachment, ...], list[str]]:
    """Return the files that a mail can carry, and which are too heavy for it: how heavy, and where they lie."""
    folders = dict.fromkeys(f"{each.key.rpartition('/')[0]}/" for each in files)
    sizes = {found.key: found.size for folder in folders for found in workspace.store.list(folder)}
    heavy = [each for each in files if sizes.get(each.key, 0) > HEAVIEST]
    told = [f"{each.name} ({format_size(sizes[each.key])}), khóa {each.key}" for each in heavy]
    return tuple(each for each in files if each not in heavy), told


def as_attachments(keys: Sequence[str]) -> Sequence[Attachment]:
    """Return products, by their keys, as files that a mail can carry."""
    return [
        Attachment(
            name=key.rpartition("/")[2],
            key=key,
            content_type=CONTENT_TYPES.get(key.rpartition(".")[2], "application/octet-stream"),
        )
        for key in keys
    ]

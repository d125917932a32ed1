"""What comes after an act, and what does not come by itself, in words for its preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from soket.record.composed import say_later
from soket.record.register import Register
from soket.record.reopening import say_run
from soket.record.slack import critical_path
from soket.record.workspace import Workspace
from soket.stages.act_blanks import OFFICE
from soket.text import format_date


def say_afterwards(there: Workspace, before: Register, after: Register) -> Iterator[str]:
    """Yield what the run of a reopened stage does, and what a date that was moved leaves as it is."""
    for stage in there.plan.stages:
        if after.reopened(stage) and not before.reopened(stage):
            yield say_run(there, after, stage)
        called = after.conference_format(stage)
        if called and after.of(stage).done and after.of(stage).last_day != before.of(stage).last_day:
            day = format_date(called.day)
            yield f"{stage.title}: ngày họp đã mời, {day}, không đổi; dời ngày họp thì mở lại giai đoạn."
    given = (code for code, entry in after.units.items() if entry.last_day > before.units[code].last_day)
    told = (say_later(there.plan, after, after.units[code]) for code in given if after.units[code].to_chase)
    yield from dict.fromkeys(filter(None, told))


def say_course(workspace: Workspace, before: Register, after: Register) -> Iterator[str]:
    """Yield what is left to stages, where it would not be what it is."""
    was, is_now = (critical_path(workspace, each) for each in (before, after))
    left = {each.stage: each.left for each in was.stages}
    for each in is_now.stages:
        if left.get(each.stage, each.left) != each.left:
            yield f"{each}."


def say_shut_out(workspace: Workspace, form: Mapping[str, Any]) -> str:
    """Say how a new link comes to its reader once the campaign's last day is past, and no mail is due any more."""
    if form.get("act") != "link_renewal" or workspace.now.date() <= workspace.campaign.closes:
        return ""
    ways = (
        "gửi đơn vị một lời “Trao đổi” thì thư mang đường dẫn ấy; hoặc người vận hành lấy bằng lệnh «soket page link»"
    )
    return f"Đợt đã qua, không còn thư nào tự mang đường dẫn mới{'' if form.get(OFFICE.name) else f': {ways}'}."

"""A replay of a campaign, past or still to come, in words: its days and seconds, its campaigns, its mail, its stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from soket import clock as clocks
from soket.clock import VIETNAM, Pace, WallClock
from soket.plan.model import Plan
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.text import format_date, format_moment, format_number

# A replay's days are seconds: what waits for a file to be whole, or looks again, has no time to wait.
QUICK = {
    "SOKET_POLL_SECONDS": "2",
    "SOKET_GATE_SECONDS": "3",
    "SOKET_SETTLE_SECONDS": "3",
    "SOKET_WATCH_SECONDS": "15",
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
}


def quickened(spec: StackSpec) -> StackSpec:
    """Return a stack's spec with the waits of a replay, where nobody asked for others."""
    return replace(spec, settings=QUICK | spec.settings)


def lived_in(state: State) -> bool:
    """Whether a stack has run by the wall's clock: a replay there would mix with the record of what really was."""
    kept = state.read("state.json")
    return bool(kept.get("migrated")) and not kept.get("replay") and state.clock is None


def remember(state: State, replay: str) -> None:
    """Write down that a stack is a replay's, before its clock runs."""
    state.update(replay=replay)


def explained(pace: Pace, plans: Iterable[Plan], mail: str | None) -> list[str]:
    """Return what a pace means, line by line; `mail` is what SOKET_MAIL says."""
    first, last = pace.stretches[0][0], pace.end - timedelta(days=1)
    seconds = sum(seconds for _, seconds in pace.parts())
    days = f"từ 00 giờ 00 ngày {format_date(first)} đến hết ngày {format_date(last)}"
    lines = [
        f"Diễn lại {days}, mất chừng {_span(seconds)}; sau đó giờ của đợt chạy như giờ thật.",
        *_stretches(pace),
        *_campaigns(pace, plans),
    ]
    if mail == "send":
        lines.append("Thư gửi vào hộp thư đi kèm của hệ thống diễn lại, không ra ngoài máy này.")
    else:
        lines.append("Thư được lập và ghi vào sổ thư, nhưng giữ lại, không gửi cho ai.")
    return lines


def present_words(state: State) -> str | None:
    """Return what time it is in a replay; None where the stack lives by the wall's clock."""
    return f"Diễn lại: giờ của đợt đang là {there}." if (there := _there(state)) else None


def runs_on(state: State) -> str:
    """Return that a replay's time passes while its stack is down, and what time it is; "" by the wall's clock."""
    there = _there(state)
    return f"Đồng hồ diễn lại chạy cả khi hệ thống dừng: giờ của đợt đang là {there}." if there else ""


def _there(state: State) -> str | None:
    clock = WallClock() if state.clock is None else clocks.parse(state.clock)
    return None if isinstance(clock, WallClock) else format_moment(clock.now())


def _stretches(pace: Pace) -> Iterator[str]:
    """Say of each stretch how long a day takes."""
    for day, seconds in pace.stretches:
        rest = format_number(round(seconds / 10, 1))
        yield (
            f"- từ ngày {format_date(day)}: mỗi ngày làm việc {format_number(seconds)} giây thật, hầu hết là từ 07 đến "
            f"18 giờ; mỗi đêm, mỗi thứ Bảy, Chủ nhật {rest} giây"
        )


def _campaigns(pace: Pace, plans: Iterable[Plan]) -> Iterator[str]:
    """Name the campaigns that are open meanwhile, or say that there is none."""
    begins, ends = (datetime.combine(day, time(), VIETNAM) for day in (pace.stretches[0][0], pace.end))
    played = [
        (plan, campaign)
        for plan in plans
        for campaign in plan.campaigns
        if campaign.start < ends and campaign.end > begins
    ]
    for plan, campaign in played:
        words = f"- đợt {campaign.code} của {plan.id} ({format_date(campaign.opens)} - {format_date(campaign.closes)})"
        words += "; phần trước ngày đầu không được diễn" if campaign.start < begins else ""
        yield words + ("; phần sau ngày cuối chạy theo giờ thật" if campaign.end > ends else "")
    if not played:
        yield "Không kế hoạch nào có đợt mở trong những ngày này: sẽ không có gì diễn ra."


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} phút" if minutes else f"{round(seconds)} giây"

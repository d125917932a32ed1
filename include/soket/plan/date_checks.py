"""Dates of campaigns, their stages, blocks and units that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.flow_checks import asked_by, in_circles, stages_in
from soket.plan.model import Campaign, StageDates, StageKind
from soket.plan.references import names, select, sound, unknown
from soket.plan.stages import Stage, dated
from soket.text import format_date

_LONGEST_YEARS = 5  # of a campaign


def check_dates(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find stages outside their campaign or out of turn, and campaigns that end first."""
    flow = [stage for _, stage in stages_in(data)]
    flow = [] if in_circles(flow) else flow  # stages in a circle are told of, and of no order
    for path, raw in select(data, "campaigns.*"):
        stages = {str(rest[1]): dates for rest, dates in sound(raw, "stages.*", StageDates)}
        try:
            campaign = Campaign.model_validate({**raw, "stages": stages, "own": {}})
        except (ValidationError, TypeError):
            continue
        yield from _campaign_dates(path, campaign, flow)


def _campaign_dates(path: DataPath, campaign: Campaign, flow: list[Stage]) -> Iterator[UnplacedFault]:
    whole = f"{format_date(campaign.opens)} - {format_date(campaign.closes)}"
    if campaign.opens > campaign.closes:
        yield UnplacedFault((*path, "closes"), f"đợt hết ngày trước khi mở ({whole})", "Sửa «opens» hoặc «closes».")
        return
    if (years := (campaign.closes - campaign.opens).days // 365) > _LONGEST_YEARS:
        yield UnplacedFault((*path, "closes"), f"đợt kéo dài {years} năm ({whole})", "Xem lại năm.")
        return
    for code, dates in campaign.stages.items():
        yield from _own_dates((*path, "stages", code), code, dates)
        if dates.opens < campaign.opens or dates.last_day > campaign.closes:
            yield UnplacedFault(
                (*path, "stages", code),
                f"giai đoạn {format_date(dates.opens)} - {format_date(dates.last_day)} nằm ngoài đợt ({whole})",
                "Sửa ngày của giai đoạn hoặc của đợt.",
            )
    followed = [
        (stage, before)
        for stage in dated(flow, campaign.stages)
        if stage.kind is not StageKind.PUBLISH  # which asks the press long before
        for before in stage.after
    ]
    for stage, before in followed:
        here, dates, earlier = (*path, "stages", stage.id), campaign.stages[stage.id], campaign.stages[before]
        if dates.opens < earlier.opens:
            yield UnplacedFault(here, f"mở trước giai đoạn «{before}» ({format_date(earlier.opens)})", "Sửa «opens».")
        if dates.last_day <= earlier.last_day:
            yield UnplacedFault(
                here,
                f"ngày cuối {format_date(dates.last_day)} không sau ngày cuối của «{before}» "
                f"({format_date(earlier.last_day)})",
                "Giai đoạn sau cần thời gian sau khi giai đoạn trước hết hạn.",
            )


def _own_dates(path: DataPath, code: str, dates: StageDates) -> Iterator[UnplacedFault]:
    """Find dates of blocks and units that lie outside their stage's time."""
    for group, owns in (("blocks", dates.blocks), ("units", dates.units)):
        for name, own in owns.items():
            if not dates.opens <= own.last_day <= dates.last_day:
                whole = f"{format_date(dates.opens)} - {format_date(dates.last_day)}"
                yield UnplacedFault(
                    (*path, group, name),
                    f"ngày cuối của «{name}» là {format_date(own.last_day)}, ngoài thời gian của «{code}» ({whole})",
                    "Giai đoạn hết ở ngày muộn nhất của các khối, đơn vị: lùi ngày của giai đoạn, hoặc sửa ngày này.",
                )


def check_own_dates(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find dates of blocks and units that there are not, or that hand nothing in to the stage."""
    asked = asked_by(data)
    for key, what, known in (
        ("blocks", "khối", [name for _, name in names(data, "blocks.*.code")]),
        ("units", "đơn vị", [name for _, name in names(data, "units.*.code")]),
    ):
        for path, name in names(data, f"campaigns.*.stages.*.{key}.@"):
            stage = str(path[3])
            if name not in known:
                found = unknown(path, name, what, known)
                yield UnplacedFault(found.path, found.message, found.hint, found.nearest, at_key=True)
            elif stage in asked and name not in asked[stage][key]:
                message = f"{what} «{name}» không nộp gì cho giai đoạn «{stage}»"
                yield UnplacedFault(path, message, "Ghi ngày ở giai đoạn mà đơn vị nộp, hoặc bỏ.", at_key=True)


CHECKS = (check_dates, check_own_dates)

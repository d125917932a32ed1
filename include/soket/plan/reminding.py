"""What a plan says of reminding that makes no sense: steps, quiet hours, variants of a mail that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from soket.folders import templates_folder
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.ladders import MORNING, LadderStep, Quiet
from soket.plan.references import names, select, sound
from soket.plan.schema_errors import listed, nearest


def check_ladders(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find ladders that are empty, repeat a step, or escalate before the date and remind after it."""
    for path, steps in select(data, "ladders.*"):
        if steps == []:
            yield UnplacedFault(path, "bậc thang nhắc chưa có bậc nào", "Thêm ít nhất một bậc.", at_key=True)
    seen: dict[tuple[object, ...], DataPath] = {}
    for path, step in sound(data, "ladders.*.*", LadderStep):
        earlier = seen.setdefault((path[1], step.at, step.hour, step.to), path)
        if earlier != path:
            yield UnplacedFault(path, "hai bậc giống nhau: cùng ngày, giờ và người nhận", "Bỏ một bậc.", first=earlier)
        if step.kind == "escalation" and step.at <= 0:
            yield UnplacedFault(
                (*path, "at"), "đôn đốc khi chưa quá hạn", "Ghi «at» từ 1 trở lên, hoặc kind: reminder."
            )
        if step.kind == "reminder" and step.at > 0:
            yield UnplacedFault(
                (*path, "at"), "nhắc trước hạn mà tính sau ngày cuối", "Ghi «at» từ 0 trở xuống, hoặc kind: escalation."
            )
        if step.kind == "reminder" and step.to.superior:
            yield UnplacedFault(
                (*path, "to"), "nhắc trước hạn chỉ gửi đơn vị (unit) hoặc lãnh đạo đơn vị (head)", "Sửa «to»."
            )


def check_quiet(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find steps, and a morning, that fall into the hours in which no mail goes out."""
    given = next((quiet for _, quiet in sound(data, "quiet", Quiet)), None)
    quiet = given or Quiet()
    span = f"{_hour(quiet.start)} - {_hour(quiet.end)}"
    if given and given.covers(MORNING):
        yield UnplacedFault(
            ("quiet",), f"giờ nghỉ {span} trùm lên {_hour(MORNING)}, giờ của bản tin sáng", "Sửa «start» hoặc «end»."
        )
        return
    for path, step in sound(data, "ladders.*.*", LadderStep):
        if quiet.covers(step.hour):
            yield UnplacedFault(
                (*path, "hour"),
                f"bậc lúc {_hour(step.hour)} rơi vào giờ nghỉ ({span}), khi không thư nào được gửi",
                f"Ghi «hour» từ {_hour(quiet.end)} đến trước {_hour(quiet.start)}, hoặc sửa «quiet».",
            )


def check_templates(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find variants of a mail that have no folder among the templates."""
    for path, template in names(data, "ladders.*.*.template"):
        _, ladder, index, _ = path
        kind = data["ladders"][ladder][index].get("kind")
        if kind not in ("reminder", "escalation"):
            continue  # told elsewhere
        known = sorted(each.name for each in (templates_folder() / "email" / kind).iterdir() if each.is_dir())
        if template not in known:
            hint = f"Dùng được: {listed(known)}." if known else f"Thư «{kind}» chỉ có một mẫu: bỏ «template»."
            yield UnplacedFault(path, f"thư «{kind}» không có mẫu «{template}»", hint, nearest(template, known))


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


CHECKS = (check_ladders, check_quiet, check_templates)

"""The campaign of the plan being written: when each stage opens, and what its date is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from soket.plan.dates import Deadline
from soket.plan_reading.asking import Asking, OpenQuestion
from soket.plan_reading.review_step import ReviewStep
from soket.plan_reading.stages import Stages, WrittenStage
from soket.plan_reading.when import dates_in
from soket.plan_reading.written_date import When
from soket.plan_reading.yaml_text import Flow, Hole, noted
from soket.text import format_date

_BEFORE_FIRST = timedelta(days=21)
_AFTER_LAST = timedelta(days=3)


@dataclass(frozen=True)
class Dates:
    """What is known of the plan's own date."""

    issued: date | None
    year: int | None
    today: date


def day_in(text: str, year: int | None) -> date | None:
    """Return the day that an answer names."""
    deadline = deadline_in(text, year)
    return (deadline.by or deadline.before) if deadline else None


def deadline_in(text: str, year: int | None) -> Deadline | None:
    """Return the deadline that an answer names; a bare day is the last one."""
    if not text:
        return None
    for words in (text, f"đến hết ngày {text}"):
        for when in dates_in(words, None, year):
            if when.deadline:
                return when.deadline
    return None


def campaign_of(stages: Stages, asking: Asking, dates: Dates, title: str) -> tuple[object, set[str]]:
    """Return the campaign, and the stages that it dates; one without a date is a hole in it."""
    found: dict[str, Deadline] = {}
    for each in stages.entries:
        deadline = each.step.deadline or (_asked(each, asking, dates) if each.step.kind != "publish" else None)
        if deadline:
            found[each.id] = deadline
    if not any(each.step.kind == "draft" and each.id in found for each in stages.entries):
        for each in stages.entries:  # nothing to appraise
            if each.step.kind == "appraise" and each.id in found:
                del found[each.id]
                asking.leave_open(f"dự thảo mà «{each.entry['title']}» ({each.id}) thẩm định")
    days = sorted(deadline.last_day for deadline in found.values())
    if not days:
        asking.leave_open("mọi thời hạn")
        days = [dates.issued or dates.today + _BEFORE_FIRST]
    opens = _day(asking, dates, "mo_dot", "Đợt mở ngày nào?", dates.issued or days[0] - _BEFORE_FIRST,
                 "ngày ban hành Kế hoạch" if dates.issued else "ba tuần trước thời hạn đầu tiên")  # fmt: skip
    closes = _day(
        asking,
        dates,
        "ket_thuc_dot",
        "Đợt kết thúc ngày nào?",
        days[-1] + _AFTER_LAST,
        "ba ngày sau thời hạn cuối cùng",
    )
    note = asking.assume("mỗi giai đoạn mở khi giai đoạn trước nó hết hạn")
    entries: dict[str, object] = {}
    opened: dict[str, date] = {}
    for each in stages.entries:
        if each.step.kind == "publish":
            deadline = each.step.deadline or Deadline(by=closes)
            more = "" if each.step.deadline else asking.assume("tuyên truyền, lưu trữ đến hết đợt")
            entries[each.id] = noted(Flow({"opens": opens} | _said(deadline)), _quote(each.step), more)
        elif each.id not in found:
            says = f" ({_quote(each.step)})" if each.step.when else ""
            entries[each.id] = Hole(
                f"thời hạn của «{each.entry['title']}»{says}; không ghi thì đợt này không có giai đoạn ấy"
            )
            asking.leave_open(f"thời hạn của «{each.entry['title']}» ({each.id})")
        else:
            start = _opening(each, stages, found, opened, opens)
            opened[each.id] = start
            own, notes = _of_blocks(each, asking)
            fields: dict[str, object] = {"opens": start} | _said(found[each.id]) | ({"blocks": own} if own else {})
            told = _assumed(asking, each.step.when, str(each.entry["title"]))
            entries[each.id] = noted(Flow(fields), _quote(each.step), told, *notes)
    code = str(dates.year or opens.year)
    campaign = noted(
        {"code": code, "title": title or f"Đợt {code}", "opens": opens, "closes": closes, "stages": entries}, note
    )
    return campaign, {code for code, entry in entries.items() if not isinstance(entry, Hole)}


def _of_blocks(each: WrittenStage, asking: Asking) -> tuple[dict[str, object], list[str]]:
    """Return the dates of blocks that are due before the stage is, and the comments that say whence they are."""
    own: dict[str, object] = {}
    notes: list[str] = []
    for code, (when, passage) in each.blocks.items():
        if when is None or when.deadline is None:
            if each.step.when:
                notes.append(
                    asking.assume(f"khối {code} không có thời hạn riêng: lấy thời hạn của «{each.entry['title']}»")
                )
        elif when.deadline != each.step.deadline:
            own[code] = _said(when.deadline)
            notes += [f"{code}: {passage.quote(when.text)}" if passage else "", _assumed(asking, when, f"khối {code}")]
    return own, notes


def _assumed(asking: Asking, when: When | None, whose: str) -> str:
    """Return the comment on what was assumed of a date, if anything was."""
    if when is None or when.deadline is None or not when.doubt:
        return ""
    return asking.assume(f"thời hạn {format_date(when.deadline.last_day)} của «{whose}»: {when.doubt}")


def _asked(each: WrittenStage, asking: Asking, dates: Dates) -> Deadline | None:
    says = f"; {each.entry['source']}: {each.step.when.text}" if each.step.when else f"; {each.entry['source']}"
    question = OpenQuestion(
        f"ngay_{each.id}", f"Thời hạn của «{each.entry['title']}» (trước ngày …, hoặc đến hết ngày …{says})?"
    )
    return deadline_in(asking.ask(question), dates.year)


def _day(asking: Asking, dates: Dates, key: str, text: str, assumed: date, why: str) -> date:
    answered = day_in(asking.ask(OpenQuestion(key, text, f"{format_date(assumed)}, {why}")), dates.year)
    if answered is None:
        asking.assume(f"{text.removesuffix(' ngày nào?').lower()} ngày {format_date(assumed)}: {why}")
    return answered or assumed


def _said(deadline: Deadline) -> dict[str, object]:
    return {"before": deadline.before} if deadline.before else {"by": deadline.by}


def _quote(step: ReviewStep) -> str:
    if step.when is None:
        return ""
    passage = next((each for each in step.passages if step.when.text in each.text), None)
    return passage.quote(step.when.text) if passage else step.when.text


def _opening(
    each: WrittenStage, stages: Stages, found: dict[str, Deadline], opened: dict[str, date], opens: date
) -> date:
    """Return when a stage opens: the day after what it follows is over, or with that where it is due earlier."""
    before = [code for code in stages.followed(each, found) if code in found]
    start = max((found[code].last_day + timedelta(days=1) for code in before), default=opens)
    if start > found[each.id].last_day:
        start = max((opened.get(code, opens) for code in before), default=opens)
    return min(max(start, opens), found[each.id].last_day)

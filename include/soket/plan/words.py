"""What a plan's enums are called: one table each, which whoever shows them reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from soket.plan.model import Duty, Plan, Severity, Tone, Unit
from soket.plan.natures import Aggregate, Nature
from soket.text import Word, lower_first


@dataclass(frozen=True)
class Weight(Word):
    """How grave a fault is, and what to do about one that says nothing of it itself."""

    advice: str = ""


# What a unit is to send, in a sentence; alone, what it has to do. {review}: what the plan calls its review.
DUTIES = {
    Duty.REPORT: Word("báo cáo {review}"),
    Duty.OWN_REVIEW: Word("báo cáo kết quả tổ chức {review}", "Tự tổ chức {review} và gửi báo cáo"),
    Duty.NIL_RETURN: Word("văn bản xác nhận không phát sinh nội dung báo cáo", "Báo cáo không phát sinh"),
    Duty.COVERAGE_PLAN: Word("kế hoạch tuyên truyền"),
    Duty.DOCUMENT: Word("hồ sơ, văn bản nộp thêm"),
    Duty.EXEMPT: Word("văn bản", "Được miễn"),
}

SEVERITIES = {
    Severity.CRITICAL: Weight("phải sửa", advice="Sửa lại cho đúng rồi nộp lại."),
    Severity.REFER: Weight("cán bộ xem", advice="Đơn vị không phải làm gì; cán bộ sẽ xem."),
    Severity.WARNING: Weight("kiểm tra lại", advice="Kiểm tra lại; nếu đã đúng thì không phải sửa."),
    Severity.INFO: Weight("để biết", advice="Không phải sửa."),
}

LADDER_STEPS: dict[Literal["reminder", "escalation"], Word] = {
    "reminder": Word("nhắc"),
    "escalation": Word("đôn đốc"),
}

TONES = {Tone.FRIENDLY: Word("thân thiện"), Tone.SERIOUS: Word("nghiêm túc"), Tone.URGENT: Word("khẩn")}

# How the units' figures come to one.
AGGREGATES: dict[Aggregate, Word] = {
    "sum": Word("tổng cộng"),
    "mean": Word("bình quân"),
    "none": Word("không cộng chung"),
}

# What a figure counts: what came in its period, what there is at the period's end, a part of something.
NATURES: dict[Nature, Word] = {
    "flow": Word("số phát sinh trong kỳ"),
    "stock": Word("số có đến cuối kỳ"),
    "share": Word("tỷ lệ"),
}

# Whose target one is.
SCOPES: dict[Literal["total", "unit"], Word] = {
    "total": Word("chung của các đơn vị"),
    "unit": Word("của mỗi đơn vị"),
}


def owed_word(plan: Plan, unit: Unit) -> Word:
    """Return what a unit is to send: beside its report, what the stage that asks for it says."""
    if unit.owes is Duty.DOCUMENT:
        return Word(lower_first(plan.stage_of(unit).delivers))
    return duty_word(plan, unit.owes)


def own_name(plan: Plan, unit: Unit) -> str:
    """Return what a unit is called where it is said beside that what it is to send."""
    return unit.name.removesuffix(f" ({owed_word(plan, unit).phrase})")


def duty_word(plan: Plan, duty: Duty) -> Word:
    """Return what a plan calls what a unit owes."""
    return DUTIES[duty].about(plan.review_word)

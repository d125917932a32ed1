"""Short papers that a unit fills in on its page, as Word files that intake reads like any others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from soket.documents.rendering import blank_paper, clean, stable
from soket.plan.model import Plan, Unit
from soket.text import format_date

NIL_NAME = "bao-cao-khong-phat-sinh.docx"
PLAN_NAME = "ke-hoach-to-chuc.docx"
NOMINATIONS_NAME = "de-nghi-bieu-duong.docx"  # as its form says

_COLUMNS = ("TT", "Tập thể, cá nhân", "Chức vụ, đơn vị công tác", "Loại", "Thành tích", "Căn cứ")


def nil_lines(plan: Plan, unit: Unit, reason: str, person: str) -> list[str]:
    """Return what a report says that has nothing to report."""
    return [
        unit.name,
        "BÁO CÁO",
        f"V/v không phát sinh nội dung báo cáo ({plan.short_title})",
        f"Kính gửi: {plan.office(plan.stage_of(unit).receiver).name}",
        f"Theo {plan.source}, {unit.name} không phát sinh nội dung phải báo cáo.",
        f"Lý do: {reason.rstrip('.')}.",
        f"Người lập: {person}.",
    ]


def review_plan_lines(plan: Plan, unit: Unit, day: date, place: str, content: str, person: str) -> list[str]:
    """Return what a plan says by which a unit holds a review of its own."""
    return [
        unit.name,
        "KẾ HOẠCH",
        f"Kế hoạch tổ chức {plan.review_word}",
        f"Thực hiện {plan.source}, {unit.name} tổ chức hội nghị như sau.",
        f"Thời gian: ngày {format_date(day)}.",
        f"Địa điểm: {place.rstrip('.')}.",
        f"Nội dung, thành phần: {content.rstrip('.')}.",
        f"Người lập: {person}.",
    ]


def word_paper(lines: Iterable[str], made_at: datetime, table: Sequence[Sequence[str]] = ()) -> bytes:
    """Return lines, and a table below them, as a Word file; of the same it is the same bytes."""
    document = blank_paper()
    document.styles["Normal"].font.name = "Times New Roman"
    for line in lines:
        document.add_paragraph(clean(line))
    document.add_paragraph(f"Lập trên trang nộp hồ sơ, ngày {format_date(made_at.date())}.")
    if table:
        grid = document.add_table(rows=0, cols=len(_COLUMNS), style="Table Grid")
        for row in (_COLUMNS, *table):
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = clean(text)
    made = io.BytesIO()
    document.save(made)
    return stable(made.getvalue())

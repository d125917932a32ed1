"""The table of figures of the plan being written: of what the paper attaches, else an example."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.plan.periods import PeriodId, label_of
from soket.plan_reading.asking import Asking
from soket.plan_reading.figure_tables import FigureTable, LineCodes
from soket.plan_reading.paper import Paper
from soket.plan_reading.yaml_text import Flow, noted
from soket.text import YEAR, flat, quoted

# "Số liệu theo từng 06 tháng từ năm 2022 đến năm 2026".
_ASKED = re.compile(
    r"\bso lieu\b[^;.]{0,60}?\b(?:tung|moi|hang|cac) (?:(?P<half>0?6 thang|nua nam)|(?P<quarter>quy)|nam)\b"
    rf"[^;.\d]{{0,40}}?(?:nam )?(?P<first>{YEAR})\s*(?:den|-|–)\s*(?:het )?(?:nam )?(?P<last>{YEAR})(?![\d/])"
)
_MOST = 20  # years: more are no columns of one table
_LONGEST_TITLE = 150
_NO_MEASURE = "chưa rõ"
_EXAMPLE = {
    "code": "CT01",
    "name": "Số văn bản lãnh đạo, chỉ đạo, hướng dẫn đã ban hành",
    "unit_of_measure": "văn bản",
    "nature": "flow",
    "type": "integer",
}


def forms_of(paper: Paper, blocks: Sequence[str], asking: Asking, year: int) -> list[object]:
    """Return the one table that every block fills in: those that the paper attaches, one below the other."""
    tables = paper.tables
    if not tables:
        note = asking.example("biểu số liệu: Kế hoạch không nêu chỉ tiêu; thay bằng biểu thật")
        return [_form("Biểu 01. Ví dụ", blocks, _columns(paper) or Flow([year]), [Flow(_EXAMPLE)], note)]
    columns, joined = _columns_of(tables, asking)
    numbering = LineCodes()
    indicators: list[object] = []
    for table in joined:
        for at, each in enumerate(numbering.indicators(table)):
            if not each.measure:
                asking.leave_open(f"đơn vị tính của «{each.name}» ({each.code})")
            entry = {"code": each.code, "name": each.name, "unit_of_measure": each.measure or _NO_MEASURE}
            indicators.append(noted(Flow(entry), table.title) if at == 0 else Flow(entry))
    if numbering.over:
        asking.leave_open(f"các dòng của biểu mà mã chỉ tiêu không đủ: {'; '.join(numbering.over)}")
    asking.assume(
        "chỉ tiêu của biểu là số có đến cuối kỳ, tính bằng % thì là tỷ lệ: số phát sinh trong kỳ thì ghi «nature: flow»"
    )
    one = len(joined) == 1
    title = quoted(joined[0].title, _LONGEST_TITLE) if one and joined[0].title else "Biểu số liệu kèm theo Kế hoạch"
    note = asking.assume(f"mọi khối điền {'biểu này' if one else f'một biểu, gồm {len(joined)} biểu của Kế hoạch'}")
    return [_form(title, blocks, columns or _columns(paper) or Flow([year]), indicators, note)]


def _form(title: str, blocks: Sequence[str], years: object, indicators: list[object], note: str) -> object:
    form = {"code": "bieu_01", "title": title, "blocks": Flow(list(blocks)), "years": years, "indicators": indicators}
    return noted(form, note)


def _columns_of(tables: Sequence[FigureTable], asking: Asking) -> tuple[object | None, list[FigureTable]]:
    """Return the columns of the first table that has any, and the tables with no others: a block fills in one form."""
    periods = next((table.periods for table in tables if table.periods), ())
    joined = [table for table in tables if table.periods in ((), periods)]
    for table in tables:
        name = table.title or "không tên"
        if table not in joined:
            asking.leave_open(f"biểu «{name}»: cột khác các biểu trên, chưa đưa vào tệp")
        elif not table.periods:
            asking.assume(f"biểu «{name}» không có cột nào đọc được thành năm, kỳ: ghi lại «years»")
        if table.unread and table in joined:
            asking.assume(f"bỏ cột {', '.join(f'«{head}»' for head in table.unread)} của biểu «{name}»")
    return (_written(periods) if periods else None), joined


def _written(periods: Sequence[PeriodId]) -> object:
    labels = list(map(label_of, periods))
    return Flow(labels) if all(isinstance(each, int) for each in labels) else labels


def _columns(paper: Paper) -> object | None:
    """Return the columns of figures that a passage asks for, with the passage; None where none does."""
    asked = ((_periods_asked_for(each.text), each) for each in (*paper.opening, *paper.body))
    said, passage = next(((said, each) for said, each in asked if said), ([], None))
    return noted(_written(said), passage.quote()) if passage else None


def _periods_asked_for(text: str) -> list[PeriodId]:
    """Return the years, halves or quarters from the first to the last that a text wants figures of; none of most."""
    asked = _ASKED.search(flat(text))
    if asked is None or not 0 <= int(asked["last"]) - int(asked["first"]) < _MOST:
        return []
    years = range(int(asked["first"]), int(asked["last"]) + 1)
    parts = ("H1", "H2") if asked["half"] else ("Q1", "Q2", "Q3", "Q4") if asked["quarter"] else ()
    return [f"{year}-{part}" for year in years for part in parts] or list(years)

"""What the review is about: basis, purposes, goals, outline and tables of the plan being written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.plan.periods import PeriodId, label_of
from soket.plan_reading.asking import Asking
from soket.plan_reading.facts import Facts
from soket.plan_reading.paper import Paper
from soket.plan_reading.steps import Steps
from soket.plan_reading.yaml_text import Flow, noted
from soket.text import YEAR, flat, quoted, upper_first

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LONGEST_TITLE = 150
# "Số liệu theo từng 06 tháng từ năm 2022 đến năm 2026".
_ASKED = re.compile(
    r"\bso lieu\b[^;.]{0,60}?\b(?:tung|moi|hang|cac) (?:(?P<half>0?6 thang|nua nam)|(?P<quarter>quy)|nam)\b"
    rf"[^;.\d]{{0,40}}?(?:nam )?(?P<first>{YEAR})\s*(?:den|-|–)\s*(?:het )?(?:nam )?(?P<last>{YEAR})(?![\d/])"
)
_MOST = 20  # years: more are no columns of one table
_CONFIDENTIALITY = (
    "Không đưa tài liệu, số liệu thuộc bí mật nhà nước vào hệ thống này hoặc gửi qua thư điện tử; "
    "nội dung mật gửi riêng theo chế độ bảo vệ bí mật nhà nước."
)


def content_of(
    paper: Paper, facts: Facts, steps: Steps, blocks: Sequence[str], asking: Asking, year: int
) -> dict[str, object]:
    """Return what the review is about: basis, purposes, goals, outline, guidance, tables."""
    basis: list[object] = [noted(each.value, each.passage.place) for each in facts.basis]
    if facts.resolution and not any(flat(facts.resolution)[:60] in flat(each.value) for each in facts.basis):
        basis.append(noted(facts.resolution, "Tên Kế hoạch"))
    goals: list[object] = [noted(each.value, each.passage.place) for each in facts.goals]
    if not goals:
        asking.leave_open("những việc mọi báo cáo tập trung đánh giá (goals)")
    if not facts.purposes:
        asking.leave_open("mục đích, yêu cầu (purposes)")
    guidance = [noted(upper_first(each.text), each.passage.place) for each in steps.own_reviews]
    return {
        "legal_basis": basis,
        "purposes": [noted(each.value, each.passage.place) for each in facts.purposes],
        "goals": goals,
        "confidentiality": noted(_CONFIDENTIALITY, asking.example("đoạn nhắc về bí mật nhà nước")),
        "request_guidance": guidance,
        **({"own_reviews": noted(True, steps.own_reviews[0].passage.place)} if guidance else {}),
        "outline": _outline(paper, facts, asking),
        "forms": [_form(blocks, asking, _columns(paper) or Flow([year]))],
    }


def _outline(paper: Paper, facts: Facts, asking: Asking) -> object:
    if paper.outline:
        titles, note = list(paper.outline), "Đề cương kèm theo Kế hoạch"
    else:
        titles = [quoted(re.split(r"[;.]", each.value)[0], _LONGEST_TITLE) for each in facts.goals]
        note = asking.assume("đề cương gửi kèm không có trong văn bản này: lấy mỗi nội dung đánh giá làm một mục")
    if not titles:
        titles = ["Kết quả thực hiện", "Tồn tại, hạn chế, nguyên nhân", "Kiến nghị, đề xuất"]
        note = asking.example("đề cương báo cáo")
    return noted(
        [
            {"code": f"muc_{at}", "number": number, "title": title}
            for at, (number, title) in enumerate(zip(_ROMAN, titles, strict=False), 1)
        ],
        note,
    )


def _columns(paper: Paper) -> object | None:
    """Return the columns of figures that a passage asks for, with the passage; None where none does."""
    asked = ((_periods_asked_for(each.text), each) for each in (*paper.opening, *paper.body))
    said, passage = next(((said, each) for said, each in asked if said), ([], None))
    labels = list(map(label_of, said))
    years = Flow(labels) if all(isinstance(each, int) for each in labels) else labels
    return noted(years, passage.quote()) if passage else None


def _periods_asked_for(text: str) -> list[PeriodId]:
    """Return the years, halves or quarters from the first to the last that a text wants figures of; none of most."""
    asked = _ASKED.search(flat(text))
    if asked is None or not 0 <= int(asked["last"]) - int(asked["first"]) < _MOST:
        return []
    years = range(int(asked["first"]), int(asked["last"]) + 1)
    parts = ("H1", "H2") if asked["half"] else ("Q1", "Q2", "Q3", "Q4") if asked["quarter"] else ()
    return [f"{year}-{part}" for year in years for part in parts] or list(years)


def _form(blocks: Sequence[str], asking: Asking, columns: object) -> object:
    indicator = {
        "code": "CT01",
        "name": "Số văn bản lãnh đạo, chỉ đạo, hướng dẫn đã ban hành",
        "unit_of_measure": "văn bản",
        "nature": "flow",
        "type": "integer",
    }
    return noted(
        {
            "code": "bieu_01",
            "title": "Biểu 01. Ví dụ",
            "blocks": Flow(list(blocks)),
            "years": columns,
            "indicators": [Flow(indicator)],
        },
        asking.example("biểu số liệu: Kế hoạch không nêu chỉ tiêu; thay bằng biểu thật"),
    )


def steps_of_ladder() -> list[object]:
    """Return the steps by which units are reminded, until somebody sets others."""
    return [
        Flow({"at": -5, "kind": "reminder", "to": "unit", "tone": "friendly"}),
        Flow({"at": -1, "kind": "reminder", "to": "unit"}),
        Flow({"at": 0, "kind": "reminder", "to": "unit", "tone": "urgent"}),
        Flow({"at": 1, "kind": "escalation", "to": "head"}),
        Flow({"at": 3, "kind": "escalation", "to": "leader", "letter": True}),
    ]

"""What the review is about: basis, purposes, goals, outline and tables of the plan being written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soket.plan_reading.asking import Asking
from soket.plan_reading.facts import Facts
from soket.plan_reading.forms import forms_of
from soket.plan_reading.paper import Paper
from soket.plan_reading.steps import Steps
from soket.plan_reading.yaml_text import Flow, noted
from soket.text import flat, quoted, upper_first

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LONGEST_TITLE = 150
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
        "forms": forms_of(paper, blocks, asking, year),
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


def steps_of_ladder() -> list[object]:
    """Return the steps by which units are reminded, until somebody sets others."""
    return [
        Flow({"at": -5, "kind": "reminder", "to": "unit", "tone": "friendly"}),
        Flow({"at": -1, "kind": "reminder", "to": "unit"}),
        Flow({"at": 0, "kind": "reminder", "to": "unit", "tone": "urgent"}),
        Flow({"at": 1, "kind": "escalation", "to": "head"}),
        Flow({"at": 3, "kind": "escalation", "to": "leader", "letter": True}),
    ]

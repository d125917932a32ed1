"""The plan in YAML, made of what the paper says, what was answered, and what was assumed: each part says which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from soket.plan.directory import Directory
from soket.plan_reading.asking import Answering, Asking, OpenQuestion
from soket.plan_reading.blocks import LADDER
from soket.plan_reading.campaign import Dates, campaign_of, day_in
from soket.plan_reading.content import content_of, steps_of_ladder
from soket.plan_reading.duties import obligations_in
from soket.plan_reading.facts import Facts, Said, facts_of, short_title_of
from soket.plan_reading.known import Known, code_of
from soket.plan_reading.paper import Paper
from soket.plan_reading.placed import unplaced
from soket.plan_reading.stages import stages_of
from soket.plan_reading.steps import steps_of
from soket.plan_reading.yaml_text import Hole, Noted, comment, noted, written

_TOP = "Phần đầu văn bản"


@dataclass(frozen=True)
class NewPlan:
    """A plan's text, and what became of the paper."""

    text: str
    id: str
    asking: Asking
    unmatched: tuple[str, ...]  # bodies that the directory does not have
    unused: tuple[str, ...]  # passages with a date or a duty that nothing was made of


def new_plan(paper: Paper, answering: Answering, today: date, directory: Directory | None = None) -> NewPlan:
    """Return the plan that a paper makes, asking for what it does not say."""
    facts = facts_of(paper)
    asking = Asking(answering)
    known = Known(directory, asking)
    issued = facts.issued or day_in(
        asking.ask(OpenQuestion("ngay_ban_hanh", "Ngày ban hành Kế hoạch (ngày/tháng/năm)?")), facts.year
    )
    year = issued.year if issued else facts.year
    duties = obligations_in(paper.body, issued, year)
    steps = steps_of([each for each in duties if each.passage not in facts.about or each.when])
    issuer, issuer_note = _said(asking, facts.issuer, "co_quan_ban_hanh", "Cơ quan ban hành Kế hoạch?")
    stages = stages_of(steps, known, issuer or "Cơ quan ban hành Kế hoạch")
    campaign, dated = campaign_of(stages, asking, Dates(issued, year, today), facts.title)
    data = _about(facts, asking, issued, issuer, issuer_note) | content_of(
        paper, facts, steps, stages.reporting, asking, year or today.year
    )
    if directory:
        data = {"id": data.pop("id"), "directory": directory.id} | data
    data |= {
        "offices": list(known.offices.values()),
        "roles": noted(stages.roles, *stages.role_notes),
        "stages": stages.listed(dated),
        "ladders": noted({LADDER: steps_of_ladder()}, asking.example("các bậc nhắc, đôn đốc")),
        "blocks": noted(
            stages.blocks,
            asking.assume("cơ quan chủ trì phụ trách mọi khối"),
        ),
        **({"units": known.units} if known.units else {}),
        "recipients": noted(list(paper.recipients), "Nơi nhận, như trong Kế hoạch"),
        "campaigns": [campaign],
    }
    unused = list(unplaced(duties, steps.placed, facts.whole))
    text = "\n".join((*_head(facts), "", written(data), *_tail(asking, known, unused), ""))
    return NewPlan(text, str(data["id"]), asking, tuple(known.unmatched), tuple(unused))


def _said(asking: Asking, said: Said | None, key: str, text: str) -> tuple[str, str]:
    """Return what the paper says with where, or the answer to a question."""
    if said:
        return said.value, said.passage.quote()
    answer = asking.ask(OpenQuestion(key, text))
    return answer, f"theo trả lời «{key}»" if answer else ""


def _about(facts: Facts, asking: Asking, issued: date | None, issuer: str, issuer_note: str) -> dict[str, object]:
    """Return what the plan is: its name, its paper, whose it is."""
    short = short_title_of(facts) if facts.title else "Kế hoạch chưa có tên"
    title = _filled(asking, facts.title, "Tên Kế hoạch", OpenQuestion("ten", "Tên Kế hoạch (trích yếu)?"))
    place = _filled(asking, facts.place, _TOP, OpenQuestion("dia_danh", "Địa danh ghi trong Kế hoạch (tên tỉnh)?"))
    number = _filled(asking, facts.number, _TOP, OpenQuestion("so", "Số và ký hiệu Kế hoạch?"))
    resolution = _filled(
        asking, facts.resolution, "Tên Kế hoạch", OpenQuestion("van_ban", "Sơ kết, tổng kết văn bản nào?")
    )
    if issued is None:
        asking.leave_open("ngày ban hành")
    if not issuer:
        asking.leave_open("cơ quan ban hành")
    paper = f"Kế hoạch{f' số {number.value}' if number else ''}{f', ngày {issued:%d/%m/%Y}' if issued else ''}"
    signed = f" ({facts.signature})" if facts.signature else ""
    return {
        "id": code_of(short),
        "title": title or noted(short, "CHƯA CÓ: tên Kế hoạch"),
        "short_title": noted(short, asking.assume("tên gọi ngắn rút từ tên Kế hoạch")),
        "review_word": noted(facts.review, "Tên Kế hoạch")
        if facts.review
        else Hole("sơ kết, tổng kết, đánh giá, kiểm điểm"),
        "resolution": resolution or noted("Văn bản chưa rõ", "CHƯA CÓ: văn bản được sơ kết, tổng kết"),
        "issuer": noted(issuer or "Cơ quan ban hành chưa rõ", issuer_note or "CHƯA CÓ: cơ quan ban hành"),
        **_form(facts, asking),
        "place": place or noted("Địa danh chưa rõ", "CHƯA CÓ: địa danh"),
        "document_code": noted(_code(facts), asking.assume("ký hiệu báo cáo suy từ ký hiệu Kế hoạch")),
        "document_number": number or Hole("số của Kế hoạch"),
        "source": noted(f"{paper} của {issuer or 'cơ quan chưa rõ'}{signed}", f"{_TOP}, phần ký"),
    }


def _filled(asking: Asking, found: str | None, where: str, question: OpenQuestion) -> Noted | None:
    """Return what the paper says or, asked, somebody answers; None, and left open, where neither does."""
    if found:
        return noted(found, where)
    if answer := asking.ask(question):
        return noted(answer, f"theo trả lời «{question.key}»")
    asking.leave_open(question.text.rstrip("?"))
    return None


def _form(facts: Facts, asking: Asking) -> dict[str, object]:
    """Return the form of documents, and the line of the agency as the paper has it."""
    if facts.form is None:
        return {"form": noted("party", asking.assume("văn bản theo thể thức văn bản của Đảng"))}
    line = {"party": "party_committee", "state": "state_body"}[facts.form]
    if not facts.agency:
        asking.leave_open(f"tên cơ quan trên đầu văn bản ({line})")
    agency = noted(" ".join(facts.agency), _TOP) if facts.agency else Hole("tên cơ quan trên đầu văn bản")
    return {"form": noted(facts.form, f"{_TOP}, phần ký"), line: agency}


def _code(facts: Facts) -> str:
    """Return the code of the reports: that of the plan, with "BC" for "KH"."""
    mark = re.search(r"KH[-/][\w/-]+", facts.number or "")
    if mark:
        return (
            mark[0].replace("KH", "BC", 1).replace("-", "/", 1)
            if facts.form == "party"
            else mark[0].replace("KH", "BC", 1)
        )
    return "BC/TU" if facts.form == "party" else "BC-UBND"


def _head(facts: Facts) -> list[str]:
    how = (
        "Lập từ văn bản Kế hoạch bằng «soket plan new». Chú thích nêu đoạn của Kế hoạch mà nội dung dưới nó lấy ra; "
        "«giả định», «ví dụ» là chỗ Kế hoạch không nêu, phải xem lại; «CHƯA CÓ» là chỗ còn trống. Cuối tệp có bảng kê."
    )
    check = "Sửa xong, kiểm tra bằng: soket plan check TỆP."
    return [*comment(f"{facts.title or 'Kế hoạch'}."), "#", *comment(how), *comment(check)]


def summary(asking: Asking, unmatched: Sequence[str], unused: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return what was asked, assumed, an example, left open, not matched and not used, each under its heading."""
    asked = [f"{question.text} {answer or '(không trả lời)'}" for question, answer in asking.asked]
    return [
        ("Đã hỏi", asked),
        ("Giả định, cần xem lại", asking.assumed),
        ("Ví dụ, phải thay trước khi dùng", asking.examples),
        ("Chưa có", asking.open),
        ("Không khớp với danh bạ", list(unmatched)),
        ("Đoạn có ngày hoặc có việc mà chưa dùng", list(unused)),
    ]


def _tail(asking: Asking, known: Known, unused: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for heading, items in summary(asking, known.unmatched, unused):
        lines += ["#", f"# {heading}: {'không có' if not items else ''}".rstrip()]
        lines += [line for item in items for line in comment(f"- {item}")]
    return lines

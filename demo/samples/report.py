"""A unit's report, as Word documents come from units: heading, outline, text, a place for the signature."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from random import Random

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from demo.samples.figures import Figures
from demo.samples.topics import paragraphs, sites_of
from soket.intake.report_checks import years_in
from soket.plan.model import IndicatorForm, Plan, Unit
from soket.text import fold, format_number, upper_first

_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# Huyện ủy, Thị ủy, Thành ủy, Đảng ủy, and the Provincial Committee's own bodies
_PARTY = re.compile(r"\b(huyen|thi|thanh|dang|tinh) uy\b")
_RESULT_WORDS = ("ket qua", "chi tieu", "muc tieu")


def unit_report(
    plan: Plan,
    unit: Unit,
    random: Random,
    *,
    figures: Figures | None,
    without: Collection[str] = (),
    own_review_on: str | None = None,
) -> bytes:
    """Return a report that follows the plan's outline; `without` names sections by code that it leaves out."""
    title = f"Kết quả tổ chức {_review_of(plan)}" if own_review_on else upper_first(_review_of(plan))
    document = _opening(plan, unit, "BÁO CÁO", title)
    if own_review_on:
        _body(
            document,
            f"Thực hiện Kế hoạch tổ chức {plan.review_word} của đơn vị, ngày {own_review_on}, {unit.name} đã tổ chức "
            f"hội nghị {plan.review_word} với {random.randint(60, 140)} đại biểu; đã biểu dương "
            f"{random.randint(3, 8):02d} tập thể, {random.randint(8, 15):02d} cá nhân. "
            f"Kết quả {plan.review_word} như sau:",
        )
    else:
        _body(document, f"Thực hiện {_plan_of(plan)}, {unit.name} báo cáo kết quả như sau:")
    form = plan.form_of(unit)
    told = figures is None or form is None
    for section in plan.outline:
        if section.code in without:
            continue
        _heading(document, f"{section.number.rstrip('.')}. {section.title}")
        if not told and any(word in fold(section.title) for word in _RESULT_WORDS):
            assert form is not None  # noqa: S101 - told says so
            assert figures is not None  # noqa: S101
            for sentence in _figures_in_words(form, figures, random):
                _body(document, sentence)
            told = True
        for text in paragraphs(section.title, unit.name, random):
            _body(document, text)
    if form is not None and figures is not None:
        _body(document, f"(Số liệu chi tiết tại {form.title}, gửi kèm báo cáo này.)")
    _closing(document, unit, plan)
    return _bytes(document)


def nil_return(plan: Plan, unit: Unit) -> bytes:
    """Return the report of a unit that has nothing to report."""
    document = _opening(plan, unit, "BÁO CÁO", f"Không phát sinh nội dung thực hiện {plan.resolution}")
    _body(
        document,
        f"Qua rà soát chức năng, nhiệm vụ và tình hình thực tế, giai đoạn 2017 - 2021 {unit.name} không phát sinh "
        f"nội dung, không có số liệu thuộc phạm vi {plan.resolution}.",
    )
    _body(document, "Đơn vị báo cáo để Ủy ban nhân dân tỉnh biết, tổng hợp.")
    _closing(document, unit, plan)
    return _bytes(document)


def _review_of(plan: Plan) -> str:
    """Return what is reviewed, and of how many years where the plan's title says it."""
    years = years_in(plan.title)
    return f"{plan.review_word} {f'{years:02} năm ' if years else ''}thực hiện {plan.resolution}"


def coverage_plan(plan: Plan, unit: Unit, random: Random) -> bytes:
    """Return a press agency's plan of publicity."""
    document = _opening(plan, unit, "KẾ HOẠCH", f"Tuyên truyền {_review_of(plan)}")
    _body(document, f"Thực hiện {_plan_of(plan)}, {unit.name} xây dựng kế hoạch tuyên truyền như sau:")
    _heading(document, "I. Mục đích, yêu cầu")
    _body(document, "Tuyên truyền kết quả, bài học kinh nghiệm; biểu dương kịp thời tập thể, cá nhân có thành tích.")
    _heading(document, "II. Nội dung, thời gian")
    rows = [
        ("10/11 - 20/11/2021", "Phóng sự, bài viết", f"Kết quả 05 năm tại {random.choice(sites_of(unit.name))}"),
        ("15/11 - 25/11/2021", "Chuyên mục", "Người tốt, việc tốt trong phát triển du lịch"),
        (
            f"Sau hội nghị {plan.review_word}",
            "Tin, phóng sự ảnh",
            f"Hội nghị {plan.review_word} và những ai được biểu dương",
        ),
    ]
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Thời gian", "Thể loại", "Nội dung"), strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    _heading(document, "III. Tổ chức thực hiện")
    _body(
        document,
        f"Giao phòng chuyên môn thực hiện; dự kiến {random.randint(6, 20):02d} tin, bài. Không đăng trước hội nghị.",
    )
    _closing(document, unit, plan)
    return _bytes(document)


def _plan_of(plan: Plan) -> str:
    return f"Kế hoạch của {plan.issuer} về {plan.title[0].lower()}{plan.title[1:]}"


def _figures_in_words(form: IndicatorForm, figures: Figures, random: Random) -> Iterable[str]:
    """Yield a sentence for each of the first indicators, from the same figures as the table."""
    first, last = form.years[0], form.years[-1]
    for indicator in form.indicators[:4]:
        series, unit = figures[indicator.code], indicator.unit_of_measure
        best = max(series, key=lambda year: series[year])
        start, end, top = (f"{format_number(series[year])} {unit}" for year in (first, last, best))
        name = indicator.name
        peak = f"; cao nhất là năm {best} với {top}" if best not in (first, last) else ""
        yield random.choice(
            (
                f"{name}: năm {first} đạt {start}{peak}; năm {last} đạt {end}.",
                f"{name} năm {first} là {start}{peak}; đến năm {last} là {end}.",
                f"{name} từ {start} năm {first} đến {end} năm {last}{peak}.",
            )
        )


def _opening(plan: Plan, unit: Unit, kind: str, about: str) -> Document:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    party = _PARTY.search(fold(unit.name))
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    if party:
        _lines(
            left,
            [
                (plan.party_committee or plan.issuer.upper()).replace("TỈNH ỦY", "ĐẢNG BỘ TỈNH"),
                f"*{unit.name.upper()}",
                "-*-",
                "Số         -BC/",
            ],
        )
        _lines(right, ["*ĐẢNG CỘNG SẢN VIỆT NAM", "", f"{plan.place}, ngày      tháng     năm 2021"])
    else:
        _lines(left, [plan.state_body or plan.place.upper(), f"*{unit.name.upper()}", "-------", "Số:        /BC-"])
        _lines(
            right,
            [
                "*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "*Độc lập - Tự do - Hạnh phúc",
                "-------",
                f"{plan.place}, ngày      tháng     năm 2021",
            ],
        )
    for text in ("", kind, about):
        paragraph = document.add_paragraph()
        paragraph.alignment = _CENTER
        paragraph.add_run(text).bold = True
    return document


def _closing(document: Document, unit: Unit, plan: Plan) -> None:
    document.add_paragraph()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _lines(
        left,
        [
            "*Nơi nhận:",
            f"- {plan.office(plan.roles.receiver).name},",
            f"- {plan.office(plan.roles.lead).name},",
            "- Lưu.",
        ],
    )
    for paragraph in left.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _lines(right, [f"*{(unit.head.title or 'Thủ trưởng đơn vị').upper()}", "", "", ""])


def _lines(cell: _Cell, lines: Sequence[str]) -> None:
    """Write centred lines into a cell; those that start with a star are bold."""
    for index, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.alignment = _CENTER
        run = paragraph.add_run(text.removeprefix("*"))
        run.bold, run.font.size = text.startswith("*"), Pt(13)


def _heading(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True


def _body(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = _JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def _bytes(document: Document) -> bytes:
    result = BytesIO()
    document.save(result)
    return result.getvalue()

"""The press note: one page, a few sound figures, nobody blamed, and nobody commended who is not decided on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from soket.documents.figures import Summary, summarise
from soket.documents.one_page import LINES_A_PAGE, Paragraph, fitted
from soket.documents.press import render_press_note
from soket.faults import Fault
from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.reading import programs
from soket.record.decisions import ConferenceFormat
from soket.record.nominees import Nominee, Origin
from soket.record.register import Register

from .builders import ODD, make_plan, make_receipt, make_register, make_report, make_state_plan, make_verdict
from .conftest import text_of

Decide = Callable[..., ConferenceFormat]

LEXICON = Lexicon.model_validate(
    {
        "id": "chu_de",
        "title": "x",
        "sections": {
            "han_che": [
                {"code": "H1", "name": "Nguồn lực", "lead": "Nguồn lực còn hạn chế", "keywords": ["nguồn lực"]},
                {"code": "H2", "name": "Vì sao", "group": "Nguyên nhân", "keywords": ["hạn chế"]},
            ]
        },
    }
)


def commended(count: int, unit: str = "huyen_can_loc") -> list[Nominee]:
    return [
        Nominee(
            id=f"BD-{n}",
            unit=unit,
            name=f"Tập thể cán bộ, nhân viên Ban quản lý khu du lịch số {n}",
            source=Origin.NOMINATION,
            merit="x",
            evidence="x",
        )
        for n in range(count)
    ]


def test_late_and_missing_units_are_neither_named_nor_counted(summary: Summary, decide: Decide) -> None:
    note = text_of(render_press_note(summary, decide()))
    assert "Theo báo cáo của 02 đơn vị, biểu số liệu của 02/03 huyện, thị xã:" in note
    assert not any(word in note for word in ("muộn", "đúng hạn", "chưa gửi", "Đức Thọ", "Kỳ Anh"))


def test_only_who_is_decided_on_is_named(summary: Summary, decide: Decide) -> None:
    assert "biểu dương" not in text_of(render_press_note(summary, decide()))
    few, many = (text_of(render_press_note(summary, decide(), commended(count))) for count in (2, 30))
    assert "có 02 tập thể: Tập thể cán bộ, nhân viên Ban quản lý khu du lịch số 0, huyện Can Lộc; " in few
    assert "có 30 tập thể; danh sách theo quyết định." in many


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Đồng chí Bình, Phòng Văn hóa huyện", "Đồng chí Bình, Phòng Văn hóa huyện Can Lộc"),
        ("Đồng chí Bình, Phòng Văn hóa", "Đồng chí Bình, Phòng Văn hóa, huyện Can Lộc"),
        ("Đồng chí Bình, Phòng Văn hóa huyện Can Lộc", "Đồng chí Bình, Phòng Văn hóa huyện Can Lộc"),
        ("Văn phòng Huyện uỷ Can Lộc", "Văn phòng Huyện uỷ Can Lộc"),
    ],
)
def test_who_is_named_is_named_with_the_place(summary: Summary, decide: Decide, name: str, said: str) -> None:
    merited = commended(1)[0].model_copy(update={"name": name})
    assert f"có 01 tập thể: {said}." in text_of(render_press_note(summary, decide(), [merited]))


def test_a_figure_that_few_gave_is_no_headline(summary: Summary, decide: Decide) -> None:
    assert "Tổng lượt khách" in text_of(render_press_note(summary, decide()))
    # One of four units gave it.
    assert "Doanh thu" not in text_of(render_press_note(summary, decide()))


def in_doubt(plan: Plan, scale: int, *faults: Fault) -> Summary:
    """Return what one unit reports, and one of whose figures nobody has confirmed, the other `scale` times as much."""
    scales = {"huyen_can_loc": scale, "huyen_duc_tho": 3, "thi_ky_anh": scale}
    judged = [make_verdict(unit, faults=faults if scales[unit] == 3 else ()) for unit in scales]
    register = make_register(plan, [make_receipt(unit) for unit in scales], judged)
    return summarise(plan, plan.campaigns[0], register, [make_report(*each) for each in scales.items()])


EARLY = ODD.model_copy(update={"place": "ô D5"})


SOME = " (so sánh trên 2 đơn vị có đủ số liệu)"


@pytest.mark.parametrize(
    ("faults", "since", "last"),
    [
        ((ODD,), "", f"trên 2.700 lượt, bằng 75% so với năm 2020{SOME}."),
        ((EARLY,), SOME, "2.970 lượt, bằng 75% so với năm 2020, bằng 59,4% mục tiêu"),
        ((EARLY, ODD), SOME, f"trên 2.700 lượt, bằng 75% so với năm 2020{SOME}."),
    ],
)
def test_what_little_is_in_doubt_of_is_told_with_what_is_confirmed(
    plan: Plan, decide: Decide, faults: tuple[Fault, ...], since: str, last: str
) -> None:
    note = text_of(render_press_note(in_doubt(plan, 15, *faults), decide()))
    peak = f"năm 2020 đạt mức cao nhất với 3.960 lượt, tăng 20% so với năm 2019{since}"
    assert f"Tổng lượt khách {peak}; năm 2021 ước đạt {last}" in note
    assert "Đức Thọ" not in note
    assert "xác nhận" not in note


def test_what_much_is_in_doubt_of_is_not_told(plan: Plan, decide: Decide) -> None:
    assert "Tổng lượt khách" in text_of(render_press_note(in_doubt(plan, 13), decide()))
    assert "Tổng lượt khách" not in text_of(render_press_note(in_doubt(plan, 13, ODD), decide()))


def test_a_mean_with_a_figure_in_doubt_is_not_told(plan: Plan, decide: Decide) -> None:
    mean = ODD.model_copy(update={"code": "BD-CT03", "place": "ô F7"})
    assert "Công suất phòng" in text_of(render_press_note(in_doubt(plan, 90), decide()))
    assert "Công suất phòng" not in text_of(render_press_note(in_doubt(plan, 90, mean), decide()))


def test_what_many_units_say_is_told_by_the_plans_themes_and_causes_are_not(summary: Summary, decide: Decide) -> None:
    note = text_of(render_press_note(summary, decide(), lexicon=LEXICON))
    assert "Hạn chế được nhiều đơn vị nêu: nguồn lực còn hạn chế (2 đơn vị)." in note
    assert "vì sao" not in note
    assert "Hạn chế được" not in text_of(render_press_note(summary, decide()))


def test_it_is_embargoed_until_the_conference_where_there_is_one(summary: Summary, decide: Decide) -> None:
    assert "CHỈ ĐĂNG, PHÁT SAU KHAI MẠC HỘI NGHỊ 29/11/2021" in text_of(render_press_note(summary, decide()))
    assert "CHỈ ĐĂNG" not in text_of(render_press_note(summary, None))


def large(plan: Plan) -> Summary:
    """Return what many units with long names report, on many indicators of long names."""
    (form,) = plan.forms
    one = form.indicators[0]
    many = tuple(
        one.model_copy(update={"code": f"CT{n:02}", "name": f"Tổng số {'chỉ tiêu rất dài ' * 5}{n}"}) for n in range(20)
    )
    plan = plan.model_copy(update={"forms": (form.model_copy(update={"indicators": many}),)})
    codes = [unit.code for unit in plan.units if unit.block == "huyen"]
    register = make_register(plan, [make_receipt(code) for code in codes], [make_verdict(code) for code in codes])
    reports = []
    for code in codes:
        report = make_report(code)
        told = tuple(
            each.model_copy(update={"indicator": item.code})
            for item in many
            for each in report.figures
            if each.indicator == "CT01"
        )
        reports.append(report.model_copy(update={"figures": told}))
    return summarise(plan, plan.campaigns[0], register, reports)


def note_of(count: int, decide: Decide, plan: Plan | None = None) -> bytes:
    plan = plan or make_plan({f"u_{n:03}": f"Ủy ban nhân dân thành phố số {n}" for n in range(count)}).model_copy(
        update={"short_title": f"sơ kết {'việc thực hiện nghị quyết ' * 5}"}
    )
    place = "Hội trường Trung tâm Văn hóa - Thể thao và Truyền thông tỉnh, số 01 đường Trần Phú"
    merited = commended(4, plan.units[0].code)
    return render_press_note(large(plan), decide(place=place), merited, lexicon=LEXICON)


@pytest.mark.parametrize("count", [1, 60, 300])
def test_what_is_told_keeps_to_the_lines_of_a_page(count: int, decide: Decide) -> None:
    text = text_of(note_of(count, decide))
    assert text.count("- Tổng số") == 3, "a few figures stay whatever is left out"


def test_passages_are_shortened_where_it_hurts_least() -> None:
    dear = Paragraph("Mở đầu.", tuple("x" * 60 for _ in range(30)), bullets=True, needed=3, rank=1)
    cheap = Paragraph("Thời gian tới:", ("một việc", "hai việc"), rank=2)
    kept = fitted([dear, cheap])
    assert [each.opening for each in kept] == ["Mở đầu."], "the cheap one goes first, and leaves no opening behind"
    assert sum(each.lines for each in kept) == LINES_A_PAGE
    assert [each.text for each in fitted([cheap])] == ["Thời gian tới: một việc; hai việc."]


@pytest.mark.skipif(programs.office() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("plan", [None, make_state_plan()], ids=["party, long names", "state"])
def test_it_is_one_page_as_printed(plan: Plan | None, decide: Decide) -> None:
    printed = programs.as_pdfs(programs.office() or "", [note_of(2, decide, plan)], 120)[0]
    assert printed is not None
    assert len(pypdfium2.PdfDocument(printed)) == 1


def test_it_rests_on_how_many_units_without_their_names(summary: Summary, register: Register, decide: Decide) -> None:
    (form,) = summary.forms
    assert form.absent
    note = text_of(render_press_note(replace(summary), decide()))
    assert f"biểu số liệu của {len(form.units) - len(form.absent):02}/{len(form.units):02} huyện, thị xã:" in note


def test_figures_of_two_forms_rest_each_on_its_own_units(summary: Summary, decide: Decide) -> None:
    (form,) = summary.forms
    item = form.wholes[0]
    other = replace(item, indicator=item.indicator.model_copy(update={"code": "CT91", "name": "Số hội nghị"}))
    offices = tuple(each.model_copy(update={"name": f"Sở số {n}"}) for n, each in enumerate(form.units))
    second = replace(form, units=offices, indicators=(other,))
    note = text_of(render_press_note(replace(summary, forms=(form, second)), decide()))
    first, _, rest = note.partition("Theo biểu số liệu của 02/03 đơn vị phải gửi biểu:")
    assert "Theo báo cáo của 02 đơn vị, biểu số liệu của 02/03 huyện, thị xã:" in first
    assert "Tổng lượt khách" in first
    assert "- Số hội nghị" in rest
    assert "- Số hội nghị" not in first

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Desk
from effort import within
from intake import reports
from intake.plans import make_plan
from intake.turns import judged
from reading import corpus
from soket.faults.words import LIKENESS, NARRATIVE, OUTLINE
from soket.intake.classify import classify
from soket.intake.outline.checks import section_faults
from soket.narrative.sections.outline import read_sections
from soket.narrative.sentences.prose import sentences
from soket.plan.model import Plan, SettableCode, Severity
from soket.record.records import Ruling, SectionText, Submission

PLAN = make_plan()

TEXT = "Đơn vị đã triển khai các nội dung của Nghị quyết, đạt kết quả bước đầu và có những hạn chế."


def headings(plan: Plan, *paragraphs: str) -> dict[str, str | None]:
    return {section.section: section.heading for section in read_sections(plan, paragraphs)}


def test_a_report_that_follows_the_outline(small_plan: Plan) -> None:
    sections = read_sections(small_plan, [line for heading in corpus.HEADINGS for line in (heading, TEXT)])
    assert [section.heading for section in sections] == list(corpus.HEADINGS)
    assert [section.text for section in sections] == [TEXT] * 4


@pytest.mark.parametrize(
    "heading",
    [
        "II. KẾT QUẢ ĐẠT ĐƯỢC",
        "2. Kết quả đạt được:",
        "Phần II: Kết quả đạt được",
        "Kết quả đạt được",
        "II) Những kết quả đạt được sau 05 năm",
        "II.1. Kết quả thực hiện các chỉ tiêu",
        "Kêt quả đạt đựơc",
    ],
)
def test_headings_as_people_write_them(small_plan: Plan, heading: str) -> None:
    assert headings(small_plan, "BÁO CÁO", TEXT, heading, TEXT)["ket_qua"] == heading


def test_sentences_are_no_headings(small_plan: Plan) -> None:
    assert set(headings(small_plan, "BÁO CÁO", TEXT, "- Có những hạn chế;", TEXT * 4).values()) == {None}


def test_a_missing_section_is_none_and_the_text_before_it_does_not_end_early(small_plan: Plan) -> None:
    sections = read_sections(small_plan, [corpus.HEADINGS[0], TEXT, "1. Việc khác", TEXT, corpus.HEADINGS[3]])
    assert [section.heading is None for section in sections] == [False, True, True, False]
    assert sections[0].text == f"{TEXT}\n1. Việc khác\n{TEXT}"


def kind(plan: Plan, *paragraphs: str, unit: str = "huyen_1", name: str = "a.docx", found: int = 4) -> Submission:
    return classify(plan, plan.unit(unit), name, paragraphs, found)


@pytest.mark.parametrize(
    ("expected", "paragraphs", "options"),
    [
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết 05 năm", TEXT), {}),
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết", TEXT * 40, "Không phát sinh vi phạm."), {}),
        (Submission.REPORT, ("BÁO CÁO", "Trong kỳ không phát sinh điểm nóng."), {"found": 3}),
        (Submission.NIL_RETURN, ("BÁO CÁO", "Đơn vị không phát sinh nội dung."), {"found": 0}),
        (Submission.REPORT, ("BÁO CÁO", "Trên địa bàn không phát sinh ca mắc Covid-19 mới."), {"found": 0}),
        (Submission.REPORT, ("BÁO CÁO", "Năm qua không phát sinh đơn thư khiếu nại.", TEXT * 3), {"found": 0}),
        (Submission.REPORT, ("BÁO CÁO", "Không phát sinh nội dung mới.", TEXT * 8), {"found": 0}),
        (Submission.NIL_RETURN, ("CÔNG VĂN", "Thực hiện Kế hoạch " * 20, "Đơn vị không phát sinh."), {"found": 0}),
        (Submission.NIL_RETURN, ("CÔNG VĂN", "Đơn vị không có nội dung báo cáo."), {"found": 1}),
        (Submission.OWN_REVIEW, ("BÁO CÁO", "Kết quả tổ chức sơ kết 05 năm"), {}),
        (Submission.OWN_REVIEW, ("BÁO CÁO", "Sơ kết"), {"name": "bao-cao-ket-qua-hoi-nghi-so-ket.docx"}),
        (Submission.OWN_REVIEW_PLAN, ("KẾ HOẠCH", "Tổ chức sơ kết 05 năm"), {"found": 0}),
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết", "Thực hiện Kế hoạch tổ chức sơ kết của tỉnh, báo cáo:"), {}),
        (Submission.COVERAGE_PLAN, ("KẾ HOẠCH", "Không phát sinh"), {"unit": "bao_ht", "found": 0}),
    ],
)
def test_what_a_document_is(
    small_plan: Plan, expected: Submission, paragraphs: tuple[str, ...], options: dict[str, object]
) -> None:
    assert kind(small_plan, *paragraphs, **options) == expected  # type: ignore[arg-type]


# --- whatever the numbering, the order and the noise ---

NUMBERINGS = (
    ("I", "II", "III", "IV"),
    ("1", "2", "3", "4"),
    ("Phần I", "Phần II", "Phần III", "Phần IV"),
    ("Phần thứ nhất", "Phần thứ hai", "Phần thứ ba", "Phần thứ tư"),
    ("A", "B", "C", "D"),
    ("V", "VI", "VII", "VIII"),
)
LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Z"))
NOISE = st.one_of(
    st.text(LETTERS, max_size=300),
    st.sampled_from(
        [
            "Kết quả đạt được là rất đáng khích lệ, tổng lượt khách tăng 12%",
            "Những hạn chế nêu trên đã được chỉ ra từ đầu nhiệm kỳ.",
            "1. Về hạ tầng, cơ sở vật chất",
            "a) Kiến nghị của cử tri đã được trả lời",
            "- Công tác lãnh đạo, chỉ đạo;",
            "I",
            "…",
        ]
    ),
)


@given(
    st.sampled_from(NUMBERINGS),
    st.sampled_from([". ", ") ", ": ", "- ", "/ "]),
    st.permutations(range(4)),
    st.booleans(),
)
def test_any_numbering_and_order(numbers: tuple[str, ...], mark: str, order: list[int], capitals: bool) -> None:
    titles = [heading.partition(". ")[2] for heading in corpus.HEADINGS]
    lines = []
    for number, index in zip(numbers, order, strict=True):
        title = titles[index].upper() if capitals else titles[index]
        lines += [f"{number}{mark}{title}", f"{TEXT} {index}"]
    found = read_sections(PLAN, ["BÁO CÁO", *lines])
    assert [section.text for section in found] == [f"{TEXT} {index}" for index in range(4)]


@given(st.lists(st.tuples(st.integers(0, 9), NOISE), max_size=12))
def test_noise_hides_no_section(noise: list[tuple[int, str]]) -> None:
    lines = ["BÁO CÁO", *(line for heading in corpus.HEADINGS for line in (heading, TEXT))]
    for at, text in noise:
        lines.insert(at, text)
    assert [section.heading for section in read_sections(PLAN, lines)] == list(corpus.HEADINGS)


def test_a_heading_is_read_in_time_however_often_it_is_repeated(small_plan: Plan) -> None:
    lines = ["1. Kết quả đạt được " * 50] * 100 + ["I. Công tác lãnh đạo, chỉ đạo, quán triệt"] * 1_000
    with within(1):
        read_sections(small_plan, lines)


# --- a plan that takes the outline in earnest ---


def stricter(plan: Plan, **severities: Severity) -> Desk:
    changed = plan.model_copy(update={"severities": {SettableCode[name]: each for name, each in severities.items()}})
    return Desk(changed, changed.campaigns[0])


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize(
    ("severity", "ruling"),
    [
        (Severity.CRITICAL, Ruling.RETURNED),
        (Severity.WARNING, Ruling.ACCEPTED_WITH_WARNINGS),
        (Severity.INFO, Ruling.ACCEPTED),
    ],
)
def test_a_plan_sets_how_grave_a_missing_section_is(small_plan: Plan, severity: Severity, ruling: Ruling) -> None:
    verdict = judged(
        stricter(small_plan, SECTION_MISSING=severity), "huyen_1", reports.submission(*reports.paragraphs()[:-4])
    )
    assert [(fault.code, fault.severity) for fault in verdict.faults] == [("DC-01", severity)]
    assert verdict.ruling is ruling


def test_a_plan_may_set_what_the_catalogue_says_of_the_words() -> None:
    assert {code.value for code in SettableCode} == {*OUTLINE, *NARRATIVE, *LIKENESS}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Câu thứ nhất. Câu thứ hai; còn nữa.\nDòng khác", ["Câu thứ nhất.", "Câu thứ hai; còn nữa.", "Dòng khác"]),
        ("Tại TP. Hà Tĩnh, đạt 1.200 lượt. Tăng 3%.", ["Tại TP. Hà Tĩnh, đạt 1.200 lượt.", "Tăng 3%."]),
        ("Đạt v.v. như trên. ", ["Đạt v.v. như trên."]),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Không có.", "chỉ ghi «Không có»."),
        ("Đang cập nhật.", "chỉ ghi «Đang cập nhật»."),
        ("……………", "chỉ ghi «……………»."),
        (".......", "chỉ ghi «.......»."),
    ],
)
def test_a_message_ends_with_one_stop(said: str, told: str) -> None:
    sections = [SectionText(section=each.code, heading=each.title, text=said) for each in PLAN.outline]
    (found,) = [each for each in section_faults(PLAN, sections, "a.docx") if each.place == "mục III"]
    assert found.message.partition(": ")[2] == told

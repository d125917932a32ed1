"""What an appraisal looks for in a draft besides the figures of its tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from effort import within
from soket.documents.checks.changed import Change, ChangeSort, compare_texts
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel, identified
from soket.documents.checks.ordered import DraftOutline
from soket.documents.checks.pointing import pointers_checked
from soket.documents.checks.references import citations, dates_checked, references_checked
from soket.documents.checks.sources import lifted_sentences, misnamed_units, unnamed_units, untold_gaps
from soket.documents.checks.together import amended_findings, check_draft
from soket.documents.checks.wording import claims_checked, marks_checked
from soket.documents.year_figures import YearFigure
from soket.plan.model import Plan, Unit
from soket.record.resting import Late
from soket.record.stale import LaterReport

from .builders import make_plan, nq06
from .labelled import read, world
from .worded import summary_saying


@pytest.fixture(scope="module")
def real() -> Plan:
    return nq06()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nghị quyết số 06-NQ/TU ngày 07/12/2017", ""),
        ("Nghị quyết số 06-NQ/TU, ngày 12/07/2017", "ban hành ngày 07/12/2017, dự thảo ghi ngày 12/07/2017"),
        ("NQ số 06-NQ/TU ngày 12/07/2017", "ban hành ngày 07/12/2017"),
        ("Kế hoạch số 06-NQ/TU", "là nghị quyết, dự thảo ghi kế hoạch"),
        ("Kế hoạch số 113-KH/UBND ngày 19/4/2018", "là số 131/KH-UBND, không phải 113-KH/UBND"),
        ("Kế hoạch số 131-KH/UBND ngày 19/4/2018", ""),
        ("Nghị quyết số 08-NQ/TU", "gần giống số 08-NQ/TW"),
        ("Nghị quyết số 86/2018/NQ-HĐND", ""),
        ("Quyết định số 2101/QĐ-UBND ngày 02/7/2018", ""),
    ],
)
def test_what_is_cited_is_what_the_plan_cites(real: Plan, text: str, reason: str) -> None:
    found = [each for each in references_checked(real, [text]) if each.check is DraftCheck.REFERENCE]
    assert [reason in each.reason for each in found] == ([True] if reason else [])


def test_what_the_plan_wants_cited_is_missed(real: Plan) -> None:
    said = ["Thực hiện Nghị quyết số 06-NQ/TU."]
    found = [each for each in references_checked(real, said) if each.check is DraftCheck.CONTENT]
    assert [each.about for each in found] == ["08-NQ/TW"]
    assert found[0].level is FindingLevel.WRONG
    assert not list(references_checked(real, [*said, "Gắn với Nghị quyết số 08-NQ/TW của Bộ Chính trị."]))


def test_citations_have_kind_number_and_day() -> None:
    (found,) = citations("theo Chương trình hành động số 28-CTr/HU ngày 15/3/2018")
    assert (found.kind, found.number, str(found.day)) == ("chương trình hành động", "28-CTR/HU", "2018-03-15")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Thứ Hai, ngày 08/11/2021", ""),
        ("thứ Ba, ngày 08/11/2021", "ngày 08/11/2021 là thứ Hai"),
        ("ngày 08/11/2021 (Chủ nhật)", "ngày 08/11/2021 là thứ Hai"),
        ("ngày 31/11/2021", "không có ngày 31/11/2021"),
        ("ngày 30 tháng 02 năm 2021", "không có ngày 30/02/2021"),
        ("Nghị quyết số 103/NQ-CP ngày 06/10/2017", ""),
    ],
)
def test_days_and_weekdays(text: str, reason: str) -> None:
    assert [each.reason for each in dates_checked([text])] == ([reason] if reason else [])


def test_tone_marks_set_in_two_ways() -> None:
    assert not list(marks_checked(["Ủy ban, thủy lợi, hòa giải, quý I, quỹ"]))
    (found,) = marks_checked(["Ủy ban nhân dân, thủy lợi", "Uỷ ban"])
    assert found.paragraph == 2
    assert "1 chữ như uỷ" in found.reason


def test_strong_claims_that_no_report_makes() -> None:
    draft = ["Lượng khách cao nhất từ trước đến nay.", "Là mô hình duy nhất của vùng."]
    found = list(claims_checked(draft, ["Đây là mô hình duy nhất."]))
    assert [(each.paragraph, each.reason) for each in found] == [
        (1, "không báo cáo nào nói “cao nhất từ trước đến nay”")
    ]


@pytest.mark.parametrize(
    ("told", "claimed"),
    [
        ("Du lịch của tỉnh đứng thứ ba khu vực.", ["đứng thứ ba khu vực"]),
        ("Nhìn chung, 100% xã, phường đã có đường nhựa.", ["100% xã"]),
        ("Chỉ số xếp thứ 12 cả nước; 100% các huyện tham gia.", ["xếp thứ 12 cả nước", "100% các huyện"]),
        ("Đội đứng thứ ba sau hai đội bạn; đạt 100% kế hoạch, 100% thôn có loa.", []),
    ],
)
def test_a_rank_and_all_of_them_are_strong_claims(told: str, claimed: list[str]) -> None:
    found = [*claims_checked([told], ["Xã có 100% thôn làm việc này."])]
    assert [each.reason.split("“")[1].rstrip("”") for each in found] == claimed


def test_a_sentence_of_one_unit_without_its_name(real: Plan) -> None:
    own = "Đường vào khu du lịch nhỏ hẹp, xuống cấp, xe lớn không vào được tận nơi tham quan."
    summary = summary_saying(real, h_can_loc=own, h_duc_tho="Việc khác.")
    (found,) = lifted_sentences(summary, ["Hạn chế.", own])
    assert (found.paragraph, "Huyện ủy Can Lộc" in found.reason) == (2, True)
    assert not list(lifted_sentences(summary, [f"Như ở huyện Can Lộc: {own}"]))
    both = summary_saying(real, h_can_loc=own, h_duc_tho=own)
    assert not list(lifted_sentences(both, [own]))


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Toàn tỉnh đã chi 412 tỷ đồng làm mới 12,4 km đường ven biển và điện chiếu sáng.", True),
        ("Riêng Can Lộc đã chi 412 tỷ đồng làm mới 12,4 km đường ven biển và điện chiếu sáng.", False),
        ("Toàn tỉnh đã chi 412 tỷ đồng làm mới 21,4 km đường ven biển và điện chiếu sáng.", False),
        ("Theo Nghị quyết 412/NQ-CP, năm 2019 làm mới 12,4 km đường ven biển và điện chiếu sáng.", False),
    ],
)
def test_figures_of_one_unit_that_are_told_as_everybodys(real: Plan, told: str, asked: bool) -> None:
    own = "Đã huy động 412 tỷ đồng của nhiều nguồn (ngân sách là chính) để nâng cấp 12,4 km đường dọc biển năm 2019."
    summary = summary_saying(real, h_can_loc=own, h_duc_tho="Việc khác.")
    assert bool([*lifted_sentences(summary, [told])]) is asked


def test_units_never_named(real: Plan) -> None:
    summary = summary_saying(real, h_can_loc="Một.", h_duc_tho="Hai.")
    (found,) = unnamed_units(summary, ["Điển hình là huyện Can Lộc."])
    assert found.reason.startswith("1/2 đơn vị có báo cáo không được nhắc tên: Huyện ủy Đức Thọ")
    assert found.level is FindingLevel.TELL


def test_gaps_that_a_draft_does_not_tell() -> None:
    _, whole = world("both_forms")
    heard = whole.forms[0]
    units = tuple({each.unit.code: each.unit for item in heard.indicators for each in item.years[0].values}.values())
    silent, form = units[-1], replace(heard, units=units)
    items = [replace(item, years=tuple(_without(silent, each) for each in item.years)) for item in form.indicators]
    lacking = replace(form, indicators=tuple(items))
    assert lacking.absent == (silent,)
    summary = replace(whole, forms=(lacking,))
    (found,) = untold_gaps(summary, ["Năm 2021, toàn tỉnh đón nhiều khách.", f"{silent.name} làm tốt."])
    assert f"chưa có phần của 1/{len(units)} đơn vị ({silent.name})" in found.reason
    assert found.level is FindingLevel.LOOK
    for told in (f"Số liệu trên chưa có phần của {silent.name}.", f"Số liệu còn thiếu 1/{len(units)} đơn vị."):
        assert not list(untold_gaps(summary, [told]))
    assert not list(untold_gaps(replace(whole, forms=(form,)), ["Năm 2021, toàn tỉnh đón nhiều khách."]))


def _without(unit: Unit, year: YearFigure) -> YearFigure:
    return replace(year, values=tuple(each for each in year.values if each.unit != unit))


def test_sections_missing_and_out_of_order(real: Plan) -> None:
    titles = [f"{section.number}. {section.title}" for section in real.outline]
    full = [line for title in titles for line in (title, "Nội dung của mục này được trình bày như sau.")]
    assert not list(DraftOutline(real, full).findings())
    found = list(DraftOutline(real, [*full[:8], *full[10:]]).findings())
    assert [(each.about, each.level) for each in found] == [("bai_hoc", FindingLevel.WRONG)]
    swapped = [*full[:6], *full[8:10], *full[6:8], *full[10:]]
    assert [each.about for each in DraftOutline(real, swapped).findings()] == ["order bai_hoc"]


@pytest.mark.parametrize(
    ("draft", "planted"),
    [
        ("j", {"bai_hoc", "Thứ Ba, ngày 15/11/2021", "Kế hoạch số 113-KH/UBND"}),
        ("h", {"order kien_nghi", "Kế hoạch số 06-NQ/TU ngày 07/12/2017"}),
        ("i", {"kien_nghi", "06-NQ/TU", "Thứ Sáu, ngày 16/01/2017", "ngày 31/9/2018"}),
    ],
)
def test_what_is_planted_in_drafts_besides_figures(real: Plan, draft: str, planted: set[str]) -> None:
    lines, _ = read(draft)
    checks = (DraftOutline(real, lines).findings(), references_checked(real, lines), dates_checked(lines))
    assert {each.about for found in checks for each in found} == planted


def test_a_draft_that_says_two_things(real: Plan) -> None:
    summary = replace(world("du_lich")[1], forms=())
    said = ("Năm 2019 đón 1.374.347 lượt khách.", "Tổng lượt khách năm 2019 là 1.290.000 lượt.")
    found = check_draft(summary, said, outline=DraftOutline(real, said), changes=None)
    (itself,) = [each for each in found if each.check is DraftCheck.ITSELF]
    assert "đoạn 1 ghi 1.374.347, ở đây ghi 1.290.000" in itself.reason


def test_paragraphs_are_aligned_by_likeness() -> None:
    before = ("Mở đầu.", "Tổng lượt khách năm 2019 đạt 400 lượt.", "Câu sẽ bị bỏ đi hẳn.", "Kết thúc phần này ở đây.")
    after = ("Đoạn mới tinh chưa từng có!", "Mở đầu.", "Tổng lượt khách năm 2019 đạt 401 lượt.", "Kết thúc phần ở đây.")
    found = compare_texts(before, after)
    assert [each.sort for each in found] == [
        ChangeSort.ADDED, ChangeSort.FIGURE, ChangeSort.REMOVED, ChangeSort.WORDING,
    ]  # fmt: skip
    assert found[1].figures == (("400",), ("401",))
    assert compare_texts(("a b c", "d e f"), ("d e f", "a b c")) == ()


def test_identities_outlive_other_findings_and_places() -> None:
    one = DraftFinding(DraftCheck.DATE, FindingLevel.LOOK, "x", about="ngày 31/11", paragraph=3)
    other = DraftFinding(DraftCheck.DATE, FindingLevel.WRONG, "y", about="ngày 30/02", paragraph=1)
    alone = identified([one])[0]
    together = identified([other, replace(one, paragraph=9)])
    assert together[0].level is FindingLevel.WRONG
    assert together[1].id == alone.id
    assert len({each.id for each in identified([one, one])}) == 2


def test_reports_that_came_since(real: Plan) -> None:
    came, replaced, taken = amended_findings(
        [
            LaterReport(real.unit("h_can_loc"), Late.CAME),
            LaterReport(real.unit("h_duc_tho"), Late.CAME, replaces=True),
            LaterReport(real.unit("lm_htx"), Late.TAKEN),
        ]
    )
    assert came.reason == "báo cáo của Huyện ủy Can Lộc đến sau bản tổng hợp"
    assert replaced.reason == "bản thay báo cáo của Huyện ủy Đức Thọ đến sau bản tổng hợp"
    assert taken.reason == "báo cáo của Liên minh Hợp tác xã tỉnh đến trước, được tiếp nhận sau bản tổng hợp"


def test_a_draft_is_checked_within_three_seconds(real: Plan) -> None:
    _, summary = world("du_lich")
    paragraphs = tuple(paragraph for _ in range(3) for name in "abc" for paragraph in read(name)[0])
    with within(3):
        check_draft(summary, paragraphs, outline=DraftOutline(real, paragraphs), changes=())


ENCLOSED = "Tài liệu kèm theo: Phụ lục 1 (Biểu 01), Phụ lục 2 (Biểu 02)."


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("Có 18 cơ sở (danh sách tại Phụ lục 3).", ["dự thảo không có Phụ lục 3"]),
        ("Có 18 cơ sở (danh sách tại Phụ lục 2).", []),
        ("Số liệu theo Phụ lục III ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", []),
        ("Kết quả nêu tại mục IX của báo cáo.", ["dự thảo không có mục IX"]),
        ("Kết quả nêu tại mục II của báo cáo.", []),
        ("Thực hiện theo mục IX Nghị quyết số 06-NQ/TU.", []),
    ],
)
def test_what_a_draft_points_to_is_there(told: str, missing: list[str]) -> None:
    lines = ["I. KẾT QUẢ", told, "II. HẠN CHẾ", ENCLOSED]
    assert [each.reason for each in pointers_checked(lines)] == missing


def test_a_draft_without_annexes_may_have_them_beside_it() -> None:
    assert not list(pointers_checked(["Có 18 cơ sở (danh sách tại Phụ lục 3)."]))


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Năm 2021 bị huyện Hồng Lĩnh vượt.", ["dự thảo ghi “huyện Hồng Lĩnh”, Kế hoạch có thị xã Hồng Lĩnh"]),
        ("Huyện Kỳ Anh, thị xã Kỳ Anh và thành phố Hà Tĩnh.", []),
    ],
)
def test_an_area_is_called_what_it_is(real: Plan, told: str, found: list[str]) -> None:
    assert [each.reason for each in misnamed_units(real, [told])] == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "Trong đó Sở Du lịch và Sở Thông tin và Truyền thông phối hợp chặt chẽ; Sở Du lịch chủ trì.",
            ["dự thảo ghi “Sở Du lịch”, Kế hoạch có Sở Văn hóa, Thể thao và Du lịch"],
        ),
        ("Giao Sở Khoa học theo dõi.", ["dự thảo ghi “Sở Khoa học”, Kế hoạch có Sở Khoa học và Công nghệ"]),
        ("Sở Văn hóa - Thể thao & Du lịch, Sở Lao động – Thương binh và Xã hội, Sở Kế hoạch & Đầu tư.", []),
        ("Giao các sở Du lịch liên quan; số lao động tăng; Sở Y tế, Sở Du lịchX.", []),
    ],
)
def test_a_department_is_called_by_its_whole_name(real: Plan, told: str, found: list[str]) -> None:
    assert [each.reason for each in misnamed_units(real, [told])] == found
    assert all(each.level is FindingLevel.LOOK for each in misnamed_units(real, [told]))


def test_a_department_with_a_place_in_its_name_is_called_by_its_whole_name_with_or_without_the_place() -> None:
    names = {f"so_{code}": f"Sở Nông nghiệp và Môi trường tỉnh {code.title()}" for code in ("an", "lam")}
    plan = make_plan(names)
    told = "Sở Nông nghiệp và Môi trường tỉnh Lam, Sở Nông nghiệp và Môi trường; Sở Nông nghiệp và Môi trường tỉnh An."
    assert list(misnamed_units(plan, [told])) == []
    (found,) = misnamed_units(plan, ["Giao Sở Nông nghiệp theo dõi."])
    assert found.reason == f"dự thảo ghi “Sở Nông nghiệp”, Kế hoạch có {'; '.join(names.values())}"


def test_what_a_department_owes_beside_its_report_is_no_part_of_its_name() -> None:
    plan = make_plan({"so_tn": "Sở Tài nguyên và Môi trường"})
    also = plan.units[0].owing_beside("ho_so", "Hồ sơ khen thưởng")
    plan = plan.model_copy(update={"units": (*plan.units, also)})
    assert list(misnamed_units(plan, ["Sở Tài nguyên và Môi trường chủ trì."])) == []
    (found,) = misnamed_units(plan, ["Sở Tài nguyên chủ trì."])
    assert found.reason == "dự thảo ghi “Sở Tài nguyên”, Kế hoạch có Sở Tài nguyên và Môi trường"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Đã có 5/6 báo cáo.", "Đã có 6/6 báo cáo.", "5/6 thành 6/6"),
        ("Mở 12 lớp cho 12 xã.", "Mở 12 lớp cho 14 xã.", "12 thành 14"),
        ("Mở 12 lớp, 300 người dự.", "Mở 12 lớp, nhiều người dự.", "bỏ 300"),
        ("Mở nhiều lớp.", "Mở 12 lớp.", "thêm 12"),
    ],
)
def test_a_figure_that_was_changed_is_told_whole(before: str, after: str, told: str) -> None:
    summary = summary_saying(nq06())
    outline = DraftOutline(summary.plan, [after])
    found = check_draft(summary, [after], outline=outline, changes=[Change(before, after, 1)])
    assert [each.reason for each in found if each.check is DraftCheck.CHANGE] == [
        f"sửa số so với dự thảo làm việc: {told}"
    ]

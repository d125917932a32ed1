"""What reports say under headings of no section, and what a draft without themes has no room for, is told of."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from soket.documents.draft import write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.letterhead import letterhead
from soket.plan.letters import Letterhead
from soket.plan.model import Plan
from soket.plan.themes import Lexicon
from soket.record.records import SectionText

from .builders import make_receipt, make_register, make_verdict, nq06
from .conftest import text_of
from .worded import lexicon, report, summary_of

OWN = {"han_che": ["Sản phẩm du lịch còn đơn điệu, thời gian khách lưu lại ngắn."]}
ELSEWHERE = "Tổ chức bốn đợt ra quân dọn bãi biển, thu gom 12 tấn rác. Lập hai đội cứu hộ ở hai bãi tắm."


def unplaced(plan: Plan, heading: str | None) -> Summary:
    """Return the summary of two reports: one has a heading of its own, and no section of requests."""
    first, second = [unit.code for unit in plan.units if unit.owes == "report"][:2]
    told = report(plan, first, OWN | {"kien_nghi": ["Đề nghị tỉnh bố trí vốn cho tuyến đường ven biển."]})
    other = report(plan, second, OWN)
    sections = tuple(
        each.model_copy(update={"heading": None}) if each.section == "kien_nghi" else each for each in other.sections
    )
    own = (SectionText(section="", heading=heading, text=ELSEWHERE),)
    register = make_register(plan, [*map(make_receipt, (first, second))], [*map(make_verdict, (first, second))])
    reports = [told, other.model_copy(update={"sections": sections, "unplaced": own})]
    return summarise(plan, plan.campaigns[0], register, reports)


@pytest.mark.parametrize(
    ("heading", "place"),
    [("VIII. Đôi lời", "phần “VIII. Đôi lời”"), (None, "trước các mục")],
)
def test_what_is_under_no_section_is_told_of_and_kept(heading: str | None, place: str) -> None:
    plan = nq06()
    draft = write_draft(unplaced(plan, heading), lexicon())
    name = [unit.name for unit in plan.units if unit.owes == "report"][1]
    lines = text_of(draft.word).splitlines()
    assert f"Không nhận ra mục này trong báo cáo của: {name}." in lines
    assert f"- {name}, {place}: 2 câu" in lines
    book = openpyxl.load_workbook(io.BytesIO(draft.evidence))
    for sheet in ("Chưa xếp", "Mọi câu"):
        own = [row for row in book[sheet].values if row[0] == name and "Ngoài đề cương" in str(row[2])]
        assert [row[-1] for row in own] == ELSEWHERE.replace("rác. ", "rác.|").split("|")


@pytest.mark.parametrize("themes", [lexicon(), None], ids=["by theme", "without themes"])
def test_what_is_asked_elsewhere_is_listed_for_who_drafts(themes: Lexicon | None) -> None:
    asked = "Đề nghị tỉnh hỗ trợ phục dựng lễ hội xưa."
    thanks = "Nhờ sự quan tâm của tỉnh, lễ hội được phục dựng."
    plan = nq06()
    first, second = [unit for unit in plan.units if unit.owes == "report"][:2]
    told = report(plan, first.code, OWN | {"ket_qua": [asked, "Đón 12.000 lượt khách.", thanks]})
    own = (SectionText(section="", heading="VIII. Đôi lời", text=f"{asked} {thanks}"),)
    other = report(plan, second.code, OWN).model_copy(update={"unplaced": own})
    units = (first.code, second.code)
    register = make_register(plan, [*map(make_receipt, units)], [*map(make_verdict, units)])
    lines = text_of(write_draft(summarise(plan, plan.campaigns[0], register, [told, other]), themes).word).splitlines()
    assert f"- {first.name}, mục III, câu 1: “{asked}”" in lines
    assert f"- {second.name}, ngoài đề cương: VIII. Đôi lời: “{asked}”" in lines
    assert not any(thanks in line for line in lines if "câu 3" in line or "Đôi lời:" in line)


def test_what_a_draft_without_themes_leaves_out_is_counted_and_listed() -> None:
    plan = nq06()
    units = [unit.code for unit in plan.units if unit.owes == "report"][:3]
    more = [
        f"Đã mở lớp dạy nghề thứ {number} cho lao động ở {number + 3} xã ven biển của huyện." for number in range(2, 14)
    ]
    draft = write_draft(summary_of(plan, {unit: {"ket_qua": more} for unit in units}))
    lines = text_of(draft.word).splitlines()
    (left,) = [line for line in lines if line.startswith("Chưa đưa vào mục này:")]
    rows = [row for row in openpyxl.load_workbook(io.BytesIO(draft.evidence))["Chưa xếp"].values if row[2] == "III"]
    assert left == f"Chưa đưa vào mục này: {len(rows)} câu của 3 báo cáo, xem trang “Chưa xếp” của sổ chứng cứ."
    assert rows
    assert not any(f"“{str(row[-1]).rstrip('.')}”" in line for row in rows for line in lines)


def test_without_themes_who_is_quoted_is_quoted_again_below_as_long_as_there_is_room() -> None:
    plan = nq06()
    first, second = [unit for unit in plan.units if unit.owes == "report"][:2]
    done = ["Trồng 120 ha rừng ven biển.", "Tỷ lệ hộ nghèo giảm từ 12,4% xuống 3,1%.", "Bà con mình vui, đông 12 nhà."]
    more = "Đã hoàn thành 12 km đường đê, kinh phí 40 tỷ đồng."
    amiss = ["Thiếu 12 giáo viên so với định mức.", "Chợ trung tâm xuống cấp, chưa có nơi để xe.", "Nợ đọng 3 tỷ đồng."]
    said = {first.code: {"ket_qua": [*done, more], "han_che": amiss}, second.code: {"ket_qua": ["Mở 14 lớp dạy nghề."]}}
    lines = text_of(write_draft(summary_of(plan, said)).word).splitlines()
    results = [line for line in lines if line.startswith("+ ") and first.name in line]
    assert len(results) == 1
    told = next(line for line in lines if line.startswith("- ") and first.name in line) + results[0]
    assert all(each.rstrip(".") in told for each in (done[0], done[1], more))
    assert done[2].rstrip(".") not in told  # said as one speaks
    assert [line for line in lines if line.startswith("+ ") and second.name in line] == []
    below = [line for line in lines if line.startswith("+ “")]
    assert len(below) == len(amiss) - 1
    assert any("; có đơn vị nêu: “" in line for line in lines)


def test_a_block_without_themes_is_counted_among_its_own_reports() -> None:
    plan = nq06()
    units = [unit for unit in plan.units if unit.owes == "report"]
    told = "Hạ tầng các khu, điểm du lịch còn thiếu, chưa có bãi đỗ xe và trạm cấp nước"
    block, other = [*dict.fromkeys(unit.block for unit in units)][:2]
    some = [*[each for each in units if each.block == block][:3], *[each for each in units if each.block == other][:2]]
    text = text_of(
        write_draft(summary_of(plan, {each.code: {"han_che": [f"{told} ở {each.name}."]} for each in some})).word
    )
    assert f"{plan.block(block).name} (3/3 báo cáo)" in text
    assert f"{plan.block(other).name} (2/2 báo cáo)" in text
    assert "/5 báo cáo)" not in text


@pytest.mark.parametrize(
    ("form", "body", "given", "authority"),
    [
        ("state", "ỦY BAN NHÂN DÂN TỈNH B", {}, "TM. ỦY BAN NHÂN DÂN"),
        ("state", "HỘI ĐỒNG NHÂN DÂN TỈNH B", {}, "TM. HỘI ĐỒNG NHÂN DÂN"),
        ("state", "ỦY BAN NHÂN DÂN TỈNH B", {"post": "CHỦ TỊCH"}, ""),
        ("state", "ỦY BAN NHÂN DÂN TỈNH B", {"authority": "TUQ. CHỦ TỊCH"}, "TUQ. CHỦ TỊCH"),
        ("state", "SỞ NỘI VỤ", {}, ""),
    ],
)
def test_who_signs_for_a_body_of_many_is_told_by_its_name(
    form: str, body: str, given: dict[str, str], authority: str
) -> None:
    plan = nq06()
    own = Letterhead.model_validate({"agency": body, "sign": "UBND", **given})
    offices = tuple(
        each.model_copy(update={"form": form, "letterhead": own}) if each.code == plan.roles.standing else each
        for each in plan.offices
    )
    head = letterhead(plan.model_copy(update={"offices": offices}), plan.roles.standing, "BC", date(2021, 11, 1))
    assert head.authority == authority


def test_without_themes_causes_stand_apart_from_what_is_amiss() -> None:
    plan = nq06()
    units = [unit.code for unit in plan.units if unit.owes == "report"][:3]
    outside = "Khách quan: địa hình chia cắt, mưa lũ hai năm liền gây thiệt hại trên 120 tỷ đồng"
    inside = "Chủ quan: một bộ phận cán bộ còn trông chờ, cán bộ xã kiêm nhiệm nhiều việc"
    amiss = ["Còn 4 xã chưa có bãi đỗ xe cho khách", "Nợ đọng xây dựng 7 tỷ đồng", "Hỏng 9/31 công trình nước sạch"]
    said = {
        units[0]: {"han_che": [f"{amiss[0]}.", "2.2. Nguyên nhân", f"a) {outside}.", f"b) {inside}."]},
        units[1]: {
            "han_che": [
                f"{amiss[1]}.",
                "V. NGUYÊN NHÂN",
                "Do chưa có hướng dẫn cụ thể về đất của các khu du lịch.",
                "Mưa lũ hai năm liền làm trôi cầu.",
                "Cán bộ xã còn ngại khó, chưa quyết liệt.",
            ]
        },
        units[2]: {"han_che": [f"{amiss[2]}.", "Nguyên nhân là do kinh phí phân bổ chậm, vốn đối ứng của xã còn ít."]},
    }
    lines = text_of(write_draft(summary_of(plan, said)).word).splitlines()
    heads = ["Nguyên nhân khách quan", "Nguyên nhân chủ quan", "Nguyên nhân chưa nêu rõ khách quan hay chủ quan"]
    at = [lines.index(head) for head in heads]
    before, first, second, third = lines[at[0] - 1], lines[at[0] + 1], lines[at[1] + 1], lines[at[2] + 1]
    assert all(each in before for each in amiss)
    assert "guyên nhân" not in before
    assert all(each in first for each in ("địa hình chia cắt", "Mưa lũ hai năm", "kinh phí phân bổ chậm"))
    assert all(each in second for each in ("trông chờ", "Cán bộ xã còn ngại khó"))
    assert "Do chưa có hướng dẫn" in third
    assert "(3/3 báo cáo)" in before
    assert "(3/3 báo cáo)" in first
    assert "(2/3 báo cáo)" in second
    assert "(1/3 báo cáo)" in third


def test_causes_of_which_no_side_is_told_stand_under_one_plain_heading_where_none_is() -> None:
    plan = nq06()
    unit = next(unit.code for unit in plan.units if unit.owes == "report")
    said = {unit: {"han_che": ["Còn 4 xã chưa có bãi đỗ xe.", "Do chưa có hướng dẫn cụ thể về giao đất cho xã."]}}
    lines = text_of(write_draft(summary_of(plan, said)).word).splitlines()
    assert "Do chưa có hướng dẫn" in lines[lines.index("Nguyên nhân") + 1]


def test_a_unit_that_is_heard_under_a_heading_is_not_said_to_be_silent_there() -> None:
    plan = nq06()
    first, second, third = [unit for unit in plan.units if unit.owes == "report"][:3]
    lack = "Các điểm du lịch chưa có bãi đỗ xe, hạ tầng chưa đồng bộ."
    said = {first.code: OWN, second.code: {"ket_qua": [lack]}, third.code: {"ket_qua": ["Đã xây 3 bãi đỗ xe."]}}
    lines = text_of(write_draft(summary_of(plan, said), lexicon()).word).splitlines()
    amiss = lines.index("IV. Tồn tại, hạn chế và nguyên nhân")
    silent = next(line for line in lines[amiss:] if line.startswith("Chưa có nội dung mục này:"))
    assert any(lack.rstrip(".") in line for line in lines[amiss:] if "“" in line)
    assert (second.name in silent, third.name in silent) == (False, True)


def test_a_report_of_which_no_heading_is_known_is_among_those_counted() -> None:
    plan = nq06()
    first, second = [unit for unit in plan.units if unit.owes == "report"][:2]
    register = make_register(
        plan, [*map(make_receipt, (first.code, second.code))], [*map(make_verdict, (first.code, second.code))]
    )
    known, strange = report(plan, first.code, OWN), report(plan, second.code, {})
    sections = tuple(each.model_copy(update={"heading": None, "text": ""}) for each in strange.sections)
    own = (SectionText(section="", heading="Đôi lời", text=ELSEWHERE),)
    strange = strange.model_copy(update={"sections": sections, "unplaced": own})
    text = text_of(write_draft(summarise(plan, plan.campaigns[0], register, [known, strange]), lexicon()).word)
    assert "(1/2 báo cáo)" in text
    assert "(1/1 báo cáo)" not in text

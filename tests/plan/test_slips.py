"""What was probably not meant is told of a plan that can be used, at its line, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan.faulty.conftest import SMALL
from soket.plan.check import doubtful, examine

H_MOT = "    contact: {name: Văn thư, email: vt@mot.example}"
SO_HAI = "    contact: {name: Văn thư, email: vt@hai.example}"


# What is edited, where something odd is seen then, and in which words.
CASES: dict[str, tuple[list[tuple[str, str]], str, str]] = {
    "nobody to send it to": ([("[Lưu Văn phòng]", "[]")], "recipients", "«Nơi nhận» đang để trống"),
    "from nobody": (
        [("kind: collect,", "kind: collect, from: [],")],
        "stages[0].from",
        "«from» để trống: giai đoạn này nhận của mọi khối",
    ),
    "handed to oneself": (
        [("owner: van_phong, receiver: tuyen_giao", "owner: van_phong, receiver: van_phong")],
        "stages[2].receiver",
        "«van_phong» thẩm định rồi trình chính mình",
    ),
    "papers of the Party without a committee": (
        [("party_committee: TỈNH ỦY\n", "")],
        "party_committee",
        "theo thể thức của Đảng mà kế hoạch chưa ghi dòng cơ quan",
    ),
    "a name without marks": (
        [("name: Sở Hai", "name: Huyen Một")],
        "units[1].name",
        "«Huyen Một» khác «Huyện Một» chỉ ở chỗ thiếu dấu",
    ),
    "a target of long ago": (
        [("target: {year: 2025", "target: {year: 2019")],
        "forms[0].indicators[0].target.year",
        "mục tiêu của năm 2019, trước mọi cột của biểu",
    ),
    "due on a Sunday": (
        [
            (
                "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
                "unit_reports: {opens: 2021-10-18, by: 2021-11-07}",
            )
        ],
        "campaigns[0].stages.unit_reports.by",
        "hạn cuối 07/11/2021 là Chủ nhật",
    ),
    "a block's date in a holiday": (
        [
            (
                "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
                "unit_reports: {opens: 2021-08-18, before: 2021-11-05, blocks: {huyen: {by: 2021-09-02}}}",
            ),
            ("opens: 2021-10-18\n", "opens: 2021-08-18\n"),
        ],
        "campaigns[0].stages.unit_reports.blocks.huyen.by",
        "hạn cuối 02/09/2021 là ngày nghỉ",
    ),
    "a sign that is not seen": (
        [("title: Kế hoạch nhỏ", "title: Kế hoạch\u200b nhỏ")],
        "title",
        "có ký tự không nhìn thấy (U+200B)",
    ),
    "whole and to another": (
        [
            (H_MOT, f"    predecessors: [{{unit: h_cu, share: 1}}]\n{H_MOT}"),
            (SO_HAI, f"    predecessors: [{{unit: h_cu}}]\n{SO_HAI}"),
        ],
        "units[1].predecessors[0]",
        "«h_cu» đã thuộc về nơi khác cả rồi",
    ),
    "a year that is not there yet": (
        [("years: [2020, 2021]", "years: [2020, 2021, 2052]")],
        "forms[0].years[2]",
        "năm 2052 chưa đến khi đợt cuối đã hết",
    ),
    "a line twice": (
        [("name: Phần hai", "name: Phần một")],
        "forms[0].indicators[2].name",
        "ghi hai lần trong một biểu",
    ),
    "a part by the name of its whole": (
        [("name: Phần hai", "name: Tổng")],
        "forms[0].indicators[2].name",
        "chỉ tiêu «Tổng» ghi hai lần trong một biểu",
    ),
    "a part measured otherwise": (
        [
            ("name: Phần một\n        unit_of_measure: lượt", "name: Phần một\n        unit_of_measure: người"),
            ("      - {kind: sum, code: TC-CT01, total: CT01, parts: [CT01.1, CT01.2]}\n", ""),
        ],
        "forms[0].indicators[1].unit_of_measure",
        "«CT01.1» tính bằng «người», mà «CT01», gồm cả nó, tính bằng «lượt»",
    ),
    "more than the whole": (
        [("unit_of_measure: hội nghị", 'unit_of_measure: "%"\n        target: {year: 2025, value: 850}')],
        "forms[1].indicators[0].target.value",
        "tỷ lệ đến 850%",
    ),
    "another word for the review": (
        [("title: Kế hoạch nhỏ", "title: Tổng kết 10 năm")],
        "title",
        "tên kế hoạch nói «tổng kết», mà thư, văn bản sẽ nói «sơ kết»",
    ),
    "a name in a short form": (
        [("name: Huyện Một", "name: UBND xã Một"), ("name: Sở Hai", "name: Uỷ ban nhân dân xã Một")],
        "units[1].name",
        "là một tên viết tắt và viết đủ",
    ),
    "a domain of everybody's, one letter off": (
        [("vt@hai.example", "sohai@gmial.com")],
        "units[1].contact.email",
        "khác tên miền «gmail.com» chỉ một chữ",
    ),
    "a telephone of too few figures": (
        [("phone: 0239 000 0000", "phone: 0239 000")],
        "offices[0].contact.phone",
        "«0239 000» không đủ chữ số",
    ),
    "a paragraph for a place": (
        [("place: Hà Tĩnh", f"place: {'Hà Tĩnh, ' * 10}")],
        "place",
        "dài 89 ký tự: chỗ in mục này chừng 60 ký tự",
    ),
    "quotes of a word processor": (
        [("unit_of_measure: hội nghị", "unit_of_measure: “hội nghị”")],
        "forms[1].indicators[0].unit_of_measure",
        "«“» là dấu nháy của Word",
    ),
    "a campaign that opens a year too early": (
        [("    opens: 2021-10-18\n", "    opens: 2020-10-18\n")],
        "campaigns[0].opens",
        "đợt mở 18/10/2020 mà giai đoạn đầu mở 18/10/2021",
    ),
    "a campaign that closes a year too late": (
        [("    closes: 2023-12-03", "    closes: 2024-12-03")],
        "campaigns[1].closes",
        "đợt hết 03/12/2024 mà giai đoạn cuối hết 03/12/2023",
    ),
    "a campaign of another year": ([('- code: "2021"', '- code: "2012"')], "campaigns[0].code", "mã đợt «2012»"),
    "a day off in no campaign's year": (
        [("  2021-11-11: Nghỉ riêng", "  2019-11-11: Nghỉ riêng")],
        "holidays.2019-11-11",
        "không thuộc năm của đợt nào",
    ),
}


def test_growth_may_be_more_than_the_whole(tmp_path: Path) -> None:
    edit = (
        "name: Số hội nghị\n        unit_of_measure: hội nghị",
        'name: Tốc độ tăng\n        unit_of_measure: "%"\n        target: {year: 2025, value: 850}',
    )
    assert told(tmp_path, [edit]) == told(tmp_path, [])


def test_one_of_the_domain_of_many_is_told_when_a_letter_is_off(tmp_path: Path) -> None:
    edits = [(each, "@donvi.example") for each in ("@mot.example", "@mot.example", "@hai.example", "@ba.example")]
    usual = told(tmp_path, edits)
    found = told(tmp_path, [*edits, ("gd@hai.example", "gd@donvi.exmaple"), ("vp@tinh.example", "vp@dongvi.example")])
    assert {each for each in found if each not in usual} == {"units[1].head.email", "offices[1].contact.email"}


def test_the_working_day_before_a_day_off_is_said(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.yaml"
    file.write_text(SMALL.replace("before: 2021-11-05}", "by: 2021-11-07}", 1), encoding="utf-8")
    plan, _ = examine(file)
    assert plan is not None
    assert "Ngày làm việc liền trước: Thứ Sáu, 05/11/2021." in "".join(each.hint for each in doubtful(file, plan))


def told(folder: Path, edits: list[tuple[str, str]]) -> dict[str, str]:
    text = SMALL
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "ke-hoach.yaml"
    file.write_text(text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan is not None, "\n".join(map(str, faults))
    return {fault.path: fault.message for fault in doubtful(file, plan)}


@pytest.mark.parametrize("name", CASES)
def test_a_slip_is_told_and_nothing_else(name: str, tmp_path: Path) -> None:
    edits, path, words = CASES[name]
    usual, found = told(tmp_path, []), told(tmp_path, edits)
    assert {each for each in found if each not in usual} == {path}
    assert words in found[path]


def test_before_a_sunday_is_no_sunday(tmp_path: Path) -> None:
    """What is to come before a Monday may come on a Sunday: nobody named that day."""
    edit = (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-08}",
    )
    assert told(tmp_path, [edit]) == told(tmp_path, [])

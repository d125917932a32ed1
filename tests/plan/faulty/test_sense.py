"""Plans that are well written and make no sense: a slip is told at what is to be mended, and not what comes of it."""

from __future__ import annotations

import pytest

from plan.faulty.conftest import SMALL, Checked

Edits = list[tuple[str, str]]
Told = list[tuple[str, str]]

DRAFT, APPRAISE = "kind: draft, after: [unit_reports]", "kind: appraise, after: [ubnd_draft]"
FIRST_DATES = "unit_reports: {opens: 2021-10-18, before: 2021-11-05}"
SO_HAI = "    block: so\n    contact"
SUM = "      - {kind: sum, code: TC-CT01, total: CT01, parts: [CT01.1, CT01.2]}\n"
BESIDE = (
    "  - {id: ho_so, kind: collect, takes: document, from: [so],\n"
    "     title: Hồ sơ, owner: tuyen_giao, receiver: van_phong, delivers: Hồ sơ, source: II.2}\n"
)
OF_BESIDE = "      ho_so: {opens: 2021-10-18, before: 2021-11-06}\n"

# What is edited, and what is told, where.
CASES: dict[str, tuple[Edits, Told]] = {
    "a draft that takes documents": (
        [("kind: draft, ", "kind: draft, takes: document, ")],
        [("stages[1].takes", "chỉ giai đoạn collect mới ghi «takes: document»")],
    ),
    "an appraisal that takes documents": (
        [("kind: appraise, ", "kind: appraise, takes: document, ")],
        [("stages[2].takes", "chỉ giai đoạn collect mới ghi «takes: document»")],
    ),
    "documents for an archive": (
        [("kind: publish, ", "kind: publish, takes: document, from: [bao], ")],
        [("stages[4].takes", "chỉ giai đoạn collect mới ghi «takes: document»")],
    ),
    "documents alone": (
        [("kind: collect,", "kind: collect, takes: document,")],
        [("stages[0].takes", "không giai đoạn nào nhận báo cáo của các đơn vị: chỉ có «takes: document»")],
    ),
    "a duty that stages ask for": (
        [(SO_HAI, "    block: so\n    owes: document\n    contact")],
        [
            ("forms[1].blocks", "không đơn vị nào thuộc các khối này phải gửi báo cáo"),
            ("units[1].owes", "đơn vị không ghi «owes: document»"),
        ],
    ),
    "a stage that nobody owes anything to": (
        [
            (SO_HAI, "    block: so\n    owes: exempt\n    exempt_reason: Mới lập\n    contact"),
            ("    blocks: [so]", "    blocks: [huyen, so]"),
            ("    blocks: [huyen]", "    blocks: [bao]"),
            ("  - {id: ubnd_draft", f"{BESIDE}  - {{id: ubnd_draft"),
            ("      ubnd_draft:", f"{OF_BESIDE}      ubnd_draft:"),
        ],
        [
            ("forms[0].blocks", "không đơn vị nào thuộc các khối này"),
            ("stages[1].from", "không đơn vị nào nợ gì giai đoạn «ho_so»"),
        ],
    ),
    "a campaign without units": (
        [("    title: Đợt một\n", "    title: Đợt một\n    own: {without: [huyen, so_hai]}\n")],
        [("campaigns[0].own.without", "đợt này không còn đơn vị nào phải nộp gì")],
    ),
    "a block that hands in documents only": (
        [
            ("kind: collect,", "kind: collect, from: [huyen],"),
            ("  - {id: ubnd_draft", f"{BESIDE}  - {{id: ubnd_draft"),
            ("      ubnd_draft:", f"{OF_BESIDE}      ubnd_draft:"),
        ],
        [("blocks[1].code", "của khối «so»; «ho_so» chỉ nhận văn bản nộp thêm (takes: document)")],
    ),
    "one name with its tone elsewhere": (
        [("aliases: [H. Một]", "aliases: [Huyện ủy Một]"), ("aliases: [S. Hai]", "aliases: [Huyện uỷ Một]")],
        [("units[1].aliases[0]", "tên «Huyện uỷ Một» chỉ hai đơn vị")],
    ),
    "one unit twice": (
        [("  - code: so_hai\n    name: Sở Hai", "  - code: h_mot\n    name: Huyện Một")],
        [("units[1].code", "mã đơn vị, cơ quan «h_mot» dùng hai lần")],
    ),
    "sums of each other": (
        [(SUM, f"{SUM}      - {{kind: sum, code: TC-2, total: CT01.1, parts: [CT01, CT01.2]}}\n")],
        [("forms[0].rules[1].parts", "tổng «CT01.1» là một phần của chính nó")],
    ),
    "a sum of unlike things": (
        [("name: Phần hai\n        unit_of_measure: lượt", 'name: Phần hai\n        unit_of_measure: "%"')],
        [("forms[0].rules[0].parts[1]", "tổng «CT01» tính bằng «lượt» mà phần «CT01.2» tính bằng «%»")],
    ),
    "a target out of reach": (
        [("value: 6300}", "value: 6300, scope: unit}")],
        [
            (
                "forms[0].indicators[0].target.value",
                "mục tiêu 6.300 nằm ngoài khoảng giá trị của chính chỉ tiêu (từ 0 đến 100)",
            )
        ],
    ),
    "a campaign's own target out of reach": (
        [
            (
                "    title: Đợt hai\n",
                (
                    "    title: Đợt hai\n"
                    "    own: {forms: {bieu_a: {targets: {CT01: {year: 2025, value: -1, scope: unit}}}}}\n"
                ),
            ),
        ],
        [("campaigns[1].own.forms.bieu_a.targets.CT01.value", "mục tiêu -1 nằm ngoài khoảng")],
    ),
    "a whole that is to be less than its part": (
        [("smaller: CT01.1, larger: CT01}", "smaller: CT01, larger: CT01.1}")],
        [("forms[0].rules[1].larger", "«CT01.1» là một phần của «CT01» (theo mã), không lớn hơn nó được")],
    ),
    "a circle of stages": (
        [(DRAFT, "kind: draft, after: [unit_reports, vptu_appraisal]")],
        [("stages[1].after", "giai đoạn «ubnd_draft» theo sau chính nó: «ubnd_draft» sau «vptu_appraisal», «vptu_app")],
    ),
    "a stage behind itself": (
        [(APPRAISE, "kind: appraise, after: [ubnd_draft, vptu_appraisal]")],
        [("stages[2].after", "giai đoạn «vptu_appraisal» theo sau chính nó")],
    ),
    "dates of a stage by another name": (
        [
            ("      ubnd_draft: {opens: 2021", "      du_thao: {opens: 2021"),
            ("      ubnd_draft: {opens: 2023", "      du_thao: {opens: 2023"),
        ],
        [
            ("campaigns[0].stages.du_thao", "không có giai đoạn «du_thao»"),
            ("campaigns[1].stages.du_thao", "không có giai đoạn «du_thao»"),
        ],
    ),
    "a draft behind nothing": (
        [(DRAFT, "kind: draft")],
        [("stages[1]", "dự thảo «ubnd_draft» không theo sau giai đoạn nhận báo cáo nào")],
    ),
    "days ahead of no conference": (
        [(FIRST_DATES, FIRST_DATES.replace("}", ", ahead: 5}"))],
        [("campaigns[0].stages.unit_reports.ahead", "chỉ ngày của giai đoạn publish mới ghi «ahead»")],
    ),
    "a signed copy of a draft": (
        [("kind: draft, ", "kind: draft, signed_copy: required, ")],
        [("stages[1].signed_copy", "chỉ giai đoạn collect mới ghi «signed_copy: required»")],
    ),
    "an indicator of an unknown type": (
        [("        unit_of_measure: hội nghị", "        unit_of_measure: hội nghị\n        type: số nguyên")],
        [("forms[1].indicators[0].type", "cần một trong các từ cho sẵn")],
    ),
    "an indicator without a measure": (
        [("        name: Số hội nghị\n        unit_of_measure: hội nghị", "        name: Số hội nghị")],
        [("forms[1].indicators[0].unit_of_measure", "thiếu mục «unit_of_measure»")],
    ),
    "a comma before a fraction": (
        [("value: 6300}", "value: 63,5}")],
        [("forms[0].indicators[0].target.5", "«63,5» có dấu phẩy: ở đây dấu phẩy ngăn hai mục")],
    ),
    "a comma before a fraction in a line of its own": (
        [("        target: {year: 2025, value: 6300}", "        target:\n          year: 2025\n          value: 63,5")],
        [("forms[0].indicators[0].target.value", "cần một số, đang là «63,5»")],
    ),
    "several codes for one": (
        [("  lead: tuyen_giao", "  lead: [tuyen_giao, van_phong]")],
        [("roles.lead", "chỉ ghi một mã, đang là một danh sách")],
    ),
    "several texts for one": (
        [("place: Hà Tĩnh", "place: [Hà Tĩnh]")],
        [("place", "cần một dòng chữ, đang là một danh sách")],
    ),
    "a section's number in quotes of a word processor": (
        [('number: "II"', "number: “II”")],
        [("outline[1].number", "số mục “II” còn dấu nháy của Word")],
    ),
    "a code in quotes of a word processor": (
        [('- code: "2021"', "- code: “2021”")],
        [("campaigns[0].code", "mã «“2021”» viết chưa đúng")],
    ),
    "a comma in quotes of a word processor": (
        [("source: III.3}", "source: “III.3, IV”}")],
        [("stages[2].IV”", "không có mục nào tên «IV”»")],
    ),
    "a code alone where a list is wanted": (
        [("after: [ubnd_draft]", "after: ubnd_draft")],
        [("stages[2].after", "cần một danh sách, đang là «ubnd_draft»")],
    ),
    "an indicator's code in small letters": (
        [("- code: CT01.2", "- code: ct01.2")],
        [("forms[0].indicators[2].code", "mã «ct01.2» viết chưa đúng")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_once_and_nothing_else_is(name: str, checked: Checked) -> None:
    edits, told = CASES[name]
    text = SMALL
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    found = checked(text)
    assert [fault.path for fault in found] == [path for path, _ in told], "\n".join(map(str, found))
    for fault, (_, words) in zip(found, told, strict=True):
        assert words in fault.message
        assert fault.hint


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ('- code: "2021"', "- code: “2021”", 'là của Word, không phải dấu nháy của YAML: viết "2021".'),
        ("value: 6300}", "value: 63,5}", "Phần lẻ viết sau dấu chấm: 63.5."),
        ("after: [ubnd_draft]", "after: ubnd_draft", "đặt trong ngoặc vuông: [ubnd_draft]."),
        ("source: III.3}", "source: “III.3, IV”}", "dấu phẩy trong đó vẫn ngăn hai mục"),
        ("value: 6300}", 'value: "63,5"}', "Phần lẻ viết sau dấu chấm: 63.5."),
    ],
)
def test_how_to_write_it_is_said(old: str, new: str, hint: str, checked: Checked) -> None:
    (fault,) = checked(SMALL.replace(old, new, 1))
    assert hint in fault.hint


def test_what_stands_for_all_units_may_go_beyond_what_one_may(checked: Checked) -> None:
    assert "max: 100" in SMALL
    assert checked(SMALL.replace("value: 6300}", "value: 6300, scope: total}")) == []


def test_a_missing_dash_is_told_once_and_not_for_each_key(checked: Checked) -> None:
    found = [
        each for each in checked(SMALL.replace("  - code: so_hai", "    code: so_hai", 1)) if "hai lần" in each.message
    ]
    assert [each.path for each in found] == ["units[0].code"]
    assert "thêm dấu gạch: «- code: …»" in found[0].hint


def test_years_are_compared_as_campaigns_ask_for_them(checked: Checked) -> None:
    own = "    own: {forms: {bieu_a: {years: [quý I/2022, quý I/2023]}, bieu_b: {}}}\n"
    one = SMALL.replace("years: [2020, 2021]", "years: [2021]")
    (fault,) = checked(one)
    assert "so với năm trước" in fault.message
    assert checked(one.replace("    title: Đợt hai\n", f"    title: Đợt hai\n{own}")) == []

"""Every kind of fault is found, on its line, in words that say what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soket.plan.check import check, doubtful, examine
from soket.plan.fault import PlanFault

SMALL = Path(__file__).with_name("small.yaml")
TEXT = SMALL.read_text(encoding="utf-8")

Check = Callable[[str], list[PlanFault]]


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """Give the faults of a text."""

    def checked(text: str) -> list[PlanFault]:
        file = tmp_path / "plan.yaml"
        file.write_text(text, encoding="utf-8")
        return check(file)

    return checked


def edited(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def test_a_plan_without_faults(checked: Check) -> None:
    assert checked(TEXT) == []


# What is edited, into what (# <- marks the line to blame), where it is in the plan, what is said, and the name offered.
CASES: dict[str, tuple[str, str, str, str, str | None]] = {
    # --- the file ---
    "key twice": ("place: Hà Tĩnh", "place: Hà Tĩnh\nplace: Vinh  # <-", "place", "«place» ghi hai lần", None),
    "reads two ways": ("value: 6300}", "value: 6.300}  # <-", "forms[0].indicators[0].target.value", "hai cách", None),
    # --- the model ---
    "stages of the former shape": (
        TEXT[TEXT.index("stages:\n") : TEXT.index("ladders:\n")],
        "stages:  # <-\n  bao_cao: {title: Báo cáo, owner: tuyen_giao}\n",
        "stages",
        "các giai đoạn viết theo lối cũ",
        None,
    ),
    "missing": ("place: Hà Tĩnh\n", "", "place", "thiếu mục «place»", None),
    "missing inside": (
        "  - code: so_hai\n    name: Sở Hai",
        "  - code: so_hai  # <-",
        "units[1].name",
        "thiếu mục «name»",
        None,
    ),
    "unknown key": (
        "    aliases: [H. Một]",
        "    alias: [H. Một]  # <-",
        "units[0].alias",
        "không có mục nào tên «alias»",
        "aliases",
    ),
    "misspelt required key": ("    block: huyen", "    blok: huyen  # <-", "units[0].blok", "tên «blok»", "block"),
    "unknown key of a rule": (
        "{kind: range, code: KG-CT01, min: 0, max: 100}",
        "{kind: range, code: KG-CT01, mim: 0, max: 100}  # <-",
        "forms[0].indicators[0].rules[0].mim",
        "tên «mim»",
        "min",
    ),
    "empty": ("issuer: Ban Thường vụ", "issuer:  # <-", "issuer", "đang để trống", None),
    "empty text": ("issuer: Ban Thường vụ", 'issuer: ""  # <-', "issuer", "đang để trống", None),
    "number for text": ('code: "2021"', "code: 2021  # <-", "campaigns[0].code", "cần chữ, đang là «2021»", None),
    "group for text": ("place: Hà Tĩnh", "place: {tỉnh: Hà Tĩnh}  # <-", "place", "cần một dòng chữ", None),
    "code badly written": ("- code: so_hai", "- code: Sở-Hai  # <-", "units[1].code", "mã «Sở-Hai» viết chưa", None),
    "rule code": (
        "code: BD-CT01, ",
        "code: bd1, # <-\n             ",
        "forms[0].indicators[0].rules[1].code",
        "mã «bd1»",
        None,
    ),
    "fraction for whole": ("{at: 1, ", "{at: 1.5, # <-\n       ", "ladders.bac[1].at", "cần số nguyên", None),
    "word for whole": ("{at: 1, ", "{at: mai, # <-\n       ", "ladders.bac[1].at", "cần số nguyên", None),
    "word for number": (
        "value: 6300}",
        "value: 6.300.000}  # <-",
        "forms[0].indicators[0].target.value",
        "cần một số",
        None,
    ),
    "too small": (
        "factor: 5",
        "factor: 1",
        "forms[0].indicators[0].rules[1].factor",
        "cần số lớn hơn 1, đang là «1»",
        None,
    ),
    "negative tolerance": (
        "total: CT01, ",
        "total: CT01, tolerance: -1, # <-\n         ",
        "forms[0].rules[0].tolerance",
        "cần số từ 0 trở lên",
        None,
    ),
    "severity of no fault that a plan may set": (
        "recipients: [Lưu Văn phòng]",
        "severities:\n  TEP-07: info  # <-\nrecipients: [Lưu Văn phòng]",
        "severities.TEP-07",
        "cần một trong các từ cho sẵn",
        None,
    ),
    "severity misspelt": (
        "recipients: [Lưu Văn phòng]",
        "severities:\n  DC-01: critcal  # <-\nrecipients: [Lưu Văn phòng]",
        "severities.DC-01",
        "cần một trong các từ cho sẵn",
        "critical",
    ),
    "too few words": (
        "title: Kết quả",
        "title: Kết quả\n    min_words: -1  # <-",
        "outline[0].min_words",
        "cần số từ 0 trở lên",
        None,
    ),
    "not true or false": (
        "value: 6300}",
        "value: 6300, example: ví dụ}  # <-",
        "forms[0].indicators[0].target.example",
        "cần true hoặc false",
        None,
    ),
    "date as officials write": (
        "by: 2021-11-30}",
        "by: 30/11/2021}  # <-",
        "campaigns[0].stages.conference.by",
        "«30/11/2021» chưa đúng cách ghi ngày",
        None,
    ),
    "no such day": (
        "by: 2021-11-30}",
        "by: 2021-11-31}  # <-",
        "campaigns[0].stages.conference.by",
        "không có ngày 2021-11-31",
        None,
    ),
    "no date": (
        "by: 2021-11-30}",
        "by: cuối tháng}  # <-",
        "campaigns[0].stages.conference.by",
        "cần một ngày, đang là «cuối tháng»",
        None,
    ),
    "hour": ("{at: 1, ", "{at: 1, hour: 25h, # <-\n       ", "ladders.bac[1].hour", "cần giờ và phút", None),
    "unknown duty": (
        "    owes: coverage_plan",
        "    owes: coverage  # <-",
        "units[2].owes",
        "cần một trong các từ cho sẵn",
        "coverage_plan",
    ),
    "unknown word": (
        "kind: escalation, ",
        "kind: escalate, # <-\n       ",
        "ladders.bac[1].kind",
        "cần một trong các từ cho sẵn",
        "escalation",
    ),
    "unknown kind of stage": (
        "kind: confer, ",
        "kind: conferr, # <-\n     ",
        "stages[3].kind",
        "cần một trong các từ cho sẵn",
        "confer",
    ),
    "unknown kind of rule": (
        "{kind: sum, ",
        "{kind: summ, ",
        "forms[0].rules[0].kind",
        "không có loại quy tắc «summ»",
        "sum",
    ),
    "rule without kind": ("{kind: sum, ", "{", "forms[0].rules[0]", "thiếu mục «kind»", None),
    "text for group": ("place: Hà Tĩnh", "place: Hà Tĩnh\nlimits: 25  # <-", "limits", "cần một nhóm mục", None),
    "text for list": ("goals: [Kết quả]", "goals: Kết quả  # <-", "goals", "cần một danh sách", None),
    "list for group": (
        "holidays:\n  2021-11-11: Nghỉ riêng",
        "holidays: [2021-11-11]  # <-",
        "holidays",
        "cần một nhóm mục",
        None,
    ),
    "empty list": ("    years: [2021]", "    years: []  # <-", "forms[1].years", "cần ít nhất 1, đang có 0", None),
    "address": ("vt@mot.example", "vt.mot.example", "units[0].contact.email", "địa chỉ thư không hợp lệ", None),
    "exempt without a reason": (
        "  - code: bao_ba\n    name: Báo Ba\n    block: bao\n    owes: coverage_plan",
        "  - code: bao_ba  # <-\n    name: Báo Ba\n    block: bao\n    owes: exempt",
        "units[2]",
        "«owes: exempt» và «exempt_reason»",
        None,
    ),
    "before and by": (
        "{opens: 2021-11-20, by: 2021-11-30}",
        "{opens: 2021-11-20, by: 2021-11-30, before: 2021-12-01}  # <-",
        "campaigns[0].stages.conference",
        "ghi một trong hai: «before» (trước ngày) hoặc «by» (đến hết ngày)",
        None,
    ),
    "opens after its last day": (
        "{opens: 2021-11-20, by: 2021-11-30}",
        "{opens: 2021-12-01, by: 2021-11-30}  # <-",
        "campaigns[0].stages.conference",
        "mở ngày 01/12/2021, sau ngày cuối là 30/11/2021",
        None,
    ),
    "no bounds": (
        "{kind: range, code: KG-CT01, min: 0, max: 100}",
        "{kind: range, code: KG-CT01}  # <-",
        "forms[0].indicators[0].rules[0]",
        "cần ít nhất một trong hai: «min», «max»",
        None,
    ),
    "bounds crossed": (
        "min: 0, max: 100",
        "min: 1000, max: 100",
        "forms[0].indicators[0].rules[0]",
        "«min» (1.000) lớn hơn «max» (100)",
        None,
    ),
    # --- references ---
    "unknown block": ("    block: so\n", "    block: soo  # <-\n", "units[1].block", "không có khối «soo»", "so"),
    "unknown block of a form": ("blocks: [so]", "blocks: [soo]  # <-", "forms[1].blocks[0]", "không có khối", "so"),
    "unknown leader": (
        "name: Huyện, leader: tuyen_giao",
        "name: Huyện, leader: tuyen_gia",
        "blocks[0].leader",
        "không có cơ quan «tuyen_gia»",
        "tuyen_giao",
    ),
    "unknown ladder": (
        "leader: tuyen_giao, ladder: bac}",
        "leader: tuyen_giao, ladder: xyz}  # <-",
        "blocks[0].ladder",
        "không có bậc thang nhắc «xyz»",
        None,
    ),
    "unknown role": (
        "  operator: tuyen_giao",
        "  operator: tuyengiao  # <-",
        "roles.operator",
        "không có cơ quan",
        "tuyen_giao",
    ),
    "unknown copy": (
        "delivers: Hội nghị, ",
        "delivers: Hội nghị, copies: [so_hai], # <-\n      ",
        "stages[3].copies[0]",
        "không có cơ quan «so_hai»",
        None,
    ),
    "unknown indicator of a sum": (
        "parts: [CT01.1, CT01.2]",
        "parts: [CT01.1, CT01.3]",
        "forms[0].rules[0].parts[1]",
        "không có chỉ tiêu «CT01.3»",
        "CT01.2",
    ),
    "unknown indicator of an order": (
        "smaller: CT01.1",
        "smaller: XX",
        "forms[0].rules[1].smaller",
        "không có chỉ tiêu «XX»",
        None,
    ),
    "indicator of another form": (
        "smaller: CT01.1",
        "smaller: CT21",
        "forms[0].rules[1].smaller",
        "không có chỉ tiêu «CT21»",
        "CT01",
    ),
    "code twice": (
        "- code: so_hai",
        "- code: h_mot  # <-",
        "units[1].code",
        "«h_mot» dùng hai lần (đã có ở dòng",
        None,
    ),
    "code of a unit and an office": (
        "- code: so_hai",
        "- code: van_phong  # <-",
        "units[1].code",
        "mã đơn vị, cơ quan «van_phong» dùng hai lần",
        None,
    ),
    "account twice": ("account: vp", "account: btg  # <-", "offices[1].account", "tài khoản «btg» dùng hai lần", None),
    "campaign twice": ('- code: "2023"', '- code: "2021"  # <-', "campaigns[1].code", "mã đợt «2021»", None),
    "section twice": ('number: "II"', 'number: "I"  # <-', "outline[1].number", "số mục đề cương «I»", None),
    "two forms for a block": (
        "blocks: [so]",
        "blocks: [so, huyen]  # <-",
        "forms[1].blocks[1]",
        "biểu số liệu cho khối «huyen» dùng hai lần",
        None,
    ),
    "indicator twice": (
        "    rules:\n      - {kind: sum",
        "      - {code: CT01.1, name: Phần một, unit_of_measure: lượt}  # <-\n    rules:\n      - {kind: sum",
        "forms[0].indicators[3].code",
        "mã chỉ tiêu «CT01.1» dùng hai lần",
        None,
    ),
    "rule twice": (
        "code: SS-CT01,",
        "code: TC-CT01,",
        "forms[0].rules[1].code",
        "mã quy tắc «TC-CT01» dùng hai lần",
        None,
    ),
    "address with marks": ("vt@hai.example", "vănthư@hai.example", "units[1].contact.email", "có dấu", None),
    "name of two units": (
        "aliases: [S. Hai]",
        "aliases: [huyện  một]  # <-",
        "units[1].aliases[0]",
        "chỉ hai đơn vị",
        None,
    ),
    "place of another unit": (
        "aliases: [S. Hai]",
        "place: huyện Một  # <-",
        "units[1].place",
        "chỉ hai đơn vị",
        None,
    ),
    "place without words": ("aliases: [S. Hai]", 'place: " "  # <-', "units[1].place", "", None),
    "nothing collects": (
        "    stages:\n      unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "    stages:  # <-",
        "campaigns[0].stages",
        "đợt không có giai đoạn nhận báo cáo nào",
        None,
    ),
    "dates of no stage": (
        "      conference: {opens: 2021-11-20, by: 2021-11-30}",
        "      conferense: {opens: 2021-11-20, by: 2021-11-30}  # <-",
        "campaigns[0].stages.conferense",
        "không có giai đoạn «conferense»",
        "conference",
    ),
    # --- coherence ---
    "may without an account": (
        "    account: vp\n",
        "may: {appraisal: [operator], conference_format: [operator], postponement: [standing]}  # <-\n",
        "may.postponement",
        "cơ quan «van_phong» được làm «postponement» mà chưa có tài khoản",
        None,
    ),
    "folder without room": (
        "place: Hà Tĩnh",
        "place: Hà Tĩnh\nlimits:\n  max_folder_files: 19  # <-",
        "limits.max_folder_files",
        "thư mục chỉ chứa 19, ít hơn «max_files» (20) của một lần nộp",
        None,
    ),
    "file larger than a folder": (
        "place: Hà Tĩnh",
        "place: Hà Tĩnh\nlimits:  # <-\n  max_file_mb: 2000",
        "limits",
        "thư mục chỉ chứa 1000, ít hơn «max_file_mb» (2000) của một lần nộp",
        None,
    ),
    "right to no act": ("roles:\n", "may: {exemtion: [lead]}  # <-\nroles:\n", "may.exemtion", "", "exemption"),
    "right of no part": ("roles:\n", "may: {exemption: [leed]}  # <-\nroles:\n", "may.exemption[0]", "", "lead"),
    "right of nobody": ("roles:\n", "may: {exemption: []}  # <-\nroles:\n", "may.exemption", "", None),
    "drafter as a role": (
        "  operator: tuyen_giao",
        "  drafter: tuyen_giao  # <-\n  operator: tuyen_giao",
        "roles.drafter",
        "«drafter» không còn ghi ở «roles»: cơ quan dự thảo báo cáo là «owner» của giai đoạn «kind: draft»",
        None,
    ),
    "appraiser as a role": (
        "  operator: tuyen_giao",
        "  appraiser: van_phong  # <-\n  operator: tuyen_giao",
        "roles.appraiser",
        "«appraiser» không còn ghi ở «roles»: cơ quan thẩm định dự thảo là «owner» của giai đoạn «kind: appraise»",
        None,
    ),
    "ladder step twice": (
        "    - {at: 1, kind: escalation, to: head}",
        "    - {at: 1, kind: escalation, to: head}\n    - {at: 1, kind: escalation, to: head}  # <-",
        "ladders.bac[2]",
        "hai bậc giống nhau",
        None,
    ),
    "empty ladder": ("ladders:\n", "ladders:\n  trong: []  # <-\n", "ladders.trong", "chưa có bậc nào", None),
    "escalates too early": ("{at: 1, ", "{at: 0, # <-\n       ", "ladders.bac[1].at", "khi chưa quá hạn", None),
    "reminds too late": ("{at: -1, ", "{at: 2, # <-\n       ", "ladders.bac[0].at", "nhắc trước hạn mà tính sau", None),
    "reminds a superior": (
        "to: unit}",
        "to: leader}  # <-",
        "ladders.bac[0].to",
        "nhắc trước hạn chỉ gửi đơn vị (unit) hoặc lãnh đạo đơn vị (head)",
        None,
    ),
    "unknown tone": ("to: unit}", "to: unit, tone: urgen}  # <-", "ladders.bac[0].tone", "các từ cho sẵn", "urgent"),
    "unknown template": (
        "to: unit}",
        "to: unit, template: pres}  # <-",
        "ladders.bac[0].template",
        "thư «reminder» không có mẫu «pres»",
        "press",
    ),
    "template of another mail": (
        "to: head}",
        "to: head, template: press}  # <-",
        "ladders.bac[1].template",
        "thư «escalation» không có mẫu «press»",
        None,
    ),
    "copy to nobody": (
        "to: head}",
        "to: head, cc: [van_fong]}  # <-",
        "ladders.bac[1].cc[0]",
        "không có cơ quan",
        "van_phong",
    ),
    "own ladder that is none": (
        "ladder: bac}",
        "ladder: bac, ladder_for: {own_review: bacc}}  # <-",
        "blocks[0].ladder_for.own_review",
        "không có bậc thang nhắc «bacc»",
        "bac",
    ),
    "at night": (
        "{at: 1, ",
        '{at: 1, hour: "18:00", # <-\n       ',
        "ladders.bac[1].hour",
        "bậc lúc 18:00 rơi vào giờ nghỉ (18:00 - 07:00)",
        None,
    ),
    "in quiet hours of its own": (
        "ladders:\n",
        (
            'quiet: {start: "07:31", end: "07:00"}\n'
            'ladders:\n  som:\n    - {at: 1, hour: "08:00", kind: escalation, to: head}  # <-\n'
        ),
        "ladders.som[0].hour",
        "bậc lúc 08:00 rơi vào giờ nghỉ (07:31 - 07:00)",
        None,
    ),
    "quiet mornings": (
        "ladders:\n",
        'quiet: {end: "09:00"}  # <-\nladders:\n',
        "quiet",
        "giờ nghỉ 18:00 - 09:00 trùm lên 07:30",
        None,
    ),
    "page that is no address": (
        "recipients:",
        "upload_page: http://nop.example  # <-\nrecipients:",
        "upload_page",
        "phải bắt đầu bằng https://",
        None,
    ),
    "block of no unit": (
        "  - {code: bao,",
        "  - {code: trong, name: Trống, leader: tuyen_giao, ladder: bac}  # <-\n  - {code: bao,",
        "blocks[2].code",
        "khối «trong» chưa có đơn vị nào",
        None,
    ),
    "form for nobody": (
        "    blocks: [so]",
        "    blocks: [bao]  # <-",
        "forms[1].blocks",
        "không đơn vị nào thuộc các khối này phải gửi báo cáo",
        None,
    ),
    "years fall": ("years: [2020, 2021]", "years: [2021, 2020]  # <-", "forms[0].years", "tăng dần", None),
    "total among its parts": (
        "parts: [CT01.1, CT01.2]",
        "parts: [CT01.1, CT01]",
        "forms[0].rules[0].parts",
        "tổng «CT01» nằm trong chính các phần của nó",
        None,
    ),
    "part twice": (
        "parts: [CT01.1, CT01.2]",
        "parts: [CT01.1, CT01.1]",
        "forms[0].rules[0].parts[1]",
        "phần «CT01.1» cộng hai lần",
        None,
    ),
    "compared to itself": ("smaller: CT01.1", "smaller: CT01", "forms[0].rules[1]", "so «CT01» với chính nó", None),
    "a share of things": (
        "name: Phần một\n        unit_of_measure: lượt",
        "name: Phần một\n        unit_of_measure: lượt\n        nature: share  # <-",
        "forms[0].indicators[1].nature",
        "ghi là tỷ lệ («share») nhưng đơn vị tính là «lượt»",
        None,
    ),
    "a share that is a flow": (
        "name: Phần một\n        unit_of_measure: lượt",
        'name: Phần một\n        unit_of_measure: "%"\n        nature: flow  # <-',
        "forms[0].indicators[1].nature",
        "tính bằng «%» nhưng ghi là «flow»",
        None,
    ),
    "shares added up": (
        "name: Phần một\n        unit_of_measure: lượt",
        'name: Phần một\n        unit_of_measure: "%"\n        aggregate: sum  # <-',
        "forms[0].indicators[1].aggregate",
        "tỷ lệ của các đơn vị không cộng lại được",
        None,
    ),
    "a weight of no mean": (
        "name: Phần một\n        unit_of_measure: lượt",
        "name: Phần một\n        unit_of_measure: lượt\n        weight_by: CT01  # <-",
        "forms[0].indicators[1].weight_by",
        "«weight_by» chỉ dùng cho chỉ tiêu lấy bình quân",
        None,
    ),
    "weighed by itself": (
        "name: Phần một\n        unit_of_measure: lượt",
        'name: Phần một\n        unit_of_measure: "%"\n        weight_by: CT01.1  # <-',
        "forms[0].indicators[1].weight_by",
        "lấy bình quân «CT01.1» theo chính nó",
        None,
    ),
    "weighed by nothing": (
        "name: Phần một\n        unit_of_measure: lượt",
        'name: Phần một\n        unit_of_measure: "%"\n        weight_by: CT01.3  # <-',
        "forms[0].indicators[1].weight_by",
        "không có chỉ tiêu «CT01.3»",
        "CT01.2",
    ),
    "weighed by a mean": (
        (
            "name: Phần một\n        unit_of_measure: lượt\n      - code: CT01.2\n        name: Phần hai\n"
            "        unit_of_measure: lượt"
        ),
        (
            'name: Phần một\n        unit_of_measure: "%"\n        weight_by: CT01.2  # <-\n      - code: CT01.2\n'
            "        name: Phần hai\n        unit_of_measure: lượt\n        aggregate: mean"
        ),
        "forms[0].indicators[1].weight_by",
        "«CT01.2» không cộng được nên không làm trọng số",
        None,
    ),
    "an estimate of no column": (
        "name: Phần một\n        unit_of_measure: lượt",
        "name: Phần một\n        unit_of_measure: lượt\n        estimated_years: [2022]  # <-",
        "forms[0].indicators[1].estimated_years[0]",
        "không biểu nào hỏi số liệu năm 2022, nên không có gì là số ước",
        None,
    ),
    "commended by no indicator": (
        "forms:\n  - code: bieu_a",
        "commendation: {indicators: [CT99]}  # <-\nforms:\n  - code: bieu_a",
        "commendation.indicators[0]",
        "không có chỉ tiêu «CT99»",
        None,
    ),
    "commended since no column": (
        "forms:\n  - code: bieu_a",
        "commendation: {since: 1999}  # <-\nforms:\n  - code: bieu_a",
        "commendation.since",
        "không biểu nào hỏi số liệu năm 1999",
        None,
    ),
    "an estimate that the plan has no column for": (
        "forms:\n  - code: bieu_a",
        "estimated_years: [2021, quý I/2022]  # <-\nforms:\n  - code: bieu_a",
        "estimated_years[1]",
        "không biểu nào hỏi số liệu quý I/2022",
        None,
    ),
    "target of nothing": (
        "unit_of_measure: hội nghị",
        "unit_of_measure: hội nghị\n        rules:\n          - {kind: target, code: MT-CT21}  # <-",
        "forms[1].indicators[0].rules[0]",
        "so với mục tiêu, nhưng chỉ tiêu chưa có «target»",
        None,
    ),
    "a common target of each unit": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: target, code: MT-CT01}  # <-",
        "forms[0].indicators[0].rules[1]",
        "so số của từng đơn vị với mục tiêu chung của mọi đơn vị («scope: total»)",
        None,
    ),
    "no year before": (
        "unit_of_measure: hội nghị",
        "unit_of_measure: hội nghị\n        rules:\n          - {kind: yearly_jump, code: BD-CT21, factor: 2}  # <-",
        "forms[1].indicators[0].rules[0]",
        "so với năm trước, nhưng biểu chỉ có một năm",
        None,
    ),
    "too few peers": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: spread, code: PB-CT01, factor: 5}  # <-",
        "forms[0].indicators[0].rules[1]",
        "cần 5 đơn vị cùng khối để so, nhưng không khối nào của biểu có quá 0 đơn vị khác",
        None,
    ),
    "spread that returns": (
        (
            "6300}\n        rules:\n          - {kind: range, code: KG-CT01, min: 0, max: 100}\n"
            "          - {kind: yearly_jump, code: BD-CT01, factor: 5}"
        ),
        (
            "6300, scope: unit}\n        rules:\n          - {kind: range, code: KG-CT01, min: 0, max: 100}\n"
            "          - {kind: target, code: MT-CT01, severity: critical}  # <-"
        ),
        "forms[0].indicators[0].rules[1].severity",
        "quy tắc loại này không trả lại báo cáo",
        None,
    ),
    "peers too few to measure by": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: spread, code: PB-CT01, factor: 5, at_least: 3}  # <-",
        "forms[0].indicators[0].rules[1].at_least",
        "cần số từ 4 trở lên",
        None,
    ),
    "share below zero": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: restated, code: BC-CT01, share: -0.1}  # <-",
        "forms[0].indicators[0].rules[1].share",
        "cần số từ 0 trở lên",
        None,
    ),
    "share misspelt": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: restated, code: BC-CT01, shar: 0.1}  # <-",
        "forms[0].indicators[0].rules[1].shar",
        "không có mục nào tên «shar»",
        "share",
    ),
    "kind misspelt": (
        "{kind: yearly_jump, code: BD-CT01, factor: 5}",
        "{kind: spred, code: PB-CT01, factor: 5}  # <-",
        "forms[0].indicators[0].rules[1].kind",
        "không có loại quy tắc «spred»",
        "spread",
    ),
    "one code for two indicators": (
        "- code: CT21",
        "- code: CT01.1  # <-",
        "forms[1].indicators[0].code",
        "mã chỉ tiêu «CT01.1» có hai nghĩa ở hai biểu",
        None,
    ),
    "campaign ends first": (
        "closes: 2021-12-03",
        "closes: 2021-10-03  # <-",
        "campaigns[0].closes",
        "đợt hết ngày trước khi mở",
        None,
    ),
    "stage outside its campaign": (
        "communications: {opens: 2021-10-18, by: 2021-12-03}",
        "communications: {opens: 2021-10-18, by: 2021-12-04}  # <-",
        "campaigns[0].stages.communications",
        "nằm ngoài đợt (18/10/2021 - 03/12/2021)",
        None,
    ),
    "stage opens out of turn": (
        "ubnd_draft: {opens: 2021-11-05",
        "ubnd_draft: {opens: 2021-10-17",
        "campaigns[0].stages.ubnd_draft",
        "mở trước giai đoạn «unit_reports» (18/10/2021)",
        None,
    ),
    "stage due out of turn": (
        "ubnd_draft: {opens: 2021-11-05, before: 2021-11-10}",
        "ubnd_draft: {opens: 2021-11-01, by: 2021-11-04}",
        "campaigns[0].stages.ubnd_draft",
        "ngày cuối 04/11/2021 không sau ngày cuối của «unit_reports» (04/11/2021)",
        None,
    ),
    "own form that there is not": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {forms: {bieu_aa: {years: [2023]}}}  # <-\n",
        "campaigns[1].own.forms.bieu_aa",
        "không có biểu «bieu_aa»",
        "bieu_a",
    ),
    "own target of no indicator": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {forms: {bieu_b: {targets: {CT22: {year: 2025, value: 1}}}}}  # <-\n",
        "campaigns[1].own.forms.bieu_b.targets.CT22",
        "không có chỉ tiêu «CT22»",
        "CT21",
    ),
    "own columns out of order": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {forms: {bieu_a: {years: [quý I/2023, quý 1 năm 2023]}}}  # <-\n",
        "campaigns[1].own.forms.bieu_a.years",
        "các năm phải tăng dần, không lặp; các kỳ cùng loại cũng vậy",
        None,
    ),
    "own column that is no period": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {forms: {bieu_a: {years: [quý V/2023]}}}  # <-\n",
        "campaigns[1].own.forms.bieu_a.years[0]",
        "không hiểu «quý V/2023» là năm hay kỳ nào",
        None,
    ),
    "out of a campaign, and not in the plan": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {without: [h_mott]}  # <-\n",
        "campaigns[1].own.without[0]",
        "không có khối, đơn vị «h_mott»",
        "h_mot",
    ),
    "own outline with a code twice": (
        "    title: Đợt hai\n",
        """    title: Đợt hai
    own: {outline: [{code: mot, number: "I", title: Một},
      {code: mot, number: "II", title: Hai}]}  # <-
""",
        "campaigns[1].own.outline[1].code",
        "mã mục đề cương «mot» dùng hai lần",
        None,
    ),
    "a name that campaigns have not": (
        "    title: Đợt hai\n",
        "    title: Đợt hai\n    own: {goal: [Một]}  # <-\n",
        "campaigns[1].own.goal",
        "không có mục nào tên «goal»",
        "goals",
    ),
    "date of an unknown block": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, blocks: {huyn: {by: 2021-11-01}}}  # <-",
        "campaigns[0].stages.unit_reports.blocks.huyn",
        "không có khối «huyn»",
        "huyen",
    ),
    "date of an unknown unit": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, units: {h_mott: {by: 2021-11-01}}}  # <-",
        "campaigns[0].stages.unit_reports.units.h_mott",
        "không có đơn vị «h_mott»",
        "h_mot",
    ),
    "date of who hands in elsewhere": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, units: {bao_ba: {by: 2021-11-01}}}  # <-",
        "campaigns[0].stages.unit_reports.units.bao_ba",
        "đơn vị «bao_ba» không nộp gì cho giai đoạn «unit_reports»",
        None,
    ),
    "date of a block after the stage's": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, blocks: {huyen: {by: 2021-11-05}}}  # <-",
        "campaigns[0].stages.unit_reports.blocks.huyen",
        "ngày cuối của «huyen» là 05/11/2021, ngoài thời gian của «unit_reports» (18/10/2021 - 04/11/2021)",
        None,
    ),
    "date of a unit before the stage opens": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, units: {h_mot: {before: 2021-10-18}}}  # <-",
        "campaigns[0].stages.unit_reports.units.h_mot",
        "ngày cuối của «h_mot» là 17/10/2021",
        None,
    ),
    "two dates of a block": (
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05}",
        "unit_reports: {opens: 2021-10-18, before: 2021-11-05, blocks: {huyen: {}}}  # <-",
        "campaigns[0].stages.unit_reports.blocks.huyen",
        "ghi một trong hai: «before»",
        None,
    ),
    "day off and worked": (
        "workdays:\n  2021-11-13: Làm bù",
        "workdays:\n  2021-11-11: Làm bù  # <-",
        "workdays.2021-11-11",
        "ngày vừa nghỉ vừa làm",
        None,
    ),
}

# What an edit makes wrong as well: a stage that opens before its campaign is out of turn, too.
ALSO = {
    "peers too few to measure by": "đơn vị cùng khối để so",
    "stage opens out of turn": "nằm ngoài đợt",
    "spread that returns": "ngoài khoảng giá trị",  # each unit's target is not what a range of a small plan allows
    **dict.fromkeys(
        ("a share that is a flow", "shares added up", "weighed by itself", "weighed by nothing", "weighed by a mean"),
        "mà phần «",  # nor is a share a part of the plan's total
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_on_its_line(name: str, checked: Check) -> None:
    old, new, path, message, nearest = CASES[name]
    text = edited(old, new)
    faults = [fault for fault in checked(text) if ALSO.get(name, "\0") not in fault.message]
    assert [(fault.path, fault.nearest) for fault in faults] == [(path, nearest)], "\n".join(map(str, faults))
    assert message in faults[0].message
    if new:
        marked = [number for number, line in enumerate(text.splitlines(), 1) if "# <-" in line]
        expected = marked[0] if marked else TEXT[: TEXT.index(old)].count("\n") + 1
        assert faults[0].line == expected + (name == "unknown stage"), faults[0]


def test_a_stage_that_ends_first_is_told_what_to_change(checked: Check) -> None:
    (fault,) = checked(edited("{opens: 2021-11-20, by: 2021-11-30}", "{opens: 2021-12-01, by: 2021-11-30}"))
    assert fault.hint == "Lùi «by», hoặc mở sớm hơn («opens»)."


@pytest.mark.parametrize(
    ("columns", "faulty"),
    [
        ("6 tháng cuối năm 2020, 6 tháng đầu năm 2020", True),
        ("quý II/2020, quý I/2020", True),
        ("tháng 10/2020, tháng 9/2020", True),
        ("6 tháng đầu năm 2020, 6 tháng cuối năm 2020, 6 tháng đầu năm 2021", False),
        ("6 tháng đầu năm 2021, 2019, 2020, 9 tháng năm 2020", False),  # of each kind one after the other
    ],
)
def test_columns_of_a_kind_follow_each_other_in_time(checked: Check, columns: str, faulty: bool) -> None:
    faults = checked(edited("years: [2020, 2021]", f"years: [{columns}]"))
    told = [(each.path, each.hint) for each in faults if "tăng dần" in each.message]
    assert told == [("forms[0].years", "Xếp lại các năm, các kỳ.")] * faulty


def test_what_is_missing_is_told_at_the_top(checked: Check) -> None:
    (fault,) = checked(edited("place: Hà Tĩnh\n", ""))
    assert (fault.line, fault.column) == (1, 1)


def test_every_fault_is_told_at_once_by_line(checked: Check) -> None:
    text = TEXT
    for name in ("unknown key", "unknown block", "key twice", "date as officials write", "unknown role", "years fall"):
        old, new, *_ = CASES[name]
        assert old in text
        text = text.replace(old, new, 1)
    faults = checked(text)
    marked = [number for number, line in enumerate(text.splitlines(), 1) if "# <-" in line]
    assert [fault.line for fault in faults] == marked


SYNTAX: dict[str, tuple[str, str, str]] = {
    "colon inside": ("place: Hà Tĩnh", "place: Tỉnh: Hà Tĩnh  # <-", "dấu hai chấm không đúng chỗ"),
    "tab": ("    name: Sở Hai", "\tname: Sở Hai  # <-", "thụt dòng bằng phím Tab"),
    "at sign": ("place: Hà Tĩnh", "place: @tinh  # <-", "có ký tự không được mở đầu ở đây"),
    "no colon": ("place: Hà Tĩnh", "place\nland: X  # <-", ""),
    "indentation": ("    title: Biểu A", "   title: Biểu A  # <-", "thụt dòng không đều"),
    "bracket": ("legal_basis: [Nghị quyết thử]", "legal_basis: [Nghị quyết thử\n# <-", ""),
    "alias": ("place: Hà Tĩnh", "place: *tinh  # <-", "dùng tên tham chiếu (*) chưa khai báo"),
    "tag": ("place: Hà Tĩnh", "place: !tinh Hà Tĩnh  # <-", "có nhãn kiểu (!) không dùng được"),
    "two documents": ("place: Hà Tĩnh", "---  # <-\nplace: Hà Tĩnh", "tệp có hai văn bản YAML"),
    "key of brackets": ("place: Hà Tĩnh", "[a, b]: Hà Tĩnh  # <-", "tên mục phải là chữ"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_what_is_no_yaml_is_told_on_its_line(name: str, checked: Check) -> None:
    old, new, message = SYNTAX[name]
    text = edited(old, new)
    (fault,) = checked(text)
    marked = next(number for number, line in enumerate(text.splitlines(), 1) if "# <-" in line)
    assert abs(fault.line - marked) <= (0 if message else 1), fault
    assert message in fault.message
    assert fault.hint


def test_an_unclosed_quote(checked: Check) -> None:
    (fault,) = checked(edited("place: Hà Tĩnh", 'place: "Hà Tĩnh'))
    assert fault.hint


@pytest.mark.parametrize(("text", "message"), [("", "tệp trống"), ("- a\n", "kế hoạch phải là các mục")])
def test_what_is_no_plan_at_all(text: str, message: str, checked: Check) -> None:
    (fault,) = checked(text)
    assert message in fault.message
    assert fault.line == 1


def test_what_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes("id: x\ntitle: Kế hoạch".encode("cp1258", "replace") + b"\xff\n")
    (fault,) = check(file)
    assert "UTF-8" in fault.message
    assert fault.line == 2
    (fault,) = check(tmp_path / "none.yaml")
    assert "không có tệp này" in fault.message
    file.write_bytes(b"id: x\ntitle: \x07\n")
    (fault,) = check(file)
    assert fault.line == 2
    assert "không in được" in fault.message


def test_hours_and_words_are_not_guessed_at(checked: Check) -> None:
    assert checked(edited("{at: 1, ", "{at: 1, hour: 17:30, ")) == []
    assert checked(edited("place: Hà Tĩnh", "place: no")) == []
    assert checked(edited("email: vt@mot.example", "phone: 0239385123, email: vt@mot.example")) == []


def test_a_shared_part_may_be_merged_in(checked: Check) -> None:
    text = edited(
        "contact: {name: Văn thư, email: vt@mot.example}", "contact: &a {name: Văn thư, email: vt@mot.example}"
    )
    text = text.replace("contact: {name: Văn thư, email: vt@hai", "contact: {<<: *a, email: vt@hai")
    assert checked(text) == []


def test_a_right_of_whoever_appraises_where_nobody_does_is_told(checked: Check) -> None:
    lines = [line for line in TEXT.splitlines() if "vptu_appraisal: {" not in line]
    at = next(index for index, line in enumerate(lines) if "id: vptu_appraisal" in line)
    text = "\n".join([*lines[:at], *lines[at + 2 :]]).replace("after: [vptu_appraisal]", "after: [ubnd_draft]")
    (fault,) = checked(text.replace("roles:\n", "may: {exemption: [appraiser]}\nroles:\n"))
    assert "không có giai đoạn «appraise» nào" in fault.message
    assert checked(text.replace("roles:\n", "may: {exemption: [appraiser, lead]}\nroles:\n")) == []


def test_a_fault_shows_the_lines_around_it(checked: Check) -> None:
    (fault,) = checked(edited("    block: so\n", "    block: soo\n"))
    assert [number for number, _ in fault.excerpt] == list(range(fault.line - 2, fault.line + 3))
    assert dict(fault.excerpt)[fault.line] == "    block: soo"
    assert str(fault).splitlines()[3] == f"  > {fault.line:>4} |     block: soo"
    assert fault.advice.startswith("Có phải ý bạn là «so»? Dùng được: «huyen», «so», «bao».")


def places(data: object, path: tuple[str | int | date, ...] = ()) -> list[tuple[str | int | date, ...]]:
    """Return the path of everything in some data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inside for place in places(value, (*path, key)))]


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """Return what is at a path of some data."""
    for part in path:
        data = data[part]
    return data


DATA = yaml.safe_load(TEXT)
JUNK = st.sampled_from([None, [], {}, "", "x", 0, -1, 1.5, True, ["x"], [[]], {"x": "y"}, {1: []}, date(2021, 1, 1)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(places(DATA)[1:]), JUNK), min_size=1, max_size=3))
def test_no_junk_is_too_odd_to_tell_of(checked: Check, edits: list[tuple[tuple[Any, ...], object]]) -> None:
    data = deepcopy(DATA)
    for path, junk in edits:
        here = data
        with suppress(KeyError, IndexError, TypeError):  # an earlier edit took the place away
            for part in path[:-1]:
                here = here[part]
            here[path[-1]] = junk
    text = yaml.safe_dump(data, allow_unicode=True)
    for fault in checked(text):
        assert "không xét được tệp này" not in fault.message
        assert 1 <= fault.line <= len(text.splitlines())
        assert fault.message
        assert "{" not in fault.message.replace("{'", "")


# What a place of a plan may hold that has nothing to do there, by its name.
STRAY: dict[str, Any] = {
    "takes": "document",
    "signed_copy": "required",
    "kind": "publish",
    "owes": "document",
    "exempt_reason": "Mới lập",
    "after": ["communications"],
    "returns_to": "unit_reports",
    "from": ["so"],
    "own": {"without": ["huyen"], "forms": {"bieu_b": {"years": ["quý I/2021"]}}},
    "ahead": 5,
    "blocks": {"huyen": {"by": date(2021, 11, 1)}},
    "predecessors": [{"unit": "h_mot", "share": 1}],
    "target": {"year": 2019, "value": -1, "scope": "unit"},
    "weight_by": "CT01",
}
MAPPINGS = [path for path in places(DATA) if isinstance(at(DATA, path), dict)]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(MAPPINGS), st.sampled_from([*STRAY])), max_size=3),
    st.lists(st.tuples(st.sampled_from(places(DATA)[1:]), st.booleans()), max_size=2),
)
def test_nothing_out_of_place_is_too_odd_to_tell_of(
    tmp_path: Path, strays: list[tuple[tuple[Any, ...], str]], lost: list[tuple[tuple[Any, ...], bool]]
) -> None:
    data = deepcopy(DATA)
    for path, name in strays:
        at(data, path)[name] = STRAY[name]
    for path, renamed in lost:
        with suppress(KeyError, IndexError, TypeError):  # an earlier edit took the place away
            gone = at(data, path[:-1]).pop(path[-1])
            if renamed:
                at(data, path[:-1])[f"{path[-1]}x"] = gone
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    plan, faults = examine(file)
    assert not [fault for fault in faults if "không xét được tệp này" in fault.message or "Pydantic" in fault.message]
    assert plan is None or doubtful(file, plan) is not None


def test_checking_loads_no_airflow() -> None:
    code = (
        "import sys; from pathlib import Path; from soket.plan.check import check; "
        f"assert check(Path({str(SMALL)!r})) == []; "
        "print(*(name for name in sys.modules if name.partition('.')[0] in ('airflow', 'holidays')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

"""A small plan with receipts and reports of its own, so that the snapshots do not move with the real plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from conftest import REPOSITORY
from soket.clock import VIETNAM, FrozenClock
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier
from soket.documents.figures import Summary, summarise
from soket.documents.official import OfficialDraft
from soket.faults import Fault
from soket.plan.loader import load
from soket.plan.model import Plan, Severity
from soket.record.decisions import Decision
from soket.record.records import Figure, ParsedReport, Receipt, ReceivedFile, Ruling, SectionText, Submission, Verdict
from soket.record.register import Register, derive
from usual import usual_stages

NOW = datetime(2021, 11, 8, 9, 0, tzinfo=VIETNAM)
IN_TIME = datetime(2021, 11, 3, 10, 30, tzinfo=VIETNAM)
YEARS = (2019, 2020, 2021)

NAMES = {
    "huyen_can_loc": "Huyện ủy Can Lộc",
    "huyen_duc_tho": "Huyện ủy Đức Thọ",
    "thi_ky_anh": "Thị ủy Kỳ Anh",
    "huyen_ky_anh": "Huyện ủy Kỳ Anh",
}


_PARTS = ("owner", "receiver")
_PARTIES = {
    "ubnd_draft": {"owner": "bcsd"},
    "vptu_appraisal": {"owner": "vptu", "receiver": "thuong_truc"},
    "conference": {"owner": "vptu"},
    "communications": {"owner": "vptu"},
}


def contact(code: str) -> dict[str, str]:
    return {"name": f"Đ/c {code}", "title": "Chuyên viên", "email": f"{code}@example.vn", "phone": "0239 000 000"}


def office(code: str, name: str, form: str | None = None, **letterhead: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "short_name": name,
        "contact": contact(code),
        "form": form,
        "letterhead": letterhead,
    }


@cache
def nq06() -> Plan:
    """Return the plan in use."""
    return load(REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml")


def make_plan(units: dict[str, str] = NAMES) -> Plan:
    stage_dates = {
        "unit_reports": {"opens": "2021-10-18", "before": "2021-11-05"},
        "ubnd_draft": {"opens": "2021-11-05", "before": "2021-11-10"},
        "vptu_appraisal": {"opens": "2021-11-10", "before": "2021-11-20"},
        "conference": {"opens": "2021-11-20", "by": "2021-11-30"},
        "communications": {"opens": "2021-10-18", "by": "2021-12-02"},
    }
    stage = {"owner": "btg", "receiver": "ubnd", "delivers": "Báo cáo", "source": "II.2"}
    return Plan.model_validate(
        {
            "id": "nq06",
            "title": "Sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU về phát triển du lịch",
            "short_title": "sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU",
            "resolution": "Nghị quyết số 06-NQ/TU, ngày 07/12/2017 của Ban Chấp hành Đảng bộ tỉnh",
            "issuer": "Ban Thường vụ Tỉnh ủy",
            "party_committee": "TỈNH ỦY HÀ TĨNH",
            "state_body": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
            "place": "Hà Tĩnh",
            "document_code": "…-KH/TU",
            "source": "plan.txt",
            "legal_basis": ["Nghị quyết số 06-NQ/TU", "Kế hoạch số 131-KH/UBND"],
            "purposes": ["Đánh giá toàn diện."],
            "goals": ["Phát triển du lịch."],
            "confidentiality": "Không gửi tài liệu mật.",
            "request_guidance": ["Bám sát đề cương."],
            "outline": [
                {"code": "lanh_dao", "number": "I", "title": "Công tác lãnh đạo, chỉ đạo", "keywords": ["lãnh đạo"]},
                {
                    "code": "ket_qua",
                    "number": "II",
                    "title": "Kết quả đạt được",
                    "keywords": ["kết quả"],
                    "guidance": "Nêu số liệu từng năm.",
                },
                {"code": "han_che", "number": "III", "title": "Hạn chế, nguyên nhân", "keywords": ["hạn chế"]},
                {
                    "code": "kien_nghi",
                    "number": "IV",
                    "title": "Kiến nghị",
                    "keywords": ["kiến nghị"],
                    "required": False,
                },
            ],
            "forms": [
                {
                    "code": "dia_phuong",
                    "title": "Biểu số liệu du lịch địa phương",
                    "blocks": ["huyen"],
                    "years": YEARS,
                    "indicators": [
                        {
                            "code": "CT01",
                            "name": "Tổng lượt khách",
                            "unit_of_measure": "lượt",
                            "nature": "flow",
                            "type": "integer",
                            "target": {"year": 2025, "value": 5000},
                        },
                        {"code": "CT02", "name": "Doanh thu du lịch", "unit_of_measure": "tỷ đồng", "nature": "flow"},
                        {
                            "code": "CT03",
                            "name": "Công suất phòng",
                            "unit_of_measure": "%",
                            "aggregate": "mean",
                            "target": {"year": 2021, "value": 60, "example": True},
                        },
                        {"code": "CT04", "name": "Mã số <&> điểm đến", "unit_of_measure": "điểm", "aggregate": "none"},
                    ],
                }
            ],
            "estimated_years": [2021],
            "offices": [
                office(
                    "btg",
                    "Ban Tuyên giáo Tỉnh ủy",
                    parent="TỈNH ỦY HÀ TĨNH",
                    agency="BAN TUYÊN GIÁO",
                    sign="BTGTU",
                    post="TRƯỞNG BAN",
                ),
                office(
                    "ubnd",
                    "Ủy ban nhân dân tỉnh",
                    "state",
                    agency="ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH",
                    sign="UBND",
                    authority="TM. ỦY BAN NHÂN DÂN",
                ),
                office("bcsd", "Ban cán sự đảng Ủy ban nhân dân tỉnh"),
                office(
                    "vptu",
                    "Văn phòng Tỉnh ủy",
                    parent="TỈNH ỦY HÀ TĨNH",
                    agency="VĂN PHÒNG",
                    sign="VPTU",
                    post="CHÁNH VĂN PHÒNG",
                    by_order="T/L BAN THƯỜNG VỤ",
                ),
                office(
                    "thuong_truc",
                    "Thường trực Tỉnh ủy",
                    sign="TU",
                    authority="T/M BAN THƯỜNG VỤ",
                    archive="Văn phòng Tỉnh ủy",
                ),
            ],
            "roles": {
                "lead": "btg",
                "receiver": "ubnd",
                "standing": "thuong_truc",
                "operator": "btg",
            },
            "blocks": [
                {"code": "huyen", "name": "Huyện, thành, thị ủy", "leader": "btg", "ladder": "chung"},
                {"code": "bao_chi", "name": "Cơ quan báo chí", "leader": "btg", "ladder": "chung"},
            ],
            "units": [
                *(
                    {"code": code, "name": name, "block": "huyen", "contact": contact(code), "head": contact(code)}
                    for code, name in units.items()
                ),
                {
                    "code": "bao_ha_tinh",
                    "name": "Báo Hà Tĩnh",
                    "block": "bao_chi",
                    "owes": "coverage_plan",
                    "contact": contact("bao"),
                    "head": contact("bao"),
                },
            ],
            "stages": usual_stages({name: {"title": name, **stage, **_PARTIES.get(name, {})} for name in stage_dates}),
            "ladders": {"chung": []},
            "recipients": ["- Các đảng đoàn, ban cán sự đảng,", "- Lưu Văn phòng Tỉnh ủy."],
            "campaigns": [
                {
                    "code": "2021",
                    "title": "Sơ kết năm 2021",
                    "opens": "2021-10-18",
                    "closes": "2021-12-02",
                    "stages": stage_dates,
                }
            ],
        },
        strict=False,
    )


def make_state_plan() -> Plan:
    """Return a plan of a People's Committee: a department leads, the committee decides, its office appraises."""
    plan = make_plan({"xa_a": "Ủy ban nhân dân xã A", "xa_b": "Ủy ban nhân dân xã B"}).model_dump()
    state = {"parent": "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN"}
    offices = [
        office("btg", "Sở Nội vụ", **state, agency="SỞ NỘI VỤ", sign="SNV", post="GIÁM ĐỐC", archive="VT, XDCQ"),
        office("vptu", "Văn phòng UBND tỉnh", **state, agency="VĂN PHÒNG", sign="VP", post="CHÁNH VĂN PHÒNG"),
        office(
            "ubnd",
            "Ủy ban nhân dân tỉnh",
            agency="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
            sign="UBND",
            authority="TM. ỦY BAN NHÂN DÂN",
            post="CHỦ TỊCH",
            archive="VT, NC",
        ),
    ]
    offices[1]["letterhead"] |= {"by_order": "TL. CHỦ TỊCH"}
    return Plan.model_validate(
        plan
        | {
            "title": "Tổng kết 10 năm thực hiện Chương trình xây dựng nông thôn mới",
            "short_title": "tổng kết 10 năm nông thôn mới",
            "review_word": "tổng kết",
            "form": "state",
            "issuer": "Ủy ban nhân dân tỉnh",
            "stages": [
                each | {part: {"bcsd": "btg", "thuong_truc": "ubnd"}.get(each[part], each[part]) for part in _PARTS}
                for each in plan["stages"]
            ],
            "party_committee": None,
            "state_body": "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "place": "Lạng Sơn",
            "document_code": "BC-UBND",
            "resolution": "Chương trình xây dựng nông thôn mới",
            "legal_basis": ["Kế hoạch số 44/KH-UBND"],
            "offices": offices,
            "roles": {
                "lead": "btg",
                "receiver": "btg",
                "standing": "ubnd",
                "operator": "btg",
            },
            "blocks": [plan["blocks"][0] | {"name": "Ủy ban nhân dân các xã"}, plan["blocks"][1]],
            "campaigns": [plan["campaigns"][0] | {"title": "Tổng kết 10 năm"}],
            "recipients": ["Các sở, ban, ngành", "Ủy ban nhân dân các xã", "Lưu: VT"],
        }
    )


def make_receipt(unit: str, number: int = 1, at: datetime = IN_TIME, plan: Plan | None = None) -> Receipt:
    names = ("bao_cao.docx", "bieu.xlsx")
    return Receipt(
        unit=unit,
        number=number,
        received_at=at,
        deadline=datetime(2021, 11, 5, tzinfo=VIETNAM),
        files=tuple(
            ReceivedFile(
                inbox_key=f"inbox/nq06/2021/{unit}/{name}",
                key=f"reports/nq06/2021/{unit}/{number}/files/{name}",
                name=name,
                original_name=name,
                etag=f"{unit}-{number}-{name}",
                sha256="0" * 64,
                size=1000,
                arrived_at=at,
            )
            for name in names
        ),
    )


def make_verdict(
    unit: str, number: int = 1, *, late: bool = False, faults: tuple[Fault, ...] = (), at: datetime = IN_TIME
) -> Verdict:
    returned = any(fault.severity is Severity.CRITICAL for fault in faults)
    ruling = Ruling.RETURNED if returned else Ruling.ACCEPTED_WITH_WARNINGS if faults else Ruling.ACCEPTED
    return Verdict(
        unit=unit,
        number=number,
        kind=Submission.REPORT,
        ruling=ruling,
        late=late,
        judged_at=at + timedelta(minutes=5),
        faults=faults,
    )


def make_report(unit: str, scale: int = 1, missing: tuple[str, ...] = (), number: int = 1) -> ParsedReport:
    """A report whose figures are `scale` times 100, 120, 90 visitors and so on."""
    base = {"CT01": (100, 120, 90), "CT02": (10.5, 12.25, 9), "CT03": (50, 55.5, 40), "CT04": (7, 8, 9)}
    figures = [
        Figure(
            indicator=code,
            year=year,
            value=None if code in missing else value * scale,
            file="bieu.xlsx",
            cell=f"{column}{row}",
        )
        for row, (code, values) in enumerate(base.items(), 5)
        for column, year, value in zip("DEF", YEARS, values, strict=True)
    ]
    texts = {
        "lanh_dao": "Ban Thường vụ đã ban hành chương trình hành động. Tổ chức 12 hội nghị quán triệt.",
        "ket_qua": f"Hạ tầng du lịch được đầu tư; <&> {unit} đón nhiều đoàn khách. Sản phẩm OCOP tăng.",
        "han_che": "Nguồn lực còn hạn chế.",
    }
    return ParsedReport(
        unit=unit,
        number=number,
        kind=Submission.REPORT,
        sections=(
            *(SectionText(section=code, heading=code, text=text) for code, text in texts.items()),
            SectionText(section="kien_nghi", heading=None, text=""),
        ),
        figures=tuple(figures),
        faults=(),
    )


def make_register(
    plan: Plan,
    receipts: list[Receipt],
    verdicts: list[Verdict],
    decisions: tuple[Decision, ...] = (),
    now: datetime = NOW,
) -> Register:
    return derive(
        plan,
        plan.campaigns[0],
        FrozenClock(now),
        inbox=(),
        receipts=receipts,
        verdicts=verdicts,
        decisions=decisions,
        stage_records=(),
    )


CRITICAL = Fault(
    code="B-CT01",
    severity=Severity.CRITICAL,
    file="bieu.xlsx",
    place="ô D7",
    message="Giá trị «1,234» không rõ là 1.234 hay 1,234; cần một số viết theo kiểu 1.234,5.",
    advice="Ghi lại số cho rõ.",
)
WARNING = Fault(
    code="D-III",
    severity=Severity.WARNING,
    file="bao_cao.docx",
    place="mục III",
    message="Không thấy mục «Hạn chế, nguyên nhân»; đề cương yêu cầu mục này.",
)
WHOLE = Fault(code="H-1", severity=Severity.CRITICAL, message="Thiếu biểu số liệu <&>.\x0b", advice="Nộp thêm biểu.")


ODD = Fault(
    code="BD-CT01",
    severity=Severity.WARNING,
    file="bieu.xlsx",
    place="ô E5, F5",
    message="CT01 “Tổng lượt khách” năm 2021 là 270 lượt, gấp 6,5 lần năm 2020 (40).",
)
DENIED = Fault(
    code="TB-01",
    severity=Severity.WARNING,
    message="Báo cáo viết “đón 27 lượt”, nhưng biểu số liệu ghi CT01 “Tổng lượt khách” năm 2021 là 270 lượt",
    denies=("bieu.xlsx", "F5"),
)


def make_dossier(
    summary: Summary,
    official: OfficialDraft | None = None,
    *,
    working: OfficialDraft | None = None,
    **more: Any,
) -> Dossier:
    """Return the dossier on a draft, of the first round unless more is said."""
    found = compare(summary, official=official or OfficialDraft((), ()), working=working)
    return Dossier(summary.plan.stage("vptu_appraisal"), more.pop("round", 1), found, **more)


def blank_summary(plan: Plan) -> Summary:
    """Return a summary of no reports."""
    return summarise(plan, plan.campaigns[0], make_register(plan, [], []), [])

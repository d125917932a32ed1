"""A plan of any size, with the names and dates of the first one."""

from __future__ import annotations

from typing import Any

from soket.plan.model import Plan
from usual import usual_stages

DISTRICTS = ("Kỳ Anh", "Cẩm Xuyên", "Thạch Hà", "Đức Thọ", "Can Lộc", "Lộc Hà", "Nghi Xuân", "Hương Sơn", "Hương Khê")


def contact(name: str, email: str, **more: str) -> dict[str, str]:
    return {"name": name, "email": f"{email}@hatinh.example", **more}


def office(code: str, name: str, short_name: str, **more: Any) -> dict[str, Any]:
    desk = contact(name, code.replace("_", "."), phone="0239 385 0000")
    return {"code": code, "name": name, "short_name": short_name, "contact": desk, **more}


PROPAGANDA = {"parent": "TỈNH ỦY HÀ TĨNH", "agency": "BAN TUYÊN GIÁO", "sign": "BTGTU", "post": "TRƯỞNG BAN"}


def unit(number: int, **more: Any) -> dict[str, Any]:
    district = DISTRICTS[number % len(DISTRICTS)]
    name = f"Huyện ủy {district}" + (f" {number}" if number >= len(DISTRICTS) else "")
    return {
        "code": f"unit_{number:02}",
        "name": name,
        "block": "huyen" if number % 2 == 0 else "so",
        "contact": contact(f"Văn thư {name}", f"vanthu{number}", phone=f"0239 386 {number:04}"),
        "head": contact(f"Nguyễn Văn {number}", f"bithu{number}", title="Bí thư"),
        **more,
    }


LADDER = [
    {"at": -5, "kind": "reminder", "to": "unit"},
    {"at": -2, "kind": "reminder", "to": "unit"},
    {"at": 0, "hour": "14:00", "kind": "reminder", "to": "unit"},
    {"at": 1, "kind": "reminder", "to": "unit"},
    {"at": 1, "kind": "escalation", "to": "head"},
    {"at": 2, "kind": "escalation", "to": "leader", "letter": True},
    {"at": 4, "kind": "escalation", "to": "head"},
    {"at": 4, "kind": "escalation", "to": "leader"},
    {"at": 4, "kind": "escalation", "to": "standing_board"},
]

STAGES = {
    "unit_reports": ("Báo cáo của các đơn vị", "btg", "ubnd", "báo cáo sơ kết", "II.2"),
    "ubnd_draft": ("Xây dựng dự thảo", "bcs", "vptu", "dự thảo Báo cáo sơ kết 05 năm", "III.2"),
    "vptu_appraisal": ("Thẩm định", "vptu", "tttu", "Báo cáo sơ kết 05 năm", "III.3"),
    "conference": ("Hội nghị sơ kết", "vptu", "tttu", "Hội nghị sơ kết", "II.2"),
    "communications": ("Tuyên truyền", "btg", "btg", "kế hoạch tuyên truyền", "III.5"),
}


def make_plan(units: int = 3, *, ladder: list[dict[str, Any]] | None = None, **changes: Any) -> Plan:
    """Return a valid plan with so many units that owe a report, and a press agency."""
    press = unit(99, code="bao_ht", name="Báo Hà Tĩnh", block="bao_chi", owes="coverage_plan")
    data: dict[str, Any] = {
        "id": "nq06",
        "title": "Sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU về phát triển du lịch Hà Tĩnh",
        "short_title": "Sơ kết NQ 06",
        "resolution": "Nghị quyết số 06-NQ/TU, ngày 07/12/2017",
        "issuer": "Ban Thường vụ Tỉnh ủy",
        "party_committee": "TỈNH ỦY HÀ TĨNH",
        "state_body": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
        "place": "Hà Tĩnh",
        "document_code": "…-BC/TU",
        "document_number": "12-KH/TU",
        "source": "Kế hoạch sơ kết",
        "legal_basis": ["Chương trình công tác trọng tâm năm 2021"],
        "purposes": ["Đánh giá toàn diện"],
        "goals": ["Du lịch là ngành kinh tế quan trọng"],
        "confidentiality": "Không gửi tài liệu có độ mật qua hệ thống này.",
        "request_guidance": ["Số liệu tính đến 30/9/2021."],
        "outline": [
            {"code": "lanh_dao", "number": "I", "title": "Công tác lãnh đạo, chỉ đạo"},
            {"code": "ket_qua", "number": "II", "title": "Kết quả đạt được"},
        ],
        "forms": [
            {
                "code": "du_lich",
                "title": "Biểu số liệu du lịch",
                "blocks": ["huyen"],
                "years": [2017, 2021],
                "indicators": [{"code": "CT01", "name": "Tổng lượt khách", "unit_of_measure": "lượt"}],
            }
        ],
        "offices": [
            office("btg", "Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo", letterhead=PROPAGANDA),
            office("ubnd", "Ủy ban nhân dân tỉnh", "UBND tỉnh", form="state"),
            office("bcs", "Ban cán sự đảng Ủy ban nhân dân tỉnh", "BCSĐ UBND tỉnh"),
            office("vptu", "Văn phòng Tỉnh ủy", "VPTU"),
            office("tttu", "Thường trực Tỉnh ủy", "Thường trực"),
            office("van_hanh", "Tổ vận hành", "Vận hành"),
        ],
        "roles": {
            "lead": "btg",
            "receiver": "ubnd",
            "standing": "tttu",
            "operator": "van_hanh",
        },
        "blocks": [
            {"code": "huyen", "name": "Các huyện ủy", "leader": "ubnd", "ladder": "chung"},
            {"code": "so", "name": "Các sở, ngành", "leader": "btg", "ladder": "chung"},
            {"code": "bao_chi", "name": "Báo chí", "leader": "btg", "ladder": "chung"},
        ],
        "units": [*(unit(number) for number in range(units)), press],
        "stages": usual_stages(
            {
                name: {"title": title, "owner": owner, "receiver": receiver, "delivers": delivers, "source": source}
                for name, (title, owner, receiver, delivers, source) in STAGES.items()
            }
        ),
        "ladders": {"chung": ladder or LADDER},
        "recipients": ["Lưu Văn phòng Tỉnh ủy"],
        "campaigns": [
            {
                "code": "2021",
                "title": "Đợt 2021",
                "opens": "2021-10-18",
                "closes": "2021-12-03",
                "stages": {
                    "unit_reports": {"opens": "2021-10-18", "before": "2021-11-05"},
                    "ubnd_draft": {"opens": "2021-11-05", "before": "2021-11-10"},
                    "vptu_appraisal": {"opens": "2021-11-10", "before": "2021-11-20"},
                    "conference": {"opens": "2021-11-20", "by": "2021-11-30"},
                    "communications": {"opens": "2021-11-08", "by": "2021-12-03"},
                },
            }
        ],
        **changes,
    }
    return Plan.model_validate(data, strict=False)

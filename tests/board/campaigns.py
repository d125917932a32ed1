"""A plan of sixty units, and a campaign of it in its middle: every standing there is, in one bucket."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from soket.clock import VIETNAM, Clock, FrozenClock
from soket.faults import Fault
from soket.notices.ledger import End, Ending, Intent
from soket.notices.notice import Kind, Notice
from soket.plan.model import Contact, Plan, Severity, Unit
from soket.record.decisions import Appraisal, Exemption, Extension, NilReturn, Postponement
from soket.record.filing import file_decision
from soket.record.records import Receipt, ReceivedFile, Ruling, StageRecord, Submission, Verdict
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore
from usual import usual_stages

NOW = datetime(2021, 11, 5, 9, 5, tzinfo=VIETNAM)
LAST_DAY = datetime(2021, 11, 5, tzinfo=VIETNAM)

BLOCKS = {
    "huyen_uy": ("Huyện ủy, thành ủy, thị ủy", ["Thành ủy Hà Tĩnh", "Thị ủy Hồng Lĩnh", "Thị ủy Kỳ Anh"]
                 + [f"Huyện ủy {name}" for name in ("Kỳ Anh", "Cẩm Xuyên", "Thạch Hà", "Lộc Hà", "Can Lộc", "Nghi Xuân",
                                                     "Đức Thọ", "Hương Sơn", "Hương Khê", "Vũ Quang")]),
    "dang_uy": ("Đảng ủy trực thuộc", [f"Đảng ủy {name}" for name in (
        "Khối các cơ quan và doanh nghiệp tỉnh", "Quân sự tỉnh", "Công an tỉnh", "Bộ đội Biên phòng tỉnh")]),
    "so_nganh": ("Sở, ban, ngành", [f"Sở {name}" for name in (
        "Văn hóa, Thể thao và Du lịch", "Kế hoạch và Đầu tư", "Tài chính", "Xây dựng", "Giao thông vận tải",
        "Công Thương", "Nông nghiệp và Phát triển nông thôn", "Tài nguyên và Môi trường", "Thông tin và Truyền thông",
        "Y tế", "Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Lao động - Thương binh và Xã hội", "Nội vụ",
        "Tư pháp", "Ngoại vụ")]
        + ["Ban Quản lý Khu kinh tế tỉnh", "Thanh tra tỉnh", "Cục Thuế tỉnh", "Cục Thống kê tỉnh", "Cục Hải quan tỉnh",
           "Ngân hàng Nhà nước chi nhánh tỉnh", "Bảo hiểm xã hội tỉnh", "Kho bạc Nhà nước tỉnh",
           "Cục Quản lý thị trường",
           "Liên minh Hợp tác xã tỉnh"]),
    "doan_the": ("Mặt trận Tổ quốc và các đoàn thể", [
        "Ủy ban Mặt trận Tổ quốc tỉnh", "Liên đoàn Lao động tỉnh", "Hội Nông dân tỉnh", "Hội Liên hiệp Phụ nữ tỉnh",
        "Tỉnh đoàn", "Hội Cựu chiến binh tỉnh", "Hội Nhà báo tỉnh", "Hiệp hội Du lịch tỉnh",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", "Hội Văn học Nghệ thuật tỉnh", "Hội Chữ thập đỏ tỉnh",
        "Hội Doanh nghiệp tỉnh"]),
    "bao_chi": ("Cơ quan báo chí", ["Báo Hà Tĩnh", "Đài Phát thanh và Truyền hình tỉnh", "Tạp chí Hồng Lĩnh",
                                    "Cổng Thông tin điện tử tỉnh", "Tạp chí Văn hóa Hà Tĩnh"]),
}  # fmt: skip


def a_contact(code: str) -> dict[str, str]:
    return {
        "name": "Nguyễn Văn An",
        "title": "Chánh Văn phòng",
        "email": f"{code}@example.org",
        "phone": "0239 385 0000",
    }


@cache
def a_plan() -> Plan:
    """Return a plan that is valid, and as small as the board allows."""
    offices = {
        "ubnd": ("Ủy ban nhân dân tỉnh", "UBND tỉnh"),
        "bcsd_ubnd": ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "BCSĐ UBND tỉnh"),
        "ban_tuyen_giao": ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo"),
        "vptu": ("Văn phòng Tỉnh ủy", "VPTU"),
        "thuong_truc": ("Thường trực Tỉnh ủy", "Thường trực"),
    }
    stages = {
        "unit_reports": ("Báo cáo của các đơn vị", "ban_tuyen_giao", "ubnd", "2021-10-18", "2021-11-05"),
        "ubnd_draft": ("Dự thảo báo cáo của tỉnh", "bcsd_ubnd", "vptu", "2021-11-03", "2021-11-10"),
        "vptu_appraisal": ("Thẩm định dự thảo", "vptu", "thuong_truc", "2021-11-10", "2021-11-20"),
        "conference": ("Hội nghị sơ kết", "vptu", "thuong_truc", "2021-11-20", "2021-12-01"),
        "communications": ("Tuyên truyền và lưu trữ", "ban_tuyen_giao", "vptu", "2021-10-18", "2021-12-11"),
    }
    units = []
    for block, (_, names) in BLOCKS.items():
        for number, name in enumerate(names, 1):
            code = f"{block}_{number:02}"
            unit = {"code": code, "name": name, "block": block, "contact": a_contact(code), "head": a_contact("head")}
            if block == "bao_chi":
                unit["owes"] = "coverage_plan"
            if name == "Thanh tra tỉnh":
                unit |= {"owes": "exempt", "exempt_reason": "không được giao nhiệm vụ trong Nghị quyết"}
            units.append(unit)
    form = {
        "code": "bieu_01",
        "title": "Biểu 01",
        "blocks": ["huyen_uy"],
        "years": [2020, 2021],
        "indicators": [{"code": "CT01", "name": "Lượt khách", "unit_of_measure": "lượt"}],
    }
    return Plan.model_validate(
        {
            "id": "nq06_thu",
            "title": "Sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU về phát triển du lịch",
            "short_title": "Sơ kết Nghị quyết 06-NQ/TU",
            "resolution": "Nghị quyết số 06-NQ/TU, ngày 07/12/2017 của Tỉnh ủy về phát triển du lịch",
            "issuer": "Ban Thường vụ Tỉnh ủy",
            "party_committee": "TỈNH ỦY HÀ TĨNH",
            "state_body": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
            "place": "Hà Tĩnh",
            "document_code": "BC/TU",
            "source": "kế hoạch",
            "legal_basis": ["Nghị quyết số 06-NQ/TU"],
            "purposes": ["đánh giá"],
            "goals": ["du lịch"],
            "confidentiality": "Không gửi tài liệu mật.",
            "outline": [{"code": "ket_qua", "number": "I", "title": "Kết quả"}],
            "forms": [form],
            "offices": [
                {"code": code, "name": name, "short_name": short, "contact": a_contact(code)}
                for code, (name, short) in offices.items()
            ],
            "roles": {
                "lead": "ban_tuyen_giao",
                "receiver": "ubnd",
                "standing": "thuong_truc",
                "operator": "vptu",
            },
            "blocks": [
                {"code": code, "name": name, "leader": "ban_tuyen_giao", "ladder": "thuong"}
                for code, (name, _) in BLOCKS.items()
            ],
            "units": units,
            "stages": usual_stages(
                {
                    name: {
                        "title": title,
                        "owner": owner,
                        "receiver": receiver,
                        "delivers": "Báo cáo",
                        "source": "II.2",
                    }
                    for name, (title, owner, receiver, _, _) in stages.items()
                }
            ),
            "ladders": {"thuong": [{"at": -3, "kind": "reminder", "to": "unit"}]},
            "recipients": ["Lưu Văn phòng Tỉnh ủy"],
            "campaigns": [
                {
                    "code": "2021",
                    "title": "Đợt sơ kết năm 2021",
                    "opens": date(2021, 10, 18),
                    "closes": date(2021, 12, 15),
                    "stages": {
                        name: {"opens": date.fromisoformat(opens), "before": date.fromisoformat(before)}
                        for name, (_, _, _, opens, before) in stages.items()
                    },
                },
                {
                    "code": "2026",
                    "title": "Đợt sơ kết năm 2026",
                    "opens": date(2026, 10, 1),
                    "closes": date(2026, 12, 15),
                    "stages": {name: {"opens": date(2026, 10, 5), "by": date(2026, 11, 30)} for name in stages},
                },
            ],
        }
    )


def a_workspace(clock: Clock | None = None, campaign: str = "2021") -> Workspace:
    """Return an empty campaign on the fifth of November 2021, the day after the units' last day."""
    plan = a_plan()
    return Workspace(plan, plan.campaign(campaign), MemoryStore(lambda: NOW), clock or FrozenClock(NOW))


def a_campaign_in_the_middle(clock: Clock | None = None) -> Workspace:
    """Return a campaign where each kind of progress has its units."""
    workspace = a_workspace(clock)
    owing = [unit for unit in workspace.plan.units if unit.block != "bao_chi" and not unit.exempt_reason]
    for position, unit in enumerate(owing):
        match position % 9:
            case 0 | 1 | 2 | 3 | 5:
                send(workspace, unit, 1, LAST_DAY - timedelta(days=position % 6, hours=7), Ruling.ACCEPTED)
            case 4:
                send(workspace, unit, 1, LAST_DAY + timedelta(hours=8), Ruling.ACCEPTED_WITH_WARNINGS, late=True)
            case 6:
                send(workspace, unit, 1, LAST_DAY - timedelta(days=4), Ruling.RETURNED)
                if position == 6:
                    send(workspace, unit, 2, LAST_DAY - timedelta(days=1), Ruling.RETURNED)
                post(workspace, Kind.RETURN, unit, "1")
            case 7 if position > 9:
                workspace.store.put(workspace.keys.inbox_folder(unit.code) + "Báo cáo sơ kết.docx", b"x" * 48_000)
        post(workspace, Kind.REQUEST, unit, "1")
    for unit in owing[8::9]:
        post(workspace, Kind.REMINDER, unit, "m3", version="2021-11-04")
    decide(workspace)
    run_stages(workspace)
    workspace.store.put(workspace.keys.inbox_folder("bcsd_ubnd") + "Dự thảo.docx", b"x" * 90_000)
    workspace.store.put(workspace.keys.inbox + "nguoi_la/Tệp lạc.docx", b"x" * 1_000)
    return workspace


def send(
    workspace: Workspace, unit: Unit, number: int, at: datetime, ruling: Ruling, *, late: bool = False, name: str = ""
) -> None:
    """Let a submission arrive and be judged."""
    keys = workspace.keys
    files = []
    for index, ending in enumerate(("docx", "xlsx")):
        safe = name or f"Báo cáo sơ kết {unit.code}.{ending}"
        key = keys.report(unit.code, number, f"files/{safe}")
        workspace.store.put(key, f"{unit.code} {number}".encode())
        files.append(
            ReceivedFile(
                inbox_key=keys.inbox_folder(unit.code) + safe,
                key=key,
                name=safe,
                original_name=safe,
                etag="e",
                sha256=f"{index}a3f".ljust(64, "0"),
                size=182_340 + index,
                arrived_at=at,
            )
        )
    receipt = Receipt(unit=unit.code, number=number, received_at=at, deadline=LAST_DAY, files=tuple(files))
    workspace.store.put(keys.receipt(unit.code, number), receipt.to_json())
    faults = {
        Ruling.ACCEPTED: (),
        Ruling.ACCEPTED_WITH_WARNINGS: (a_fault(Severity.WARNING),),
        Ruling.RETURNED: (a_fault(Severity.WARNING), a_fault(Severity.CRITICAL)),
    }[ruling]
    verdict = Verdict(
        unit=unit.code,
        number=number,
        kind=Submission.REPORT,
        ruling=ruling,
        late=late,
        judged_at=at + timedelta(minutes=2),
        faults=faults,
        slip_key=keys.report(unit.code, number, "slip.docx") if ruling is Ruling.RETURNED else None,
    )
    workspace.store.put(keys.report(unit.code, number, "verdict.json"), verdict.to_json())


def a_fault(severity: Severity) -> Fault:
    if severity is Severity.CRITICAL:
        return Fault(
            code="R-TONG",
            severity=severity,
            file="Biểu 01.xlsx",
            place="ô D7",
            message="Tổng lượt khách năm 2020 ghi 1.250.000, cộng các dòng được 1.205.000.",
            advice="Sửa ô D7 hoặc các dòng D8 đến D10 rồi gửi lại biểu.",
        )
    return Fault(
        code="R-TANG",
        severity=severity,
        file="Biểu 01.xlsx",
        place="ô E9",
        message="Doanh thu năm 2021 gấp 6 lần năm 2020.",
        advice="Xem lại đơn vị tính; nếu đúng thì nêu lý do.",
    )


def decide(workspace: Workspace) -> None:
    """Let officials act."""
    act = {
        "decided_at": NOW - timedelta(days=2),
        "account": "vptu",
        "granted_by": "Đ/c Chánh Văn phòng Tỉnh ủy",
        "reason": "Đơn vị đang phòng, chống dịch Covid-19",
        "document_number": "215-CV/TU",
    }
    for decision in (
        Extension(id="gia_han_1", unit="huyen_uy_09", last_day=date(2021, 11, 10), **act),
        Exemption(id="mien_1", unit="doan_the_11", **act),
        NilReturn(id="khong_1", unit="so_nganh_01", **act | {"document_number": None}),
        Postponement(id="lui_1", stage="conference", last_day=date(2021, 12, 10), **act),
        Appraisal(id="tham_dinh_1", round=1, outcome="returned", **act),
    ):
        file_decision(workspace, decision)


def run_stages(workspace: Workspace) -> None:
    """Let the first two stages be at work."""
    product = workspace.keys.stage("unit_reports", 1, "Đề cương báo cáo.docx")
    workspace.store.put(product, b"outline")
    steps = (
        ("unit_reports", datetime(2021, 10, 18, 7, 30, tzinfo=VIETNAM), "Gửi thư đề nghị.", (product,)),
        ("ubnd_draft", datetime(2021, 11, 3, 7, 30, tzinfo=VIETNAM), "Chờ báo cáo của các đơn vị.", ()),
    )
    for stage, at, note, products in steps:
        record = StageRecord(stage=stage, round=1, step="opened", at=at, note=note, products=products)
        workspace.store.put(workspace.keys.stage_record(stage, 1, "opened"), record.to_json())


def post(workspace: Workspace, kind: Kind, unit: Unit, step: str, version: str = "") -> None:
    """Let a notice be posted; a request is sent, a returned report's waits, a reminder is held back."""
    at = NOW - timedelta(days=10)
    to = (Contact(name=unit.contact.name, email=unit.contact.email),)
    notice = Notice(kind=kind, addressee=unit.code, step=step, version=version, to=to)
    workspace.store.put(workspace.keys.notice(notice.id, "intent.json"), Intent(notice=notice, posted_at=at).to_json())
    ending = {Kind.REQUEST: Ending.SENT, Kind.REMINDER: Ending.SUPPRESSED}.get(kind)
    if ending:
        end = End(ending=ending, at=at, real_at=at, note="" if ending is Ending.SENT else "đợt diễn tập")
        workspace.store.put(workspace.keys.notice(notice.id, f"{ending.value}.json"), end.to_json())

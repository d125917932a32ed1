"""A small plan with one of every rule, so that these tests do not move with the real plan."""

from __future__ import annotations

from soket.plan.model import Plan
from usual import usual_stages

YEARS = (2019, 2020, 2021)
FORM = "dia_phuong"
PURPOSE = (
    "Đánh giá toàn diện quá trình lãnh đạo, chỉ đạo, tổ chức thực hiện Nghị quyết; thực trạng, kết quả đạt được, những "
    "hạn chế, khuyết điểm và nguyên nhân; rút ra bài học kinh nghiệm, đề ra các giải pháp trong thời gian tiếp theo."
)
GUIDANCE = "Nêu những tồn tại, hạn chế, khuyết điểm; phân tích nguyên nhân khách quan, chủ quan, trách nhiệm của ai."


def _contact(code: str) -> dict[str, str]:
    return {"name": f"Đ/c {code}", "title": "Bí thư", "email": f"{code}@example.vn"}


def _office(code: str, name: str) -> dict[str, object]:
    return {"code": code, "name": name, "short_name": name, "contact": _contact(code)}


def _unit(code: str, name: str, block: str, owes: str = "report") -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "block": block,
        "owes": owes,
        "contact": _contact(code),
        "head": _contact(code),
    }


def make_plan(*, districts: int = 6) -> Plan:
    stage = {"owner": "btg", "receiver": "ubnd", "delivers": "Báo cáo", "source": "II.2"}
    dates = {
        "unit_reports": {"opens": "2021-10-18", "before": "2021-11-05"},
        "ubnd_draft": {"opens": "2021-11-05", "before": "2021-11-10"},
        "vptu_appraisal": {"opens": "2021-11-10", "before": "2021-11-20"},
        "conference": {"opens": "2021-11-20", "by": "2021-11-30"},
        "communications": {"opens": "2021-10-18", "by": "2021-12-02"},
    }
    earlier = {
        stage: {word: day.replace("2021", "2020") for word, day in days.items()} for stage, days in dates.items()
    }
    return Plan.model_validate(
        {
            "id": "nq06",
            "title": "Kế hoạch sơ kết 05 năm thực hiện Nghị quyết số 06-NQ/TU",
            "short_title": "sơ kết Nghị quyết số 06-NQ/TU",
            "resolution": "Nghị quyết số 06-NQ/TU về phát triển du lịch",
            "issuer": "Ban Thường vụ Tỉnh ủy",
            "party_committee": "TỈNH ỦY HÀ TĨNH",
            "state_body": "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
            "place": "Hà Tĩnh",
            "document_code": "…-KH/TU",
            "source": "plan.txt",
            "legal_basis": ["Nghị quyết số 06-NQ/TU"],
            "purposes": [PURPOSE],
            "goals": ["Phát triển du lịch."],
            "confidentiality": "Không gửi tài liệu mật.",
            "outline": [
                {
                    "code": "lanh_dao",
                    "number": "I",
                    "title": "Công tác lãnh đạo, chỉ đạo, quán triệt",
                    "keywords": ["lãnh đạo, chỉ đạo"],
                },
                {"code": "ket_qua", "number": "II", "title": "Kết quả đạt được", "keywords": ["kết quả thực hiện"]},
                {
                    "code": "han_che",
                    "number": "III",
                    "title": "Tồn tại, hạn chế và nguyên nhân",
                    "keywords": ["hạn chế"],
                    "guidance": GUIDANCE,
                },
                {"code": "kien_nghi", "number": "IV", "title": "Kiến nghị, đề xuất", "keywords": ["kiến nghị"]},
            ],
            "forms": [
                {
                    "code": FORM,
                    "title": "Biểu 01",
                    "blocks": ["huyen"],
                    "years": YEARS,
                    "indicators": [
                        {
                            "code": "CT01",
                            "name": "Tổng lượt khách",
                            "unit_of_measure": "lượt",
                            "type": "integer",
                            "rules": [
                                {"kind": "range", "code": "R-CT01", "min": 0},
                                {"kind": "yearly_jump", "code": "J-CT01", "factor": 5},
                            ],
                        },
                        {"code": "CT01.1", "name": "Khách nội địa", "unit_of_measure": "lượt", "type": "integer"},
                        {"code": "CT01.2", "name": "Khách quốc tế", "unit_of_measure": "lượt", "type": "integer"},
                        {"code": "CT02", "name": "Doanh thu du lịch", "unit_of_measure": "tỷ đồng", "nature": "flow"},
                        {
                            "code": "CT03",
                            "name": "Công suất sử dụng phòng",
                            "unit_of_measure": "%",
                            "aggregate": "mean",
                            "rules": [{"kind": "range", "code": "R-CT03", "min": 0, "max": 100}],
                        },
                        {
                            "code": "CT04",
                            "name": "Điểm đến được xếp hạng",
                            "unit_of_measure": "điểm",
                            "required": False,
                        },
                        # Reports leave it out, but for those that try the rules which look beyond a table.
                        {
                            "code": "CT05",
                            "name": "Lao động du lịch",
                            "unit_of_measure": "người",
                            "required": False,
                            "target": {"year": 2025, "value": 500, "scope": "unit", "example": True},
                            "rules": [
                                {"kind": "range", "code": "R-CT05", "min": 0, "max": 100000},
                                {"kind": "restated", "code": "B-CT05", "share": 0.1},
                                {"kind": "spread", "code": "P-CT05", "factor": 4, "at_least": 4},
                                {"kind": "target", "code": "T-CT05"},
                            ],
                        },
                    ],
                    "rules": [
                        {"kind": "sum", "code": "S-CT01", "total": "CT01", "parts": ["CT01.1", "CT01.2"]},
                        {"kind": "order", "code": "O-CT01", "smaller": "CT01.2", "larger": "CT01.1"},
                    ],
                }
            ],
            "offices": [
                _office("btg", "Ban Tuyên giáo Tỉnh ủy"),
                _office("ubnd", "Ủy ban nhân dân tỉnh"),
                _office("bcsd", "Ban cán sự đảng Ủy ban nhân dân tỉnh"),
                _office("vptu", "Văn phòng Tỉnh ủy"),
                _office("thuong_truc", "Thường trực Tỉnh ủy"),
            ],
            "roles": {
                "lead": "btg",
                "receiver": "ubnd",
                "standing": "thuong_truc",
                "operator": "btg",
            },
            "blocks": [
                {"code": code, "name": name, "leader": "btg", "ladder": "chung"}
                for code, name in (("huyen", "Khối huyện"), ("so", "Khối sở"), ("bao_chi", "Khối báo chí"))
            ],
            "units": [
                *(_unit(f"huyen_{index}", f"Huyện ủy {index}", "huyen") for index in range(1, districts + 1)),
                _unit("so_vh", "Sở Văn hóa", "so"),
                _unit("so_tp", "Sở Tư pháp", "so", "nil_return"),
                _unit("bao_ht", "Báo Hà Tĩnh", "bao_chi", "coverage_plan"),
            ],
            "stages": usual_stages({name: {"title": name, **stage} for name in dates}),
            "ladders": {"chung": []},
            "recipients": ["- Lưu."],
            "limits": {"max_file_mb": 1, "max_files": 4},
            "campaigns": [
                {"code": "2021", "title": "Đợt 2021", "opens": "2021-10-18", "closes": "2021-12-05", "stages": dates},
                {"code": "2020", "title": "Đợt 2020", "opens": "2020-10-18", "closes": "2020-12-05", "stages": earlier},
            ],
        }
    )

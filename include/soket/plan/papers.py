"""What papers and mails say of a plan's bodies: who is asked, what has to be signed, whose paper a draft becomes."""

from __future__ import annotations

import re

from soket.plan.bodies import place_of
from soket.plan.model import Duty, IndicatorForm, Plan, Stage, StageKind, Unit
from soket.plan.stages import in_turn

_SIGNED = "bản ký số của chính văn bản ấy (tệp PDF đã ký số, hoặc tệp Word có chữ ký số)"


def signed_copy(stage: Stage) -> str:
    """Return what a stage asks for beside the paper itself, where it takes none that is not signed; "" elsewhere."""
    return _SIGNED if stage.signed_copy == "required" else ""


_AGENCY = re.compile(
    r"(?:Sở|Ban(?! Quản lý dự án)|Bộ|Vụ|Cục|Chi cục|Thanh tra|Văn phòng|Tòa án|Viện kiểm sát|Kho bạc) "
)


def is_of_a_place(unit: Unit) -> bool:
    """Whether a unit reports of an area: a district, a commune."""
    return bool(unit.place or place_of(unit.name))


def who_report(plan: Plan) -> str:
    """Return what all who are asked for reports are together: các địa phương, cơ quan, đơn vị; các đơn vị."""
    asked = [each for each in plan.units if not each.beside and each.owes not in (Duty.EXEMPT, Duty.COVERAGE_PLAN)]
    places = [each for each in asked if is_of_a_place(each)]
    if places and len(places) == len(asked):
        return "các địa phương"
    agencies = [each for each in asked if _AGENCY.match(each.name)]
    kinds = ["địa phương"] * bool(places) + ["cơ quan"] * bool(agencies)
    return f"các {', '.join([*kinds, 'đơn vị'])}"


_HEADS = "thủ trưởng đơn vị"
_POST = re.compile(
    r"(?:bí thư|chủ tịch|(?:tổng )?giám đốc|(?:hiệu|viện|vụ|(?:chi )?cục) trưởng|"
    r"trưởng (?:thôn|bản|buôn|ấp|xóm|làng|khu phố|tổ dân phố|ban|phòng))(?!\w)",
    re.IGNORECASE,
)


def post_of_heads(plan: Plan, form: IndicatorForm | None = None) -> str:
    """Return as what the heads of units sign: the post of all who fill in a form, or report, where the plan says it."""
    press = {unit.block for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN}
    blocks = form.blocks if form else [block.code for block in plan.blocks if block.code not in press]
    heads = [unit.head for unit in plan.units if unit.block in blocks and not unit.beside]
    posts = {found[0].lower() if (found := _POST.match(each.title or each.name)) else _HEADS for each in heads}
    return posts.pop() if len(posts) == 1 else _HEADS


def issuer_of(plan: Plan, draft: Stage | None) -> str:
    """Return the office whose paper a draft becomes: whoever decides, unless it ends where the other form is written.

    It ends with the receiver of its last appraisal; of one that nobody appraises, with whoever writes it.
    """
    standing = plan.roles.standing
    if draft is None:
        return standing
    appraised = [each for each in plan.stages_of(StageKind.APPRAISE) if plan.draft_of(each) == draft]
    ends = in_turn(appraised)[-1].receiver if appraised else draft.owner
    return standing if _form(plan, ends) == _form(plan, standing) else ends


def _form(plan: Plan, office: str) -> str:
    return plan.office(office).form or plan.form

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from soket.plan import doubts
from soket.plan.ladders import LadderStep, Recipient
from soket.plan.model import Campaign, Letterhead, Plan
from soket.plan.stages import StageKind


def found(plan: Plan, **changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    changed = plan.model_copy(update=changes)
    return [(each.path, each.message) for check in doubts.CHECKS for each in check(changed)]


@pytest.fixture(scope="session")
def plan(plan: Plan) -> Plan:
    """Give the first plan as an office would use it: with a telephone."""
    return with_telephone(plan)


def with_telephone(plan: Plan) -> Plan:
    lead = plan.office(plan.roles.lead)
    reached = lead.model_copy(update={"contact": lead.contact.model_copy(update={"phone": "0239 385 0000"})})
    return plan.model_copy(update={"offices": tuple(reached if each == lead else each for each in plan.offices)})


def moved(campaign: Campaign, years: int) -> Campaign:
    """Return a campaign so many years later."""
    text = campaign.model_dump_json(exclude_none=True).replace("2021-", f"{2021 + years}-")
    return Campaign.model_validate_json(text)


def exchanges(plan: Plan, **changes: Any) -> list[tuple[str | int, ...]]:
    """Return where days exchanged are asked for; the bodies of 2021 are no more then."""
    return [path for path, message in found(plan, **changes) if "hoán đổi" in message]


def test_the_first_plan_is_not_odd(plan: Plan) -> None:
    assert found(plan) == []


def test_nobody_to_ring_is_told_and_no_fault(plan: Plan) -> None:
    lead = plan.offices[0]
    assert lead.code == plan.roles.lead
    silent = lead.model_copy(update={"contact": lead.contact.model_copy(update={"phone": None})})
    ((path, message),) = found(plan, offices=(silent, *plan.offices[1:]))
    assert path == ("offices", 0, "contact")
    assert "chưa có số điện thoại" in message


@pytest.mark.parametrize("years", [5, 6])
def test_a_year_without_announced_exchanges_is_told(plan: Plan, campaign: Campaign, years: int) -> None:
    told = exchanges(plan, campaigns=(moved(campaign, years),))
    assert (told == [("campaigns", 0, "opens")]) is (years == 6)


def test_a_plan_that_gives_the_days_is_not_asked(plan: Plan, campaign: Campaign) -> None:
    assert exchanges(plan, campaigns=(moved(campaign, 6),), workdays={date(2027, 11, 20): "Làm bù"}) == []


def test_days_without_effect_are_told(plan: Plan) -> None:
    told = found(plan, holidays={date(2021, 11, 20): "Nghỉ"}, workdays={date(2021, 11, 19): "Làm"})
    assert told == [
        (("holidays", "2021-11-20"), "20/11/2021 vốn đã là ngày nghỉ"),
        (("workdays", "2021-11-19"), "19/11/2021 vốn đã làm việc"),
    ]


def test_steps_that_are_never_taken_are_told(plan: Plan) -> None:
    far = LadderStep(at=40, kind="escalation", to=Recipient.HEAD)
    early = LadderStep(at=-40, kind="reminder", to=Recipient.UNIT)
    steps = (*plan.ladders["bac_thang_bao_cao"], far, early)
    told = found(plan, ladders={**plan.ladders, "bac_thang_bao_cao": steps, "thua": steps})
    count = len(steps)
    assert [path for path, _ in told] == [
        ("ladders", "bac_thang_bao_cao", count - 2),
        ("ladders", "bac_thang_bao_cao", count - 1),
        ("ladders", "thua"),
    ]
    assert [message.partition(" không")[0] for _, message in told[:2]] == ["bậc «at: 40»", "bậc «at: -40»"]


def test_copies_of_every_units_mail_are_told(plan: Plan) -> None:
    step = LadderStep(at=-1, kind="reminder", to=Recipient.UNIT, cc=("vptu",))
    above = LadderStep(at=1, kind="escalation", to=Recipient.LEADER, cc=("vptu",))
    ladders = {**plan.ladders, "bac_thang_bao_cao": (step, above)}
    (told,) = found(plan, ladders=ladders)
    assert told == (
        ("ladders", "bac_thang_bao_cao", 0, "cc"),
        "mỗi nơi ở «cc» sẽ nhận đến 60 thư một lần, mỗi đơn vị một thư",
    )


def test_one_mailbox_for_two_is_told_and_no_fault(plan: Plan) -> None:
    office, unit, other = plan.offices[0], plan.units[0], plan.units[1]
    shared = unit.model_copy(
        update={"contact": unit.contact.model_copy(update={"email": office.contact.email.upper()})}
    )
    again = other.model_copy(update={"head": other.head.model_copy(update={"email": unit.head.email})})
    assert found(plan, units=(shared, again, *plan.units[2:])) == [
        (("units", 0, "contact", "email"), f"địa chỉ thư «{office.contact.email.upper()}» dùng cho hai nơi"),
        (("units", 1, "head", "email"), f"địa chỉ thư «{unit.head.email}» dùng cho hai nơi"),
    ]


def test_a_units_desk_and_head_may_share_a_mailbox(plan: Plan) -> None:
    unit = plan.units[0]
    one = unit.model_copy(update={"head": unit.head.model_copy(update={"email": unit.contact.email})})
    assert found(plan, units=(one, *plan.units[1:])) == []


def test_an_office_that_appraises_its_own_draft_is_told(plan: Plan) -> None:
    own = [
        stage.model_copy(update={"owner": "vptu"}) if stage.kind in {StageKind.DRAFT, StageKind.APPRAISE} else stage
        for stage in plan.stages
    ]
    path = ("stages", next(i for i, stage in enumerate(own) if stage.kind is StageKind.APPRAISE), "owner")
    words = "cơ quan «vptu» vừa soạn thảo vừa thẩm định: không nơi nào khác xem dự thảo"
    assert found(plan, stages=own) == [(path, words)]
    words = "cơ quan «vptu» vừa soạn thảo, thẩm định và phê duyệt: không nơi nào khác xem dự thảo"
    assert found(plan, stages=own, roles=plan.roles.model_copy(update={"standing": "vptu"})) == [(path, words)]


def test_an_office_whose_draft_another_appraises_too_is_not(plan: Plan) -> None:
    (appraisal,) = plan.stages_of(StageKind.APPRAISE)
    draft = plan.draft_of(appraisal)
    assert draft is not None
    first = appraisal.model_copy(update={"id": "own_look", "owner": draft.owner, "returns_to": draft.id})
    where = plan.stages.index(appraisal)
    stages = [
        *plan.stages[:where],
        first,
        appraisal.model_copy(update={"after": ("own_look",)}),
        *plan.stages[where + 1 :],
    ]
    assert found(plan, stages=stages) == []


@pytest.mark.parametrize(
    ("name", "plans", "own", "meant"),
    [
        ("Sở Nội vụ", "party", None, "state"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "party", None, "state"),
        ("Ủy ban nhân dân xã", "party", None, "state"),
        ("Sở Nội vụ", "party", "party", None),  # so it is said
        ("Sở Nội vụ", "state", None, None),
        ("Văn phòng Tỉnh ủy", "state", None, "party"),
        ("Đảng ủy Ủy ban nhân dân tỉnh", "state", None, "party"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "party", None, None),
        ("Hội Nông dân tỉnh", "state", None, None),  # nobody can tell
    ],
)
def test_a_form_that_the_name_of_its_office_speaks_against_is_told(
    plan: Plan, name: str, plans: str, own: str | None, meant: str | None
) -> None:
    index = next(at for at, office in enumerate(plan.offices) if office.code == plan.roles.lead)
    office = plan.offices[index].model_copy(update={"name": name, "form": own})
    offices = [*plan.offices]
    offices[index] = office
    told = [message for path, message in found(plan, offices=tuple(offices), form=plans) if path == ("offices", index)]
    assert [message.rpartition(" ")[2] for message in told if "thể thức" in message] == ([meant] if meant else [])


def test_what_stays_blank_on_papers_is_told_of_offices_that_sign_some(plan: Plan) -> None:
    bare = tuple(office.model_copy(update={"letterhead": Letterhead()}) for office in plan.offices)
    told = {path[1]: message for path, message in found(plan, offices=bare) if "còn để trống" in message}
    codes = [plan.offices[int(index)].code for index in told]
    assert {plan.roles.lead, plan.playing("appraiser")[0], plan.roles.standing} <= {*codes}
    assert plan.roles.operator not in codes
    of = dict(zip(codes, told.values(), strict=True))
    assert of[plan.roles.lead].endswith("còn để trống: ký hiệu («sign»), người ký («post», «authority»)")
    assert of[plan.roles.standing].endswith("còn để trống: người ký («post», «authority»)")  # its sign is the plan's

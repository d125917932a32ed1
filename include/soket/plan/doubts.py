"""What is odd in a plan that can be used all the same: somebody should look, nothing stops."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from soket.plan.calendar import WorkingCalendar
from soket.plan.ended import ended_bodies
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Campaign, Plan, StageKind
from soket.plan.national import EXCHANGES_KNOWN_UNTIL
from soket.plan.papers import issuer_of
from soket.plan.periods import PeriodId, say_periods
from soket.plan.schedule import ladders_in_use, step_moment
from soket.text import fold, format_date


def unannounced_exchanges(plan: Plan) -> Iterator[UnplacedFault]:
    """Find campaigns in years whose exchanged days are not known, and of which the plan says nothing either."""
    told = {day.year for day in (*plan.holidays, *plan.workdays)}
    for index, campaign in enumerate(plan.campaigns):
        for year in range(campaign.opens.year, campaign.closes.year + 1):
            if year > EXCHANGES_KNOWN_UNTIL and year not in told:
                yield UnplacedFault(
                    ("campaigns", index, "opens"),
                    f"chưa biết ngày làm bù, hoán đổi của năm {year}: lịch nhắc tính như không có",
                    "Khi có thông báo, ghi ngày nghỉ vào «holidays», ngày làm bù vào «workdays».",
                )


def days_without_effect(plan: Plan) -> Iterator[UnplacedFault]:
    """Find days off that are off anyway, and days worked that are worked anyway."""
    nation = WorkingCalendar()
    for day in plan.holidays:
        if not nation.is_working_day(day):
            yield UnplacedFault(
                ("holidays", str(day)), f"{format_date(day)} vốn đã là ngày nghỉ", "Bỏ dòng này.", at_key=True
            )
    for day in plan.workdays:
        if nation.is_working_day(day):
            yield UnplacedFault(
                ("workdays", str(day)), f"{format_date(day)} vốn đã làm việc", "Bỏ dòng này.", at_key=True
            )


def steps_never_taken(plan: Plan) -> Iterator[UnplacedFault]:
    """Find steps that fall, in every campaign and for every unit without an extension, outside their time."""
    calendar = WorkingCalendar.of(plan)
    taken: set[tuple[str, int]] = set()
    used: set[str] = set()
    for campaign in plan.campaigns:
        for ladder, stage, last_day in ladders_in_use(plan.in_campaign(campaign), campaign):
            used.add(ladder)
            opening = campaign.stages[stage].opening
            for index, step in enumerate(plan.ladders[ladder]):
                if opening <= step_moment(calendar, last_day, step) < campaign.end:
                    taken.add((ladder, index))
    for ladder in plan.ladders:
        if ladder not in used:
            yield UnplacedFault(
                ("ladders", ladder), "không đơn vị nào theo bậc thang này", "Bỏ, hoặc gán cho khối.", at_key=True
            )
            continue
        for index, step in enumerate(plan.ladders[ladder]):
            if (ladder, index) not in taken:
                yield UnplacedFault(
                    ("ladders", ladder, index),
                    f"bậc «at: {step.at}» không bao giờ gửi, trừ khi gia hạn: ngoài thời gian của giai đoạn, của đợt",
                    "Sửa «at», hoặc mở sớm hơn, kết thúc đợt muộn hơn.",
                )


def campaigns_alike(plan: Plan) -> Iterator[UnplacedFault]:
    """Find campaigns that ask for no new figures, and mail of two open at once that nobody can tell apart."""
    asked: defaultdict[str, set[PeriodId]] = defaultdict(set)
    earlier: list[tuple[Campaign, str]] = []
    for index, campaign in sorted(enumerate(plan.campaigns), key=lambda each: each[1].opens):
        edition = plan.in_campaign(campaign)
        for form in edition.forms:
            if asked[form.code].issuperset(form.years):
                yield UnplacedFault(
                    ("campaigns", index, "code"),
                    f"đợt «{campaign.code}» hỏi lại ở biểu «{form.code}» đúng số liệu của {say_periods(form.years)}, "
                    "các đợt trước đã hỏi",
                    f"Ghi cột của đợt này: own: {{forms: {{{form.code}: {{years: […]}}}}}}.",
                )
            asked[form.code].update(form.years)
        for other, title in earlier:
            if campaign.start < other.end and title == edition.short_title:
                yield UnplacedFault(
                    ("campaigns", index, "code"),
                    f"đợt «{campaign.code}» mở khi đợt «{other.code}» chưa hết mà cùng tên ngắn «{title}»: "
                    "đơn vị không phân biệt được thư của hai đợt",
                    "Ghi tên ngắn của đợt này: own: {short_title: …}.",
                )
        earlier.append((campaign, edition.short_title))


def copies_in_heaps(plan: Plan) -> Iterator[UnplacedFault]:
    """Find steps to single units that copy an office in: it gets as many mails as there are units."""
    units = dict.fromkeys(plan.ladders, 0)
    for unit in plan.units:
        units[plan.ladder_of(unit)] += 1
    for ladder, steps in plan.ladders.items():
        for index, step in enumerate(steps):
            if step.cc and not step.to.superior and units[ladder] > 1:
                yield UnplacedFault(
                    ("ladders", ladder, index, "cc"),
                    f"mỗi nơi ở «cc» sẽ nhận đến {units[ladder]} thư một lần, mỗi đơn vị một thư",
                    "Nếu chỉ cần nắm tình hình: bản tin sáng đã có; hoặc dùng bậc to: leader, lead.",
                )


def shared_mailboxes(plan: Plan) -> Iterator[UnplacedFault]:
    """Find addresses that take the mail of two units or offices: a unit's own desk and head may share one."""
    first: dict[str, DataPath] = {}
    places: list[tuple[DataPath, str]] = [
        (("offices", index, "contact", "email"), office.contact.email) for index, office in enumerate(plan.offices)
    ]
    for index, unit in enumerate(unit for unit in plan.units if not unit.beside):
        places += [
            (("units", index, "contact", "email"), unit.contact.email),
            (("units", index, "head", "email"), unit.head.email),
        ]
    for path, address in places:
        earlier = first.setdefault(address.casefold(), path)
        if earlier[:2] != path[:2]:
            yield UnplacedFault(
                path,
                f"địa chỉ thư «{address}» dùng cho hai nơi",
                "Nếu đúng một hộp thư chung thì để nguyên: người đọc phân biệt thư theo tên đơn vị.",
                first=earlier,
            )


def nobody_else_looks(plan: Plan) -> Iterator[UnplacedFault]:
    """Find a draft that is appraised by the office that wrote it, and by no other."""
    appraisals = plan.stages_of(StageKind.APPRAISE)
    for stage in appraisals:
        draft = plan.draft_of(stage)
        owners = {each.owner for each in appraisals if plan.draft_of(each) == draft}
        if draft is None or owners != {draft.owner}:
            continue
        acts = "soạn thảo, thẩm định và phê duyệt" if stage.owner == plan.roles.standing else "soạn thảo vừa thẩm định"
        yield UnplacedFault(
            ("stages", plan.stages.index(stage), "owner"),
            f"cơ quan «{stage.owner}» vừa {acts}: không nơi nào khác xem dự thảo",
            "Giao thẩm định cho cơ quan khác, hoặc để nguyên nếu Kế hoạch nói vậy.",
        )


_STATE = re.compile(
    r"(?:van phong )?(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)\b|so\b|bo\b|cuc\b|chi cuc\b|thanh tra\b"
)
_PARTY = re.compile(r".*\b(?:(?:tinh|thanh|huyen|thi|dang|quan|xa|phuong) uy|ban can su dang|dang doan)\b")


def papers_left_blank(plan: Plan) -> Iterator[UnplacedFault]:
    """Find offices that sign papers of which the plan does not say whose form they have, or what stands on them."""
    roles = plan.roles
    by_order = [each.owner for each in plan.stages_of(StageKind.CONFER, StageKind.PUBLISH)]
    appraising = [each.owner for each in plan.stages_of(StageKind.APPRAISE)]
    drafts = plan.stages_of(StageKind.DRAFT)
    issuing = [issuer_of(plan, each) for each in drafts if plan.draft_of(each) is None]
    signing = {roles.lead, roles.standing, *appraising, *issuing, *([roles.signer] if roles.signer else by_order)}
    if any(step.letter for steps in plan.ladders.values() for step in steps):
        signing |= {block.leader for block in plan.blocks}
    for index, office in enumerate(plan.offices):
        if office.code not in signing:
            continue
        folded, given = fold(office.name), office.letterhead
        other = "state" if _STATE.match(folded) else "party" if _PARTY.match(folded) else plan.form
        if office.form is None and other != plan.form:
            yield UnplacedFault(
                ("offices", index),
                f"«{office.code}» chưa ghi thể thức văn bản: đang theo kế hoạch là {plan.form}, mà tên thì như {other}",
                f"Ghi «form: {other}», hoặc «form: {plan.form}» nếu đúng vậy.",
            )
        blank = {
            "ký hiệu («sign»)": not given.sign and office.code != roles.standing,
            "người ký («post», «authority»)": not given.post and not given.authority,
        }
        if any(blank.values()):
            words = ", ".join(what for what, missing in blank.items() if missing)
            yield UnplacedFault(
                ("offices", index),
                f"văn bản của «{office.code}» còn để trống: {words}",
                "Ghi ở «letterhead» của cơ quan; điền tay thì để nguyên.",
            )


def press_after_the_conference(plan: Plan) -> Iterator[UnplacedFault]:
    """Find plans of coverage that are due when the conference that they are about is over."""
    for index, campaign in enumerate(plan.campaigns):
        here = plan.in_campaign(campaign)
        for stage in here.stages_of(StageKind.PUBLISH):
            met = [campaign.stages[each.id] for each in here.upstream(stage) if each.kind is StageKind.CONFER]
            due = [here.deadline_of(campaign, stage, unit).last_day for unit in here.units_of(stage)]
            if met and due and max(due) > met[-1].last_day:
                yield UnplacedFault(
                    ("campaigns", index, "stages", stage.id),
                    f"kế hoạch tuyên truyền đến hạn {format_date(max(due))}, sau ngày cuối của hội nghị "
                    f"({format_date(met[-1].last_day)})",
                    "Ghi «ahead: 5» để cơ quan báo chí gửi trước hội nghị 05 ngày làm việc.",
                )


def nobody_to_ring(plan: Plan) -> Iterator[UnplacedFault]:
    """Find a leading office without a telephone: mails and letters to units say whom to ring."""
    for index, office in enumerate(plan.offices):
        if office.code == plan.roles.lead and office.contact.phone is None:
            yield UnplacedFault(
                ("offices", index, "contact"),
                f"đầu mối của «{office.code}» chưa có số điện thoại: công văn, thư gửi đơn vị chỉ ghi địa chỉ thư",
                "Thêm «phone» để đơn vị gọi khi vướng.",
            )


CHECKS = (
    press_after_the_conference,
    nobody_to_ring,
    unannounced_exchanges,
    days_without_effect,
    steps_never_taken,
    campaigns_alike,
    copies_in_heaps,
    shared_mailboxes,
    nobody_else_looks,
    ended_bodies,
    papers_left_blank,
)

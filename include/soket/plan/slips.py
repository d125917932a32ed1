"""What was probably not meant in a plan that can be used: what is left empty, is unseen, long past or on a day off."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from soket.plan.calendar import WorkingCalendar
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Deadline, Plan, StageKind, Unit
from soket.plan.periods import in_order_of_time, say_period
from soket.plan.references import select, texts
from soket.text import UNSEEN, YEAR, as_spelt, fold, format_date, format_day

_SUNDAY = 6
_LONG = 300  # days between a campaign's end and that of its stages: a year written wrong is about so many
_YEAR = re.compile(rf"{YEAR}(?!\d)")


def left_empty(plan: Plan) -> Iterator[UnplacedFault]:
    """Find lists that are written and hold nothing, where nothing says something else than it seems to."""
    if not plan.recipients:
        yield UnplacedFault(("recipients",), "«Nơi nhận» đang để trống", "Ghi các nơi nhận, như in ở cuối văn bản.")
    for index, stage in enumerate(plan.stages):
        if "blocks" in stage.model_fields_set and not stage.blocks:
            words = "«from» để trống: giai đoạn này nhận của mọi khối chưa nơi nào nêu"
            yield UnplacedFault(("stages", index, "from"), words, "Bỏ «from» nếu đúng vậy, hoặc ghi các khối.")


def handed_to_oneself(plan: Plan) -> Iterator[UnplacedFault]:
    """Find appraisals whose office hands what it appraised to itself."""
    for index, stage in enumerate(plan.stages):
        if stage.kind is StageKind.APPRAISE and stage.owner == stage.receiver:
            yield UnplacedFault(
                ("stages", index, "receiver"),
                f"«{stage.owner}» thẩm định rồi trình chính mình: thư, tờ trình ghi nơi trình và nơi nhận là một",
                "Ghi «receiver» là nơi ký, ban hành hoặc cho ý kiến tiếp; đúng vậy thì để nguyên.",
            )


def papers_without_a_committee(plan: Plan) -> Iterator[UnplacedFault]:
    """Find papers of the Party that lack the line of its committee."""
    for code in (plan.roles.lead, plan.roles.standing):
        office = plan.office(code)
        given, form = office.letterhead, office.form or plan.form
        if form == "party" and not (plan.party_committee or given.agency or given.parent):
            words = f"văn bản của «{code}» theo thể thức của Đảng mà kế hoạch chưa ghi dòng cơ quan («party_committee»)"
            hint = "Thêm «party_committee: TỈNH ỦY …» ở đầu tệp; là văn bản nhà nước thì ghi «form: state»."
            yield UnplacedFault(("party_committee",), words, hint)
            return


def names_without_marks(plan: Plan) -> Iterator[UnplacedFault]:
    """Find units that have another's name without some of its marks: probably the same, written in haste."""
    alike: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in plan.units:
        alike[fold(unit.name)].append(unit)
    for index, unit in enumerate(plan.units):
        other = next((each for each in alike[fold(unit.name)] if _lacks_marks(unit.name, each.name)), None)
        if other and not unit.beside:
            yield UnplacedFault(
                ("units", index, "name"),
                f"«{unit.name}» khác «{other.name}» chỉ ở chỗ thiếu dấu: một đơn vị ghi hai lần?",
                "Ghi đủ dấu, hoặc bỏ một đơn vị; hai nơi khác nhau thì để nguyên.",
            )


def _lacks_marks(name: str, other: str) -> bool:
    """Whether each word is as in another name or has no marks at all, as "Krong Pac" beside "Krông Pắc"."""
    pairs = zip(as_spelt(name).split(), as_spelt(other).split(), strict=False)
    differing = [word for word, beside in pairs if word != beside]
    return bool(differing) and all(word.isascii() for word in differing)


def targets_long_past(plan: Plan) -> Iterator[UnplacedFault]:
    """Find targets that were to be reached before the first column of their form, in every campaign."""
    editions = [form for campaign in plan.campaigns for form in plan.in_campaign(campaign).forms]
    for at, form in enumerate(plan.forms):
        asked = [year for each in (form, *editions) if each.code == form.code for year in each.years]
        for index, indicator in enumerate(form.indicators):
            if indicator.target and in_order_of_time([indicator.target.year, *asked])[0] not in asked:
                yield UnplacedFault(
                    ("forms", at, "indicators", index, "target", "year"),
                    f"mục tiêu của {say_period(indicator.target.year)}, trước mọi cột của biểu: không có số nào để so",
                    "Xem lại năm của mục tiêu.",
                )


def due_on_days_off(plan: Plan) -> Iterator[UnplacedFault]:
    """Find dates until which units and offices work that are Sundays or days off of the whole country."""
    calendar = WorkingCalendar.of(plan)
    for index, campaign in enumerate(plan.campaigns):
        for stage in plan.in_campaign(campaign).stages:
            if stage.kind not in (StageKind.COLLECT, StageKind.DRAFT, StageKind.APPRAISE):
                continue
            dates, here = campaign.stages[stage.id], ("campaigns", index, "stages", stage.id)
            owns: list[tuple[DataPath, Deadline]] = [(here, dates)]
            owns += [((*here, "blocks", code), own) for code, own in dates.blocks.items()]
            owns += [((*here, "units", code), own) for code, own in dates.units.items()]
            for path, own in owns:
                if own.by and (why := _off(calendar, own.by)):
                    before = format_day(calendar.add_working_days(own.by, 0))
                    hint = f"Ngày làm việc liền trước: {before}. Đúng vậy thì để nguyên."
                    yield UnplacedFault((*path, "by"), f"hạn cuối {format_date(own.by)} là {why}", hint)


def apart_from_its_stages(plan: Plan) -> Iterator[UnplacedFault]:
    """Find campaigns that open long before their first stage, close long after the last, or bear another year."""
    for index, campaign in enumerate(plan.campaigns):
        first = min(each.opens for each in campaign.stages.values())
        last = max(each.last_day for each in campaign.stages.values())
        if (first - campaign.opens).days > _LONG:
            words = f"đợt mở {format_date(campaign.opens)} mà giai đoạn đầu mở {format_date(first)}"
            yield UnplacedFault(("campaigns", index, "opens"), words, "Xem lại năm; đúng vậy thì để nguyên.")
        if (campaign.closes - last).days > _LONG:
            words = f"đợt hết {format_date(campaign.closes)} mà giai đoạn cuối hết {format_date(last)}"
            yield UnplacedFault(("campaigns", index, "closes"), words, "Xem lại năm; đúng vậy thì để nguyên.")
        years = range(campaign.opens.year - 1, campaign.closes.year + 1)
        if (found := _YEAR.match(campaign.code)) and int(found[0]) not in years:
            words = f"mã đợt «{campaign.code}» mà đợt mở {format_date(campaign.opens)}"
            yield UnplacedFault(("campaigns", index, "code"), words, "Xem lại mã: nó đứng trong tên thư mục, luồng.")


def days_off_out_of_time(plan: Plan) -> Iterator[UnplacedFault]:
    """Find days off and days worked of years in which no campaign runs."""
    years = {year for each in plan.campaigns for year in range(each.opens.year, each.closes.year + 1)}
    for key, days in (("holidays", plan.holidays), ("workdays", plan.workdays)):
        for day in days:
            if day.year not in years:
                words = f"ngày {format_date(day)} không thuộc năm của đợt nào"
                yield UnplacedFault((key, str(day)), words, "Xem lại năm, hoặc bỏ dòng này.", at_key=True)


def _off(calendar: WorkingCalendar, day: date) -> str:
    if day.weekday() == _SUNDAY:
        return "Chủ nhật"
    return "" if day.weekday() == _SUNDAY - 1 or calendar.is_working_day(day) else "ngày nghỉ"


def unseen(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find texts with characters that nobody sees: they come of copying, and what holds them is found by no search."""
    for path, text in texts(data):
        if found := next((sign for sign in text if sign in UNSEEN), None):
            words = f"có ký tự không nhìn thấy (U+{ord(found):04X})"
            yield UnplacedFault(path, words, "Thường do chép từ trang mạng, tệp PDF: xóa đi, gõ lại chỗ ấy.")


def wholes_and_more(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find bodies of earlier that went over whole to one unit, and to another as well."""
    heirs: defaultdict[str, list[tuple[DataPath, object]]] = defaultdict(list)
    for path, each in select(data, "units.*.predecessors.*"):
        if isinstance(each, dict) and isinstance(each.get("unit"), str):
            heirs[each["unit"]].append((path, each.get("share")))
    for unit, places in heirs.items():
        whole = next((path for path, share in places if share == 1), None)
        for path, share in places:
            if whole and share is None:
                message = f"«{unit}» đã thuộc về nơi khác cả rồi (share: 1)"
                yield UnplacedFault(path, message, "Bỏ ở một nơi, hoặc ghi phần của từng nơi.", first=whole)


CHECKS = (
    left_empty,
    handed_to_oneself,
    papers_without_a_committee,
    names_without_marks,
    targets_long_past,
    due_on_days_off,
    apart_from_its_stages,
    days_off_out_of_time,
)
"""What is looked for in a plan as it was read."""

OF_DATA = (unseen, wholes_and_more)
"""What is looked for in its data, or a directory's, as it was written."""

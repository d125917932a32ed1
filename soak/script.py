"""What becomes of a soaked plan's units and what its officials do: the demonstration's script, drawn for any plan."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import yaml

from bench.plans import CAMPAIGN
from demo.samples.folder import write_samples
from demo.scenario import Answer, Content, OfficialDraft, Officials, Scenario, Send, Spread, Story
from soket.clock import VIETNAM
from soket.plan.model import Duty, Plan
from soket.record.standing import Standing

# Days after the opening, as in the repository's own plan: reports are due before day 18, the conference is on day 42.
_SPREAD, _RUSH, _COVERAGE = (2, 17), 0.35, (21, 30)
_LATE = (18, 21, 22, 25)
_DRAFT, _APPRAISAL, _FORMAT, _REPLY_BY, _CONFERENCE = 21, 31, 35, 39, 42

# Of twenty units in turn.
_NEVER, _NEVER_AGAIN = (1,), (7,)
_RETURNED = {2: Content.TOTAL_DIFFERS, 9: Content.TRUNCATED, 16: Content.WITHOUT_TABLE}
_LATE_ONES = (4, 14)


def script(plan: Plan, number: int) -> Scenario:
    """Return the script of a plan's campaign; `number` draws the figures and days of those who send in time."""
    opens = plan.campaign(CAMPAIGN).opens
    reporting = [unit.code for unit in plan.units if unit.owes is Duty.REPORT]
    stories = [_story(code, index, opens) for index, code in enumerate(reporting)]
    return Scenario(
        plan=plan.id,
        campaign=CAMPAIGN,
        seed=number,
        pace="",
        spread=Spread(first=_day(opens, _SPREAD[0]), last=_day(opens, _SPREAD[1]), rush_share=_RUSH),
        coverage=Spread(first=_day(opens, _COVERAGE[0]), last=_day(opens, _COVERAGE[1]), rush_share=0),
        stories=tuple(story for story in stories if story),
        officials=Officials(
            drafts=(
                OfficialDraft(not_before=_at(opens, _DRAFT, 8), adds="Ý kiến của cơ quan soạn thảo.", cleaned=True),
            ),
            appraisals=(_answer(opens, _APPRAISAL, "Đồng ý trình"),),
            conference=(
                _answer(
                    opens,
                    _FORMAT,
                    "Trực tuyến",
                    day=str(_day(opens, _CONFERENCE)),
                    reply_by=str(_day(opens, _REPLY_BY)),
                    place="Hội trường Tỉnh ủy",
                ),
            ),
        ),
    )


def write_script(folder: Path, scenario: Scenario) -> Path:
    """Write a script and the files of each of its sendings; return where the script stands."""
    folder.mkdir(parents=True)
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(scenario.model_dump(mode="json"), allow_unicode=True), encoding="utf-8")
    write_samples(path)
    return path


def _story(code: str, index: int, opens: date) -> Story | None:
    """Return what a unit does by its place among all; None for those who send something good in time."""
    place = index % 20
    if place in _NEVER:
        return Story(unit=code, about="Không gửi.", ends=Standing.NOT_SENT)
    if place in _NEVER_AGAIN:
        wrong = Send(at=_at(opens, 9, 10), content=Content.TOTAL_DIFFERS)
        return Story(unit=code, about="Được trả lại, không gửi lại.", sends=(wrong,), ends=Standing.RETURNED)
    if place in _RETURNED:
        wrong = Send(at=_at(opens, 2 + index % 3, 10), content=_RETURNED[place])
        right = Send(at=_at(opens, 14 + index % 3, 10), content=Content.GOOD)
        return Story(unit=code, about="Được trả lại, sửa rồi gửi lại.", sends=(wrong, right), ends=Standing.ACCEPTED)
    if place in _LATE_ONES:
        late = Send(at=_at(opens, _LATE[index % len(_LATE)], 10), content=Content.GOOD)
        return Story(unit=code, about="Gửi muộn.", sends=(late,), ends=Standing.ACCEPTED)
    return None


def _answer(opens: date, after: int, option: str, **fields: str) -> Answer:
    told = {"reason": "Ví dụ.", "document_number": "ví dụ 01-TB/VPTU", **fields}
    return Answer(not_before=_at(opens, after, 8), option=option, fields=told)


def _day(opens: date, after: int) -> date:
    return opens + timedelta(days=after)


def _at(opens: date, after: int, hour: int) -> datetime:
    return datetime.combine(_day(opens, after), time(hour), VIETNAM)

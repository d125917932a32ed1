"""The blocks of the plan being written, with their units: from the directory, from the paper, or from answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from soket.plan.dates import Deadline
from soket.plan_reading.asking import OpenQuestion
from soket.plan_reading.groups import BodyGroup
from soket.plan_reading.known import Known
from soket.plan_reading.passages import Passage
from soket.plan_reading.review_step import ReviewStep
from soket.plan_reading.written_date import When
from soket.plan_reading.yaml_text import Flow, noted

LADDER = "bac_thang_bao_cao"
_NAMED = BodyGroup("co_quan_neu_ten", "Cơ quan, đơn vị nêu tên trong Kế hoạch", "")
_PRESS = BodyGroup("bao_chi", "Cơ quan báo chí", "", press=True)
_SOMEBODY = BodyGroup("don_vi", "Đơn vị báo cáo", "")


Dated = tuple[When | None, Passage | None]  # what a paper says is the date of a block, and where


@dataclass
class Blocks:
    """Blocks in their order, all followed up by one office."""

    known: Known
    leader: str
    entries: list[object] = field(default_factory=list)
    _codes: set[str] = field(default_factory=set)

    def of_reports(self, step: ReviewStep) -> dict[str, Dated]:
        """Add the blocks of those who report in a step; return their codes, each with its date and who says it."""
        found: dict[str, Dated] = {}
        for group, when, passage in step.groups.values():
            found[self._add(group, passage.place)] = when, passage
        for (when, passage), names in self._by_date(step).items():
            named = next(each for number in range(1, 99) if (each := _numbered(_NAMED, number)).code not in self._codes)
            found[self._add(named, passage.place, names)] = when, passage
        if not found:
            self.known.asking.leave_open("các đơn vị phải báo cáo")
            return {self._add(_SOMEBODY, "CHƯA CÓ: các đơn vị phải báo cáo"): (None, None)}
        return found

    def _by_date(self, step: ReviewStep) -> dict[tuple[When | None, Passage], list[str]]:
        """Return the names of those who report by name, those with one date together."""
        found: dict[tuple[When | None, Passage], list[str]] = {}
        for body, when, passage in step.named:
            same = next((each for each in found if _deadline(each[0]) == _deadline(when)), (when, passage))
            name, names = self.known.name_of(body, passage.place), found.setdefault(same, [])
            if not any(name in each for each in found.values()):
                names.append(name)
        return {same: names for same, names in found.items() if names}

    def of_press(self, step: ReviewStep) -> None:
        """Add the press that a step names, as a group or each by its name."""
        where = "; ".join(passage.place for passage in step.passages)
        if step.groups:
            self._add(_PRESS, where)
        elif step.named:
            self._add(_PRESS, where, self._names(step))

    def _names(self, step: ReviewStep) -> list[str]:
        return list(dict.fromkeys(self.known.name_of(body, passage.place) for body, _, passage in step.named))

    def _add(self, group: BodyGroup, note: str, names: list[str] | None = None) -> str:
        if group.code in self._codes:
            return group.code
        self._codes.add(group.code)
        entry: dict[str, object] = {"code": group.code, "name": group.name, "leader": self.leader, "ladder": LADDER}
        self.entries.append(noted(entry, note))
        known, taken = self.known, None if names else self.known.group(group)
        if taken:
            entry["group"] = taken
        else:
            if known.directory and names is None:
                known.unmatched.append(f"khối {group.name}")
            if listed := self._units(group, names if names is not None else self._asked(group)):
                entry["units"] = Flow(listed)
        if group.press and {"group", "units"} & entry.keys():
            entry["owes"] = "coverage_plan"
        return group.code

    def _asked(self, group: BodyGroup) -> list[str]:
        """Return the units that an answer names."""
        words = f"Các đơn vị của khối «{group.name}» (cách nhau bằng dấu chấm phẩy)?"
        answer = self.known.asking.ask(OpenQuestion(f"don_vi_{group.code}", words, "một đơn vị ví dụ"))
        return [name.strip() for name in re.split(r"[;\n]", answer) if name.strip()]

    def _units(self, group: BodyGroup, names: list[str]) -> list[str]:
        """Return the codes of units that the directory has; write the others out."""
        found = {name: self.known.unit(name) for name in names}
        for name, code in found.items():
            if code is None:
                self.known.write_unit(name, group)
        if not names:
            self.known.write_unit(f"Đơn vị ví dụ của khối {group.name}", group, example=True)
        return [code for code in found.values() if code]


def _deadline(when: When | None) -> Deadline | None:
    return when.deadline if when else None


def _numbered(group: BodyGroup, number: int) -> BodyGroup:
    if number == 1:
        return group
    return replace(group, code=f"{group.code}_{number}", name=f"{group.name}, nhóm {number}")

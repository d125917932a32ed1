"""Plans of the former shape, and with years mistyped, are told all that is wrong, and how they are written now."""

from __future__ import annotations

import re

from .conftest import SMALL as TEXT
from .conftest import Checked

LISTED = TEXT[TEXT.index("stages:\n") : TEXT.index("ladders:\n")]
FORMER = """stages:
  unit_reports: {title: Báo cáo, owner: tuyen_giao, receiver: van_phong, delivers: Báo cáo, source: II.2}
  ubnd_draft: {title: Dự thảo, owner: tuyengiao, receiver: van_phong, delivers: Dự thảo, source: III.2}
  vptu_appraisal: {title: Thẩm định, owner: van_phong, receiver: van_phong, delivers: Báo cáo, source: III.3}
  conference: {title: Hội nghị, owner: van_phong, receiver: van_phong, delivers: Hội nghị, source: II.2}
  communications: {title: "Báo, đài", owner: tuyen_giao, receiver: tuyen_giao, delivers: Kế hoạch, source: III.5}
"""
OLD = TEXT.replace(LISTED, FORMER).replace("  operator:", "  drafter: tuyen_giao\n  appraiser: van_phong\n  operator:")


def test_a_plan_of_the_former_shape_is_told_every_other_fault_too(checked: Checked) -> None:
    assert [each.path for each in checked(OLD)] == [
        "roles.drafter",
        "roles.appraiser",
        "stages",
        "stages.ubnd_draft.owner",
    ]
    assert checked(OLD)[-1].nearest == "tuyen_giao"
    assert "tuyengiao" in dict(checked(OLD)[-1].excerpt)[checked(OLD)[-1].line]


def test_written_as_it_is_told_it_is_sound(checked: Checked) -> None:
    (told,) = (each for each in checked(OLD) if each.path == "stages")
    written = told.hint.partition("\n")[2].replace("\n  ", "\n").removeprefix("  ")
    text = (
        re.sub(r"  (?:drafter|appraiser): \w+\n", "", OLD)
        .replace(FORMER, f"{written}\n")
        .replace("tuyengiao", "tuyen_giao")
    )
    assert [str(each) for each in checked(text)] == []


def test_a_year_mistyped_keeps_nothing_else_from_being_told(checked: Checked) -> None:
    text = TEXT.replace("opens: 2021-10-18", "opens: 0221-10-18").replace("    block: so\n", "    block: soo\n")
    assert [each.path for each in checked(text)] == [
        "units[1].block",
        "campaigns[0].opens",
        "campaigns[0].stages.unit_reports.opens",
        "campaigns[0].stages.communications.opens",
    ]

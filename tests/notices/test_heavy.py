"""A product too heavy for mail stays in the bucket, and the mail says where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from record.story import consolidated
from soket.notices.compose import draft_notice
from soket.notices.facts import HEAVIEST
from soket.record.keeping import read_register
from soket.record.products import EVIDENCE, WORKING_DRAFT

if TYPE_CHECKING:
    from record.story import Story


def test_what_is_too_heavy_for_mail_is_told_of_and_not_sent(after: Story) -> None:
    desk = after(consolidated)
    workspace = desk()
    register, stage = read_register(workspace), desk.plan.stage("ubnd_draft")
    working = register.of(stage).record("working")
    assert working is not None
    light = draft_notice(workspace, register, stage, working)
    assert EVIDENCE in {each.name for each in light.attachments}
    assert "heavy" not in light.context

    key = next(each for each in working.products if each.endswith(EVIDENCE))
    workspace.store.put(key, bytes(HEAVIEST + 1))
    heavy = draft_notice(workspace, register, stage, working)
    names = {each.name for each in heavy.attachments}
    assert EVIDENCE not in names
    assert WORKING_DRAFT in names
    assert heavy.context["heavy"] == [f"{EVIDENCE} (3,8 MB), khóa {key}"]
    assert heavy.id == light.id

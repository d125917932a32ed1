"""Who owes what: duties that no unit has by itself, and stages and campaigns that nobody owes anything to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from soket.plan.fault import UnplacedFault
from soket.plan.flow_checks import asked_by, stages_in
from soket.plan.model import Duty, StageKind
from soket.plan.references import names, select


def check_duties(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find units that are to owe a document by themselves: that is what a stage asks for beside their report."""
    for path, duty in names(data, "units.*.owes"):
        if duty == Duty.DOCUMENT:
            yield UnplacedFault(
                path,
                "đơn vị không ghi «owes: document»: văn bản nộp thêm là do giai đoạn hỏi, ngoài báo cáo",
                "Ghi giai đoạn nhận nó là «kind: collect, takes: document», nêu khối, đơn vị ở «from»; ở đây ghi đơn "
                "vị báo cáo thế nào («report», «own_review», «nil_return»), hoặc bỏ «owes».",
            )


def check_owing(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find stages that wait for units of which none owes anything, and campaigns in which none does."""
    units = [unit for _, unit in select(data, "units.*") if isinstance(unit, dict)]
    blocks = {str(unit.get("code")): str(unit.get("block")) for unit in units}
    exempt = {str(unit.get("code")) for unit in units if unit.get("owes") == Duty.EXEMPT}
    known = {name for _, name in names(data, "blocks.*.code")}
    if {*blocks.values()} != known:
        return  # told elsewhere: a unit of no block may yet owe something, a block of no unit yet have some
    owed = {code: asked["units"] - exempt for code, asked in asked_by(data).items()}
    collecting = [(path, stage) for path, stage in stages_in(data) if stage.kind is StageKind.COLLECT]
    for path, stage in collecting:
        if not owed[stage.id] and (known | blocks.keys()).issuperset(stage.blocks):
            yield UnplacedFault(
                (*path, "from") if stage.blocks else path,
                f"không đơn vị nào nợ gì giai đoạn «{stage.id}»: được miễn cả, nợ việc khác hoặc nộp nơi khác",
                "Sửa «from», «owes» của đơn vị, hoặc bỏ giai đoạn.",
            )
    for path, campaign in select(data, "campaigns.*"):
        out = {code for _, code in names(campaign, "own.without.*")}
        there = {code for _, code in names(campaign, "stages.@")}
        owing = {unit for _, stage in collecting if stage.id in there for unit in owed[stage.id]}
        if out and owing and all(out & {unit, blocks[unit]} for unit in owing):
            message = "đợt này không còn đơn vị nào phải nộp gì"
            yield UnplacedFault((*path, "own", "without"), message, "Bỏ bớt khối, đơn vị khỏi «without».")


CHECKS = (check_duties, check_owing)

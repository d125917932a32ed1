"""What a plan says of its stages that makes no sense: circles, stages out of reach, units that two stages ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from soket.plan.bodies import BESIDE
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Duty, StageKind
from soket.plan.references import circles, names, select, sound, twice, unknown
from soket.plan.schema_errors import listed
from soket.plan.stages import MOST_STAGES, Stage, dated, nearest_drafts, upstream
from soket.plan.strict import LONGEST_CODE
from soket.text import ascii_slug

Placed = list[tuple[DataPath, Stage]]

_ASKING = (StageKind.COLLECT, StageKind.PUBLISH)
_NAMES_OF_DAGS = ("intake", "monitor", "provisional", "actions")  # that every plan has beside its stages'


def stages_in(data: dict[str, Any]) -> Placed:
    """Return the stages of a file, with their paths; none where one of them is told of elsewhere."""
    if not isinstance(data.get("stages"), list) or len(data["stages"]) > MOST_STAGES:
        return []
    found = list(sound(data, "stages.*", Stage))
    known = {stage.id for _, stage in found}
    whole = len(found) == len(data["stages"]) == len(known)
    return found if whole and all(known.issuperset(stage.after) for _, stage in found) else []


def asked_by(data: dict[str, Any]) -> dict[str, dict[str, set[str]]]:
    """Return the blocks and units that hand something in to each stage that asks; none where a stage is wrong."""
    asking = [stage for _, stage in stages_in(data) if stage.kind in _ASKING]
    found: dict[str, dict[str, set[str]]] = {stage.id: {"blocks": set(), "units": set()} for stage in asking}
    for _, unit in select(data, "units.*"):
        if not (isinstance(unit, dict) and isinstance(unit.get("code"), str) and isinstance(unit.get("block"), str)):
            continue
        kind = StageKind.PUBLISH if unit.get("owes") == Duty.COVERAGE_PLAN else StageKind.COLLECT
        of_kind = [stage for stage in asking if stage.kind is kind]
        reports = [stage for stage in of_kind if stage.takes == "report"]
        by_code = [stage for stage in reports if unit["code"] in stage.blocks]
        named = by_code or [stage for stage in reports if unit["block"] in stage.blocks]
        beside = [stage for stage in of_kind if stage.takes == "document" and _asks(stage, unit)]
        for stage in (*(named or [stage for stage in reports if not stage.blocks]), *beside):
            found[stage.id]["blocks"].add(unit["block"])
            found[stage.id]["units"].add(unit["code"])
    return found


def _asks(stage: Stage, unit: dict[str, Any]) -> bool:
    return not stage.blocks or unit["block"] in stage.blocks or unit["code"] in stage.blocks


def in_circles(stages: list[Stage]) -> list[tuple[str, ...]]:
    """Return the circles that stages go in, each stage behind the one that follows it."""
    return circles({stage.id: stage.after for stage in stages})


def check_names_of_stages(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find dates of stages that there are not, and stages that would share a name with another DAG or asset."""
    known = [name for _, name in names(data, "stages.*.id")]
    for path, name in names(data, "campaigns.*.stages.@") if isinstance(data.get("stages"), list) else ():
        if name not in known:
            found = unknown(path, name, "giai đoạn", known)
            yield UnplacedFault(found.path, found.message, found.hint, found.nearest, at_key=True)
    slugs = [(path, ascii_slug(title)) for path, title in names(data, "stages.*.title")]
    yield from twice(slugs, "hai giai đoạn có tên giống nhau khi bỏ dấu («{name}»)", "Mỗi giai đoạn một tên riêng.")
    for path, name in names(data, "stages.*.id"):
        if name in _NAMES_OF_DAGS:
            hint = f"Không dùng: {listed(list(_NAMES_OF_DAGS))}."
            yield UnplacedFault(path, f"mã giai đoạn «{name}» trùng tên một DAG của mọi kế hoạch", hint)


def check_flow(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find circles, and stages that do not come out of what they work on."""
    placed = stages_in(data)
    stages = [stage for _, stage in placed]
    if found := in_circles(stages):
        yield from (_circle(placed, circle) for circle in found)
        return
    if placed and not any(map(_takes_reports, stages)):
        yield _nobody_reports(placed)
    else:
        for path, stage in placed:
            yield from _of_kind(path, stage, stages)
    publishing = [path for path, stage in placed if stage.kind is StageKind.PUBLISH]
    for path in publishing[1:]:
        message = "hai giai đoạn kind: publish, trong khi một đợt chỉ lưu trữ một lần"
        yield UnplacedFault((*path, "kind"), message, "Bỏ một giai đoạn.", first=publishing[0])


def _circle(placed: Placed, circle: tuple[str, ...]) -> UnplacedFault:
    """Return the fault of a circle, at a stage of it that follows one further down: that is probably the slip."""
    at = {stage.id: index for index, (_, stage) in enumerate(placed)}
    pairs = list(zip(circle, (*circle[1:], circle[0]), strict=True))
    code, later = next(pair for pair in pairs if at[pair[0]] <= at[pair[1]])
    way = ", ".join(f"«{stage}» sau «{before}»" for stage, before in pairs)
    hint = f"Bỏ một chỗ «after» trong vòng ấy; có lẽ là «{later}» ở đây."
    return UnplacedFault((*placed[at[code]][0], "after"), f"giai đoạn «{code}» theo sau chính nó: {way}", hint)


def _nobody_reports(placed: Placed) -> UnplacedFault:
    """Return the fault of stages of which none takes reports: what else is wrong with them comes of that."""
    message = "không giai đoạn nào nhận báo cáo của các đơn vị"
    for path, stage in placed:
        if stage.kind is StageKind.COLLECT:
            hint = "Bỏ «takes: document» ở giai đoạn nhận báo cáo; văn bản nộp thêm là ngoài báo cáo."
            return UnplacedFault((*path, "takes"), f"{message}: chỉ có «takes: document»", hint, at_key=True)
    return UnplacedFault(("stages",), message, "Thêm một giai đoạn kind: collect.", at_key=True)


def _of_kind(path: DataPath, stage: Stage, stages: list[Stage]) -> Iterator[UnplacedFault]:
    before = upstream(stages, stage)
    drafts = nearest_drafts(stages, stage)
    here = (*path, "after") if stage.after else path
    if stage.blocks and stage.kind not in _ASKING:
        yield UnplacedFault((*path, "from"), "chỉ giai đoạn collect, publish mới ghi «from»", "Bỏ «from».", at_key=True)
    if stage.takes == "document" and stage.kind is not StageKind.COLLECT:
        words = "chỉ giai đoạn collect mới ghi «takes: document»"
        yield UnplacedFault((*path, "takes"), words, "Bỏ «takes».", at_key=True)
    if stage.kind is StageKind.DRAFT and not any(map(_takes_reports, before)):
        collects = [each.id for each in stages if _takes_reports(each)]
        message = f"dự thảo «{stage.id}» không theo sau giai đoạn nhận báo cáo nào"
        yield UnplacedFault(here, message, f"Ghi «after» một trong: {listed(collects)}.")
    if stage.kind is StageKind.APPRAISE and not drafts:
        known = [each.id for each in stages if each.kind is StageKind.DRAFT]
        message = f"thẩm định «{stage.id}» không theo sau dự thảo nào"
        yield UnplacedFault(here, message, f"Ghi «after» một trong: {listed(known)}." if known else "")
    if stage.kind in (StageKind.DRAFT, StageKind.APPRAISE) and len(drafts) > 1:
        message = f"«{stage.id}» theo sau nhiều dự thảo cùng lúc: {listed([each.id for each in drafts])}"
        yield UnplacedFault(
            here, message, "Mỗi giai đoạn làm việc trên một dự thảo: bỏ bớt, hoặc nối các dự thảo với nhau."
        )
    if stage.returns_to is None:
        return
    allowed = [each.id for each in before if each.kind is StageKind.DRAFT]
    if stage.kind is not StageKind.APPRAISE:
        yield UnplacedFault(
            (*path, "returns_to"), "chỉ giai đoạn thẩm định (appraise) mới trả lại", "Bỏ «returns_to».", at_key=True
        )
    elif stage.returns_to not in allowed and any(each.id == stage.returns_to for each in stages):
        message = f"trả lại cho «{stage.returns_to}», không phải dự thảo mà «{stage.id}» theo sau"
        yield UnplacedFault((*path, "returns_to"), message, f"Dùng được: {listed(allowed)}." if allowed else "")


def _takes_reports(stage: Stage) -> bool:
    return stage.kind is StageKind.COLLECT and stage.takes == "report"


def check_units_asked(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find blocks that no stage asks, or two: what a unit owes is owed to one stage."""
    placed = stages_in(data)
    reports = [(path, stage) for path, stage in placed if _takes_reports(stage)]
    for kind, asking in (
        (StageKind.COLLECT, reports),
        (StageKind.PUBLISH, [(path, stage) for path, stage in placed if stage.kind is StageKind.PUBLISH]),
    ):
        for_the_rest = [path for path, stage in asking if not stage.blocks]
        for path in for_the_rest[1:] if kind is StageKind.COLLECT else ():
            message = "hai giai đoạn nhận báo cáo đều không ghi «from»: một đơn vị nợ hai nơi"
            yield UnplacedFault(path, message, "Ghi «from: [khối, …]» ở một giai đoạn.", first=for_the_rest[0])
        named = [((*path, "from", at), block) for path, stage in asking for at, block in enumerate(stage.blocks)]
        hint = "Báo cáo nộp cho một giai đoạn; văn bản nộp thêm thì ghi «takes: document» ở giai đoạn kia."
        yield from twice(named, "khối «{name}» nộp cho hai giai đoạn", hint)
        if reports and not for_the_rest:
            yield from _not_asked(data, placed, kind, {block for _, block in named})


def _not_asked(data: dict[str, Any], placed: Placed, kind: StageKind, named: set[str]) -> Iterator[UnplacedFault]:
    """Find blocks of which some unit owes what a kind of stage takes, and no stage names block or unit."""
    press = kind is StageKind.PUBLISH
    owing: dict[str, set[str]] = {}
    for _, unit in select(data, "units.*"):
        if isinstance(unit, dict) and (unit.get("owes") == Duty.COVERAGE_PLAN) is press:
            owing.setdefault(str(unit.get("block")), set()).add(str(unit.get("code")))
    beside = [stage for _, stage in placed if stage.kind is kind is StageKind.COLLECT and not _takes_reports(stage)]
    for path, block in names(data, "blocks.*.code"):
        if block in named or owing.get(block, set()) <= named:
            continue
        what = "nhận kế hoạch tuyên truyền (publish)" if press else "nhận báo cáo (collect)"
        message = f"không giai đoạn nào {what} của khối «{block}»"
        hint = "Thêm khối vào «from» của một giai đoạn, hoặc thêm giai đoạn."
        if also := next((stage.id for stage in beside if block in stage.blocks), None):
            message += f"; «{also}» chỉ nhận văn bản nộp thêm (takes: document)"
            hint = f"Khối chỉ nộp văn bản ấy thì bỏ «takes: document» ở «{also}»: đó là báo cáo của khối. {hint}"
        yield UnplacedFault(path, message, hint)


def check_lengths(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find codes too long together: what a unit owes beside its report has one made of its own and the stage's."""
    asked = asked_by(data)
    for path, stage in stages_in(data):
        units = asked[stage.id]["units"] if stage.kind is StageKind.COLLECT and stage.takes == "document" else ()
        longest = max(units, key=len, default="")
        if (length := len(longest) + len(BESIDE) + len(stage.id)) > LONGEST_CODE and longest:
            most = LONGEST_CODE - len(BESIDE)
            message = f"mã giai đoạn «{stage.id}» ghép với mã đơn vị «{longest}» thành {length} chữ, quá dài"
            hint = f"Mã của văn bản nộp thêm ghép từ hai mã ấy: cộng lại nhiều nhất {most} chữ. Rút ngắn một trong hai."
            yield UnplacedFault((*path, "id"), message, hint)


def check_campaigns(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find stages that no campaign ever opens, and campaigns that leave out what another stage of theirs needs."""
    placed = stages_in(data)
    stages = [stage for _, stage in placed]
    known, opened = {stage.id: stage for stage in stages}, set[str]()
    if not placed or in_circles(stages):
        return
    for path, dates in select(data, "campaigns.*.stages"):
        if not isinstance(dates, dict) or not known.keys() >= {*map(str, dates)}:
            return  # told elsewhere: what has a wrong name may be any of the others
        opened.update(map(str, dates))
        there = dated(stages, [str(code) for code in dates])
        if not any(stage.kind is StageKind.COLLECT for stage in there):
            codes = listed([stage.id for stage in stages if stage.kind is StageKind.COLLECT])
            yield UnplacedFault(path, "đợt không có giai đoạn nhận báo cáo nào", f"Ghi ngày cho một trong: {codes}.")
            continue
        for stage in there:
            lacks = {StageKind.DRAFT: StageKind.COLLECT, StageKind.APPRAISE: StageKind.DRAFT}.get(stage.kind)
            wanted = [each.id for each in upstream(stages, known[stage.id]) if each.kind is lacks]
            if wanted and not any(each.id in wanted for each in there):
                message = f"đợt có «{stage.id}» mà không có giai đoạn nào nó theo sau"
                hint = f"Ghi ngày cho {listed(wanted)}, hoặc bỏ giai đoạn này."
                yield UnplacedFault((*path, stage.id), message, hint)
    if opened:
        for path, stage in placed:
            if stage.id not in opened:
                message = f"không đợt nào ghi ngày cho giai đoạn «{stage.id}»: nó không bao giờ mở"
                yield UnplacedFault(path, message, "Ghi ngày của nó ở «campaigns», hoặc bỏ giai đoạn.")


CHECKS = (check_names_of_stages, check_flow, check_units_asked, check_lengths, check_campaigns)

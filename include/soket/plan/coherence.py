"""What a plan's parts mean together: parts played, days and limits that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.flow_checks import stages_in
from soket.plan.model import Duty, Quantities, StageKind
from soket.plan.references import names, select, sound
from soket.plan.rights import OF_STAGES, QUESTIONS, Rights
from soket.plan.schema_errors import listed

_ANSWERING = {StageKind.APPRAISE: "thẩm định", StageKind.CONFER: "chọn hình thức hội nghị"}


def check_accounts(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find what nobody can do: of the offices that may, none has an account."""
    accounts = {
        office["code"]: office.get("account")
        for _, office in select(data, "offices.*")
        if isinstance(office, dict) and isinstance(office.get("code"), str)
    }
    roles = {str(path[1]): [office] for path, office in names(data, "roles.*")}
    stages = stages_in(data)
    for part, kind in OF_STAGES.items():
        roles[part] = [stage.owner for _, stage in stages if stage.kind is kind]
    stated = {str(act): [part for _, part in names(data, f"may.{act}.*")] for (_, act), _ in select(data, "may.*")}
    tasks: dict[DataPath, tuple[list[str], list[str]]] = {("roles", "operator"): (["operator"], ["vận hành hệ thống"])}
    for act in stated:
        tasks.setdefault(("may", act), (stated[act], []))[1].append(f"được làm «{act}»")
    for where, (parts, words_of) in tasks.items():
        offices = list(dict.fromkeys(office for part in parts for office in roles.get(part, ())))
        if not offices and parts and stages and OF_STAGES.keys() >= set(parts):
            kinds = listed([str(OF_STAGES[part]) for part in parts])
            message = f"{' và '.join(words_of)} mà kế hoạch không có giai đoạn {kinds} nào: không cơ quan nào được làm"
            yield UnplacedFault(where, message, "Ghi thêm phần việc khác: «lead», «operator».")
        if "owner" not in parts and offices and not any(accounts.get(office, True) for office in offices):
            yield UnplacedFault(
                where,
                f"cơ quan {listed(offices)} {' và '.join(words_of)} mà chưa có tài khoản",
                f"Thêm «account» cho «{offices[0]}» ở «offices».",
            )
    for path, stage in stages:
        asked = QUESTIONS.get(stage.kind)
        parts = stated.get(asked, list(Rights().of(asked))) if asked else []
        others = [office for part in parts for office in roles.get(part, ())]
        if "owner" in parts and not any(accounts.get(each, True) for each in (stage.owner, *others)):
            message = f"cơ quan «{stage.owner}» {_ANSWERING[stage.kind]} mà chưa có tài khoản"
            yield UnplacedFault((*path, "owner"), message, f"Thêm «account» cho «{stage.owner}» ở «offices».")


def check_blocks(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find blocks of no unit, and tables that nobody fills in."""
    known = [name for _, name in names(data, "blocks.*.code")]
    duties: dict[str, set[str]] = {}
    for _, unit in select(data, "units.*"):
        block = unit.get("block") if isinstance(unit, dict) else None
        if block not in known:
            return  # told elsewhere; until it is known where the unit belongs, no block is known to be empty
        duties.setdefault(block, set()).add(str(unit.get("owes", Duty.REPORT)))
    for path, block in names(data, "blocks.*.code"):
        if block not in duties:
            yield UnplacedFault(path, f"khối «{block}» chưa có đơn vị nào", "Thêm đơn vị vào khối, hoặc bỏ khối.")
    for path, form in select(data, "forms.*"):
        covered = [name for _, name in names(form, "blocks.*") if name in known]
        if covered and not any(duties.get(block, set()) & {Duty.REPORT, Duty.OWN_REVIEW} for block in covered):
            yield UnplacedFault(
                (*path, "blocks"), "không đơn vị nào thuộc các khối này phải gửi báo cáo", "Bỏ biểu, hoặc xem lại khối."
            )


def check_days(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find days that are both off and worked."""
    for path, day in select(data, "workdays.@"):
        if isinstance(data.get("holidays"), dict) and day in data["holidays"]:
            yield UnplacedFault(
                path, "ngày vừa nghỉ vừa làm", "Để ngày này ở một trong hai: «holidays», «workdays».", at_key=True
            )


def check_room(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find an inbox folder that has no room for one submission."""
    for path, limits in sound(data, "limits", Quantities):
        files, sizes = "max_folder_files", "max_folder_mb"
        for most, room in (("max_files", files), ("max_photos", files), ("max_file_mb", sizes)):
            least, found = getattr(limits, most), getattr(limits, room)
            if found < least:
                yield UnplacedFault(
                    (*path, room) if room in data["limits"] else path,
                    f"thư mục chỉ chứa {found}, ít hơn «{most}» ({least}) của một lần nộp",
                    f"Tăng «{room}»: tệp đã nhận cũng chiếm chỗ, nên cần gấp nhiều lần.",
                )


def check_idle(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find settings of stages, and of their dates, that only stages of another kind go by."""
    placed = stages_in(data)
    for path, stage in placed:
        if stage.signed_copy == "required" and stage.kind is not StageKind.COLLECT:
            words = "chỉ giai đoạn collect mới ghi «signed_copy: required»"
            yield UnplacedFault((*path, "signed_copy"), words, "Bỏ «signed_copy».", at_key=True)
    kinds = {stage.id: stage.kind for _, stage in placed}
    for path, ahead in select(data, "campaigns.*.stages.*.ahead"):
        kind = kinds.get(str(path[3]), StageKind.PUBLISH)
        if ahead is not None and kind is not StageKind.PUBLISH:
            words = f"chỉ ngày của giai đoạn publish mới ghi «ahead», «{path[3]}» là {kind}"
            yield UnplacedFault(path, words, "Bỏ «ahead».", at_key=True)


CHECKS = (
    check_accounts,
    check_blocks,
    check_days,
    check_room,
    check_idle,
)

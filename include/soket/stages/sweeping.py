"""The disk behind the inbox: uploads that nobody finished are cleared away, and folders that outgrow it told of."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from soket.clock import VIETNAM
from soket.record.workspace import Workspace
from soket.store.hidden import Hidden, Upload, hidden_in

_DAYS_LEFT = 2  # those begun on one day are cleared together, each a full day after it began at the earliest


def sweep(workspace: Workspace, hidden: Hidden | None = None) -> str:
    """Clear away unfinished uploads and tell whose they were; tell the operator of folders too heavy with versions."""
    if workspace.silent or workspace.rerun:  # of another time: it does nothing to what lies there now
        return ""
    hidden = hidden or hidden_in(workspace.store)
    cleared = _clear_uploads(workspace, hidden)
    _tell_of_weight(workspace, hidden)
    return f"Tệp tải dở đã dọn: {cleared}." if cleared else ""


def _clear_uploads(workspace: Workspace, hidden: Hidden) -> int:
    from soket.notices.compose import unfinished_notices
    from soket.notices.outbox import post_all

    began: defaultdict[date, list[Upload]] = defaultdict(list)
    for upload in hidden.uploads(workspace.keys.inbox):
        began[upload.began.astimezone(VIETNAM).date()].append(upload)
    if not began:
        return 0
    today = workspace.store.now().astimezone(VIETNAM).date()
    old = {day: uploads for day, uploads in sorted(began.items()) if (today - day).days >= _DAYS_LEFT}
    # First told: whoever dies in between tells of the same day under the same id.
    post_all(workspace, [each for day, uploads in old.items() for each in unfinished_notices(workspace, day, uploads)])
    for upload in (each for uploads in old.values() for each in uploads):
        hidden.abort(upload)
    return sum(map(len, old.values()))


def _tell_of_weight(workspace: Workspace, hidden: Hidden) -> None:
    from soket.notices.alerts import heavy_folder_notice
    from soket.notices.outbox import post

    limits = workspace.plan.limits
    versions: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for key, size in hidden.versions(workspace.keys.inbox):
        owner = workspace.keys.inbox_owner(key)
        versions[owner] += 1
        sizes[owner] += size
    for owner, count in sorted(versions.items()):
        times = max(count // limits.max_folder_files, (sizes[owner] >> 20) // limits.max_folder_mb)
        if times > 1:
            post(workspace, heavy_folder_notice(workspace, owner, count, sizes[owner], times.bit_length()))

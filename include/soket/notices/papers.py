"""Papers that are made for one mail, and kept with it."""

from __future__ import annotations

from collections.abc import Callable

from soket.notices.ledger import Ending
from soket.notices.notice import Attachment, Notice
from soket.record.products import CONTENT_TYPES
from soket.record.workspace import Workspace


def with_paper(workspace: Workspace, notice: Notice, name: str, make: Callable[[], bytes]) -> Notice:
    """Return a notice with a paper attached, which is made anew until the notice has ended: it tells what is so now."""
    key = workspace.keys.notice(notice.id, name)
    content_type = CONTENT_TYPES[name.rpartition(".")[2]]
    ended = {workspace.keys.notice(notice.id, f"{ending}.json") for ending in Ending}
    if not ended & {entry.key for entry in workspace.store.list(workspace.keys.notice(notice.id, ""))}:
        workspace.store.replace(key, make(), content_type)
    attachment = Attachment(name=name, key=key, content_type=content_type)
    return notice.model_copy(update={"attachments": (*notice.attachments, attachment)})

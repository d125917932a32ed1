"""A unit hands in on its own page, by the link that its mails carry, with the very requests of the page's script."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from demo.patience import persist
from demo.world import World
from soket.record.keeping import read_register
from soket.record.sending import entry_link, upload_link

_JSON = {"Accept": "application/json"}


def hand_in(world: World, unit: str, files: Mapping[str, bytes]) -> None:
    """Send files to a unit's page, part by part, and hand them in."""
    workspace = world.workspace
    entry = persist(lambda: read_register(workspace, keep=False)).units[unit]
    link, page = entry_link(workspace, entry), upload_link(workspace.plan, workspace.campaign.code, unit)
    if link is None or page is None:
        raise LookupError(f"the stack has no page on which {unit} could hand in")
    with httpx.Client(base_url=page, headers=_JSON, timeout=60) as browser:

        def ask(method: str, path: str, **what: object) -> httpx.Response:
            answer = browser.request(method, path, **what)  # type: ignore[arg-type]
            if not answer.is_redirect:
                answer.raise_for_status()
            return answer

        persist(lambda: ask("GET", link))
        for name, data in files.items():
            told = persist(lambda: ask("POST", "tep", json={"name": name, "size": len(data)})).json()  # noqa: B023
            while told["arrived"] < len(data):
                at, end = told["arrived"], told["arrived"] + told["part"]
                path = f"tep/{told['id']}?tu={at}"
                told = persist(lambda: ask("PUT", path, content=data[at:end])).json()  # noqa: B023
        persist(lambda: ask("POST", "nop", data={"no_secret": "yes"}))

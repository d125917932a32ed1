"""What a unit does on its own page, by the link that its mails carry, with the very requests of the page's script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpx

from demo.patience import persist
from demo.world import World
from soket.record.keeping import read_register
from soket.record.sending import entry_link, upload_link

_JSON = {"Accept": "application/json"}

Ask = Callable[..., httpx.Response]


@contextmanager
def page_of(world: World, unit: str) -> Iterator[Ask]:
    """Open a unit's page, and give what asks it for something under it; what fails is asked again."""
    workspace = world.workspace
    entry = persist(lambda: read_register(workspace, keep=False)).units[unit]
    link, page = entry_link(workspace, entry), upload_link(workspace.plan, workspace.campaign.code, unit)
    if link is None or page is None:
        raise LookupError(f"the stack has no page for {unit}")
    with httpx.Client(base_url=page, headers=_JSON, timeout=60) as browser:

        def once(method: str, path: str, **what: object) -> httpx.Response:
            answer = browser.request(method, path, **what)  # type: ignore[arg-type]
            if not answer.is_redirect:
                answer.raise_for_status()
            return answer

        def ask(method: str, path: str, **what: object) -> httpx.Response:
            return persist(lambda: once(method, path, **what))

        ask("GET", link)
        yield ask


def hand_in(world: World, unit: str, files: Mapping[str, bytes]) -> None:
    """Send files to a unit's page, part by part, and hand them in."""
    with page_of(world, unit) as ask:
        for name, data in files.items():
            told = ask("POST", "tep", json={"name": name, "size": len(data)}).json()
            while told["arrived"] < len(data):
                at, end = told["arrived"], told["arrived"] + told["part"]
                told = ask("PUT", f"tep/{told['id']}?tu={at}", content=data[at:end]).json()
        ask("POST", "nop", data={"no_secret": "yes"})

"""Who waits for the store looks when it calls, and when it would have looked anyway; strangers call nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from soket.stack.credentials import Credentials, folder_credentials
from soket.stack.ports import choose
from soket.stack.seaweedfs import key_client
from soket.stack.state import State
from soket.store import bell
from soket.store.bell import ADDRESS_VARIABLE, WORD_VARIABLE, Bell
from soket.store.keys import Keys

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

WORD = "the store's own word"
OURS, THEIRS = "plan/2021", "plan/2026"
LONG = 60.0  # seconds: no test waits so long, but it would take so long to fail


@pytest.fixture
def port() -> int:
    return choose({})[0]["bell"]


@pytest.fixture
def address(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have the store call at a port, with a word."""
    file = tmp_path / "word"
    file.write_text(f"{WORD}\n")
    monkeypatch.setenv(ADDRESS_VARIABLE, f"127.0.0.1:{port}")
    monkeypatch.setenv(WORD_VARIABLE, str(file))
    return f"http://127.0.0.1:{port}/"


async def call(address: str, word: str | None, method: str = "POST") -> int:
    headers = {} if word is None else {"Authorization": f"Bearer {word}"}
    async with (
        aiohttp.ClientSession() as caller,
        caller.request(method, address, headers=headers, data=b"{}") as answer,
    ):
        return answer.status


def test_without_a_call_the_poll_ends_the_wait() -> None:
    async def wait() -> bool:
        return await Bell().heard(OURS, time.monotonic(), asyncio.sleep(0.01))

    assert not asyncio.run(wait())


def test_all_who_wait_hear_the_store_and_look_after_its_last_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_QUIET", 0.5)

    async def wait() -> tuple[list[float], float]:
        hung, since, last = Bell(), time.monotonic(), 0.0

        async def look() -> float:
            assert await hung.heard(OURS, since, asyncio.sleep(LONG))
            return time.monotonic()

        waiting = [asyncio.create_task(look()) for _ in range(3)]
        for campaign in (OURS, OURS, "", OURS):
            await asyncio.sleep(0.02)
            last = time.monotonic()
            hung.ring(campaign)
        return await asyncio.gather(*waiting), last

    looked, last = asyncio.run(wait())
    assert min(looked) >= last + 0.5  # quiet for so long after the last call


def test_what_is_called_for_another_campaign_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_QUIET", 0.05)

    async def wait() -> list[bool]:
        hung, since = Bell(), time.monotonic()
        waiting = [asyncio.create_task(hung.heard(each, since, asyncio.sleep(1))) for each in (OURS, THEIRS)]
        await asyncio.sleep(0.02)
        hung.ring(THEIRS)
        return await asyncio.gather(*waiting)

    assert asyncio.run(wait()) == [False, True]


def test_calls_without_an_end_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_LONGEST", 0.1)

    async def wait() -> None:
        hung = Bell()

        async def ring_on() -> None:
            while True:
                hung.ring(OURS)
                await asyncio.sleep(0.01)

        ringing = asyncio.create_task(ring_on())
        async with asyncio.timeout(LONG / 2):
            assert await hung.heard(OURS, time.monotonic(), asyncio.sleep(LONG))
        ringing.cancel()

    asyncio.run(wait())


def test_a_call_that_comes_while_one_looks_is_heard_afterwards() -> None:
    async def wait() -> bool:
        hung, looked = Bell(), time.monotonic()
        hung.ring(OURS)
        return await hung.heard(OURS, looked, asyncio.sleep(LONG))

    assert asyncio.run(wait())


def test_what_ends_the_wait_with_an_error_is_told() -> None:
    async def fail() -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        asyncio.run(Bell().heard(OURS, time.monotonic(), fail()))


@pytest.mark.integration
def test_where_there_is_no_word_nobody_knows_it(address: str, tmp_path: Path) -> None:
    async def wait() -> set[int]:
        hung = Bell()
        await hung.listen()
        answers = {await call(address, word) for word in (None, "", " ", WORD)}
        await hung.close()
        return answers

    (tmp_path / "word").write_text("\n")
    assert asyncio.run(wait()) == {401}


@pytest.mark.integration
@pytest.mark.parametrize(
    ("word", "method", "status"),
    [(WORD, "POST", 204), (None, "POST", 401), ("", "POST", 401), ("guessed", "POST", 401), (WORD, "GET", 405)],
)
def test_only_who_knows_the_word_wakes_anybody(address: str, word: str | None, method: str, status: int) -> None:
    async def wait() -> tuple[int, bool]:
        hung, since = Bell(), time.monotonic()
        await asyncio.gather(hung.listen(), hung.listen())
        answer = await call(address, word, method)
        await hung.close()
        return answer, await hung.heard(OURS, since, asyncio.sleep(0))

    assert asyncio.run(wait()) == (status, status == 204)


@pytest.mark.integration
@pytest.mark.parametrize("lack", ["port", "file", "variable"])
def test_where_the_store_cannot_be_heard_the_polls_go_on(
    address: str,
    port: int,
    lack: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    breaks: dict[str, Callable[[], object]] = {
        "file": (tmp_path / "word").unlink,
        "variable": lambda: monkeypatch.delenv(WORD_VARIABLE),
    }

    async def wait() -> bool:
        hung = Bell()
        async with await asyncio.start_server(lambda *_: None, "127.0.0.1", port if lack == "port" else 0):
            await hung.listen()
        return await hung.heard(OURS, time.monotonic(), asyncio.sleep(0.01))

    if lack in breaks:
        breaks[lack]()
    assert not asyncio.run(wait())
    assert "only polled" in caplog.text


@pytest.mark.integration
def test_the_real_store_calls_of_what_units_send_and_of_nothing_else(
    servers: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials = Credentials.load(servers)
    (tmp_path / "word").write_text(credentials.bell)
    monkeypatch.setenv(ADDRESS_VARIABLE, f"127.0.0.1:{servers.ports['bell']}")
    monkeypatch.setenv(WORD_VARIABLE, str(tmp_path / "word"))
    unit, ours = key_client(servers, folder_credentials(servers, "unit_a")), key_client(servers, credentials.service)
    inbox = Keys("plan", "2021").inbox_folder("unit_a")

    def put(client: S3Client, key: str) -> None:
        client.put_object(Bucket="soket", Key=key, Body=b"x")

    async def wait() -> list[bool]:
        hung = Bell()
        await hung.listen()
        since = time.monotonic()
        await asyncio.to_thread(put, ours, "reports/plan/2021/unit_a/1/verdict.json")
        heard = [await hung.heard(OURS, since, asyncio.sleep(1))]
        await asyncio.to_thread(put, unit, f"{inbox}bao-cao.docx")
        heard.append(await hung.heard(OURS, since, asyncio.sleep(LONG)))
        # Folders above it that are new are called for as well, and are of no campaign: once they are there, none are.
        await asyncio.sleep(1)
        since = time.monotonic()
        await asyncio.to_thread(put, unit, f"{inbox}so-lieu.xlsx")
        heard += [await hung.heard(each, since, asyncio.sleep(2)) for each in (THEIRS, OURS)]
        await hung.close()
        return heard

    assert asyncio.run(wait()) == [False, True, False, True]

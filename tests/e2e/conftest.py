"""One stack at a time for all modules here: who asks for the same one as the module before goes on with it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import lru_cache

import pytest

from demo.world import World
from e2e import rights
from e2e.live import living, seen_from_within

_PACE = "2021-10-30 300, 2021-11-01 30, 2021-11-06 7200, 2021-11-10"  # a weekend takes a tenth


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a test that fails what its stack did: by the time that somebody reads of it the stack is gone."""
    report = yield
    given = item.funcargs.values() if isinstance(item, pytest.Function) else ()
    worlds = [each for each in given if isinstance(each, World)]
    if report.failed and worlds:
        report.sections.append(("the stack", seen_from_within(worlds[0].state)))
    return report


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., World]]:
    """Give a whole stack of a pace, with a plan beside if given, as `living` takes them."""
    with ExitStack() as running:

        @lru_cache(maxsize=1)
        def asked_for(replay: str, beside: str | None = None) -> World:
            running.close()
            return running.enter_context(living(tmp_path_factory.mktemp("e2e"), replay, beside))

        yield asked_for


@pytest.fixture(scope="module")
def world(stack: Callable[..., World]) -> World:
    """A stack from the last weekend before the units' date, at half a minute a day, with a second plan.

    After that date a day lasts two hours.
    """
    return stack(_PACE, rights.OTHER_PLAN)

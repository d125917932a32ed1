"""What a plan's parts call each other: references to nothing, and names given twice.

These checks read the file's data, not the model, so they hold even where other parts of the file are wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from soket.plan.bodies import BESIDE
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Strict
from soket.plan.schema_errors import listed, nearest
from soket.text import as_spelt

Model = TypeVar("Model", bound=Strict)

# Where a code stands: what it names, and where those are listed.
_REFERENCES = (
    ("units.*.block", "khối", "blocks.*.code"),
    ("forms.*.blocks.*", "khối", "blocks.*.code"),
    ("forms.*.section", "mục đề cương", "outline.*.code"),
    ("blocks.*.leader", "cơ quan", "offices.*.code"),
    ("blocks.*.ladder", "bậc thang nhắc", "ladders.@"),
    ("blocks.*.ladder_for.*", "bậc thang nhắc", "ladders.@"),
    ("ladders.*.*.cc.*", "cơ quan", "offices.*.code"),
    ("roles.*", "cơ quan", "offices.*.code"),
    ("stages.*.owner", "cơ quan", "offices.*.code"),
    ("stages.*.receiver", "cơ quan", "offices.*.code"),
    ("stages.*.copies.*", "cơ quan", "offices.*.code"),
    ("stages.*.after.*", "giai đoạn", "stages.*.id"),
    ("stages.*.returns_to", "giai đoạn", "stages.*.id"),
    ("conference.protocol.*", "cơ quan, khối", "offices.*.code|blocks.*.code"),
    ("conference.own_points.*", "khối", "blocks.*.code"),
    ("conference.speeches.*.unit", "đơn vị, cơ quan", "units.*.code|offices.*.code"),
    ("stages.*.from.*", "khối, đơn vị", "blocks.*.code|units.*.code"),
)

# What is given once: the places that share one set of names, and what the names are.
_ONCE = (
    # Units and offices each have a folder in the inbox, named after their code.
    (("offices.*.code", "units.*.code"), "mã đơn vị, cơ quan"),
    (("offices.*.account",), "tài khoản"),
    (("blocks.*.code",), "mã khối"),
    (("stages.*.id",), "mã giai đoạn"),
    (("campaigns.*.code",), "mã đợt"),
    (("outline.*.code",), "mã mục đề cương"),
    (("outline.*.number",), "số mục đề cương"),
    (("forms.*.code",), "mã biểu"),
)


def select(data: Any, pattern: str) -> Iterator[tuple[DataPath, Any]]:  # noqa: ANN401 - whatever the file has
    """Yield what lies at a pattern, with its path: `*` is every item or value, `@` every key, where there are any."""
    found: list[tuple[DataPath, Any]] = [((), data)]
    for part in pattern.split("."):
        found = [((*path, step), value) for path, here in found for step, value in _steps(here, part)]
    yield from found


def names(data: Any, pattern: str) -> list[tuple[DataPath, str]]:  # noqa: ANN401 - whatever the file has
    """Return the texts that lie at a pattern, with their paths."""
    return [(path, value) for path, value in select(data, pattern) if isinstance(value, str)]


def texts(data: Any) -> Iterator[tuple[DataPath, str]]:  # noqa: ANN401 - whatever the file has
    """Yield every text, with its path."""
    waiting: list[tuple[DataPath, Any]] = [((), data)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, dict):
            waiting += [((*path, str(key)), value) for key, value in here.items()]
        elif isinstance(here, list):
            waiting += [((*path, index), value) for index, value in enumerate(here)]
        elif isinstance(here, str):
            yield path, here


def sound(data: dict[str, Any], pattern: str, model: type[Model]) -> Iterator[tuple[DataPath, Model]]:
    """Yield what lies at a pattern as its model; what the model refuses is told elsewhere."""
    adapter = TypeAdapter(model)
    for path, value in select(data, pattern):
        try:
            yield path, adapter.validate_python(value)
        except ValidationError:
            continue


def _steps(here: Any, part: str) -> list[tuple[str | int, Any]]:  # noqa: ANN401 - whatever the file has
    match part, here:
        case "*", dict():
            return list(here.items())
        case "*", list():
            return list(enumerate(here))
        case "@", dict():
            return [(key, key) for key in here]
        case _, dict() if part in here:
            return [(part, here[part])]
    return []


def check_references(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find codes that name nothing."""
    for pattern, what, where in _REFERENCES:
        known = [name for each in where.split("|") for _, name in names(data, each)]
        yield from (unknown(path, name, what, known) for path, name in names(data, pattern) if name not in known)


def unknown(path: DataPath, name: str, what: str, known: list[str]) -> UnplacedFault:
    """Return the finding that a name names nothing."""
    hint = (
        f"Dùng được: {listed([*dict.fromkeys(known)])}."
        if known
        else f"Tệp chưa có {what} nào: thêm vào, hoặc bỏ chỗ này."
    )
    return UnplacedFault(path, f"không có {what} «{name}»", hint, nearest(name, known))


def check_names(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find names that are given twice."""
    for patterns, what in _ONCE:
        places = [place for pattern in patterns for place in names(data, pattern)]
        more = " Một đơn vị chỉ ghi một lần, ở một khối." if "units.*.code" in patterns else ""
        yield from twice(places, f"{what} «{{name}}» dùng hai lần", f"Mỗi nơi một tên riêng.{more}")
    for path, form in select(data, "forms.*"):
        indicators = [((*path, *rest), name) for rest, name in names(form, "indicators.*.code")]
        yield from twice(indicators, "mã chỉ tiêu «{name}» dùng hai lần trong một biểu", "Đổi mã một chỉ tiêu.")
        rules = [
            ((*path, *rest), name)
            for pattern in ("indicators.*.rules.*.code", "rules.*.code")
            for rest, name in names(form, pattern)
        ]
        yield from twice(rules, "mã quy tắc «{name}» dùng hai lần trong một biểu", "Đổi mã một quy tắc.")


def check_codes(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find codes that read as what a unit owes beside its report."""
    for pattern in ("offices.*.code", "units.*.code", "stages.*.id"):
        for path, name in names(data, pattern):
            if BESIDE in name:
                hint = "Hai gạch dưới ngăn mã đơn vị với giai đoạn nhận văn bản nộp thêm: bỏ bớt một."
                yield UnplacedFault(path, f"mã «{name}» có hai gạch dưới liền nhau", hint)


def check_addresses(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find addresses that mail cannot go to."""
    for pattern in ("offices.*.contact.email", "units.*.contact.email", "units.*.head.email"):
        for path, address in names(data, pattern):
            if not address.isascii():
                yield UnplacedFault(path, f"địa chỉ thư «{address}» có dấu", "Địa chỉ thư chỉ gồm chữ không dấu.")


def check_unit_names(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find names, aliases and places that would name two units."""
    first: dict[str, DataPath] = {}
    codes = {path[:2]: code for path, code in names(data, "units.*.code")}
    for pattern in ("units.*.name", "units.*.aliases.*", "units.*.place"):
        for path, name in names(data, pattern):
            # Marks tell places apart (Kỳ Anh, Kỷ Anh); case, spacing and where a tone stands (ủy, uỷ) do not.
            earlier = first.setdefault(as_spelt(name), path)
            if earlier[:2] != path[:2] and (path[:2] not in codes or codes[path[:2]] != codes.get(earlier[:2])):
                hint = "Một đơn vị ghi hai lần thì bỏ một; hai đơn vị trùng tên thì ghi thêm địa bàn cho rõ."
                yield UnplacedFault(path, f"tên «{name}» chỉ hai đơn vị", hint, first=earlier)


def twice(places: list[tuple[DataPath, str]], message: str, hint: str) -> Iterator[UnplacedFault]:
    """Find names that stand in more than one place."""
    first: dict[str, DataPath] = {}
    for path, name in places:
        if first.setdefault(name, path) != path:
            yield UnplacedFault(path, message.format(name=name), hint, first=first[name])


def circles(follows: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Return the circles in which names follow others: each the next in the circle, the last the first."""
    found: list[tuple[str, ...]] = []
    for name in follows:
        if not any(name in circle for circle in found) and (circle := _way_back(follows, name)):
            found.append(circle)
    return found


def _way_back(follows: Mapping[str, Collection[str]], first: str) -> tuple[str, ...]:
    """Return the shortest way from a name to itself over those that it follows; empty where there is none."""
    waiting, seen = [(first, tuple[str, ...]())], set[str]()
    for name, way in waiting:
        if name == first and way:
            return way
        if name in follows and name not in seen:
            seen.add(name)
            waiting += [(before, (*way, name)) for before in follows[name]]
    return ()


CHECKS = (check_references, check_names, check_codes, check_addresses, check_unit_names)

"""Photographs of a signed report, where the plan has them put together as one paper."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Desk
from intake.cases import REFERRED, RETURNED, A, Case, W
from reading import corpus, hostile, pictures
from reading.reader_files import made

MOST = 30


def allow(desk: Desk, most: int = MOST) -> None:
    """Have the plan take photographs of paper."""
    limits = desk.plan.limits.model_copy(update={"max_photos": most})
    desk.plan = desk.plan.model_copy(update={"limits": limits})


def _beside(
    name: str,
    ruling: object,
    codes: tuple[str, ...],
    given: Callable[[Desk], None] = allow,
    **files: Callable[[], bytes],
) -> Case:
    """Photographs beside a good report, and the codes that are told of them."""
    good = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
    sent = {name.replace("_", "."): make for name, make in files.items()}
    return Case(name, lambda: good | {name: make() for name, make in sent.items()}, ruling, codes, given=given)  # type: ignore[arg-type]


def _alone(name: str, ruling: object, codes: tuple[str, ...], **files: Callable[[], bytes]) -> Case:
    """Photographs and the table, and no report that can be read."""
    sent = {name.replace("_", "."): make for name, make in files.items()}
    return Case(
        name,
        lambda: {corpus.TABLE: corpus.table(), **{name: make() for name, make in sent.items()}},
        ruling,
        codes,
        given=allow,  # type: ignore[arg-type]
    )


_PAPER = ("TEP-26", "TEP-60")

CASES = [
    _beside(
        "two pages",
        A,
        (*_PAPER, "TEP-66", "TEP-66"),
        t1_jpg=lambda: pictures.photo(1),
        t2_jpg=lambda: pictures.photo(2),
    ),
    _beside("not taken", A, ("TEP-20",), lambda desk: None, t1_jpg=pictures.photo),
    _beside("on its side", A, (*_PAPER, "TEP-66"), t1_jpg=pictures.on_its_side),
    _beside("png called jpg", A, (*_PAPER, "TEP-66"), t1_jpg=pictures.png),
    *(
        _beside(f"png of mode {mode}", A, (*_PAPER, "TEP-66"), t1_png=lambda mode=mode: pictures.png(mode))
        for mode in ("RGBA", "P", "1", "LA", "I;16")
    ),  # type: ignore[misc]
    _beside("the same twice", A, (*_PAPER, "TEP-66", "HS-10"), t1_jpg=pictures.photo, t2_jpg=pictures.photo),
    # Asked about.
    _beside("small", W, (*_PAPER, "TEP-61", "TEP-66"), t1_jpg=pictures.small),
    _beside("one dot", W, (*_PAPER, "TEP-61", "TEP-66"), t1_jpg=pictures.one_dot),
    _beside("dark", W, (*_PAPER, "TEP-62", "TEP-66"), t1_jpg=pictures.dark),
    _beside("blurred", W, (*_PAPER, "TEP-63", "TEP-66"), t1_jpg=pictures.blurred),
    # Not a photograph, or not whole.
    _beside("text called jpg", RETURNED, ("TEP-03",), t1_jpg=lambda: b"not a picture"),
    _beside("broken off", RETURNED, ("TEP-05",), t1_jpg=lambda: pictures.photo()[:-5_000]),
    _beside("square kilometre", RETURNED, ("TEP-08",), t1_png=lambda: hostile.png(1_000_000, 1_000_000)),
    _beside("heic", RETURNED, ("TEP-64",), t1_heic=pictures.heic),
    _beside("heic called jpg", RETURNED, ("TEP-64",), t1_jpg=pictures.heic),
    _beside(
        "one of two broken",
        RETURNED,
        (*_PAPER, "TEP-05", "TEP-66"),
        t1_jpg=pictures.photo,
        t2_jpg=lambda: b"\xff\xd8\xff",
    ),
    _beside("no dots", REFERRED, ("TEP-31",), t1_png=lambda: hostile.png(20, 20)),
    # Without a report in words a person reads it; what cannot be opened is not taken for none.
    _alone("alone", REFERRED, (*_PAPER, "TEP-23", "TEP-66"), t1_jpg=pictures.photo),
    _alone("alone and not opened", REFERRED, ("TEP-31",), t1_png=lambda: hostile.png(20, 20)),
    _alone("alone and broken", RETURNED, ("TEP-05",), t1_jpg=lambda: pictures.photo()[:-5_000]),
    # How many.
    Case(
        "thirty",
        lambda: {
            corpus.REPORT: corpus.report(),
            corpus.TABLE: corpus.table(),
            **{f"{n}.jpg": pictures.photo(n) for n in range(1, 31)},
        },
        A,
        (*_PAPER, *["TEP-66"] * 30),
        given=allow,
    ),
    _beside(
        "one too many",
        RETURNED,
        (*_PAPER, "TEP-65", "TEP-66"),
        lambda desk: allow(desk, 1),
        t1_jpg=lambda: pictures.photo(1),
        t2_jpg=lambda: pictures.photo(2),
    ),
    Case(
        "in an archive",
        lambda: {
            corpus.TABLE: corpus.table(),
            "bộ.zip": corpus.zipped(
                {corpus.REPORT: corpus.report(), **{f"ảnh/{n}.jpg": pictures.photo(n) for n in (1, 2)}}
            ),
        },
        A,
        (*_PAPER, "TEP-50", "TEP-66", "TEP-66"),
        given=allow,
    ),
    Case(
        "beside a pdf",
        lambda: {"bao-cao.pdf": made("report.pdf"), corpus.TABLE: corpus.table(), "1.jpg": pictures.photo()},
        A,
        (*_PAPER, "TEP-27", "TEP-66"),
        given=allow,
    ),
]

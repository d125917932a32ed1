"""Photographs of paper in a submission: pages of one .pdf, and asked about where one is hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from soket.plan.model import Plan
from soket.reading.findings import Content, Finding
from soket.reading.kinds import is_photo
from soket.reading.photos import Photo
from soket.record.records import PhotoPage, Receipt, ReceivedFile

BOUND = "ban-chup.pdf"
"""What the paper is called that photographs are put together as."""

_SMALL = 1_200  # dots of the longer side: A4 at about 100 an inch, as small as print can be read
_DARK = 80  # of 255, of the paper
_BLURRED = 9  # of 100: see soket.reading.formats.photographs
_NUMBER = re.compile(r"(\d+)")


def binds(plan: Plan, name: str) -> bool:
    """Return whether a file is a photograph that the plan has made a page."""
    return plan.limits.max_photos > 0 and is_photo(name)


def order_of(name: str) -> list[tuple[str, int]]:
    """Return what photographs are put in order by: their names, with numbers in them by what they say."""
    parts = _NUMBER.split(name.rpartition(".")[0].casefold())
    return list(zip(parts[::2], [*map(int, parts[1::2]), -1], strict=True))


def page_of(file: ReceivedFile, photo: Photo) -> PhotoPage:
    """Return what is on record of a page."""
    return PhotoPage(
        file=file.original_name,
        sha256=file.sha256,
        width=photo.width,
        height=photo.height,
        light=photo.light,
        sharp=photo.sharp,
    )


def with_photos(plan: Plan, receipt: Receipt, file: ReceivedFile, content: Content, *, carried: bool) -> Content:
    """Return what a file holds, with what there is to say of a photograph, or of the paper that some are pages of.

    One that looks sound and became no page is one that a person has to open; before the plan had pages made, none did.
    """
    if file.pages:
        return replace(content, findings=(*_of_paper(file), *content.findings))
    if content.findings or not is_photo(file.original_name):
        return content
    for paper in receipt.files:
        for number, page in enumerate(paper.pages, start=1):
            if page.sha256 == file.sha256:
                return Content(findings=(Finding("TEP-66", facts={"number": number, "paper": paper.name}),))
    return content if carried or not binds(plan, file.original_name) else Content(findings=(Finding("TEP-31"),))


def _of_paper(file: ReceivedFile) -> Iterator[Finding]:
    """Tell which photographs a paper is put together of, and ask about those that are hard to read."""
    order = "; ".join(f"{number}. {page.file}" for number, page in enumerate(file.pages, start=1))
    yield Finding("TEP-60", facts={"count": len(file.pages), "order": order})
    for number, page in enumerate(file.pages, start=1):
        place = f"trang {number}"
        if max(page.width, page.height) < _SMALL:
            yield Finding("TEP-61", place, {"photo": page.file, "width": page.width, "height": page.height})
        if page.light < _DARK:
            yield Finding("TEP-62", place, {"photo": page.file})
        elif page.sharp < _BLURRED:
            yield Finding("TEP-63", place, {"photo": page.file})

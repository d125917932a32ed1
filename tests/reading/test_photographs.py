"""Photographs made pages: upright, small, bare, and told by figures; by readers as they run, and in this process."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from effort import slowness
from reading import hostile, pictures
from soket.reading.formats.photographs import Looks, bound, together, upright
from soket.reading.photos import LIBRARIES, Darkroom, Photo
from soket.reading.pool import ReaderPool

MOST_SECONDS, MOST_MEMORY = 2.0, 300 << 20


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, LIBRARIES) as readers:
        yield readers


def looks_of(data: bytes, extension: str = "jpg") -> Looks:
    looks, _ = upright(extension, data)
    assert looks is not None
    return looks


def head_is_red(picture: Image.Image) -> bool:
    """Whether the red head of `pictures.page` stands above all else."""
    width, height = picture.size
    heads = [picture.convert("RGB").crop((0, top, width, top + height // 6)) for top in (0, height - height // 6)]
    red = [sum(r > 150 and g < 90 for r, g, _ in head.get_flattened_data()) for head in heads]
    return height > width and red[0] > 50 > red[1]


@pytest.mark.parametrize("make", [pictures.photo, pictures.on_its_side])
def test_a_page_stands_as_it_was_held(make: object) -> None:
    _, picture = upright("jpg", make())  # type: ignore[operator]
    with Image.open(io.BytesIO(picture)) as page:
        assert head_is_red(page)


def test_nothing_of_what_a_camera_notes_is_kept() -> None:
    data = pictures.on_its_side()
    with Image.open(io.BytesIO(data)) as before:
        assert len(before.getexif()) == 3
    assert pictures.PLACE.encode() in data
    _, picture = upright("jpg", data)
    with Image.open(io.BytesIO(picture)) as after:
        assert dict(after.getexif()) == {}
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in picture
    assert pictures.PLACE.encode() not in bound(together([picture]))


def test_a_large_photograph_is_made_small_and_a_small_one_is_left() -> None:
    _, large = upright("jpg", pictures.jpeg(pictures.page(size=(3_000, 4_242))))
    _, small = upright("jpg", pictures.small())
    sizes = [Image.open(io.BytesIO(each)).size for each in (large, small)]
    assert sizes == [(1_654, 2_339), (450, 636)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "LA", "I;16"])
def test_dots_are_seen_as_they_are_however_they_are_held(mode: str) -> None:
    width, height, light, sharp = looks_of(pictures.png(mode), "png")
    assert (width, height) == pictures.A4
    assert light > 220
    assert sharp > 20


def test_writing_is_told_to_be_less_sharp_the_more_it_is_blurred() -> None:
    page = pictures.page()
    sharp = [looks_of(pictures.jpeg(page.filter(ImageFilter.GaussianBlur(by))))[3] for by in (0, 1, 2, 4)]
    assert all(more > less for more, less in pairwise(sharp))
    assert sharp[0] > 40
    assert sharp[-1] < 9


def test_what_a_dark_room_adds_to_a_picture_is_not_taken_for_writing() -> None:
    page = pictures.page().filter(ImageFilter.GaussianBlur(5))
    noise = Image.effect_noise(page.size, 16).convert("RGB")
    assert looks_of(pictures.jpeg(Image.blend(page, noise, 0.3)))[3] < 12


def test_a_paper_has_a_page_for_each_photograph_in_their_order_and_lies_as_they_do() -> None:
    wide = pictures.jpeg(pictures.page(2, size=(1_414, 1_000)))
    data = bound(together(upright("jpg", each)[1] for each in (pictures.photo(1), wide)))
    with pypdfium2.PdfDocument(data) as document:
        assert [document[at].get_size() for at in (0, 1)] == [(595, 842), (842, 595)]
        assert head_is_red(document[0].render(scale=1).to_pil())
        assert document.get_metadata_dict(skip_empty=True) == {}


def test_the_same_photographs_make_the_same_paper() -> None:
    page = upright("jpg", pictures.photo())[1]
    assert bound(together([page, page])) == bound(together([page, page]))


HOSTILE = {
    "a dot": ("jpg", pictures.one_dot, True),
    "broken off inside": ("jpg", pictures.noise, True),
    "text": ("jpg", lambda: b"no picture", False),
    "a square kilometre": ("png", lambda: hostile.png(1_000_000, 1_000_000), False),
    "no dots": ("png", lambda: hostile.png(20, 20), False),
    "hundred million dots": ("png", lambda: pictures.wide_png(10_000, 10_000), False),
    "heic": ("heic", pictures.heic, False),
}


@pytest.mark.parametrize(("extension", "make", "is_page"), HOSTILE.values(), ids=HOSTILE)
def test_no_photograph_costs_much_or_ends_its_reader(
    pool: ReaderPool, extension: str, make: object, is_page: bool
) -> None:
    made = Darkroom(pool).photographed(extension, make())  # type: ignore[operator]
    seconds, memory = pool._started[0].cost
    assert (made is not None) is is_page
    assert seconds <= MOST_SECONDS * slowness()
    assert memory <= MOST_MEMORY


def test_readers_make_what_is_made_here(pool: ReaderPool) -> None:
    darkroom = Darkroom(pool)
    for data in (pictures.photo(1), pictures.on_its_side(2)):
        looks, picture = upright("jpg", data)
        assert looks is not None
        assert darkroom.photographed("jpg", data) == Photo(picture, *looks)
    photo = darkroom.photographed("jpg", pictures.photo())
    assert photo is not None
    assert darkroom.bound([photo] * 2) == bound(together([photo.picture] * 2))


def test_so_many_photographs_are_remembered(pool: ReaderPool) -> None:
    asked = list[str]()

    class Counting:
        def ask(self, request: dict[str, object], data: bytes) -> tuple[object, memoryview] | None:
            asked.append(str(request["extension"]))
            return pool.ask(request, data)

    darkroom = Darkroom(Counting(), kept=1)
    first = darkroom.photographed("jpg", pictures.photo(1))
    assert darkroom.photographed("jpg", pictures.photo(1)) == first
    assert len(asked) == 1
    darkroom.photographed("jpg", pictures.photo(2))
    darkroom.photographed("jpg", pictures.photo(1))
    assert len(asked) == 3

"""A lexicon of themes: what reports speak of under each heading, and the phrases by which it is known.

A plan names its lexicon as it names its directory. It is read when a draft is made and is no part of the plan: what is
mended in it while a campaign is under way changes the next draft and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from soket.folders import folder_of
from soket.plan.fault import DataPath, PlanError, PlanFault, UnplacedFault
from soket.plan.file_text import state_of, yaml_files
from soket.plan.held import HeldFile, held_file, in_order
from soket.plan.model import Plan
from soket.plan.references import names, select, twice, unknown
from soket.plan.source import PlanSource
from soket.plan.strict import Slug, Strict, Text
from soket.text import fold

ENVIRONMENT_VARIABLE = "SOKET_THEMES"

_WHAT = "bộ chủ đề"


class Theme(Strict, title="Chủ đề"):
    """What sentences under a heading may be about."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.]{0,30}$")] = Field(
        description="Mã chủ đề, không trùng", examples=["K2"]
    )
    name: Text = Field(description="Tên chủ đề, như in trong dự thảo", examples=["Hạ tầng, giao thông"])
    keywords: tuple[Text, ...] = Field(
        min_length=1,
        description="Cụm từ cho biết câu nói về chủ đề này; không phân biệt dấu, chữ hoa",
        examples=["[tuyến đường, bãi đỗ xe, điện chiếu sáng]"],
    )
    unlike: tuple[Text, ...] = Field(
        (),
        description="Cụm từ có từ khóa của chủ đề mà nói việc khác: từ khóa ở đó không tính",
        examples=["[camera giám sát]"],
    )
    lead: Text | None = Field(
        None,
        description="Lời dẫn in trước số báo cáo và câu trích; không ghi thì in tên chủ đề",
        examples=["Hạ tầng giao thông được quan tâm đầu tư"],
    )
    group: Text | None = Field(
        None,
        description="Đề mục nhỏ gom các chủ đề cùng loại; có chữ “nguyên nhân” thì chỉ đếm lời nói nguyên nhân",
        examples=["Nguyên nhân khách quan"],
    )


class Addressee(Strict, title="Nơi nhận kiến nghị"):
    """Somebody whom recommendations are made to by names that are no body's of the plan."""

    name: Text = Field(description="Tên in trong dự thảo", examples=["Các sở, ban, ngành"])
    keywords: tuple[Text, ...] = Field(
        min_length=1, description="Cách các báo cáo gọi nơi ấy", examples=["[các ngành, ngành giao thông]"]
    )


class Lexicon(Strict, title="Bộ chủ đề"):
    """The themes of a plan's outline. The file is named after its id."""

    id: Slug = Field(description="Mã bộ chủ đề, như tên tệp", examples=["nong_thon"])
    title: Text = Field(description="Tên bộ chủ đề", examples=["Chủ đề báo cáo về nông thôn mới"])
    sections: dict[Slug, tuple[Theme, ...]] = Field(
        description="Chủ đề dưới từng mục, theo mã mục của đề cương và thứ tự in",
        examples=["{ket_qua: [{code: K1, name: Hạ tầng, keywords: [tuyến đường]}]}"],
    )
    addressees: tuple[Addressee, ...] = Field(
        (),
        description="Nơi nhận kiến nghị ngoài Trung ương, hội đồng, ủy ban, cơ quan, đơn vị có tên trong kế hoạch",
        examples=["[{name: Các sở, keywords: [các ngành]}]"],
    )

    def theme(self, section: str, code: str) -> Theme | None:
        """Return a theme of a heading by its code."""
        return next((each for each in self.sections.get(section, ()) if each.code == code), None)


def themes_folder() -> Path:
    """Return the folder of lexicons: `SOKET_THEMES`, or the one beside this package."""
    return folder_of(ENVIRONMENT_VARIABLE, "themes")


def lexicon_of(plan: Plan) -> Lexicon | None:
    """Return the lexicon that a plan names, None where it names none; raise PlanError where it has faults."""
    if plan.themes is None:
        return None
    file = themes_folder() / f"{plan.themes}.yaml"
    found = examined(file)
    if found.made is None:
        raise PlanError(found.faults, file)
    return found.made


def faults_of_themes(file: Path, plan: Plan) -> list[PlanFault]:
    """Return what is wrong with the lexicon that a plan's file names; drafts wait for it, the plan does not."""
    if plan.themes is None:
        return []
    known = [path.stem for path in yaml_files(themes_folder())]
    if plan.themes not in known:
        return [PlanSource(file).fault(unknown(("themes",), plan.themes, _WHAT, known))]
    return list(examined(themes_folder() / f"{plan.themes}.yaml").faults)


def doubts_of_themes(plan: Plan) -> list[PlanFault]:
    """Return what is odd in a plan's sound lexicon: phrases of two themes, headings that no outline has."""
    found = examined(themes_folder() / f"{plan.themes}.yaml") if plan.themes else None
    if found is None or found.source is None or found.made is None:
        return []
    outlines = (plan.outline, *(each.own.outline or () for each in plan.campaigns))
    known = [section.code for outline in outlines for section in outline]
    findings = [
        unknown(("sections", code), code, "mục đề cương", known) for code in found.made.sections if code not in known
    ]
    findings += _phrases_of_two(found.made)
    return in_order(map(found.source.fault, findings))


def examined(file: Path) -> HeldFile[Lexicon]:
    """Return what a lexicon's file holds, read once for as long as it stays as it is."""
    return _remembered(file, state_of(file))


def _phrases_of_two(lexicon: Lexicon) -> Iterator[UnplacedFault]:
    for section, themes in lexicon.sections.items():
        first: dict[str, tuple[Theme, DataPath]] = {}
        for index, theme in enumerate(themes):
            for place, phrase in enumerate(theme.keywords):
                path: DataPath = ("sections", section, index, "keywords", place)
                earlier, where = first.setdefault(fold(phrase), (theme, path))
                if earlier is not theme:
                    message = (
                        f"cụm từ «{phrase}» thuộc cả {earlier.code} và {theme.code}: câu chỉ có nó về {earlier.code}"
                    )
                    yield UnplacedFault(path, message, "Giữ ở một chủ đề, hoặc ghi cụm từ dài hơn.", first=where)


def _check_codes(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find codes of themes that are given twice under a heading."""
    for path, themes in select(data, "sections.*"):
        places = [((*path, *rest), name) for rest, name in names(themes, "*.code")]
        yield from twice(places, "mã chủ đề «{name}» dùng hai lần trong một mục", "Mỗi chủ đề một mã.")


@lru_cache(maxsize=16)
def _remembered(file: Path, _state: object) -> HeldFile[Lexicon]:
    return held_file(file, Lexicon, (_check_codes,), _WHAT)

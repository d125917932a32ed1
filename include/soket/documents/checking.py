"""What is wrong with an office's templates: fields that there are none of, and samples that keep no edition's form."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError, UndefinedError

from soket.documents.measuring import UnmeasuredError, edition_for, look_at, measure
from soket.documents.rendering import Fields, watching_fields
from soket.documents.samples import samples
from soket.documents.template_fields import filled_by_ours
from soket.folders import templates_folder
from soket.plan.edition_files import NoEditionError
from soket.plan.model import Plan
from soket.reading.looking import Asked


@dataclass(frozen=True)
class TemplateFault:
    """One thing that is wrong with a template."""

    template: str
    words: str
    note: bool = False  # it is no fault, and somebody may want to know


def check_templates(readers: Asked, plan: Plan) -> Iterator[TemplateFault]:
    """Yield what is wrong with each template that a plan has papers by."""
    for name, make in samples(plan).items():
        if not (templates_folder() / "documents" / f"{name}.docx").exists():
            yield TemplateFault(name, "Không có tệp mẫu này.")
            continue
        yield from _wrong(readers, plan, name, make)


def _wrong(readers: Asked, plan: Plan, name: str, make: Callable[[], bytes]) -> Iterator[TemplateFault]:
    """Yield what is wrong with one template."""
    asked: list[Fields] = []
    missing: list[str] = []
    with watching_fields(asked.append):
        try:
            paper = make()
        except UndefinedError as error:
            paper, missing = None, re.findall(r"'([^']+)'", str(error))[-1:]
        except TemplateError as error:
            words = f"Dấu lặp, điều kiện, chỗ điền viết sai hoặc thiếu dấu đóng ({error.message})."
            yield TemplateFault(name, words)
            paper = None
        except (PackageNotFoundError, zipfile.BadZipFile, KeyError, StopIteration) as error:
            yield TemplateFault(
                name, f"Không mở được tệp mẫu, hoặc mẫu thiếu kiểu đoạn: {error or type(error).__name__}."
            )
            paper = None
    for field in sorted({*missing, *(field for each in asked for field in each.unknown)}):
        yield TemplateFault(name, f"Chỗ điền «{field}» không có.")
    for each in asked:
        if left_out := filled_by_ours(name) - each.filled:
            yield TemplateFault(name, f"Mẫu không còn chỗ điền {', '.join(sorted(left_out))}.", note=True)
    if paper is None:
        return
    try:
        looked = look_at(readers, paper)
        for misfit in measure(looked, edition_for(looked, plan.campaigns[0].closes)):
            yield TemplateFault(name, misfit.words)
    except (UnmeasuredError, NoEditionError) as error:
        yield TemplateFault(name, str(error))

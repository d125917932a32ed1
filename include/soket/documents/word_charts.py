"""Charts that Word draws itself, from a workbook inside the document: whoever edits the paper edits them, too."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from soket.documents.rendering import Drawn, environment, stable
from soket.documents.sheets import Value, write_lines

_WIDTH, _EMU = 160, 36000  # millimetres: what the margins leave; units of a millimetre
_FONT = "Times New Roman"
_WHOLE = '[>=1000000]0"."000"."000;[>=1000]0"."000;0'  # as Vietnamese writes it, on whatever machine
_DECIMAL = "0.0"


@dataclass(frozen=True)
class Series:
    """One row of bars: what it is called, its figures in the order of the categories, its colour."""

    name: str
    values: tuple[float | None, ...]
    colour: str

    def column(self, position: int) -> str:
        """Return the column that it stands in."""
        return get_column_letter(position + 2)


@dataclass(frozen=True)
class WordChart(Drawn):
    """Bars by category: standing beside each other, or lying and stacked."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    height: int = 70  # millimetres

    def drawing(self, part: Any) -> str:  # noqa: ANN401 - docx has no types
        """Put the chart and its workbook into a document beside one of its parts; return what shows it there."""
        package = part.package
        name = package.next_partname("/word/charts/chart%d.xml")
        chart = Part(name, CONTENT_TYPE.DML_CHART, self._xml().encode(), package)
        sheet = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
        workbook = Part(sheet, CONTENT_TYPE.SML_SHEET, self._workbook(), package)
        chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)  # the only one: rId1
        return (
            environment()
            .from_string(_INLINE)
            .render(
                chart=self,
                id=part.relate_to(chart, RELATIONSHIP_TYPE.CHART),
                width=_WIDTH * _EMU,
                height=self.height * _EMU,
            )
        )

    def _xml(self) -> str:
        figures = [value for each in self.series for value in each.values if value is not None]
        small = max(map(abs, figures), default=0) < 1000
        decimal = small and any(value % 1 for value in figures)
        return environment().from_string(_CHART).render(chart=self, font=_FONT, format=_DECIMAL if decimal else _WHOLE)

    def _workbook(self) -> bytes:
        workbook = Workbook()
        sheet = workbook.worksheets[0]
        sheet.title = "Sheet1"
        lines: list[list[Value]] = [["", *(each.name for each in self.series)]]
        for position, category in enumerate(self.categories):
            lines.append([category, *(each.values[position] for each in self.series)])
        write_lines(sheet, lines)
        buffer = io.BytesIO()
        workbook.save(buffer)
        return stable(buffer.getvalue())


_INLINE = """\
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" \
distL="0" distR="0"><wp:extent cx="{{ width }}" cy="{{ height }}"/><wp:docPr id="1" name="{{ chart.title }}" \
descr="{{ chart.title }}"/><wp:cNvGraphicFramePr/><a:graphic \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData \
uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart \
xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{{ id }}"/></a:graphicData>\
</a:graphic></wp:inline>"""
_CHART = """\
{%- macro typeface() %}
<a:latin typeface="{{ font }}"/><a:ea typeface="{{ font }}"/><a:cs typeface="{{ font }}"/>
{%- endmacro %}
{%- macro text(size) %}
<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{{ size }}" b="0"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>
{{ typeface() }}</a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>
{% endmacro %}
{%- set last = chart.categories|length + 1 -%}
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:date1904 val="0"/><c:roundedCorners val="0"/>
<c:chart>
<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r>
<a:rPr lang="vi-VN" sz="1200" b="1">{{ typeface() }}</a:rPr>
<a:t>{{ chart.title }}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
<c:autoTitleDeleted val="0"/>
<c:plotArea><c:layout/>
<c:barChart><c:barDir val="{{ 'bar' if chart.stacked else 'col' }}"/>
<c:grouping val="{{ 'stacked' if chart.stacked else 'clustered' }}"/><c:varyColors val="0"/>
{% for each in chart.series %}
{% set column = each.column(loop.index0) %}
<c:ser><c:idx val="{{ loop.index0 }}"/><c:order val="{{ loop.index0 }}"/>
<c:tx><c:strRef><c:f>Sheet1!${{ column }}$1</c:f><c:strCache><c:ptCount val="1"/>
<c:pt idx="0"><c:v>{{ each.name }}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr><a:solidFill><a:srgbClr val="{{ each.colour }}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:numFmt formatCode="{{ format }}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>
{{ text(1000) }}
<c:dLblPos val="{{ 'ctr' if chart.stacked else 'outEnd' }}"/><c:showLegendKey val="0"/><c:showVal val="1"/>
<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${{ last }}</c:f><c:strCache><c:ptCount val="{{ chart.categories|length }}"/>
{% for category in chart.categories %}
<c:pt idx="{{ loop.index0 }}"><c:v>{{ category }}</c:v></c:pt>
{% endfor %}
</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>Sheet1!${{ column }}$2:${{ column }}${{ last }}</c:f><c:numCache>
<c:formatCode>{{ format }}</c:formatCode><c:ptCount val="{{ chart.categories|length }}"/>
{% for value in each.values %}
{% if value is not none %}
<c:pt idx="{{ loop.index0 }}"><c:v>{{ value }}</c:v></c:pt>
{% endif %}
{% endfor %}
</c:numCache></c:numRef></c:val></c:ser>
{% endfor %}
<c:gapWidth val="60"/>{% if chart.stacked %}<c:overlap val="100"/>{% endif %}
<c:axId val="1"/><c:axId val="2"/></c:barChart>
<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{{ 'maxMin' if chart.stacked else 'minMax' }}"/></c:scaling>
<c:delete val="0"/><c:axPos val="{{ 'l' if chart.stacked else 'b' }}"/><c:numFmt formatCode="General" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{{ text(1100) }}
<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>
<c:noMultiLvlLbl val="0"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/>
<c:axPos val="{{ 'b' if chart.stacked else 'l' }}"/><c:numFmt formatCode="General" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>
<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>
</c:plotArea>
{% if chart.series|length > 1 %}
<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{{ text(1000) }}</c:legend>
{% endif %}
<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>
{{ text(1100) }}
<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>
</c:chartSpace>"""

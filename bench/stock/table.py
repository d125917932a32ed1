"""What the stock DAG's task does with a unit's table: pandas reads it, Great Expectations validates it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

_SHEET, _TITLES, _CODE = "Biểu số liệu", 3, "Mã chỉ tiêu"


def frame_of(data: bytes, years: Sequence[int]) -> Any:  # noqa: ANN401 - a frame; pandas is heavy
    """Return a row for each year and a column for each indicator, with those that its rules look at beside."""
    import pandas as pd

    sheet = pd.read_excel(BytesIO(data), sheet_name=_SHEET, header=_TITLES, index_col=_CODE)
    figures = sheet.loc[sheet.index.notna(), [f"Năm {year}" for year in years]].T.apply(pd.to_numeric, errors="coerce")
    figures = figures.reset_index(drop=True)
    before = figures.shift().add_suffix(" before")
    last = figures.iloc[[-1]].add_suffix(" last")
    return pd.concat([figures, before, last], axis="columns")


def broken(data: bytes, years: Sequence[int], suite: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the expectations that a table does not meet, by what their meta says."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    import soket.intake.own_expectations  # noqa: F401 - the three that Great Expectations lacks, found by their names

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    expectations = gx.ExpectationSuite(name="form", expectations=list(suite))
    batch = (
        context.data_sources.add_pandas("submission")
        .add_dataframe_asset("figures")
        .add_batch_definition_whole_dataframe("batch")
        .get_batch(batch_parameters={"dataframe": frame_of(data, years)})
    )
    outcome = batch.validate(expectations)
    if raised := [each for each in outcome.results if each.exception_info.get("raised_exception")]:
        raise RuntimeError(str(raised[0].exception_info))
    missed = [result.expectation_config for result in outcome.results if not result.success]
    return [each.meta for each in missed if each is not None and each.meta is not None]

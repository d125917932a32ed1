"""Expectations that Great Expectations lacks: of a total and its parts, and of a value beside another.

Only the processes that run or show checks import this: it loads Great Expectations at once.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any, Literal

from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import (
    ColumnMapExpectation,
    ColumnPairMapExpectation,
    MulticolumnMapExpectation,
)
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_condition_partial import (
    column_pair_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_map_metric_provider import (
    ColumnPairMapMetricProvider,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)

from soket.intake.arithmetic import DUST


class _ValuesWhole(ColumnMapMetricProvider):
    condition_metric_name = "column_values.whole"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: Any, **_: Any) -> Any:  # noqa: ANN401, N805 - as the decorator wants it
        return column % 1 == 0


class ExpectColumnValuesToBeWhole(ColumnMapExpectation):
    """Expect each value to be a whole number."""

    map_metric = "column_values.whole"


class _PairRatio(ColumnPairMapMetricProvider):
    condition_metric_name = "column_pair_values.ratio_within"
    condition_value_keys = ("factor",)

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_A: Any, column_B: Any, factor: float, **_: Any) -> Any:  # noqa: ANN401, N803, N805 - as above
        # A ratio cannot be measured from zero, or to it.
        unmeasured = (column_A <= 0) | (column_B <= 0)
        return unmeasured | ((column_A / column_B).between(1 / factor, factor))


class ExpectColumnPairRatioToBeWithin(ColumnPairMapExpectation):
    """Expect A to be at most `factor` times B, and at least 1/`factor` of it, where both are above zero."""

    factor: float
    ignore_row_if: Literal["either_value_is_missing"] = "either_value_is_missing"
    map_metric = "column_pair_values.ratio_within"
    success_keys = ("column_A", "column_B", "factor", "ignore_row_if", "mostly")
    args_keys = ("column_A", "column_B", "factor")


class _PairShare(ColumnPairMapMetricProvider):
    condition_metric_name = "column_pair_values.share_within"
    condition_value_keys = ("share",)

    @column_pair_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_A: Any, column_B: Any, share: float, **_: Any) -> Any:  # noqa: ANN401, N803, N805 - as above
        return (column_A - column_B).abs() <= share * column_B.abs() + DUST


class ExpectColumnPairToDifferByShare(ColumnPairMapExpectation):
    """Expect A to differ from B by at most a share of B."""

    share: float
    ignore_row_if: Literal["either_value_is_missing"] = "either_value_is_missing"
    map_metric = "column_pair_values.share_within"
    success_keys = ("column_A", "column_B", "share", "ignore_row_if", "mostly")
    args_keys = ("column_A", "column_B", "share")


class _TotalEqual(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.total_of_parts"
    condition_value_keys = ("tolerance",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: Any, tolerance: float, **_: Any) -> Any:  # noqa: ANN401, N805 - as above
        # One column after the other: pandas adds up a row that is alone in another order than one among others.
        total, *parts = (column_list.iloc[:, index] for index in range(column_list.shape[1]))
        return (total - reduce(add, parts)).abs() <= tolerance + DUST


class ExpectTotalToEqualItsParts(MulticolumnMapExpectation):
    """Expect the first column to equal the sum of the others."""

    tolerance: float
    ignore_row_if: Literal["any_value_is_missing"] = "any_value_is_missing"
    map_metric = "multicolumn_values.total_of_parts"
    success_keys = ("column_list", "tolerance", "ignore_row_if", "mostly")
    args_keys = ("column_list", "tolerance")


class _WithinSpread(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.within_spread"
    condition_value_keys = ("factor",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: Any, factor: float, **_: Any) -> Any:  # noqa: ANN401, N805 - as above
        value, low, high = (column_list.iloc[:, index] for index in range(3))
        return (value <= 0) | ((value >= low / factor) & (value <= high * factor))


class ExpectValueToBeNearQuartiles(MulticolumnMapExpectation):
    """Expect the first column, where above zero, near the lower and upper quartiles in the second and third."""

    factor: float
    ignore_row_if: Literal["any_value_is_missing"] = "any_value_is_missing"
    map_metric = "multicolumn_values.within_spread"
    success_keys = ("column_list", "factor", "ignore_row_if", "mostly")
    args_keys = ("column_list", "factor")

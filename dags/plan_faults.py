"""Shows faulty plans in Airflow as an import error of this file.

It stands apart from review_plans.py because Airflow stops scheduling every DAG of a file that has an import error.
"""

from soket.orchestration.builder import build_all
from soket.plan.loader import load_all

plans, faulty = load_all()
told = [*map(str, faulty), *build_all(plans)[1]]
if told:
    raise RuntimeError("\n\n".join(told))

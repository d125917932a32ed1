"""The Airflow DAGs of every review plan; faulty plans are told of by plan_faults.py."""

from soket.orchestration.builder import build_all
from soket.plan.loader import load_all

for dag in build_all(load_all()[0])[0]:
    globals()[dag.dag_id] = dag

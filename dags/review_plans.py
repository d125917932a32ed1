"""The Airflow DAGs of every review plan; faulty plans are told of by plan_faults.py."""

from soket.orchestration.builder import build_dags
from soket.plan.loader import load_all

plans, _ = load_all()
for plan in plans:
    for dag in build_dags(plan):
        globals()[dag.dag_id] = dag

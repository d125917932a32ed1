"""The Airflow DAGs of every review plan; faulty plans are told of by plan_faults.py."""

from soket import clock
from soket.orchestration.builder import build_all
from soket.plan.loader import load_all
from soket.record.at_hand import as_on_record

now = clock.from_environment().now()
for dag in build_all(as_on_record(plan, now) for plan in load_all()[0])[0]:
    globals()[dag.dag_id] = dag

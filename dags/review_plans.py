"""The Airflow DAGs of every review plan; faulty plans are told of by plan_faults.py."""

from soket import clock
from soket.orchestration.builder import build_all, plans_wanted
from soket.record.at_hand import as_on_record

now = clock.from_environment().now()
for dag in build_all(as_on_record(plan, now) for plan in plans_wanted())[0]:
    globals()[dag.dag_id] = dag

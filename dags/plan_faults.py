"""Shows faulty plans in Airflow as an import error of this file.

It stands apart from review_plans.py because Airflow stops scheduling every DAG of a file that has an import error.
"""

from soket.plan.loader import load_all

_, faulty = load_all()
if faulty:
    raise RuntimeError("\n\n".join(str(each) for each in faulty))

"""The only part that knows Airflow: DAGs, sensors, triggers, timetables and approvals."""

"""The same work done with Airflow's stock parts, to hold soket against."""

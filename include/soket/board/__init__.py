"""The board: pages in the Airflow UI that show where a campaign stands."""

"""The units' own page: hand in files, see what was found, follow what became of them. Knows no Airflow."""

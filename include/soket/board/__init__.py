"""The board: pages in the Airflow UI that show where a campaign stands."""

SERVER = "soket.server"  # in a request's scope: the app of Airflow's that the board is a part of

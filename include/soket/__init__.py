"""soket runs a review campaign from the first request letter to the conference."""

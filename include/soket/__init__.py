"""soket runs a sơ kết, a review campaign, from the first request letter to the conference."""

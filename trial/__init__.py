"""The real docker-compose.yml on a Docker engine, with stand-ins for official images: a campaign, blows, a restore."""

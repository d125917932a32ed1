# Stands in for python:3.11-slim-bookworm, with the wheels that the lock file asks for: no index is needed to build on it.
FROM soket-trial/bookworm:1
RUN python3 -m venv /usr/local
COPY wheels /wheels
ENV PIP_NO_INDEX=1 \
    PIP_FIND_LINKS=/wheels
CMD ["python3"]

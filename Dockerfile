# soket with Airflow, for every Airflow service of docker-compose.yml. Needs nothing at build time but the package index.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
# hadolint ignore=DL3006
FROM ${PYTHON_IMAGE}

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    AIRFLOW_HOME=/opt/soket/airflow

RUN groupadd --gid 50000 soket && useradd --uid 50000 --gid soket --home-dir /opt/soket --create-home soket

WORKDIR /opt/soket

# The lock alone first: this layer is made anew only when it changes.
COPY requirements.txt ./
RUN pip install --no-cache-dir --compile --requirement requirements.txt

COPY pyproject.toml requirements.in README.md ./
COPY include ./include
COPY dags ./dags
COPY plugins ./plugins
COPY docker ./docker
# Volumes take over the owner of the folder that they are mounted on.
RUN pip install --no-cache-dir --no-deps --editable . \
    && mkdir -p airflow/logs /var/lib/soket /var/lib/soket-editions /etc/seaweedfs \
    && chown soket:soket airflow airflow/logs /var/lib/soket /var/lib/soket-editions /etc/seaweedfs

USER 50000:50000
CMD ["airflow", "version"]

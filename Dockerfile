# The image of the previous release: the new dataset version continues its history. By default there is none.
ARG READOUT_PREVIOUS=scratch

FROM ${READOUT_PREVIOUS} AS previous

FROM python:3.13-slim AS packages
# Unchecked bytecode, because a copy between stages may change the modification times of the sources.
ENV COMPILE="python -m compileall -q --invalidation-mode unchecked-hash"
WORKDIR /build
# Debug symbols are a third of the size of the packages.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN python -m venv --without-pip /opt/readout \
    && pip --python /opt/readout/bin/python install --no-cache-dir --no-compile --require-hashes -r requirements.txt \
    && find /opt/readout -name '*.so' -size +1M -exec strip --strip-debug {} + \
    && $COMPILE /opt/readout

FROM packages AS database
# Exports contain these values, so the build needs them.
ARG READOUT_PUBLIC_URL=http://localhost:8000
ARG READOUT_LICENCE
ARG READOUT_CONTACT
# The load time that the dataset reports: the same time gives the same bytes.
ARG SOURCE_DATE_EPOCH
ENV PATH=/opt/readout/bin:$PATH \
    READOUT_DATABASE_URL=sqlite:////srv/readout/readout.db \
    READOUT_EXPORTS=/srv/readout/exports \
    READOUT_SEARCH=/srv/readout/search
WORKDIR /srv/readout
COPY . .
RUN $COMPILE . && chmod -R a+rX .
RUN --mount=from=previous,target=/previous \
    if [ -e /previous/srv/readout/readout.db ]; then cp /previous/srv/readout/readout.db .; fi
RUN python -m seed migrate && python -m seed load --prune
# A reader of a database in WAL mode writes beside it, which a read-only disk does not allow.
RUN python -c "import sqlite3; sqlite3.connect('/srv/readout/readout.db').execute('PRAGMA journal_mode = DELETE')"
RUN python -m app.exports

FROM python:3.13-slim
ARG READOUT_PUBLIC_URL=http://localhost:8000
ARG READOUT_LICENCE
ARG READOUT_CONTACT
ENV HOST=0.0.0.0 \
    PATH=/opt/readout/bin:$PATH \
    PORT=8000 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    READOUT_CONTACT=$READOUT_CONTACT \
    READOUT_DATABASE_URL=sqlite:////srv/readout/readout.db \
    READOUT_EXPORTS=/srv/readout/exports \
    READOUT_LICENCE=$READOUT_LICENCE \
    READOUT_PUBLIC_URL=$READOUT_PUBLIC_URL \
    READOUT_SEARCH=/srv/readout/search
# The keys are of the OCI image specification. The revision is the commit that the image is built from.
ARG READOUT_REVISION
LABEL org.opencontainers.image.title="Readout" \
    org.opencontainers.image.description="Articles about summits as facts, each with the words that say it." \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.revision=$READOUT_REVISION \
    org.opencontainers.image.base.name="docker.io/library/python:3.13-slim"
COPY --from=packages /opt/readout /opt/readout
COPY --from=database /srv/readout /srv/readout
WORKDIR /srv/readout
USER 10001
EXPOSE 8000
# At the metrics port, /readyz is about all processes.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', os.environ.get('READOUT_METRICS_PORT') or os.environ['PORT']); c.request('GET', '/readyz'); sys.exit(c.getresponse().status != 200)"]
CMD ["python", "-m", "app"]

# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: --requirement requirements/run.txt
COPY server server
COPY activities activities
COPY static static
COPY docs/host-guide docs/host-guide
# Compiled here, because the running container may not write beside its code.
RUN /app/.venv/bin/python -m compileall -q server activities

FROM python:3.11-slim
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin jam \
 && install -d -o jam -g jam -m 0700 /data
WORKDIR /app
COPY --from=build /app /app
COPY LICENSE LICENSE
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    JAM_HOST=0.0.0.0 \
    JAM_PORT=8000 \
    JAM_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['JAM_PORT'] + '/healthz', timeout=2)"]
CMD ["python", "-m", "server.cli", "serve"]

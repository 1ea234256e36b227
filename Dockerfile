# syntax=docker/dockerfile:1
# For amd64 and arm64: docker buildx build --platform linux/amd64,linux/arm64 --tag jamroom .
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
COPY requirements/audio.txt requirements/audio.txt
# Voices take 200 MB more: docker build --build-arg AUDIO=1
ARG AUDIO=
# Ready-made packages by hash alone: no compiler, the same on both machines.
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: --requirement requirements/run.txt \
    ${AUDIO:+--requirement requirements/audio.txt}
COPY server server
COPY activities activities
COPY static static
COPY docs/host-guide docs/host-guide
# Compiled here, because the running container may not write beside its code.
RUN /app/.venv/bin/python -m compileall -q server activities \
 && printf '#!/bin/sh\nexec /app/.venv/bin/python -m server.cli "$@"\n' > /app/.venv/bin/jam \
 && chmod 0755 /app/.venv/bin/jam

FROM python:3.11-slim
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin jam \
 && install -d -o jam -g jam -m 0700 /data
WORKDIR /app
COPY --from=build /app /app
COPY LICENSE LICENSE
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    JAM_HOST=0.0.0.0 \
    JAM_PORT=8000 \
    JAM_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["python", "-S", "-c", "import http.client as h, os; c = h.HTTPConnection('127.0.0.1', int(os.environ['JAM_PORT']), timeout=2); c.request('GET', '/healthz'); assert c.getresponse().status == 200"]
CMD ["python", "-m", "server.cli", "serve"]

# The bot in a container: non-root, one data volume, everything else may be read-only.
FROM python:3.13-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --extra postgres --no-install-project
COPY README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY data data
RUN uv sync --frozen --no-dev --extra postgres --no-editable

FROM python:3.13-slim
# git answers questions about what the handbook said earlier; the newest patch is wanted, not a pinned one
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home bot \
    && install --directory --owner=bot /data
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HAANDBOGSBOT_STATE=/data \
    HAANDBOGSBOT_CACHE=/data/cache
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=5)"]
ENTRYPOINT ["haandbogsbot"]
CMD ["run"]

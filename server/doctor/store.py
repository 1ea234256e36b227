"""Redis: whether it answers, keeps what it is given, and lets this user do all that is needed."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from server.settings import Settings

from .finding import Finding, note, well, wrong

NAME = "redis"
WAIT_S = 2.0
OLDEST = (7, 0)
PINGS = 20
SLOW_S, STUCK_S = 0.005, 0.05
FULL, NEARLY = 0.95, 0.8
PROBE = "redis.call('SET', KEYS[1], '1', 'EX', 10) redis.call('DEL', KEYS[1]) return 1"


def connected(url: str) -> Any:
    """A client, closed at the end of its `with`; it connects with the first question."""
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return closing(
        Redis.from_url(
            url,
            socket_timeout=WAIT_S,
            socket_connect_timeout=WAIT_S,
            retry=Retry(NoBackoff(), 0),
            client_name="jam-doctor",
        )
    )


def away() -> tuple[type[Exception], ...]:
    """What a question raises that Redis has not answered."""
    from redis.exceptions import RedisError

    return (RedisError, OSError, ValueError)


def store(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    url = settings.redis_url
    if not url:
        yield well(NAME, "Not in use: rooms lie in the data folder, and one server has them all.")
        return
    try:
        with connected(url) as redis:
            told = redis.info("everything")
            yield from _kind(told)
            yield from _keeping(redis, told)
            yield from _memory(told)
            yield from _silence(redis)
            yield from _rights(redis)
            yield _speed(redis)
    except away() as error:
        yield _unreachable(url, error)


def place(url: str) -> str:
    """Where it is, without user and password."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return parts.path
    return f"{parts.hostname or 'localhost'} port {parts.port or 6379}"


def _unreachable(url: str, error: Exception) -> Finding:
    from redis import exceptions

    # The text of an error may hold the address with its password: only its kind is told.
    if isinstance(error, exceptions.BusyLoadingError):
        return wrong(NAME, "Redis is still reading its file: try again in a moment.")
    if isinstance(error, exceptions.AuthenticationError | exceptions.AuthorizationError):
        return wrong(
            NAME,
            f"Redis at {place(url)} does not know us: put user and password into JAM_REDIS_URL, as "
            "redis://USER:PASSWORD@HOST.",
        )
    if isinstance(error, exceptions.NoPermissionError):
        return wrong(NAME, "This user of Redis may not ask INFO: give it +@all, ~jam:* and &jam:*.")
    return wrong(
        NAME,
        f"Redis does not answer at {place(url)} ({type(error).__name__}): start it, or let "
        "JAM_REDIS_URL name where it is.",
    )


def _kind(told: Mapping[str, Any]) -> Iterator[Finding]:
    valkey = "valkey_version" in told
    name = "Valkey" if valkey else "Redis"
    version = str(told["valkey_version" if valkey else "redis_version"])
    numbers = tuple(int(part) for part in version.split(".")[:2])
    if numbers < OLDEST:
        yield wrong(NAME, f"{name} {version} is too old: take 7.0 or newer.")
    elif told.get("cluster_enabled"):
        yield wrong(NAME, f"{name} runs as a cluster, which is not supported: take a plain one.")
    elif told.get("role") != "master":
        yield wrong(NAME, f"This {name} is a replica and takes no writes: name the primary.")
    else:
        yield well(NAME, f"{name} {version} answers.")


def _keeping(redis: Any, told: Mapping[str, Any]) -> Iterator[Finding]:
    policy = told.get("maxmemory_policy")
    if policy != "noeviction":
        yield wrong(
            NAME,
            f"When it is full it would throw rooms away ({policy}): set maxmemory-policy "
            "noeviction.",
        )
    if not told.get("aof_enabled"):
        yield wrong(NAME, "A restart of Redis would lose every room: set appendonly yes.")
        return
    if told.get("aof_last_write_status") != "ok":
        yield wrong(NAME, "Redis cannot write its file: look at the disk of its machine.")
        return
    if policy != "noeviction":
        return
    syncs = _asked(redis, "appendfsync")
    if syncs is None:
        yield note(NAME, "Redis does not tell how often it syncs; appendfsync should be everysec.")
    elif syncs == "no":
        yield wrong(
            NAME, "A power cut could take half a minute from rooms: set appendfsync everysec."
        )
    else:
        yield well(NAME, f"It keeps what it is given (append-only file, {syncs}; noeviction).")


def _asked(redis: Any, option: str) -> str | None:
    """A setting of Redis, where it may be asked for; some services do not allow it."""
    from redis.exceptions import RedisError

    try:
        found = redis.config_get(option)
    except RedisError:
        return None
    value = found.get(option, found.get(option.encode()))
    return value.decode() if isinstance(value, bytes) else value


def _memory(told: Mapping[str, Any]) -> Iterator[Finding]:
    most, used = int(told.get("maxmemory") or 0), int(told["used_memory"])
    if not most:
        yield note(
            NAME,
            "It has no bound of memory, so the system may kill it when there is no more: set "
            "maxmemory, 256mb to begin with.",
        )
    elif used >= most * FULL:
        yield wrong(NAME, f"It is full ({used >> 20} of {most >> 20} MB): raise maxmemory.")
    elif used >= most * NEARLY:
        yield note(NAME, f"It is filling up ({used >> 20} of {most >> 20} MB): raise maxmemory.")


def _silence(redis: Any) -> Iterator[Finding]:
    slow = _asked(redis, "slowlog-log-slower-than")
    if slow is not None and not slow.startswith("-"):
        yield note(
            NAME,
            "Its log of slow commands may hold what people wrote: set slowlog-log-slower-than -1.",
        )


def _rights(redis: Any) -> Iterator[Finding]:
    from redis.exceptions import NoPermissionError, ResponseError

    name = secrets.token_hex(5)
    try:
        redis.eval(PROBE, 1, f"jam:{{doctor:{name}}}:x")
        with closing(redis.pubsub()) as ear:
            ear.subscribe(f"jam:doctor:{name}")
            ear.get_message(timeout=WAIT_S)  # that it is subscribed
            redis.publish(f"jam:doctor:{name}", "1")
            heard = ear.get_message(timeout=WAIT_S)
    except (NoPermissionError, ResponseError) as error:
        sort = str(error).partition(" ")[0] if str(error).startswith("OOM") else "rights"
        if sort == "OOM":
            yield wrong(NAME, "It is full and takes no more: raise maxmemory.")
        else:
            yield wrong(
                NAME,
                "This user of Redis may not do all that is needed (scripts, keys jam:*, channels "
                "jam:*): give it +@all, ~jam:* and &jam:*.",
            )
        return
    if heard is None:
        yield wrong(NAME, "What is published there does not arrive: look at what stands between.")


def _speed(redis: Any) -> Finding:
    trips = []
    for _ in range(PINGS):
        begun = time.perf_counter()
        redis.ping()
        trips.append(time.perf_counter() - begun)
    usual = statistics.median(trips)
    text = f"{max(usual * 1000, 0.1):.1f} ms"
    if usual >= STUCK_S:
        return wrong(NAME, f"It takes {text} to answer, which everybody feels: move it nearer.")
    if usual >= SLOW_S:
        return note(NAME, f"It takes {text} to answer: under 5 ms is good; keep it near.")
    return well(NAME, f"It answers in {text}.")

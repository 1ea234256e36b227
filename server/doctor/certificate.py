"""The certificate that stands behind an https address."""

from __future__ import annotations

import socket
import ssl
import time

from .finding import Finding, note, well, wrong

NAME = "tls"
WAIT_S = 5.0
DAY_S, HOUR_S = 86_400, 3_600
SOON_S, NOW_S = 14 * DAY_S, 3 * DAY_S
SOON_PART, NOW_PART = 1 / 4, 1 / 12
"""Of its whole life: proxies renew in the last third, and some certificates live six days."""


def certificate(host: str, port: int, now: float | None = None) -> Finding:
    """One finding about the certificate at this place."""
    try:
        begins, ends = _life(host, port)
    except ssl.SSLCertVerificationError as bad:
        return wrong(
            NAME,
            f"Browsers will not believe the certificate of {host} ({bad.verify_message}): let the "
            "proxy get one for exactly this name.",
        )
    except ssl.SSLError as bad:
        why = bad.reason or "no TLS"
        return wrong(NAME, f"{host} port {port} does not speak TLS ({why}): look at the proxy.")
    except socket.gaierror:
        return wrong(
            NAME,
            f"The name {host} leads nowhere: make a DNS record (A, AAAA) that names this machine.",
        )
    except OSError as no:
        return wrong(
            NAME,
            f"Nothing answers at {host} port {port} from here ({no.strerror or 'no answer'}): start"
            " the proxy and open ports 80 and 443. (Behind a home router, try from outside.)",
        )
    left, whole = ends - (time.time() if now is None else now), ends - begins
    span = f"{left / DAY_S:.0f} days" if left >= 2 * DAY_S else f"{left / HOUR_S:.0f} hours"
    if left < min(NOW_S, whole * NOW_PART):
        return wrong(NAME, f"The certificate of {host} ends in {span}: renew it now.")
    if left < min(SOON_S, whole * SOON_PART):
        return note(
            NAME,
            f"The certificate of {host} ends in {span}, and should have been renewed by now: "
            "look at the proxy's log.",
        )
    return well(NAME, f"The certificate of {host} is good for {span}.")


def _life(host: str, port: int) -> tuple[float, float]:
    """From when and until when it holds, in seconds since 1970. Raises OSError, of which ssl's
    errors are some."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=WAIT_S) as raw,
        context.wrap_socket(raw, server_hostname=host) as line,
    ):
        found = line.getpeercert() or {}
        begins, ends = (str(found[name]) for name in ("notBefore", "notAfter"))
        return float(ssl.cert_time_to_seconds(begins)), float(ssl.cert_time_to_seconds(ends))

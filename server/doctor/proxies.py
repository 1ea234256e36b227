"""Whose word about people's addresses is believed: limits count by address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping

from server.settings import Settings

from .finding import Finding, well, wrong

NAME = "proxies"
WIDEST = {4: 8, 6: 16}
"""Bits of the widest network that can be meant."""


def proxies(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    trusted = settings.trusted_proxies
    wide = [name for name in trusted if _wide(name)]
    if wide:
        yield wrong(
            NAME,
            f"JAM_TRUSTED_PROXIES believes half the world ({', '.join(wide)}), so anybody can pass "
            "for anybody: name the address of your proxy.",
        )
    elif trusted:
        yield well(NAME, f"Addresses are taken from the word of {', '.join(trusted)} alone.")
    elif settings.base_url.startswith("https:"):
        yield wrong(
            NAME,
            "JAM_BASE_URL is https, so people come through a proxy, but JAM_TRUSTED_PROXIES is "
            "empty: limits take all of them for one. Name the proxy's address, such as 127.0.0.1.",
        )
    else:
        yield well(NAME, "No proxy is believed; each line counts by where it comes from.")


def _wide(name: str) -> bool:
    network = ipaddress.ip_network(name)
    return network.prefixlen < WIDEST[network.version]

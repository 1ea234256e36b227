"""Addresses of this machine: where we listen, and what others in the local network can open."""

import errno
import socket
from collections.abc import Iterator

# Connecting a UDP socket sends nothing; it asks the routing table which of our addresses would be
# used. The first is reserved for documentation; the others are met where there is no way out.
_PROBES = ("192.0.2.1", "192.168.0.1", "10.0.0.1", "172.16.0.1")


class PortTaken(OSError):
    """Something else listens there already, or this user may not. Its text is one sentence."""


def listen(host: str, port: int, backlog: int = 2048) -> socket.socket:
    """A socket that listens already. Raises PortTaken with one sentence for a person."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows the same option would let two servers share the port.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(backlog)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        raise PortTaken(sentence(error, host, port)) from error
    return sock


def sentence(error: OSError, host: str, port: int) -> str:
    """What to tell the person who started the server when it cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program; choose another with --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} may not be used by this user; choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"{host} is not an address of this machine; choose another with --host."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."


def own() -> list[str]:
    """IPv4 addresses under which others reach this machine, the most likely first. Asks nobody."""
    found: list[str] = []
    for address in (*_routed(), *_interfaces(), *_named()):
        if address not in found and not address.startswith(("127.", "169.254.", "0.")):
            found.append(address)
    return found


def _routed() -> Iterator[str]:
    for probe in _PROBES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                sock.connect((probe, 9))
            except OSError:
                continue
            yield str(sock.getsockname()[0])


def _interfaces() -> Iterator[str]:
    """On Linux also the addresses without a route: a laptop that is itself the hall's hotspot."""
    try:
        import fcntl
    except ImportError:
        return
    get_address = 0x8915  # SIOCGIFADDR of Linux; other systems answer with an error
    try:
        names = socket.if_nameindex()
    except OSError:  # a service that may not ask: no AF_NETLINK for it
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for _, name in names:
            try:
                answer = fcntl.ioctl(sock, get_address, name.encode()[:15].ljust(40, b"\0"))
            except OSError:
                continue
            yield socket.inet_ntoa(answer[20:24])


def _named() -> Iterator[str]:
    try:
        # A mac knows its own name; numeric only, so that no name server is asked for anything else.
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(entry[4][0])
    except OSError:
        return

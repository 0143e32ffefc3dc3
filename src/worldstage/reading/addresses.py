"""Which hosts may be asked for a page: public ones, and those that the user named."""

from __future__ import annotations

import ipaddress
import socket

from worldstage.core.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[Address]:
    """The numeric addresses of a host, in the order in which to try them.

    Raises
    ------
    InputError
        If the name is unknown.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {host} is not found") from error
    return [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]


def is_public(address: Address) -> bool:
    """Whether an address is of the open net: not this machine, a private or local network, or reserved.

    IPv6 forms that carry an IPv4 address are judged by that.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_loopback)


def allowed(host: str, port: int, *, typed: str | None) -> Address:
    """The address to connect to for a host; connecting to it, and not to the name, leaves no room for a second answer.

    Parameters
    ----------
    typed
        The host in the address that the user typed: it may be anywhere.

    Raises
    ------
    InputError
        If the host is unknown, or leads into a network that a page has no business to point to.
    """
    found = resolve(host, port)
    if host != typed:
        for address in found:
            if not is_public(address):
                raise InputError(f"leads to {host} ({address}), which is not on the public net: refused")
    if not found:
        raise InputError(f"the host {host} is not found")
    return found[0]


def check_literal(host: str, *, typed: str | None) -> None:
    """Refuse a host that is a number, or this machine, off the public net; for requests that a proxy makes.

    Raises
    ------
    InputError
        As `allowed` does.
    """
    if host == typed:
        return
    try:
        public = is_public(ipaddress.ip_address(host))
    except ValueError:
        public = host.rstrip(".") != "localhost" and not host.rstrip(".").endswith(".localhost")
    if not public:
        raise InputError(f"leads to {host}, which is not on the public net: refused")

"""Pages and feeds by address."""

from __future__ import annotations

import contextlib
import io
import time
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from worldstage.core.errors import InputError
from worldstage.reading import addresses
from worldstage.reading.raw import Raw

if TYPE_CHECKING:
    import httpx

_LARGEST = 20_000_000
_MOST_HOPS = 5
_SECONDS, _SECONDS_IN_ALL = 20.0, 60.0
_HEADERS = {
    "User-Agent": "worldstage (reads news pages for research)",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en, *;q=0.5",
}


def fetch(address: str, *, typed: str | None = None, transport: httpx.BaseTransport | None = None) -> Raw:
    """Fetch what is at an address.

    Parameters
    ----------
    typed
        A host that the user named and that may therefore be on a private network. Every other host has to be public,
        also those that redirections lead to.
    transport
        Takes the place of the network, in tests.

    Raises
    ------
    InputError
        If it cannot be had: no answer, an error, too large, too slow, a host that is refused.
    """
    import httpx

    deadline = time.monotonic() + _SECONDS_IN_ALL
    try:
        url = httpx.URL(address)
        for _ in range(_MOST_HOPS + 1):
            with _answer(url, typed, transport) as response:
                if response.has_redirect_location:
                    url = url.join(response.headers["location"])
                    continue
                if not response.is_success:
                    raise InputError(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
                body = _body(response, deadline)
                name = unquote(url.path.rstrip("/").rsplit("/", 1)[-1])
                return Raw.make(address, name, io.BytesIO(body), charset=response.charset_encoding)
        raise InputError(f"redirected more than {_MOST_HOPS} times")
    except httpx.TimeoutException as error:
        raise InputError(f"no answer within {_SECONDS:.0f} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(f"cannot be fetched ({str(error)[:160] or type(error).__name__})") from error


def host_of(address: str) -> str | None:
    """The host of an address, in the form in which `fetch` compares it; None if it has none."""
    import httpx

    try:
        return httpx.URL(address).host or None
    except (httpx.InvalidURL, UnicodeError):
        return None


@contextlib.contextmanager
def _answer(url: httpx.URL, typed: str | None, transport: httpx.BaseTransport | None) -> Iterator[httpx.Response]:
    """The answer to one request, its body not yet read; redirections are not followed."""
    import httpx

    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"leads to {str(url)[:120]!r}: only http and https addresses are read")
    proxied = transport is None and _by_proxy(url)
    headers, extensions, target = {}, {}, url
    if proxied:
        # The proxy looks the name up; all that can be checked here is a host given as a number.
        addresses.check_literal(url.host, typed=typed)
    else:
        port = url.port or (443 if url.scheme == "https" else 80)
        target = url.copy_with(host=str(addresses.allowed(url.host, port, typed=typed)))
        headers = {"Host": url.netloc.decode("ascii")}
        extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    client = httpx.Client(
        headers=_HEADERS,
        timeout=_SECONDS,
        transport=transport,
        trust_env=proxied,
        verify=httpx.create_ssl_context() if url.scheme == "https" and transport is None else False,
        follow_redirects=False,
    )
    with client, client.stream("GET", target, headers=headers, extensions=extensions) as response:
        yield response


def _by_proxy(url: httpx.URL) -> bool:
    """Whether the user's settings send requests for this host through a proxy."""
    proxies = urllib.request.getproxies()
    return bool(proxies.keys() & {url.scheme, "all"}) and not urllib.request.proxy_bypass(url.host)


def _body(response: httpx.Response, deadline: float) -> bytes:
    """The body, unpacked, as long as it stays within limits of size and time."""
    body = bytearray()
    for chunk in response.iter_bytes(1 << 16):
        body += chunk
        if len(body) > _LARGEST:
            raise InputError(f"larger than {_LARGEST // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise InputError(f"not had within {_SECONDS_IN_ALL:.0f} seconds")
    return bytes(body)

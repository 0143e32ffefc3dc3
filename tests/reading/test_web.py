import gzip
import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from worldstage.core.errors import InputError
from worldstage.reading import addresses, web

PUBLIC = ipaddress.ip_address("93.184.216.34")
PRIVATE = ipaddress.ip_address("192.168.1.1")


@pytest.fixture
def net(monkeypatch):
    """A net in which names with *inside* are private; gives what was asked of which address and host."""
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(addresses, "resolve", lambda host, port: [PRIVATE if "inside" in host else PUBLIC])

    def make(**answers: httpx.Response):
        def handle(request: httpx.Request) -> httpx.Response:
            asked.append((request.url.host, request.headers["host"]))
            return answers[request.url.path.strip("/") or "root"]

        return httpx.MockTransport(handle)

    make.asked = asked
    return make


def test_a_page_is_fetched_from_the_address_that_was_checked(net):
    page = httpx.Response(200, html="<html>Zażółć</html>")
    raw = web.fetch("https://example.org/a%20b.html?x=1", transport=net(**{"a b.html": page}))
    assert raw.read(1000).decode() == "<html>Zażółć</html>"
    assert (raw.name, raw.charset, raw.source) == ("a b.html", "utf-8", "https://example.org/a%20b.html?x=1")
    assert net.asked == [(str(PUBLIC), "example.org")]


def test_redirections_are_followed_and_each_host_is_checked(net):
    to = httpx.Response(302, headers={"location": "http://other.example:8080/end"})
    raw = web.fetch("http://example.org/start", transport=net(start=to, end=httpx.Response(200, text="Russia struck.")))
    assert raw.head == b"Russia struck."
    assert [host for _, host in net.asked] == ["example.org", "other.example:8080"]


@pytest.mark.parametrize(
    "target",
    [
        "http://inside.example/x",
        "//inside.example/x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "gopher://example.org",
    ],
)
def test_redirections_into_private_networks_or_files_are_refused(net, target):
    with pytest.raises(InputError, match=r"public net|only http"):
        web.fetch(
            "http://example.org/start",
            typed="example.org",
            transport=net(start=httpx.Response(301, headers={"location": target})),
        )
    assert len(net.asked) == 1


def test_a_private_host_is_asked_only_if_the_user_named_it(net):
    page = httpx.Response(200, text="Russia struck.")
    with pytest.raises(InputError, match="refused"):
        web.fetch("http://inside.example/", transport=net(root=page))
    assert (
        web.fetch("http://inside.example/", typed="inside.example", transport=net(root=page)).head == b"Russia struck."
    )


def test_endless_redirections_end(net):
    with pytest.raises(InputError, match="redirected more than"):
        web.fetch("http://example.org/a", transport=net(a=httpx.Response(302, headers={"location": "/a"})))


def test_errors_of_the_server_are_told(net):
    with pytest.raises(InputError, match="404 Not Found"):
        web.fetch("http://example.org/a", transport=net(a=httpx.Response(404)))


def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(net, monkeypatch):
    monkeypatch.setattr(web, "_LARGEST", 1_000_000)
    packed = httpx.Response(200, content=gzip.compress(b"x" * 5_000_000), headers={"content-encoding": "gzip"})
    with pytest.raises(InputError, match=r"larger than"):
        web.fetch("http://example.org/a", transport=net(a=packed))


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("bad"),
        httpx.DecodingError("bad"),
    ],
)
def test_failures_of_the_net_are_clear(net, error):
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(InputError, match=r"cannot be fetched|no answer"):
        web.fetch("http://example.org/a", transport=httpx.MockTransport(fail))


@pytest.mark.parametrize(
    "address", ["http://", "http:///x", "http://[bad", "http://exa mple.org/\x00", "https://" + "a" * 300 + ".org/"]
)
def test_addresses_that_are_none_are_refused(address):
    with pytest.raises(InputError):
        web.fetch(address)


def test_a_real_server_on_this_machine_answers_if_named():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=iso-8859-2")
            self.end_headers()
            self.wfile.write("Wałęsa said on Tuesday.".encode("iso-8859-2"))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.handle_request, daemon=True).start()
    raw = web.fetch(f"http://127.0.0.1:{server.server_port}/a.txt", typed=web.host_of("http://127.0.0.1/"))
    server.server_close()
    assert (raw.charset, raw.read(100).decode("iso-8859-2")) == ("iso-8859-2", "Wałęsa said on Tuesday.")

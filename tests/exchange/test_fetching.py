"""Fetching from a server on loopback that breaks off, refuses, lies and recovers."""

import datetime as dt
import hashlib
import http.server
import threading

import pytest

from worldstage.core.errors import InputError, WindowError
from worldstage.exchange.fetching import fetch

DAY = dt.date(2018, 1, 1)


class Server(http.server.ThreadingHTTPServer):
    """A small GDELT: files by path, and what goes wrong with each."""

    def __init__(self, files):
        self.files, self.trouble, self.asked = dict(files), {}, []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        server, path = self.server, self.path
        start = self.headers.get("Range", "")
        server.asked.append((path, start, self.headers.get("User-Agent", "")))
        body = server.files.get(path)
        trouble = server.trouble.get(path, [])
        what = trouble.pop(0) if trouble else None
        if body is None or what == "gone":
            self.send_error(404)
            return
        if what == "busy":
            self.send_response(503)
            self.send_header("Retry-After", "7")
            self.end_headers()
            return
        first = int(start.removeprefix("bytes=").removesuffix("-")) if start else 0
        if what == "whole":
            first = 0
        body = b"wrong" + body[5:] if what == "lies" else body
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(len(body) - first))
        self.end_headers()
        self.wfile.write(body[first : len(body) // 2 if what == "breaks" else None])
        if what == "breaks":
            self.wfile.flush()
            self.connection.close()


def _files(version, days=2):
    """Path → body, with the manifest."""
    out, lines = {}, []
    for n in range(days):
        day = DAY + dt.timedelta(days=n)
        for clock in ("",) if version == 1 else ("000000", "001500"):
            for kind in ("export",) if version == 1 else ("export", "mentions"):
                name = f"{day:%Y%m%d}{clock}.{kind}.CSV.zip"
                body = f"{name} ".encode() * 500
                out[f"/{'events' if version == 1 else 'gdeltv2'}/{name}"] = body
                md5 = hashlib.md5(body).hexdigest()
                lines.append(
                    f"{md5}  {name}" if version == 1 else f"{len(body)} {md5} http://elsewhere.example/gdeltv2/{name}"
                )
    manifest = "/events/md5sums" if version == 1 else "/gdeltv2/masterfilelist.txt"
    return out | {manifest: "\n".join([*lines, "", "nonsense"]).encode()}


@pytest.fixture
def serve(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    running = []

    def start(files):
        server = Server(files)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def _get(server, folder, **more):
    waits = []
    options = {"version": 1, "base": server.base, "sleep": waits.append} | more
    return fetch(DAY, DAY + dt.timedelta(days=1), folder, **options), waits


@pytest.mark.parametrize("version", [1, 2])
def test_files_come_whole_and_only_once(serve, tmp_path, version):
    server = serve(_files(version))
    done, waits = _get(server, tmp_path, version=version)
    assert (done.files, done.there, done.failed) == (2 if version == 1 else 4, 0, ())
    for path in tmp_path.iterdir():
        assert path.read_bytes() == server.files[f"/{'events' if version == 1 else 'gdeltv2'}/{path.name}"]
    # A pause after every file, and a name to complain to.
    assert waits == [0.5] * done.files
    assert all("worldstage" in agent for *_, agent in server.asked)
    before = len(server.asked)
    again, _ = _get(server, tmp_path, version=version)
    assert (again.files, again.there, len(server.asked) - before) == (0, done.files, 1)


def test_mentions_when_asked(serve, tmp_path):
    done, _ = _get(serve(_files(2)), tmp_path, version=2, mentions=True)
    assert done.files == 8


def test_only_the_days_asked_for(serve, tmp_path):
    server = serve(_files(1, days=9))
    done, _ = _get(server, tmp_path)
    assert sorted(p.name[:8] for p in tmp_path.iterdir()) == ["20180101", "20180102"]
    assert done.gaps == ()


def test_days_that_the_publisher_lacks_are_named(serve, tmp_path):
    done, _ = _get(serve(_files(2)), tmp_path, version=2)
    assert done.gaps == ((DAY, 2), (DAY + dt.timedelta(days=1), 2))


def test_what_breaks_off_goes_on(serve, tmp_path):
    server = serve(_files(1))
    path = "/events/20180101.export.CSV.zip"
    server.trouble[path] = ["breaks", "breaks"]
    done, _ = _get(server, tmp_path)
    assert (done.files, done.failed) == (2, ())
    ranges = [start for p, start, _ in server.asked if p == path]
    assert ranges[0] == ""
    assert all(r.startswith("bytes=") for r in ranges[1:])
    assert (tmp_path / "20180101.export.CSV.zip").read_bytes() == server.files[path]


def test_a_later_run_goes_on_where_one_stopped(serve, tmp_path):
    server = serve(_files(1))
    path = "/events/20180101.export.CSV.zip"
    (tmp_path / "20180101.export.CSV.zip.part").write_bytes(server.files[path][:100])
    _get(server, tmp_path)
    assert [start for p, start, _ in server.asked if p == path] == ["bytes=100-"]
    assert (tmp_path / "20180101.export.CSV.zip").read_bytes() == server.files[path]


def test_a_server_that_cannot_resume_sends_it_whole(serve, tmp_path):
    server = serve(_files(1))
    path = "/events/20180101.export.CSV.zip"
    server.trouble[path] = ["whole"]
    (tmp_path / "20180101.export.CSV.zip.part").write_bytes(server.files[path][:100])
    done, _ = _get(server, tmp_path)
    assert done.failed == ()
    assert (tmp_path / "20180101.export.CSV.zip").read_bytes() == server.files[path]


def test_the_pause_that_the_server_asks_for_is_kept(serve, tmp_path):
    server = serve(_files(1))
    server.trouble["/events/20180101.export.CSV.zip"] = ["busy"]
    server.trouble["/events/md5sums"] = ["busy"]
    done, waits = _get(server, tmp_path)
    assert done.failed == ()
    assert waits == [7.0, 7.0, 0.5, 0.5]


def test_what_is_not_as_listed_is_not_kept(serve, tmp_path):
    server = serve(_files(1))
    server.trouble["/events/20180101.export.CSV.zip"] = ["lies"] * 9
    server.trouble["/events/20180102.export.CSV.zip"] = ["gone"]
    done, _ = _get(server, tmp_path)
    assert done.files == 0
    assert dict(done.failed) == {
        "20180101.export.CSV.zip": "its md5 is not the manifest's", "20180102.export.CSV.zip": "HTTP 404",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_fetched_anew(serve, tmp_path):
    server = serve(_files(1))
    (tmp_path / "20180101.export.CSV.zip").write_bytes(b"half")
    done, _ = _get(server, tmp_path)
    assert (done.files, done.there) == (2, 0)


def test_errors(serve, tmp_path):
    with pytest.raises(InputError, match="HTTP 404"):
        _get(serve({}), tmp_path)
    with pytest.raises(InputError, match="lists no files"):
        _get(serve({"/events/md5sums": b"<html>"}), tmp_path)
    with pytest.raises(WindowError):
        fetch(DAY, DAY - dt.timedelta(days=1), tmp_path)
    with pytest.raises(WindowError, match="version 1"):
        fetch(dt.date(2014, 1, 1), dt.date(2014, 2, 1), tmp_path)

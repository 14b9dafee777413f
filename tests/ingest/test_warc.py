"""Web archives: real files of every packing, whole and broken, read record by record."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from fastwarc.stream_io import GzipWriter, Lz4Writer, ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from rashomon.config import Limits
from rashomon.ingest import warc
from rashomon.records import RawDocument

WORDS = "The governor of Norlund said on Monday that rockets had hit the harbour of Vessby, wounding {} dock workers. "
SITE = "https://news.example/"


def html(number: int) -> bytes:
    text = WORDS.format(number) * 4
    return f"<html><head><title>Harbour {number}</title></head><body><article><p>{text}</p></article></body></html>".encode()


def record(
    address: str, content: bytes, *, kind: str = "response", status: str = "200 OK", headers: str = "Content-Type: text/html",
    length: int | None = None, http: bytes | None = None, date: str = "2020-03-04T05:06:07Z",
) -> bytes:
    """One record as it stands in a file."""
    head = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode("latin-1") if kind == "response" else b""
    block = (head if http is None else http) + content
    told = "text/html" if kind == "resource" else "application/http; msgtype=response"
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {address}", f"WARC-Date: {date}", "WARC-Record-ID: <urn:uuid:1>",
        f"Content-Type: {told}", f"Content-Length: {len(block) if length is None else length}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


class Read:
    def __init__(self, path: Path, limits: Limits = Limits()) -> None:  # noqa: B008
        self.failures: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.pages: list[RawDocument] = list(warc.pages(
            path, path.name, limits, lambda source, error: self.failures.append((source, str(error))),
            lambda source, what: self.notes.append(what),
        ))

    @property
    def addresses(self) -> list[str]:
        return [page.id.removeprefix(SITE) for page in self.pages]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    def make(*records: bytes, name: str = "x.warc.gz", limits: Limits | None = None) -> Read:
        path = tmp_path / name
        path.write_bytes(b"".join(map(gzip.compress, records) if name.endswith(".gz") else records))
        return Read(path, limits or Limits())

    return make


FOUR = [record(f"{SITE}{number}", html(number)) for number in range(4)]


@pytest.mark.parametrize("packing", ["", ".gz", ".zst", ".lz4"])
def test_files_that_fastwarc_itself_writes(tmp_path: Path, ingest, packing: str) -> None:
    path = tmp_path / f"news.warc{packing}"
    with path.open("wb") as file:
        writer = {"": lambda f: f, ".gz": GzipWriter, ".zst": ZstdWriter, ".lz4": Lz4Writer}[packing](file)
        for number in range(3):
            made = WarcRecord()
            made.init_headers(WarcRecordType.response, record_urn=b"<urn:uuid:%d>" % number)
            made.headers["WARC-Target-URI"] = f"{SITE}{number}"
            made.headers["WARC-Date"] = "2021-01-02T03:04:05Z"
            made.headers["Content-Type"] = "application/http; msgtype=response"
            head = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "7"\r\nSet-Cookie: a=b\r\n\r\n'
            made.set_bytes_content(head + html(number))
            made.write(writer)
        if packing:
            writer.close()
    run = ingest(path)
    assert run.ids == [f"{SITE}{number}" for number in range(3)]
    assert not run.failures
    for number, arrival in enumerate(run.arrivals):
        raw, document = arrival.raw, arrival.document
        assert raw.content == html(number)
        assert (raw.url, raw.fetched, raw.headers["etag"]) == (f"{SITE}{number}", "2021-01-02T03:04:05Z", '"7"')
        assert "set-cookie" not in raw.headers
        assert document.url == raw.url and document.title == f"Harbour {number}"
        assert document.source.startswith(f"{path}#") and document.source == raw.source


def test_an_archive_reads_as_its_pages_read(tmp_path: Path, ingest) -> None:
    (tmp_path / "a.warc").write_bytes(b"".join(FOUR))
    for number in range(4):
        (tmp_path / f"{number}.html").write_bytes(html(number))
    run = ingest(tmp_path / "a.warc", *(tmp_path / f"{number}.html" for number in range(4)))
    assert run.texts[:4] == run.texts[4:]


def test_only_pages_are_read_and_the_rest_is_counted(read) -> None:
    run = read(
        record(f"{SITE}info", b"software: x", kind="warcinfo"),
        record(f"{SITE}ask", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(f"{SITE}a", html(1)),
        record(f"{SITE}gone", b"no", status="404 Not Found"),
        record(f"{SITE}moved", b"", status="301 Moved"),
        record(f"{SITE}picture", b"\x89PNG", headers="Content-Type: image/png"),
        record(f"{SITE}again", b"", kind="revisit"),
        record("dns:news.example", b"x", kind="resource"),
        record(f"{SITE}kept", html(2), kind="resource"),
        record(f"{SITE}notype", html(3), headers="Server: x"),
        record(f"{SITE}pdf", b"%PDF-1.4", headers="content-type: application/pdf"),
        record("<https://news.example/angled>", html(4)),
    )
    assert run.addresses == ["a", "kept", "notype", "pdf", "angled"]
    assert not run.failures
    (note,) = run.notes
    assert "2 answers other than 200" in note and "1 pictures" in note and "1 revisits" in note and "1 from no address" in note


def test_codings_of_the_transfer_are_undone(read) -> None:
    page = html(1)
    pieces = [page[at : at + 300] for at in range(0, len(page), 300)]
    chunked = b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    kind = "Content-Type: text/html\r\n"
    packed = {
        "gzip": gzip.compress(page), "deflate": zlib.compress(page), "br": brotli.compress(page),
        "zstd": zstandard.ZstdCompressor().compress(page), "identity": page, "GZip": gzip.compress(page),
    }
    run = read(
        *(record(f"{SITE}{name}", body, headers=f"{kind}Content-Encoding: {name}") for name, body in packed.items()),
        record(f"{SITE}chunked", chunked, headers=f"{kind}Transfer-Encoding: chunked"),
        record(f"{SITE}undone", page, headers=f"{kind}Transfer-Encoding: chunked"),
        record(f"{SITE}crawler", page, headers=f"{kind}X-Crawler-Transfer-Encoding: chunked\r\nX-Crawler-Content-Encoding: gzip"),
        record(f"{SITE}bare", page, http=b"HTTP/1.0 200\nContent-Type: text/html\n\n"),
        record(f"{SITE}folded", page, http=b"HTTP/2 200\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n"),
        record(f"{SITE}headless", page, http=b"HTTP/1.1 200 OK\r\n\r\n"),
    )
    assert not run.failures
    assert [one.content == page for one in run.pages] == [True] * 12


def test_charsets_are_believed_as_far_as_they_hold(ingest, tmp_path: Path) -> None:
    text = "Le gouverneur — «the governor» — said that rockets hit the café of Vessby on Monday, wounding four men. " * 5
    page = f"<html><body><article><p>{text}</p></article></body></html>"
    kind = "Content-Type: text/html; charset="
    broken = page.encode().replace("café".encode(), b"caf\xc3", 1)
    (tmp_path / "c.warc").write_bytes(b"".join((
        record(f"{SITE}1", page.encode("cp1252"), headers=f"{kind}windows-1252"),
        record(f"{SITE}2", page.encode("utf-16"), headers=f"{kind}utf-16"),
        record(f"{SITE}3", page.encode(), headers=f"{kind}iso-8859-1"),
        record(f"{SITE}4", page.encode(), headers=f"{kind}no-such-thing"),
        record(f"{SITE}5", broken, headers=f'{kind}"utf-8"'),
        record(f"{SITE}6", bytes(range(256)) * 40, headers=f"{kind}utf-8"),
    )))
    run = ingest(tmp_path / "c.warc")
    assert [("café" in one and "«the governor»" in one and "—" in one) for one in run.texts] == [True] * 5
    assert "caf\ufffd" in run.texts[4]
    assert [source.partition("#")[0] for source, _ in run.failures] == [str(tmp_path / "c.warc")]


HTML = "Content-Type: text/html\r\n"
ZERO, ONE, *REST = FOUR
PACKED = [gzip.compress(one) for one in FOUR]
LONG = ONE.replace(b"Content-Length: ", b"Content-Length: 9")


def packed(second: bytes) -> list[bytes]:
    return [gzip.compress(one) for one in (ZERO, second, *REST)]


FAULTS: dict[str, tuple[list[bytes], list[str], str]] = {
    "a member cut short": ([PACKED[0], PACKED[1][:250], *PACKED[2:]], ["0", "2", "3"], "/1;"),
    "a member spoiled": ([PACKED[0], PACKED[1][:60] + b"\0" * 9 + PACKED[1][69:], *PACKED[2:]], ["0", "2", "3"], "offset"),
    "junk between": ([PACKED[0], b"junk" * 9, *PACKED[1:]], ["0", "1", "2", "3"], "is lost"),
    "the end cut off": ([*PACKED[:3], PACKED[3][:-40]], ["0", "1", "2"], "/3) breaks off"),
    "no length": (packed(ONE.replace(b"Content-Length", b"Length")), ["0", "2", "3"], "/1)"),
    "too long a length": (packed(LONG), ["0", "2", "3"], "/1) breaks off"),
    "no answer": (packed(record(f"{SITE}x", b"zz", http=b"garbage\r\n\r\n")), ["0", "2", "3"], "/x) is no answer"),
    "no version": (packed(ONE.replace(b"WARC/1.0", b"BARC/1.0")), ["0", "2", "3"], "/1;"),
    "plain, the end cut off": ([*FOUR[:3], FOUR[3][:-100]], ["0", "1", "2"], "/3) breaks off"),
    "plain, too long a length": ([ZERO, LONG, *REST], ["0", "2", "3"], "/1) breaks off"),
    "plain, junk first": ([b"junk\r\n" * 9, *FOUR], ["0", "1", "2", "3"], "is lost"),
    "a broken chunk": (
        [record(f"{SITE}0", b"5\r\nabcdefgh", headers=f"{HTML}Transfer-Encoding: chunked"), *FOUR[1:]],
        ["1", "2", "3"], "/0) has a broken chunk",
    ),
    "a broken packing": (
        [record(f"{SITE}0", gzip.compress(html(0))[:-9], headers=f"{HTML}Content-Encoding: gzip"), *FOUR[1:]],
        ["1", "2", "3"], "/0) breaks off",
    ),
    "a strange packing": (
        [record(f"{SITE}0", b"abc", headers=f"{HTML}Content-Encoding: rot13"), *FOUR[1:]], ["1", "2", "3"], "rot13",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_costs_one_record(tmp_path: Path, fault: str) -> None:
    pieces, whole, words = FAULTS[fault]
    path = tmp_path / "f.warc"
    path.write_bytes(b"".join(pieces))
    run = Read(path)
    assert run.addresses == whole
    ((source, message),) = run.failures
    assert source.startswith("f.warc#") and message.startswith("f.warc") and "offset" in message and words in message


def test_bombs_and_giants_are_refused_and_the_rest_is_read(read) -> None:
    bomb, brotli_bomb = gzip.compress(bytes(60_000_000)), brotli.compress(bytes(60_000_000))
    giant = record(f"{SITE}giant", b"x" * 3_000_000)
    packed = "Content-Type: text/html\r\nContent-Encoding: "
    tracemalloc.start()
    run = read(
        record(f"{SITE}bomb", bomb, headers=f"{packed}gzip"), giant,
        record(f"{SITE}br", brotli_bomb, headers=f"{packed}br"), FOUR[0], limits=Limits(max_bytes=2_000_000),
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert run.addresses == ["0"]
    assert ["2,000,000" in message for _, message in run.failures] == [True] * 3
    assert peak < 20_000_000


def test_a_date_that_is_none_is_left_out(read) -> None:
    run = read(record(f"{SITE}a", html(1), date="2020-53-04T05:06:07Z"))
    assert [page.fetched for page in run.pages] == [None]


def test_many_records_take_no_more_memory_than_few(tmp_path: Path) -> None:
    path = tmp_path / "many.warc.gz"
    with path.open("wb") as file:
        for number in range(300):
            file.write(gzip.compress(record(f"{SITE}{number}", html(number) + b"x" * 200_000)))
    tracemalloc.start()
    count = sum(1 for _ in warc.pages(path, "many", Limits(), lambda *_: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300 and peak < 4_000_000

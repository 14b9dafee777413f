"""Every kind of bad input: one clear message that names it, and the rest is still read."""

from __future__ import annotations

import gzip
import io
import json
import logging
import os
import zipfile
from pathlib import Path

import pytest

from rashomon.errors import DocumentTooLarge, EmptyDocument, InputError, MalformedRecord, UndecodableText, UnsupportedFormat

GOOD = "The bridge at Tell Sari was shelled on Monday, two residents said."
WHOLE_ZIP = io.BytesIO()
with zipfile.ZipFile(WHOLE_ZIP, "w") as archive:
    archive.writestr("word/nothing.xml", "<x/>")

BAD: dict[str, tuple[bytes, type[InputError], str]] = {
    "empty.txt": (b"", EmptyDocument, "empty"),
    "blank.txt": (b" \r\n\t\n\xc2\xa0\xef\xbb\xbf", EmptyDocument, "blank"),
    "mark.txt": (b"\xef\xbb\xbf", EmptyDocument, "blank"),
    "binary.txt": (b"\x7fELF\x02\x01\x01\x00\x00" + bytes(range(256)) * 20, UndecodableText, "binary"),
    "controls.txt": (b"\x01\x02\x03 text \x04\x05" * 20, UndecodableText, "control characters"),
    "unmarked16.txt": (GOOD.encode("utf-16-le"), UndecodableText, "zero bytes"),
    "half16.txt": (b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00", UndecodableText, "UTF-16"),
    "line.txt": (b"a word and " * 200_000, DocumentTooLarge, "1,000,000 characters"),
    "empty.pdf": (b"", EmptyDocument, "empty"),
    "broken.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", MalformedRecord, "broken PDF"),
    "nopdf.pdf": (GOOD.encode(), MalformedRecord, "broken PDF"),
    "broken.docx": (b"PK\x03\x04 no archive", MalformedRecord, "broken Word file"),
    "other.docx": (WHOLE_ZIP.getvalue(), MalformedRecord, "broken Word file"),
    "cut.txt.gz": (gzip.compress(os.urandom(9_000).hex().encode())[:4_000], MalformedRecord, "broken gzip"),
    "cut.jsonl.gz": (
        gzip.compress(json.dumps({"text": os.urandom(9_000).hex()}).encode())[:4_000],
        MalformedRecord,
        "broken gzip",
    ),
    "no.csv.gz": (b"id,text\na,b\n", MalformedRecord, "broken gzip"),
    "bomb.txt.gz": (gzip.compress(b"a" * 9_000_000), DocumentTooLarge, "4,000,000 bytes"),
    "deep.html": (b"<html><body>" + b"<div>" * 90_000 + GOOD.encode(), DocumentTooLarge, "nested too deeply"),
    "unclosed.html": (b"<html><body>" + b"<b><i><font>" * 60_000 + GOOD.encode(), DocumentTooLarge, "nested"),
    "strewn.html": (b"<html><body>" + b"<p>a b</p>" * 100_001, DocumentTooLarge, "100,000 elements"),
    "bare.html": (b"<html><head><title>x</title></head><body></body></html>", EmptyDocument, "no article text"),
    "list.json": (b"[]", MalformedRecord, "empty list"),
    "cut.json": (b'[{"text": "a"}, {"te', MalformedRecord, "not valid JSON"),
    "deep.json": (b"[" * 200_000, MalformedRecord, "not valid JSON"),
    "number.json": (b"17", MalformedRecord, "no JSON object"),
    "utf16.jsonl": (json.dumps({"text": GOOD}).encode("utf-16"), UndecodableText, "UTF-8"),
    "empty.jsonl": (b"\n\n", MalformedRecord, "holds no object"),
    "headless.csv": (b"a,b\n1,2\n", MalformedRecord, "no column `text`"),
    "page.warc": (GOOD.encode(), MalformedRecord, "no WARC file"),
    "none.warc": (b"", EmptyDocument, "empty"),
    "page.warc.gz": (GOOD.encode(), MalformedRecord, "no WARC file"),
    "packed.warc.gz": (gzip.compress(GOOD.encode()), MalformedRecord, "no WARC file"),
    "notes.md": (GOOD.encode(), UnsupportedFormat, ".jsonl"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_clear_message_and_the_rest_is_read(tmp_path: Path, ingest, caplog, name: str) -> None:
    content, kind, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        run = ingest(tmp_path / name, tmp_path / "good.txt")
    assert run.texts == [GOOD]
    ((source, error),) = run.failures
    message = str(error)
    assert type(error) is kind
    assert source == str(tmp_path / name) and message.startswith(source) and words in message
    assert "\n" not in message and ":" in message, "one line, and what to do after the colon"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING], "said once, by us"


def test_twenty_megabytes_on_one_line(tmp_path: Path, ingest) -> None:
    for name in ("line.txt", "line.jsonl", "line.html", "line.csv"):
        (tmp_path / name).write_bytes(b"word " * 4_000_000)
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    run = ingest(tmp_path)
    assert run.texts == [GOOD]
    assert len(run.failures) == 4


def test_a_malformed_line_is_named_by_its_number(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.jsonl"
    lines = [
        json.dumps({"id": "first", "text": GOOD}).encode(),
        b'{"id": "broken", "text": ',
        b"",
        b'{"id": "silent"}',
        b'["text"]',
        b'{"text": ["no", "string"]}',
        b'{"text": "\\ud800 half a pair"}',
        b'{"text": "zero \\u0000 character"}',
        b'{"text": "\xff\xfe not UTF-8"}',
        b'{"text": "  "}',
        b'{"text": "' + b"word " * 300_000 + b'"}',
        b'{"text": "' + b"word " * 3_000_000 + b'"}',
        json.dumps({"id": "last", "text": GOOD}).encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    run = ingest(path)
    assert run.ids == ["first", "last"]
    assert [source for source, _ in run.failures] == [f"{path}#{n}" for n in (2, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    assert all(f"{path}, line {source.split('#')[1]}" in str(error) for source, error in run.failures)
    assert [type(error) for _, error in run.failures] == [
        MalformedRecord, MalformedRecord, MalformedRecord, MalformedRecord, MalformedRecord, UndecodableText,
        MalformedRecord, EmptyDocument, DocumentTooLarge, DocumentTooLarge,
    ]  # fmt: skip


def test_a_broken_row_is_named_by_its_number(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.csv"
    path.write_text('id,text\na,One\nb\nc,"Three" 3\nd,Four\ne,\n', encoding="utf-8")
    run = ingest(path)
    assert run.ids == ["a", "d"]
    assert [source for source, _ in run.failures] == [f"{path}#{number}" for number in (3, 4, 6)]
    assert "1 fields where the header has 2" in run.messages[0]


def test_a_broken_item_of_a_list_is_named(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.json"
    path.write_text(json.dumps([{"text": GOOD}, {"id": "x"}, {"text": GOOD}]), encoding="utf-8")
    run = ingest(path)
    assert run.ids == ["wire.json#1", "wire.json#3"]
    assert run.messages == [f"{path}, item 2 has no `text`: every object needs one"]


def test_entries_that_cannot_be_read(tmp_path: Path, ingest) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nothing").mkdir()
    run = ingest(tmp_path, tmp_path / "nothing", tmp_path / "missing.txt")
    assert run.texts == [GOOD]
    assert [Path(source).name for source, _ in run.failures] == ["broken.txt", "nothing", "missing.txt"]
    assert "not there" in run.messages[0] and "no file that can be read" in run.messages[1]


def test_entries_without_the_right_to_read(tmp_path: Path, ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    real = Path.open

    def guarded(self: Path, *args, **kwargs):  # a user who is root may read everything, so the system is played here
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        if self.name == "b.txt":
            raise OSError(5, "Input/output error", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", guarded)
    run = ingest(tmp_path)
    assert run.ids == ["c.txt"]
    assert "may not be read by you" in run.messages[0] and "Input/output error" in run.messages[1]


def test_a_name_that_is_no_text(tmp_path: Path, ingest) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 (pathlib takes no bytes)
        file.write(GOOD.encode())
    assert ingest(tmp_path).ids == ["\ufffd.txt"]


def test_what_stops_in_the_middle_of_a_packed_file_keeps_whole_lines(tmp_path: Path, ingest) -> None:
    path = tmp_path / "wire.jsonl.gz"
    lines = b"".join(json.dumps({"id": str(n), "text": os.urandom(2_000).hex()}).encode() + b"\n" for n in range(200))
    packed = gzip.compress(lines)
    path.write_bytes(packed[: len(packed) // 2])
    run = ingest(path)
    assert run.ids == [str(number) for number in range(len(run.ids))] and len(run.ids) > 50
    assert len(run.failures) == 1


def test_bad_standard_input(ingest) -> None:
    assert ingest("-", stdin=b"").messages == ["stdin is empty (0 bytes): leave it out, or fetch it again"]
    run = ingest("-", stdin=b'{"text": \n' + json.dumps({"text": GOOD}).encode())
    assert run.texts == [GOOD] and "stdin, line 1" in run.messages[0]
    assert "binary" in ingest("-", stdin=b"\0\0\0").messages[0]

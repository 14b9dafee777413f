"""Web archives: how fast their pages come out, and whether they are the pages that their HTML files are.

    python bench/archive.py [--repeat 20] [--freeze]

The archive is made of the open pages in `shared/data/html` (each an answer with status 200, packed as CC-NEWS packs them: a gzip
member a record, with a request before it), repeated. Figures are records a CPU-second of this process, once only taken out of the
archive and once with the article extracted; the same pages read as HTML files are the yardstick, in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scoring import SHARED

from rashomon.config import Limits
from rashomon.ingest import Languages, documents, warc

RUN = Path(__file__).parent / "runs" / "archive.json"


def record(kind: str, address: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-03-04T05:06:07Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(block))}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def write(pages: Iterable[dict[str, Any]], folder: Path, repeat: int) -> Path:
    """The pages as HTML files in `folder`/html, and as an archive that repeats them."""
    (folder / "html").mkdir()
    records = []
    for number, page in enumerate(pages):
        content = page["html"].encode("utf-8", "replace")
        (folder / "html" / f"{number:04d}.html").write_bytes(content)
        records.append(record("request", page["url"], b"GET / HTTP/1.1\r\n\r\n"))
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        records.append(record("response", page["url"], answer + content))
    path = folder / "pages.warc.gz"
    with path.open("wb") as file:
        for _ in range(repeat):
            file.writelines(records)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    with gzip.open(SHARED / "data" / "html" / "pages.open.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    failures: dict[str, list[str]] = {"archive": [], "files": []}
    limits, languages = Limits(), Languages()
    languages.of("The model of languages is loaded before the clock runs.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        archive = write(pages, folder, given.repeat)

        begun = time.process_time()
        taken = sum(1 for _ in warc.pages(archive, "archive", limits, lambda *_: None))
        taking = time.process_time() - begun

        def note(name: str) -> Any:
            return lambda source, error: failures[name].append(str(error).replace(made, ""))

        begun = time.process_time()
        files = [
            (one.document.text, one.document.title, one.document.published)
            for one in documents([str(folder / "html")], limits=limits, failed=note("files"), languages=languages)
        ]
        reading_files = time.process_time() - begun

        begun, same, read = time.process_time(), 0, 0
        for number, one in enumerate(documents([str(archive)], limits=limits, failed=note("archive"), languages=languages)):
            found = (one.document.text, one.document.title, one.document.published)
            same += found == files[number % len(files)]
            read += 1
        reading = time.process_time() - begun
        size = archive.stat().st_size
    figures = {
        "pages": len(pages), "records": taken, "megabytes_packed": round(size / 1e6, 1),
        "taken_out_a_cpu_second": round(taken / taking), "read_a_cpu_second": round(taken / reading, 1),
        "files_read_a_cpu_second": round(len(pages) / reading_files, 1),
        "equal_to_the_file": f"{same} of {read}", "without_an_article": f"{len(failures['files'])} of {len(pages)} files",
        "failed_in_archive": len(failures["archive"]), "python": platform.python_version(),
    }
    figures["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures, indent=1))
    if given.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

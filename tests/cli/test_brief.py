"""`rashomon brief`: every line leads to a quotation that the document holds; nothing is run or drawn from the texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rashomon.builder import add
from rashomon.cli.main import commands
from rashomon.config import Limits
from rashomon.errors import UsageError
from rashomon.ingest import documents
from rashomon.ledger import open_ledger
from rashomon.reader import Reader

TEXTS = {
    "post.txt": (
        "Rockets hit Harbel market\n\nThe Post, 4 May 2021\n\nRockets killed 12 people in the market of Aleppo on Monday, a "
        "doctor said. The army shelled the market, residents of Aleppo said.\n"
    ),
    "herald.txt": (
        "Army denies <b>strike</b> on Aleppo\n\nThe Herald, 5 May 2021\n\nThe army denied that it had shelled the market of "
        "Aleppo on Monday. Nine people were killed there, a colonel said. The army will take Aleppo within a month, he said.\n"
    ),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_ledger(folder / "war.db", create=True) as opened:
        add(documents([str(folder / name) for name in TEXTS], limits=Limits(), failed=print), opened, Reader.load())
    return folder / "war.db"


def run(ledger: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["brief", *arguments, "--ledger", str(ledger)])


def test_every_line_stands_on_a_quotation_of_its_document(ledger: Path) -> None:
    made = json.loads(run(ledger, "Aleppo", "--json").output)
    numbers = {each["number"] for each in made["quotations"]}
    assert numbers == set(range(1, len(numbers) + 1)) and numbers
    for each in made["quotations"]:
        assert any(each["sentence"] in text for text in TEXTS.values())

    def leaves(items: list[dict[str, object]]) -> list[dict[str, object]]:
        return [leaf for item in items for leaf in ([item] if item["refs"] else leaves(item["under"]))]  # type: ignore[arg-type]

    for section in made["sections"]:
        found = leaves(section["items"])
        assert found, section["title"]
        assert all(set(leaf["refs"]) <= numbers for leaf in found)  # type: ignore[arg-type]


def test_markdown_begins_with_the_warning_and_numbers_its_quotations(ledger: Path) -> None:
    text = run(ledger, "Aleppo").output
    assert text.startswith("# Aleppo\n\n*Machine-extracted: read the quotation.")
    body, _, end = text.partition("## Quotations")
    cited = {int(number) for number in re.findall(r" \[(\d+)\]", body)}
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", end, re.MULTILINE)}
    assert cited == listed and "<b>" not in text


def test_html_shows_signs_of_the_texts_as_text(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    assert run(ledger, "Aleppo", "--format", "html", "--out", str(out)).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert "<b>" not in text and "<script" not in text
    for number in re.findall(r'href="#q(\d+)"', text):
        assert f'id="q{number}"' in text


def test_days_choose(ledger: Path) -> None:
    assert json.loads(run(ledger, "Aleppo", "--from", "2021-05-01", "--to", "2021-05-31", "--json").output)["sections"]
    wrong = run(ledger, "Aleppo", "--from", "2021-06-01", "--to", "2021-05-31")
    assert isinstance(wrong.exception, UsageError) and "is later than" in str(wrong.exception)


def test_a_name_that_the_ledger_does_not_have_is_told(ledger: Path) -> None:
    found = run(ledger, "Atlantis")
    assert isinstance(found.exception, UsageError) and "has nothing on 'Atlantis'" in str(found.exception)

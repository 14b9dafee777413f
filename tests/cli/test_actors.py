"""`rashomon actors` as people run it, and a war that the package does not know, in a file of the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WAR = """\
war: Norlund civil war
since: 2031-04-02
countries: [NRL]
cues: [Port Halder, Estry, Kell Sound]
states:
- {id: NRL, iso2: QN, name: Norlund, adjectives: [Norlundic], people: [Norlunders], capital: Vastergate,
   lat: 48.0, lon: -31.0, radius_km: 180}
parties:
- {id: free-coast-front, name: Free Coast Front, kind: armed-group, side: coast, aliases: [FCF, Coast Front],
   names: [{name: Harbour Committees, to: 2031-06-30}, {name: Free Coast Front, from: 2031-07-01}],
   sponsors: [{by: ISL, from: 2031-08-01, disputed: true}], backed_by: [ISL]}
- {id: norlund-army, name: Royal Norlund Army, kind: armed-force, side: government, state: NRL, bodies: [army, military],
   aliases: [RNA]}
leaders:
- {name: Ansgar Vell, of: NRL, alone: [Vell], terms: [{office: prime minister, from: 2030-01-01}]}
- {name: Mirta Osk, of: free-coast-front, alone: [Osk], gender: woman, terms: [{office: commander, from: 2031-04-02}]}
descriptions:
- {party: free-coast-front, words: [rebels, rebel fighters, insurgents]}
- {party: norlund-army, words: [the army, government troops]}
"""
TEXT = """\
Port Halder, 5 September 2031 – Rebels of the Free Coast Front shelled the harbour of Port Halder on Thursday, the Norlundic \
army said. Iceland-backed rebels then took two villages near Estry. The Norlundic prime minister accused Iceland of arming \
the group. \
"We will take Kell Sound," Osk told reporters. Norlund's foreign ministry summoned the ambassador of Iceland. \
The Harbour Committees had asked Vell for talks in May, and the army refused.
"""


def rashomon(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RASHOMON_DATA_FOLDER": str(home), "RASHOMON_ACTORS": ""}
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "actors").mkdir(parents=True)
    return tmp_path / "home"


def test_a_war_of_ones_own_is_read(home: Path, tmp_path: Path) -> None:
    text = tmp_path / "harbour.txt"
    text.write_text(TEXT, encoding="utf-8")
    without = json.loads(rashomon(home, "read", text, "--json").stdout)
    assert "norlund-army" not in {entity["id"] for entity in without["entities"]}
    file = home / "actors" / "norlund.yaml"
    file.write_text(WAR, encoding="utf-8")
    assert "1 file: all in order." in rashomon(home, "actors", "check").stdout
    reading = json.loads(rashomon(home, "read", text, "--json").stdout)
    assert reading["made_by"]["knowledge"] != without["made_by"]["knowledge"]
    assert reading["made_by"]["code"] == without["made_by"]["code"]
    meant = {TEXT[start:end]: entity["id"] for entity in reading["entities"] for start, end in entity["mentions"]}
    wanted = {
        "Free Coast Front": "free-coast-front", "Iceland-backed rebels": "free-coast-front", "group": "free-coast-front",
        "Harbour Committees": "free-coast-front", "Norlundic army": "norlund-army", "army": "norlund-army", "Osk": "mirta-osk",
        "Norlundic prime minister": "ansgar-vell", "Vell": "ansgar-vell", "Iceland": "ISL",
        "Norlund's foreign ministry": "NRL.norlundic-foreign-ministry",
    }
    assert {form: meant.get(form) for form in wanted} == wanted
    assert not [entity["name"] for entity in reading["entities"] if "Halder" in entity["name"]]
    names = {entity["id"]: entity["name"] for entity in reading["entities"]}
    assert names["free-coast-front"] == "Free Coast Front"


def test_the_option_names_the_files(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "norlund.yaml"
    file.write_text(WAR, encoding="utf-8")
    assert rashomon(home, "actors", "show", "FCF").returncode == 1
    shown = rashomon(home, "actors", "show", "FCF", "--on", "2031-05-05", "--actors", file)
    assert shown.stdout.startswith("Harbour Committees (armed-group)")
    assert "sponsor" not in shown.stdout
    later = json.loads(rashomon(home, "actors", "show", "FCF", "--on", "2031-09-05", "--actors", file, "--json").stdout)
    assert (later["name"], later["acled"], later["sponsors"][0]["by"], later["sponsors"][0]["disputed"]) == (
        "Free Coast Front", 2, "ISL", True)
    listed = rashomon(home, "actors", "list", "--war", "Norlund civil war", "--actors", file).stdout.splitlines()
    assert [line.split(":")[0] for line in listed] == ["free-coast-front", "norlund-army", "ansgar-vell", "mirta-osk"]


def test_a_war_of_the_package_is_added_to(home: Path) -> None:
    (home / "actors" / "more.yaml").write_text(
        "war: Syrian civil war\nparties:\n- {id: lions-of-ruritania, name: Lions of Ruritania, kind: armed-group}\n",
        encoding="utf-8",
    )
    listed = rashomon(home, "actors", "list", "--war", "Syrian civil war").stdout
    assert "lions-of-ruritania" in listed and "syrian-army" in listed


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: armed-group", "kind: armedgroup",
         "parties, row 1 (free-coast-front): key 'kind': there is no kind 'armedgroup'; choose one of"),
        ("since: 2031-04-02\n", "", "the key 'since' is missing; give its first day"),
        ("2031-04-02\n", "2031-14-02\n", "is not valid YAML"),
        ("parties:", "partys:", "there is no key 'partys'; did you mean 'parties'?"),
        ("by: ISL", "by: ISLE", "party free-coast-front: sponsor 'ISLE' is not the id of any row"),
        ("party: norlund-army", "party: norland-army", "(did you mean 'norlund-army'?)"),
        ("id: norlund-army", "id: un", "'un' stands twice; keep one row"),
        ("to: 2031-06-30", "from: 2031-08-01, to: 2031-06-30", "ends on 2031-06-30, before it starts on 2031-08-01"),
        (", kind: armed-force", "", "parties, row 2 (norlund-army): the key 'kind' is missing; add it"),
        ("aliases: [RNA]", "aliases: RNA", "key 'aliases': must be a list in brackets"),
        ("[the army, government troops]", "[rebels]", "'rebels' stands twice"),
        ("aliases: [RNA]", "aliases: [FCF]", "the name 'FCF' is that of party free-coast-front too"),
    ],
)
def test_a_fault_is_told_in_a_sentence(home: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / "norlund.yaml"
    assert old in WAR
    file.write_text(WAR.replace(old, new, 1), encoding="utf-8")
    done = rashomon(home, "actors", "check", file)
    assert done.returncode == 1
    assert any(str(file) in line and told in line for line in done.stdout.splitlines()), done.stdout


def test_a_path_that_is_not_there_is_wrong_usage(home: Path) -> None:
    done = rashomon(home, "actors", "check", home / "none.yaml")
    assert done.returncode == 2 and "there is no such file or folder" in done.stderr


def test_terms_are_told_as_of_a_day(home: Path) -> None:
    assert "(now)" in rashomon(home, "actors", "show", "Obama", "--on", "2014-05-01").stdout
    assert "(former)" in rashomon(home, "actors", "show", "Obama", "--on", "2018-05-01").stdout
    assert rashomon(home, "actors", "show", "Obama", "--on", "May").returncode == 2


def test_the_break_is_marked_as_disputed(home: Path) -> None:
    for day, disputed in (("2015-01-01", False), ("2018-01-01", True)):
        shown = json.loads(rashomon(home, "actors", "show", "hts", "--on", day, "--json").stdout)
        assert [(tie["of"], tie["disputed"]) for tie in shown["ties"]] == [("al-qaeda", disputed)]

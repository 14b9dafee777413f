"""Imported gazetteers: what is kept, what is refused, stops at any moment, and how they join the places known already."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from rashomon.errors import InputError, KnowledgeError, UsageError
from rashomon.knowledge import dumps, importing
from rashomon.knowledge.features import Features
from rashomon.knowledge.imported import Imported, Skipped, installed, remove, summaries
from rashomon.knowledge.importing import Report, import_file
from rashomon.knowledge.places import Places, place_key
from rashomon.making import made_by


def line(
    id: int | str, name: str, others: str = "", at: tuple[object, object] = (35.5, 36.5), feature: str = "P.PPL",
    country: str = "SY", people: int | str = 0, admin1: str = "09",
) -> str:
    kind, code = feature.split(".")
    cells = (id, name, name, others, *at, kind, code, country, "", admin1, "", "", "", people, "", 0, "Etc/UTC", "2020-01-01")
    return "\t".join(map(str, cells))


VILLAGES = [
    line(9000001, "Qarnabun", "Kornaboun,al-Qurnabun,قرنبون"),
    line(9000002, "Wadi Safirun", "Safirun Valley", feature="H.STM"),
    line(9000003, "Hotel Marvellous", feature="S.HTL"),
    line(9000004, "Tall Harmalun", people=2300, at=(35.1, 36.7)),
    line(9000005, "Undersea Ridge", feature="U.RDGU"),
    line(9000006, "Aleppo", "Halabun", at=(36.2, 37.6), feature="A.ADM1"),
    line(9000007, "Harbun", "Otherlandish", country="FR", people=300),
]


def dump(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return path


def content(folder: Path, name: str) -> tuple[str, list[object]]:
    gazetteer = Imported(folder / f"{name}.sqlite")
    rows = sqlite3.connect(folder / f"{name}.sqlite").execute("SELECT * FROM name ORDER BY key, rank, id").fetchall()
    return gazetteer.identity, rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "gazetteers"


def names(folder: Path, name: str, looked_up: str) -> list[str]:
    return [row.name for row in Imported(folder / f"{name}.sqlite").rows(place_key(looked_up))]


def test_a_dump_is_looked_up_by_every_name_in_any_spelling(tmp_path: Path, folder: Path) -> None:
    text = "\n".join(VILLAGES) + "\n"
    report = import_file(zipped(tmp_path / "SY.zip", readme__txt="not this one", SY__txt=text), folder)
    done = report.gazetteer
    assert (done.name, done.rows, done.places, done.left_out, done.bad) == ("SY", 7, 5, 2, 0)
    for name in ("Qarnabun", "QARNABUN", "Kornaboun", "Al Qurnabun", "al-Qurnabun", "el-Qurnabun", "El Qurnabun"):
        assert names(folder, "SY", name) == ["Qarnabun"], name
    assert names(folder, "SY", "Hotel Marvellous") == names(folder, "SY", "Undersea Ridge") == []
    # Other names of a hamlet in a country of Latin letters are other words elsewhere.
    assert names(folder, "SY", "Harbun") == ["Harbun"] and names(folder, "SY", "Otherlandish") == []


def test_the_same_file_twice_does_nothing_and_a_zip_is_as_its_text(tmp_path: Path, folder: Path) -> None:
    first = import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    again = import_file(tmp_path / "SY.txt", folder)
    assert not first.known and again.known and again.gazetteer == first.gazetteer
    other = import_file(zipped(tmp_path / "SY.zip", SY__txt="\r\n".join(VILLAGES)), folder, "packed")
    assert content(folder, "SY") == content(folder, "packed") and not other.known


def test_a_newer_file_takes_the_place_of_the_older(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    before = content(folder, "SY")[0]
    import_file(dump(tmp_path / "SY.txt", VILLAGES[1:]), folder)
    assert content(folder, "SY")[0] != before and names(folder, "SY", "Qarnabun") == []
    assert [path.name for path in folder.iterdir()] == ["SY.sqlite"]


def test_bad_rows_are_told_with_their_lines_and_the_rest_is_kept(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "SY.txt"
    bad = ["two\tcolumns", line("x1", "Id"), line(5, "Far", at=(95, 1)), line(6, ""), line(7, "Nan", at=("nan", 1)),
           line(8, "People", people="many"), line(9, "Land", country="SYR")]
    path.write_bytes("\n".join([VILLAGES[0], *bad, "", VILLAGES[3]]).encode() + b"\n" + b"1\t\xff\xfe\n")
    report = import_file(path, folder)
    assert (report.gazetteer.places, report.gazetteer.bad) == (2, 8)
    assert [one.line for one in report.bad_rows] == [2, 3, 4, 5, 6, 7, 8, 11]
    told = " ".join(one.reason for one in report.bad_rows)
    assert all(word in told for word in ("columns", "geonameid", "globe", "no name", "population", "country", "UTF-8"))


def test_a_line_without_end_is_one_bad_row(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "LONGEST_LINE", 1000)
    report = import_file(dump(tmp_path / "SY.txt", [VILLAGES[0], "x" * 5000, VILLAGES[3]]), folder)
    assert (report.gazetteer.places, [one.line for one in report.bad_rows]) == (2, [2])


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("SY.zip", b"this is no zip", "not a zip"),
        ("SY.txt", b"", "no place to keep"),
        ("SY.txt", b"one\ntwo\n", "line 1: it has 1 columns"),
        ("my.csv", b"name,lat,lon\na,1,2\n", "no column latitude"),
        ("my.csv", b"", "no column name"),
        ("my.csv", b"name,latitude,longitude\n", "no place to keep"),
        ("SY.txt", None, "no file"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, folder: Path, name: str, data: bytes | None, word: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=word) as error:
        import_file(tmp_path / name, folder)
    assert "\n" not in str(error.value) and name in str(error.value)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_truncated_zip_is_refused_wherever_it_is_cut(tmp_path: Path, folder: Path) -> None:
    whole = zipped(tmp_path / "w.zip", SY__txt="\n".join(line(i, f"Town {i * 7919}") for i in range(1, 3000))).read_bytes()
    for share in (0.2, 0.9):
        (tmp_path / "SY.zip").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(InputError, match="whole zip"):
            import_file(tmp_path / "SY.zip", folder)
    # Damaged in the middle: the directory at its end is whole.
    (tmp_path / "SY.zip").write_bytes(whole[:2000] + bytes(200) + whole[2200:])
    with pytest.raises(InputError, match="damaged"):
        import_file(tmp_path / "SY.zip", folder)
    assert list(folder.iterdir()) == []


def test_a_zip_without_a_table_or_with_several_is_refused(tmp_path: Path, folder: Path) -> None:
    for members, word in (({"a__pdf": ""}, "no .txt"), ({"a__txt": "", "b__txt": ""}, "2 tables")):
        with pytest.raises(InputError, match=word):
            import_file(zipped(tmp_path / "SY.zip", **members), folder)


@pytest.mark.parametrize("name", ["a/b", "..", "", "x" * 90])
def test_a_name_that_no_file_can_have(tmp_path: Path, folder: Path, name: str) -> None:
    path = dump(tmp_path / "SY.txt", VILLAGES)
    if not name:
        assert import_file(path, folder, name).gazetteer.name == "SY"
        return
    with pytest.raises(UsageError):
        import_file(path, folder, name)


def many(path: Path, rows: int) -> Path:
    return dump(path, [line(i, f"T{i * 7919 % 9973} K{i}", f"Alt{i}", people=i % 70) for i in range(1, rows)])


@pytest.mark.parametrize("stop", range(1, 12))
def test_a_stop_anywhere_is_gone_on_from(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    monkeypatch.setattr(importing, "BATCH", 100)
    monkeypatch.setattr(importing, "SORTED", 150)
    path = many(tmp_path / "SY.txt", 550)
    whole = import_file(path, folder, "whole")
    steps: list[tuple[str, int]] = []

    def watch(step: str, done: int, total: int) -> None:
        steps.append((step, done))
        assert 0 <= done <= total
        if len(steps) == stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, folder, watch=watch)
    assert [one.state for one in summaries(folder)] == ["unfinished", "ready"]
    report = import_file(path, folder)
    assert report.resumed == min(549, 100 * sum(step == "reading" for step, _ in steps))
    assert content(folder, "SY") == content(folder, "whole")
    assert report.gazetteer.names == whole.gazetteer.names and report.gazetteer.rows == 549
    assert sorted(one.name for one in folder.iterdir()) == ["SY.sqlite", "whole.sqlite"]


def test_a_killed_import_goes_on_and_gives_the_same(tmp_path: Path, folder: Path) -> None:
    path = many(tmp_path / "SY.txt", 100_000)
    script = "import sys; from pathlib import Path; from rashomon.knowledge.importing import import_file; "
    script += "import_file(Path(sys.argv[1]), Path(sys.argv[2]), watch=lambda *at: print(*at, flush=True))"
    with subprocess.Popen([sys.executable, "-c", script, str(path), str(folder)], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith(b"reading") and running.stdout.readline().startswith(b"reading")
        time.sleep(0.1)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    report = import_file(path, folder)
    assert 0 < report.resumed < 99_999 and report.resumed % importing.BATCH == 0
    import_file(path, folder, "whole")
    assert content(folder, "SY") == content(folder, "whole")


def test_another_file_of_that_name_begins_anew(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 100)
    stopped(many(tmp_path / "SY.txt", 550), folder)
    report = import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    assert (report.resumed, report.gazetteer.rows) == (0, 7)


def stopped(path: Path, folder: Path) -> None:
    def watch(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, folder, watch=watch)


def test_a_staged_file_that_is_broken_begins_anew(tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "SY.staged").write_bytes(b"not a database at all" * 300)
    assert import_file(dump(tmp_path / "SY.txt", VILLAGES), folder).gazetteer.places == 5


def test_two_imports_of_one_name_do_not_meet(tmp_path: Path, folder: Path) -> None:
    path = many(tmp_path / "SY.txt", 50)
    seen: list[Report] = []

    def watch(step: str, done: int, total: int) -> None:
        with pytest.raises(KnowledgeError, match="another import of SY is running"):
            seen.append(import_file(path, folder))

    import_file(path, folder, watch=watch)
    assert seen == []


@pytest.mark.parametrize("pages", [5, 40])
def test_a_full_disk_is_told_and_gone_on_from(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """The limit on a database's pages gives the error of a full disk."""
    monkeypatch.setattr(importing, "BATCH", 100)
    path = many(tmp_path / "SY.txt", 3000)
    connect = importing._Import._connect

    def small(self: importing._Import) -> sqlite3.Connection:
        connection = connect(self)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as full:
        full.setattr(importing._Import, "_connect", small)
        with pytest.raises(KnowledgeError, match=r"disk .* is full: make room"):
            import_file(path, folder)
    assert import_file(path, folder).gazetteer.rows == 2999
    import_file(path, folder, "whole")
    assert content(folder, "SY") == content(folder, "whole")


def test_no_space_for_the_folder_is_told(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(importing.os, "fsync", full)
    with pytest.raises(KnowledgeError, match="is full"):
        import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    monkeypatch.undo()
    assert import_file(tmp_path / "SY.txt", folder).gazetteer.places == 5


OWN = """name;latitude;longitude;alternates;kind;precision;radius_km;country;source
"Marun; upper";36.1;37.2;;;;;;
Beit Lazun;33,5;36.3;;;;;;
Beit Zarnun;33.5;36.3;;;;;SY;field notes
Zarnun Quarter;33.51;36.31;Haret Zarnun|x;quarter;district;1.5;sy;
Zarnunia;33.6;36.4;;country;;;;
Zarnun Bridge;33.7;36.4;;bridge;exact;;;
Aleppo;36.21;37.13;;;;;SY;my own survey
"""


def test_a_table_of_ones_own(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "my.csv").write_text(OWN, encoding="utf-8-sig")
    report = import_file(tmp_path / "my.csv", folder)
    assert [one.line for one in report.bad_rows] == [3, 6, 7]
    assert report.gazetteer.places == 4
    places = Places.load(imported=installed(folder))
    (town,) = places.sites(place_key("beit zarnun"))
    assert (town.precision, town.kind, town.radius_km, town.country) == ("town", "town", 3.0, "SY")
    (quarter,) = places.sites(place_key("Zarnun quarter"))
    assert (quarter.precision, quarter.kind, quarter.radius_km) == ("district", "quarter", 1.5)
    # One's own row comes in the place of those of the same name nearby.
    aleppo = places.sites(place_key("Aleppo"))
    assert [(site.lat, site.kind) for site in aleppo if site.precision == "town" and site.country == "SY"] == [(36.21, "town")]
    assert any(site.kind == "division" for site in aleppo)


def test_a_dump_joins_what_is_known(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", [*VILLAGES, line(9000020, "Aleppo", at=(36.21, 37.15), feature="S.AIRP")]), folder)
    without, with_it = Places.load(imported=()), Places.load(imported=installed(folder))
    assert with_it.sites(place_key("Aleppo")) == without.sites(place_key("Aleppo"))
    assert without.sites(place_key("Halabun")) == []
    (division,) = with_it.sites(place_key("Halabun"))
    assert division is with_it.division("SY", "09")
    (village,) = with_it.sites(place_key("Kornaboun"))
    assert (village.kind, village.precision, village.geonameid, village.country) == ("town", "town", 9000001, "SY")
    (river,) = with_it.sites(place_key("Wadi Safirun"))
    assert (river.kind, river.precision) == ("river", "region") and river.radius_km > 10
    assert with_it.known_sites(place_key("Wadi Safirun")) == []


@pytest.mark.parametrize("name", ["Syrian", "Russians", "Rebels", "Putin", "Province", "President"])
def test_a_hill_takes_no_word_for_people(tmp_path: Path, folder: Path, name: str) -> None:
    import_file(dump(tmp_path / "SY.txt", [line(9000030, name, feature="T.HLL", at=(10, 10))]), folder)
    assert names(folder, "SY", name) == [name]
    assert [site.geonameid for site in Places.load(imported=installed(folder)).sites(place_key(name))].count(9000030) == 0


def test_what_is_imported_is_part_of_the_make(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    one = made_by(Places.load(imported=installed(folder)).identities)
    assert one.knowledge != made_by(()).knowledge and one.code == made_by(()).code
    import_file(dump(tmp_path / "SY.txt", VILLAGES[1:]), folder)
    assert made_by(Places.load(imported=installed(folder)).identities).knowledge != one.knowledge


def test_a_broken_or_older_gazetteer_is_named_and_can_be_removed(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    connection = sqlite3.connect(folder / "SY.sqlite")
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'edition'")
    connection.commit()
    connection.close()
    (folder / "bad.sqlite").write_bytes(b"junk" * 2000)
    assert [one.state for one in summaries(folder)] == ["broken", "broken"]
    with pytest.warns(Skipped, match="another version"):
        assert installed(folder) == ()
    assert import_file(tmp_path / "SY.txt", folder).gazetteer.state == "ready"
    with pytest.warns(Skipped, match="gazetteer remove bad"):
        assert [one.name for one in installed(folder)] == ["SY"]
    assert remove(folder, "bad") == 8000
    assert import_file(tmp_path / "SY.txt", folder).gazetteer.places == 5
    remove(folder, "SY")
    assert list(folder.iterdir()) == [] and installed(folder) == ()
    with pytest.raises(UsageError, match="none is imported"):
        remove(folder, "SY")


def test_a_gazetteer_that_is_cut_off_does_not_stop_the_others(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    import_file(dump(tmp_path / "OTHER.txt", VILLAGES), folder)
    whole = (folder / "SY.sqlite").read_bytes()
    (folder / "SY.sqlite").write_bytes(whole[: len(whole) - 4096])
    with pytest.warns(Skipped, match="SY.sqlite cannot be read .*: import it again") as told:
        places = Places.load(imported=installed(folder))
    assert len(told) == 1 and [site.name for site in places.sites("qarnabun")] == ["Qarnabun"]
    assert places.identities == (Imported(folder / "OTHER.sqlite").identity,)


def test_a_name_is_found_by_its_consonants_in_the_country_of_the_text(tmp_path: Path, folder: Path) -> None:
    import_file(dump(tmp_path / "SY.txt", VILLAGES), folder)
    places = Places.load(imported=installed(folder))
    key = place_key("Qarnaboon")
    assert places.sites(key) == []
    assert [site.name for site in places.alike(key, frozenset(("SY",)))] == ["Qarnabun"]
    assert places.alike(key, frozenset(("UA",))) == []


def test_the_source_of_a_researchers_row_is_kept(tmp_path: Path, folder: Path) -> None:
    table = "name,latitude,longitude,country,source\nBeit Zarnunat,33.5,36.3,SY,own survey 2024\n"
    import_file(dump(tmp_path / "mine.csv", [table]), folder)
    assert [row.source for row in Imported(folder / "mine.sqlite").rows(place_key("Beit Zarnunat"))] == ["own survey 2024"]


def test_the_allow_list() -> None:
    features = Features.load()
    assert features.of("U.RDGU") is features.of("A.PCLI") is features.of("S.HTL") is None
    capital, village, other = features.of("P.PPLC"), features.of("P.PPL"), features.of("P.PPLXX")
    assert capital is not None and village is not None and capital.weight > village.weight and other == village


def test_the_allow_list_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "features.yaml"
    path.write_text("classes: {}\ncodes: {P.PPL: {weight: 1}}\nleft_out: []\nradius_km: {}\nreserved: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"P\.PPL"):
        Features.load(path)

"""Both scales of time precision follow from the interval, and the report's own date is on neither."""

from __future__ import annotations

import pytest

from rashomon.records import EventTime, acled_time_precision, ucdp_date_precision


@pytest.mark.parametrize(
    ("start", "end", "acled", "ucdp"),
    [
        ("2023-05-09", "2023-05-09", 1, 1), ("2023-05-08", "2023-05-09", 2, 2), ("2023-05-01", "2023-05-07", 2, 3),
        ("2023-05-01", "2023-05-31", 3, 4), ("2023-01-01", "2023-12-31", None, 5), ("2020-01-01", "2023-12-31", None, None),
        (None, "2023-05-09", None, None), ("2023-05-09T04:00", "2023-05-09T05:00", 1, 1),
    ],
)  # fmt: skip
def test_scales(start: str | None, end: str | None, acled: int | None, ucdp: int | None) -> None:
    time = EventTime(start, end, "anchored")
    assert (acled_time_precision(time), ucdp_date_precision(time)) == (acled, ucdp)


@pytest.mark.parametrize("time", [None, EventTime("2023-05-09", "2023-05-09", "report-date"), EventTime(None, None, "unknown")])
def test_a_report_date_is_no_event_date(time: EventTime | None) -> None:
    assert acled_time_precision(time) is None and ucdp_date_precision(time) is None

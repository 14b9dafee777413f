"""Days along a line: long stretches of which nobody speaks are cut out, so that a look back of years leaves the rest readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ..track.stretches import Days

_GAP = timedelta(days=45)  # a stretch without statements that is longer than this is cut
_LEAST = 0.12  # of the line, for the shortest piece
_DAY = timedelta(days=1)


class Scale:
    """Days to positions from 0 to `width`. `pieces`: the stretches that are shown; between two of them the line is cut."""

    def __init__(self, some: Iterable[Days], width: float, cut: float) -> None:
        self.pieces: tuple[Days, ...] = _pieces(sorted(some, key=lambda each: (each.start, each.end)))
        if (len(self.pieces) - 1) * cut > width / 2:
            self.pieces = (Days(self.pieces[0].start, max(piece.end for piece in self.pieces)),)
        room = width - cut * (len(self.pieces) - 1)
        total = sum(piece.width + 1 for piece in self.pieces)
        weights = [max((piece.width + 1) / total, _LEAST if len(self.pieces) > 1 else 0.0) for piece in self.pieces]
        lengths = [room * weight / sum(weights) for weight in weights]
        self.width = width
        self.cut = cut
        self._places: list[tuple[Days, float, float]] = []
        at = 0.0
        for piece, length in zip(self.pieces, lengths, strict=True):
            self._places.append((piece, at, length))
            at += length + cut

    def at(self, day: date) -> float:
        """Where the day begins; the day after the last of a piece is the piece's end."""
        for piece, left, length in self._places:
            if day <= piece.end + _DAY:
                return left + length * max((day - piece.start).days, 0) / (piece.width + 1)
        return self.width

    def span(self, days: Days, least: float) -> tuple[float, float]:
        """(left, width) of the days, `least` wide at least and inside the line."""
        left = self.at(days.start)
        wide = max(self.at(days.end + _DAY) - left, least)
        return max(0.0, min(left, self.width - wide)), wide

    def columns(self, days: Days) -> range:
        """The whole columns of the days, one at least."""
        left, wide = self.span(days, 1.0)
        return range(int(left), max(int(left) + 1, int(left + wide)))

    def cuts(self) -> Sequence[float]:
        """Where the line is cut: the middle of each cut."""
        return [left - self.cut / 2 for _, left, _ in self._places[1:]]

    def labels(self, room: float) -> Sequence[tuple[float, date]]:
        """Positions of days to be written, the first and last of pieces before days between, where each has `room`."""
        found: list[tuple[float, date]] = []
        ends = [(left, piece.start) for piece, left, _ in self._places]
        ends += [(max(left, left + length - room), piece.end) for piece, left, length in self._places if piece.width > 0]
        between = [
            (left + length * part / 4, piece.start + timedelta(days=round((piece.width + 1) * part / 4)))
            for piece, left, length in self._places for part in (2, 1, 3) if piece.width >= 8
        ]
        for x, day in (*ends, *between):
            if all(abs(x - other) >= room for other, _ in found) and x <= self.width - room:
                found.append((x, day))
        return sorted(found)


def _pieces(ordered: Sequence[Days]) -> tuple[Days, ...]:
    found: list[Days] = []
    for days in ordered:
        if found and days.start - found[-1].end <= _GAP:
            found[-1] = Days(found[-1].start, max(found[-1].end, days.end))
        else:
            found.append(days)
    return tuple(found)

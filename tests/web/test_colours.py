"""What stands against what is told apart by everybody: enough contrast in both themes, a sign of its own beside each colour."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

Colour = tuple[float, float, float]
STATES = ("agree", "compatible", "vaguer", "disagree", "denied", "superseded", "different", "silent")
WORDS = ("ink", "quiet", "accent", "warn", "problem", *STATES)
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
# CIE76: 2.3 is just noticed side by side. The signs tell what the colours do not.
APART = 6.0


@pytest.fixture(scope="module")
def tokens(root: Path) -> dict[str, tuple[Colour, Colour]]:
    """Each colour, light and dark, as linear RGB."""
    text = (root / "frontend" / "src" / "style" / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)", text)
    return {name: (linear(light), linear(dark)) for name, light, dark in found}


def linear(code: str) -> Colour:
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def light_of(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(a: Colour, b: Colour) -> float:
    """WCAG 2: from 1 to 21."""
    low, high = sorted((light_of(a), light_of(b)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: Colour, sight: str) -> Colour:
    """As somebody of that sight sees it."""
    red, green, blue = (min(1.0, max(0.0, sum(w * c for w, c in zip(row, colour, strict=True)))) for row in SIGHTS[sight])
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = light_of(colour)
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(a: Colour, b: Colour) -> float:
    return sum((one - other) ** 2 for one, other in zip(lab(a), lab(b), strict=True)) ** 0.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(tokens: dict[str, tuple[Colour, Colour]], theme: int) -> None:
    for ground in ("paper", "sheet"):
        weak = {name: contrast(tokens[name][theme], tokens[ground][theme]) for name in WORDS}
        assert {name: found for name, found in weak.items() if found < 4.5} == {}, ground
    assert contrast(tokens["warn"][theme], tokens["warn-soft"][theme]) >= 4.5
    assert contrast(tokens["ink"][theme], tokens["mark"][theme]) >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_no_two_states_look_alike_without_red_or_green(
    tokens: dict[str, tuple[Colour, Colour]], theme: int, sight: str,
) -> None:
    found = {
        (a, b): apart(seen(tokens[a][theme], sight), seen(tokens[b][theme], sight)) for a, b in combinations(STATES, 2)
    }
    assert {pair: each for pair, each in found.items() if each < APART} == {}


def test_every_state_has_a_sign_of_its_own(root: Path) -> None:
    text = (root / "frontend" / "src" / "parts" / "parts.tsx").read_text(encoding="utf-8")
    signs = dict(re.findall(r"^  (\w+): \{ sign: \"(.)\"", text, re.MULTILINE))
    assert {name.removesuffix("_referent") for name in signs} == set(STATES)
    assert len(set(signs.values())) == len(signs)

"""What the tests of the parser's parts share."""

from __future__ import annotations

from typing import Any

import pytest
import spacy

from rashomon.annotate.annotator import MODEL


@pytest.fixture(scope="module")
def whole() -> Any:
    """spaCy's own pipeline, nothing taken out of it."""
    return spacy.load(MODEL)

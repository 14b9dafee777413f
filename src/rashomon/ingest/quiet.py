"""Libraries that would speak on standard error are kept silent: a document that fails is named by us, once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet(library: str) -> Iterator[None]:
    """Nothing that `library` logs reaches a handler of anybody else in here."""
    logger = logging.getLogger(library)
    before, sink = logger.propagate, logging.NullHandler()
    logger.addHandler(sink)  # without any handler, warnings go to standard error
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(sink)

"""Where HTML pages state their day of publication."""

from __future__ import annotations

import msgspec

from .files import HERE, load_yaml


class HtmlHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`published`: names of head entries, most telling first. `linked_data_key` of objects of `article_types`, else
    `page_types`, comes after them.
    """

    published: tuple[str, ...]
    linked_data_key: str
    article_types: tuple[str, ...]
    page_types: tuple[str, ...]


def load_html_head() -> HtmlHead:
    """What html_head.yaml says. KnowledgeError when the file breaks its rules."""
    return load_yaml(HERE / "html_head.yaml", HtmlHead)

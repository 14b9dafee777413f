"""Everything that coding needs to know before it reads, in one value."""

from __future__ import annotations

import msgspec

from .actions import Standing, Triggers, load_standing, load_triggers
from .books import Books, load_books
from .control import ControlWords, load_control
from .forecasts import ForecastWords, load_forecasts
from .naming import NamingWords, load_naming
from .pledges import PledgeWords, load_pledges
from .quantities import Quantities, load_quantities
from .roles import PartyNouns, Roles, load_party_nouns, load_roles
from .setting import SettingWords, load_setting


class CodingKnowledge(msgspec.Struct, frozen=True):
    """The action vocabulary, the words of standing, of roles, of parties, of number, of setting and of the other books."""

    triggers: Triggers
    standing: Standing
    quantities: Quantities
    books: Books
    roles: Roles
    parties: PartyNouns
    setting: SettingWords
    control: ControlWords
    naming: NamingWords
    pledges: PledgeWords
    forecasts: ForecastWords


def load_coding() -> CodingKnowledge:
    """Loads and checks the files. KnowledgeError names the one that breaks its form."""
    return CodingKnowledge(
        load_triggers(),
        load_standing(),
        load_quantities(),
        load_books(),
        load_roles(),
        load_party_nouns(),
        load_setting(),
        load_control(),
        load_naming(),
        load_pledges(),
        load_forecasts(),
    )

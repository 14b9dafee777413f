"""Genre from the closed list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.clean import describe, lay_out
from rashomon.knowledge.boilerplate import Furniture
from rashomon.records import Document, Publication

ARGUED = (
    "The offensive has clearly failed, and it is difficult to see how its authors could have hoped for anything else. "
    "Presumably they believed that the garrison would simply walk away; if so, that means they learned nothing.",
    "However, the truth is that the town never mattered much. The reason it was attacked is rather that a conference is "
    "near, and a government with a battle to show would have had more to trade. In other words, the map explains why.",
    "That would mean, of course, that the next attack will probably come soon. Perhaps it will be made in the south, "
    "because the roads there are dry. On balance, the outcome is unlikely to be different, even if the guns are new.",
)
JUDGED = (
    "We should be ashamed. I have watched this war for six years, and I believe that our silence is a disgrace which no "
    "government must be allowed to forget. It is wrong, it is cynical, and it must stop.",
    "Of course the ministers will say that nothing could be done. That is nonsense, and they clearly know it. My own view "
    "is that they must resign, because a moral failure of this size should have a price.",
    "Let us be honest: the hypocrisy is obvious. I think we ought to open the border, and we should do so this week. Perhaps "
    "it will cost us something. Surely it should, and I for one would pay, rather than look away in shame again.",
)
TALK = tuple(
    line
    for i in range(4)
    for line in (
        f"Sample: What did you see on day {i} of the battle at the river?",
        f"Example: We saw the bridge burn for the {i} time.",
    )
)


def genre(text: str, furniture: Furniture, **carrier: str) -> str:
    document = Document("x", "x", text, **carrier)
    return describe(document, lay_out(document, furniture), None, Publication(None, None, "unknown"), furniture).genre


def test_report(article: Callable[..., str], furniture: Furniture) -> None:
    assert genre(article(), furniture) == "report"


def test_by_voice(furniture: Furniture) -> None:
    assert genre("\n\n".join(ARGUED), furniture) == "analysis"
    assert genre("\n\n".join(JUDGED), furniture) == "opinion"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Editorial: The truce must hold", "editorial"),
        ("Opinion | The truce must hold", "opinion"),
        ("Analysis: Why the truce holds", "analysis"),
        ("Joint statement on the truce", "statement"),
        ("War at the river: live updates", "live-blog"),
        ("Interview: The general speaks", "interview"),
        ("Satire: Truce asks for a rise", "satire"),
        ("Truce at the river holds", "report"),
    ],
)
def test_by_label(title: str, expected: str, article: Callable[..., str], furniture: Furniture) -> None:
    assert genre(article(head=()), furniture, title=title) == expected


def test_by_address(article: Callable[..., str], furniture: Furniture) -> None:
    assert genre(article(), furniture, url="https://invented.example/opinion/2016/truce") == "opinion"


def test_turns(furniture: Furniture) -> None:
    assert genre("\n\n".join(TALK), furniture) == "interview"
    third = tuple(line.replace("Example:", ("Jones:", "Smith:")[i // 2 % 2]) for i, line in enumerate(TALK))
    assert genre("\n\n".join(third), furniture) == "transcript"


def test_live(body: tuple[str, ...], furniture: Furniture) -> None:
    lines = [line for i, paragraph in enumerate(body) for line in (f"1{i}:05 GMT", paragraph)]
    assert genre("\n\n".join(lines), furniture) == "live-blog"


def test_statement(furniture: Furniture) -> None:
    text = "Statement by the Minister\n\n" + "\n\n".join(
        f"We condemn the shelling of village number {i} and call on all sides to respect the truce." for i in range(4)
    )
    assert genre(text, furniture) == "statement"

"""English is told from the rest on sentences as short as news has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SENTENCES = {
    "en": [
        "The army said on Tuesday that its troops had taken the village after two days of fighting.",
        "At least 20 people were killed, the hospital said.",
        "Rebels in Ahrar al-Sham fired rockets at Nubl and Zahraa, SANA reported.",
        "Houthi forces shelled Marib; 3 dead, Saba news agency says",
        "RSF seizes El Fasher, Sudan army withdraws",
        "STATE TV: TWO SOLDIERS KILLED NEAR HAMA",
    ],
    "fr": ["Au moins 20 personnes ont été tuées, selon l'hôpital.", "Syrie : un convoi d'aide touché près d'Alep"],
    "de": ["Mindestens 20 Menschen wurden getötet, teilte das Krankenhaus mit."],
    "es": ["Al menos 20 personas murieron, según el hospital."],
    "tr": ["Hastane en az 20 kişinin öldüğünü söyledi."],
    "ar": ["قال الجيش يوم الثلاثاء إن قواته سيطرت على القرية."],
    "fa": ["ارتش روز سه شنبه اعلام کرد نیروهایش پس از دو روز نبرد روستا را گرفتند."],
    "ru": ["Армия заявила во вторник, что её войска заняли село."],
    "uk": ["Армія заявила у вівторок, що її війська зайняли село після двох днів боїв."],
    "zh": ["军方周二表示，其部队在两天的战斗后占领了该村。"],
    "und": ["Aleppo", "12:30 – 14:00", "AP / AFP", "20.09.2016"],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in SENTENCES.items() for text in texts])
def test_short_texts(languages, code: str, text: str) -> None:
    assert languages.of(text) == code


@pytest.mark.parametrize("text", ["Бои идут", "قُتل عشرون", "停火"])
def test_another_script_is_never_english_however_short(languages, text: str) -> None:
    assert languages.of(text) not in ("en", "und")


def test_furniture_of_another_language_does_not_decide(languages) -> None:
    english = "The convoy was hit while it unloaded, and the driver said that nobody had warned him. " * 60
    assert languages.of("Acceuil Politique Monde Économie\n" + english + "\nPartager sur les réseaux sociaux") == "en"
    assert languages.of(english + "قال الجيش إن قواته سيطرت على القرية. " * 10 + english) == "en"


def test_open_news_is_english(shared: Path, languages) -> None:
    with (shared / "data" / "news" / "fakes.jsonl").open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    assert [text for text in texts if languages.of(text) != "en"] == []
    # Even a headline's worth of each, without capitals to go by.
    assert sum(languages.of(text[:60]) != "en" for text in texts) <= 1

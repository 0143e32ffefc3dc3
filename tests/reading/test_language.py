import pytest

from worldstage.reading.language import language

SAMPLES = {
    "en": "Russia said on Tuesday that a bomb had brought down the airliner that crashed in Egypt last month.",
    "de": "Russland erklärte am Dienstag, eine Bombe habe das im Oktober verunglückte Flugzeug zerstört.",
    "fr": "La Russie a déclaré mardi qu'une bombe avait détruit l'avion qui s'est écrasé en Égypte le mois dernier.",
    "es": "Rusia dijo el martes que una bomba derribó el avión que se estrelló en Egipto el mes pasado.",
    "ru": "Россия заявила во вторник, что бомба уничтожила самолёт, который разбился в Египте в прошлом месяце.",
    "ar": "قالت روسيا يوم الثلاثاء إن قنبلة أسقطت الطائرة التي تحطمت في مصر الشهر الماضي",
    "zh": "俄罗斯周二表示，一枚炸弹击落了上个月在埃及坠毁的客机，普京总统誓言要找到凶手。",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_languages_are_told_apart(code):
    assert language(SAMPLES[code]) == code


def test_what_the_source_says_decides_only_where_the_text_does_not():
    assert language("Putin, Hollande.", declared="fr-FR") == "fr"
    assert language(SAMPLES["de"], declared="en") == "de"


@pytest.mark.parametrize(
    "text", ["Putin, Erdogan.", "Russia bombed Raqqa.", "Zarif, Lavrov, Kerry, Steinmeier, Fabius", "12345", ""]
)
def test_short_texts_are_english_unless_they_show_otherwise(text):
    assert language(text) == "en"

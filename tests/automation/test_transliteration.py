"""Ukrainian in Latin letters, by the examples of resolution 55 of the Cabinet of Ministers, 2010.

Each line of the table gives a letter's examples; together they name every letter in every place.
"""

from __future__ import annotations

import pytest

from pos_app.automation.wording.transliteration import latin

OFFICIAL = """
Алушта Alushta · Андрій Andrii
Борщагівка Borshchahivka · Борисенко Borysenko
Вінниця Vinnytsia · Володимир Volodymyr
Гадяч Hadiach · Богдан Bohdan · Згурський Zghurskyi
Ґалаґан Galagan · Ґорґани Gorgany
Донецьк Donetsk · Дмитро Dmytro
Рівне Rivne · Олег Oleh · Есмань Esman
Єнакієве Yenakiieve · Гаєвич Haievych · Короп’є Koropie
Житомир Zhytomyr · Жанна Zhanna · Жежелів Zhezheliv
Закарпаття Zakarpattia · Казимирчук Kazymyrchuk
Медвин Medvyn · Михайленко Mykhailenko
Іванків Ivankiv · Іващенко Ivashchenko
Їжакевич Yizhakevych · Кадиївка Kadyivka · Мар’їне Marine
Йосипівка Yosypivka · Стрий Stryi · Олексій Oleksii
Київ Kyiv · Коваленко Kovalenko
Лебедин Lebedyn · Леонід Leonid
Миколаїв Mykolaiv · Маринич Marynych
Ніжин Nizhyn · Наталія Nataliia
Одеса Odesa · Онищенко Onyshchenko
Полтава Poltava · Петро Petro
Решетилівка Reshetylivka · Рибчинський Rybchynskyi
Суми Sumy · Соломія Solomiia
Тернопіль Ternopil · Троць Trots
Ужгород Uzhhorod · Уляна Uliana
Фастів Fastiv · Філіпчук Filipchuk
Харків Kharkiv · Христина Khrystyna
Біла_Церква Bila_Tserkva · Стеценко Stetsenko
Чернівці Chernivtsi · Шевченко Shevchenko
Шостка Shostka · Кишеньки Kyshenky
Щербухи Shcherbukhy · Гоща Hoshcha · Гаращенко Harashchenko
Юрій Yurii · Корюківка Koriukivka
Яготин Yahotyn · Ярошенко Yaroshenko · Костянтин Kostiantyn · Знам’янка Znamianka
Феодосія Feodosiia
Згорани Zghorany · Розгон Rozghon
"""
EXAMPLES = [
    pair.replace("_", "~").split()
    for line in OFFICIAL.split("\n")
    for pair in line.split("·")
    if pair.strip()
]


@pytest.mark.parametrize(("ukrainian", "written"), EXAMPLES)
def test_the_official_examples(ukrainian: str, written: str) -> None:
    words = ukrainian.replace("~", " "), written.replace("~", " ")
    assert latin(words[0]) == words[1]


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "‘", "`"])
def test_every_apostrophe_of_a_keyboard_is_left_out(apostrophe: str) -> None:
    assert latin(f"Знам{apostrophe}янка") == "Znamianka"
    assert latin(f"{apostrophe}Їжа{apostrophe}") == f"{apostrophe}Yizha{apostrophe}"
    assert latin(f"O{apostrophe}Hara") == f"O{apostrophe}Hara"


@pytest.mark.parametrize(
    ("ukrainian", "written"),
    [
        ("ЩЕРБУХИ", "SHCHERBUKHY"),
        ("ЯГОТИН", "YAHOTYN"),
        ("ЗГОРАНИ", "ZGHORANY"),
        ("Я їм", "Ya yim"),
        ("НАША ЇЖА", "NASHA YIZHA"),
        ("Анна-Юлія", "Anna-Yuliia"),
        ("2Якова", "2Yakova"),
        ("й\u0438\u0306 \u0456\u0308", "yi yi"),
        ("за\u0301мок", "zamok"),
        ("Объект, Ёлка, рыба, это", "Obekt, Yolka, ryba, eto"),
        ("Готово! 585 грн, №5", "Hotovo! 585 hrn, №5"),
        ("Стежте: https://піца.укр/я та я@піца.укр", "Stezhte: https://піца.укр/я ta я@піца.укр"),
        ("No change, 100 %", "No change, 100 %"),
        ("", ""),
    ],
)
def test_capitals_beginnings_and_what_is_not_ukrainian(ukrainian: str, written: str) -> None:
    assert latin(ukrainian) == written

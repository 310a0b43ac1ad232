"""Text, addresses and languages of cells: repaired where that is certain, refused where it is not."""

import csv
import gzip

import pytest
from django.core.exceptions import ValidationError

from initiatives.importing import repair
from initiatives.tests.importing import DATA


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("a Travelerâ€™s Health Affidavit", "a Traveler’s Health Affidavit"),
        ("Constantine, SÃ©tif, Adrar", "Constantine, Sétif, Adrar"),
        ("Ciego de Ã\x81vila begins", "Ciego de Ávila begins"),
        ("under the theme â€œOyounakâ€\x9d", "under the theme “Oyounak”"),
    ],
)
def test_mojibake_is_repaired_where_it_certainly_can_be(damaged, whole):
    assert repair.line(damaged) == whole


@pytest.mark.parametrize(
    "lost",
    ["app called ï¿½Druk Traceï¿½", "Ï¿½Emergency stateï¿½ announced", "Bulgaria\ufffds PM", "€œWe wish to advise"],
)
def test_text_whose_characters_are_lost_is_refused(lost):
    with pytest.raises(ValidationError, match="wrong encoding"):
        repair.line(lost)


def test_control_characters_vanish_and_breaks_become_spaces_in_a_line():
    assert repair.line("a\x00b\x08 c\td\r\ne\u202ef\u200b") == "ab c d ef"


def test_paragraphs_of_a_block_stay():
    assert repair.block("one\x0b\r\n\r\n\r\ntwo\t three") == "one\n\ntwo three"


@pytest.mark.parametrize("title", ["=1+1 laptops for schools", "@home learning", "-50 % on tariffs", "+10 GB for all"])
def test_titles_that_look_like_formulas_stay_text(title):
    assert repair.line(title) == title


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "columns"),
    [("multilingual_tico19.csv.gz", "en ar zh fr ru es"), ("multilingual_udhr.csv.gz", "text")],
)
def test_sound_text_in_six_languages_is_left_alone(name, columns):
    if not (DATA / name).exists():
        pytest.skip(f"{DATA / name} is not here")
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        texts = [row[column] for row in csv.DictReader(file) for column in columns.split() if column in row]
    assert texts
    # Zero-width spaces are left over from web pages; they go.
    assert [text for text in texts if repair.repair(text) != repair.clean(text.replace("\u200b", ""))] == []


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("https://a.example/x ; https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x;https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x\nhttps://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x https://a.example/x", ["https://a.example/x"]),
        ("'-\thttps://a.example/x -", ["https://a.example/x"]),
        ("N/A ; https://a.example/x", ["https://a.example/x"]),
        (
            "https://web.archive.org/web/2022/https://a.example/x",
            ["https://web.archive.org/web/2022/https://a.example/x"],
        ),
        ("www.canada.ca/en", ["https://www.canada.ca/en"]),
        ("news.ontario.ca/opo/en/2020/3", ["https://news.ontario.ca/opo/en/2020/3"]),
    ],
)
def test_addresses_are_found_in_a_cell(cell, found):
    assert repair.web_addresses(cell)[0] == found


@pytest.mark.parametrize(
    "cell",
    [
        "Facebook",
        "report.pdf",
        "5/22/hhs-announces-500-million",
        "om/news/4541",
        "file:///Users/somebody/Downloads/a.pdf",
        "chrome-extension://abc/https.pdf",
        "javascript:alert(1)",
        "info@ministry.example",
        "http://user:secret@a.example/",
        "https://www.gov.example/Press Releases/Pages/pr.aspx",  # nobody knows which spaces belong to it
        "https://a.example/fï¿½dï¿½ration",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_what_is_certainly_no_address_is_refused_with_a_reason(cell):
    found, errors = repair.web_addresses(cell)
    assert found == []
    assert errors[0].messages[0]


ENGLISH = "The ministry of education asked all of the schools to teach from home for the rest of the year."


@pytest.mark.parametrize(
    ("declared", "text", "doubt", "language"),
    [
        ("en", ENGLISH, False, "en"),
        ("FR", "Le régulateur demande aux opérateurs de ne pas couper les lignes.", False, "fr"),
        ("zh-Hans", "三家运营商为一线医务人员减免通信费用", False, "zh"),
        ("de", "Die Behörde verlängert die Fristen für das laufende Verfahren.", False, "other"),
        ("other", ENGLISH, False, "en"),
        ("id", ENGLISH, False, "en"),
        ("und", "Public disinfection", False, "other"),  # too short to be sure
        ("es", ENGLISH, False, "es"),  # somebody said so
        ("es", ENGLISH, True, "en"),  # a machine said so
        ("es", "La Municipalidad de Pilar determinó que personas ya no podrán usar transportes.", True, "es"),
    ],
)
def test_language_is_believed_unless_it_is_clearly_english(declared, text, doubt, language):
    assert repair.language(declared, text, doubt) == language


def test_unknown_language_is_refused():
    with pytest.raises(ValidationError, match="no code of a language"):
        repair.language("xx", ENGLISH)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.tests.hostile import payloads
from common.text import (
    NAME_MAX,
    _folded_name,
    beginning,
    clean,
    clean_block,
    clean_line,
    clean_markdown,
    cut_at_sentence,
    fold,
    slug_of,
)


@given(st.text())
def test_cleaned_text_can_be_stored_and_is_clean_already(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned
    assert not any(unicodedata.category(char) == "Cs" for char in cleaned)
    assert clean(cleaned) == cleaned


def test_every_hostile_string_is_cleaned_without_failing():
    for payload in payloads():
        assert clean_line(payload) == clean_line(clean_line(payload))
        assert clean_block(payload) == clean_block(clean_block(payload))


def test_controls_and_overrides_go_and_marks_stay():
    assert clean("a\x00b\x1b\u202ec\u2066d\u200f\u200e") == "abcd\u200f\u200e"


@pytest.mark.parametrize(
    "text", [" \u200b\u202e", "\u2800", "\u3164\u115f", "\u200f\n\ufeff", "\ufe0f\u034f", "\u00ad\u2060"]
)
def test_text_of_which_nothing_is_seen_is_empty(text):
    assert clean(text) == clean_line(text) == clean_block(text) == clean_markdown(text) == ""


@pytest.mark.parametrize("text", ["1", "¿", "😀", "\U0001fae9", "अ", "ा", "س"])
def test_text_of_one_sign_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u0e49", "\u064e", "\u20dd"])
def test_marks_are_not_piled_up_on_a_letter(mark):
    assert clean("q" + mark * 148 + "x") == "q" + mark * 6 + "x"


@pytest.mark.parametrize("text", ["\u05d1\u05b0\u05bc\u05e8\u05b5\u0591", "ที่นี่", "བསྒྲུབས", "ệ", "👩🏽\u200d🚀\ufe0f"])
def test_letters_that_carry_marks_stay(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_line_ends_are_one_kind():
    assert clean("a\r\nb\rc\td") == "a\nb\nc\td"


def test_composed_and_decomposed_letters_become_one():
    assert clean("Côte") == clean("Co\u0302te")


def test_a_line_has_single_spaces():
    assert clean_line("  a\u00a0 b\n\tc ") == "a b c"


def test_a_block_keeps_paragraphs():
    assert clean_block(" a  b \n\n\n\nc ") == "a b\n\nc"


def test_markdown_keeps_its_indentation():
    assert clean_markdown("\n- a\n    - b  \n") == "- a\n    - b"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        ("First sentence. Second sentence that is long.", "First sentence."),
        ("第一句话的文字。第二句话很长很长很长很长很长很长。", "第一句话的文字。"),
        ("One sentence without any end in sight at all", "One sentence…"),
    ],
)
def test_a_text_is_cut_after_a_sentence_or_a_word(text, cut):
    assert cut_at_sentence(text, 16) == cut


@given(st.text(min_size=1), st.integers(min_value=2, max_value=60))
def test_a_cut_text_keeps_to_its_limit(text, limit):
    assert len(cut_at_sentence(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("ab" + "c\u0323\u0301" * 2, "ab…"),
        ("لله الحمدُ للهِ", "لله…"),
        ("a🇫🇷🇰🇪🇰🇪", "a🇫🇷…"),
        ("好！\ufe0f好好好", "好！\ufe0f好…"),
    ],
)
def test_no_sign_is_cut(text, cut):
    assert cut_at_sentence(text, 5) == cut


def test_a_sign_longer_than_all_that_is_wanted_is_cut():
    assert beginning("a" + "\u0301" * 6, 3) == "a\u0301\u0301"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Free data, for all!", "free-data-for-all"),
        ("Wi-Fi in schools, villages", "wi-fi-in-schools"),  # not "…-vil"
        ("Télésanté", "télésanté"),
        ("中国：宽带网络助教助学帮扶贫困家庭学生线上学习与应用", "中国宽带网络助教助学帮扶贫困家庭学生线上"),
        ("- ! -", ""),
    ],
)
def test_words_of_an_address_are_whole_ones(name, slug):
    assert slug_of(name, 20) == slug


def test_folding_tells_no_accents_and_no_case():
    assert fold("  Côte d’Ivoire ") == fold("COTE D'IVOIRE") == "cote d ivoire"


def test_folding_leaves_out_what_is_invisible():
    assert fold("ca\u200bsi\u00adn\u2060o") == "casino"
    assert fold("می\u200cخواهم") == fold("میخواهم")


def test_only_names_are_kept_after_folding():
    """Posts of 20,000 characters would fill the memory of every process."""
    assert _folded_name.cache_info().maxsize * NAME_MAX <= 1_500_000
    before = _folded_name.cache_info().currsize
    assert fold("Long " * NAME_MAX).startswith("long long")
    assert _folded_name.cache_info().currsize == before

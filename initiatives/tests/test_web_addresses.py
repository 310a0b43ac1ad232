"""One key for one page, whatever its spelling; never one key for two pages."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from common.tests.hostile import payloads
from common.validators import MAX_URL_LENGTH
from initiatives.web_addresses import is_home_page, key_of
from tests.factories import make_initiative

PAGE = "https://www.regulator.example/news/2020/decision-7"
ARCHIVED = "https://web.archive.org/web/20200721172808"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "http://regulator.example/news/2020/decision-7"),
        (PAGE, "HTTPS://WWW.Regulator.Example./news/2020/decision-7/"),
        (PAGE, "https://regulator.example:443/news//2020/decision-7#main"),
        (PAGE, f"  {PAGE}#:~:text=a%20b "),
        (PAGE, f"{PAGE}?utm_source=x&fbclid=y&_ga=1.2"),
        (PAGE, f"{PAGE}/index.html"),
        (PAGE, f"{PAGE}/Default.aspx?fontSize=1"),
        (PAGE, f"{PAGE};jsessionid=0A1B"),
        (PAGE, "https://m.regulator.example/news/2020/decision-7"),
        (PAGE, "https://amp.regulator.example/news/2020/decision-7/amp/"),
        (PAGE, f"{PAGE}?amp=1"),
        (PAGE, f"{PAGE}?outputType=amp"),
        (f"{PAGE}.html", f"{PAGE}.amp.html"),
        (f"{PAGE}?b=2&a=1", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}/p%C3%A9age%7e", f"{PAGE}/p%c3%a9age~"),
        (f"{PAGE}/péage", f"{PAGE}/pe%CC%81age"),
        (f"{PAGE}/press release.pdf", f"{PAGE}/press%20release.pdf"),
        (f"{PAGE}/%e9dit.pdf", f"{PAGE}/%E9dit.pdf"),
        ("https://例子.example/新闻", "https://xn--fsqu00a.example/%E6%96%B0%E9%97%BB"),
        (PAGE, f"{ARCHIVED}/{PAGE}"),
        (PAGE, f"http://web.archive.org/web/20210809010341mp_/{PAGE}#top"),
        (PAGE, f"https://web.archive.org/web/*/{PAGE}"),
        (PAGE, f"https://web.archive.org/save/{PAGE}"),
        (PAGE, "https://web.archive.org/web/2020/regulator.example/news/2020/decision-7"),
        (f"{PAGE}?id=7", f"{ARCHIVED}/{PAGE}?id=7"),
        (PAGE, f"https://archive.ph/2020.10.01-165250/{PAGE}#selection-287.7-291.17"),
        ("https://archive.fo/ABrEq", "https://archive.vn/ABrEq#selection-1.1"),
        (PAGE, f"https://webcache.googleusercontent.com/search?q=cache:WuKUinZdkSkJ:{PAGE}&cd=5&hl=ru"),
        (PAGE, f"https://translate.google.com/translate?hl=&sl=es&tl=en&u={PAGE}"),
        (PAGE, "https://www-regulator-example.translate.goog/news/2020/decision-7?_x_tr_sl=auto&_x_tr_tl=en"),
        ("https://a-b.example/x", "https://a--b-example.translate.goog/x"),
        (PAGE, f"https://www.google.com/url?sa=t&ved=2ah&url={PAGE}"),
        (PAGE, "https://www.google.com/amp/s/www.regulator.example/news/2020/decision-7"),
        (PAGE, "https://cdn.ampproject.org/c/s/regulator.example/news/2020/decision-7/amp"),
        (PAGE, f"https://docs.google.com/viewerng/viewer?url={PAGE}&hl=en"),
        ("https://twitter.com/moi/status/12", "https://x.com/moi/status/12?ref_src=twsrc"),
        ("https://www.youtube.com/watch?v=RsxbCcRgfjg&feature=emb_title", "https://youtu.be/RsxbCcRgfjg?t=5"),
    ],
)
def test_one_page_has_one_key(one, other):
    assert key_of(one) == key_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, "https://www.regulator.example/news/2020/decision-8"),
        (PAGE, "https://www.regulator.example/news/2020/Decision-7"),
        (PAGE, "https://en.regulator.example/news/2020/decision-7"),
        (PAGE, "https://regulator.example:8443/news/2020/decision-7"),
        (f"{PAGE}?id=7", f"{PAGE}?id=8"),
        (f"{PAGE}?lang=fr", f"{PAGE}?lang=en"),
        (f"{PAGE}?id=7", PAGE),
        (f"{PAGE}/a%2Fb", f"{PAGE}/a/b"),
        (f"{PAGE}/a%3Fb", f"{PAGE}/a?b"),
        (f"{PAGE}/%E9dit", f"{PAGE}/%E8dit"),
        (f"{PAGE}?q=%E9dit", f"{PAGE}?q=%E8dit"),
        (f"{PAGE}/a%20%20b", f"{PAGE}/a%20b"),
        ("https://papers.example/#/products/104652", "https://papers.example/#/products/105565"),
        ("https://papers.example/#!7", "https://papers.example/#!8"),
        ("https://archive.ph/mwUiJ", "https://archive.ph/Ai9L8"),
        (f"{ARCHIVED}/https://one.example/a", f"{ARCHIVED}/https://other.example/a"),
        ("https://docs.google.com/spreadsheets/d/1GYb/edit", "https://docs.google.com/spreadsheets/d/1aco/edit"),
        ("https://www.youtube.com/watch?v=aaaaaaaaaaa", "https://www.youtube.com/watch?v=bbbbbbbbbbb"),
        (f"https://regulator.example/{'ب' * 400}1", f"https://regulator.example/{'ب' * 400}2"),
        (f"https://regulator.example/?q={'ب' * 400}1", f"https://regulator.example/?q={'ب' * 400}2"),
        ("https://m.example/a", "https://www.example/a"),
    ],
)
def test_two_pages_have_two_keys(one, other):
    assert "" != key_of(one) != key_of(other) != ""


@pytest.mark.parametrize(
    "text", ["", "report.pdf", "mailto:a@b.example", "https://", "https://x.example:99999/", "https://[x"]
)
def test_what_is_no_web_address_has_no_key(text):
    assert key_of(text) == ""


def test_key_of_a_copy_of_a_copy_ends():
    address = PAGE
    for _layer in range(50):
        address = f"{ARCHIVED}/{address}"
    assert len(key_of(address)) <= MAX_URL_LENGTH


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("https://www.ministry.example/", True),
        ("http://ministry.example/index.php", True),
        ("https://ministry.example/en/", True),
        ("https://ministry.example/zh-Hans", True),
        (f"{ARCHIVED}/https://ministry.example/", True),
        ("https://ministry.example/?p=12", False),
        ("https://ministry.example/covid", False),
        ("https://ministry.example/#/products/7", False),
    ],
)
def test_home_pages_are_known(address, home):
    assert is_home_page(key_of(address)) is home


def test_no_hostile_string_breaks_a_key():
    for payload in payloads():
        for address in (
            payload,
            f"https://x.example/{payload}",
            f"https://x.example/?q={payload}",
            f"{ARCHIVED}/{payload}",
        ):
            key = key_of(address)
            assert len(key) <= MAX_URL_LENGTH
            assert "\x00" not in key
            key.encode()


@pytest.mark.django_db
def test_keys_of_before_are_spelt_anew():
    initiative = make_initiative(sources=[{"url": f"{ARCHIVED}/{PAGE}", "title": "x"}])
    initiative.sources.update(url_key="web.archive.org/web/20200721172808/https://www.regulator.example")
    migration = import_module("initiatives.migrations.0009_respell_url_keys")
    migration.respell(apps, SimpleNamespace(connection=connection))
    assert initiative.sources.get().url_key == key_of(PAGE)

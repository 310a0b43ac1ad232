"""The title and the date of a page, whatever its letters and however broken it is."""

import datetime
import time

import pytest

from common.web import Answer
from initiatives.links import reading

TODAY = datetime.date(2026, 11, 22)


def read(body: bytes, content_type: str = "text/html", **headers) -> tuple:
    answer = Answer(200, "http://site.test/", {"content-type": content_type, **headers}, body)
    return reading.title_and_date(answer, TODAY)


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (b"<title>A &amp; B\n  &#8211; C</title>", "text/html", "A & B – C"),
        (b"<TITLE lang=en>A</TITLE>", "application/xhtml+xml", "A"),
        ("<title>قرار</title>".encode(), "text/html", "قرار"),
        ("<title>قرار</title>".encode("windows-1256"), "text/html; charset=windows-1256", "قرار"),
        ('<meta charset="windows-1251"><title>Указ</title>'.encode("windows-1251"), "text/html", "Указ"),
        ("<meta charset=gb2312><title>通知</title>".encode("gb18030"), "text/html", "通知"),
        ("<title>Décision</title>".encode("latin-1"), "text/html", "Décision"),
        ("<title>Décision</title>".encode() + "é".encode()[:1], "text/html", "Décision"),
        (b"<title>A</title>", "text/html; charset=rot13", "A"),
        (b"<title>A</title>", "text/html; charset=punycode", "A"),
        ("<title>A\u202eB\0C</title>".encode(), "text/html", "ABC"),
        (b"<title></title>", "text/html", ""),
        (b"<title>never ends", "text/html", ""),
        (b"<head></head><svg><title>Picture</title></svg>", "text/html", ""),
        (b"<title>A</title>", "application/pdf", ""),
    ],
)
def test_title_is_read(body, content_type, title):
    assert read(body, content_type)[0] == title


def test_long_titles_are_cut():
    assert len(read(b"<title>" + b"word " * 500 + b"</title>")[0]) <= 300


@pytest.mark.parametrize(
    ("body", "dated"),
    [
        (b'<meta property="article:published_time" content="2020-03-23T10:00:00Z">', datetime.date(2020, 3, 23)),
        (b"<meta content='2020-03-23' name='DC.date'>", datetime.date(2020, 3, 23)),
        (b'<script type="application/ld+json">{"datePublished": "2020-03-23"}</script>', datetime.date(2020, 3, 23)),
        (b'<meta name="date" content="2020-13-45">', None),
        (b'<meta name="date" content="2099-01-01">', None),
        (b'<meta name="date" content="0001-01-01">', None),
        (b'<meta name="date" content="next week">', None),
    ],
)
def test_date_is_read(body, dated):
    assert read(body)[1] == dated


def test_pages_made_when_they_are_asked_for_have_no_date():
    assert read(b"", **{"last-modified": "Mon, 23 Mar 2020 10:00:00 GMT"})[1] is None


@pytest.mark.parametrize("piece", [b"<meta ", b"<title", b"<!--", b'"datePublished" : "', b"charset=", b"<meta a=' "])
def test_hostile_pages_cost_little(piece):
    started = time.process_time()
    read((piece * 65_536)[:65_536])
    assert time.process_time() - started < 1

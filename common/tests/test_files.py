"""Uploads: sound files of every kind are kept, and what is damaged or disguised is refused in words."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from common import files
from common.tests.samples import CATALOGUE, check, docx, object_stream, odt, pdf, picture, refusal, xlsx

SOUND = {
    "decision.pdf": pdf(CATALOGUE, object_stream(b"<</Type /Page>>")),
    "report.docx": docx(),
    "report.odt": odt(),
    "table.xlsx": xlsx(),
    "table.csv": "country,change,by\nCôte d’Ivoire,-5,@regulator\nKE,+254 20,-\n".encode(),
    "chart.png": picture("PNG"),
    "photo.jpg": picture("JPEG"),
    "photo.JPEG": picture("JPEG"),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_file_is_kept(name):
    kept = check(name, SOUND[name])
    assert kept.size == len(kept.content.read())
    assert kept.kind in files.KINDS and kept.stored_name.endswith(f".{kept.kind}") and name not in kept.stored_name


@pytest.mark.parametrize("name", [name for name in SOUND if not name.endswith(".csv")])
def test_file_with_the_name_of_another_kind_is_refused(name):
    other = "x.pdf" if not name.endswith(".pdf") else "x.docx"
    assert "not of the type" in refusal(other, SOUND[name])


@pytest.mark.parametrize(
    "name", ["evil.svg", "evil.html", "evil.exe", "macro.docm", "pdf", ".htaccess", "a.pdf.js", ""]
)
def test_other_types_are_refused(name):
    assert "is not of a type that is taken" in refusal(name or "noname", b"x")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.odt", "a.png", "a.jpg", "a.pdf", "a.csv"])
def test_empty_file_is_refused(name):
    assert "is empty" in refusal(name, b"")


def test_more_than_ten_megabytes_are_refused():
    assert "larger than 10 MB" in refusal("a.csv", b"a" * (files.MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\temp\\table.CSV", "table.csv"),
        ("ключ\u202egnp.csv", "ключgnp.csv"),
        ("a\r\nSet-Cookie: x.csv", "a Set-Cookie_ x.csv"),
        (".csv", "file.csv"),
        ("x" * 300 + ".csv", "x" * 120 + ".csv"),
        ('a"b<c>;d.csv', "a_b_c__d.csv"),
    ],
)
def test_name_is_made_harmless(given, kept):
    upload = SimpleUploadedFile("x.csv", b"a,b\n")
    upload._name = given  # what Django's own cleaning would have changed already
    assert files.check(upload).name == kept


# Tables


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", '"=HYPERLINK(""x"")"', "@SUM(1+1)", "+cmd|x", "-2+3(1)"]
)
@pytest.mark.parametrize("line", ["{}\n", "a,{}\n", "a;{}\r\n", "a\r{}"])
def test_formulas_are_refused(cell, line):
    assert "formulas" in refusal("a.csv", line.format(cell).encode())


@pytest.mark.parametrize("data", [b"caf\xe9,1\n", "é,1\n".encode("utf-16")])
def test_other_encodings_are_refused(data):
    assert "UTF-8" in refusal("a.csv", data)


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", b"\n<!DOCTYPE html>", b"%PDF-1.7", b"a,\x00b", docx()])
def test_what_is_no_table_is_refused(data):
    assert refusal("a.csv", data)


# Pictures


def test_metadata_and_what_hangs_on_stay_behind():
    exif = Image.Exif()
    exif[0x010E] = "<script>secret place</script>"
    data = picture("JPEG", exif=exif) + b"<?php phpinfo(); ?>"
    kept = check("a.jpg", data).content.read()
    assert b"secret" not in kept and b"php" not in kept and not Image.open(io.BytesIO(kept)).getexif()


def test_photograph_is_kept_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6  # taken upright
    kept = check("a.jpg", picture("JPEG", exif=exif)).content.read()
    assert Image.open(io.BytesIO(kept)).size == (6, 8)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_mode_is_kept(mode):
    assert check("a.png", picture("PNG", mode)).kind == "png"


def test_transparent_palette_stays_transparent():
    kept = check("a.png", picture("PNG", "P", transparency=0)).content.read()
    assert Image.open(io.BytesIO(kept)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_too_many_pixels_are_refused():
    assert "too many pixels" in refusal("a.png", picture("PNG", "1", (6000, 6000)))


@pytest.mark.parametrize("data", [picture("PNG")[:-30], picture("GIF"), b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_damaged_picture_is_refused(data):
    assert "damaged" in refusal("a.png", data)

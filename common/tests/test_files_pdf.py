"""PDF: what is active, encrypted or hidden from the check is refused."""

import pytest

from common.tests.samples import CATALOGUE, check, object_stream, pdf, refusal


@pytest.mark.parametrize(
    "active",
    [
        b"<</S /JavaScript /JS (app.alert(1))>>",
        b"<</S /J#61vaScript>>",
        b"<</S /Rendition /J#53 5 0 R>>",
        b"<</S /Launch /F (calc.exe)>>",
        b"<</Type /EmbeddedFile>>",
        b"<</XFA [(a) 1 0 R]>>",
        b"<</S /URI /URI (javascript:alert(1))>>",
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_active_pdf_is_refused(active, hidden):
    part = object_stream(active) if hidden else b"4 0 obj " + active + b" endobj"
    assert "scripts or embedded files" in refusal("a.pdf", pdf(CATALOGUE, part))


def test_pdf_with_an_ordinary_link_is_kept():
    assert check("a.pdf", pdf(CATALOGUE, b"4 0 obj <</S /URI /URI (https://regulator.example)>> endobj"))


def test_noise_in_a_compressed_picture_is_no_script():
    noise = b"5 0 obj <<>> stream\n\xff/JS\x00\xfe/XFA\x80 endstream endobj"
    assert check("a.pdf", pdf(CATALOGUE, noise))


def test_encrypted_pdf_is_refused():
    assert "encrypted" in refusal("a.pdf", pdf(CATALOGUE, b"<</Encrypt 9 0 R>>"))


def test_objects_packed_in_an_unknown_way_are_refused():
    hidden = b"3 0 obj <</Type /ObjStm /Filter /LZWDecode>> stream\n\x80\x0b endstream endobj"
    decoy = object_stream(b"<<>>", b"/Filter [/ASCIIHexDecode /FlateDecode]")
    for part in (hidden, decoy):
        assert "damaged" in refusal("a.pdf", pdf(CATALOGUE, part))


def test_pdf_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr("common.files.pdf.MAX_UNPACKED", 1_000_000)
    assert "unpacked" in refusal("a.pdf", pdf(CATALOGUE, object_stream(b" " * 1_000_000)))


@pytest.mark.parametrize("data", [b"%PDF-1.7 cut off", b"GIF89a%%EOF", b"<html>%PDF-1.7 %%EOF"])
def test_damaged_pdf_is_refused(data):
    assert "damaged" in refusal("a.pdf", data)

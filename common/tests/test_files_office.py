"""DOCX, XLSX and ODT: macros, parts from elsewhere and disguises are refused."""

import pytest

from common.tests.samples import archive, check, docx, odt, refusal, xlsx

RELATION = '<Relationship Id="r1" Type="http://schemas.example/{}" Target="https://evil.example/x/hyperlink"{}/>'


@pytest.mark.parametrize(
    "member",
    ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin", "xl/macrosheets/1.xml"],
)
def test_macros_are_refused(member):
    assert "macros or programs" in refusal("a.docx", docx(**{member: b"x"}))


def test_macros_of_odt_are_refused():
    assert "macros or programs" in refusal("a.odt", odt(**{"Basic/Standard/Module1.xml": "x"}))


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("attachedTemplate", ' TargetMode="External"', False),
        ("attachedTemplate", " TargetMode = 'Ext&#101;rnal'", False),
        ("image", ' TargetMode="External"', False),
        ("hyperlink", ' TargetMode="External"', True),
        ("image", ' TargetMode="Internal"', True),
        ("image", "", True),
    ],
)
def test_document_must_not_load_from_elsewhere(kind, mode, kept):
    data = docx(**{"word/_rels/document.xml.rels": RELATION.format(kind, mode)})
    if kept:
        assert check("a.docx", data)
    else:
        assert "loads parts from elsewhere" in refusal("a.docx", data)


def test_relations_in_another_encoding_are_refused():
    data = docx(**{"word/_rels/document.xml.rels": RELATION.format("x", "").encode("utf-16")})
    assert "damaged" in refusal("a.docx", data)


@pytest.mark.parametrize(
    "data",
    [
        archive({"a.txt": "x"}),
        archive({"word/document.xml": "x"}),
        archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "x"}),
        docx(**{"../../evil": "x"}),
        b"MZ" + docx(),
        docx()[:-30],
        xlsx(),
        odt(),
    ],
    ids="other alone undeclared climbing prefixed cut xlsx odt".split(),
)
def test_wrong_document_is_refused(data):
    assert "damaged" in refusal("a.docx", data)


def test_archive_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr("common.files.office.MAX_UNPACKED_BYTES", 1_000_000)
    assert "far larger unpacked" in refusal("a.docx", docx(**{"word/media/1.bmp": b"\0" * 1_000_001}))


def test_encrypted_document_is_refused():
    data = bytearray(docx())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "encrypted" in refusal("a.docx", bytes(data))

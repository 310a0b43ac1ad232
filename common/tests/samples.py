"""Small files of every kind, sound and otherwise, made for tests."""

import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from common import files


def check(name: str, data: bytes) -> files.CheckedFile:
    return files.check(SimpleUploadedFile(name, data))


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        check(name, data)
    return caught.value.messages[0]


def picture(form: str, mode: str = "RGB", size=(8, 6), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def archive(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(**more) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return archive({"[Content_Types].xml": types, "word/document.xml": "<document/>", **more})


def odt(**more) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>", **more})


def xlsx() -> bytes:
    out, book = io.BytesIO(), Workbook()
    book.active.append(["country", "measure"])
    book.save(out)
    return out.getvalue()


def pdf(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def object_stream(content: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    packed = zlib.compress(b"4 0 " + content)
    return b"3 0 obj <</Type /ObjStm /N 1 " + entries + b">> stream\n" + packed + b"\nendstream endobj"


CATALOGUE = b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj"

"""Files of what a filter finds, read back."""

import csv
import io
import json

from django.urls import reverse
from openpyxl import load_workbook

FORMATS = ("csv", "xlsx", "json", "geojson")


def fetch(client, format: str, query: str = "", **headers):
    return client.get(reverse("initiatives:export", args=[format]) + (f"?{query}" if query else ""), headers=headers)


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(content: bytes, name: str = "initiatives") -> list[tuple]:
    return list(load_workbook(io.BytesIO(content), read_only=True)[name].iter_rows(values_only=True))


def references(format: str, content: bytes) -> list[str]:
    """The initiatives in a file, in its order."""
    if format == "csv":
        return [row["reference"] for row in table(content.decode())]
    if format == "xlsx":
        return [row[0] for row in sheet(content)[1:]]
    items = json.loads(content)["items" if format == "json" else "features"]
    return [item["reference" if format == "json" else "id"] for item in items]

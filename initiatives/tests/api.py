"""Asking the API, and walking through its pages."""

from collections.abc import Callable, Iterator
from typing import Any

LIST = "/api/v1/initiatives/"


def get(client, query: str = "", address: str = LIST, **headers):
    return client.get(address + (f"?{query}" if query else ""), headers=headers)


def references(response) -> list[str]:
    return [item["reference"] for item in response.json()["items"]]


def pages(client, query: str, onwards: str = "next", between: Callable[[], Any] = lambda: None) -> Iterator[list[str]]:
    """Yield the references of each page, from one to the next, with `between` done after each."""
    address = f"{LIST}?{query}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        yield references(response)
        between()
        address = response.json()[onwards]


def faults(response) -> dict[str, str]:
    """Return what is wrong with each parameter."""
    assert response.status_code == 400, response.text
    assert response["Content-Type"] == "application/problem+json"
    return {one["parameter"]: one["detail"] for one in response.json()["errors"]}

"""What a topic's page says to machines in its attributes: items of HTML's microdata, in the form of JSON-LD."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from tests.seen import tree

SAID_IN = {"a": "href", "link": "href", "meta": "content", "time": "datetime"}


def posting(client, address: str) -> dict[str, Any]:
    """Return the posting that the page describes; empty where it describes none."""
    found = [item for item in items(client, address) if item["@type"] == "DiscussionForumPosting"]
    assert len(found) <= 1
    return found[0] if found else {}


def items(client, address: str) -> list[dict[str, Any]]:
    """Return the items of the page that are no part of another one."""
    page = tree(client.get(address).text)
    return [_item(part, address) for part in page.iter() if "itemscope" in part.attrib and not part.get("itemprop")]


def _item(element: Element, address: str) -> dict[str, Any]:
    """Return what the item says, by name; of comments all, and of everything else one."""
    types = [one.rpartition("/")[2] for one in element.get("itemtype").split()]
    found: dict[str, Any] = {"@type": types[0] if len(types) == 1 else types}
    found |= {"@id": element.get("itemid")} if element.get("itemid") else {}
    for part in _properties(element):
        name, value = part.get("itemprop"), _value(part, address)
        if name == "comment":
            found.setdefault(name, []).append(value)
        else:
            assert name not in found, f"{name} is said twice"
            found[name] = value
    return found


def _properties(element: Element) -> Iterator[Element]:
    for part in element:
        if part.get("itemprop"):
            yield part
        if "itemscope" not in part.attrib:
            yield from _properties(part)


def _value(element: Element, address: str) -> Any:
    if "itemscope" in element.attrib:
        return _item(element, address)
    if element.tag in SAID_IN:
        said = element.get(SAID_IN[element.tag])
        return urljoin(f"http://testserver{address}", said) if SAID_IN[element.tag] == "href" else said
    return " ".join("".join(element.itertext()).split())

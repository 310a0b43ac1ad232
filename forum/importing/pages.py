"""HTML of other forums, as their programs draw it, made simple before it becomes Markdown."""

from bs4 import BeautifulSoup, Tag

from forum.importing import emoji

# Nobody wrote these: tools, sizes of files, pictures of people, sites and previews.
_DECORATION = (
    "script, style, template, svg, a.anchor, .lightbox .meta, .quote-controls, .quote .title .avatar, .excerpt.hidden, "
    ".quote .badge-category__wrapper, .onebox .site-icon, .onebox .thumbnail, .onebox-avatar-inline, .onebox-metadata"
)
LEVELS_MAX = 100  # one in another
_PLAYERS = "video, .lazyYT, .youtube-onebox, .video-placeholder-container, .discourse-post-event"
_NAMES = ("data-video-title", "data-youtube-title", "data-name", "title", "alt")
_BLOCKS = [*"p div ul ol li blockquote pre table br img video".split(), *"h1 h2 h3 h4 h5 h6".split()]
_ENDS = {*_BLOCKS, "[document]", "td", "th", "blockquote", "aside", "details"} - {"img", "br", "video"}
_ADDRESSES = ("http://", "https://", "//", "mailto:")


class TooDeep(ValueError):
    """Elements are in elements, and so on."""


def simple(html: str) -> BeautifulSoup:
    """Return the page with paragraphs, lists, links, quotes, tables and code, as far as somebody wrote them.

    Raises TooDeep for more levels than anybody can read.
    """
    page = BeautifulSoup(html, "html.parser")
    _refuse_deep(page)
    for element in page.select(_DECORATION):
        element.decompose()
    for element in page.select("img.emoji"):
        element.replace_with(emoji.of_name(_name(element)))
    for element in page.select(".chcklst-box"):
        element.replace_with("☑" if "checked" in element["class"] else "☐")
    for element in page.select("aside.onebox"):
        _simplify_preview(page, element)
    for element in page.select("aside.quote"):
        _simplify_quote(page, element)
    for element in page.select(_PLAYERS):
        _simplify_player(page, element)
    for element in page.select("summary"):
        element.name = "p"
    for element in page.select("a"):
        _simplify_link(element)
    for element in page.select("br"):
        if _ends_nothing(element):
            element.decompose()
    for element in page.select("img"):
        element["alt"] = _name(element) or _file_of(element.get("src", ""))
    return page


def _refuse_deep(page: BeautifulSoup) -> None:
    levels = {id(page): 0}
    for element in page.find_all(True):
        level = levels[id(element)] = levels[id(element.parent)] + 1
        if level > LEVELS_MAX:
            raise TooDeep


def _simplify_quote(page: BeautifulSoup, quote: Tag) -> None:
    """Put who said it into the quote."""
    title, said = quote.select_one(".title"), quote.select_one("blockquote")
    if said and title and title.get_text(strip=True):
        title.name = "p"
        for element in title.select("div"):
            element.unwrap()
        said.insert(0, title.extract())
    quote.unwrap()


def _simplify_preview(page: BeautifulSoup, preview: Tag) -> None:
    """Leave of the preview of another page its title as a link, the code, and what the page says of itself."""
    title, link = preview.select_one("h3, h4"), preview.select_one("a[href]")
    address = preview.get("data-onebox-src") or (link and link["href"]) or ""
    made = page.new_tag("blockquote")
    made.append(_link(page, address, _line(title) if title else ""))
    for code in preview.select("pre")[:1]:
        lines = code.select("li")
        made.append(page.new_tag("pre", string="\n".join(map(Tag.get_text, lines)) if lines else code.get_text()))
    for words in preview.select("article p")[:1]:
        made.append(page.new_tag("p", string=_line(words)))
    preview.replace_with(made)


def _simplify_player(page: BeautifulSoup, player: Tag) -> None:
    source = player.select_one("source[src], a[href]")
    address = player.get("data-url") or (source and (source.get("src") or source.get("href"))) or ""
    address = address or player.get("data-orig-src", "")
    if player.has_attr("data-youtube-id"):
        address = f"https://www.youtube.com/watch?v={player['data-youtube-id']}"
    when = player.get("data-start", "")
    made = _link(page, address, _name(player) or _file_of(address))
    if when:
        made.append(f" ({when} {player.get('data-timezone', '')}".rstrip() + ")")
    player.replace_with(made)


def _simplify_link(link: Tag) -> None:
    """Leave only words in it, and where it leads nowhere from here, only them."""
    address = link.get("href", "")
    link.attrs.pop("title", None)  # says what the words say
    if link.find(_BLOCKS):
        link.string = _line(link) or next(filter(None, map(_name, link.select("img"))), "") or _file_of(address)
    if not address.lower().startswith(_ADDRESSES):
        link.unwrap()


def _ends_nothing(newline: Tag) -> bool:
    """Whether no words of the same line follow, so that it would be a sign without a line after it."""
    following = (one for one in newline.next_siblings if one.name or one.strip())
    return getattr(next(following, newline.parent), "name", None) in _ENDS


def _link(page: BeautifulSoup, address: str, words: str) -> Tag:
    made = page.new_tag("p")
    made.append(page.new_tag("a", href=address, string=words or address))
    return made


def _name(element: Tag) -> str:
    return next((" ".join(element[name].split()) for name in _NAMES if element.get(name, "").strip()), "")


def _line(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _file_of(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2] or address

import time
from html.parser import HTMLParser

import pytest

from common.markdown import render
from common.tests.hostile import payloads

ALLOWED = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start"), ("table", "class")}
ALLOWED_ATTRIBUTES |= {("div", name) for name in ("class", "tabindex", "role", "aria-label")}
ALLOWED_ATTRIBUTES |= {(tag, "dir") for tag in ("p", "blockquote", "ul", "ol", "h3", "h4", "h5", "h6", "table")}


class Page(HTMLParser):
    """Reads what a browser would: elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict]] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def complaints(self) -> list[str]:
        found = [f"no element: {other}" for other in self.others]
        for tag, attributes in self.elements:
            found += [f"<{tag}>"] if tag not in ALLOWED else []
            found += [f"{tag}[{name}]" for name in attributes if (tag, name) not in ALLOWED_ATTRIBUTES]
            address = attributes.get("href", "https://")
            found += [address] if not address.lower().startswith(("http://", "https://", "mailto:")) else []
            found += ["link without rel"] if tag == "a" and attributes.get("rel") != "nofollow ugc noopener" else []
        return found


HOSTILE = ("markdown_xss", "xss", "html_sanitizer_pair", "xss_event_handler_name", "naughty_string", "ssti")


@pytest.mark.parametrize(
    "wrap", ["{}", "[x]({})", "![x]({})", "<{}>", "    {}", "> # {}", "|a|\n|-|\n|{}|", '[a]: {} "t"\n\n[a]']
)
def test_hostile_markdown_yields_nothing_that_runs(wrap):
    for payload in payloads(*HOSTILE):
        complaints = Page(render(wrap.replace("{}", payload))).complaints()
        assert not complaints, (payload, complaints)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/admin/",
    ],
)
def test_links_lead_to_the_web_or_a_mailbox_only(address):
    html = render(f"[a]({address}) <{address}> ![b]({address})")
    assert not [name for _, attributes in Page(html).elements for name in attributes if name == "href"]


def test_links_carry_no_word_of_ours():
    assert render("[a](https://a.example/)") == (
        '<p><a href="https://a.example/" rel="nofollow ugc noopener">a</a></p>\n'
    )


def test_full_addresses_become_links_and_names_do_not():
    html = render("See https://a.example/x?a=1&b=2. It was signed.In March, by me@a.example in a.example.")
    assert [attributes["href"] for tag, attributes in Page(html).elements if tag == "a"] == [
        "https://a.example/x?a=1&b=2"
    ]


def test_headings_begin_below_those_of_the_page_and_jump_over_none():
    assert [tag for tag, _ in Page(render("# a\n#### b\n###### c\n# d\n\nsetext\n---")).elements] == [
        *("h3", "h4", "h5", "h3", "h4"),
    ]
    assert [tag for tag, _ in Page(render("### a\n### b\n## c\n### d\n# e\n### f")).elements] == [
        *("h3", "h3", "h3", "h4", "h3", "h4"),
    ]


def test_an_empty_corner_of_a_table_is_no_heading_of_a_column():
    html = render("| | a |\n| --- | --- |\n| b | 1 |")
    assert "<td></td>" in html and html.count("<th>") == 1


def test_an_image_becomes_a_link_to_it():
    assert 'href="https://a.example/p.png"' in render("![a plan](https://a.example/p.png)")
    assert "a plan</a>" in render("![a plan](https://a.example/p.png)")


def test_an_image_inside_a_link_becomes_its_words():
    html = render("[![a plan](https://a.example/p.png)](https://b.example/)")
    assert [attributes["href"] for tag, attributes in Page(html).elements if tag == "a"] == ["https://b.example/"]


def test_html_is_shown_as_text():
    assert "&lt;script&gt;" in render("<script>alert(1)</script>")


def test_tables_look_like_ours_and_carry_no_style():
    html = render("|a|b|\n|:-|-:|\n|1|2|")
    assert '<table class="data">' in html
    assert "style" not in html


def test_other_scripts_pass_unchanged():
    text = "主管部门临时分配频谱。 Регулятор выделил спектр."
    assert render(text) == f"<p>{text}</p>\n"
    text = "قامت الهيئة بتخصيص الطيف."
    assert render(text) == f'<p dir="rtl">{text}</p>\n'


def test_each_block_runs_as_most_of_its_words_do():
    arabic, english = "خصصت الهيئة ترددات مؤقتة للمشغلين", "It gave more megahertz."
    link = "https://a.example/a/very/long/address/of/a/report.pdf"
    text = f"""5G LTE {arabic}

{english} (الهيئة)

- LTE {arabic} {link}
- {english[:7]}

> LTE {arabic}

# LTE {arabic}

| LTE | {arabic} |
|-|-|

1. {english}

`{english}` {arabic}"""
    elements = Page(render(text)).elements
    found = [(tag, attributes.get("dir")) for tag, attributes in elements if "dir" in attributes]
    assert found == [
        *(("p", "rtl"), ("p", "ltr"), ("ul", "rtl"), ("blockquote", "rtl"), ("h3", "rtl"), ("table", "rtl")),
        *(("ol", "ltr"), ("p", "rtl")),
    ]


def test_a_text_without_letters_from_right_to_left_says_no_direction():
    assert "dir=" not in render("Words\n\n- 一\n\n| a |\n|-|")


def test_a_table_scrolls_in_a_box_of_its_own():
    html = render("|a|\n|-|\n|1|\n\nAfter.")
    assert html.startswith('<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="data">')
    assert html.endswith("</table></div>\n<p>After.</p>\n")


def test_nobody_piles_marks_upon_a_letter_by_references():
    assert render("a" + "&#x301;" * 40) == "<p>a" + "\u0301" * 6 + "</p>\n"


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "> ", "`", "<", "[a](", "|a", "- ", "\\", "&#x", "_*", "http://a."]
)
def test_no_text_of_the_greatest_length_takes_long(piece):
    start = time.perf_counter()
    render((piece * 8_000)[:8_000])
    assert time.perf_counter() - start < 4


def test_nothing_yields_nothing():
    assert render("") == ""

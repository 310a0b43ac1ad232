"""What programs of forums draw around the words of a post: on the page here only the words, and what they show."""

import pytest
from bs4 import BeautifulSoup

from forum.importing.marks import as_markdown
from forum.importing.texts import markdown_of
from forum.rendering import render

LIGHTBOX = (
    '<p>Look:<br><div class="lightbox-wrapper"><a class="lightbox" href="https://cdn.example/a.png" title="mast">'
    '<img src="https://cdn.example/a_690.png" alt="mast"><div class="meta"><svg><use href="#x"></use></svg>'
    '<span class="filename">mast</span><span class="informations">700×642 42.6 KB</span></div></a></div></p>'
)
QUOTE = (
    '<aside class="quote no-group" data-username="ada_b" data-post="3"><div class="title"><div class="quote-controls">'
    '</div><img class="avatar" src="https://cdn.example/ada.png" alt=""> ada_b:</div><blockquote><p>How so?</p>'
    "</blockquote></aside><p>Like this.</p>"
)
QUOTED_TOPIC = (
    '<aside class="quote"><div class="title"><img class="avatar" src="https://cdn.example/a.png"><div '
    'class="quote-title__text-content"><a href="https://forum.example/t/9/2">How to end it</a> '
    '<a class="badge-category__wrapper" href="/c/1"><span>Support</span></a></div></div>'
    "<blockquote><p>Soon.</p></blockquote></aside>"
)
PREVIEW = (
    '<aside class="onebox githubblob" data-onebox-src="https://code.example/a.c#L7"><header class="source">'
    '<img class="site-icon" src="https://code.example/i.ico"><a href="https://code.example/">code.example</a></header>'
    '<article class="onebox-body"><img class="thumbnail" src="https://code.example/t.png"><h4><a '
    'href="https://code.example/a.c#L7">a.c</a></h4><p>Of masts.</p><pre><code><ol start="7"><li>if (a_b)</li>'
    "<li>  go();</li></ol></code></pre></article></aside>"
)
VIDEO = '<p> <video title="fall.mp4"><source src="https://cdn.example/fall.mp4"></source></video></p>'
PAGES = {
    LIGHTBOX: '<p>Look:</p> <p><a href="https://cdn.example/a.png">mast</a></p>',
    QUOTE: "<blockquote> <p>ada_b:</p> <p>How so?</p> </blockquote> <p>Like this.</p>",
    QUOTED_TOPIC: (
        '<blockquote> <p><a href="https://forum.example/t/9/2">How to end it</a></p> <p>Soon.</p> </blockquote>'
    ),
    PREVIEW: '<blockquote> <p><a href="https://code.example/a.c#L7">a.c</a></p> '
    "<pre><code>if (a_b) go(); </code></pre> <p>Of masts.</p> </blockquote>",
    VIDEO: '<p><a href="https://cdn.example/fall.mp4">fall.mp4</a></p>',
    '<div class="lazyYT" data-youtube-id="x1" data-youtube-title="A mast"></div>': (
        '<p><a href="https://www.youtube.com/watch?v=x1">A mast</a></p>'
    ),
    '<div class="video-placeholder-container" data-orig-src="upload://b48.mp4"></div>': "<p>b48.mp4</p>",
    '<p>Well <img class="emoji" src="https://e.example/a.png" alt=":slight_smile:"> '
    '<img class="emoji" alt=":rocket:"> <img class="emoji" alt=":pray:t2:"> <img class="emoji" alt=":slicer:"></p>': (
        "<p>Well 🙂 🚀 🙏 :slicer:</p>"
    ),
    '<p><a class="mention" href="/u/ada">@ada</a> see <a href="/c/support/11">there</a></p>': "<p>@ada see there</p>",
    '<a href="https://a.example/"><div>One</div><p>two <b>three</b></p></a>': (
        '<p><a href="https://a.example/">One two three</a></p>'
    ),
    '<a href="https://a.example/"><b>in</b>ternational</a>': (
        '<p><a href="https://a.example/"><strong>in</strong>ternational</a></p>'
    ),
    '<p><img src="https://a.example/x/mast.png" alt=""></p>': (
        '<p><a href="https://a.example/x/mast.png">mast.png</a></p>'
    ),
    "<details><summary>\nMore</summary><p>Here.</p></details>": "<p>More</p> <p>Here.</p>",
    '<h2><a class="anchor" href="#p-1" aria-label="Heading link"></a>Masts</h2>': "<h3>Masts</h3>",
    "<p># no heading<br>- no list<br>1. nor this</p>": "<p># no heading<br> - no list<br> 1. nor this</p>",
    "<p>See https://a.example/?a_b=c_d.</p>": (
        '<p>See <a href="https://a.example/?a_b=c_d">https://a.example/?a_b=c_d</a>.</p>'
    ),
    "<p>One<br><br>two<br></p>": "<p>One<br> <br> two</p>",
    '<li><span class="chcklst-box checked fa"></span> Done</li>': "<ul> <li>☑ Done</li> </ul>",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b|c</td></tr></tbody></table>": (
        '<div aria-label="Table" class="scroll" role="group" tabindex="0"><table class="data"> <thead> <tr> <th>a</th> '
        "</tr> </thead> <tbody> <tr> <td>b|c</td> </tr> </tbody> </table></div>"
    ),
    "---": "",
    "<p> </p>": "",
}
MARKS = {
    '[quote="light_x, post:15, topic:556"]\nWhy?\n[/quote]\nSo.': (
        "<blockquote> <p>light_x:</p> <p>Why?</p> </blockquote> <p>So.</p>"
    ),
    "[quote]Why?[/quote]So.": "<blockquote> <p>Why?</p> </blockquote> <p>So.</p>",
    "[quote=ada]\n[quote=bo]\nOne\n[/quote]\n- two\n[/quote]": (
        "<blockquote> <p>ada:</p> <blockquote> <p>bo:</p> <p>One</p> </blockquote> "
        "<ul> <li>two</li> </ul> </blockquote>"
    ),
    "[quote=ada]\n```\na[0]\n```\n[/quote]": "<blockquote> <p>ada:</p> <pre><code>a[0] </code></pre> </blockquote>",
    "[quote=ada] has no end": "<p>[quote=ada] has no end</p>",
    "Use `[quote]x[/quote]`": "<p>Use <code>[quote]x[/quote]</code></p>",
    "```\n[quote]x[/quote] ![a](upload://b.png)\n```": (
        "<pre><code>[quote]x[/quote] ![a](upload://b.png) </code></pre>"
    ),
    "![the mast|600x371](upload://9Tx.png)": "<p>🖼 the mast</p>",
    "[plan.pdf|attachment](upload://9Tx.pdf) (2 KB)": "<p>📎 plan.pdf (2 KB)</p>",
    '<img src="upload://v5.jpeg" width="3">': "<p>🖼 v5.jpeg</p>",
    "![mast|600x371, 50%](https://a.example/m.png)": '<p><a href="https://a.example/m.png">mast</a></p>',
    "<details>\n<summary>More</summary>\n\nHere.\n</details>": "<p><strong>More</strong></p> <p>Here.</p>",
    '[details="More"]\nHere.\n[/details]': "<p><strong>More</strong></p> <p>Here.</p>",
    "Well :slight_smile: :man_shrugging:t3: or :nothing_of_it:, at 10:30:45": (
        "<p>Well 🙂 🤷 or :nothing_of_it:, at 10:30:45</p>"
    ),
    "std::vector::begin: x:+1:y https://a.example/:joy:/ `:joy:`": (
        '<p>std::vector::begin: x:+1:y <a href="https://a.example/:joy:/">https://a.example/:joy:/</a> '
        "<code>:joy:</code></p>"
    ),
    "| a |\n| :-: |\n| <ul><li>one</li><li>two<br>three</li></ul> |": (
        '<div aria-label="Table" class="scroll" role="group" tabindex="0"><table class="data"> <thead> <tr> <th>a</th> '
        "</tr> </thead> <tbody> <tr> <td>• one • two three</td> </tr> </tbody> </table></div>"
    ),
    '<div data-theme-toc="true"> </div>\n<h1>Masts</h1>\nH<sub>2</sub>O': "<h3>Masts</h3> <p>H2O</p>",
    "Well :smile::smile: and :+1::nothing_of_it::joy:": "<p>Well 😄😄 and 👍:nothing_of_it:😂</p>",
    "    <br> :joy:\n\n\t[quote]x[/quote]\nSo <br>it": (
        "<pre><code>&lt;br&gt; :joy: [quote]x[/quote] </code></pre> <p>So it</p>"
    ),
    "So:\n\n    <h1>:joy:\n      <li>\n\nIt :joy:": (
        "<p>So:</p> <pre><code>&lt;h1&gt;:joy: &lt;li&gt; </code></pre> <p>It 😂</p>"
    ),
    "So\n    it<br>:joy:": "<p>So it 😂</p>",
    "- one\n\n    two :joy:": "<ul> <li> <p>one</p> <p>two 😂</p> </li> </ul>",
    "`<li>` a < b > c <script>": "<p><code>&lt;li&gt;</code> a &lt; b &gt; c &lt;script&gt;</p>",
}


def drawn(text: str, kind: str) -> str:
    """Return the post as the page shows it, on one line and without what every link has."""
    page = BeautifulSoup(render(markdown_of(text, kind)), "html.parser")
    for link in page.select("a"):
        del link["rel"]
    return " ".join(str(page).replace("<br/>", "<br> ").split())


@pytest.mark.parametrize("html", PAGES)
def test_a_page_of_another_forum_shows_what_was_written(html):
    assert drawn(html, "html") == PAGES[html]


@pytest.mark.parametrize("text", MARKS)
def test_marks_of_another_forum_become_markdown(text):
    assert drawn(text, "markdown") == MARKS[text]


def test_many_quotes_without_end_are_left_as_they_are():
    text = "[quote]" * 2_000 + "`" * 2_001
    assert markdown_of(text, "markdown") == text


@pytest.mark.parametrize("text", [":+::", ":a::", "    :", "\t<li>\n\n", "- a\n\n    ", ":-", "`:x"])
def test_hostile_marks_are_read_in_one_pass(text):
    hostile = text * (40_000 // len(text))
    assert as_markdown(hostile)  # ends

"""Hostile text in the forum, shown to a real browser wherever it is shown: nothing of it runs."""

import pytest
from django.urls import reverse

from common.tests.hostile import payloads
from common.text import clean_line, clean_markdown
from forum.models import Topic
from forum.models.post import BODY_MAX
from forum.models.topic import PER_PAGE, TITLE_MAX, slug_of
from forum.notifications import preview_of_post
from forum.services import repair
from forum.tests.things import board, known_member, post_reply, post_topic
from moderation.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the strings try is told by a dialog, a request to elsewhere, or a change of what they find to call.
LISTEN = """
window.__hits = [];
for (const name of ['alert', 'confirm', 'prompt', 'print']) {
  window[name] = (...said) => { window.__hits.push([name, ...said].join(' ')); };
}
"""
POKE = """
for (const one of document.querySelectorAll('main *')) {
  for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle']) one.dispatchEvent(new Event(name));
}
"""


@pytest.fixture(scope="module")
def strings() -> list[str]:
    return [text for text in map(clean_markdown, payloads("markdown_xss", "xss", "html_sanitizer_pair")) if text]


@pytest.fixture
def hits(page, live_server) -> list[str]:
    """What ran. Whatever asks another host is noted and refused."""
    found: list[str] = []

    def answer(dialog):
        if dialog.type == "beforeunload":  # the portal's own question: what was quoted is not posted
            return dialog.accept()
        found.append(dialog.message)
        return dialog.dismiss()

    def only_ours(route):
        if route.request.url.startswith(live_server.url):
            return route.continue_()
        found.append(route.request.url)
        return route.abort()

    page.route("**/*", only_ours)
    page.on("dialog", answer)
    page.add_init_script(LISTEN)
    return found


def look(page, hits: list[str]) -> None:
    """Touch everything on the page, and find that nothing ran."""
    page.evaluate(POKE)
    page.wait_for_timeout(200)
    assert page.evaluate("window.__hits") == []
    assert hits == []
    assert page.locator("main :is(script, iframe, object, embed, base, style, svg, math, form form)").count() == 0


def bodies(strings: list[str]) -> list[str]:
    """Return few texts with all strings, each a paragraph of its own."""
    found = [""]
    for text in strings:
        piece = f"{text}\n\n----\n\n"
        if len(found[-1]) + len(piece) > BODY_MAX // 2:
            found.append("")
        found[-1] += piece
    return found


def show_mail(page, texts: list[str]) -> None:
    """Letters are plain text: shown as such, as programs for mail do."""
    for text in texts:
        page.set_content("<main><pre></pre></main>")
        page.evaluate("(text) => { document.querySelector('pre').textContent = text; }", text)


@pytest.mark.parametrize("hit", ["<img onerror=alert(1)>", "<a id=x onmouseover=alert(1)>x</a>"])
def test_what_runs_is_noticed(page, hits, hit):
    page.goto("about:blank")  # without our Content-Security-Policy, which would stop it
    page.set_content(f"<main>{hit}</main>")
    with pytest.raises(AssertionError, match="alert 1"):
        look(page, hits)


def test_nothing_runs_in_posts_quotes_previews_edits_and_letters(house, page, hits, strings):
    author = known_member()
    topic = post_topic(by=author).topic
    posts = [post_reply(topic, by=author, body=body) for body in bodies(strings)]
    posts += [post_reply(topic, by=author, body=text) for text in strings[:20]]
    house.sign_in(page, "moderator")
    for number in range(1, -(-(len(posts) + 1) // PER_PAGE) + 1):
        page.goto(f"{topic.get_absolute_url()}?page={number}")
        look(page, hits)
    for post in posts[:2]:
        page.goto(f"{topic.get_absolute_url()}?quote={post.pk}")
        page.get_by_role("button", name="Preview").click()
        page.locator("#preview blockquote").last.wait_for()  # the quote of the post before is kept
        look(page, hits)
    page.goto(reverse("forum:post_order", args=[posts[0].pk]))
    look(page, hits)
    for post in posts[:3]:
        letters = preview_of_post(post, Decision(move="hide", public_reason=post.body[:500]))
        show_mail(page, [letter.body for letter in letters])
    look(page, hits)


def test_nothing_runs_in_the_script_s_preview(house, page, hits, strings):
    topic = post_topic().topic
    house.sign_in(page, "author")
    page.goto(topic.get_absolute_url())
    for body in bodies(strings):
        page.evaluate("document.querySelector('#preview')?.remove()")
        page.get_by_role("textbox", name="Your post").evaluate("(box, text) => { box.value = text; }", body)
        page.get_by_role("button", name="Preview").click()
        page.locator("#preview").wait_for()
        look(page, hits)


def test_nothing_runs_in_titles(page, hits, strings):
    first = post_topic()
    titles = [title for title in (clean_line(text)[:TITLE_MAX] for text in strings) if title]
    for title in titles[:60]:
        post_topic(by=first.author, title=title)
    page.goto(reverse("forum:index"))
    look(page, hits)
    page.goto(board().get_absolute_url())
    look(page, hits)
    for start in range(60, len(titles), 60):
        for topic, title in zip(Topic.objects.order_by("pk"), titles[start : start + 60], strict=False):
            Topic.objects.filter(pk=topic.pk).update(title=title, slug=slug_of(title))
        page.goto(board().get_absolute_url())
        look(page, hits)
    page.goto(Topic.objects.order_by("pk")[7].get_absolute_url())
    look(page, hits)
    assert not [*repair.wrong_topics(), *repair.wrong_boards()]


SHOW_FEED = """(xml) => {
  const feed = new DOMParser().parseFromString(xml, 'text/xml');
  for (const one of feed.querySelectorAll('content, summary, title')) {
    const shown = document.createElement('div');
    shown[one.getAttribute('type') === 'html' ? 'innerHTML' : 'textContent'] = one.textContent;
    document.querySelector('main').append(shown);
  }
}"""


def test_nothing_runs_in_feeds(page, hits, strings):
    author = known_member()
    topic = post_topic(by=author, title=f"Topic {clean_line(strings[0])}"[:TITLE_MAX]).topic
    for body in bodies(strings):
        post_reply(topic, by=author, body=body)
    feeds = [reverse("forum:feed"), reverse("forum:board_feed", args=["spectrum"])]
    for address in [*feeds, reverse("forum:topic_feed", args=[topic.pk])]:
        feed = page.request.get(address)
        assert feed.ok
        page.goto("about:blank")
        page.set_content("<main></main>")
        page.evaluate(SHOW_FEED, feed.text())
        assert page.locator("main").inner_text()
        look(page, hits)

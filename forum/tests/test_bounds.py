"""Texts that would become megabytes are refused at every door, in words, and nothing typed is lost."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from common.markdown_bounds import HTML_MAX
from forum import rendering
from forum.models import Post
from forum.tests.test_import import POSTS
from forum.tests.things import board, known_member, post_topic

pytestmark = pytest.mark.django_db

REFERENCES = "[a]: http://e.x/" + "u" * 9_000 + "\n\n" + "[a] " * 2_600
TABLE = "|a" * 250 + "|\n" + "|-" * 250 + "|\n" + "|a\n" * 250
NOTES = "[^1] " * 3_000 + "\n\n[^1]: Said."
REFUSED = {
    REFERENCES: "too long",
    TABLE: "more than 2,000 cells",
    NOTES: "too long",
    "[^a]: x": "Nothing would be seen",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_the_forms_of_posts_refuse_it(client, text, words):
    post = post_topic()
    client.force_login(post.author)
    for name, args in [("reply", [post.topic_id]), ("create", ["spectrum"]), ("edit", [post.pk])]:
        said = {"body": text, "title": "A title of words", "language": "en", "revision": "1"}
        answer = client.post(reverse(f"forum:{name}", args=args), said)
        assert words in answer.context["form"].errors["body"][0]
        assert answer.context["form"]["body"].value() == text
    assert Post.objects.get().body == post.body


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
@pytest.mark.parametrize("how", ["shown", "quiet"])
def test_a_preview_says_why_there_is_none(client, text, words, how):
    topic = post_topic().topic
    client.force_login(known_member())
    answer = client.post(reverse("forum:reply", args=[topic.pk]), {"body": text, "preview": how})
    html = answer.text[answer.text.index('id="preview"') :]
    assert words in html[: html.index("</section>")]
    assert "There is no text yet" not in answer.text
    assert len(answer.content) < 120_000


def test_an_import_refuses_it_with_its_line_and_counts_it(tmp_path, capsys):
    file = tmp_path / "dump.jsonl"
    texts = ["Said.", REFERENCES, TABLE, "&#8203;"]
    rows = [{**POSTS[0], "post_number": number, "body": text} for number, text in enumerate(texts, start=1)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with pytest.raises(CommandError, match="3 lines were refused"):
        call_command("import_forum", str(file), board=board().slug)
    assert Post.objects.get().body == "Said."
    told = capsys.readouterr().out
    assert "1 added, 0 there already, 0 without text, 0 cut, 3 refused" in told
    assert "line 3, body: The tables have more than 2,000 cells" in told
    assert "line 4, body: Nothing would be seen" in told


def test_whoever_is_mentioned_often_makes_no_text_too_long_when_it_is_posted():
    """The form measures as if all whom a text names had a page, so that a post is never longer than it was found."""
    text = "@abc " * 3_900
    with pytest.raises(ValidationError):
        rendering.check(text)
    text = "@abc " * 900
    rendering.check(text)
    assert len(rendering.render(text, handles={"abc"})) <= HTML_MAX


def test_a_text_that_is_stored_already_is_drawn_as_typed():
    assert rendering.render(REFERENCES).startswith("<pre>")
    assert rendering.handles_in(REFERENCES + "\n\n@abc") == []

"""Answering with what another one said."""

import re

from common.text import cut_at_sentence
from forum.models import Post, Topic

QUOTE_MAX = 1_500  # characters of the other post
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|!@&~^])")


def asked_for(topic: Topic, value: str) -> Post | None:
    """Return the public post of the topic with the number `value`, as an address has it. A query where it is one."""
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        return None
    found = Post.objects.filter(topic=topic, pk=int(value), status=Post.Status.PUBLIC)
    return found.select_related("author").first()


def quoted(post: Post) -> str:
    """Return the Markdown that quotes the post: who said it, with its lasting address, and what; not what it quotes."""
    own = "\n".join(line for line in post.body.split("\n") if not line.lstrip().startswith(">")).strip("\n")
    name = escaped(post.author.name)
    lines = [f"[{name}]({post.get_absolute_url()}):", "", *cut_at_sentence(own, QUOTE_MAX).split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def escaped(words: str) -> str:
    """Return words so that Markdown means nothing by them."""
    return _MARKS.sub(r"\\\1", words)

"""The words of public texts are counted, some texts at a time, for ever: new ones come, those that are gone go."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.utils import timezone

from initiatives.models import Initiative, SearchProgress, SearchWord
from initiatives.search import normal, writing

SLICE = 2_000  # initiatives
LETTERS_MIN = 3

_COUNT = """
    INSERT INTO initiatives_searchword AS known (word, folded, skeleton, uses, seen_at)
    SELECT word, folded, skeleton, uses, %s
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[]) AS row (word, folded, skeleton, uses)
    ON CONFLICT (word) DO UPDATE SET seen_at = excluded.seen_at,
        uses = excluded.uses + CASE WHEN known.seen_at >= %s THEN known.uses ELSE 0 END
"""


@transaction.atomic
def count_some(limit: int = SLICE) -> int:
    """Count the words of the next texts; after the last, forget what was not seen. Return how many texts it were."""
    progress, _new = SearchProgress.objects.select_for_update().get_or_create(pk=1)
    now = timezone.now()
    begun = progress.words_begun_at if progress.words_after else now
    found = Initiative.objects.public().filter(pk__gt=progress.words_after).order_by("pk")[:limit]
    texts = list(writing.texts(found))
    _write(Counter(word for text in texts for word in _words(text)), now, begun)
    if len(texts) < limit:
        SearchWord.objects.filter(seen_at__lt=begun).delete()
    progress.words_after = texts[-1].pk if len(texts) == limit else 0
    progress.words_begun_at = begun
    progress.save(update_fields=["words_after", "words_begun_at"])
    return len(texts)


def count_all() -> int:
    """Count the words of all texts, from the first on. Return how many texts it were."""
    SearchProgress.objects.update_or_create(pk=1, defaults={"words_after": 0})
    counted = count_some()
    while SearchProgress.objects.filter(words_after__gt=0).exists():
        counted += count_some()
    return counted


def _words(text: writing.Text) -> set[str]:
    every = normal.spelt(normal.PARTS.join((text.title, text.filed, text.body)))
    return {word for piece in normal.pieces(every) for word in _kept(piece)}


def _kept(piece: str) -> Iterator[str]:
    if not normal.is_han(piece):
        found: Iterable[str] = (*normal.parts(piece), normal.joined(piece))
        yield from (word for word in found if len(word) >= LETTERS_MIN and word.isalpha())


def _write(counted: Counter, now, begun) -> None:
    if not counted:
        return
    words = sorted(counted)
    columns = [words, *([make(word) for word in words] for make in (normal.folded, normal.skeleton, counted.get))]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [now, *columns, begun])

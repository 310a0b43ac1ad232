"""Which pieces of one text are pieces of another, in the same order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

# Beyond so many differences without an anchor, the best way found so far is taken: that bounds the time.
DIFFERENCES_MAX = 96

Place = tuple[int, int]  # in the one and in the other
Reach = dict[int, int]  # the farthest x on each diagonal x - y


def matches(a: Sequence[str], b: Sequence[str]) -> list[Place]:
    """Return the places of equal tokens, in order: same ends, then words that are unique in both, then the rest."""
    return list(_inside(a, b, (0, 0), (len(a), len(b)), anchored=True))


def _inside(a: Sequence[str], b: Sequence[str], start: Place, end: Place, *, anchored: bool) -> Iterator[Place]:
    """Yield the places between `start` and `end`, those at both ends first found by themselves."""
    (i, j), (last, other) = start, end
    while i < last and j < other and a[i] == b[j]:
        yield i, j
        i, j = i + 1, j + 1
    same = 0
    while last - same > i and other - same > j and a[last - same - 1] == b[other - same - 1]:
        same += 1
    end = (last - same, other - same)
    yield from _by_anchors(a, b, (i, j), end) if anchored else _by_rounds(a, b, (i, j), end)
    yield from ((last - left, other - left) for left in range(same, 0, -1))


def _by_anchors(a: Sequence[str], b: Sequence[str], start: Place, end: Place) -> Iterator[Place]:
    i, j = start
    for place, other in _anchors(a, b, start, end):
        yield from _inside(a, b, (i, j), (place, other), anchored=False)
        yield place, other
        i, j = place + 1, other + 1
    yield from _inside(a, b, (i, j), end, anchored=False)


def _anchors(a: Sequence[str], b: Sequence[str], start: Place, end: Place) -> list[Place]:
    """Return the longest rising row of words that stand once in each text between its ends."""
    middle, other = a[start[0] : end[0]], b[start[1] : end[1]]
    once, counts = Counter(middle), Counter(other)
    where = {token: place for place, token in enumerate(other, start[1]) if counts[token] == 1}
    pairs = [
        (place, where[token])
        for place, token in enumerate(middle, start[0])
        if once[token] == 1 and token in where and not token.isspace()
    ]
    return _rising(pairs)


def _rising(pairs: list[Place]) -> list[Place]:
    """Return a longest part of `pairs` in which both numbers rise (patience sorting)."""
    ends: list[int] = []  # the lowest last number of a rising row of each length
    last: list[int] = []  # which pair that is
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [other], [number]
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _by_rounds(a: Sequence[str], b: Sequence[str], start: Place, end: Place) -> Iterator[Place]:
    """Yield the places of equal tokens in a gap, by rounds of at most DIFFERENCES_MAX differences."""
    while start[0] < end[0] and start[1] < end[1]:
        path, start = _round(a, b, start, end)
        yield from path


def _round(a: Sequence[str], b: Sequence[str], start: Place, end: Place) -> tuple[list[Place], Place]:
    """Go the shortest way from `start` towards `end` (Myers); return the equal places on it, and where it stopped."""
    (x0, y0), (width, height) = start, (end[0] - start[0], end[1] - start[1])
    reach: Reach = {1: 0}
    trace: list[Reach] = []
    for differences in range(DIFFERENCES_MAX + 1):
        trace.append(dict(reach))
        for k in range(-differences, differences + 1, 2):
            x, _from = _entry(reach, k, differences)
            while x < width and x - k < height and a[x0 + x] == b[y0 + x - k]:
                x += 1
            reach[k] = x
            if k == width - height and x >= width:
                return _path(trace, k, x, start), end
    last = range(-DIFFERENCES_MAX, DIFFERENCES_MAX + 1, 2)
    inside = [k for k in last if reach[k] <= width and reach[k] - k <= height]
    k = max(inside, key=lambda k: (2 * reach[k] - k, -abs(k)))
    return _path(trace, k, reach[k], start), (x0 + reach[k], y0 + reach[k] - k)


def _entry(reach: Reach, k: int, differences: int) -> tuple[int, int]:
    """Return where diagonal `k` is entered with so many differences, and from which diagonal."""
    if k == -differences or (k != differences and reach[k - 1] < reach[k + 1]):
        return reach[k + 1], k + 1
    return reach[k - 1] + 1, k - 1


def _path(trace: list[Reach], k: int, x: int, start: Place) -> list[Place]:
    """Walk back from `x` on diagonal `k` and return the equal places on the way, first one first."""
    found: list[Place] = []
    for differences in range(len(trace) - 1, -1, -1):
        entered, came_from = _entry(trace[differences], k, differences)
        found += [(start[0] + place, start[1] + place - k) for place in range(x - 1, entered - 1, -1)]
        k, x = came_from, trace[differences][came_from]
    return found[::-1]

"""Titles as somebody else would have written them: what bench/duplicates.py asks for."""

import re
from random import Random

# What somebody else would have said. Made for this bench, from the words that titles of such records use most.
OTHER_WORDS = dict(
    pair.split(":")
    for pair in """
government:authorities announced:declared announces:declares announce:declare closed:shut close:shut closure:shutdown
closing:shutting restaurants:eateries schools:educational_institutions school:education people:persons persons:people
ban:prohibition bans:prohibits banned:prohibited prohibited:banned extended:prolonged extends:prolongs extend:prolong
extension:prolongation mandatory:compulsory must:are_required_to required:obliged restrictions:limits measures:steps
gatherings:meetings events:assemblies allowed:permitted travel:journeys travellers:arrivals passengers:travellers
until:up_to reopen:open_again reopens:opens_again masks:face_coverings health:sanitary new:additional all:every
from:as_of curfew:night-time_confinement lockdown:confinement quarantine:isolation president:head_of_state
minister:head_of_the_ministry businesses:firms public:common emergency:exceptional_situation decree:order
introduced:brought_in imposed:ordered suspended:halted suspends:halts suspension:halt citizens:nationals
residents:inhabitants support:help city:town limited:restricted vaccine:jab vaccination:immunisation cases:infections
flights:air_traffic students:pupils workers:employees foreign:non-national approved:endorsed provide:offer
""".split()
)
ARTICLES = frozenset("the a an".split())
DATE_FIRST = re.compile(r"^(on|from|as of|since|starting|effective|between) [^,]{4,30}, *", re.IGNORECASE)
ADDRESS = re.compile(r"^(https?)://(www\.)?", re.IGNORECASE)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def reworded(title: str, rng: Random) -> str:
    """Other words for those we know, no date in front, no articles; the parts round the first comma change places."""
    words = [OTHER_WORDS.get(word.lower().strip(".,;"), word) for word in DATE_FIRST.sub("", title).split()]
    text = " ".join(word.replace("_", " ") for word in words if word.lower() not in ARTICLES)
    before, comma, after = text.partition(",")
    return f"{after.strip()} {before.strip()}" if comma and len(after) > 10 else text


def shortened(title: str, rng: Random) -> str:
    """The first 45 to 70 per cent of its words; of its characters in Chinese."""
    share = rng.uniform(0.45, 0.7)
    if is_chinese(title):
        return title[: max(4, round(len(title) * share))]
    words = title.split()
    return " ".join(words[: max(3, round(len(words) * share))])


def swapped(title: str, rng: Random) -> str:
    """Two pairs of words change places; in Chinese the two halves do."""
    if is_chinese(title):
        middle = rng.randint(len(title) // 3, 2 * len(title) // 3)
        return title[middle:] + title[:middle]
    words = title.split()
    for _time in range(2):
        one, other = rng.sample(range(len(words)), 2)
        words[one], words[other] = words[other], words[one]
    return " ".join(words)


def mistyped(title: str, rng: Random) -> str:
    """One letter is missing, wrong, or changes places with the next."""
    place = rng.choice([place for place, char in enumerate(title[:-1]) if char.isalpha()])
    head, two, tail = title[:place], title[place : place + 2], title[place + 2 :]
    return head + rng.choice([two[1], rng.choice(title.replace(" ", "")) + two[1], two[::-1]]) + tail


def respelt(url: str, rng: Random) -> str:
    """The same page as somebody else would paste it."""
    bare = ADDRESS.sub("", url)
    ways = [
        f"http://{bare}",
        f"https://www.{bare}",
        f"https://{bare}{'&' if '?' in bare else '?'}utm_source=mail&fbclid=AbC",
        f"https://{bare}#main",
        f"https://web.archive.org/web/20200721172808/https://{bare}",
    ]
    return rng.choice(ways)

"""Whether public measures still hold: owners are asked, reminded, and what nobody answers is marked."""

from datetime import timedelta

from initiatives.services import review_rounds
from outbox.jobs import recurring


@recurring(every=timedelta(hours=6))
def keep_reviews_going() -> str:
    """Give missing review dates, close what is over, ask, remind, and note that nobody answered."""
    dated, closed = review_rounds.give_dates(), review_rounds.close()
    asked, reminded, lapsed = review_rounds.ask(), review_rounds.remind(), review_rounds.lapse()
    return f"{dated} dated, {closed} over, {asked} asked, {reminded} reminded, {lapsed} lapsed"

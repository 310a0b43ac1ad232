"""What answers that are the same for everybody say to caches: shared ones a minute, browsers ask each time."""

KEPT = "public, max-age=0, s-maxage=60, stale-if-error=600"

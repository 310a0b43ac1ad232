"""What a host allows machines to ask for."""

import re
from dataclasses import dataclass

from protego import Protego

from common.web import Target

NAME = "PortalLinkChecker"  # what robots.txt calls us, and the first word of the User-Agent
LONGEST = 65_536  # characters
_AGENT = re.compile(r"^([ \t]*user[- ]?agent\b[ \t]*:?)([^#\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Rules:
    """The rules of one host, as its robots.txt says them; none where `text` is empty."""

    text: str = ""
    delay: float | None = None  # seconds between two requests, where the host wants more than we would leave

    @classmethod
    def read(cls, text: str) -> "Rules":
        """Keep what concerns us. Other robots get one name together: a file that names thousands costs no more."""
        lines = text.replace("\0", "")[:LONGEST].splitlines()
        text = _AGENT.sub(_ours_or_another, "\n".join(lines))
        return cls(text, Protego.parse(text).crawl_delay(NAME))

    def allow(self, target: Target) -> bool:
        return not self.text or Protego.parse(self.text).can_fetch(target.url, NAME)


def _ours_or_another(line: re.Match) -> str:
    said = line[2].strip().lower()
    return line[0] if said == "*" or said.startswith(NAME.lower()) else f"{line[1]} another"

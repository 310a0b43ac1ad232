"""Names of emoji in forums, as signs."""

import re
import unicodedata

# Those that are often met, and that Unicode calls otherwise.
_SIGNS = {
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "slight_smile": "🙂",
    "slightly_smiling_face": "🙂",
    "smile": "😄",
    "smiley": "😃",
    "grin": "😁",
    "grinning": "😀",
    "sweat_smile": "😅",
    "joy": "😂",
    "laughing": "😆",
    "wink": "😉",
    "blush": "😊",
    "yum": "😋",
    "heart": "❤️",
    "heart_eyes": "😍",
    "thinking": "🤔",
    "grimacing": "😬",
    "upside_down_face": "🙃",
    "star_struck": "🤩",
    "smiling_face": "☺️",
    "face_with_hand_over_mouth": "🤭",
    "shrug": "🤷",
    "man_shrugging": "🤷",
    "woman_shrugging": "🤷",
    "raising_hands": "🙌",
    "link": "🔗",
    "tm": "™️",
    "e_mail": "📧",
    "confused": "😕",
    "frowning": "😦",
    "sob": "😭",
    "cry": "😢",
    "pray": "🙏",
    "folded_hands": "🙏",
    "ok_hand": "👌",
    "clap": "👏",
    "wave": "👋",
    "point_down": "👇",
    "point_up_2": "👆",
    "point_right": "👉",
    "tada": "🎉",
    "partying_face": "🥳",
    "roll_eyes": "🙄",
    "disappointed_relieved": "😥",
    "question": "❓",
    "warning": "⚠️",
    "heavy_check_mark": "✔️",
    "white_check_mark": "✅",
    "x": "❌",
    "100": "💯",
    "zap": "⚡",
    "bulb": "💡",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
}
_NAMED = re.compile(r":([a-z0-9_+-]+)(?::t[1-6])?:")  # the second part is the colour of a skin


def of_name(words: str) -> str:
    """Return the sign of a name such as `:rocket:`; what is no such name, or has none, stays as it is."""
    named = _NAMED.fullmatch(words)
    if not named:
        return words
    name = named[1]
    return _SIGNS.get(name) or _called(name) or words


def _called(name: str) -> str:
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return sign if unicodedata.category(sign) == "So" else ""

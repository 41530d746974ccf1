"""Links that open a chat with the bot.

Source: td, LinkManager.cpp (`is_valid_start_parameter`, `parse_tg_link_query`,
`parse_t_me_link_query`). An app opens the chat and shows its Start button; only when somebody
presses that, `/start` and the payload are sent.
"""

import re
from urllib.parse import parse_qs, urlsplit

_HOSTS = frozenset({"t.me", "www.t.me", "telegram.me", "www.telegram.me", "telegram.dog"})


def start_payload(link: str, username: str) -> str | None:
    """What stands behind `start=` in a link to this bot, perhaps nothing; None for other links.

    A payload that Telegram would not carry is left out: the link opens the chat all the same.
    """
    link = link.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE):
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        asked = parse_qs(parts.query, keep_blank_values=True)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme == "tg" and host == "resolve":
        name = asked.get("domain", [""])[0]
    elif parts.scheme in {"http", "https"} and host in _HOSTS:
        name = parts.path.strip("/")
    else:
        return None
    if name.lower() != username.lower():
        return None
    payload = asked.get("start", [""])[0]
    return payload if re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload) else ""

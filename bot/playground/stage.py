"""What stands on the page: several people, side by side, each with a phone of their own."""

from collections.abc import Callable, Sequence

from bot.playground.cast import NEWCOMER, Cast, Phone, Spot
from bot.playground.core import Playground
from bot.playground.people import Person
from bot.playground.queries import PRESS_ANSWERABLE
from bot.playground.rules import Json
from bot.playground.settings import commands_for

SHOWN_MESSAGES = 300
SHOWN_PRESSES = 20
MOST_PHONES = 12
CODES = {"zh": "zh-hans", "en": "en"}
"""What Telegram's apps call these languages."""

ReadCode = Callable[[bytes], str | None]
"""Gives what stands in a code on a picture, as a phone's camera would read it."""


class Stage:
    """The phones on the page. Whoever was there before the world was kept is there again."""

    def __init__(
        self,
        playground: Playground,
        *,
        cast: Sequence[Cast] = (),
        places: Sequence[Spot] = (),
        read_code: ReadCode | None = None,
    ) -> None:
        self.playground = playground
        self.cast = tuple(cast) or (NEWCOMER,)
        self.places = tuple(places)
        self.read_code = read_code
        self.language = "zh"
        self._enter()

    @property
    def phones(self) -> dict[int, Phone]:
        """By the person's id, from left to right."""
        return self.playground.world.phones

    def person(self, person_id: int) -> Person:
        """Somebody on the page."""
        return self.playground.somebody(self.phones[person_id].person_id)

    def add(self, name: str = "") -> Person:
        """A newcomer with a phone comes onto the page."""
        if len(self.phones) >= MOST_PHONES:
            message = f"there is room for {MOST_PHONES} people"
            raise ValueError(message)
        world = self.playground.world
        name = name.strip()[:64] or f"新朋友{world.people_met + 1}"
        person = self.playground.person(name, language_code=CODES[self.language])
        self.phones[person.id] = Phone(person.id)
        return person

    def remove(self, person_id: int) -> None:
        """A newcomer leaves the page; the chat stays with Telegram."""
        if self.phones[person_id].stays or len(self.phones) == 1:
            message = "somebody must stay"
            raise ValueError(message)
        del self.phones[person_id]

    def begin_afresh(self) -> None:
        """Everybody leaves and all chats are gone; the cast comes anew."""
        self.playground.world.begin_afresh()
        self._enter()

    def speak(self, language: str) -> None:
        """Set the language of everybody's app."""
        self.language = language
        for person_id in self.phones:
            self.person(person_id).about["language_code"] = CODES[language]

    def state(self) -> Json:
        """Everything the page shows."""
        world = self.playground.world
        return {
            "bot": {
                "name": world.bot["first_name"],
                "username": world.bot["username"],
                "searches": world.bot["supports_inline_queries"],
            },
            "fetched": world.updates.is_fetched(),
            "patience": PRESS_ANSWERABLE.seconds,
            "places": [
                {"name": each.name, "latitude": each.latitude, "longitude": each.longitude}
                for each in self.places
            ],
            "reads_codes": self.read_code is not None,
            "order": list(self.phones),
            "people": {str(each): self._shown(phone) for each, phone in self.phones.items()},
        }

    def _shown(self, phone: Phone) -> Json:
        world, person = self.playground.world, self.person(phone.person_id)
        presses = [world.presses[each] for each in phone.presses]
        search = world.searches.get(phone.search_id or "")
        return {
            "id": person.id,
            "name": person.about["first_name"],
            "role": phone.role,
            "stays": phone.stays,
            "open": person.chat.is_open and not person.chat.is_blocked,
            "blocked": person.chat.is_blocked,
            "action": person.chat.action,
            "messages": list(person.chat.messages.values())[-SHOWN_MESSAGES:],
            "keyboard": person.chat.keyboard,
            "commands": commands_for(world, person.id, self.language),
            "presses": [
                {"id": p.id, "message": p.message_id, "data": p.data, "answer": p.answer}
                for p in presses
            ],
            "search": search and {"id": search.id, "results": search.results},
        }

    def _enter(self) -> None:
        """The cast comes onto the page, before those who are there already."""
        others = dict(self.phones)
        self.phones.clear()
        for each in self.cast:
            if each.id is None and others:
                continue
            known = each.id in self.playground.world.people
            person = (
                self.playground.somebody(each.id)
                if known and each.id is not None
                else self.playground.person(each.name, each.id, language_code=CODES[self.language])
            )
            phone = others.pop(person.id, Phone(person.id))
            phone.role, phone.stays = each.role, each.id is not None
            self.phones[person.id] = phone
        for person_id, phone in others.items():
            phone.stays = False
            self.phones[person_id] = phone

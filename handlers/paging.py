"""Long lists, a page at a time."""

from aiogram.filters.callback_data import CallbackData

from handlers.texts import Texts


def turning(
    asked: CallbackData, page: int, t: Texts, *, more: bool
) -> list[tuple[str, CallbackData]]:
    """Buttons to the page after this one, if there is `more`, and to the one before it.

    `asked` is the button that shows a page of this list, with a field `page`.
    """
    found: list[tuple[str, CallbackData]] = []
    if more:
        found.append((t("button-list-more"), asked.model_copy(update={"page": page + 1})))
    if page:
        found.append((t("button-list-before"), asked.model_copy(update={"page": page - 1})))
    return found

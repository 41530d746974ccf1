"""Staff book bulky pickups for a household, where no phone is: the same steps as at home."""

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery
from pydantic import Field

from handlers import bulky, homes
from handlers.booker import Booker, Drafting
from handlers.buttons import LARGEST_ID, Choices, Pressed, changed, column
from handlers.drafts import Page
from handlers.filters import Has
from handlers.homes import BookFor
from knowledge import local_time
from models import audit, pickup_bookings, pickups
from models.households import Household
from models.pickups import Pickup, State
from models.roles import Role


class NewFor(CallbackData, prefix="newfor"):
    """A new booking for this household."""

    household: int = Field(ge=1, le=LARGEST_ID)


class ChangeFor(CallbackData, prefix="changefor"):
    """Change this booking of a household."""

    pickup: int = Field(ge=1, le=LARGEST_ID)


class CallOffFor(CallbackData, prefix="cancelfor"):
    """Cancel this booking of a household."""

    pickup: int = Field(ge=1, le=LARGEST_ID)
    sure: bool = False


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.middleware(Drafting())
    staff = Has(Role.STAFF, Role.ADMIN)
    writes = {"writes": True}  # also those that only show something: each look is written down
    press = router.callback_query.register
    press(show, Pressed(BookFor), staff, flags=writes)
    press(begin, Pressed(NewFor), staff, flags=writes)
    press(change, Pressed(ChangeFor), staff, flags=writes)
    press(cancel, Pressed(CallOffFor), F.data.endswith(":1"), staff, flags=writes)
    press(ask_before_cancelling, Pressed(CallOffFor), staff, flags=writes)
    return router


async def show(query: CallbackQuery, callback_data: BookFor, booker: Booker) -> EditMessageText:
    """What is coming, and what can be done for them."""
    household = await _look(booker, callback_data.household)
    today = local_time.local_day(booker.now, booker.civil.zone)
    found = await pickups.of_household(booker.session, household.id, today)
    coming = [each for each in found if each.state == State.BOOKED and each.day >= today]
    things = await pickups.things_of(booker.session, [each.id for each in coming])
    t = booker.t
    lines = [
        t("assist-line", day=each.day, things=bulky.counted(things[each.id], t)) for each in coming
    ]
    where = await homes.address(booker.session, household, t)
    text = "\n".join([t("assist", address=where, number=len(coming)), *lines])
    choices: list[tuple[str, CallbackData]] = [
        (t("button-assist-new"), NewFor(household=household.id))
    ]
    for each in coming:
        choices += _of(each, booker)
    choices.append((t("button-back"), homes.Open(household=household.id)))
    return changed(query, text, column(choices))


async def begin(query: CallbackQuery, callback_data: NewFor, booker: Booker) -> EditMessageText:
    household = await _look(booker, callback_data.household)
    draft = await pickup_bookings.begin(
        booker.session, household.id, booker.by, booker.civil, booker.now
    )
    note = booker.t("assist-for", address=await homes.address(booker.session, household, booker.t))
    return changed(query, *await booker.show(draft, Page.THINGS, note))


async def change(
    query: CallbackQuery, callback_data: ChangeFor, booker: Booker
) -> EditMessageText:
    pickup = await _seen(booker, callback_data.pickup)
    draft = await pickup_bookings.begin_change(
        booker.session, pickup.id, booker.by, booker.civil, booker.now
    )
    return changed(query, *await booker.show(draft, Page.SUMMARY))


async def ask_before_cancelling(
    query: CallbackQuery, callback_data: CallOffFor, booker: Booker
) -> EditMessageText:
    pickup, t = await _seen(booker, callback_data.pickup), booker.t
    yes = (t("button-assist-cancel-sure"), CallOffFor(pickup=pickup.id, sure=True))
    back = (t("button-back"), BookFor(household=pickup.household_id))
    text = t("assist-cancel-sure", day=pickup.day)
    return changed(query, text, column([yes, back]))


async def cancel(
    query: CallbackQuery, callback_data: CallOffFor, booker: Booker
) -> EditMessageText:
    seen = await _seen(booker, callback_data.pickup)
    pickup = await pickup_bookings.cancel(
        booker.session, seen.id, booker.by, booker.civil, booker.now
    )
    back = (booker.t("button-back"), BookFor(household=pickup.household_id))
    return changed(query, booker.t("assist-cancelled", day=pickup.day), column([back]))


def _of(pickup: Pickup, booker: Booker) -> Choices:
    """What may be done about a booking."""
    return [
        (booker.t("button-assist-change", day=pickup.day), ChangeFor(pickup=pickup.id)),
        (booker.t("button-assist-cancel", day=pickup.day), CallOffFor(pickup=pickup.id)),
    ]


async def _look(booker: Booker, household_id: int) -> Household:
    return await audit.look(
        booker.session, household_id, booker.by.resident_id, booker.by.roles, booker.now
    )


async def _seen(booker: Booker, pickup_id: int) -> Pickup:
    """A booking in the staff's own area; the look is written down."""
    pickup = await pickups.by_id(booker.session, pickup_id, booker.by)
    await _look(booker, pickup.household_id)
    return pickup

# Which bin: the answer first, then why, then what to do.

card-headline = { $mark } { $item } → { $bin } ({ $colour })
card-item-state = { $item } ({ $state })
card-if-unsure = If you cannot tell, do this.
card-inferred = { $mark } { $asked } → probably { $bin } ({ $colour })
card-inferred-why = Why: it is not in the catalogue yet; by its name it is a thing like “{ $like }”. { $reason }.
card-why = Why: { $reason }.
card-prepare = First: { $prepare }.
card-next = Then: { $next }
card-elsewhere = Places differ: in some it goes into { $bins }.
card-unlike = Not to be confused with “{ $other }”: { $tell }.
card-parts = Taken apart:

next-recyclable = put it into the { $colour } bin ({ $bin }), or sell it to a recycling point.
next-hazardous = put it gently into the { $colour } bin ({ $bin }).
next-food = at the station, open the bag and empty it into the { $colour } bin ({ $bin }); the bag is sorted by itself.
next-residual = put it into the { $colour } bin ({ $bin }).
next-bulky = do not leave it beside the bins. Send /bulky to have it collected, or ask the property office where it goes.
next-renovation = do not leave it beside the bins. Ask the property office where renovation waste goes, and when it is collected.
next-not_household = do as said above; if in doubt, ask the community office.
next-big_appliance = it is too large for the bin. Ask the shop for a trade-in, or the property office how to have it fetched.
next-dry_wet-recyclable = keep it apart at home and hand it in at the estate's recycling point, or sell it.
next-dry_wet-hazardous = keep it apart at home and hand it in at the estate's hazardous waste point.

bin-card =
    { $mark } { $bin } ({ $colour })
    { $what }
    For example: { $examples }.

did-you-mean = “{ $asked }”: { $number ->
    [1] do you mean this?
   *[other] which of these do you mean?
}
or-did-you-mean = If you mean one of these, tap it:
which-state = { $item }: { $question }
which-member = There are several kinds of { $item }, and they go to different places. Which one is it?
button-if = If it is: { $state }
button-unsure = I cannot tell
button-of = { $item }: { $choice }
button-wrong = 👎 This is wrong
button-wrong-of = 👎 { $item }
button-is-rubbish = 👎 It is something to throw away
wrong-noted = Thank you. It is kept for the staff; when they know, I will tell you.

unknown =
    I do not know “{ $asked }” yet, and I would rather not guess.

    Try it in other words: what is it called, what is it made of?
    Your question is kept, and the staff will look at it.
unknown-in-short = ❓ I do not know “{ $asked }” yet. It is kept for the staff.
not-rubbish =
    “{ $asked }” does not look like a thing to throw away.

    Send me the name of a thing, and I will tell you how it is sorted.
not-rubbish-in-short = ❓ “{ $asked }” does not look like a thing to throw away.

inline-ask = Ask Greenbin
comma = ,{" "}
or = {" "}or{" "}

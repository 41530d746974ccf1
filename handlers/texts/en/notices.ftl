# What is said without having been asked.

notice-repeated = (sent again)
notice-fault =
    ⚠️ Something broke in the bot: { $fault }
    { $in ->
        [notice] Notice
       *[update] Update
    } number { $number }, { $day }.
    Each kind of fault is reported once a day; the log and the database say more.

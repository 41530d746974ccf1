# Words that are used everywhere.

weekdays = Mon Tue Wed Thu Fri Sat Sun
months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
day-written = { $weekday } { $number } { $month }
refusal-not-allowed = This is for the community's staff or an administrator to do.

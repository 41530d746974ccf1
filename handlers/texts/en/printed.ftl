# What is printed on door cards and station signs.

card-purpose = Let the volunteer scan this: points for your household
sign-purpose = Volunteers: scan to begin your shift

# My household's code.

code-caption =
    📱 { $address }
    Number: { $number }
    For the volunteer to scan at the station; saying the number works, too.
code-line = Show it at the station

wish-code = qr|qr code|code|my code|my qr code

command-code = My household's code

# When nothing was understood.

lost-command = There is no such command. Send /help to see what I can do, or just the name of a thing.
lost-voice = I cannot understand voice messages yet. Please type, or tap the microphone on your keyboard to turn speech into text.
lost-picture = I cannot understand pictures and files yet. Please type: what is the thing called?
lost-other = I cannot read this. Please type what you want to throw away, for example: banana peel
lost-button = This button is too old. Please send the name of the thing again.
fault = Sorry, something broke on my side; it is written down. Please try again in a while.
busy = We are a little busy. Your question is kept and will be answered soon; no need to send it again.

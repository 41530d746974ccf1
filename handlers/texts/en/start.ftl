# First contact, the menu, help, languages.

welcome =
    Hello, I am Greenbin. ♻️

    Send me the name of a thing you want to throw away, and I tell you which bin it goes into.
    For example: banana peel
    Or several at once: old newspapers, expired medicine, broken glass

    中文：/language
help =
    What I can do:
    • Send me the name of a thing: I tell you which bin, why, and what to do first.
    • Ask for several at once, with commas or on lines of their own.
    • Typing mistakes, pinyin, Chinese and emoji are fine.
    • Send the name of a bin, such as “hazardous waste”, and I tell you what belongs in it.
    • Ask from any other chat: type @, my name, a space and the thing.
    • Collect points: let the volunteer at the station scan your household's code.
    • Bulky things: an old sofa or bed is collected on the day you book.

    /bin thing: which bin
    /quiz: five riddles a day: which bin?
    /when: when it is open, what is collected, by whom
    /near: stations nearby
    /reminders: what to remind you of
    /code: my household's code
    /points: my household's points
    /history: where each point is from
    /bulky: book a bulky pickup
    /pickups: my household's bulky pickups
    /talk: write to the staff
    /problem: report a problem at a station
    /problems: my cases
    /household: who lives there, new code, leave
    /join: join my household
    /language: another language 语言
    /help: this page
ask-me = Send me the name of the thing you want to throw away, for example: banana peel
language-choose = Which language? 用哪种语言？
language-name = English
language-chosen = All right, English from now on.

menu-ask = 🗑 Which bin?
menu-code = 📱 My code
menu-points = ⭐ My points
menu-home = 🏠 My household
menu-bins = 📖 What goes where
menu-language = 🌐 中文
menu-help = ❓ Help
menu-placeholder = Which thing?

wish-help = help|help me|menu|how does this work|how to use|what can you do
wish-language = language|english|english please|chinese|chinese please

command-bin = Which bin does a thing go into
command-help = How to use me
command-language = Language 语言
command-start = Open the menu

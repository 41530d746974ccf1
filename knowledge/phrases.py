"""The words around a thing: how residents ask, count and describe what they throw away.

These are pieces of what people type, not words that we say.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

ASKING = """
请问 请教 麻烦 劳驾 打扰 打扰一下 不好意思 麻烦您 麻烦你 问一下 问下 问问 问个 问 想问 想问问
想请问 想知道 我想知道 我想问 求问 求助 求解 求教 帮我 帮忙 帮看看 看看 看一下 看下 看一看
帮我看看 帮我查 帮我查一下 查一下 查下 查查 查 查询 搜 搜索 搜一下 告诉我 告诉 谁知道 有谁知道
有人知道 有没有人知道 你知道 知道 不知道 不清楚 不确定 想请教 咨询 咨询一下 你好 您好 哈喽 嗨 喂
hi hello 老师 师傅 阿姨 大姐 大哥 各位 大家 亲 小绿桶 小绿 机器人 那么 那个 这个 这种 那种 这些
那些 那 这 关于 对于 至于 像 比如 比如说 例如 如果 假如 要是 就是 还是 一下 下 呃 额 嗯 我们家
咱家 我家 我家里 家里 家里面 家里有 家里的 家中 我的 我们的 我们 我有 我买的 我 您 你 有 有个 有一
手里 手里有 手上有 还有 扔 丢 投 倒 放 扔掉 丢掉 丢弃 倒掉 处理 处理掉 回收 投放 弃置 废弃 要扔
想扔 要丢 想丢 想扔掉 准备扔 把 将 对 怎么扔 怎么丢 怎么处理 如何处理 如何扔 如何丢 如何投放
怎么投放 怎样处理 哪里扔 哪里丢 在哪扔 在哪丢 在哪里扔 在哪里丢 去哪扔 去哪里扔 到哪扔 到哪里扔
哪里可以扔 哪里回收 应该怎么扔 怎么分类 如何分类 什么是 什么叫 哪些是 分类 垃圾分类 垃圾 我想扔
我要扔 我想丢 我要丢 要不要 该 应该 可以 能 能不能 是不是 可不可以 想 要 的 了 之 款 种 类 样 等
"""
"""Before the thing."""

ANSWERED = """
是 算 属于 属 归 归于 归类 归类于 归为 归入 算是 算作 分为 划为 划分 划分为 分类 分类为 作为 当作
到底 究竟 应该 应当 该 要 得 需要 能 能够 可以 可 会 都 又 也 才 还 一般 通常 现在 平时 最好 具体
正确 请问 请问是 谢谢 多谢 感谢 谢了 急 在线等 求解 求助 求教 麻烦 一下 是不是 能不能 可不可以
可否 能否 是否 要不要 算不算 属不属于 怎么 怎样 如何 咋 咋么 怎么样 怎么办 咋办 怎么弄 怎么搞 咋整
什么 啥 哪 那 何 的 了 掉 呢 吗 吧 啊 呀 么 嘛 哦 哈 啦 咧 哇 呗 哎 滴 才对 才好 对吗 好 行吗
可以吗 合适 有 有毒 有毒吗 没有 去 到 进 在 往 扔 丢 投 倒 放 扔掉 丢掉 丢弃 倒掉 处理 处理掉 回收
投放 投入 放入 放进 扔进 丢进 扔到 丢到 放到 倒进 倒到 投到 投进 扔在 丢在 放在 装进 送到 拿到 类
类垃圾 垃圾分类 等 之类 之类的 这种 这些 这类 这个 那种 东西 这种东西 可回收 可回收物 可回收垃圾
不可回收 不可回收物 回收物 有害 有害垃圾 湿垃圾 干垃圾 厨余 厨余垃圾 餐厨垃圾 易腐垃圾 其他垃圾
其它垃圾 大件垃圾 装修垃圾 建筑垃圾 还是 或者 或 和 跟 与 不是 不能 不要 不要了 不用 不用了 不想要
不想要了 没用 没用了 想扔 要扔 想扔掉 要扔掉 可以扔 能扔 直接扔 直接 单独 分开 一起 要洗 需要洗
用洗 要先 拆开 回收点 哪里回收 哪里收 谁收 收吗 可以卖 能卖 卖 卖钱 卖掉 换钱 卖废品 当废品
值钱 怎么分 分几类 算几类 扔不扔
是垃圾 算垃圾 属于垃圾 伐 噻 干还是湿 是干还是湿 算干还是湿 是干是湿 算干算湿 干的还是湿的
算干的还是湿的 是干的还是湿的 属干还是属湿 干湿
"""
"""After the thing."""

WHICH = """
什么 什么样 什么样的 什么颜色 什么颜色的 啥 啥子 哪 那 何 哪些 哪个 那个 哪种 那种 哪类 那类 何种
哪一 那一 哪一类 那一类 哪一种 那一种 哪一个 哪只 哪里 哪儿 那里 哪边 哪个颜色的
"""
KIND = """
垃圾桶 桶 箱 垃圾箱 筒 垃圾 类 类别 种类 种 类型 类垃圾 种垃圾 个垃圾桶 种类型 分类 垃圾分类 一类
颜色 地方 东西 物品 废物 桶里 桶里面 垃圾桶里 垃圾桶里面 箱子 箱子里 里 里面 去 性质 成分
"""
"""After the thing, one of the first and one of the second: "哪个桶"."""

DESCRIBING = """
破旧 陈旧 老旧 废旧 破烂 废弃 报废 坏掉 坏了 坏的 烂掉 烂了 碎了 碎掉 破了 破掉 打碎 打碎了
摔碎 摔碎了 打破 打破了 摔坏 摔坏了 破碎 碎裂 破损 损坏 断了 断掉 裂了 裂开 开裂 生锈 生锈了
锈了 褪色 变形 压扁 压碎 拆下来 拆下 拆下来的 换下来 换下 换下来的 替换下来 过期 过期了 过了期
到期 变质 变质了 坏掉了 馊了 发霉 发霉了 霉了 长毛 发芽 发芽了 枯了 枯萎 枯萎了 蔫了 谢了 凋谢
腐烂 烂掉了 发黄 变黄 发臭 臭了 死了 死掉 养死 养死了 枯死 枯死了 干掉 干掉了 干了 干枯 烂完
用的 用过 用过了 用完 用完了 用光 用光了 使用过 使用后 使用 使用完 用剩 用剩下 用旧 用坏
用坏了 没用完 没用过 没用过了 没有用过 未用 未使用 未使用过 没使用过 没拆 没拆封 未拆封 未开封
没开封 拆封 开封 开过 吃剩 吃剩下 吃完 吃完了 吃过 没吃完 吃不完 剩下 剩下来 剩余 多余 喝剩
喝剩下 喝完 喝完了 没喝完 喝过 嚼过 咬过 啃过 啃完 啃剩 点过 点完 烧过 烧完 烧剩 抽完 抽过
抽剩 穿过 穿旧 穿旧了 穿破 不穿 不穿了 不能穿 穿不了 戴过 盖过 睡过 洗过 洗干净 洗净 洗了 没洗
没洗过 没洗干净 未洗 擦过 擦干净 晒干 晾干 冲洗过 干净 很脏 脏了 弄脏 弄脏了 沾了油 有油 油腻
油污 沾油 湿了 湿掉 打湿 打湿了 弄湿 被污染 受污染 污染 污染了 未被污染 没污染 没有污染 严重
完整 完好 好的 全新 崭新 二手 闲置 淘汰 淘汰下来 换掉 退役 停产 老式 新式 老款 儿童 小孩
小孩子 孩子 宝宝 婴儿 幼儿 小朋友 成人 大人 老人 老年人 男士 女士 学生 红色 黄色 蓝色 绿色
黑色 白色 灰色 紫色 粉色 粉红色 棕色 橙色 金色 银色 透明 彩色 大型 小型 中型 迷你 大号 小号
中号 超大 便携
"""
"""Before or after it, and no reason for another bin unless the item's own question says so."""

QUALIFYING = """
旧 破 烂 坏 废 碎 空 干 断 馊 枯 剩 脏 湿 男 女 被 给 很 非常 太 特别 较 比较 有点 有些 一些 已经
已 快 早就 刚 刚刚 没 未 不 不再 没有 中国 国产 进口 日本 韩国 美国 上海 北京 超市 菜场 网购 淘宝
拼多多 京东 快递来 楼下 厨房 厨房里 卫生间 冰箱里 桌上 地上 办公室 公司 学校 老 新 大 小 普通 一般
常见 家用 日用 日常 民用 所有 全部 各种 各类 一切 其他 某种 整个 整只 整张 整块 半个
"""
"""The same, but only before the thing; after it, they would make another word: "饼干"."""

_SHORT_ENDS = ("是", "算", "扔", "丢", "怎么", "吗", "呢", "啊", "呀", "了")

NUMBERS = "一两二三四五六七八九十几半多0123456789"
MEASURES = """
个 只 瓶 盒 包 袋 双 块 片 张 根 条 台 把 支 节 颗 粒 罐 杯 桶 箱 堆 些 点 次 份 套 对 枚 件 本 顶
卷 串 束 盆 棵 株 朵 头 尾 滴 勺 碗 盘 斤 公斤 克 升 毫升 米 打 排 副 架 部 辆 板 管 筒 捆 叠 摞
坨 坛 锅 层 大袋 大包 大堆 小块 小瓶 小包 小袋 大瓶 大盒 小盒 箱子 袋子 点点
"""

ENGLISH = """
hi hello hey please excuse me sorry i we you one my our the a an some any this that these those
of for with to do does did is are am can could should would will may shall what which where how
when who tell know want need like have has got get about into in on it its they them go goes
going put throw thrown throwing toss chuck dispose disposed disposing discard recycle recycled
recycling recyclable bin bins trash garbage rubbish waste dustbin category class type kind sort
sorted sorting belong belongs away out off must ask question right correct old used new empty
broken dirty clean cracked leftover half expired rotten spoiled spoilt mouldy moldy stale worn
torn shattered smashed unused washed rinsed greasy wet dry finished cooked small big large
plain whole few two three four five dead rusty damaged dried up crushed flattened burnt burned
melted ripped faded fallen withered sealed opened unopened molded oily sticky stained covered
eaten chewed peeled running kid kids children s your his her their son daughter household
couple really just more anymore works working anyone idea properly correctly here china
shanghai be rusted bent chipped stinky smelly soggy lots lot soaked dusty second hand best rid
piece pieces bits parts stub thanks thank pls plz there from at by as not no yes or been
"""
"""Around the thing in an English question."""

ENGLISH_CLAUSES = """
with from for in on at inside that which because when after since without near under full covered
left made
"""
"""After the thing, before more that is said of it."""

ENGLISH_COUNTED = """
stack pile bunch bag box lot lots pair piece pieces half can bottle cup jar pack packet roll heap
bit rest remains remainder kind sort type set load loads bits scraps tube tin bucket couple dozen
handful
"""
"""Before "of": how much there is of the thing."""

THROWN_AWAY = re.compile(
    "[扔倒剩]|丢(?!了怎么|三落|脸|人|了?$)|投放|处理|(?<!受)不要了|不想要|没人要|占地|占地方|没地方放|卖不掉|修不[好了]|哪个桶|什么垃圾|啥垃圾"
)
"""In a message that complains with commas, these say that something is to go."""

SPOILT = re.compile(
    "[旧破坏烂碎裂断锈霉馊臭枯]|过期|发芽|死了|用过|不能[用吃穿]|[吃用喝]不[完了着上]|怎么丢|咋[整弄]"
)
"""These say of something that it is not what it was, so that it may be to go."""

WISH = re.compile(
    "积分|兑换|兑奖|预约|几点|什么时候|啥时候|多少分|余额|投诉|举报|报修|签到|打卡|值班|换班|开放时间|投放时间|收运时间"
    "|清运时间|我的码|二维码|绑定|退订|订阅|提醒我|客服|人工|帮助|菜单|排行榜|排名|投放点|回收站在|垃圾房在|垃圾站在|天气|笑话|新闻"
    "|(?<!不)想(?:吃|喝|去|买|玩|回家|看(?!看))|多少钱(?!.*[收斤卖])|(?:哪里|在哪|去哪)买|怎么(?:做|煮|走|玩|用)|好[吃看玩用]吗|还没到"
    "|不好[看吃听玩]|没(?:电|信号|网)了?$|忘[在带了]|丢了怎么找|[今昨]天吃了"
    "|^who (?!takes|collects|picks)|^(?:sing|tell) "
    "|^i (?:lost|feel|love|hate|miss|am)|^how (?:are|old)"
    "|opening hours|my points|collection time|what time|book a|weather"
)
"""Something else that residents want of the bot."""

BIN_QUESTION = re.compile(
    "^(?:请问|什么是|什么叫|哪些是|哪些东西是|哪些属于|什么东西是|什么属于)+"
    "|^what(?:is|are|goesin(?:to)?)(?:the)?"
    "|(?:桶)?(?:里面|里|内|中)?(?:应该|可以|能|都|该|要)*"
    "(?:是|放|扔|装|丢|投|有|包括|包含|收)*(?:些)?(?:什么|哪些|啥|哪类)(?:东西|垃圾|意思|物品)*(?:呢|啊|呀)*$"
)
"""Around the name of a bin: what belongs in it."""


def asking() -> Iterator[str]:
    """Phrases that ask and say nothing of the thing; single characters say too little."""
    return (phrase for phrase in chain(ASKING.split(), ANSWERED.split()) if len(phrase) > 1)


def asking_before() -> Iterator[str]:
    """Phrases that ask, before the thing."""
    return chain((phrase for phrase in ASKING.split() if len(phrase) > 1), _counted())


def asking_after() -> Iterator[str]:
    """Phrases that ask, after the thing."""
    kinds = (which + kind for which in WHICH.split() for kind in KIND.split())
    return chain((phrase for phrase in ANSWERED.split() if len(phrase) > 1), kinds, _SHORT_ENDS)


def describing() -> Iterator[str]:
    """Phrases that say something of the thing."""
    return chain(DESCRIBING.split(), QUALIFYING.split())


def before(state_words: Iterable[str]) -> Iterator[str]:
    """Everything that may stand before the thing."""
    return chain(ASKING.split(), describing(), _counted(), state_words)


def after(state_words: Iterable[str]) -> Iterator[str]:
    """Everything that may stand after the thing."""
    kinds = (which + kind for which in WHICH.split() for kind in KIND.split())
    # "杯子塑料的" is a cup, but "包装塑料" is plastic.
    ended = (word + end for word in state_words for end in ("的", "了"))
    return chain(ANSWERED.split(), DESCRIBING.split(), _counted(), WHICH.split(), kinds, ended)


def _counted() -> Iterator[str]:
    """Numbers with a measure word, such as "两瓶"."""
    return (number + measure for measure in MEASURES.split() for number in NUMBERS)

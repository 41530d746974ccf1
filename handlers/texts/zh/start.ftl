# 第一次见面、菜单、帮助、语言。

welcome =
    你好，我是小绿桶。♻️

    要扔什么，把名字发给我，我告诉你投哪个桶。
    例如：香蕉皮
    也可以一次问几样：旧报纸、过期药、碎玻璃

    English: /language
help =
    我能帮你：
    • 发东西的名字给我，我说投哪个桶、为什么、怎么处理。
    • 一次可以问几样，用逗号或换行隔开。
    • 打错字、拼音、英文、表情也可以。
    • 发“有害垃圾”这样的桶名，我说里面装什么。
    • 在别的聊天里也能问：输入 @、我的名字、空格和东西的名字。
    • 攒积分：投放时给志愿者扫你家的码。
    • 约大件：旧沙发、旧床，约好日子有人来收。

    /bin 物品：问哪个桶
    /quiz：每天五题，看看分得对不对
    /when：几点开、收什么、谁来收
    /near：附近的投放点
    /reminders：到时候提醒我
    /code：我家的码
    /points：我家的积分
    /history：每一分从哪里来
    /bulky：预约大件收运
    /pickups：我家的大件预约
    /talk：找人工，写给工作人员
    /problem：投放点有问题，报上去
    /problems：我的工单
    /household：我家有谁、换码、退出
    /join：加入我家
    /language：换语言 Language
    /help：看这个帮助
ask-me = 请把要扔的东西的名字发给我，例如：香蕉皮
language-choose = 用哪种语言？ Which language?
language-name = 中文
language-chosen = 好的，以后我说中文。

menu-ask = 🗑 扔哪个桶
menu-code = 📱 我家的码
menu-points = ⭐ 我的积分
menu-home = 🏠 我家
menu-bins = 📖 每个桶装什么
menu-language = 🌐 English
menu-help = ❓ 帮助
menu-placeholder = 要扔什么？

wish-help = 帮助|帮忙|菜单|怎么用|怎么使用|使用说明|你会什么|你能做什么|功能|教教我
wish-language = 语言|换语言|切换语言|英文|英语|说英文|换成英文|中文|换成中文

command-bin = 问一样东西投哪个桶
command-help = 怎么用
command-language = 语言 Language
command-start = 打开菜单


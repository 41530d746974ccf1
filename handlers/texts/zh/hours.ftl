# 工作人员临时改时间：关一次、换站点。

hours-where = 🕖 临时改投放时间。改哪里的？
hours-all-of = 整个{ $place }
hours-which-day = { $place }：改哪一天？
hours-day =
    { $which ->
        [today] 今天
        [tomorrow] 明天
       *[other] {""}
    } { DAY($day) }
hours-now =
    { $place }，{ DAY($day) }
    现在定的是：{ $hours }

    改哪一段？
hours-whole-day = 全天
hours-take-back = ↩ 恢复原来的时间
hours-title = { $place }，{ DAY($day) } { $hours }
hours-close = 🚫 不开
hours-move = ➡ 改到{ $station }
hours-reach =
    这里有 { $households } 户，{ $connected } 户在用机器人。
    设了投放提醒的 { $reminded } 人会听到新时间；其中 { $told } 人已经听过旧时间，会收到一条更正。
    /when 马上就是新的。
hours-sure = 是，就这样改
hours-not = 不，返回
hours-changed = ✅ 改好了。/when 已经是新的，提醒一分钟内跟着改。要恢复：/hours

refusal-window-over = 这一段已经过了，或者那天没有这一段。请发 /hours 再选一次。
refusal-hours-taken = 这一段已经改过了。先发 /hours 恢复原来的时间，再改。

wish-hours = 改时间|改投放时间|临时关闭|关闭投放点|换投放点

# 没人问也要说的话。

notice-repeated = （重发）
notice-fault =
    ⚠️ 机器人出了故障：{ $fault }
    { $in ->
        [notice] 通知
       *[update] 消息
    }编号 { $number }，{ $day }。
    同一种故障一天只报一次，详情在日志和数据库里。

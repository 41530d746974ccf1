# 找人工：写给工作人员，在聊天里回答。

talk-ask =
    🙋 请写下要对{ $place }工作人员说的话，也可以发照片或语音。

    { DAY($by) } { TIME($by) } 前在这里回答你。{ $phone ->
        [none] {""}
       *[other] 急事请打电话：{ $phone }
    }
    不写了，发 /cancel。
talk-sent =
    ✅ 已转给{ $place }的工作人员，工单 { $number }。
    { DAY($by) } { TIME($by) } 前在这里回答你。

menu-talk = 🙋 找人工
command-talk = 找人工，写给工作人员
wish-talk = 人工|找人工|转人工|人工客服|人工服务|客服|找客服|工作人员|找工作人员|联系工作人员|社区工作人员|找社区|联系社区|找物业|联系物业|投诉|我要投诉|留言|human|a human|talk to a human|person|talk to a person|talk to a human please|operator|staff

help-contact =
    { $name ->
        [none] 🙋 有事找工作人员：发 /talk
       *[other] { $phone ->
            [none] 🙋 { $name }还没有公布电话。
           *[other] 📞 { $name }：{ $phone }
        }
        要写给工作人员：按“🙋 找人工”，或者发 /talk，在这里回答你。
    }

# 印在门牌和站点牌子上的字。

card-purpose = 投放时让志愿者扫一扫，积分记到家里
sign-purpose = 志愿者：用手机扫码，开始值班

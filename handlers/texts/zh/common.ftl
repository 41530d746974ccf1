# 各处都用的词。

weekdays = 周一 周二 周三 周四 周五 周六 周日
months = 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
day-written = { $month }{ $number }日（{ $weekday }）
refusal-not-allowed = 这件事要由社区的工作人员或管理员来做。

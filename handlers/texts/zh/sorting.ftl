# 哪个桶：先说答案，再说为什么，再说怎么做。

card-headline = { $mark } { $item } → { $bin }（{ $colour }）
card-item-state = { $item }（{ $state }）
card-if-unsure = 拿不准的时候，就这样投。
card-inferred = { $mark } { $asked } → 大概是{ $bin }（{ $colour }）
card-inferred-why = 为什么：目录里还没有它，看名字是“{ $like }”一类的东西。{ $reason }。
card-why = 为什么：{ $reason }。
card-prepare = 先处理：{ $prepare }。
card-next = 接下来：{ $next }
card-elsewhere = 各地做法不一样，有的地方投{ $bins }。
card-unlike = 别和“{ $other }”弄混：{ $tell }。
card-parts = 拆开分别投：

next-recyclable = 投进{ $colour }的{ $bin }桶，或者卖给回收点。
next-hazardous = 轻轻放进{ $colour }的{ $bin }桶。
next-food = 到投放点打开袋子，把它倒进{ $colour }的{ $bin }桶，袋子另外投。
next-residual = 投进{ $colour }的{ $bin }桶。
next-bulky = 不要放在垃圾桶旁边。发 /bulky 预约来收，或者问物业放到哪里。
next-renovation = 不要放在垃圾桶旁边。问物业：装修垃圾的指定点在哪里、什么时候收。
next-not_household = 照上面说的做，拿不准就问居委会。
next-big_appliance = 太大，不要放进桶里。问商家能不能以旧换新，或者问物业怎么预约上门回收。
next-dry_wet-recyclable = 家里单独攒好，交到小区的可回收物收集点，或者卖给回收点。
next-dry_wet-hazardous = 家里单独放好，交到小区的有害垃圾收集点。

bin-card =
    { $mark } { $bin }（{ $colour }）
    { $what }
    例如：{ $examples }。

did-you-mean = “{ $asked }”：{ $number ->
    [1] 你说的是不是这个？
   *[other] 你说的是下面哪一个？
}
or-did-you-mean = 如果说的是下面这个，请点它：
which-state = { $item }：{ $question }
which-member = { $item }有好几种，投的地方不一样。是哪一种？
button-if = 如果是{ $state }
button-unsure = 拿不准
button-of = { $item }：{ $choice }
button-wrong = 👎 答得不对
button-wrong-of = 👎 { $item }
button-is-rubbish = 👎 这是要扔的东西
wrong-noted = 谢谢指出。已经记下，工作人员会来看；查清楚了就告诉你。

unknown =
    “{ $asked }”我还不认识，不敢乱说。

    换个说法再问我一次，比如它叫什么、是什么做的。
    这个问题已经记下，工作人员会来看。
unknown-in-short = ❓ “{ $asked }”我还不认识，已经记下，工作人员会来看。
not-rubbish =
    “{ $asked }”看起来不是要扔的东西。

    把要扔的东西的名字发给我，我来告诉你怎么分。
not-rubbish-in-short = ❓ “{ $asked }”看起来不是要扔的东西。

inline-ask = 到小绿桶里来问
comma = 、
or = 或

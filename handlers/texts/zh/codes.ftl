# 我家的码。

code-caption =
    📱 { $address }
    编号：{ $number }
    投放时给志愿者扫；扫不了，报编号也行。
code-line = 投放时给志愿者扫

wish-code = 二维码|我的二维码|我的码|我家的码|我家的二维码|出示二维码|家庭码|扫码|码|qr|qr code|code|my code|my qr code

command-code = 我家的码

# 图片和文件。

refusal-file-unreachable = 图片暂时取不到，请再发一次，或者直接输入门牌码下面的数字。
refusal-file-too-large = 这个文件太大了，我最大能收 20 MB。

# Pictures and files.

refusal-file-unreachable = I cannot get the picture right now. Please send it again, or just type the number below the code.
refusal-file-too-large = This file is too large; I can take 20 MB at most.

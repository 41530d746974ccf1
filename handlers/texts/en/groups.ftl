# Groups and channels.

group-which = To which place does this group belong? Name it, such as: /link Sunny Garden. Your places: { $areas }
group-linked = ✅ “{ $title }” now belongs to { $area }. A broadcast to { $area } comes here where “Into groups and channels, too” is chosen.

notice-group-joined = 💬 I am in “{ $title }” now. To which place does it belong? Then broadcasts can go there.

refusal-unknown-group = I am not in this group or channel. Please add me first.

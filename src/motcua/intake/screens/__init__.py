"""The second screen: the citizen at the counter sees what is typed for him, and says whether it is right.

Words: `SecondScreen` (a device paired with a desk), to show and to take away a draft, to point (this is wrong), to
confirm (all of it is right; an event). The printed sheet to sign stays the other way.
Law: Decree 118/2025/NĐ-CP art. 17 (who is helped at the counter checks what was typed); Decree 13/2023/NĐ-CP.
"""

"""The queue: a number taken at the door, on a phone or for an appointed time, and called to a counter in its turn.

Words: `Hall` (a waiting room), `Need` (what people come for, with its letter), `Counter`, `Sitting` (an official at
a counter), `Ticket` with its `Turn` (why it is called when it is), `call`, `Booking`, `Pace` (how long a need takes).
Law: Decree 118/2025/NĐ-CP (one-stop shops have a machine that gives numbers in order). Whom to call first, how often
and from what age is dated data: `data/queue.yaml`.
"""

"""The leader receives citizens: when (the calendar anybody reads) and what came of each day.

Words: plan (lịch tiếp công dân), day (ngày tiếp), change (đổi một ngày), reception (buổi tiếp đã ghi).
Law: Law 42/2013/QH13 on receiving citizens, art. 12, 13, 15, 18, 24; least frequencies are dated rows of
`data/receptions.yaml`. Of who came only numbers are kept: the register with names (form 03/TCD) is not this.
"""

"""What the office says to people outside of it: one message, one list of delivery states, whatever the way it goes.

Words: message (tin nhắn), way (kênh nhắn: thư điện tử, SMS, Zalo, trong tài khoản, phiếu in), delivery state, `hear`
(what happened becomes a message), `say`, try (`Attempt`), slip (phiếu báo gửi bưu điện when no way works).
What is said follows from events that are committed (`outbox.py`); the screen of what says what is `config/told.py`.
Law: Decree 61/2018/NĐ-CP art. 17 and 19: the applicant is told of the receipt, of what is lacking and of the result.
"""

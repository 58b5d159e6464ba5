"""Working time: the only place of the product that computes a date.

Words: a *calendar* (weekly hours, dated days, covered years), a *session* (an
unbroken stretch of office hours), a *whole day* (counts as a working day), a
*half-day* (its hours count, it is no working day), a *cut-off* hour, a *gap*
(a year nobody has loaded). `rules` is the pure arithmetic; the tables keep
what an agency has loaded. Law: Labour Code 45/2019/QH14 Arts 105, 111, 112;
one-stop decrees 61/2018 Arts 18-19 and 118/2025; yearly holiday decisions.
"""

"""Certification of copies at the counter without a form: counted, paid in cash, taken in, passed on, in one go.

Nothing is left out of the record: one dossier received, one order paid with its receipt, the receiver's own step done.
Who certifies is not the receiver (docs/decisions/0008): the signature stays a step of the route.
"""

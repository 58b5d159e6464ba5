"""A bank for the demo: its page takes what a payment QR says, pays, and tells the office at once, signed, over HTTP.

It keeps what was paid in memory and gives it out as a statement. Never part of a real office.
"""

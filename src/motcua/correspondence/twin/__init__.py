"""The demo's twin of the world outside: a mail server and a gateway of SMS and Zalo that keep what they were given.

Never part of a real office. It can be told to misbehave (`Behaviour`), which the tests do; it forgets when it ends.
"""

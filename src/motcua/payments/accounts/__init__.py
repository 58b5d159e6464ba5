"""Into which account fees are paid: asked for by one person, in force when a second one agrees.

Words: `CollectingAccount` (tài khoản thu). Whoever changes an account alone could take an office's money for a day.
"""

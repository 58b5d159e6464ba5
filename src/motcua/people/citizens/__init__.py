"""Citizens who have an account: how they prove who they are, and for whom they may act.

A `Citizen` says himself what he is called; a phone or an e-mail is his once he typed the code sent there; his personal
number is his once an identity provider vouches for it (Decree 69/2024 on electronic identification). A `Mandate` lets
him act for a child, a parent or an organisation.
"""

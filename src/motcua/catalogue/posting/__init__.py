"""The catalogue made visible: on the notice board, in a printed handbook, on a kiosk and on a television.

Words: poster (a sheet with a QR code), handbook (sổ tay: every posted procedure, printed), kiosk (a shared screen on
which a person looks things up), slides (a television that nobody touches). Law: Decree 63/2010/NĐ-CP arts. 15 and 17,
Decree 118/2025/NĐ-CP: what an office does is posted where it is received.
"""

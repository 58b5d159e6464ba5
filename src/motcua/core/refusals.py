"""What the product cannot do now, said in a sentence that a clerk can act on."""


class Refusal(Exception):
    """The base of every "no" that a person should read: `str()` is the whole sentence, in his language.

    Views show it where the person is looking; it is never a fault of the program.
    """

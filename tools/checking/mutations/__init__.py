"""How many small corruptions of the packaged tables our own checks notice.

A *mutant* is a table of the newest edition with one thing wrong; an *operator* makes it. It is
*killed* by a check that refuses it, and survives where none does. The digests of the register would
kill every one: they are left out, since they only say that a file is not the one that was frozen.
"""

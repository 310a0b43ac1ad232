"""Letters that wait, are being sent, were sent or are uncertain; jobs that come round again; the worker that does both.
It knows no other room of its floor; it may import common.
"""

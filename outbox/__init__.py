"""Letters that wait, are being sent, were sent or are uncertain; and jobs that come round again. It knows no other room
of its floor; it may import common.
"""

"""Files that people send: checked by what is in them, made anew, kept where nobody else can look.

A picture or PDF is opened by a process of its own, so that a file made to break its reader breaks
nothing else. What is kept is never what was sent but what that process wrote.
"""

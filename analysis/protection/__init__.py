"""The duties of whoever holds data: delete in time, show and erase on request, say what is done and why."""

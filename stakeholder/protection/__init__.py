"""What a school decides about the protection of data: how long each kind is kept, and whom to ask about it."""

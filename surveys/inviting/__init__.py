"""Inviting: links of one's own, by e-mail or on letters that the school sends itself."""

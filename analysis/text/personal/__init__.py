"""Names and other personal data in comments: found, and hidden before anybody reads."""

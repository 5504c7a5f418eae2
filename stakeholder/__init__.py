"""WHO takes part: schools, people, roles, work after the request, and the shared web shell."""

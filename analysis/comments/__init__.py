"""Comments as people may read them: without names, by the rules for groups, with people's own coding."""

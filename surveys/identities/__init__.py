"""Who wrote an answer, where a wave says that this is kept: sealed in the confidential mode, open in the named one."""

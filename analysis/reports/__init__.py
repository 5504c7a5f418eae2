"""The board pack: one wave's story, details, method and what is hidden; as PDF, Word and PowerPoint."""

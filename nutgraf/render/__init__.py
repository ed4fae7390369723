"""Views to files: templates, bodies with their marks, feeds. Pure: templates come as text, files leave as values."""

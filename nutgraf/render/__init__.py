"""Views to files: templates, bodies with their marks, feeds. Pure: templates come as text, files leave as values."""

from nutgraf.render.pages import render_page, render_site

__all__ = ["render_page", "render_site"]

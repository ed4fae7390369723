"""nutgraf: news articles to annotated Markdown briefs, briefs to a cross-linked static site."""

__version__ = "0.1.0"

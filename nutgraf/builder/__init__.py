"""The whole run: articles to briefs, briefs to pages. Joins the store and the core; decides nothing itself."""

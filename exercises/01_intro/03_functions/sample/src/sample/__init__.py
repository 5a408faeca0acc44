"""The addresses of an online magazine."""

from functions import slug, url

__all__ = ["article_url"]


def article_url(title: str, page: int = 1) -> str:
    """The address of an article. Its first page has the shortest one."""
    name = slug(title, max_words=4)
    return url("/articles", name) if page == 1 else url("/articles", name, page=page)

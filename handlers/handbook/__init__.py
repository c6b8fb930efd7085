"""The handbook: reading it, searching it, answering from it. Other capabilities use what is listed here."""

from handlers.handbook.capability import HandbookCapability
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.confirmed import QuestionReview
from handlers.handbook.history import PageHistory, Version, page_history
from handlers.handbook.model import (
    Diagram,
    Handbook,
    Listing,
    Page,
    Paragraph,
    Problem,
    Quote,
    Row,
    Section,
    Table,
    Text,
    walk,
)
from handlers.handbook.products import How, Mention, Products
from handlers.handbook.reader import HandbookError, HandbookReader, read_page

__all__ = [
    "Catalogue",
    "Diagram",
    "Handbook",
    "HandbookCapability",
    "HandbookError",
    "HandbookReader",
    "How",
    "Listing",
    "Mention",
    "Page",
    "PageHistory",
    "Paragraph",
    "Problem",
    "Products",
    "QuestionReview",
    "Quote",
    "Row",
    "Section",
    "Table",
    "Text",
    "Version",
    "page_history",
    "read_page",
    "walk",
]

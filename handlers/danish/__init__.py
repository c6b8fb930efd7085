"""Danish understanding, shared by every capability."""

from handlers.danish.words import fold, stem, stems, words

__all__ = ["fold", "stem", "stems", "words"]

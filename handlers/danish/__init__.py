"""Danish understanding, shared by every capability."""

from handlers.danish.function_words import FUNCTION_STEMS
from handlers.danish.language import Danish, Word
from handlers.danish.lexicon import Lexicon
from handlers.danish.thesaurus import Thesaurus
from handlers.danish.words import fold, stem, stems, words

__all__ = ["FUNCTION_STEMS", "Danish", "Lexicon", "Thesaurus", "Word", "fold", "stem", "stems", "words"]

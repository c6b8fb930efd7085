"""What the bot can do, small talk, and owning up to what it does not understand."""

from handlers.help.capability import HelpCapability
from handlers.help.chatter import Chatter

__all__ = ["Chatter", "HelpCapability"]

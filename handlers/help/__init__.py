"""Says what the bot can do, returns greetings, and owns up to what it does not understand."""

from handlers.help.capability import HelpCapability

__all__ = ["HelpCapability"]

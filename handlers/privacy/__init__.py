"""Says what is stored about the asker, and deletes it when they ask for it."""

from handlers.privacy.capability import PrivacyCapability

__all__ = ["PrivacyCapability"]

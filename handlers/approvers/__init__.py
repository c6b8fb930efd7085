"""Looks up who checks and who approves an invoice."""

from handlers.approvers.capability import ApproverCapability

__all__ = ["ApproverCapability"]

"""A Zulip server on loopback, as far as the bot can tell: real HTTP, answers as recorded, faults on request."""

from tests.zulip_double.faults import Faults
from tests.zulip_double.realm import Realm
from tests.zulip_double.server import Double

__all__ = ["Double", "Faults", "Realm"]

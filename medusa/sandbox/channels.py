"""Which sales channels a request sees: those of its publishable key, or else the default one."""

from __future__ import annotations

import attrs

from .answers import Refused, json_answer
from .database import Database
from .entities import JSON
from .relations import related

_DEFAULT = "Default Sales Channel"


def default_channel_id(database: Database) -> str | None:
    """Return the id of the channel of requests that name none: the newest one with Medusa's name for it."""
    channels = database.find("sales_channel", name=_DEFAULT)
    return max(channels, key=lambda channel: str(channel["created_at"]))["id"] if channels else None


@attrs.frozen
class Channels:
    """What a request says of sales channels."""

    database: Database
    key: str | None
    """The publishable API key."""
    wanted: list[str]
    """Those that the query names."""

    @property
    def of_key(self) -> list[str]:
        """The channels of the key. Medusa ignores a key that it does not know."""
        row = self.database.get("publishable_api_key", self.key) if self.key else None
        channels = related(self.database, "publishable_api_key", row, "sales_channels") if row else []
        return [channel["id"] for channel in channels]

    @property
    def listed(self) -> list[str] | None:
        """The channels whose products are listed; None for those of all, as with a key that Medusa does not know."""
        if self.wanted or self.key:
            return self.wanted or self.of_key or None
        default = default_channel_id(self.database)
        return [default] if default else None

    def refuse_others(self, kind: str = "", id: str = "", product: JSON | None = None) -> None:
        """Raise `Refused` for a channel that is not the key's, and for a product that is in none of them."""
        own = self.of_key
        if not own:
            return
        errors: list[str] = []
        of_header = "Publishable API Key passed in the header of the request."
        if not set(self.wanted) <= set(own):
            named = ",".join(self.wanted)
            errors.append(f"Provided sales channel id param: {named} is not associated with the {of_header}")
        if product is not None and not set(own) & set(product.get("_sales_channels", own)):
            errors.append(f"{kind} with id: {id} is not associated with sales channels defined by the {of_header}")
        if errors:
            message = "Provided request body contains errors. Please check the data and retry the request"
            raise Refused(json_answer({"errors": errors, "message": message}, 400))

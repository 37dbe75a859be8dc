"""The sales channels of a request: the channels of its publishable key, or the default channel."""

from __future__ import annotations

import attrs

from .database import Database
from .entities import JSON
from .relations import related
from .responses import Refused, json_response

_DEFAULT = "Default Sales Channel"


def default_channel_id(database: Database) -> str | None:
    """Return the ID of the default channel: the newest channel with Medusa's default name."""
    channels = database.find("sales_channel", name=_DEFAULT)
    return max(channels, key=lambda channel: str(channel["created_at"]))["id"] if channels else None


@attrs.frozen
class Channels:
    """The sales channels in a request."""

    database: Database
    key: str | None
    """The publishable API key."""
    wanted: list[str]
    """The IDs of the channels in the query."""

    @property
    def of_key(self) -> list[str]:
        """The channels of the key. Medusa ignores an unknown key."""
        row = self.database.get("publishable_api_key", self.key) if self.key else None
        channels = related(self.database, "publishable_api_key", row, "sales_channels") if row else []
        return [channel["id"] for channel in channels]

    @property
    def listed(self) -> list[str] | None:
        """The channels whose products are listed, or None for all products, for example with an unknown key."""
        if self.wanted or self.key:
            return self.wanted or self.of_key or None
        default = default_channel_id(self.database)
        return [default] if default else None

    def refuse_others(self, kind: str = "", id: str = "", product: JSON | None = None) -> None:
        """Raise `Refused` if a channel does not belong to the key, or if the product is in none of the channels."""
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
            raise Refused(json_response({"errors": errors, "message": message}, 400))

"""What both shops know of the way from the cart to the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from medusa import Address, AddressPayload, Cart, Country, Customer, LineItem, Medusa, Order, Region, is_loaded
from medusa.contrib.carts import PaymentMissingError

LARGEST_QUANTITY = 99


@dataclass(frozen=True)
class Sums:
    """What a cart or an order costs, in the smallest currency unit, with the taxes included in each amount."""

    items: int
    discount: int
    shipping: int
    gift_cards: int
    total: int
    tax: int
    """The taxes in the total."""


ADDRESS_FIELDS = (
    *("first_name", "last_name", "company", "address_1", "address_2", "postal_code", "city", "province"),
    *("country_code", "phone"),
)

PAYMENTS = {
    "manual": ("Invoice", "You pay within 14 days of the delivery."),
    "test-pay": ("Test card", "No money moves."),
}
"""The payment providers by their IDs, as a customer knows them."""


def quantity_of(text: str) -> int | None:
    """Return the quantity that a customer typed; None for anything else, since a negative one takes items away."""
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) <= LARGEST_QUANTITY else None


def sums_of(bought: Cart | Order) -> Sums:
    """Return the sums of a cart or an order. Medusa's own are before taxes, except for the total."""
    items = sum(item.original_total for item in bought.items)
    discount = items - sum(item.total for item in bought.items)
    shipping = (bought.shipping_total or 0) + (bought.shipping_tax_total or 0)
    gift_cards = items - discount + shipping - bought.total
    return Sums(items, discount, shipping, gift_cards, bought.total, bought.tax_total or 0)


def count_of(cart: Cart | None) -> int:
    """Return how many pieces are in the cart."""
    return sum(item.quantity for item in cart.items) if cart else 0


def has_discount(cart: Cart, code: str) -> bool:
    """Tell whether the cart has the discount with this code. The backend drops one that can't be combined."""
    return any(discount.code.upper() == code.upper() for discount in cart.discounts)


def address_payload(fields: Mapping[str, Any]) -> AddressPayload:
    """Return the address that a form holds. A part that was left empty is None."""
    return cast(AddressPayload, {name: fields[name] or None for name in ADDRESS_FIELDS})


def address_fields(address: Address | None) -> dict[str, str]:
    """Return what an address puts into a form."""
    return {name: getattr(address, name) or "" for name in ADDRESS_FIELDS} if address else {}


def countries_of(*regions: Region) -> list[tuple[str, str]]:
    """Return the countries of these regions for a select box: code and name, sorted by name."""
    countries: list[Country] = [country for region in regions for country in region.countries]
    return sorted(((country.iso_2, country.display_name) for country in countries), key=lambda each: each[1])


def saved_addresses(customer: Customer | None, region: Region) -> dict[str, Address]:
    """Return the addresses in the customer's account to which the region delivers, by their IDs."""
    codes = {country.iso_2 for country in region.countries}
    addresses = customer.shipping_addresses if customer else []
    return {address.id: address for address in addresses if address.country_code in codes}


def has_address(cart: Cart) -> bool:
    """Tell whether the cart has an address to which its region delivers."""
    address, region = cart.shipping_address, cart.region
    if not (cart.email and address and region):
        return False
    # Medusa itself sets the country if the region has only one, and keeps the address if the region changes.
    return bool(address.address_1) and address.country_code in {country.iso_2 for country in region.countries}


def missing_step(cart: Cart | None) -> str | None:
    """Return the name of the page that the customer must visit before the payment; None if the cart is ready for it."""
    if cart is None or not cart.items:
        return "cart"
    if not has_address(cart):
        return "checkout_address"
    if not cart.shipping_methods:
        return "checkout_shipping"
    return None


def payments_of(cart: Cart) -> list[tuple[str, str, str]]:
    """Return the ways to pay for the cart: ID, name and explanation. A cart that costs nothing has none."""
    if not cart.total or cart.region is None:
        return []
    ids = sorted(provider.id for provider in cart.region.payment_providers)
    return [(id, *PAYMENTS.get(id, (id.replace("-", " ").capitalize(), ""))) for id in ids]


def prepare_payment(medusa: Medusa, cart: Cart, provider_id: str) -> None:
    """Select how the customer pays. Raise `PaymentMissingError` if that is not one of `payments_of`.

    With one payment provider, the backend selects it by itself.
    """
    cart = medusa.carts.create_payment_sessions(cart.id).cart
    if not cart.payment_sessions:
        return
    if provider_id not in {session.provider_id for session in cart.payment_sessions}:
        raise PaymentMissingError("the form has no payment provider of the cart's region")
    selected = cart.payment_session if is_loaded(cart, "payment_session") else None
    if selected is None or selected.provider_id != provider_id:
        medusa.carts.set_payment_session(cart.id, {"provider_id": provider_id})


def handle_of(item: LineItem) -> str | None:
    """Return the handle of an item's product; None where the response does not include the product."""
    variant = item.variant if is_loaded(item, "variant") else None
    product = variant.product if variant and is_loaded(variant, "product") else None
    return product.handle if product else None

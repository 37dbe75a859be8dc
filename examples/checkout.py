"""The checkout code of both shops, from the cart to the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from medusa import Address, AddressPayload, Cart, Country, Customer, LineItem, Medusa, Order, Region, is_loaded
from medusa.contrib.carts import PaymentMissingError

LARGEST_QUANTITY = 99


@dataclass(frozen=True)
class Sums:
    """The costs of a cart or an order, in the smallest currency unit. Each amount includes taxes."""

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
"""The name and the explanation of each payment provider for customers, by its ID."""


def quantity_of(text: str) -> int | None:
    """Return the quantity that a customer entered, or None if the text is not a valid quantity."""
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) <= LARGEST_QUANTITY else None


def sums_of(bought: Cart | Order) -> Sums:
    """Return the sums of a cart or an order. Medusa's own sums exclude taxes, except for the total."""
    items = sum(item.original_total for item in bought.items)
    discount = items - sum(item.total for item in bought.items)
    shipping = (bought.shipping_total or 0) + (bought.shipping_tax_total or 0)
    gift_cards = items - discount + shipping - bought.total
    return Sums(items, discount, shipping, gift_cards, bought.total, bought.tax_total or 0)


def count_of(cart: Cart | None) -> int:
    """Return how many pieces are in the cart."""
    return sum(item.quantity for item in cart.items) if cart else 0


def has_discount(cart: Cart, code: str) -> bool:
    """Return whether the cart has the discount with this code. The backend drops discounts that cannot be combined."""
    return any(discount.code.upper() == code.upper() for discount in cart.discounts)


def address_payload(fields: Mapping[str, Any]) -> AddressPayload:
    """Return the address in a form. Empty fields are None."""
    return cast(AddressPayload, {name: fields[name] or None for name in ADDRESS_FIELDS})


def address_fields(address: Address | None) -> dict[str, str]:
    """Return the values of a form for an address."""
    return {name: getattr(address, name) or "" for name in ADDRESS_FIELDS} if address else {}


def countries_of(*regions: Region) -> list[tuple[str, str]]:
    """Return the countries of these regions for a select box: code and name, sorted by name."""
    countries: list[Country] = [country for region in regions for country in region.countries]
    return sorted(((country.iso_2, country.display_name) for country in countries), key=lambda each: each[1])


def saved_addresses(customer: Customer | None, region: Region) -> dict[str, Address]:
    """Return the customer's saved addresses in the countries of the region, by their IDs."""
    codes = {country.iso_2 for country in region.countries}
    addresses = customer.shipping_addresses if customer else []
    return {address.id: address for address in addresses if address.country_code in codes}


def has_address(cart: Cart) -> bool:
    """Return whether the cart has an address in one of the countries of its region."""
    address, region = cart.shipping_address, cart.region
    if not (cart.email and address and region):
        return False
    # If the region has only one country, Medusa sets it. If the region changes, Medusa keeps the address.
    return bool(address.address_1) and address.country_code in {country.iso_2 for country in region.countries}


def missing_step(cart: Cart | None) -> str | None:
    """Return the name of the page that the customer must visit before the payment, or None if the cart is ready."""
    if cart is None or not cart.items:
        return "cart"
    if not has_address(cart):
        return "checkout_address"
    if not cart.shipping_methods:
        return "checkout_shipping"
    return None


def payments_of(cart: Cart) -> list[tuple[str, str, str]]:
    """Return the ID, name and explanation of each payment provider. The list is empty if the cart costs nothing."""
    if not cart.total or cart.region is None:
        return []
    ids = sorted(provider.id for provider in cart.region.payment_providers)
    return [(id, *PAYMENTS.get(id, (id.replace("-", " ").capitalize(), ""))) for id in ids]


def prepare_payment(medusa: Medusa, cart: Cart, provider_id: str) -> None:
    """Select the payment provider. Raise `PaymentMissingError` if the provider is not one of `payments_of`.

    If there is only one payment provider, the backend selects it automatically.
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
    """Return the handle of an item's product, or None if the response does not include the product."""
    variant = item.variant if is_loaded(item, "variant") else None
    product = variant.product if variant and is_loaded(variant, "product") else None
    return product.handle if product else None

"""Cart errors with texts for customers, and prices, for both Django and Flask."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

from .. import Cart, MedusaAPIError, MedusaError, Product, ProductVariant, Region, is_loaded

__all__ = [
    "AddressNotValidError",
    "CartError",
    "DiscountNotValidError",
    "EmailMissingError",
    "EmptyCartError",
    "GiftCardNotValidError",
    "NotForSaleError",
    "OutOfStockError",
    "PaymentDeclinedError",
    "PaymentMissingError",
    "PaymentRequiresMoreError",
    "cart_errors",
    "price_of",
    "region_of",
]


class CartError(MedusaError):
    """An error that the customer can fix by changing the cart or the checkout. Show `.text` to the customer.

    `str(error)` is for logs. It describes the request and the backend's response. If the SDK raised an error, that
    error is the `__cause__`.
    """

    text: str = "This is not possible with your cart."
    """A text for the customer, in English. For other languages, choose your own text by the class and the attributes
    of the error."""


class EmptyCartError(CartError):
    """The cart has no items, or the session has no cart."""

    text = "Your cart is empty."


class OutOfStockError(CartError):
    """An item is out of stock, or the stock is smaller than the quantity that the customer wants."""

    text = "There is not enough of this item in stock."

    def __init__(self, description: str = "", *, variant_id: str | None = None) -> None:
        super().__init__(description)
        self.variant_id = variant_id
        """The ID of the variant. None if the customer changed the quantity of an item, because the backend does not
        name the variant then."""


class NotForSaleError(CartError):
    """A variant no longer exists, has no price in the cart's currency, or is not in the cart's sales channel."""

    text = "This item is no longer available, or not available in your region."


class DiscountNotValidError(CartError):
    """A discount code does not exist, or is not valid for this cart at this time. `.text` gives the reason."""

    text = "This discount code is not valid."


class GiftCardNotValidError(CartError):
    """A gift card does not exist, or cannot be used with this cart. `.text` gives the reason."""

    text = "This gift card is not valid."


class AddressNotValidError(CartError):
    """The backend rejected the e-mail address or an address: malformed, or a country that is not in the region."""

    text = "Please check your address and e-mail address."


class EmailMissingError(CartError):
    """The cart has no `email`. Completing such a cart would fail, and the backend could never complete it later."""

    text = "Please enter your e-mail address."


class PaymentMissingError(CartError):
    """The cart has no payment session, or none is selected."""

    text = "Please choose how to pay."


class PaymentDeclinedError(CartError):
    """The payment provider declined the payment, or refused to start it."""

    text = "Your payment was declined. Please try another way to pay."

    def __init__(self, description: str = "", *, code: str | None = None) -> None:
        super().__init__(description)
        self.code = code
        """The payment provider's code, for example "card_declined". None if the provider gave no code."""


class PaymentRequiresMoreError(CartError):
    """The payment needs another step, for example confirmation by the bank. Complete the cart again after that step."""

    text = "Your payment needs to be confirmed."

    def __init__(self, description: str = "", *, cart: Cart, payment_status: str) -> None:
        super().__init__(description)
        self.cart = cart
        """The cart, with only its columns and its payment sessions. The payment provider's page needs
        `cart.payment_session.data`."""
        self.payment_status = payment_status
        """The status of the payment: "requires_more", or "pending" if the customer has not paid yet."""


_OUT_OF_STOCK = re.compile(r"Variant with id: (\S+) does not have the required inventory")
_MEDUSAS_CODES = ("insufficient_inventory", "invalid_request_error", "unknown_error", "api_error")

_REFUSED_ADDRESS = r'\{"message":"(shipping|billing)_address must be one of: (?!.*should not exist)'

# The messages of Medusa 1.20. Its types and codes are the same for several of these cases.
_BY_MESSAGE: list[tuple[str, type[CartError], str]] = [
    (r"Discounts? with code .* was not found", DiscountNotValidError, "This discount code does not exist."),
    (r"Discount .* has been used maximum allowed times", DiscountNotValidError, "This discount has been used up."),
    (r"Discount .* is not valid yet", DiscountNotValidError, "This discount is not valid yet."),
    (r"Discount .* is expired", DiscountNotValidError, "This discount has expired."),
    (r"The discount code .* is disabled", DiscountNotValidError, "This discount is not valid any more."),
    (r"The discount is not available in", DiscountNotValidError, "This discount is not valid in your country."),
    (r"Discount .* is only valid for specific cust", DiscountNotValidError, "Log in to use this discount."),
    (r"Discount .* is not valid for customer", DiscountNotValidError, "This discount is not for you."),
    (r"Gift card with .* was not found", GiftCardNotValidError, "This gift card does not exist."),
    (r"The gift card is disabled", GiftCardNotValidError, "This gift card is not valid any more."),
    (r"The gift card cannot be used in", GiftCardNotValidError, "This gift card is not valid in your country."),
    (r"Unable to generate the line items, some variant", NotForSaleError, NotForSaleError.text),
    (r"Cannot generate line item for variant .* without a price", NotForSaleError, NotForSaleError.text),
    (r"The products \[.*\] must belongs to the sales channel", NotForSaleError, NotForSaleError.text),
    (r"email must be an email$", AddressNotValidError, AddressNotValidError.text),
    (r"Shipping country must be in the cart region", AddressNotValidError, AddressNotValidError.text),
    (r"Country with country_code .* does not exist", AddressNotValidError, AddressNotValidError.text),
    # The country is an empty string. No other value that a customer can enter in a cart gets this message.
    (r"null$", AddressNotValidError, AddressNotValidError.text),
    # A field has the wrong type. The lookahead excludes unknown fields, because those are a mistake in the shop's code.
    (_REFUSED_ADDRESS, AddressNotValidError, AddressNotValidError.text),
    (r"Cannot create order from empty cart", EmptyCartError, EmptyCartError.text),
    (r"Cannot create an order from the cart without a customer", EmailMissingError, EmailMissingError.text),
    (r"You cannot complete a cart without a payment session", PaymentMissingError, PaymentMissingError.text),
    (r"Cart payment not authorized", PaymentDeclinedError, PaymentDeclinedError.text),
]


@contextmanager
def cart_errors() -> Generator[None]:
    """Convert each SDK error that the customer can fix to a `CartError`. All other errors pass through unchanged.

    ::

        with cart_errors():
            medusa.carts.update(cart.id, {"discounts": [{"code": code}]})
    """
    try:
        yield
    except MedusaAPIError as error:
        expected = _expected(error)
        if expected is None:
            raise
        raise expected from error


def _expected(error: MedusaAPIError) -> CartError | None:
    if error.status not in (400, 404, 409):
        return None
    if error.code == "insufficient_inventory":
        found = _OUT_OF_STOCK.search(error.message)
        return OutOfStockError(str(error), variant_id=found and found[1])
    for pattern, expected, text in _BY_MESSAGE:
        if re.match(pattern, error.message, re.DOTALL):
            cart_error = expected(str(error))
            cart_error.text = text
            return cart_error
    if error.status == 400 and error.type == "invalid_data" and error.code and error.code not in _MEDUSAS_CODES:
        return PaymentDeclinedError(str(error), code=error.code)
    return None


def region_of(cart: Cart | None, default: Region) -> Region:
    """Return the region for displaying prices: the cart's region, or `default` if there is no cart.

    To get products with prices in this region's currency, request them with `region_id`::

        region = region_of(cart, default)
        products = medusa.products.list({"region_id": region.id}).products
    """
    return default if cart is None or cart.region is None else cart.region


def price_of(item: Product | ProductVariant) -> int | None:
    """Return the price of a variant, or the lowest price of a product's variants, in the smallest currency unit.

    If the variant is on sale, this is the sale price. The price includes taxes, unless the variant was requested only
    with a currency, or the region's `automatic_taxes` is off. Returns None if the variant has no price in the currency,
    or if it was requested without a region, a cart or a currency.
    """
    if isinstance(item, Product):
        return min((price for variant in item.variants if (price := price_of(variant)) is not None), default=None)
    # The backend omits the price fields if the variant has no price in the currency.
    if not is_loaded(item, "calculated_price_incl_tax"):
        return None
    with_tax = item.calculated_price_incl_tax
    return item.calculated_price if with_tax is None else with_tax

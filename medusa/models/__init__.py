"""The entities of the Store order graph, the results and the payloads."""

from .base import JSONObject, Model, is_loaded
from .claim import (
    ClaimFulfillmentStatus,
    ClaimImage,
    ClaimItem,
    ClaimOrder,
    ClaimPaymentStatus,
    ClaimReason,
    ClaimTag,
    ClaimType,
)
from .customer import Address, Customer
from .discount import AllocationType, Discount, DiscountRule, DiscountRuleType
from .fulfillment import Fulfillment, FulfillmentItem, TrackingLink
from .gift_card import GiftCard, GiftCardTransaction
from .line_item import LineItem, LineItemAdjustment, LineItemTaxLine
from .order import FulfillmentStatus, Order, OrderStatus, PaymentStatus
from .payment import Payment, Refund, RefundReason
from .product import ProductVariant
from .region import Region
from .returns import Return, ReturnItem, ReturnReason, ReturnStatus
from .sales_channel import SalesChannel
from .shipping import ShippingMethod, ShippingMethodTaxLine, ShippingOption, ShippingOptionPriceType
from .swap import Swap, SwapFulfillmentStatus, SwapPaymentStatus

__all__ = [
    "Address",
    "AllocationType",
    "ClaimFulfillmentStatus",
    "ClaimImage",
    "ClaimItem",
    "ClaimOrder",
    "ClaimPaymentStatus",
    "ClaimReason",
    "ClaimTag",
    "ClaimType",
    "Customer",
    "Discount",
    "DiscountRule",
    "DiscountRuleType",
    "Fulfillment",
    "FulfillmentItem",
    "FulfillmentStatus",
    "GiftCard",
    "GiftCardTransaction",
    "JSONObject",
    "LineItem",
    "LineItemAdjustment",
    "LineItemTaxLine",
    "Model",
    "Order",
    "OrderStatus",
    "Payment",
    "PaymentStatus",
    "ProductVariant",
    "Refund",
    "RefundReason",
    "Region",
    "Return",
    "ReturnItem",
    "ReturnReason",
    "ReturnStatus",
    "SalesChannel",
    "ShippingMethod",
    "ShippingMethodTaxLine",
    "ShippingOption",
    "ShippingOptionPriceType",
    "Swap",
    "SwapFulfillmentStatus",
    "SwapPaymentStatus",
    "TrackingLink",
    "is_loaded",
]

"""A Python SDK for the Store API of Medusa v1.

from medusa import Medusa

medusa = Medusa(base_url="http://localhost:9000", max_retries=3)
order = medusa.orders.retrieve("order_01G...").order
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .client import Medusa as Medusa
    from .errors import (
        MedusaAPIError as MedusaAPIError,
    )
    from .errors import (
        MedusaAuthenticationError as MedusaAuthenticationError,
    )
    from .errors import (
        MedusaConflictError as MedusaConflictError,
    )
    from .errors import (
        MedusaConnectionError as MedusaConnectionError,
    )
    from .errors import (
        MedusaDecodeError as MedusaDecodeError,
    )
    from .errors import (
        MedusaError as MedusaError,
    )
    from .errors import (
        MedusaInvalidRequestError as MedusaInvalidRequestError,
    )
    from .errors import (
        MedusaNotFoundError as MedusaNotFoundError,
    )
    from .errors import (
        MedusaPermissionError as MedusaPermissionError,
    )
    from .errors import (
        MedusaRateLimitError as MedusaRateLimitError,
    )
    from .errors import (
        MedusaServerError as MedusaServerError,
    )
    from .errors import (
        MedusaTimeoutError as MedusaTimeoutError,
    )
    from .errors import (
        NotLoadedError as NotLoadedError,
    )
    from .models.base import JSONObject as JSONObject
    from .models.base import Model as Model
    from .models.base import is_loaded as is_loaded
    from .models.claim import (
        ClaimFulfillmentStatus as ClaimFulfillmentStatus,
    )
    from .models.claim import (
        ClaimImage as ClaimImage,
    )
    from .models.claim import (
        ClaimItem as ClaimItem,
    )
    from .models.claim import (
        ClaimOrder as ClaimOrder,
    )
    from .models.claim import (
        ClaimPaymentStatus as ClaimPaymentStatus,
    )
    from .models.claim import (
        ClaimReason as ClaimReason,
    )
    from .models.claim import (
        ClaimTag as ClaimTag,
    )
    from .models.claim import (
        ClaimType as ClaimType,
    )
    from .models.customer import Address as Address
    from .models.customer import Customer as Customer
    from .models.discount import (
        AllocationType as AllocationType,
    )
    from .models.discount import (
        Discount as Discount,
    )
    from .models.discount import (
        DiscountRule as DiscountRule,
    )
    from .models.discount import (
        DiscountRuleType as DiscountRuleType,
    )
    from .models.fulfillment import (
        Fulfillment as Fulfillment,
    )
    from .models.fulfillment import (
        FulfillmentItem as FulfillmentItem,
    )
    from .models.fulfillment import (
        TrackingLink as TrackingLink,
    )
    from .models.gift_card import GiftCard as GiftCard
    from .models.gift_card import GiftCardTransaction as GiftCardTransaction
    from .models.line_item import (
        LineItem as LineItem,
    )
    from .models.line_item import (
        LineItemAdjustment as LineItemAdjustment,
    )
    from .models.line_item import (
        LineItemTaxLine as LineItemTaxLine,
    )
    from .models.order import (
        FulfillmentStatus as FulfillmentStatus,
    )
    from .models.order import (
        Order as Order,
    )
    from .models.order import (
        OrderStatus as OrderStatus,
    )
    from .models.order import (
        PaymentStatus as PaymentStatus,
    )
    from .models.payloads import (
        StoreGetOrdersParams as StoreGetOrdersParams,
    )
    from .models.payloads import (
        StorePostAuthReq as StorePostAuthReq,
    )
    from .models.payloads import (
        StorePostCustomersCustomerAcceptClaimReq as StorePostCustomersCustomerAcceptClaimReq,
    )
    from .models.payloads import (
        StorePostCustomersCustomerOrderClaimReq as StorePostCustomersCustomerOrderClaimReq,
    )
    from .models.payment import Payment as Payment
    from .models.payment import Refund as Refund
    from .models.payment import RefundReason as RefundReason
    from .models.product import ProductVariant as ProductVariant
    from .models.region import Region as Region
    from .models.results import (
        Result as Result,
    )
    from .models.results import (
        StoreAuthRes as StoreAuthRes,
    )
    from .models.results import (
        StoreBearerAuthRes as StoreBearerAuthRes,
    )
    from .models.results import (
        StoreGetAuthEmailRes as StoreGetAuthEmailRes,
    )
    from .models.results import (
        StoreOrdersRes as StoreOrdersRes,
    )
    from .models.returns import (
        Return as Return,
    )
    from .models.returns import (
        ReturnItem as ReturnItem,
    )
    from .models.returns import (
        ReturnReason as ReturnReason,
    )
    from .models.returns import (
        ReturnStatus as ReturnStatus,
    )
    from .models.sales_channel import SalesChannel as SalesChannel
    from .models.shipping import (
        ShippingMethod as ShippingMethod,
    )
    from .models.shipping import (
        ShippingMethodTaxLine as ShippingMethodTaxLine,
    )
    from .models.shipping import (
        ShippingOption as ShippingOption,
    )
    from .models.shipping import (
        ShippingOptionPriceType as ShippingOptionPriceType,
    )
    from .models.swap import (
        Swap as Swap,
    )
    from .models.swap import (
        SwapFulfillmentStatus as SwapFulfillmentStatus,
    )
    from .models.swap import (
        SwapPaymentStatus as SwapPaymentStatus,
    )
    from .resources.auth import AuthResource as AuthResource
    from .resources.base import Resource as Resource
    from .resources.orders import OrdersResource as OrdersResource
    from .retry import RetryAdapter as RetryAdapter
    from .retry import RetryPolicy as RetryPolicy

# Names are imported when first used: attrs, cattrs and fifty classes would make `import medusa` slow.
_HOMES = {
    "Medusa": "client",
    "MedusaAPIError": "errors",
    "MedusaAuthenticationError": "errors",
    "MedusaConflictError": "errors",
    "MedusaConnectionError": "errors",
    "MedusaDecodeError": "errors",
    "MedusaError": "errors",
    "MedusaInvalidRequestError": "errors",
    "MedusaNotFoundError": "errors",
    "MedusaPermissionError": "errors",
    "MedusaRateLimitError": "errors",
    "MedusaServerError": "errors",
    "MedusaTimeoutError": "errors",
    "NotLoadedError": "errors",
    "JSONObject": "models.base",
    "Model": "models.base",
    "is_loaded": "models.base",
    "ClaimFulfillmentStatus": "models.claim",
    "ClaimImage": "models.claim",
    "ClaimItem": "models.claim",
    "ClaimOrder": "models.claim",
    "ClaimPaymentStatus": "models.claim",
    "ClaimReason": "models.claim",
    "ClaimTag": "models.claim",
    "ClaimType": "models.claim",
    "Address": "models.customer",
    "Customer": "models.customer",
    "AllocationType": "models.discount",
    "Discount": "models.discount",
    "DiscountRule": "models.discount",
    "DiscountRuleType": "models.discount",
    "Fulfillment": "models.fulfillment",
    "FulfillmentItem": "models.fulfillment",
    "TrackingLink": "models.fulfillment",
    "GiftCard": "models.gift_card",
    "GiftCardTransaction": "models.gift_card",
    "LineItem": "models.line_item",
    "LineItemAdjustment": "models.line_item",
    "LineItemTaxLine": "models.line_item",
    "FulfillmentStatus": "models.order",
    "Order": "models.order",
    "OrderStatus": "models.order",
    "PaymentStatus": "models.order",
    "StoreGetOrdersParams": "models.payloads",
    "StorePostAuthReq": "models.payloads",
    "StorePostCustomersCustomerAcceptClaimReq": "models.payloads",
    "StorePostCustomersCustomerOrderClaimReq": "models.payloads",
    "Payment": "models.payment",
    "Refund": "models.payment",
    "RefundReason": "models.payment",
    "ProductVariant": "models.product",
    "Region": "models.region",
    "Result": "models.results",
    "StoreAuthRes": "models.results",
    "StoreBearerAuthRes": "models.results",
    "StoreGetAuthEmailRes": "models.results",
    "StoreOrdersRes": "models.results",
    "Return": "models.returns",
    "ReturnItem": "models.returns",
    "ReturnReason": "models.returns",
    "ReturnStatus": "models.returns",
    "SalesChannel": "models.sales_channel",
    "ShippingMethod": "models.shipping",
    "ShippingMethodTaxLine": "models.shipping",
    "ShippingOption": "models.shipping",
    "ShippingOptionPriceType": "models.shipping",
    "Swap": "models.swap",
    "SwapFulfillmentStatus": "models.swap",
    "SwapPaymentStatus": "models.swap",
    "AuthResource": "resources.auth",
    "Resource": "resources.base",
    "OrdersResource": "resources.orders",
    "RetryAdapter": "retry",
    "RetryPolicy": "retry",
}

__all__ = [  # noqa: RUF022  # in the order of the modules above; type checkers want it spelled out
    "__version__",
    "Medusa",
    "MedusaAPIError",
    "MedusaAuthenticationError",
    "MedusaConflictError",
    "MedusaConnectionError",
    "MedusaDecodeError",
    "MedusaError",
    "MedusaInvalidRequestError",
    "MedusaNotFoundError",
    "MedusaPermissionError",
    "MedusaRateLimitError",
    "MedusaServerError",
    "MedusaTimeoutError",
    "NotLoadedError",
    "JSONObject",
    "Model",
    "is_loaded",
    "ClaimFulfillmentStatus",
    "ClaimImage",
    "ClaimItem",
    "ClaimOrder",
    "ClaimPaymentStatus",
    "ClaimReason",
    "ClaimTag",
    "ClaimType",
    "Address",
    "Customer",
    "AllocationType",
    "Discount",
    "DiscountRule",
    "DiscountRuleType",
    "Fulfillment",
    "FulfillmentItem",
    "TrackingLink",
    "GiftCard",
    "GiftCardTransaction",
    "LineItem",
    "LineItemAdjustment",
    "LineItemTaxLine",
    "FulfillmentStatus",
    "Order",
    "OrderStatus",
    "PaymentStatus",
    "StoreGetOrdersParams",
    "StorePostAuthReq",
    "StorePostCustomersCustomerAcceptClaimReq",
    "StorePostCustomersCustomerOrderClaimReq",
    "Payment",
    "Refund",
    "RefundReason",
    "ProductVariant",
    "Region",
    "Result",
    "StoreAuthRes",
    "StoreBearerAuthRes",
    "StoreGetAuthEmailRes",
    "StoreOrdersRes",
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
    "AuthResource",
    "Resource",
    "OrdersResource",
    "RetryAdapter",
    "RetryPolicy",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'medusa' has no attribute {name!r}")
    value = getattr(import_module(f"medusa.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""A Python SDK for the Store API of Medusa v1.

from medusa import Medusa

medusa = Medusa(base_url="http://localhost:9000", max_retries=3)
order = medusa.orders.retrieve("order_01G...").order
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ._options import Options as Options
    from .client import Medusa as Medusa
    from .errors import (
        MedusaAPIError as MedusaAPIError,
        MedusaAuthenticationError as MedusaAuthenticationError,
        MedusaConflictError as MedusaConflictError,
        MedusaConnectionError as MedusaConnectionError,
        MedusaDecodeError as MedusaDecodeError,
        MedusaError as MedusaError,
        MedusaInvalidRequestError as MedusaInvalidRequestError,
        MedusaNotFoundError as MedusaNotFoundError,
        MedusaPermissionError as MedusaPermissionError,
        MedusaRateLimitError as MedusaRateLimitError,
        MedusaServerError as MedusaServerError,
        MedusaTimeoutError as MedusaTimeoutError,
        NotLoadedError as NotLoadedError,
    )
    from .http.retry import RetryAdapter as RetryAdapter, RetryPolicy as RetryPolicy
    from .models.base import (
        JSONObject as JSONObject,
        Model as Model,
        entity as entity,
        field as field,
        is_loaded as is_loaded,
    )
    from .models.claim import (
        ClaimFulfillmentStatus as ClaimFulfillmentStatus,
        ClaimImage as ClaimImage,
        ClaimItem as ClaimItem,
        ClaimOrder as ClaimOrder,
        ClaimPaymentStatus as ClaimPaymentStatus,
        ClaimReason as ClaimReason,
        ClaimTag as ClaimTag,
        ClaimType as ClaimType,
    )
    from .models.customer import Address as Address, Customer as Customer
    from .models.discount import (
        AllocationType as AllocationType,
        Discount as Discount,
        DiscountRule as DiscountRule,
        DiscountRuleType as DiscountRuleType,
    )
    from .models.fulfillment import (
        Fulfillment as Fulfillment,
        FulfillmentItem as FulfillmentItem,
        TrackingLink as TrackingLink,
    )
    from .models.gift_card import GiftCard as GiftCard, GiftCardTransaction as GiftCardTransaction
    from .models.line_item import (
        LineItem as LineItem,
        LineItemAdjustment as LineItemAdjustment,
        LineItemTaxLine as LineItemTaxLine,
    )
    from .models.order import (
        FulfillmentStatus as FulfillmentStatus,
        Order as Order,
        OrderStatus as OrderStatus,
        PaymentStatus as PaymentStatus,
    )
    from .models.payment import Payment as Payment, Refund as Refund, RefundReason as RefundReason
    from .models.product import ProductVariant as ProductVariant
    from .models.region import Region as Region
    from .models.returns import (
        Return as Return,
        ReturnItem as ReturnItem,
        ReturnReason as ReturnReason,
        ReturnStatus as ReturnStatus,
    )
    from .models.sales_channel import SalesChannel as SalesChannel
    from .models.shipping import (
        ShippingMethod as ShippingMethod,
        ShippingMethodTaxLine as ShippingMethodTaxLine,
        ShippingOption as ShippingOption,
        ShippingOptionPriceType as ShippingOptionPriceType,
    )
    from .models.swap import (
        Swap as Swap,
        SwapFulfillmentStatus as SwapFulfillmentStatus,
        SwapPaymentStatus as SwapPaymentStatus,
    )
    from .options import ClientOptions as ClientOptions
    from .resources.auth import (
        AuthResource as AuthResource,
        StoreAuthRes as StoreAuthRes,
        StoreBearerAuthRes as StoreBearerAuthRes,
        StoreGetAuthEmailRes as StoreGetAuthEmailRes,
        StorePostAuthReq as StorePostAuthReq,
    )
    from .resources.base import Headers as Headers, Names as Names, Resource as Resource, Result as Result
    from .resources.custom import CustomResource as CustomResource
    from .resources.lazy import Lazy as Lazy, lazy as lazy
    from .resources.orders import (
        OrdersResource as OrdersResource,
        StoreGetOrdersParams as StoreGetOrdersParams,
        StoreOrdersRes as StoreOrdersRes,
        StorePostCustomersCustomerAcceptClaimReq as StorePostCustomersCustomerAcceptClaimReq,
        StorePostCustomersCustomerOrderClaimReq as StorePostCustomersCustomerOrderClaimReq,
    )

# Names are imported when first used: attrs, cattrs and fifty classes would make `import medusa` slow.
_HOMES = {
    "Medusa": "client",
    "Options": "_options",
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
    "entity": "models.base",
    "field": "models.base",
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
    "StoreGetOrdersParams": "resources.orders",
    "StorePostAuthReq": "resources.auth",
    "StorePostCustomersCustomerAcceptClaimReq": "resources.orders",
    "StorePostCustomersCustomerOrderClaimReq": "resources.orders",
    "Payment": "models.payment",
    "Refund": "models.payment",
    "RefundReason": "models.payment",
    "ProductVariant": "models.product",
    "Region": "models.region",
    "Result": "resources.base",
    "StoreAuthRes": "resources.auth",
    "StoreBearerAuthRes": "resources.auth",
    "StoreGetAuthEmailRes": "resources.auth",
    "StoreOrdersRes": "resources.orders",
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
    "RetryAdapter": "http.retry",
    "RetryPolicy": "http.retry",
    "ClientOptions": "options",
    "Headers": "resources.base",
    "Names": "resources.base",
    "CustomResource": "resources.custom",
    "Lazy": "resources.lazy",
    "lazy": "resources.lazy",
}

__all__ = [  # noqa: RUF022  # in the order of the modules above; type checkers want it spelled out
    "__version__",
    "Medusa",
    "Options",
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
    "entity",
    "field",
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
    "ClientOptions",
    "Headers",
    "Names",
    "CustomResource",
    "Lazy",
    "lazy",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(_no_attribute(name), name=name, obj=sys.modules[__name__])
    value = getattr(import_module(f"medusa.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def _no_attribute(name: str) -> str:
    """The text for a name that the package does not have."""
    said = f"module 'medusa' has no attribute {name!r}"
    if name in ("cli", "contrib", "sandbox"):
        return f"{said}: import it first, as in `import medusa.{name}`"
    if name.startswith("_"):
        return said
    from .client import RESOURCES_OF_JS, Medusa

    if name in RESOURCES_OF_JS or name in dir(Medusa):
        return f"{said}: create a client first, such as medusa.Medusa(base_url=...).{name}"
    return said


def __dir__() -> list[str]:
    return sorted(__all__)

"""The recorded exchanges of the Store, replayed on a sandbox: `replay.py` says how."""

from __future__ import annotations

import pytest

from release import ROOT

from .replay import PROFILES, Outcome, replay

DIFFERENT: dict[str, str] = {
    "The recorded payment provider has saved payment methods, or fails to look for them.": """
        payment_methods payment_methods_processor_without_method payment_methods_query
    """,
    "The recorded shop has no search service.": "products_search products_search_none",
    "The recorded search service knows a product of which nothing else was recorded.": "flags_products_search_empty",
    "The recorded shop has the feature flag of product categories off.": "product_retrieve_categories",
    "Unrecorded requests had moved the cart to another region.": "products_list_cart variant_retrieve_cart",
    "The request was sent while another one completed the same cart.": "co_concurrent_nokey_complete_2",
    "The sandbox lacks conditions of discounts, filters of a search and fields of relations, and says so with 501.": """
        products_list_many_ids products_list_many_ids_brackets products_list_fields_variants_title
        products_search_filter products_search_filter_object cart_discount_two_percentages cart_discount_item
        unknown_store_route store_root double_slash flags_products_search_filter flags_products_search_filter_object
    """,
    "The cart is one of a swap.": """
        swap_complete_unpaid swap_complete_client_key_again swap_complete_again
        swap_cart swap_cart_shipping swap_cart_sessions swap_negative_cart swap_negative_email
        swap_negative_shipping_post swap_negative_sessions swap_negative_address swap_cart_after hang_shipping
        backorder_swap_select
    """,
    "Medusa keeps an answer for its Idempotency-Key without a total that the answer itself had.": """
        ik_complete_server_key ik_line_item_server_key
    """,
    "The Idempotency-Key is that of a failed request to another route, of which Medusa keeps how far it came.": """
        ik_concurrent_0 ik_concurrent_1 ik_concurrent_2 ik_concurrent_3 ik_concurrent_4 ik_concurrent_5
    """,
    "The recorded shop has the feature flag of prices that include tax on.": """
        flags_products_list_expand_all flags_products_list_category flags_product_retrieve
        flags_product_retrieve_currency flags_product_retrieve_draft flags_product_retrieve_giftcard
        flags_product_retrieve_wholesale_without_key flags_product_retrieve_wholesale_with_key
        flags_product_retrieve_jpy flags_variants_list flags_variants_list_ids flags_variants_list_id
        flags_variants_list_id_array flags_variants_list_title_array flags_variants_list_inventory_gt
        flags_variants_list_limit_0 flags_variants_list_offset flags_variants_list_expand flags_variants_list_fields
        flags_variants_list_sales_channel flags_variants_list_customer_group flags_variant_retrieve
        flags_variant_retrieve_out_of_stock flags_variant_retrieve_backorder flags_variant_retrieve_unmanaged
        flags_variant_retrieve_fields flags_regions_list flags_region_retrieve_eu flags_region_retrieve_jp
        flags_region_retrieve_kw flags_region_retrieve_uk flags_cart_create_items flags_cart_uk
        flags_variants_list_cart flags_variant_retrieve_cart flags_product_retrieve_with_deleted_variant
    """,
}
"""Why the sandbox answers in another way, and to which requests."""

KNOWN = {case for cases in DIFFERENT.values() for case in cases.split()}


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [outcome for profile in PROFILES for outcome in replay(profile)]


def test_recorded_exchanges(outcomes: list[Outcome]) -> None:
    """All agree but those that are named above."""
    asked = [outcome for outcome in outcomes if not outcome.is_absent]
    agreeing = [outcome for outcome in asked if not outcome.differences]
    restored = sum(outcome.is_restored for outcome in agreeing)
    print(f"{len(agreeing)} of {len(asked)} recorded exchanges agree, {restored} of them from a restored state")
    page = " ".join((ROOT / "docs" / "testing.md").read_text().split())
    assert (
        f"Of {len(asked)} recorded exchanges of these routes, {len(agreeing)} come out as recorded, {restored}" in page
    )
    unexpected = {each.case: each.differences for each in asked if each.differences and each.case not in KNOWN}
    assert unexpected == {}
    assert {outcome.case for outcome in agreeing} & KNOWN == set()


def test_what_is_not_in_the_sandbox(outcomes: list[Outcome]) -> None:
    """Swaps, order edits and payment collections answer 501."""
    absent = [outcome for outcome in outcomes if outcome.is_absent]
    assert len(absent) > 80
    assert {outcome.case: outcome.differences for outcome in absent if outcome.differences} == {}

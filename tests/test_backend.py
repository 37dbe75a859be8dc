"""The profiles of the real backend."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, cast

import pytest

from medusa import Medusa
from release import ROOT

from .contract.shop import SEEDED_VARIANTS

RUN = [sys.executable, str(ROOT / "backend" / "run.py"), "start"]
PROVIDERS = {"Europe": ["manual"], "New York": ["manual"], "Testland": ["manual", "test-pay"]}


@pytest.fixture
def all_profiles(
    backend: dict[str, Any],
    backend_with_flags: dict[str, Any],
    backend_with_inventory: dict[str, Any],
    backend_as_seeded: dict[str, Any],
) -> dict[str, dict[str, Any]]:
    of_flags: dict[str, dict[str, Any]] = {"flags": backend_with_flags, "inventory": backend_with_inventory}
    return {"default": backend, "seeded": backend_as_seeded, **of_flags}


def rows(url: str, path: str, name: str) -> list[dict[str, Any]]:
    with Medusa(url) as medusa:
        return cast("list[dict[str, Any]]", medusa.request("GET", path)[name])


@pytest.mark.server
def test_all_profiles_run_at_once_with_servers_of_their_own(all_profiles: dict[str, dict[str, Any]]) -> None:
    for name in ("url", "data", "database_url", "medusa_pid", "postgres_pid", "publishable_api_key"):
        assert len({state[name] for state in all_profiles.values()}) == 4
    for profile, state in all_profiles.items():
        done = subprocess.run([*RUN, "--profile", profile], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (0, f"{state['url']}\n")


@pytest.mark.server
def test_only_testland_has_the_test_provider(all_profiles: dict[str, dict[str, Any]]) -> None:
    for state in all_profiles.values():
        regions = rows(state["url"], "/store/regions", "regions")
        found = {region["name"]: sorted(each["id"] for each in region["payment_providers"]) for region in regions}
        # Other tests add regions at the same time.
        assert {name: found[name] for name in PROVIDERS} == PROVIDERS


@pytest.mark.server
def test_the_profile_flags(backend: dict[str, Any], backend_with_flags: dict[str, Any]) -> None:
    categories = rows(backend_with_flags["url"], "/store/product-categories", "product_categories")
    seeded = {"clothes", "hats", "shirts", "inactive", "internal"}
    assert {category["handle"] for category in categories} & seeded == {"clothes", "hats", "shirts"}
    including = {
        region["name"]: region["includes_tax"]
        for region in rows(backend_with_flags["url"], "/store/regions", "regions")
    }
    assert [including[name] for name in ("Europe", "New York", "Testland")] == [False, False, True]
    assert rows(backend["url"], "/store/product-categories", "product_categories") == []
    assert all("includes_tax" not in region for region in rows(backend["url"], "/store/regions", "regions"))
    query = {"q": "straw hat"}
    with Medusa(backend_with_flags["url"]) as medusa:
        found = medusa.request("POST", "/store/products/search", json=query)
    assert ([hit["handle"] for hit in found["hits"]], found["estimatedTotalHits"]) == (["straw-hat"], 1)
    with Medusa(backend["url"]) as medusa:
        assert medusa.request("POST", "/store/products/search", json=query) == {"hits": []}


@pytest.mark.server
def test_the_profile_inventory(backend: dict[str, Any], backend_with_inventory: dict[str, Any]) -> None:
    variants = rows(backend_with_inventory["url"], "/store/variants?limit=0", "variants")
    purchasable = {variant["sku"]: variant["purchasable"] for variant in variants}
    assert [sku for sku in SEEDED_VARIANTS if not purchasable[sku]] == ["SHIRT-L-WHITE"]
    assert all("purchasable" not in variant for variant in rows(backend["url"], "/store/variants", "variants"))

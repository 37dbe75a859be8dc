"""Requests about products, variants, regions, collections, categories, tags and types."""

from __future__ import annotations

from ..mirror import Case, get, gets, post, posts

PRODUCTS = "/store/products"
PRODUCT = f"{PRODUCTS}/{{product.linen-shirt}}"
VARIANTS = "/store/variants"
VARIANT = f"{VARIANTS}/{{variant.SHIRT-M-BLUE}}"
REGIONS = "/store/regions"
REGION = f"{REGIONS}/{{region.Europe}}"
COLLECTIONS = "/store/collections"
CATEGORIES = "/store/product-categories"
CATEGORY = f"{CATEGORIES}/{{category.clothes}}"

KEY = {"x-publishable-api-key": "{key.Wholesale}"}
UNKNOWN_KEY = {"x-publishable-api-key": "pk_nope"}
IN_EACH_REGION = [f"region_id={{region.{name}}}" for name in ("Europe", "New York", "Testland")]
NO_PAGE = ["limit=x", "limit=-1", "offset=-1", "limit=1&limit=2", "limit=y&offset=x"]
DATES = [
    *("created_at[gte]=2020-01-01", "created_at[gte]=2999-01-01", "updated_at[lt]=2020-01-01", "created_at=2020"),
    *("created_at[gte]=yesterday", "created_at[near]=2020-01-01"),
]
UNKNOWN = ["nope=1", "nope=1&limit=x"]
EXPANSIONS = [
    *("expand=", "expand=variants", "expand=variants,variants.prices", "expand=variants.prices", "expand=nope"),
    *("expand=variants.options,options.values", "expand=images,nope,nix", "expand=sales_channels,profiles"),
    *("expand=collection", "expand=type", "expand=collection,type", "expand[]=images&expand[]=tags"),
]
FIELDS = [
    *("fields=", "fields=id", "fields=id,title", "fields=nope", "fields=id,nope,nix", "fields=titlefoo"),
    *("fields=*variants", "fields=-title", "fields=%2Btitle", "fields=-title,-id", "fields=title,-handle"),
    *("fields=profile_id", "fields=id&expand=images", "fields=id&expand=variants", "fields[a]=b"),
]
NO_PRICES = [
    *("currency_code=usd", "currency_code=EUR", "currency_code=xxx", "region_id={region.Europe}&currency_code=usd"),
    *("region_id=reg_nope", "region_id=reg_nope&expand=images", "cart_id=cart_nope"),
]

CASES: dict[tuple[str, str], list[Case]] = {
    ("GET", "/store/regions"): [
        *gets(REGIONS, ["", *NO_PAGE, *DATES, *UNKNOWN, "limit=1", "limit=", "limit=0", "limit=1.5", "offset=1000"]),
        *gets(REGIONS, ["order=name", "order=-name", "order=name&limit=1&offset=1", "order=nope"]),
        *gets(REGIONS, ["fields=id,name", "fields=", "fields=nope", "fields=-name", "fields=*countries"]),
        *gets(REGIONS, ["expand=", "expand=countries", "expand=currency,countries", "expand=nope"]),
    ],
    ("GET", "/store/regions/{id}"): [
        *gets(REGION, ["", "fields=id,name", "fields=nope", "expand=", "expand=currency", *UNKNOWN, "order=nope"]),
        *gets(REGION, ["created_at[gte]=2999-01-01", "created_at=x"]),
        *(get(f"{REGIONS}/{each}") for each in ("{region.New York}", "{region.Testland}", "reg_nope", "Europe")),
    ],
    ("GET", "/store/products"): [
        *gets(PRODUCTS, ["", *IN_EACH_REGION, *NO_PRICES, *EXPANSIONS, *FIELDS, *NO_PAGE, *DATES, *UNKNOWN]),
        *gets(PRODUCTS, ["order=title", "order=-title", "order=title&limit=2&offset=1", "order=-title&limit=0"]),
        *gets(PRODUCTS, ["order=nope", "order=-nope", "order=-", "order=profile_id", "limit=1.5&fields=id&expand="]),
        *gets(PRODUCTS, ["q=shirt", "q=SHIRT", "q=zzzz", "q=", "q=summer", "q=mug-350", "q=several%20sizes", "q=a_d"]),
        *gets(PRODUCTS, ["q=100%25", "q=hat&title=Candle", "handle=straw-hat", "handle[]=straw-hat", "handle=nope"]),
        *gets(PRODUCTS, ["title=Straw%20Hat", "title=straw%20hat", "description=x", "is_giftcard=true"]),
        *gets(PRODUCTS, ["is_giftcard=false", "is_giftcard=maybe", "is_giftcard[]=true&is_giftcard[]=false"]),
        *gets(PRODUCTS, ["id={product.straw-hat}", "id[]={product.straw-hat}&id[]={product.draft}", "id=a,b"]),
        *gets(
            PRODUCTS, ["tags[]={tag.linen}", "tags[]={tag.linen}&tags[]={tag.summer}", "tags=x", "tags=", "tags[]=x"]
        ),
        *gets(PRODUCTS, ["type_id[]={type.Shirt}", "type_id=x", "type_id[]=x", "category_id=x", "category_id[]=x"]),
        *gets(PRODUCTS, ["collection_id[]={collection.summer}", "collection_id=x", "collection_id[]=x"]),
        *gets(PRODUCTS, ["sales_channel_id[]={channel.Wholesale}", "sales_channel_id=x", "sales_channel_id[]=x"]),
        *gets(PRODUCTS, ["", "fields=id", "expand=variants", "sales_channel_id[]=x", "nope=1"], KEY),
        *gets(PRODUCTS, ["", "sales_channel_id[]={channel.Wholesale}"], UNKNOWN_KEY),
    ],
    ("GET", "/store/products/{id}"): [
        *gets(PRODUCT, ["", *IN_EACH_REGION, *NO_PRICES, *EXPANSIONS, *FIELDS, *UNKNOWN, "limit=1"]),
        *(
            get(f"{PRODUCTS}/{{product.{handle}}}?{query}")
            for handle in ("straw-hat", "draft", "gift-card", "crate-of-mugs", "candle")
            for query in ("", "region_id={region.Europe}", "region_id={region.Testland}")
        ),
        *gets(f"{PRODUCTS}/prod_nope", ["", "nope=1", "region_id=reg_nope", "cart_id=cart_nope"]),
        *(get(f"{PRODUCTS}/{each}") for each in ("straw-hat", "search", "search?q=x", "a/b", "")),
        *(get(path, KEY) for path in (PRODUCT, f"{PRODUCTS}/{{product.crate-of-mugs}}", f"{PRODUCTS}/prod_nope")),
        get(PRODUCT, UNKNOWN_KEY),
    ],
    ("GET", "/store/variants"): [
        *gets(VARIANTS, ["", *IN_EACH_REGION, *UNKNOWN, "limit=x", "limit=-1", "limit=1.5", "limit=0", "offset=999"]),
        *gets(VARIANTS, ["ids={variant.HAT}", "ids={variant.HAT},{variant.MUG-350}", "ids=x", "order=title"]),
        *gets(VARIANTS, ["id={variant.HAT}", "id[]={variant.HAT}&id[]={variant.MUG-350}", "title=One%20size"]),
        *gets(VARIANTS, ["title[]=25&title[]=50", "fields=id,sku", "fields=nope", "fields=", "expand=nope"]),
        *gets(VARIANTS, ["expand=", "expand=product", "expand=prices", "expand=options", "sales_channel_id=x"]),
        *gets(VARIANTS, ["currency_code=usd", "region_id=reg_nope", "cart_id=cart_nope"]),
        *gets(VARIANTS, ["ids={variant.CRATE-24}", "sales_channel_id=x"], KEY),
    ],
    ("GET", "/store/variants/{id}"): [
        *gets(VARIANT, ["", *IN_EACH_REGION, "currency_code=usd", "region_id=reg_nope", "cart_id=cart_nope", "nope=1"]),
        *gets(VARIANT, ["fields=id", "fields=id,title&expand=", "expand=prices", "expand=options", "fields=nope"]),
        *(get(f"{VARIANTS}/{{variant.{sku}}}?{IN_EACH_REGION[0]}") for sku in ("HAT", "GIFT-50", "DRAFT", "CRATE-24")),
        *(get(f"{VARIANTS}/{{variant.{sku}}}", KEY) for sku in ("HAT", "CRATE-24")),
        *(get(f"{VARIANTS}/variant_nope", headers) for headers in ({}, KEY, UNKNOWN_KEY)),
    ],
    ("GET", "/store/collections"): [
        *gets(
            COLLECTIONS, ["", *DATES, *UNKNOWN, "limit=1", "offset=1", "limit=x", "limit=-1", "limit=1.5", "limit=0"]
        ),
        *gets(
            COLLECTIONS, ["handle=x", "handle[]=summer", "handle[]=summer&handle[]=empty", "fields=id", "order=title"]
        ),
    ],
    ("GET", "/store/collections/{id}"): [
        *gets(f"{COLLECTIONS}/{{collection.summer}}", ["", "expand=products", "nope=1"]),
        *(get(f"{COLLECTIONS}/{each}") for each in ("{collection.empty}", "pcol_nope", "summer")),
    ],
    ("GET", "/store/product-categories"): gets(
        CATEGORIES, ["", "q=x", "limit=x", "nope=1", "fields=nope", "order=nope"]
    ),
    **{
        ("GET", path): [
            *gets(path, ["", *NO_PAGE, *DATES[:3], *DATES[4:], *UNKNOWN, "created_at=x", "created_at[gte]=2020"]),
            *gets(path, ["order=value", "order=-value&limit=1", "order=-value&limit=1&offset=1", "order=nope"]),
            *gets(path, ["limit=0", "limit=1.5&order=value", "q=SUM", "q=zzzz", "q=", "id=x", "id[]=a&id[]=b"]),
            *gets(path, ["value=summer", "value=Shirt", "value[]=summer&value[]=Shirt", "value[contains]=IR"]),
            *gets(path, ["value[starts_with]=s", "value[ends_with]=r", "value[gt]=m", "value[gt]=a&value[lt]=m"]),
            *gets(path, ["discount_condition_id=x", "fields=id", "order=metadata"]),
        ]
        for path in ("/store/product-tags", "/store/product-types")
    },
}

STORIES: dict[str, list[Case]] = {
    # A Medusa without feature flags has no search service, but it rejects the same requests.
    "a search that is refused": [
        *posts(f"{PRODUCTS}/search", ['{"q":1}', '{"q":"x","limit":"x"}', '{"offset":[]}', "[1]", "{x"]),
        post(f"{PRODUCTS}/search", {"q": "x"}, KEY),
        post(f"{PRODUCTS}/search", {"q": "x"}, UNKNOWN_KEY),
    ],
    "prices by a cart": [
        post("/store/carts", {"region_id": "{region.New York}"}, cart="cart.id"),
        *gets(PRODUCTS, ["cart_id={cart}", "cart_id={cart}&region_id={region.Europe}"]),
        *(get(f"{path}?cart_id={{cart}}") for path in (PRODUCT, VARIANT, VARIANTS)),
    ],
}

STORIES_WITH_FLAGS: dict[str, list[Case]] = {
    "categories": [
        *gets(CATEGORIES, ["", *NO_PAGE, *UNKNOWN, "limit=1", "limit=0", "offset=1", "order=name", "order=nope"]),
        *gets(CATEGORIES, ["q=shirt", "q=zzzz", "q=", "q=hat&handle=x", "handle=clothes", "parent_category_id=null"]),
        *gets(CATEGORIES, ["parent_category_id=", "parent_category_id=x", "parent_category_id={category.clothes}"]),
        *gets(CATEGORIES, [f"include_descendants_tree={value}" for value in ("true", "false", "x")]),
        *gets(CATEGORIES, ["fields=id", "fields=name", "fields=handle,rank", "fields=nope", "expand=", "expand=nope"]),
        *gets(CATEGORIES, ["expand=parent_category", "expand=category_children", "expand=products"]),
        *gets(CATEGORIES, ["expand=&include_descendants_tree=true", "fields=id,name,handle,rank&expand="]),
    ],
    "one category": [
        *gets(CATEGORY, ["", "fields=id", "fields=nope", "expand=", "expand=parent_category", "expand=products"]),
        *gets(CATEGORY, ["expand=category_children", "expand=nope", "limit=1", "nope=1"]),
        get(f"{CATEGORIES}/{{category.shirts}}"),
        get(f"{CATEGORIES}/pcat_nope"),
        get(f"{CATEGORIES}/clothes"),
    ],
    "products of categories": [
        *(
            get(f"{PRODUCTS}?category_id[]={{category.{handle}}}&fields=id&expand=images{more}")
            for handle in ("clothes", "shirts", "hats")
            for more in ("", "&include_category_children=true", "&include_category_children=false")
        ),
        *gets(PRODUCTS, ["expand=categories", "fields=id&expand=categories,images"]),
        get(f"{PRODUCT}?expand=categories"),
    ],
    "a search": [
        *(post(f"{PRODUCTS}/search", {"q": words, "limit": 5}) for words in ("zzzz", "straw hat", "STRAW")),
        post(f"{PRODUCTS}/search", {"q": "straw", "limit": "1", "offset": "0"}),
    ],
}
"""Stories for a Medusa with categories and a search service."""

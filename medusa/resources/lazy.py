"""Resources as attributes. A resource is imported and created when its attribute is first read."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Generic, Self, TypeVar, overload

__all__ = ["Lazy", "lazy"]

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Lazy(Generic[_T_co]):
    """The attribute that `lazy` creates. Reading it on a client or a resource returns the attached resource."""

    def __init__(self, target: str | type[_T_co]) -> None:
        self._target = target

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        target = self._target
        name = target.partition(":")[2] if isinstance(target, str) else target.__name__
        return f"<{type(self).__name__} {name}>"

    @overload
    def __get__(self, parent: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, parent: object, owner: type[Any]) -> _T_co: ...
    def __get__(self, parent: Any, owner: type[Any]) -> Any:
        if parent is None:
            return self
        cls: Any = self._target
        if isinstance(cls, str):
            module, _, name = cls.partition(":")
            cls = getattr(import_module(module), name)
        # Python looks up the instance's dictionary first, so this method runs only once for each parent.
        resource = parent.__dict__[self._name] = cls(parent)
        return resource


@overload
def lazy(target: type[_T]) -> Lazy[_T]: ...
@overload
def lazy(target: str) -> Any: ...
def lazy(target: Any) -> Any:
    """Attach a resource to a client or to another resource.

    `target` is a class, or a string `"module:Class"` that is imported when the attribute is first read::

        class Shop(Medusa):
            wishlists = lazy(WishlistsResource)
            reviews: Lazy[ReviewsResource] = lazy("shop.reviews:ReviewsResource")
    """
    return Lazy(target)

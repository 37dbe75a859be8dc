"""The fields and relations of an entity that are sent, depending on `fields` and `expand` in the query."""

from __future__ import annotations

import re

import attrs

from .database import Database
from .entities import JSON
from .relations import RELATIONS, load
from .responses import Refused, error_response, failed
from .validation import NotInSandboxError


@attrs.frozen
class Shape:
    """The fields and relations of an entity that a route sends, and the names that `fields` and `expand` accept."""

    kind: str
    columns: tuple[str, ...]
    """All columns of the entity."""
    relations: tuple[str, ...] = ()
    """The relations that are sent by default."""
    allowed_fields: tuple[str, ...] = ()
    """The names that `fields` accepts. If empty, all names are accepted, but unknown columns make the backend fail."""
    allowed_relations: tuple[str, ...] = ()
    default_fields: tuple[str, ...] = ()
    """The fields that are sent by default. If this is empty, all columns are sent."""

    def select(self, query: JSON, *, is_list: bool) -> Selection:
        """Return the selection for a query. Raises `Refused`."""
        fields, relations = [*(self.default_fields or self.columns)], [*self.relations]
        if "fields" in query:
            fields, whole = self._fields(query["fields"], is_list)
            relations += whole
        if "expand" in query:
            relations = [name for name in query["expand"].split(",") if name]
            wrong = [name for name in dict.fromkeys(relations) if name not in self.allowed_relations]
            if wrong and self.allowed_relations:
                raise _invalid(wrong)
        if not all(_is_relation(self.kind, name) for name in relations):
            raise failed()
        return Selection(self.kind, fields, relations)

    def _fields(self, text: str, is_list: bool) -> tuple[list[str], list[str]]:
        """Return the columns, and the relations that are requested with a star."""
        given = [field for field in text.split(",") if field]
        fields = [re.sub("^[+-]", "", field) for field in given]
        if given and all(field[0] in "+-*" for field in given):
            removed = {field[1:] for field in given if field.startswith("-")}
            fields = [*(self.default_fields or self.columns), *(field.removeprefix("+") for field in given)]
            fields = [field for field in fields if field not in removed and not field.startswith("-")]
        fields += ["created_at", "id"] if is_list else ["id"]
        fields = list(dict.fromkeys(fields))
        whole = [field[1:] for field in fields if field.startswith("*")]
        fields = [field for field in fields if not field.startswith("*")]
        if self.allowed_fields:
            wrong = [field for field in fields if not field.startswith(self.allowed_fields)]
            wrong += [name for name in whole if name not in self.allowed_fields]
            if wrong:
                raise _invalid(wrong)
        if nested_fields := [field for field in fields if "." in field and field in self.allowed_fields]:
            raise NotInSandboxError(f"The sandbox cannot select fields of relations: {nested_fields[0]}.")
        if not set(fields) <= set(self.columns):
            raise failed()
        return fields, whole


def _invalid(names: list[str]) -> Refused:
    return Refused(error_response(400, "invalid_data", f"Requested fields [{', '.join(names)}] are not valid"))


def _is_relation(kind: str, path: str) -> bool:
    name, _, deeper = path.partition(".")
    relation = RELATIONS.get(kind, {}).get(name)
    return relation is not None and (not deeper or _is_relation(relation.kind, deeper))


@attrs.frozen
class Selection:
    """The columns and relations of an entity that are sent."""

    kind: str
    fields: list[str]
    relations: list[str]

    def of(self, database: Database, row: JSON) -> JSON:
        """Return the fields and relations of a row that are sent."""
        loaded = load(database, self.kind, row, self.relations)
        relations = {name.partition(".")[0] for name in self.relations}
        return {name: value for name, value in loaded.items() if name in self.fields or name in relations}

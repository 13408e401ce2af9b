"""Converts inputs in memory into records' trees, and keeps the input path of each value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from api.errors import Problem
from api.intake.forms.inputs import InputType, ListOf, Shape, list_fields
from api.intake.forms.part import Part
from api.intake.read.files import Document, Location

# A path within an input, as clients see it.
InputPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputDocument(Document):
    """An input in memory: its problems have input paths in place of a file and lines."""

    paths: dict[Location, InputPath] = field(default_factory=dict)

    def where(self, location: Location) -> str:
        """Return the input path of a value, or of the nearest enclosing value."""
        while location and location not in self.paths:
            location = location[:-1]
        return ".".join(self.paths.get(location, ()))

    def name_home(self, home: str) -> str:
        """Return a dossier's name; of a file only its name, since clients see no paths."""
        return home.rpartition("/")[2]

    def problem(self, location: Location, text: str, code: str = "INVALID") -> Problem:
        """Return a problem with the input path of a value."""
        return Problem(self.where(location), 0, text, code)

    def whole_problem(self, text: str, code: str = "INVALID") -> Problem:
        """Return a problem of the whole input."""
        return self.problem((), text, code)


def new_document(path: InputPath) -> InputDocument:
    """Return an empty document for the input at a path."""
    return InputDocument(Path(), None, paths={(): path})


@dataclass(slots=True)
class InputReader:
    """Converts the values of one input, and collects what a record's tree cannot say."""

    paths: dict[Location, InputPath] = field(default_factory=dict)
    # The localized texts that give a language twice.
    repeats: list[tuple[Location, str]] = field(default_factory=list)

    def read(
        self, model: type[Part], given: Mapping[str, Any], location: Location, path: InputPath
    ) -> dict[str, Any]:
        """Return the tree of a record; fields that are null are left out."""
        self.paths[location] = path
        return {
            item.name: self._read_value(
                item.type, given[wire], (*location, item.name), (*path, wire)
            )
            for wire, item in list_fields(model).items()
            if given.get(wire) is not None
        }

    def _read_value(self, type_: InputType, value: Any, location: Location, path: InputPath) -> Any:
        self.paths[location] = path
        if isinstance(type_, ListOf):
            return [
                self._read_value(type_.item, item, (*location, number), (*path, str(number)))
                for number, item in enumerate(value)
            ]
        if type_ is Shape.TEXTS:
            return self._read_texts(value, location, path)
        if isinstance(type_, type) and issubclass(type_, Part):
            return self.read(type_, value, location, path)
        return str(value) if isinstance(value, Enum) else value

    def _read_texts(
        self, texts: Sequence[Mapping[str, str]], location: Location, path: InputPath
    ) -> dict[str, str]:
        read: dict[str, str] = {}
        for number, item in enumerate(texts):
            language = item["language"]
            below = (*location, language)
            if language in read:
                self.repeats.append((below, f"`{language}` is given twice: keep one of the texts"))
            read[language] = item["text"]
            self.paths[below] = (*path, str(number))
        return read

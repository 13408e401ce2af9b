"""What records may say besides who, when and where: what is refused, and why."""

from typing import Any

import pytest
from pydantic import ValidationError

from api.intake.forms.records import ActionRecord

ACTION = {"key": "a", "type": "AID", "title": {"en": "A"}}


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ([{"measure": "deaths"}], "a figure needs a number"),
        ([{"measure": "deaths", "low": "10", "best": "9"}], "not in ascending order"),
        ([{"measure": "deaths", "best": "-1"}], "is not a number"),
        ([{"measure": "the dead", "best": "1"}], "is not a valid code"),
        ([{"measure": "a", "best": "1"}, {"measure": "a", "low": "2"}], "have the same unit"),
    ],
)
def test_figures_that_are_refused(figures: list[Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ActionRecord.model_validate(ACTION | {"figures": figures})

"""What records may say besides who, when and where: what is refused, and why."""

from typing import Any

import pytest
from pydantic import ValidationError

from api.intake.forms.agreements import derive_status
from api.intake.forms.records import ActionRecord, AgreementRecord

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


AGREEMENT = {"key": "a", "type": "TREATY", "title": {"en": "A"}}
PARTIES = [{"role": "PARTY", "actor": "x"}, {"role": "PARTY", "actor": "y"}]


@pytest.mark.parametrize(
    ("milestones", "status"),
    [
        ([("SIGNED", None, None)], "SIGNED"),
        ([("SIGNED", "x", None)], "ANNOUNCED"),
        ([("SIGNED", None, None), ("RATIFIED", "x", None)], "SIGNED"),
        (
            [("RATIFIED", "y", "1980"), ("RATIFIED", "x", None), ("SIGNED", None, "1979")],
            "RATIFIED",
        ),
        ([("ENTERED_INTO_FORCE", None, "1981"), ("WITHDRAWN", "x", "1990")], "IN_FORCE"),
        (
            [("WITHDRAWN", "x", "1990"), ("WITHDRAWN", "y", "1991"), ("SIGNED", None, "1980")],
            "TERMINATED",
        ),
        ([("SUSPENDED", None, "1990"), ("ENTERED_INTO_FORCE", None, "1991")], "IN_FORCE"),
        ([("SIGNED", None, "1980"), ("ACCEDED", "z", "1990")], "SIGNED"),
    ],
)
def test_a_status_is_the_newest_that_all_parties_reached(
    milestones: list[tuple[str, str | None, str | None]], status: str
) -> None:
    told = [{"type": type_, "party": party, "date": date} for type_, party, date in milestones]
    agreement = AGREEMENT | {"participants": PARTIES, "milestones": told}
    assert derive_status(AgreementRecord.model_validate(agreement)) == status


def test_an_agreement_without_status_and_milestones_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs its `status`, or the `milestones`"):
        AgreementRecord.model_validate(AGREEMENT)

"""The status of an agreement, as it follows from its milestones."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from api.model.kinds import AgreementStatus, MilestoneType, ParticipantRole

# The status that a milestone leads to, for the parties that reached it.
REACHED = {
    MilestoneType.SIGNED: AgreementStatus.SIGNED,
    MilestoneType.RATIFIED: AgreementStatus.RATIFIED,
    MilestoneType.ACCEDED: AgreementStatus.RATIFIED,
    MilestoneType.PROVISIONALLY_APPLIED: AgreementStatus.IN_FORCE,
    MilestoneType.ENTERED_INTO_FORCE: AgreementStatus.IN_FORCE,
    MilestoneType.SUSPENDED: AgreementStatus.SUSPENDED,
    MilestoneType.WITHDRAWN: AgreementStatus.TERMINATED,
    MilestoneType.TERMINATED: AgreementStatus.TERMINATED,
}
STEPS = [AgreementStatus.ANNOUNCED, *dict.fromkeys(REACHED.values())]


def derive_status(agreement: Any) -> AgreementStatus:
    """Return the newest status that all parties reached; ANNOUNCED if some reached none.

    A milestone without a party is of all of them, and one without a known date is as late as the
    one listed before it.
    """
    parties = {
        item.actor for item in agreement.participants if item.role is ParticipantRole.PARTY
    } | {item.party for item in agreement.milestones if item.party}
    newest = dict.fromkeys(parties or {None}, AgreementStatus.ANNOUNCED)
    for item in _sort_by_date(agreement.milestones):
        for party in [item.party] if item.party else newest:
            newest[party] = REACHED[item.type]
    return min(newest.values(), key=STEPS.index)


def _sort_by_date(milestones: Iterable[Any]) -> list[Any]:
    dated, latest = [], date.min
    for item in milestones:
        latest = (item.date and item.date.parse().earliest) or latest
        dated.append((latest, item))
    return [item for _, item in sorted(dated, key=itemgetter(0))]

"""What the data is: the tables, and nothing else of ours."""

from api.model.actors import (
    Actor,
    ActorCandidate,
    ActorName,
    Office,
    Place,
    PlaceWithin,
    Topic,
    TopicWithin,
)
from api.model.articles import Article, Attribution, Claim, Report
from api.model.columns import METADATA
from api.model.events import (
    Agreement,
    AgreementAim,
    Appeal,
    Event,
    EventCode,
    EventLink,
    EventTopic,
    Meeting,
    Participation,
    Provision,
    ProvisionTopic,
    Statement,
)
from api.model.records import Change, Country, Dossier, Language, Record, Revision

__all__ = [
    "METADATA",
    "Actor",
    "ActorCandidate",
    "ActorName",
    "Agreement",
    "AgreementAim",
    "Appeal",
    "Article",
    "Attribution",
    "Change",
    "Claim",
    "Country",
    "Dossier",
    "Event",
    "EventCode",
    "EventLink",
    "EventTopic",
    "Language",
    "Meeting",
    "Office",
    "Participation",
    "Place",
    "PlaceWithin",
    "Provision",
    "ProvisionTopic",
    "Record",
    "Report",
    "Revision",
    "Statement",
    "Topic",
    "TopicWithin",
]

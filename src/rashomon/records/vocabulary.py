"""The closed vocabularies of the reading format, as types: a value outside them cannot be decoded."""

from __future__ import annotations

from typing import Literal

Genre = Literal[
    "report", "analysis", "opinion", "editorial", "statement", "interview", "live-blog", "transcript", "satire"
]
DateBasis = Literal["stated", "inferred", "unknown"]
BoilerplateKind = Literal[
    "navigation",
    "byline",
    "caption",
    "promo",
    "disclaimer",
    "comment-widget",
    "related-links",
    "contact",
    "syndication-footer",
    "other",
]
Region = Literal[
    "body",
    "boilerplate:navigation",
    "boilerplate:byline",
    "boilerplate:caption",
    "boilerplate:promo",
    "boilerplate:disclaimer",
    "boilerplate:comment-widget",
    "boilerplate:related-links",
    "boilerplate:contact",
    "boilerplate:syndication-footer",
    "boilerplate:other",
]
ClaimKind = Literal["direct", "indirect", "mixed", "block"]
Hedge = Literal["none", "weak", "strong"]
Stance = Literal[
    "asserts",
    "accuses",
    "claims-responsibility",
    "denies-occurrence",
    "denies-responsibility",
    "disputes-figure",
    "could-not-verify",
    "declines",
    "did-not-respond",
    "retracts",
]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "NONE",
]
ActorRole = Literal["named", "accused", "claimed", "inferred"]
Direction = Literal["directed", "reciprocal", "unstated"]
PlaceRole = Literal["where", "target", "origin", "destination", "area"]
PlacePrecision = Literal["point", "town", "district", "province", "country", "region"]
TimeBasis = Literal["stated", "anchored", "report-date", "unknown"]
Modality = Literal["asserted", "possible", "planned", "predicted", "conditional", "demanded"]
Polarity = Literal["positive", "negative"]
Outcome = Literal["success", "failure", "ongoing", "unknown"]
Bound = Literal["exact", "at-least", "at-most", "about", "range", "vague"]
HarmStatus = Literal["civilian", "combatant", "mixed", "unstated"]
Scope = Literal["incident", "day", "period", "campaign"]
Part = Literal["total", "subset"]
EntityKind = Literal["state", "government", "armed-force", "armed-group", "igo", "media", "person", "place", "other"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PledgeKind = Literal["agreement", "ceasefire", "commitment", "demand", "offer", "proposal", "request", "threat"]
PledgeStatus = Literal["in-force", "broken", "kept", "expired", "extended", "accepted", "rejected"]
Voice = Literal["author", "quoted"]
ControlKind = Literal["change", "hold", "attempted", "predicted"]
Relation = Literal["disagree", "agree", "compatible", "superseded", "different_referent", "vaguer", "denied", "silent"]

"""Whether the grammar around the name of a place says that something happens there."""

from __future__ import annotations

from worldstage.coding.view import View
from worldstage.coding.words import words

# Nouns that a name of a place may stand before or after: *Idlib province*, *the city of Raqqa*, *Kabul airport*.
PLACE_NOUNS = words(
    "avenue boulevard compound residence lane park province governorate region district county oblast krai "
    "prefecture department state territory area zone sector city town village hamlet municipality capital suburb "
    "neighbourhood neighborhood quarter township settlement port harbour harbor island islands peninsula coast "
    "coastline shore border frontier valley mountains hills plain desert river lake gulf strait sea airport "
    "airfield airbase base camp garrison barracks station square street road highway bridge university hospital "
    "mosque church cathedral market stadium hotel prison embassy consulate checkpoint crossing enclave corridor "
    "countryside outskirt outskirts edge centre center downtown heart hinterland north south east west northeast "
    "northwest southeast southwest part rest interior stronghold bastion headquarters streets ghetto slum factory "
    "plant palace courthouse parliament international airspace waters soil territories"
)
REGION_NOUNS = words("province governorate region oblast krai prefecture department state county territory")
# *The capture of Tikrit*, *the war in Iraq*: nouns whose *of*-phrase says where.
_HAPPENINGS = words(
    "bombing siege battle capture recapture fall shelling invasion liberation occupation annexation seizure "
    "storming bombardment assault sack relief encirclement evacuation blockade destruction defence defense "
    "takeover conquest partition control tour visit raid attack"
)
_STRIKES = words(
    "attack strike airstrike assault raid siege advance march offensive bombing shelling bombardment missile "
    "rocket crackdown invasion fire shell bomb rain drop descend converge target operation incursion airdrop "
    "sortie curfew"
)
_GOING = words(
    "visit trip travel fly go arrive return come head move rush journey pilgrimage tour send deploy bring "
    "transfer march drive sail cross flight mission voyage invite escort dispatch deport extradite airlift "
    "advance withdraw retreat descend flock accompany"
)
_LEAVING = words("withdraw pull retreat flee evacuate expel escape withdrawal evacuation depart deport oust drive")
_PART_OF_NAME = words("compound nmod amod poss nummod conj appos")
_FLYING = words("fly down shoot flight overflight explode crash circle hover patrol jet plane zone")
_FIGHTING = words("battle fight struggle")
# Verbs whose object is where they happen; the second set holds for countries too.
_REACHING = words(
    "enter reach storm bomb bombard shell strike hit attack capture seize recapture retake besiege liberate "
    "occupy pound target raid overrun take control surround encircle evacuate rock shake leave flee cross patrol "
    "defend blockade raze"
)
# The same for capitals, whose name may stand for a government; and what does so by force alone.
_FORCING = words(
    "storm bomb bombard shell besiege capture seize recapture retake liberate pound surround encircle evacuate"
)
_TAKING = _FORCING | words("enter flee reach invade overrun occupy raid raze blockade")
_BLOWS = words("airstrike raid siege advance march offensive bombing shelling bombardment fall rain assault")
_STRIKING = words("hit strike target attack batter rock shake")
_WEAPONS = words(
    "missile rocket drone strike airstrike bomb shell bombing warplane jet plane earthquake quake storm cyclone "
    "typhoon hurricane flood blast explosion tremor"
)
_ENTERING = words("visit enter invade leave tour occupy bomb flee devastate ravage rock shake overrun cross annex")
# *An interest in Syria* is not in Syria.
_MENTAL = words(
    "interest interested confidence trust faith belief believe disappointed role stake lose aim direct anger "
    "angry level laugh"
)
_IN = words("in at near outside inside around across throughout within off amid")
_DIRECTIONS = words("north south east west northeast northwest southeast southwest kilometre kilometres km mile miles")


def governor(view: View, head: int, places: frozenset[int] | set[int]) -> int:
    """The token on whose place in the sentence the role of a name depends.

    From *Raqqa* in *the Syrian city of Raqqa* to *city*, from *Helmand* in *Helmand province* to *province*, from the
    second place of a list to the first.

    Parameters
    ----------
    places
        Tokens of names of places.
    """
    node = head
    for _ in range(5):
        above, link = view.head[node], view.dep[node]
        if above == node:
            break
        listed = link in ("conj", "appos") and above in places
        if listed or (link in _PART_OF_NAME and view.lemma[above] in PLACE_NOUNS):
            node = above
        elif link == "pobj" and view.lower[above] == "of" and _names_a_place(view, view.head[above]):
            node = view.head[above]
        else:
            break
    return node


def _names_a_place(view: View, noun: int) -> bool:
    return view.lemma[noun] in PLACE_NOUNS or view.lower[noun] in _DIRECTIONS


def says_where(view: View, node: int, *, kind: str) -> bool:
    """Whether the phrase at token `node` says where something happens.

    Parameters
    ----------
    kind
        What the place is (`Spot.kind`): countries and capitals may be acted upon without being where it happens.
    """
    above, link = view.head[node], view.dep[node]
    if link == "pobj":
        return _prepositional(view, above, node)
    if link in ("dobj", "nsubjpass") and _reached(view, above, kind):
        return True
    if link in ("advmod", "npadvmod") and view.lower[node] in _DIRECTIONS:
        return True
    # The parser hangs the second of two prepositional phrases anywhere: what stands before the name decides.
    b = view.sents[view.sent[node]][0]
    before = view.lower[node - 1] if node > b else ""
    return link not in ("nsubj", "poss") and (before in _IN or before == "over") and view.pos[node - 1] == "ADP"


def _reached(view: View, verb: int, kind: str) -> bool:
    lemma = view.lemma[verb]
    if lemma in _ENTERING or (kind not in ("country", "capital") and lemma in _REACHING):
        return True
    if lemma in _STRIKING:
        return any(view.dep[c] in ("nsubj", "agent") and _is_weapon(view, c) for c in view.children[verb])
    return lemma in _FORCING and kind != "country"


def _is_weapon(view: View, i: int) -> bool:
    return view.lemma[i] in _WEAPONS or any(view.lemma[c] in _WEAPONS for c in view.children[i])


def is_taken(view: View, i: int) -> bool:
    """Whether a name is the object of a verb, or of a blow, that mostly falls on places: *seized Goma*."""
    above, link = view.head[i], view.dep[i]
    if link in ("dobj", "nsubjpass"):
        return view.lemma[above] in _TAKING or (view.lemma[above] in _STRIKING and _reached(view, above, "capital"))
    return link == "pobj" and view.lower[above] == "on" and view.lemma[view.head[above]] in _BLOWS


def _prepositional(view: View, prep: int, node: int) -> bool:
    word = view.lower[prep]
    over = view.lemma[view.head[prep]]
    if word in _IN:
        return over not in _MENTAL
    if word == "on":
        return view.lemma[node] in PLACE_NOUNS or over in _STRIKES or over in _REACHING
    if word == "over":
        return over in _FLYING
    if word == "of":
        return over in _HAPPENINGS
    if word in ("to", "into", "onto", "towards", "toward", "through"):
        return word in ("into", "through") or over in _GOING
    if word == "from":
        return over in _LEAVING
    if word == "for":
        return over in _FIGHTING
    return word in ("along", "above", "beyond", "via", "beside", "opposite")


def is_happening(view: View, node: int) -> bool:
    """*The Paris attacks*, *the Geneva talks*: a name before the noun of an event that took place there."""
    return view.dep[node] in ("compound", "nmod", "poss", "amod") and view.lemma[view.head[node]] in _EVENTS


_EVENTS = words(
    "attack bombing blast explosion shooting massacre siege battle offensive talk talks summit conference meeting "
    "negotiation protest rally demonstration riot uprising clash fighting raid trial election airstrike strike "
    "ceasefire truce earthquake flood fire crash visit trip tour session round forum march coup killing murder "
    "assault operation"
)

"""Who speaks and of whom: from tokens of a parse to actors."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from worldstage.coding.mentions import Mention
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Actor

# Nouns that carry somebody's words: the speaker is whose statement it is.
_CARRIERS = words(
    "account aide ambassador announcement assessment bulletin cable chairman chief commander comment commentary "
    "communique communiqué declaration delegate department diplomat document editorial embassy head interview "
    "lawyer letter memo message minister note office official page paper post press release remark reply report "
    "representative response secretary service source speech spokesman spokesperson spokeswoman statement text "
    "tweet website"
)
# Carriers that speak for themselves when nobody is named with them.
_PEOPLE = words(
    "aide ambassador analyst chairman chief commander delegate diplomat expert head lawyer minister official "
    "representative resident secretary source spokesman spokesperson spokeswoman witness"
)
_THINGS = words(
    "agreement article book constitution contract convention data document draft evidence figure finding footage "
    "headline it law map newspaper paper plan poll proposal record report resolution result rule sign study survey "
    "text that this treaty video which"
)
# Whose country the surroundings do not tell.
_OBSERVERS = words("academic analyst commentator critic economist expert historian observer researcher scholar")
_WHERE = frozenset(
    {"in", "at", "near", "from", "to", "into", "around", "outside", "inside", "across", "over", "through", "towards"}
)
_LINKS = frozenset({"of", "by", "from", "for", "at", "in", "with"})
_MEDIA = frozenset({"MED"})
_PRIVATE = frozenset({"CVL", "EDU", "MED", "BUS", "UNK"})
# Whoever spoke at most so many sentences ago is meant by *he said*.
_REACH = 2
# So many mentions back a body is looked for that *the ministry* may mean.
_BACK = 200
_NARRATOR = words("i we you me us one who what there this that these those everyone someone somebody")


def key(actor: Actor) -> tuple[str, str, str | None]:
    """What makes two actors of one document the same: code (or name), sector, person."""
    return actor.code or actor.name, actor.sector, actor.person


class Voices:
    """The actors of one document by token, and who spoke last.

    Attributes
    ----------
    last
        Who spoke last and the sentence of it; remembered for *he said*, *the statement said* and quotations that
        go on.
    """

    def __init__(self, view: View, mentions: Sequence[Mention]) -> None:
        self.view = view
        self.mentions = sorted(mentions, key=lambda m: m.head)
        self._heads = [m.head for m in self.mentions]
        self._by_head = {m.head: m for m in mentions}
        self._cover: dict[int, Mention] = {}
        self._named = {
            a.code
            for m in mentions
            if m.kind != "pronoun" and "surroundings" not in m.reason
            for a in m.actors
            if a.code
        }
        self._meant: dict[Actor, Actor] = {}
        for m in mentions:
            for i in range(m.first, m.last):
                self._cover.setdefault(i, m)
        self.last: tuple[Actor, ...] = ()
        self.last_sentence = -9

    def mention(self, i: int) -> Mention | None:
        """The mention that hangs on token `i` or holds it."""
        return self._by_head.get(i) or self._cover.get(i)

    def names_all(self, first: int, last: int) -> bool:
        """Whether the half-open token range is nothing but the name of an actor, an article apart."""
        m = self.mention(last - 1)
        return m is not None and m.last >= last and m.first <= first + 1

    def _between(self, first: int, last: int) -> list[Mention]:
        """Mentions whose head stands in the half-open token range."""
        return self.mentions[bisect_left(self._heads, first) : bisect_left(self._heads, last)]

    def remember(self, actors: tuple[Actor, ...], sentence: int) -> None:
        """Note who spoke in a sentence."""
        self.last, self.last_sentence = actors, sentence

    def speakers(self, i: int) -> tuple[Actor, ...]:
        """Who speaks, given the subject token: one actor, or several for *Lavrov and Kerry*; none where unknown."""
        if i < 0:
            return ()
        found = list(self._one(i))
        for c in self.view.children[i]:
            if self.view.dep[c] == "conj" and found and self.mention(c) is not None:
                found.extend(self._one(c))
        return tuple({key(a): a for a in reversed(found)}.values())[::-1]

    def _one(self, i: int) -> tuple[Actor, ...]:
        view = self.view
        low = view.lower[i]
        m = self.mention(i)
        if m is not None and (view.pos[i] != "PRON" or m.kind == "pronoun"):
            return self._pronoun(i, m) if m.kind == "pronoun" else self._described(i, m)
        if view.pos[i] == "PRON" or low in _NARRATOR:
            return self._spoke_before(i) if low in ("he", "she", "they", "it") else ()
        lemma = view.lemma[i]
        if lemma in _CARRIERS:
            owner = self._owner(i)
            if owner:
                return owner
            if lemma not in _PEOPLE:
                return self._spoke_before(i)
        if lemma in _THINGS or view.pos[i] not in ("NOUN", "PROPN") or view.ent[i] in ("DATE", "TIME", "CARDINAL"):
            return ()
        if view.pos[i] == "NOUN" and lemma not in _PEOPLE:
            return ()
        left = min((c for c in view.children[i] if view.dep[c] in ("compound", "amod", "nmod", "poss")), default=i)
        text = view.words(min(left, i), i + 1)
        return (Actor(None, text, text=text),)

    def _pronoun(self, i: int, m: Mention) -> tuple[Actor, ...]:
        """Whom *he* stands for: a subject just before, else whoever spoke last, else the mention's own guess."""
        view = self.view
        if view.lower[i] in ("he", "she") and self._recent(i) and self.last[0].person:
            names = {a.person for a in m.actors}
            b = view.sents[max(view.sent[i] - 1, 0)][0]
            near = any(
                other.kind != "pronoun"
                and view.dep[other.head] in ("nsubj", "nsubjpass")
                and other.actors[0].person in names
                for other in self._between(b, i)
            )
            if not near:
                return tuple(replace(a, text=view.text[i]) for a in self.last)
        return tuple(self._meaning(a, view.text[i]) for a in m.actors)

    def _meaning(self, actor: Actor, text: str) -> Actor:
        """The actor for which an earlier description, to which a pronoun points back, was found to stand."""
        found = self._meant.get(replace(actor, text=""))
        return replace(found, text=text) if found else actor

    def _recent(self, i: int) -> bool:
        return bool(self.last) and 0 <= self.view.sent[i] - self.last_sentence <= _REACH

    def _described(self, i: int, m: Mention) -> tuple[Actor, ...]:
        """A name, or a description: with the name beside it, or of somebody named before."""
        found = self._with_apposition(i, m)
        if m.reason.startswith("title") and found[0].sector in _PRIVATE:
            # *Student Taj Khan told the BBC*: the country near by is not theirs.
            return tuple(replace(a, code=None, name=a.person or a.name, country=None) for a in found)
        if found != m.actors or m.kind != "role" or "surroundings" not in m.reason or len(found) != 1:
            return found
        one = found[0]
        meant = self._same_body(i, one) or self._same_person(i, m)
        if meant is not None:
            meant = replace(meant, text=one.text)
            self._meant[replace(one, text="")] = meant
            return (meant,)
        return found

    def _same_body(self, i: int, one: Actor) -> Actor | None:
        """*The ministry* after *the Russian foreign ministry*: the last body of that kind with a country of its own."""
        lemma = self.view.lemma[i]
        for other in reversed(self._between(0, i)[-_BACK:]):
            if self.view.lemma[other.head] == lemma and other.kind == "role":
                known = other.actors[0]
                if "surroundings" not in other.reason and known.code and known.sector == one.sector:
                    return known
        return None

    def _same_person(self, i: int, m: Mention) -> Actor | None:
        """*The top diplomat said* right after words of Lavrov."""
        children = self.view.children[i]
        bare = not any(self.view.dep[c] in ("appos", "prep", "relcl", "poss") for c in children)
        definite = any(self.view.lower[c] == "the" for c in children)
        sector = m.actors[0].sector
        if not (m.person and definite and bare and sector != "UNK" and self._recent(i)):
            return None
        last = self.last[0]
        return last if last.person and len(self.last) == 1 and last.sector == sector else None

    def _with_apposition(self, i: int, m: Mention) -> tuple[Actor, ...]:
        """Add the name to the office: *the prime minister, Manuel Valls*."""
        if len(m.actors) == 1 and m.actors[0].person is None:
            for c in self.view.children[i]:
                other = self._by_head.get(c) if self.view.dep[c] == "appos" else None
                if other is None or not other.person:
                    continue
                one, name = m.actors[0], other.actors[0]
                person = name.person or name.name
                if name.code and name.code != one.code:
                    return other.actors
                return (replace(one, person=person, office=one.office or name.office),)
        if self.view.lemma[i] in _OBSERVERS and "surroundings" in m.reason:
            return tuple(Actor(None, a.text, None, a.sector, a.person, a.office, a.text) for a in m.actors)
        return m.actors

    def _owner(self, i: int) -> tuple[Actor, ...]:
        """Whose statement, report or spokesman it is."""
        view = self.view
        for c in view.children[i]:
            if view.dep[c] in ("poss", "compound", "amod", "nmod"):
                m = self.mention(c)
                if m is not None and m.actors[0].code:
                    return m.actors
            elif view.dep[c] in ("prep", "agent") and view.lower[c] in _LINKS:
                for g in view.children[c]:
                    m = self.mention(g) if view.dep[g] == "pobj" else None
                    if m is not None:
                        return m.actors
            elif view.dep[c] == "acl" and view.lemma[c] in ("issue", "release", "publish", "sign", "make"):
                by = next((g for g in view.children[c] if view.dep[g] == "agent"), -1)
                for g in view.children[by] if by >= 0 else ():
                    m = self.mention(g)
                    if m is not None:
                        return m.actors
        return self._issuer(i)

    def _issuer(self, i: int) -> tuple[Actor, ...]:
        """*The ministry issued a statement saying …*"""
        verb = self.view.head[i]
        if self.view.dep[i] == "dobj" and self.view.pos[verb] == "VERB":
            for c in self.view.children[verb]:
                m = self.mention(c) if self.view.dep[c] == "nsubj" else None
                if m is not None:
                    return m.actors
        return ()

    def _spoke_before(self, i: int) -> tuple[Actor, ...]:
        """The last speaker, for a pronoun or a statement without an owner, if that was at most two sentences ago."""
        if not self._recent(i):
            return ()
        low = self.view.lower[i]
        if low in ("he", "she") and not any(a.person or a.office for a in self.last):
            return ()
        return tuple(replace(a, text=self.view.text[i]) for a in self.last)

    def addressed(self, i: int, speakers: Iterable[Actor]) -> Actor | None:
        """The actor addressed or accused at token `i`, if not the speaker's own side or the press."""
        m = self.mention(i) if i >= 0 else None
        if m is None or m.actors[0].sector in _MEDIA or "surroundings" in m.reason:
            return None
        own = {a.code or a.name for a in speakers}
        return next((a for a in m.actors if a.code and a.code not in own), None)

    def spoken_of(self, ranges: Iterable[tuple[int, int]], speakers: Iterable[Actor]) -> Actor | None:
        """The main actor, other than the speaker's own side, that the words name.

        The one named most often, where a place (*in Syria*) counts half; among those, a subject before others, then the
        first. Failing a foreign one, another person of the speaker's own side.
        """
        speakers = list(speakers)
        own, persons = {a.code or a.name for a in speakers}, {a.person for a in speakers}
        counts: Counter[str] = Counter()  # in halves
        best: dict[str, tuple[bool, int, Actor]] = {}
        at_home: Actor | None = None
        for first, last in ranges:
            for i in range(first, last):
                m = self._by_head.get(i)
                if m is None or m.kind == "unknown" or "surroundings" in m.reason:
                    continue
                for a in m.actors:
                    if a.code not in self._named or a.sector in _MEDIA:
                        continue
                    if a.code in own:
                        if a.person and a.person not in persons and m.kind == "name":
                            at_home = at_home or a
                        continue
                    where = self._where(m)
                    if where == 0:
                        continue
                    counts[a.code] += where
                    rank = (self.view.dep[i] not in ("nsubj", "nsubjpass"), i, a)
                    if a.code not in best or rank[:2] < best[a.code][:2]:
                        best[a.code] = rank
        if not counts:
            return at_home
        code = min(counts, key=lambda c: (-counts[c], best[c][:2]))
        return best[code][2]

    def _where(self, m: Mention) -> int:
        """Weight of a mention as somebody spoken of: 2, 1 for a country that is a place, 0 for a town that is one."""
        view = self.view
        if view.dep[m.head] != "pobj" or view.lower[view.head[m.head]] not in _WHERE or m.hit is None or m.person:
            return 2
        return 0 if all(e.kind in ("capital", "region") for e in m.hit.entries) else 1

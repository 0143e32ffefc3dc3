"""Words for saying: verbs by what follows them, nouns, and what stands around them."""

from __future__ import annotations

from worldstage.coding.words import words

# Verbs whose finite clause is what somebody says.
SAYING = words(
    "acknowledge add admit advise affirm agree allege announce answer argue assert assure believe boast "
    "caution charge claim clarify comment complain concede conclude confess confirm contend counter declare decree "
    "demand deny disclose doubt emphasise emphasize estimate expect explain fear forecast hint hold hope imply "
    "indicate inform insist joke lament maintain mention note notify observe order plead pledge post predict proclaim "
    "promise propose quip reaffirm recall recommend reckon reiterate remark remind repeat reply report request "
    "respond retort reveal rule say signal specify speculate state stress suggest swear tell testify think threaten "
    "tweet underline underscore urge vow warn wonder write"
)
# Verbs that also take clauses of other kinds: only a *that* makes a saying of them.
WITH_THAT = words("agree charge decree demand hold order request respond")
# Verbs that report attitudes: their negation is a statement too.
ATTITUDE = words("believe expect think")
INFINITIVE = words("claim deny hope offer pledge promise propose recommend suggest swear threaten undertake vow")
ORDER = words("advise appeal ask beg call command exhort implore instruct order request tell urge warn")
OBJECT = words(
    "demand deny emphasise emphasize express pledge predict promise propose reaffirm reiterate stress threaten "
    "underline underscore voice vow"
)
PREPOSITION = {
    "accuse": ("of",),
    "blame": ("for",),
    "warn": ("of", "against", "about"),
    "call": ("for",),
    "appeal": ("for",),
    "complain": ("of", "about"),
    "threaten": ("with",),
}
NAMING = words("brand call characterise characterize decry denounce describe dismiss dub hail label liken term")
# Verbs that lead in quoted words without a clause of their own.
QUOTING = words(
    "applaud ask attack blast call chant condemn continue criticise criticize cry deplore defend go mock praise put "
    "question rebuke reject reprimand shout slam welcome whisper yell"
)
NOUNS = words(
    "accusation allegation announcement argument assertion assessment assurance belief claim complaint contention "
    "conviction insistence message pledge position promise statement suggestion threat view vow warning"
)
REPORTING = SAYING | INFINITIVE | ORDER | OBJECT | NAMING | QUOTING | frozenset(PREPOSITION)
AS_SAID = words("announce argue claim declare explain note observe put remark report say state write")
# What an object may be followed by: *voiced support | for the plan*.
GOES_ON = frozenset({"about", "against", "at", "for", "of", "on", "over", "that", "to", "towards", "with"})
SPECIAL = frozenset({"point", "make"})
CUES = REPORTING | SPECIAL | NOUNS | {"according", "accord", "view", "opinion", "word", "estimation"}
OPINION = frozenset({"view", "opinion", "word", "estimation", "eye", "assessment"})
# Verbs above an infinitive that leave the saying a fact: *went on to say*.
CARRYING = words("go come continue begin take use proceed rush hasten phone emerge return write")
NOT_SAID = frozenset({"will", "would", "may", "might", "could", "can", "should", "must", "shall"})
IF = frozenset({"if", "unless", "whether"})
MARKS = frozenset({"”", '"', "’", "'", "''", ","})
SPEAKING = frozenset({"PERSON", "ORG", "GPE"})
EDGE = frozenset({",", ":", ";", ".", "—", "–", "-", "that", "", " "})

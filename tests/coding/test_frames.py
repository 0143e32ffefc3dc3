import pytest

from worldstage.coding.frames import frame


@pytest.fixture
def read(view_of):
    """A sentence and one of its words → the view and the frame of that word."""

    def run(text, predicate):
        view = view_of(text)
        return view, frame(view, view.text.index(predicate))

    return run


def named(view, i):
    return view.text[i] if i >= 0 else None


# sentence, predicate, subject, object
ACTIVE = [
    ("Russia bombed the rebels.", "bombed", "Russia", "rebels"),
    ("Turkey has recalled its ambassador.", "recalled", "Turkey", "ambassador"),
    ("The rebels who attacked the convoy fled.", "attacked", "rebels", "convoy"),
    ("The convoy that the rebels attacked was burned.", "attacked", "rebels", "convoy"),
    ("The deal which Iran signed was praised.", "signed", "Iran", "deal"),
    ("The ministers whom Paris invited refused.", "invited", "Paris", "ministers"),
    ("The treaty Iran signed was praised.", "signed", "Iran", "treaty"),
    ("Warsaw condemned the raid and expelled two diplomats.", "expelled", "Warsaw", "diplomats"),
    ("Warsaw condemned the raid, expelled two diplomats and recalled its envoy.", "recalled", "Warsaw", "envoy"),
    ("Kenya wants to deport the refugees.", "deport", "Kenya", "refugees"),
    ("Kenya asked Uganda to return the refugees.", "return", "Uganda", "refugees"),
    ("Mali urged the rebels to release the hostages.", "release", "rebels", "hostages"),
    ("Sudan shelled the town before seizing the bridge.", "seizing", "Sudan", "bridge"),
    ("Troops firing rockets entered the town.", "firing", "Troops", "rockets"),
    ("Israel was ordered to free the prisoners.", "free", "Israel", "prisoners"),
]
PASSIVE = [
    ("The rebels were bombed by Russia.", "bombed", "Russia", "rebels"),
    ("The rebels were bombed on Monday.", "bombed", None, "rebels"),
    ("Two diplomats have been expelled by Warsaw.", "expelled", "Warsaw", "diplomats"),
    ("Soldiers captured by the militia were freed.", "captured", "militia", "Soldiers"),
    ("The town seized by Sudan lies in ruins.", "seized", "Sudan", "town"),
    ("The rebels were surrounded and shelled.", "shelled", None, "rebels"),
    ("The soldiers who were captured escaped.", "captured", None, "soldiers"),
    ("The convoy is being attacked by gunmen.", "attacked", "gunmen", "convoy"),
]
NOUNS = [
    ("Russia's attack on the rebels failed.", "attack", "Russia", "rebels"),
    ("The invasion of Kuwait shocked Cairo.", "invasion", None, "Kuwait"),
    ("The bombing of the town by Sudan went on.", "bombing", "Sudan", "town"),
    ("Sanctions against Iran were eased.", "Sanctions", None, "Iran"),
    ("The Turkish raid on the camp killed two men.", "raid", "Turkish", "camp"),
    ("Russia launched strikes on the rebels.", "strikes", "Russia", "rebels"),
]


@pytest.mark.parametrize(("text", "predicate", "subject", "object_"), ACTIVE)
def test_active_verbs(read, text, predicate, subject, object_):
    view, fr = read(text, predicate)
    assert (named(view, fr.subject), named(view, fr.object)) == (subject, object_)
    assert not fr.passive
    assert not fr.noun


@pytest.mark.parametrize(("text", "predicate", "subject", "object_"), PASSIVE)
def test_passive_verbs(read, text, predicate, subject, object_):
    view, fr = read(text, predicate)
    assert (named(view, fr.subject), named(view, fr.object)) == (subject, object_)
    assert fr.passive


@pytest.mark.parametrize(("text", "predicate", "subject", "object_"), NOUNS)
def test_nouns(read, text, predicate, subject, object_):
    view, fr = read(text, predicate)
    assert (named(view, fr.subject), named(view, fr.object)) == (subject, object_)
    assert fr.noun


def test_prepositions_with_their_objects(read):
    view, fr = read("Egypt signed a pact with Sudan in Cairo.", "signed")
    assert {(p, view.text[o]) for p, o in fr.preps} >= {("in", "Cairo")}
    view, fr = read("Egypt talked with Sudan about water.", "talked")
    assert [(p, view.text[o]) for p, o in fr.preps] == [("with", "Sudan"), ("about", "water")]


def test_the_one_to_whom_something_is_given(read):
    view, fr = read("Norway gave the rebels grain.", "gave")
    assert (named(view, fr.subject), named(view, fr.object), named(view, fr.indirect)) == (
        "Norway",
        "grain",
        "rebels",
    )


def test_given_to_is_a_preposition(read):
    view, fr = read("Norway gave grain to Ethiopia.", "gave")
    assert named(view, fr.object) == "grain"
    assert ("to", "Ethiopia") in [(p, view.text[o]) for p, o in fr.preps]


def test_particle(read):
    view, fr = read("Chad called off the talks.", "called")
    assert named(view, fr.particle) == "off"


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Iran did not attack the ship.", "attack"),
        ("Iran has never attacked the ship.", "attacked"),
        ("No talks were held.", "talks"),
        ("Iran didn't sign.", "sign"),
    ],
)
def test_negation(read, text, predicate):
    assert read(text, predicate)[1].negated


@pytest.mark.parametrize(
    ("text", "predicate"), [("Iran attacked the ship.", "attacked"), ("Talks were held.", "Talks")]
)
def test_no_negation(read, text, predicate):
    assert not read(text, predicate)[1].negated


def test_auxiliaries_and_complement(read):
    view, fr = read("Peru may refuse to sign the treaty.", "refuse")
    assert [view.lower[a] for a in fr.auxiliaries] == ["may"]
    assert named(view, fr.complement) == "sign"


def test_governor_of_a_complement_and_of_a_noun(read):
    view, fr = read("Peru refused to sign the treaty.", "sign")
    assert (named(view, fr.governor), fr.relation) == ("refused", "xcomp")
    view, fr = read("Peru hailed the end of the attack.", "attack")
    assert named(view, fr.governor) == "end"


def test_a_root_has_no_governor(read):
    assert read("Peru signed.", "signed")[1].governor == -1


@pytest.mark.parametrize(
    ("text", "noun", "subject"),
    [
        ("Strikes were carried out by Russia.", "Strikes", "Russia"),
        ("An inquiry was ordered by Ghana.", "inquiry", "Ghana"),
        ("The raid went on.", "raid", None),
    ],
)
def test_who_does_what_a_noun_in_the_subject_tells(read, text, noun, subject):
    view, fr = read(text, noun)
    assert named(view, fr.subject) == subject

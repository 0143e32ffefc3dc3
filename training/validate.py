"""Check the sentence files in the format of GUIDE.md (temporary; the package's own checker replaces it)."""
import re, sys, collections, pathlib
MODES = {"AGREE":"", "CONSULT":"visit third-party multilateral phone", "SUPPORT":"", "CONCEDE":"", "COOPERATE":"", "AID":"",
"RETREAT":"withdraw release disarm ceasefire access resign", "REQUEST":"assist change yield meet", "ACCUSE":"disapprove investigate allege",
"REJECT":"assist change yield meet", "THREATEN":"restrict arrest relations expel territory violence",
"PROTEST":"demo riot strike hunger boycott obstruct vandalize", "SANCTION":"convict expel withdraw discontinue",
"MOBILIZE":"troops weapons police militia", "COERCE":"seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
"ASSAULT":"abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional", "NONE":""}
STATUS = "occurred planned hypothetical denied historical".split()
bad = 0; types = collections.Counter(); status = collections.Counter(); seen = {}; n = 0
def has(name, text):
    m = re.fullmatch(r"(.*)#(\d)", name); word, k = (m[1], int(m[2])) if m else (name, 1)
    return text.count(word) >= k
for f in map(pathlib.Path, sys.argv[1:]):
    text = None; pairs = 1
    for i, line in enumerate(f.read_text().splitlines() + [""], 1):
        def err(m):
            global bad; bad += 1; print(f"{f}:{i}: {m}: {line.strip()[:110]}")
        if line.startswith("#") : continue
        if not line.strip():
            if text and not pairs: err("sentence without pairs: " + text[:60])
            text = None; pairs = 1; continue
        if not line.startswith(" "):
            if text: err("two sentences without blank line")
            text, pairs = line.strip(), 0; n += 1
            key = re.sub(r"\W+", " ", text.lower())
            if key in seen: err("duplicate of " + seen[key])
            seen[key] = f"{f}:{i}"; continue
        if text is None: err("pair without sentence"); continue
        pairs += 1
        parts = [p.strip() for p in line.split("|")]
        if ">" not in parts[0]: err("no '>'"); continue
        a, r = parts[0].split(">", 1)
        names = [x.strip() for x in (a + ";" + r).split(";") if x.strip()]
        if not names: err("no actor and no recipient")
        for x in names:
            if not has(x, text): err(f"not in sentence: {x!r}")
        tm = parts[1].split() if len(parts) > 1 else [""]
        if tm[0] not in MODES: err(f"unknown type {tm[0]!r}"); continue
        for m in tm[1:]:
            if m not in MODES[tm[0]].split(): err(f"mode {m!r} is not one of {tm[0]}: {MODES[tm[0]]}")
        types[tm[0]] += 1
        if tm[0] == "NONE": continue
        if len(parts) != 4: err("needs 4 fields"); continue
        if parts[2] not in STATUS: err(f"status {parts[2]!r}")
        status[parts[2]] += 1
        if not has(parts[3], text): err(f"trigger not in sentence: {parts[3]!r}")
print(n, "sentences;", dict(types), dict(status), bad, "errors")
sys.exit(bool(bad))

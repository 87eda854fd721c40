"""Writes notes as an Anki package with Python's genanki: `with_genanki.py NOTES [OUT]`.

Without OUT the notes are only read, so that a measurement can leave that out.
NOTES is what `notes.py` writes; all is handed to genanki as it stands.
"""

import collections
import json
import sys

import genanki


def write(frame, notes, out):
    kind = frame["note_type"]
    model = genanki.Model(
        kind["id"],
        kind["name"],
        fields=[{"name": name} for name in kind["fields"]],
        templates=[{"name": kind["template"], "qfmt": kind["front"], "afmt": kind["back"]}],
        css=kind["css"],
    )
    decks = {deck["id"]: genanki.Deck(deck["id"], deck["name"], deck["description"]) for deck in frame["decks"]}
    for note in notes:
        written = genanki.Note(model, note["fields"], tags=note["tags"], guid=note["guid"], due=note["due"])
        decks[note["deck"]].add_note(written)
    # A moment that stays, so that it makes no difference.
    genanki.Package(list(decks.values()), frame["media"]).write_to_file(out, timestamp=1_700_000_000)


def main(path, *out):
    with open(path, encoding="utf-8") as file:
        frame = json.loads(next(file))
        notes = map(json.loads, file)
        if out:
            write(frame, notes, *out)
        else:
            collections.deque(notes, maxlen=0)


if __name__ == "__main__":
    main(*sys.argv[1:])

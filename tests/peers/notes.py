"""A package as plain data, read through real Anki: `notes.py PACKAGE OUT`.

What the peers are handed, as JSON Lines: first the note type, the decks and
the media, then a note a line, in the order of the cards. Media are copied
beside OUT, since Anki's own copies are gone when it is closed.
"""

import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "anki"))

from reader import Reader  # noqa: E402

NOTES = """select n.guid, n.flds, n.tags, c.did, c.due from notes n
join cards c on c.nid = n.id order by c.due"""


def write(package, out):
    """Writes what a package holds; returns how many notes that are."""
    reader = Reader()
    reader.take(package)
    col = reader.col
    kind = col.models.by_name("prepdeck")
    (template,) = kind["tmpls"]
    decks = [col.decks.get(deck.id) for deck in col.decks.all_names_and_ids() if deck.id != 1]
    media = []
    for file in sorted(Path(col.media.dir()).iterdir()):
        media.append(str(Path(out).parent / file.name))
        shutil.copyfile(file, media[-1])
    frame = {
        "note_type": {
            "id": kind["id"],
            "name": kind["name"],
            "fields": [field["name"] for field in kind["flds"]],
            "template": template["name"],
            "front": template["qfmt"],
            "back": template["afmt"],
            "css": kind["css"],
        },
        "decks": [{"id": deck["id"], "name": deck["name"], "description": deck["desc"]} for deck in decks],
        "media": media,
    }
    number = 0
    with open(out, "w", encoding="utf-8") as file:
        file.write(json.dumps(frame) + "\n")
        for guid, fields, tags, deck, due in col.db.all(NOTES):
            note = {"guid": guid, "deck": deck, "due": due, "fields": fields.split("\x1f"), "tags": tags.split()}
            file.write(json.dumps(note) + "\n")
            number += 1
    reader.close()
    return number


if __name__ == "__main__":
    write(*sys.argv[1:])

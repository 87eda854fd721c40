"""A reader of decks: real Anki, with a collection of its own."""

import os
import subprocess
import tempfile
from pathlib import Path

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.scheduler.v3 import CardAnswer

ROOT = Path(__file__).resolve().parents[2]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target" / "release" / "prepdeck"))

# What a dialog's "if newer" stands for; scheduling of others is not asked for.
OPTIONS = ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)


def run(*command, cwd, **env):
    """Runs a command that must succeed; returns what it printed."""
    environment = {**os.environ, **env}
    done = subprocess.run(command, cwd=cwd, env=environment, text=True, capture_output=True)
    if done.returncode != 0:
        raise AssertionError(f"{command} exits with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def export(corpus, output, *arguments, **env):
    run(PREPDECK, "export", "anki", "-o", str(output), *arguments, cwd=corpus, **env)
    return output


class Reader:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.col = Collection(os.path.join(self.folder.name, "collection.anki2"))

    def close(self):
        self.col.close()
        self.folder.cleanup()

    def take(self, package):
        """Imports a package; returns how many notes were new, updated, the same, refused."""
        request = ImportAnkiPackageRequest(package_path=str(package), options=OPTIONS)
        log = self.col.import_anki_package(request).log
        refused = len(log.conflicting) + len(log.missing_notetype) + len(log.missing_deck)
        return len(log.new), len(log.updated), len(log.duplicate), refused

    def take_text(self, file):
        """Imports a text file; returns the same."""
        metadata = self.col.get_csv_metadata(str(file), None)
        log = self.col.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log
        refused = len(log.conflicting) + len(log.missing_notetype) + len(log.missing_deck)
        return len(log.new), len(log.updated), len(log.duplicate), refused

    def note(self, id):
        (found,) = self.col.find_notes(f"Id:{id}")
        return self.col.get_note(found)

    def card(self, id):
        (card,) = self.note(id).cards()
        return card

    def deck(self, id):
        return self.col.decks.name(self.card(id).did)

    def decks(self):
        return {deck.name for deck in self.col.decks.all_names_and_ids() if deck.id != 1}

    def review(self):
        """Answers the next card as easy, so that it is learnt; returns its question's id."""
        self.col.decks.set_current(self.col.decks.id("Test"))
        queued = self.col.sched.get_queued_cards().cards[0]
        card = self.col.get_card(queued.card.id)
        card.start_timer()
        answer = self.col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.EASY)
        self.col.sched.answer_card(answer)
        return card.note()["Id"]

    def scheduling(self):
        """Everything that a review leaves behind."""
        cards = "select id, type, queue, due, ivl, factor, reps, lapses from cards order by id"
        return self.col.db.all(cards), self.col.db.all("select * from revlog order by id")

    def fields(self):
        return dict(self.col.db.all("select guid, flds from notes"))

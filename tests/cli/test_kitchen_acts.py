"""The kitchen's acts without a window: seen, asked, made again, held, hurried."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.cli.till import Till


def test_an_allergy_is_seen_at_a_station_and_at_the_pass(till: Till) -> None:
    till.place(allergy="nuts", lines=[{"dish": "Margherita"}, {"dish": "Borscht"}])
    said = till("order", "bump", "A1")
    assert (said.code, said.error) == (1, "Allergy on order A1. Tap Seen first.\n")
    till.done("order", "seen", "A1", "--station", "Grill")
    till.done("order", "bump", "A1", "--station", "grill")
    assert till("order", "bump", "A1", "--station", "pizza").code == 1
    till.done("order", "seen", "A1")
    assert till.done("order", "bump", "A1").json["moved"] is True
    assert till("order", "seen", "A1", "--station", "Sushi").code == 1


def test_the_counter_is_asked_and_answers(till: Till) -> None:
    till.place()
    assert till.done("order", "ask", "A1", "basil?").json["question"] == "basil?"
    answered = till.done("order", "answer", "A1", "yes").json
    assert (answered["question"], answered["note"]) == (None, "basil? – yes")
    assert till("order", "answer", "A1").code == 1
    assert till("order", "ask", "A1", " ").code == 2


def test_allergy_and_note_are_changed(till: Till) -> None:
    till.place()
    assert till.done("order", "allergy", "A1", "milk").json["allergy"] == "milk"
    assert till.done("order", "note", "A1", "ring").json["note"] == "ring"
    assert till.done("order", "allergy", "A1", "").json["allergy"] is None


def test_a_line_is_made_again(till: Till) -> None:
    till.place()
    lines = till.done("order", "again", "A1", "1", "--reason", "burnt").json["lines"]
    assert [(line["no"], line["voided"], line["made_again_because"]) for line in lines] == [
        (1, True, None),
        (2, False, "burnt"),
    ]
    assert till("order", "again", "A1", "1", "--reason", "burnt").code == 1
    assert till("order", "again", "A1", "2").code == 2


def test_first_and_more_minutes(till: Till) -> None:
    placed = till.place()
    assert till.done("order", "first", "A1").json["rush"] is True
    assert till.done("order", "first", "A1", "--off").json["rush"] is False
    later = till.done("order", "minutes", "A1", "10").json["promised_at"]
    before, after = map(datetime.fromisoformat, (placed["promised_at"], later))
    assert after - before == timedelta(minutes=10)


def test_an_order_is_held_from_the_start_and_fired(till: Till) -> None:
    assert till.place(hold=True)["held"] is True
    assert till("order", "bump", "A1").code == 1
    assert till.done("order", "fire", "A1").json["held"] is False
    assert till.done("order", "hold", "A1").json["held"] is True


def test_an_order_for_later_says_when_it_enters(till: Till) -> None:
    placed = till.place()
    assert placed["enters_at"] is None
    promised = datetime.fromisoformat(placed["placed_at"]) + timedelta(hours=3)
    later = till.place(promised_at=promised.isoformat())
    enters = datetime.fromisoformat(later["enters_at"])
    assert promised - enters == timedelta(minutes=12)


def test_an_order_from_paper_and_one_for_a_rider(till: Till) -> None:
    now = datetime.fromisoformat(till.place()["placed_at"])
    taken = (now - timedelta(minutes=30)).isoformat()
    assert till.place(placed_at=taken)["placed_at"] == taken
    assert till.place(partner="Glovo")["partner"] == "Glovo"
    ahead = (now + timedelta(hours=1)).isoformat()
    said = till(
        "order",
        "place",
        "-",
        stdin=f'{{"fulfilment": "pickup", "lines": [{{"dish": "Cola"}}], "placed_at": "{ahead}"}}',
    )
    assert said.code == 2
    assert said.error.startswith("placed_at: ")


def test_there_is_nothing_to_correct_before_the_guest_was_told(till: Till) -> None:
    till.place()
    said = till("order", "correct", "A1")
    assert said.code == 1
    assert "nothing to correct" in said.error

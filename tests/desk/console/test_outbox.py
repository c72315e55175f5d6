"""What could not be delivered is seen, without what was in it, and can be tried again."""

from bot.errors import Undeliverable
from bot.outbox.outbox import Outbox
from tests.desk.console.desk import NOOR, ConsoleUnderTest


def test_what_was_given_up_is_seen_and_tried_again(desk: ConsoleUnderTest) -> None:
    outbox, noor = Outbox(desk.database), desk.client(NOOR)
    with desk.database.write() as connection:
        outbox.add(connection, "crm_note", "k", {"conversation": "c-9", "text": "She was in tears"})
    assert noor.get("outbox/failed").json() == {"failed": []}
    (delivery,) = outbox.lease({"crm_note": 1})
    outbox.put_back(delivery, Undeliverable("There is no such customer."), for_good=True)
    answer = noor.get("outbox/failed")
    (failed,) = answer.json()["failed"]
    assert (failed["kind"], failed["conversation"], failed["attempts"]) == ("crm_note", "c-9", 1)
    assert failed["error"] == "There is no such customer." and "tears" not in answer.text
    assert noor.post(f"outbox/{failed['id']}/retry").status_code == 200
    assert noor.get("outbox/failed").json() == {"failed": []}
    assert noor.post(f"outbox/{failed['id']}/retry").status_code == 404
    assert outbox.lease({"crm_note": 1})[0].key == "k"

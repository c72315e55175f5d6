"""A server for Kindhand's signed records, in Python's standard library alone: take it as a start.

    SECRET=at-least-32-characters-of-your-own python records_server.py 8080

Replace `Shop` by calls to your own system; the rest can stay. `docs/crm.md` describes the protocol.
"""

import hashlib
import hmac
import json
import os
import sys
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WINDOW = 300  # seconds that our clocks may differ, and that a request id is remembered
LARGEST = 100_000  # bytes of one question


class Refused(Exception):
    """An answer that is a refusal, by its code."""


class Shop:
    """Your records. Here they live in memory; each belongs to one customer and says so."""

    can = ["change_address", "cancel_order", "create_ticket", "add_note"]

    def __init__(self, customers, orders):
        self.customers = {customer["id"]: customer for customer in customers}
        self.orders_of = {order["number"]: order for order in orders}
        self.tickets, self.notes, self.made = [], [], {}

    def hello(self):
        return {"protocol": 1, "can": self.can}

    def find(self, identity=None, email=None, order_number=None):
        if email:
            found = [
                id for id, one in self.customers.items() if one["email"].lower() == email.strip().lower()
            ]
        elif order_number:
            found = [order["customer_id"] for order in self.orders_of.values() if _same(order, order_number)]
        else:
            found = [id for id in self.customers if id == identity]
        return {"customer_id": found[0] if len(found) == 1 else None}

    def card(self, customer_id):
        customer = self._customer(customer_id)
        own = {"tickets": self._own(self.tickets, customer_id), "notes": self._own(self.notes, customer_id)}
        return {"customer": customer, **self.orders(customer_id), **own}

    def orders(self, customer_id):
        self._customer(customer_id)
        return {"orders": self._own(self.orders_of.values(), customer_id)}

    def order(self, customer_id, number):
        return {"order": self._order(customer_id, number)}

    def change_address(self, customer_id, number, address, key):
        return self._change(customer_id, number, key, "address_too_late", address=address)

    def cancel_order(self, customer_id, number, key):
        return self._change(customer_id, number, key, "cancel_too_late", status="cancelled")

    def create_ticket(self, customer_id, kind, text, key):
        if customer_id is not None:  # else it is a stranger's
            self._customer(customer_id)
        ticket = {"customer_id": customer_id, "kind": kind, "text": text, "status": "open"}
        return {"ticket": self._add(self.tickets, ticket, key)}

    def add_note(self, customer_id, author, text, key):
        self._customer(customer_id)
        return {
            "note": self._add(self.notes, {"customer_id": customer_id, "author": author, "text": text}, key)
        }

    def _customer(self, customer_id):
        if customer_id not in self.customers:
            raise Refused("not_found")
        return self.customers[customer_id]

    def _order(self, customer_id, number):
        for order in self.orders(customer_id)["orders"]:  # never look beyond this customer's
            if _same(order, number):
                return order
        raise Refused("not_found")

    def _change(self, customer_id, number, key, refusal, **values):
        order = self._order(customer_id, number)
        asked = [customer_id, order["number"], values]
        if self._once(key, asked):
            return {"order": order}
        if order["status"] not in ("placed", "packing"):
            raise Refused(refusal)
        order.update(values)
        self.made[key] = (asked, order)
        return {"order": order}

    def _add(self, records, record, key):
        if not self._once(key, record):
            kept = {**record, "id": str(len(records) + 1), "at": _now()}
            records.append(kept)
            self.made[key] = (record, kept)
        return self.made[key][1]

    def _once(self, key, asked):
        """Tell whether a change was made before: the same key again changes nothing."""
        if key in self.made and self.made[key][0] != asked:
            raise Refused("key_reused")
        return key in self.made

    @staticmethod
    def _own(records, customer_id):
        return [record for record in records if record["customer_id"] == customer_id]


def _same(order, number):
    plain = ["".join(sign for sign in text.upper() if sign.isalnum()) for text in (order["number"], number)]
    return plain[0] == plain[1]


def _now():
    return datetime.now(timezone.utc).isoformat()


class Door:
    """Lets in what is signed with our secret, is of these minutes, and was not here before."""

    def __init__(self, secret, clock=time.time):
        self._secret, self._clock, self._seen, self._lock = secret.encode(), clock, {}, threading.Lock()

    def lets_in(self, method, path, headers, body):
        moment, id = headers.get("Kindhand-Timestamp", ""), headers.get("Kindhand-Request", "")
        head = "\n".join(["v1", moment, id, method, path, ""])
        signature = "v1=" + hmac.new(self._secret, head.encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signature.encode(), headers.get("Kindhand-Signature", "").encode()):
            return False
        now = self._clock()
        if abs(now - int(moment)) > WINDOW:
            return False
        with self._lock:
            self._seen = {one: at for one, at in self._seen.items() if at > now - 2 * WINDOW}
            new = id not in self._seen
            self._seen[id] = now
        return new


def server(shop, secret, port=0, path="/kindhand"):
    door, lock = Door(secret), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size) if size <= LARGEST else b""
            if self.path != path or size > LARGEST:
                self.answer(404 if self.path != path else 413, {})
            elif not door.lets_in("POST", self.path, self.headers, body):
                self.answer(401, {})
            else:
                self.answer(200, self.told(json.loads(body)))

        def told(self, question):
            verb = question.pop("verb", "")
            if verb.startswith("_") or not callable(getattr(shop, verb, None)):
                return {"error": "not_supported"}
            try:
                with lock:  # so that a key makes one change, whoever comes at once
                    return getattr(shop, verb)(**question)
            except Refused as refusal:
                return {"error": str(refusal)}

        def answer(self, status, told):
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):  # a line per question would hold nothing of use
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    ann = {"id": "c-ann", "name": "Ann Lee", "email": "ann@example.com", "phone": "", "since": "2023-04-05"}
    ann.update(vip=True, tags=["subscriber"], lifetime_value="59.70", currency="GBP")
    order = {
        "customer_id": "c-ann",
        "number": "CK-1",
        "status": "placed",
        "placed_at": _now(),
        "total": "19.90",
    }
    order.update(items=[{"name": "Harbour Blend 250 g", "quantity": 2}], currency="GBP", address="1 Old Lane")
    server(Shop([ann], [order]), os.environ["SECRET"], int(sys.argv[1])).serve_forever()

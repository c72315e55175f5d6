"""Canned replies that the console's tests use."""

CANNED = [
    {
        "id": "r-1",
        "code": "hello",
        "title": "Greeting",
        "text": "Hello {name}, {agent} here. I am looking at it now.",
        "changed_by": "Noor Haddad",
        "changed_at": "2026-03-02T09:00:00+00:00",
    },
    {
        "id": "r-2",
        "code": "track",
        "title": "Where the parcel is",
        "text": "{name}, {order} is on its way. {carrier} says it arrives {day}.",
        "changed_by": "Sam Reyes",
        "changed_at": "2026-04-11T09:00:00+00:00",
    },
    {
        "id": "r-3",
        "code": "hours",
        "title": "Opening hours",
        "text": "We are open {opening_hours}.",
        "changed_by": "Sam Reyes",
        "changed_at": "2026-04-12T09:00:00+00:00",
    },
]
FACTS = {"opening_hours": "every day from 8 to 18"}

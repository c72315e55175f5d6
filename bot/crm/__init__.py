"""Who the customer is: records, the interface to them, one file per adapter. No web, no Rasa."""

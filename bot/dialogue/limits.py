"""How long each part may take: the CRM less than an action, an action less than a turn."""

CRM_SECONDS = 3.0
DESK_SECONDS = 3.0
ACTION_SECONDS = 6.0
TURN_SECONDS = 15.0

"""What people, the bot and the desk may do with a conversation: check, change, save, tell.

Every verb is one transaction; what happened is published after its commit, in the order of saving. The
same call again, after an answer that was lost, does nothing twice.
"""

from bot.handoff.agent_side import AgentSide
from bot.handoff.aside import Aside
from bot.handoff.bot_side import BotSide
from bot.handoff.desk_side import DeskSide
from bot.handoff.file_side import FileSide
from bot.handoff.leaving import Leaving
from bot.handoff.prechat_side import PrechatSide
from bot.handoff.survey_side import SurveySide
from bot.handoff.visitor_side import explicit_request

__all__ = ["HandoffService", "explicit_request"]


class HandoffService(FileSide, BotSide, AgentSide, Aside, SurveySide, PrechatSide, Leaving, DeskSide):
    """The only one who changes conversations and publishes what happened."""

"""How far each agent has read each conversation."""

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import agent_reads


def mark(connection: Connection, agent_id: str, conversation_id: str, seq: int) -> bool:
    """Note that the agent has seen all up to `seq`; tell whether that is news."""
    known = up_to(connection, agent_id, conversation_id)
    if known is None:
        row = {"agent_id": agent_id, "conversation_id": conversation_id, "seq": seq}
        connection.execute(insert(agent_reads), [row])
    elif known < seq:
        connection.execute(update(agent_reads).where(*_of(agent_id, conversation_id)).values(seq=seq))
    return known is None or known < seq


def up_to(connection: Connection, agent_id: str, conversation_id: str) -> int | None:
    """Return the newest message that the agent has seen; None: never looked."""
    return connection.scalar(select(agent_reads.c.seq).where(*_of(agent_id, conversation_id)))


def _of(agent_id: str, conversation_id: str) -> tuple:
    return agent_reads.c.agent_id == agent_id, agent_reads.c.conversation_id == conversation_id

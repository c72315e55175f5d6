"""How far each agent has read each conversation."""

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.storage.tables import agent_reads


def mark_read(connection: Connection, agent_id: str, conversation_id: str, seq: int) -> bool:
    """Note that the agent has seen all up to `seq`; tell whether that is news."""
    mine = (agent_reads.c.agent_id == agent_id, agent_reads.c.conversation_id == conversation_id)
    known = connection.execute(select(agent_reads.c.seq).where(*mine)).scalar_one_or_none()
    if known is None:
        row = {"agent_id": agent_id, "conversation_id": conversation_id, "seq": seq}
        connection.execute(insert(agent_reads), [row])
    elif known < seq:
        connection.execute(update(agent_reads).where(*mine).values(seq=seq))
    return known is None or known < seq

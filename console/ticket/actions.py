"""Everything a person can trigger in the ticket room."""

from __future__ import annotations

from console.ticket.act_actions import ACT_ACTIONS
from console.ticket.claim_actions import CLAIM_ACTIONS
from console.ticket.desk_actions import DESK_ACTIONS
from console.ticket.queue_actions import QUEUE_ACTIONS

ACTIONS = (*QUEUE_ACTIONS, *DESK_ACTIONS, *CLAIM_ACTIONS, *ACT_ACTIONS)

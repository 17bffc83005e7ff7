"""Who let a till in, cut it off or renewed its key: rows that are only ever added."""

from __future__ import annotations

from pos_app.clock import Instant
from pos_app.tracking.repository.connection import Statements
from pos_app.tracking.rows import AuditRow


class Audit(Statements):
    """Rows about what hosts and tills did."""

    def note(
        self,
        who: str,
        act: str,
        shop_id: str,
        now: Instant,
        terminal_id: str = "",
        detail: str = "",
    ) -> None:
        """In the transaction of the act itself: neither is there without the other."""
        self._connection.execute(
            "INSERT INTO audit (at, who, act, shop_id, terminal_id, detail)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (now, who, act, shop_id, terminal_id, detail),
        )

    def audit(self) -> list[AuditRow]:
        """Everything, the newest first."""
        rows = self._connection.execute(
            "SELECT at, who, act, coalesce(name, audit.shop_id), terminal_id, detail FROM audit"
            " LEFT JOIN shops USING (shop_id) ORDER BY seq DESC"
        )
        return [AuditRow(*row) for row in rows]

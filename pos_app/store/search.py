"""Finding an order again by number, phone fragment or name; newest first."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from pos_app.store.tables import orders, people

# What a Ukrainian keyboard and an English one both draw the same way.
LOOKALIKES = str.maketrans("АВЕІКМНОРСТХаеікорсух", "ABEIKMHOPCTXaeikopcyx")
_ESCAPE = "\\"


def _contains(text: str) -> str:
    for special in (_ESCAPE, "%", "_"):
        text = text.replace(special, _ESCAPE + special)
    return f"%{text}%"


def find(connection: Connection, words: str, limit: int) -> list[int]:
    """Ids of orders whose number, phone or guest's name holds `words`; all when it is empty."""
    wanted = " ".join(words.split())
    query = select(orders.c.id).order_by(orders.c.id.desc()).limit(limit)
    if not wanted:
        return [row.id for row in connection.execute(query)]
    digits = "".join(ch for ch in wanted if ch.isdigit())
    number = wanted.translate(LOOKALIKES).upper()
    matches = [
        orders.c.number == number,
        orders.c.number.like(f"{number.replace('%', '').replace('_', '')}%"),
        people.c.name.ilike(_contains(wanted), escape=_ESCAPE),
        # SQLite folds only ASCII: a Cyrillic name is also tried as people write it.
        people.c.name.like(_contains(wanted.capitalize()), escape=_ESCAPE),
        func.lower(orders.c.table_name) == wanted.lower(),
    ]
    if len(digits) >= 3:
        matches.append(people.c.phone.like(f"%{digits.lstrip('0') or digits}%"))
    joined = orders.outerjoin(people, orders.c.people_id == people.c.id)
    found = connection.execute(query.select_from(joined).where(or_(*matches)))
    return [row.id for row in found]

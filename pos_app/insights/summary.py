"""A day in a letter to the owner: the figures and the numbers of orders, no guest's name.

A letter passes through other people's servers, so what a guest said or is called stays here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pos_app.automation.words import weekday
from pos_app.desk.setup import Setup
from pos_app.domain import money
from pos_app.insights.day import yesterday
from pos_app.insights.values import Named, Yesterday
from pos_app.language import Texts
from pos_app.store.database import Database

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """`subject` and `text` of the letter; `line`: the same in one line, for an SMS."""

    subject: str
    text: str
    line: str


def of_day(database: Database, setup: Setup, day: str) -> Summary:
    """What the business date `day` (ISO) was like, in the shop's language."""
    return worded(yesterday(database, day), setup)


def worded(told: Yesterday, setup: Setup) -> Summary:
    """What was computed of a day, in words."""
    page = _Page(told, setup)
    head = f"{setup.settings.shop.name} · {page.date}"
    body = "\n".join((f"{head}, {page.weekday}", "", *page.rows()))
    return Summary(f"{head}: {page.short()}", body, f"{head}: {page.line()}")


@dataclass(frozen=True, slots=True)
class _Page:
    told: Yesterday
    setup: Setup

    @property
    def texts(self) -> Texts:
        return Texts(self.setup.settings.shop.language)

    @property
    def date(self) -> str:
        return f"{date.fromisoformat(self.told.business_date):%d.%m.%Y}"

    @property
    def weekday(self) -> str:
        day = date.fromisoformat(self.told.business_date)
        return weekday(str(day.isoweekday()), self.texts)

    def short(self) -> str:
        """How many orders, and what they brought."""
        return f"{self._orders()}, {self._sum(self._takings())}"

    def line(self) -> str:
        _ = self.texts.gettext
        told, parts = self.told, [self.short()]
        if told.promises.judged:
            parts.append(_("on time {share} %").format(share=self._share()))
        if told.promises.late:
            parts.append(_("late {count}").format(count=len(told.promises.late)))
        if told.cancelled:
            parts.append(_("cancelled {count}").format(count=len(told.cancelled)))
        if told.texts.failed:
            parts.append(_("failed texts {count}").format(count=told.texts.failed))
        return ", ".join(parts)

    def rows(self) -> Iterator[str]:
        _ = self.texts.gettext
        yield from self._money()
        yield from self._time()
        for title, found in (
            (_("Not collected"), [one.order for one in self.told.unfetched]),
            (_("Cancelled"), [one.order for one in self.told.cancelled]),
            (_("Left unpaid"), [one.order for one in self.told.left_unpaid]),
            (_("Made again"), [one.order for one in self.told.remade]),
            (_("Brought back"), [one.order for one in self.told.brought_back]),
        ):
            if found:
                yield f"{title}: {len(found)} ({_numbers(found)})"
        yield from self._guests()

    def _orders(self) -> str:
        count = len(self.told.takings.sales)
        return self.texts.ngettext("{count} order", "{count} orders", count).format(count=count)

    def _takings(self) -> int:
        return sum(self.told.takings.received.values())

    def _share(self) -> int:
        return 100 * self.told.promises.kept // self.told.promises.judged

    def _money(self) -> Iterator[str]:
        _ = self.texts.gettext
        takings = self.told.takings
        is_open = _("still open: {count}").format(count=takings.still_open)
        yield f"{self._orders()}, {is_open}" if takings.still_open else self._orders()
        names = {"cash": _("cash"), "card": _("card"), "online": _("online")}
        ways = ", ".join(
            f"{names.get(way, way)} {self._sum(amount)}" for way, amount in takings.received.items()
        )
        received = self._sum(self._takings())
        yield _("Received: {sum}").format(sum=f"{received} ({ways})" if ways else received)
        if takings.unpaid:
            yield _("Still to pay: {sum}").format(sum=self._sum(takings.unpaid))
        given_back = sum(one.amount for one in self.told.refunded)
        if given_back:
            yield _("Given back: {sum}").format(sum=self._sum(given_back))

    def _time(self) -> Iterator[str]:
        _ = self.texts.gettext
        promises = self.told.promises
        if promises.judged:
            yield _("On time: {share} % ({kept} of {judged})").format(
                share=self._share(), kept=promises.kept, judged=promises.judged
            )
        if promises.late:
            worst = ", ".join(
                _("{number} +{minutes} min").format(
                    number=one.order.number, minutes=max(1, one.late_ms // 60_000)
                )
                for one in promises.late[:_MOST_NAMED]
            )
            yield _("Late: {count} ({worst})").format(count=len(promises.late), worst=worst)

    def _guests(self) -> Iterator[str]:
        _ = self.texts.gettext
        texts, told = self.told.texts, self.told
        parts = [
            _("sent {count}").format(count=texts.sent),
            *(
                said.format(count=count)
                for said, count in (
                    (_("failed {count}"), texts.failed),
                    (_("uncertain {count}"), texts.uncertain),
                    (_("too late {count}"), texts.expired),
                    (_("not told {count}"), texts.not_told),
                )
                if count
            ),
        ]
        if texts.cost:
            parts.append(self._sum(round(texts.cost / 100)))
        yield _("Texts: {parts}").format(parts=", ".join(parts))
        to_hand_in = sum(one.to_hand_in for one in told.couriers)
        if to_hand_in:
            yield _("Couriers still hand in: {sum}").format(sum=self._sum(to_hand_in))
        if told.stars is not None:
            yield _("Stars: {stars} ({count})").format(
                stars=f"{told.stars:.1f}", count=len(told.ratings)
            )

    def _sum(self, amount: int) -> str:
        return money.show(amount, self.told.currency, self.setup.settings.shop.language)


def _numbers(found: Iterable[Named]) -> str:
    numbers = list(dict.fromkeys(one.number for one in found))
    more = len(numbers) - _MOST_NAMED
    return ", ".join(numbers[:_MOST_NAMED]) + (f" +{more}" if more > 0 else "")

"""Time in words: promises kept, placed to ready, stations."""

from __future__ import annotations

from pos_app.clock import MINUTE_MS
from pos_app.insights.values import Late, Stage, Yesterday
from ui.reports.figure import NOTHING, Behind, Figure, Speech, behind, joined, minutes
from ui.words import _, ngettext


def promises(told: Yesterday, speech: Speech) -> Figure:
    kept, judged = told.promises.kept, told.promises.judged
    late = len(told.promises.late)
    left_out = _left_out(told.promises.left_out)
    if judged:
        value = _("{count} %").format(count=100 * kept // judged)
        line = joined(_("{count} late").format(count=late), _moved(told), left_out)
    else:
        value, line = NOTHING, left_out or _("No order of which the end is known.")
    return Figure(
        "on_time",
        _("On time"),
        value,
        line,
        _(
            "Kept: fetched orders were ready, others were at table or door, at the promised time."
            " The place is the step that took most over its limit."
        ),
        tuple(_late_row(one, speech) for one in told.promises.late),
        _("No promise was broken.") if judged else _("No order of which the end is known."),
    )


def _late_row(one: Late, speech: Speech) -> Behind:
    over = max(1, one.late_ms // MINUTE_MS)
    place = _stage(one.stage)
    if one.station_id is not None:
        place = joined(place, speech.station(one.station_id))
    moved = _("the promise had been moved") if one.promise_moved else ""
    return behind(one.order, _("+{count} min").format(count=over), joined(place, moved))


def times(told: Yesterday) -> Figure:
    median, p90 = told.times.median_ms, told.times.p90_ms
    left_out = _left_out(told.times.left_out)
    if median is None or p90 is None:
        value, line = NOTHING, left_out or _("No order was made ready.")
    else:
        value = minutes(median)
        line = joined(
            _("9 of 10 within {count} min").format(count=round(p90 / MINUTE_MS)), left_out
        )
    return Figure(
        "times",
        _("Placed to ready"),
        value,
        line,
        _("The middle order of the day; nine of ten were not slower than the second figure."),
        tuple(behind(one.order, minutes(one.span_ms)) for one in told.times.orders),
        _("No order was made ready."),
    )


def stations(told: Yesterday, speech: Speech) -> Figure:
    found = told.stations
    rows: list[Behind] = []
    for station in found:
        name, median = speech.names(station.names), minutes(station.median_ms)
        count = len(station.tickets)
        tickets = ngettext("{count} ticket", "{count} tickets", count).format(count=count)
        rows.append(Behind(None, name, figure=median, below=tickets))
        rows += [behind(one.order, minutes(one.span_ms)) for one in station.tickets]
    said = [f"{speech.names(s.names)} {minutes(s.median_ms)}" for s in found]
    nothing = _("No station tapped its own tickets.")
    return Figure(
        "stations",
        _("Slowest station"),
        said[0] if said else NOTHING,
        (joined(*said[1:]) or _("The only station that tapped.")) if said else nothing,
        _(
            "From placed to the station's own Ready. What the pass finished for all stations"
            " tells nothing about one."
        ),
        tuple(rows),
        nothing,
    )


def _stage(stage: Stage) -> str:
    return {
        Stage.NEW: _("New"),
        Stage.KITCHEN: _("Kitchen"),
        Stage.READY: _("Ready"),
        Stage.ON_THE_WAY: _("On the way"),
    }[stage]


def _moved(told: Yesterday) -> str:
    count = told.promises.moved
    return _("{count} moved").format(count=count) if count else ""


def _left_out(count: int) -> str:
    return _("{count} left out, times not known").format(count=count) if count else ""

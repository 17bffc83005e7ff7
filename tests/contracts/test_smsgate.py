"""The SMS adapter and its stand-in keep to the provider's description of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pos_app.channels.protocol import Accepted, GiveUp, OutgoingText, Report, Unknown
from pos_app.channels.smsgate import SmsGate
from pos_app.clock import Instant
from tests.support.gateway import PASSWORD, STATES, USERNAME, Gateway, running
from tests.support.prism import judged

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
TEXT = OutgoingText(UID, "+380671234567", "Trattoria: A43 готове.", Instant(1_795_464_000_000))


@contextmanager
def judged_phone(gateway: Gateway, folder: Path) -> Iterator[tuple[SmsGate, str]]:
    with running(gateway) as url, judged(url, folder) as address:
        channel = SmsGate(address, USERNAME, PASSWORD, lan=True)
        try:
            yield channel, address
        finally:
            channel.close()


@pytest.mark.timeout(120)
def test_the_adapter_and_the_stand_in_keep_to_the_description(tmp_path: Path) -> None:
    gateway = Gateway()
    with judged_phone(gateway, tmp_path) as (channel, address):
        assert channel.send(TEXT) == Accepted(UID)
        assert channel.send(TEXT) == Accepted(UID)
        assert gateway.duplicates[UID] == 1
        for state in STATES:
            gateway.report(UID, state, "RESULT_ERROR_NO_SERVICE" if state == "Failed" else "")
            assert channel.poll(UID) is not None
        assert channel.poll(UID) == Report("failed", "result_error_no_service")
        # The judge can say no, to a request and to an answer.
        wrong = httpx.post(
            f"{address}/messages", json={"id": UID}, auth=(USERNAME, PASSWORD), timeout=10
        )
        assert wrong.status_code == 422
        nobody = OutgoingText(UID, "", "", TEXT.not_after)
        assert channel.send(nobody) == GiveUp("rejected")
        gateway.plan.append("garbage")
        assert channel.send(TEXT) == Unknown("gateway_error")

"""The Twilio adapter and its stand-in keep to the provider's description of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pos_app.channels.approved import ApprovedText
from pos_app.channels.protocol import Accepted, Report, Unknown
from pos_app.channels.twilio import SETTLES_MS, Twilio
from pos_app.clock import VirtualClock
from tests.support.prism import judged
from tests.support.providers import running
from tests.support.twilio_account import ACCOUNT, TOKEN, TwilioAccount
from tests.support.ways_out import NOW, TEXT, twilio

LIST = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
ONE = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json"
STATES = ("accepted", "queued", "sending", "sent", "delivered", "undelivered", "failed", "read")
APPROVED = (ApprovedText(f"HX{'2' * 32}", "ready", "uk", gaps=("text", "link")),)


@contextmanager
def judged_account(account: TwilioAccount, folder: Path) -> Iterator[str]:
    with (
        running(account) as url,
        judged(url, folder, "twilio_api_v2010", (LIST, ONE)) as address,
    ):
        yield address


@pytest.mark.timeout(120)
def test_the_adapter_and_the_stand_in_keep_to_the_description(tmp_path: Path) -> None:
    account = TwilioAccount(clock=VirtualClock(NOW))
    clock = VirtualClock(NOW)
    with judged_account(account, tmp_path) as address:
        setups = (
            twilio(address),
            replace(twilio(address), sender=f"MG{'1' * 32}"),
            replace(twilio(address), whatsapp=True, approved=APPROVED),
        )
        channels = [Twilio(setup, TOKEN, clock) for setup in setups]
        for channel in channels:
            taken = channel.send(TEXT)
            assert isinstance(taken, Accepted)
            for state in STATES:
                account.tell(state, 30003 if state in {"undelivered", "failed"} else None)
                found = channel.poll(taken.provider_id)
                assert found is not None
                assert found.provider_id == taken.provider_id
        _look_for_a_lost_one(channels[0], account, clock)
        _see_the_judge_refuse(channels[0], account, address)
        for channel in channels:
            channel.close()


def _look_for_a_lost_one(channel: Twilio, account: TwilioAccount, clock: VirtualClock) -> None:
    lost = replace(TEXT, to="+380501112233")
    # Through the judge a connection that dies is an answer with 500.
    account.plan.append("take-reset")
    assert isinstance(channel.send(lost), Unknown)
    assert channel.find(lost, NOW) == Report("sent", "queued", account.messages[-1]["sid"])
    for _ in range(25):
        account.add(lost.to, "Something else.")
    assert channel.find(lost, NOW) is not None, "also on the second page"
    clock.advance(SETTLES_MS)
    assert channel.find(replace(TEXT, to="+380990000000"), NOW) == Report("absent")


def _see_the_judge_refuse(channel: Twilio, account: TwilioAccount, address: str) -> None:
    """It can say no, to a request and to an answer."""
    wrong = httpx.post(
        f"{address}/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        data={"Body": "to nobody"},
        auth=(ACCOUNT, TOKEN),
        timeout=10,
    )
    assert wrong.status_code == 422
    account.plan.append('body:{"sid": 7}')
    assert channel.send(TEXT) == Unknown("gateway_error")

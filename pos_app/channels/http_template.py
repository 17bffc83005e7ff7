"""Any gateway that takes a text by one HTTP call, as a manager has written it down.

Blind: nothing is known of what it does with a text that comes twice, and nothing can be asked.
"""

from __future__ import annotations

from pos_app.channels import answers, forms, templates
from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import GATEWAY
from pos_app.channels.protocol import (
    SENT,
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    Unknown,
)
from pos_app.channels.setups import FORM, JSON, HttpTemplateSetup


class HttpTemplate:
    """`setup` has been checked; `secret` is what stands for `{secret}` in it."""

    declares = Declares.BLIND
    pace = GATEWAY
    tells_delivery = False

    def __init__(self, setup: HttpTemplateSetup, secret: str) -> None:
        self._setup = setup
        self._secret = secret
        self._json = templates.json_of(setup.body) if setup.kind_of_body == JSON else None
        self._form = templates.form_of(setup.body) if setup.kind_of_body == FORM else None
        self._success = templates.steps(setup.success_path)
        self._id = templates.steps(setup.id_path)
        self._session = GuardedSession(lan=setup.lan, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        given = templates.values(message, self._secret)
        try:
            answer = self._call(given)
        except CallFailed as failed:
            return answers.failure(failed)
        return self._outcome(answer)

    def poll(self, provider_id: str) -> Report | None:
        """It was taken, and more is never learnt here."""
        return Report(SENT, "", provider_id)

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()

    def _call(self, given: templates.Values) -> Answer:
        setup = self._setup
        address = templates.address(setup.url, given)
        headers = {name: templates.fill(value, given) for name, value in setup.headers}
        if self._form is not None:
            form = {name: templates.fill(value, given) for name, value in self._form.items()}
            return self._session.call(
                setup.method,
                address,
                body=forms.encoded(form),
                headers={**headers, **forms.HEADERS},
            )
        tree = None if self._json is None else templates.filled_json(self._json, given)
        return self._session.call(setup.method, address, json=tree, headers=headers)

    def _outcome(self, answer: Answer) -> Outcome:
        wanted = self._setup.success_statuses
        if answer.status not in wanted if wanted else not 200 <= answer.status < 300:
            return answers.refusal(answer) or Unknown("unexpected_status")
        said = answers.decoded(answer.body)
        if self._success:
            found = answers.at(said, *self._success)
            if found is None:
                return Unknown("garbage", down=said is None)
            if self._setup.success_value not in ("", _word(found)):
                return GiveUp("rejected")
        return Accepted(answers.text(answers.at(said, *self._id)) if self._id else "")


def _word(found: object) -> str:
    """A value of an answer as a manager would write it: `true`, `0`, `ok`."""
    return str(found).lower() if isinstance(found, bool) else answers.text(found)

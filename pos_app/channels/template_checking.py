"""Whether a gateway's template can be filled with any text of any guest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from pos_app.channels import templates, urls
from pos_app.channels.setups import FORM, JSON, NO_BODY, HttpTemplateSetup
from pos_app.errors import BadInput

METHODS = ("GET", "POST", "PUT")
_SAMPLE = dict.fromkeys(templates.NAMES, "1")
# What the call itself has to say.
_OURS = {
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "accept-encoding",
    "expect",
    "te",
    "trailer",
    "upgrade",
}


def check(setup: HttpTemplateSetup) -> None:
    """Raises BadInput naming the first field that cannot be used."""
    _check_url(setup)
    if setup.method not in METHODS:
        raise BadInput("method", "The method is one of {known}", known=", ".join(METHODS))
    for place, (name, value) in enumerate(setup.headers):
        _check_header(f"headers[{place}]", name, value)
    _check_body(setup)
    _check_complete(setup)
    for status in setup.success_statuses:
        if not 200 <= status < 300:
            raise BadInput("success_statuses", "Success is a status from 200 to 299")
    _check_path("success_path", setup.success_path)
    _check_path("id_path", setup.id_path)
    if setup.success_value and not setup.success_path:
        raise BadInput("success_path", "This must not be empty")


def wants_secret(setup: HttpTemplateSetup) -> bool:
    """Whether `{secret}` stands anywhere in it."""
    return "secret" in _used(setup)


def secret_is_header(setup: HttpTemplateSetup) -> bool:
    """Whether it stands in a header, which cannot carry everything."""
    return any("secret" in templates.fields(value) for _, value in setup.headers)


def _check_url(setup: HttpTemplateSetup) -> None:
    _check_known("url", setup.url)
    try:
        authority = templates.authority(setup.url)
        path = urlsplit(setup.url).path
    except ValueError:
        authority, path = "", ""
    filled = templates.address(setup.url, _SAMPLE)
    if not authority or "#" in setup.url or "{" in filled or "}" in filled:
        filled = ""
    urls.check(filled, lan=setup.lan)
    if templates.fields(authority):
        raise BadInput("url", "Who is called must not depend on the message")
    # In the path a text such as “..” would lead elsewhere.
    if "text" in templates.fields(path):
        raise BadInput("url", "In an address the text stands only behind the ?")


def _check_header(field: str, name: str, value: str) -> None:
    _check_known(field, value)
    if name.lower() in _OURS or not urls.is_header(name, templates.fill(value, _SAMPLE)):
        raise BadInput(field, "This header cannot be set")
    if "text" in templates.fields(value):
        raise BadInput(field, "No header can carry a text")


def _check_body(setup: HttpTemplateSetup) -> None:
    if setup.kind_of_body not in (JSON, FORM, NO_BODY):
        raise BadInput(
            "kind_of_body",
            "The body is one of {known}",
            known=f"{JSON}, {FORM}, {NO_BODY}",
        )
    if setup.kind_of_body == NO_BODY and not setup.body:
        return
    if setup.method == "GET" or setup.kind_of_body == NO_BODY:
        raise BadInput("kind_of_body", "This call has no body")
    try:
        parts = list(_body_parts(setup))
    except ValueError:
        raise BadInput(
            "body",
            "This body cannot be read",
            hint="Such as {example}.",
            example=(
                '{"phone": "{to}", "text": "{text}"}'
                if setup.kind_of_body == JSON
                else "phone={to}&message={text}"
            ),
        ) from None
    for part in parts:
        _check_known("body", part)


def _check_complete(setup: HttpTemplateSetup) -> None:
    used = set(_used(setup))
    field = "url" if setup.kind_of_body == NO_BODY else "body"
    if "text" not in used:
        raise BadInput(field, "Nothing is sent without {name}", name="{text}")
    if not used & {"to", "to_digits"}:
        raise BadInput(field, "Nothing is sent without {name}", name="{to}")


def _check_path(field: str, path: str) -> None:
    try:
        templates.steps(path)
    except ValueError:
        raise BadInput(
            field,
            "This is no path into an answer",
            hint="Such as {example}.",
            example="data.messages[0].id",
        ) from None


def _check_known(field: str, template: str) -> None:
    for name in templates.fields(template):
        if name not in templates.NAMES:
            raise BadInput(
                field,
                "“{name}” is no field here",
                hint="There are {known}.",
                name=name,
                known=", ".join(templates.NAMES),
            )


def _used(setup: HttpTemplateSetup) -> Iterator[str]:
    texts: Iterable[str] = [setup.url, *(value for _, value in setup.headers)]
    for text in (*texts, *_body_parts(setup)):
        yield from templates.fields(text)


def _body_parts(setup: HttpTemplateSetup) -> Iterator[str]:
    """Where fields may stand in the body. Raises ValueError."""
    if setup.kind_of_body == JSON:
        yield from templates.texts_in(templates.json_of(setup.body))
    elif setup.kind_of_body == FORM:
        yield from templates.form_of(setup.body).values()

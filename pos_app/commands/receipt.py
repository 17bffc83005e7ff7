"""`orderbell receipt`: the guest's slip as a file."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import write_output
from pos_app.errors import NotFound

_FORMS = ("pdf", "png", "escpos")


def add(commands: Commands) -> None:
    parser = command(commands, "receipt", receipt, "write an order's slip to a file")
    parser.add_argument("number", metavar="NUMBER[@DATE]")
    forms = parser.add_mutually_exclusive_group(required=True)
    for form in _FORMS:
        forms.add_argument(f"--{form}", metavar="FILE", help="- for standard output")
    parser.add_argument("--width", type=int, choices=(58, 80), default=80, help="of the paper, mm")


def receipt(arguments: argparse.Namespace) -> int:
    from pos_app import receipts

    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        card = shop.desk.order(order_id)
        if card is None:
            raise NotFound("There is no such order")
        settings = shop.desk.setup().settings.shop
        info = receipts.ShopInfo(
            names={settings.language: settings.name},
            phone=settings.phone,
            zone=settings.zone,
            language=settings.language,
            paper_width_mm=arguments.width,
        )
        layout = receipts.slip_layout(card.order, info, shop.desk.tracking_url(order_id))
    write = {"pdf": receipts.to_pdf, "png": receipts.to_png, "escpos": receipts.to_escpos}
    form = next(form for form in _FORMS if getattr(arguments, form) is not None)
    write_output(getattr(arguments, form), write[form](layout))
    return 0

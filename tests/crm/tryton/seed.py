"""Fill a new Tryton database with a small shop. Run by Tryton's own Python: `seed.py CONFIG PASSWORD`.

Ann is a VIP with an order in each state, Ben has one order and an address that Cleo shares. The user
`kindhand` may sell and nothing more, as `docs/crm.md` advises.
"""

import sys
from decimal import Decimal

from proteus import Model, Wizard, config


def main(configuration: str, password: str) -> None:
    config.set_trytond("sqlite:///shop", config_file=configuration)
    _company()
    _salesman(password)
    product = _product()
    ann = _party("c-ann", "Ann <b>Lee</b>", "ann@example.com", categories=("VIP", "Subscriber"))
    ben = _party("c-ben", "Ben Ode", "we@example.com")
    _party("c-cleo", "Cleo Fox", "WE@example.com")
    _number_from(10421)
    packing, shipped, delivered, cancelled = (_quoted(ann, product, n) for n in (1, 2, 3, 4))
    cancelled.click("cancel")
    for sale in (packing, shipped, delivered):
        sale.click("confirm")
    _ship(shipped, "ship")
    _ship(delivered, "ship", "do")
    _quoted(ben, product, 5).click("confirm")
    _draft(ann, product, 9).save()
    _note(ann, "Prefers the back door")


def _company() -> None:
    Currency = Model.get("currency.currency")
    pound = Currency(name="Pound", symbol="£", code="GBP", rounding=Decimal("0.01"), digits=2)
    pound.rates.new(rate=Decimal(1))
    pound.save()
    party = Model.get("party.party")(name="Copper Kettle")
    party.save()
    setup = Wizard("company.company.config")
    setup.execute("company")
    setup.form.party, setup.form.currency = party, pound
    setup.execute("add")
    config.get_config()._context = Model.get("res.user").get_preferences(True, {})


def _salesman(password: str) -> None:
    user = Model.get("res.user")(name="Kindhand", login="kindhand", password=password)
    (company,) = Model.get("company.company").find()
    user.companies.append(company)
    user.company = company
    user.groups.extend(Model.get("res.group").find([("name", "=", "Sales")]))
    user.save()


def _product():
    (unit,) = Model.get("product.uom").find([("name", "=", "Unit")])
    template = Model.get("product.template")(name="Harbour Blend 250 g", default_uom=unit, type="goods")
    template.salable, template.list_price = True, Decimal("9.95")
    template.save()
    return template.products[0]


def _party(code: str, name: str, email: str, categories: tuple[str, ...] = ()):
    party = Model.get("party.party")(code=code, name=name)
    (address,) = party.addresses
    address.street_unstructured, address.postal_code, address.city = "1 Old Lane", "AB1 2CD", "Leith"
    for kind, value in (("email", email), ("phone", "+441632960001")):
        party.contact_mechanisms.new(type=kind, value=value)
    for category in categories:
        known = Model.get("party.category")(name=category)
        known.save()
        party.categories.append(known)
    party.save()
    return party


def _number_from(number: int) -> None:
    (sequence,) = Model.get("ir.sequence").find([("name", "=", "Sale")])
    sequence.prefix, sequence.number_next = "CK-", number
    sequence.save()


def _draft(party, product, quantity: int):
    sale = Model.get("sale.sale")(party=party)
    sale.invoice_method = "manual"  # so that no accounts are needed
    line = sale.lines.new()
    line.product, line.quantity = product, quantity
    return sale


def _quoted(party, product, quantity: int):
    sale = _draft(party, product, quantity)
    sale.click("quote")
    return sale


def _ship(sale, *last: str) -> None:
    (shipment,) = sale.shipments
    for step in ("assign_force", "pick", "pack", *last):
        shipment.click(step)


def _note(party, text: str) -> None:
    Model.get("ir.note")(resource=party, message=text).save()


if __name__ == "__main__":
    main(*sys.argv[1:])

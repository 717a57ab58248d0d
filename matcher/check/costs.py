"""Who has paid what for a person: `payer:amount; …` in whole rupiah."""

from __future__ import annotations

from collections import Counter

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found
from matcher.check.named_lists import halves, list_of, read_as, stated
from matcher.language import say
from matcher.problem import PAYERS
from matcher.spelling import did_you_mean

Costs = tuple[tuple[str, int], ...]
FORM = "payer:amount"
PERSON = "person"
_WORDS = {
    "kemnaker": "kementerian; kementerian ketenagakerjaan; kemenaker; pemerintah; pemerintah"
    " indonesia; negara; APBN; ministry; government; 政府; インドネシア政府; 労働省;"
    " インドネシア労働省; 労働大臣府",
    "school": "SO; LPK; LPK/SO; SO/LPK; organisasi pengirim; SO pengirim; sending organisation;"
    " sending organization; 送出機関; 送出し機関",
    "joe": "JOE協同組合; kumiai; organisasi pengawas; supervising organisation;"
    " supervising organization; 監理団体; 監理支援機関; 組合; 協同組合",
    "host": "perusahaan; perusahaan penerima; company; host company; employer; 実習実施者;"
    " 育成就労実施者; 受入企業; 受入れ企業; 企業; 会社",
    "person": "peserta; sendiri; diri sendiri; biaya sendiri; pribadi; orang tua; keluarga;"
    " candidate; participant; self; own; family; 本人; 自己負担; 候補者; 家族",
}
PAYER_WORDS = {
    cells.folded(word): payer for payer in PAYERS for word in (payer, *_WORDS[payer].split(";"))
}


def costs(cell: Cell) -> Found[Costs]:
    """Return what each payer has paid, in the order of `PAYERS`, amounts of one payer added up."""
    values, text, code = list_of(cell, _cost)
    paid: Counter[str] = Counter()
    for payer, amount in values:
        paid[payer] += amount
    return Found(tuple((payer, paid[payer]) for payer in PAYERS if payer in paid), text, code)


def paid_by_person(found: Costs) -> int:
    """Return what the person has paid, -1 where it is not said."""
    return dict(found).get(PERSON, -1)


def _cost(part: str) -> Found[tuple[str, int]]:
    written, right = halves(part, ":", FORM)
    payer = PAYER_WORDS.get(cells.folded(written))
    if payer is None:
        reason = say("“{part}” is none of those who pay", part=written)
        mend = did_you_mean(written, PAYERS) or say("one of: {words}", words=PAYERS)
        raise CellFault("NOT_A_WORD", reason, mend)
    amount = stated(_amount(right), part, FORM)
    code = read_as(written, payer) or amount.code
    return Found((payer, amount.value), f"{payer}:{amount.text}", code)


def _amount(text: str) -> Found[int]:
    """Return an amount of rupiah; a lone mark in it stands between thousands."""
    in_rupiah = f"Rp {text}" if cells.plain(text)[:1].isdigit() else text
    found = cells.money(currency="IDR")(Cell(in_rupiah))
    return found if found.text != text else Found(found.value, found.text)

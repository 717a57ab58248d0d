"""Words of small closed lists in the three languages: conditions of the work, months, none."""

from __future__ import annotations

import re
import unicodedata

from matcher.vocabulary.names import LONGEST, folded

_CONDITIONS = {
    "pork": "babi; daging babi; pork; pig; pigs; 豚; 豚肉; ぶた; ポーク",
    "alcohol": "alkohol; minuman keras; miras; minuman beralkohol; alcohol; 酒; お酒; 酒類;"
    "アルコール",
    "night_shift": "kerja malam; shift malam; sif malam; dinas malam; malam; kerja shift malam;"
    "night shift; night work; nights; 夜勤; 夜勤あり; 夜間勤務; 深夜勤務",
    "heights": "ketinggian; kerja di ketinggian; bekerja di ketinggian; tempat tinggi; heights;"
    "work at height; work at heights; 高所; 高所作業; 高い所",
    "cold_store": "gudang beku; ruang beku; gudang dingin; gudang pendingin; cold storage;"
    "cold store; freezer; 冷凍庫; 冷凍倉庫; 冷凍庫内作業; 冷蔵倉庫",
    "no_prayer_place": "tidak ada tempat salat; tidak ada tempat sholat; tidak ada tempat shalat;"
    "tidak ada tempat ibadah; tanpa tempat salat; tanpa tempat sholat; tanpa tempat ibadah;"
    "tidak ada musala; tidak ada mushola; tidak ada musholla; no prayer place; no prayer room;"
    "no place to pray; 礼拝場所なし; 礼拝所なし; 礼拝室なし; お祈りの場所なし",
    "no_headscarf": "tidak boleh berjilbab; tidak boleh jilbab; tanpa jilbab; lepas jilbab;"
    "tidak boleh berhijab; tanpa hijab; lepas hijab; tidak boleh kerudung; tanpa kerudung;"
    "no headscarf; no hijab; headscarf not allowed; ヒジャブ不可; スカーフ不可; ヒジャブ禁止",
}
CONDITION_WORDS = {
    folded(word): name for name, words in _CONDITIONS.items() for word in (name, *words.split(";"))
}
NOTHING = {"none", "nothing", "無し", "無", "tidakada", "なし"}

_YEARS = r"tahun|thn|th|years?|yrs?|年間?"
_MONTHS = r"bulan|bln|bl|months?|mos?|か月間?|ヶ月間?|ヵ月間?|カ月間?|ケ月間?|箇月間?|月"
_SPAN = re.compile(
    rf"(?:([0-9]{{1,3}})\s?(?:{_YEARS})\.?)?\s?(?:([0-9]{{1,4}})\s?(?:{_MONTHS})\.?)?"
)


def months_of(text: str) -> int | None:
    """Return the months of “24 bulan”, “2 tahun” or “1年6か月”; None where no unit is said."""
    if len(text) > LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _SPAN.fullmatch(plain)
    if not found or not plain:
        return None
    return 12 * int(found[1] or 0) + int(found[2] or 0)

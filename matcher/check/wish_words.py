"""The words of hosts' wishes in the three languages, and the law that each kind touches."""

from __future__ import annotations

import re

from matcher.language import say

# Words of the Latin alphabet stand alone (“male” is not in “female”); Japanese ones anywhere.
_WORDS = {
    "strength": (
        "kuat|tenaga|fisik|angkat|mengangkat|kekuatan|strong|strength|physical(?:ly)?|lift(?:ing)?"
        "|grip",
        "握力|体力|力仕事|重い物|重量物",
    ),
    "height": (
        "tinggi badan|tinggi(?= *:? *(?:min|max|maks|[0-9]))|tb(?= *(?:/ *bb)? *[:>]? *[0-9])"
        "|height|tall|[0-9]+(?:[.,][0-9]+)? ?cm",
        "身長",
    ),
    "weight": (
        "berat badan|berat(?= *:? *(?:min|max|maks|[0-9]))|bb(?= *[:<]? *[0-9])|weight"
        "|[0-9]+(?:[.,][0-9]+)? ?kg",
        "体重",
    ),
    "handedness": (
        "kidal|tangan kanan|tangan kiri|tangan dominan|left[- ]?hand(?:ed(?:ness)?|er)?"
        "|right[- ]?hand(?:ed(?:ness)?|er)?|dominant hand",
        "利き手|左利き|右利き|左きき|右きき",
    ),
    "sight": (
        "mata|penglihatan|buta warna|kacamata|berkacamata|rabun|eyesight|sight|vision|glasses"
        "|colou?r[- ]?blind(?:ness)?",
        "視力|色盲|色覚|色弱|メガネ|めがね|眼鏡|裸眼",
    ),
    "marital": (
        "menikah|nikah|pernikahan|kawin|lajang|janda|duda|anak|hamil|single|(?:un)?married|marital"
        "|children|pregnan(?:t|cy)",
        "未婚|既婚|独身|婚姻|結婚|配偶者|子供|子ども|妊娠",
    ),
    "headscarf": (
        "(?:ber)?(?:jilbab|hijab|kerudung)|head[- ]?scar(?:f|ves)|veil",
        "ヒジャブ|ヒジャーブ|ヘジャブ|スカーフ",
    ),
    "religion": (
        "agama|beragama|muslim(?:ah)?|islam|kristen|katolik|hindu|buddha|budha|sal?h?olat|sholat"
        "|puasa|berpuasa|ibadah|religion|religious|christian|catholic|buddhist|pray(?:er|s)?"
        "|fasting",
        "宗教|イスラム|ムスリム|キリスト教|仏教|ヒンドゥー|お祈り|礼拝|断食",
    ),
    "tattoo": (
        "(?:ber)?tat+o+s?|tindik|bertindik|piercings?",
        "刺青|タトゥー|入れ墨|入墨|いれずみ|ピアス",
    ),
}
BY_WORD = {
    kind: re.compile(rf"\b(?:{latin})\b|(?:{japanese})")
    for kind, (latin, japanese) in _WORDS.items()
}

_MEN = r"laki[- ]?laki|laki2|lelaki|pria|cowok|males?|m[ae]n"
_WOMEN = r"perempuan|wanita|cewek|females?|wom[ae]n"
SEXES = {
    "L": re.compile(rf"(?<![^\W\d])(?:{_MEN})(?![^\W\d])|男性|男子|男"),
    "P": re.compile(rf"(?<![^\W\d])(?:{_WOMEN})(?![^\W\d])|女性|女子|女"),
}
# A letter means a sex only where it is the whole of a part, with a number perhaps.
LETTERS = {"l": "L", "lk": "L", "m": "L", "p": "P", "pr": "P", "f": "P"}
LETTER = re.compile(
    r"([0-9]{1,4})? ?(lk|pr|[lpmf])(?: ?[:=]? ?([0-9]{1,4}))?(?: ?(?:orang|org|名|人))?"
)
COUNT_BEHIND = re.compile(r"^ *[:=(]? *([0-9]{1,4})(?![0-9])")
COUNT_BEFORE = re.compile(r"(?<![0-9\-])([0-9]{1,4}) *(?:orang|org|people|persons|名|人)? *の? *$")
# Both sexes named with nothing but this between them: either is welcome.
EITHER = re.compile(r"[ /&+\-]*(?:dan|atau|and|or|maupun|と|・|か)?[ /&+\-]*(?:不問|可|とも|ok)?")
NOT = re.compile(
    r"\b(?:bukan|tidak|tak|non|no|not|tanpa|kecuali|except|without)\b|不可|以外|ない|なし|除く|お断り|不要"
)

# A cell that wishes nothing, or either sex.
NOTHING = re.compile(
    r"(?:(?:jenis kelamin|gender|sex|usia|umur|age|性別|男女|年齢)[: ]*)?"
    r"(?:bebas|tidak ada|tanpa syarat|semua|apa saja|none|any|no preference|either|all|open"
    r"|不問|問わず|なし|無し|特になし|特に無し|どちらでも)"
    r"|(?:l ?[/&+] ?p|p ?[/&+] ?l|m ?[/&+] ?f|f ?[/&+] ?m|男女)"
    r"(?: ?(?:不問|問わず|可|とも|どちらでも(?:可)?))?"
)

AGE_WORD = re.compile(
    r"\b(?:usia|umur|berusia|berumur|aged?|years? old|y\.?o\.?)\b|年齢|年令|歳|才"
)
AGE_UNIT = r"(?: ?(?:歳|才|tahun|thn|th|years?(?: old)?|yrs?|y\.?o)\.?)"
AGED = re.compile(rf"(?<![0-9])[1-9][0-9]{AGE_UNIT}")
_TO = r" *(?:-|s\.?/?d\.?|sampai(?: dengan)?|hingga|until|to|and|dan|から|以上) *"
AGE_RANGE = re.compile(
    rf"(?<![0-9])([1-9][0-9]){AGE_UNIT}?{_TO}([1-9][0-9])(?![0-9])(代)?{AGE_UNIT}? *(未満)?"
    r"(?! *(?:cm|kg|名|人|orang|org|people|persons))"
)
NO_AGE = re.compile(
    r"\b(?:pengalaman|experience|kontrak|contract|lulus(?:an)?|bekerja)\b|経験|契約|実務"
)
_NUMBER = rf"(?<![0-9])([1-9][0-9])(?![0-9]){AGE_UNIT}?"
_AGE = r"(?:usia|umur|age)?[: ]*"
AGE_BOUNDS = (  # (pattern, which end, what to add to the number)
    (
        re.compile(rf"{_NUMBER} *(?:以下|まで|以内|迄|ke bawah|or (?:under|younger|below))"),
        "high",
        0,
    ),
    (re.compile(rf"{_NUMBER} *未満"), "high", -1),
    (
        re.compile(rf"{_NUMBER} *(?:以上|から|-(?! *[0-9])|\+|ke atas|or (?:over|older|above))"),
        "low",
        0,
    ),
    (
        re.compile(
            rf"\b(?:di ?bawah|kurang dari|under|below|younger than|less than) *{_AGE}{_NUMBER}"
            rf"|< *{_NUMBER}"
        ),
        "high",
        -1,
    ),
    (
        re.compile(
            rf"\b(?:di ?atas|lebih dari|over|above|older than|more than) *{_AGE}{_NUMBER}"
            rf"|> *{_NUMBER}"
        ),
        "low",
        1,
    ),
    (
        re.compile(
            rf"\b(?:maks(?:imal|imum)?|max(?:imum|imal)?|paling tua|sampai|hingga|up to|until)\.?"
            rf" *{_AGE}{_NUMBER}|(?:<=|≤) *{_NUMBER}"
        ),
        "high",
        0,
    ),
    (
        re.compile(
            rf"\b(?:min(?:imal|imum)?|paling muda|mulai|dari|from|at least)\.? *{_AGE}{_NUMBER}"
            rf"|(?:>=|≥) *{_NUMBER}"
        ),
        "low",
        0,
    ),
)
DECADE = re.compile(r"(?<![0-9])([1-6])0代(?!前半|後半|半ば)")

_SEX = say("L1: Equal Employment Opportunity Act, Article 5: equal opportunity regardless of sex")
_BODY = say(
    "L2: Equal Employment Opportunity Act, Article 7: height, weight or strength only where the"
    " work really needs it"
)
_LIKE_BODY = say(
    "no rule of its own; as L2, only where the work really needs it, and never part of the score"
)
_CREED = say("L4: Employment Security Act, Article 3: no discrimination by creed")
WISH_LAWS = {
    "sex": _SEX,
    "age": say(
        "L5: Labour Policy Act, Article 9: recruiting is open to every age; 18 or older (L6)"
    ),
    "height": _BODY,
    "weight": _BODY,
    "strength": _BODY,
    "handedness": _LIKE_BODY,
    "sight": _LIKE_BODY,
    "marital": say(
        "L1: Equal Employment Opportunity Act, Article 5, and Employment Security Act, Article 5-5:"
        " marriage and family are not asked about"
    ),
    "religion": _CREED,
    "headscarf": _CREED,
    "tattoo": _LIKE_BODY,
    "other": say("not recognised: an officer reads it against L1 to L5"),
}
WISH_NAMES = {
    "sex": say("sex"),
    "age": say("age"),
    "height": say("height"),
    "weight": say("weight"),
    "strength": say("strength"),
    "handedness": say("handedness"),
    "sight": say("eyesight"),
    "marital": say("marriage and family"),
    "religion": say("religion"),
    "headscarf": say("headscarf"),
    "tattoo": say("tattoo"),
    "other": say("another wish"),
}

"""The words of decisions in the three languages: what is printed and offered is the name; aliases
are only read."""

from __future__ import annotations

from matcher.check.outcome_words import words_of_list
from matcher.language import Name
from matcher.problem import ENFORCE, WAIVE

ACTION_NAMES = {
    "place": Name("ditetapkan pada job order", "求人に指定", "set at a job order"),
    "forbid": Name("dikecualikan dari usulan", "除外", "excluded"),
    "withdraw": Name("mengundurkan diri", "辞退", "withdrew"),
    "hold": Name("ditangguhkan", "保留", "on hold"),
    f"{WAIVE}japanese_order": Name(
        "pengecualian: bahasa Jepang saat masuk",
        "例外承認:入国時の日本語能力",
        "waived: Japanese at entry",
    ),
    f"{WAIVE}must_skills": Name(
        "pengecualian: keterampilan wajib", "例外承認:必須技能", "waived: skills insisted on"
    ),
    f"{WAIVE}entry_window": Name(
        "pengecualian: kesiapan pada jadwal masuk",
        "例外承認:入国時期への対応",
        "waived: availability for entry",
    ),
    f"{WAIVE}order_open": Name(
        "pengecualian: tanggal penutupan job order",
        "例外承認:求人の受付期限",
        "waived: closing date",
    ),
    f"{WAIVE}school_allowed": Name(
        "pengecualian: SO yang ditentukan",
        "例外承認:認められた送出機関",
        "waived: sending organisation allowed",
    ),
    f"{WAIVE}interview": Name(
        "pengecualian: hasil wawancara sebelumnya",
        "例外承認:以前の面接の結果",
        "waived: earlier interview",
    ),
    f"{ENFORCE}sex": Name(
        "permintaan diwajibkan: jenis kelamin", "希望の適用:性別", "wish enforced: sex"
    ),
    f"{ENFORCE}age": Name("permintaan diwajibkan: usia", "希望の適用:年齢", "wish enforced: age"),
}
ACTION_ALIASES = {
    "place": "tetapkan; ditetapkan; 指定; 指定済み; 求人に指定済み; set",
    "forbid": "dikecualikan; jangan diusulkan; 推薦しない; exclude",
    "withdraw": "mundur; 辞退済み; withdrawn",
    "hold": "tunda; ditunda; 保留中; held",
}

action = words_of_list(ACTION_NAMES, ACTION_ALIASES)

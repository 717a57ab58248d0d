"""The words of what became of proposals, in the three languages: states, reason codes, outcomes of
objections. What is printed is the name; aliases are only read."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found, Parse
from matcher.language import Name, Phrase, say
from matcher.problem.outcomes import HOLD, HOST, PAIR, PREFECTURE, STAY, WITHDRAW, WORK
from matcher.spelling import did_you_mean

STATE_NAMES = {
    "proposed": Name("diusulkan", "推薦", "proposed"),
    "offered": Name("ditawarkan", "打診", "offered"),
    "agreed": Name("setuju", "同意", "agreed"),
    "declined": Name("tidak bersedia", "不同意", "declined"),
    "named": Name("nama disampaikan", "氏名通知", "named to the host"),
    "interviewed": Name("sudah wawancara", "面接済み", "interviewed"),
    "passed": Name("lulus wawancara", "面接合格", "passed the interview"),
    "reserve": Name("cadangan", "補欠", "reserve"),
    "failed": Name("tidak dilanjutkan", "見送り", "not taken further"),
    "no_show": Name("tidak hadir", "欠席", "did not come"),
    "plan_filed": Name("rencana magang diajukan", "計画認定申請済み", "plan filed"),
    "certificate": Name("COE terbit", "在留資格認定証明書交付", "certificate of eligibility"),
    "departed": Name("berangkat", "出国", "departed"),
}
STATE_ALIASES = {
    "proposed": "usulan; sudah diusulkan; 推薦済み; 推薦中",
    "offered": "sudah ditawarkan; tawaran; offer; 打診済み; 打診中; 提示; 提示済み",
    "agreed": "bersedia; menyetujui; sudah setuju; agree; accepted; 同意済み; 承諾; 本人同意",
    "declined": "menolak; tidak mau; tidak setuju; menolak tawaran; mengundurkan diri; decline;"
    " 辞退; 本人辞退; 辞退済み",
    "named": "nama disampaikan ke perusahaan; nama dikirim; 氏名通知済み; 氏名提出; 名簿提出",
    "interviewed": "wawancara; diwawancarai; selesai wawancara; interview; 面接; 面接実施",
    "passed": "lulus; 合格; lolos; diterima; diterima perusahaan; pass; accepted by the host; 採用;"
    " 内定",
    "reserve": "peserta cadangan; reserved; 補欠合格; 補欠者",
    "failed": "belum terpilih; not chosen; tidak lulus; 不合格; not passed;"
    " tidak terpilih; tidak lolos; gagal; fail; 不採用; 落選",
    "no_show": "not present; absen; mangkir; no-show; absent; 面接欠席; 不参加; 無断欠席",
    "plan_filed": "rencana diajukan; pengajuan rencana magang; 計画申請; 計画認定申請",
    "certificate": "coe; sertifikat kelayakan; 在留資格認定証明書; coe交付; coe issued",
    "departed": "sudah berangkat; keberangkatan; left; departure; 出国済み; 入国; 入国済み; 渡航",
}
REASON_NAMES = {
    "not_this_place": Name("bukan job order ini", "この求人を希望しない", "not this job order"),
    "not_this_work": Name("bukan pekerjaan ini", "この作業を希望しない", "not this work"),
    "not_this_host": Name("bukan perusahaan ini", "この実習実施者を希望しない", "not this host"),
    "not_this_prefecture": Name(
        "bukan prefektur ini", "この都道府県を希望しない", "not this prefecture"
    ),
    "terms": Name("syarat kerja", "労働条件", "terms of the work"),
    "date": Name("waktu tidak sesuai", "日程が合わない", "date does not suit"),
    "family": Name("alasan keluarga", "家族の事情", "family reasons"),
    "health": Name("alasan kesehatan", "健康上の理由", "health"),
    "other_work": Name("bekerja di tempat lain", "他に就職", "works elsewhere"),
    "leaves_programme": Name("keluar dari program", "プログラムを離れる", "leaves the programme"),
    "skill": Name("keterampilan", "技能", "skill"),
    "language": Name("bahasa Jepang", "日本語", "Japanese"),
    "interview": Name("hasil wawancara", "面接の結果", "interview"),
    "others_chosen": Name("peserta lain yang dipilih", "他の候補者を選考", "others were chosen"),
    "host_wide": Name(
        "berlaku di semua job order perusahaan", "実習実施者の全求人", "at all of the host's orders"
    ),
    "order_ended": Name("job order berakhir", "求人の終了", "the job order ended"),
    "papers": Name("dokumen", "書類", "papers"),
    "travel": Name("kendala perjalanan", "交通の支障", "travel"),
    "unknown": Name("tidak diketahui", "不明", "not known"),
}
REASON_ALIASES = {
    "terms": "syarat; gaji; upah; kondisi kerja; 条件; 賃金; 給与; 待遇; terms; wage; pay",
    "date": "tanggal; waktu; jadwal; 日程; 時期; schedule",
    "family": "keluarga; izin keluarga; 家族; 家族の反対",
    "health": "kesehatan; sakit; 健康; 体調; 体調不良; 病気; illness",
    "other_work": "pekerjaan lain; sudah bekerja; 他社就職; 就職; other job",
    "leaves_programme": "mengundurkan diri dari program; 離脱; プログラム離脱",
    "skill": "kemampuan kerja; 技能不足; skills",
    "language": "bahasa; 日本語力; 日本語能力; 日本語不足; japanese language",
    "interview": "wawancara; 面接; 面接結果",
    "others_chosen": "peserta lain; kuota terisi; 他の候補者; 定員充足",
    "order_ended": "job order dibatalkan; job order ditutup; 求人取消; 求人取下げ; order cancelled",
    "papers": "berkas; 書類不備; documents",
    "travel": "perjalanan; transportasi; 交通; 交通機関の遅れ",
    "unknown": "tidak tahu; 理由不明",
}
EFFECTS: dict[str, Phrase] = {
    PAIR: say("This person is not proposed at this job order again."),
    WORK: say("This person is proposed at no job order of this work."),
    HOST: say("This person is proposed at no job order of this host."),
    PREFECTURE: say("This person is proposed at no job order in this prefecture."),
    HOLD: say("This person is on hold until a later yes (agreed) is on record."),
    WITHDRAW: say("This person takes no part until a later step shows that the person goes on."),
    STAY: say("Nothing is closed: this person may be proposed at this job order again."),
}
ANSWER_NAMES = {
    "upheld": Name("diterima", "認容", "upheld"),
    "not_upheld": Name("tidak diterima", "棄却", "not upheld"),
    "withdrawn": Name("dicabut", "取下げ", "withdrawn"),
}
ANSWER_ALIASES = {
    "upheld": "dikabulkan; beralasan; 認める; 承認",
    "not_upheld": "tidak dikabulkan; tidak beralasan; 認めない; 却下; not accepted",
    "withdrawn": "ditarik; ditarik kembali; 取り下げ; 撤回",
}


def words_of_list(names: Mapping[str, Name], aliases: Mapping[str, str]) -> Parse[str]:
    """Return the parser of a closed list of machine words, each also known by its names in the
    three languages and by its aliases; another word is asked back with the nearest one. What is
    kept is the machine word, whatever the language of the cell."""
    plain = {word: word for word in names}
    for word, name in names.items():
        plain |= dict.fromkeys((name.id, name.ja, name.en), word)
    other = {alias: word for word, told in aliases.items() for alias in told.split("; ")}
    parse = cells.choice(plain, tuple(names), other)

    def asking(cell: Cell) -> Found[str]:
        try:
            found = parse(cell)
        except CellFault as fault:
            near = did_you_mean(cell.text, plain)
            raise CellFault(fault.code, fault.reason, near or fault.mend) from None
        code = found.code or ("" if cell.text == found.value else "WORD_FORM")
        return Found(found.value, found.value, code)

    return asking


state = words_of_list(STATE_NAMES, STATE_ALIASES)
reason_code = words_of_list(REASON_NAMES, REASON_ALIASES)
answer = words_of_list(ANSWER_NAMES, ANSWER_ALIASES)

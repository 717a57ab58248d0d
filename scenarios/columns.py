"""The columns of the tables of a scenario, in order."""

# fmt: off
CANDIDATE_COLUMNS = [
    "candidate_id", "name", "sex", "birth_date", "province", "centre", "school", "programme",
    "training_start", "training_end", "training_jp", "minutes_per_jp", "jp_done", "school_start",
    "school_end", "school_hours_done", "school_hours_planned", "training_result", "attendance",
    "assessment", "certificates", "skills", "experience", "employment", "japanese_level",
    "japanese_test_date", "japanese_expected", "former_trainee", "coe_refused", "available_from",
    "passport_until", "medical", "family_consent", "wishes_job_types", "wishes_prefectures",
    "refuses", "accepts", "accepts_any_trade", "accepted_on", "deposit", "cost_to_candidate",
    "consent_export", "wants_abroad",
]
OPENING_COLUMNS = [
    "opening_id", "host_id", "operation_no", "seats", "establishment_id", "supervisor_id",
    "senders", "prefecture", "regime", "stage", "entry_from", "entry_to", "order_closes",
    "interview_on", "interview_mode", "interview_ratio", "min_seats", "min_japanese", "skills",
    "monthly_wage", "monthly_hours", "deductions", "net_pay", "contract_months", "work",
    "conditions", "cost_to_candidate", "any_trade", "wishes", "wish_reason",
]
HOST_COLUMNS = [
    "host_id", "name", "prefecture", "full_time_staff", "excellent", "trainees_1", "trainees_2",
    "trainees_3", "promised", "esd_people", "supervisor_id", "designated_area", "rooms_women",
    "rooms_men",
]
ESTABLISHMENT_COLUMNS = [
    "establishment_id", "host_id", "name", "care_staff", "trainees_1", "trainees_2", "trainees_3",
]
SUPERVISOR_COLUMNS = [
    "supervisor_id", "name", "permit", "permit_until", "countries", "categories", "esd_permit",
]
SCHOOL_COLUMNS = [
    "school", "name", "licence", "class_size", "province",
]
DECISION_COLUMNS = [
    "action", "candidate_id", "opening_id", "reason", "by", "on",
]
# fmt: on

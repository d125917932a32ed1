"""What each template fills in as it comes with soket: what an office's own may lack."""

from __future__ import annotations

_FILLED = {
    "appraisal_answers": "appraiser before drafter plan points round",
    "appraisal_report": (
        "agrees amended as_of change_count change_words changes changes_left_out compared counts drafter "
        "equal_count figure_count figures lacking linked look look_more opinion overall plan points "
        "points_open points_taken receiver returns round said_wrong since told unconfirmed unread verdict "
        "wrong wrong_more"
    ),
    "archive_manifest": "campaign count digest gaps plan rows size",
    "conference_agenda": "day format format_name lines place plan time",
    "conference_attendance": "as_of groups occasion organiser own_reviews plan refused reply_by speeches told",
    "conference_commendations": (
        "as_of counts decided indicators lead least measured more named nominated occasion plan quarter "
        "receiver share thresholds tied"
    ),
    "conference_conclusion": "chair cited copies occasion organiser place sections",
    "conference_delegates": "as_of day format format_name groups occasion place time told",
    "conference_invitation": (
        "addressed attends_at chair day format format_name guest_name invited line_test occasion organiser "
        "own_points page place plan reason replaced reply_by speech_minutes time topic unread"
    ),
    "conference_organisation": (
        "chair cited commended day format format_name invited line_test occasion organiser place plan tasks time units"
    ),
    "conference_prompts": "day format format_name groups occasion place rests_on time",
    "conference_registration": (
        "code day format format_name guest occasion organiser page place plan point reply_by time topic unread"
    ),
    "conference_script": "chair day format format_name lines occasion place time",
    "conference_seating": "as_of day format format_name line_test occasion organiser place points rows time",
    "conference_speeches": "day drafter format format_name goals occasion organiser place plan purposes time",
    "conference_summary": "cited extract plan sections",
    "coverage_request": "blocks deadline door how lead plan ring where",
    "document_request": "blocks deadline door how lead plan receiver ring signed what where",
    "draft_report": (
        "as_of forms listed lists missing overall plan provisional rates recipients sections standing_chart version"
    ),
    "nomination_form": "codes name plan signer",
    "nomination_slip": "at faults file lead unit",
    "press_note": "day occasion passages",
    "report_outline": "deadline enclosed forms outline plan receiver signed",
    "request_letter": (
        "blocks copies deadline door filling forms how lead outline own_reviews plan receiver ring signed where"
    ),
    "return_slip": (
        "again asks deadline files groups how lead locks mark must_fix overdue plan received_at submission "
        "to_check unit where"
    ),
    "transmittal": (
        "appraised_on appraiser asked copies drafter enclosures issuer meets opinion plan receiver result round"
    ),
    "urging_letter": (
        "addressees as_of closed contact copies in_all lead owed plan receiver rows signer subject within year"
    ),
    "weekly_report": "as_of blocks change date extensions last_week late lead next plan roots standing total undecided",
}


def filled_by_ours(template: str) -> frozenset[str]:
    """Return the fields that a template fills in as it comes with soket, but for `head`, which is its form's."""
    return frozenset(_FILLED[template].split())

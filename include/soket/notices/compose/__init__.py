"""One function for each event that is told by mail: from what the campaign knows to the notices it owes.

Each returns every notice of its event, posted before or not; the outbox knows which are new.
"""

from soket.notices.compose.access import (
    code_notice,
    code_notices,
    codes_untold,
    key_notice,
    link_notice,
    link_notices,
    links_untold,
)
from soket.notices.compose.anew import late_requests
from soket.notices.compose.conference import invitation_notices, press_notices, withdrawal_notices
from soket.notices.compose.drafts import appraisal_notice, appraisal_returned_notice, appraised_notice, draft_notice
from soket.notices.compose.folders import left_out_notices, unfinished_notices, untold
from soket.notices.compose.issued import issued_notices
from soket.notices.compose.messages import message_notices
from soket.notices.compose.moved import moved_stage_notices, reopened_notices
from soket.notices.compose.nominations import nomination_notices
from soket.notices.compose.provisional import provisional_notice
from soket.notices.compose.replies import overtaken, reply_notices
from soket.notices.compose.requests import coverage_request_notices, request_notices
from soket.notices.compose.units import new_date_notices, verdict_notices

__all__ = [
    "appraisal_notice",
    "appraisal_returned_notice",
    "appraised_notice",
    "code_notice",
    "code_notices",
    "codes_untold",
    "coverage_request_notices",
    "draft_notice",
    "invitation_notices",
    "issued_notices",
    "key_notice",
    "late_requests",
    "left_out_notices",
    "link_notice",
    "link_notices",
    "links_untold",
    "message_notices",
    "moved_stage_notices",
    "new_date_notices",
    "nomination_notices",
    "overtaken",
    "press_notices",
    "provisional_notice",
    "reopened_notices",
    "reply_notices",
    "request_notices",
    "unfinished_notices",
    "untold",
    "verdict_notices",
    "withdrawal_notices",
]

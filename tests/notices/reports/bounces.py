"""Reports as servers write them, about one mail to one or two addresses; the shapes are theirs, the names are not."""

from __future__ import annotations

from email.message import Message

HEADERS = """\
From: Ban Tuyen giao <vanhanh@hatinh.example>
To: Van thu <{address}>
Subject: =?utf-8?q?Nh=E1=BA=AFc?=
Message-ID: <{message_id}>
X-Soket-Campaign: {campaign}
X-Soket-Notice: {notice}
"""

UNKNOWN = "smtp; 550 5.1.1 <{address}>: Recipient address rejected: User unknown in virtual mailbox table"


def postfix(
    message_id: str,
    address: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnosis: str = UNKNOWN,
    envelope_id: str = "",
    original: str | None = None,
    returned: bool = True,
    campaign: str = "nq06/2021",
    notice: str = "receipt.unit_00.n1",
) -> bytes:
    """Return a Postfix notification, which brings back the headers."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign=campaign, notice=notice)
    original_line = f"Original-Recipient: rfc822;{original or address}\n"
    back = f"""
--F1E2.1634/mx.so.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}"""
    return f"""\
Return-Path: <>
Received: by mx.so.example (Postfix) id 4HXq1z; Wed, 20 Oct 2021 07:31:02 +0700 (+07)
Date: Wed, 20 Oct 2021 07:31:02 +0700 (+07)
From: MAILER-DAEMON@mx.so.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: vanhanh@hatinh.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="F1E2.1634/mx.so.example"
Message-Id: <20211020003102.4HXq1z@mx.so.example>

This is a MIME-encapsulated message.

--F1E2.1634/mx.so.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.so.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{address}>: host 10.0.0.5[10.0.0.5] said: 550 5.1.1 <{address}>: User unknown

--F1E2.1634/mx.so.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.so.example
{f"Original-Envelope-Id: {envelope_id}" + chr(10) if envelope_id else ""}X-Postfix-Queue-ID: 4HXq1z
Arrival-Date: Wed, 20 Oct 2021 07:31:00 +0700 (+07)

Final-Recipient: rfc822; {address}
{original_line}Action: {action}
Status: {status}
Remote-MTA: dns; 10.0.0.5
Diagnostic-Code: {diagnosis.format(address=address)}
{back if returned else ""}
--F1E2.1634/mx.so.example--
""".encode()


def exchange(message_id: str, address: str) -> bytes:
    """Return a non-delivery report of Exchange: a page of HTML, a whole mail brought back, an odd diagnosis."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign="nq06/2021", notice="receipt.unit_00.n1")
    return f"""\
From: Microsoft Outlook
\t<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@so.example>
To: <vanhanh@hatinh.example>
Date: Wed, 20 Oct 2021 00:31:02 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b1_exchange"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: vi
Message-ID: <4f7f3c18-7a0e@EX01.so.example>
In-Reply-To: <{message_id}>
References: <{message_id}>
Subject: =?utf-8?Q?Kh=C3=B4ng_g=E1=BB=ADi_=C4=91=C6=B0=E1=BB=A3c:_Nh=E1=BA=AFc?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b1_exchange
Content-Type: multipart/alternative; differences=Content-Type; boundary="b2_exchange"

--b2_exchange
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Kh=C3=B4ng g=E1=BB=ADi =C4=91=C6=B0=E1=BB=A3c th=C6=B0 cho: {address}

--b2_exchange
Content-Type: text/html; charset="utf-8"

<html><body><p>Delivery has failed to these recipients: {address}</p></body></html>

--b2_exchange--
--b1_exchange
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.so.example
Received-From-MTA: dns;mx.hatinh.example

Final-recipient: RFC822;{address}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--b1_exchange
Content-Type: message/rfc822

{headers}Content-Type: text/plain; charset="utf-8"

Noi dung.

--b1_exchange--
""".encode()


def gmail(message_id: str, address: str) -> bytes:
    """Return a report of Gmail: the failed address in a header of its own, parts inside parts."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign="nq06/2021", notice="receipt.unit_00.n1")
    return f"""\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: vanhanh@hatinh.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{message_id}>
In-Reply-To: <{message_id}>
X-Failed-Recipients: {address}
Message-ID: <616f.1c69.GMR@google.example>
Date: Tue, 19 Oct 2021 17:31:03 -0700 (PDT)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="0000gm"; report-type=delivery-status

--0000gm
Content-Type: multipart/related; boundary="0001gm"

--0001gm
Content-Type: multipart/alternative; boundary="0002gm"

--0002gm
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {address} because the address couldn't be found.

550 5.1.1 The email account that you tried to reach does not exist.

--0002gm--
--0001gm--
--0000gm
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Arrival-Date: Tue, 19 Oct 2021 17:31:02 -0700 (PDT)
X-Original-Message-ID: <{message_id}>

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550 5.1.1 Please try double-checking the recipient's email address.
Last-Attempt-Date: Tue, 19 Oct 2021 17:31:03 -0700 (PDT)

--0000gm
Content-Type: message/rfc822

{headers}
...
--0000gm--
""".encode()


def sendmail(message_id: str, address: str, *, action: str = "delayed") -> bytes:
    """Return a warning of Sendmail: four hours, still trying; the headers as message/rfc822-headers, no ORCPT."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign="nq06/2021", notice="receipt.unit_00.n1")
    return f"""\
Return-Path: <MAILER-DAEMON@mail.so.example>
Date: Wed, 20 Oct 2021 11:31:05 +0700
From: Mail Delivery Subsystem <MAILER-DAEMON@mail.so.example>
Message-Id: <202110200431.19K4V5xx@mail.so.example>
To: <vanhanh@hatinh.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="19K4V5xx.1634704265/mail.so.example"
Subject: Warning: could not send message for past 4 hours
Auto-Submitted: auto-generated (warning-timeout)

This is a MIME-encapsulated message

--19K4V5xx.1634704265/mail.so.example

    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

   ----- Transcript of session follows -----
<{address}>... Deferred: Connection timed out with mx.so.example.

--19K4V5xx.1634704265/mail.so.example
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.so.example
Arrival-Date: Wed, 20 Oct 2021 07:31:02 +0700

Final-Recipient: RFC822; {address}
Action: {action}
Status: 4.4.1
Remote-MTA: DNS; mx.so.example
Last-Attempt-Date: Wed, 20 Oct 2021 11:31:05 +0700

--19K4V5xx.1634704265/mail.so.example
Content-Type: text/rfc822-headers

{headers}
--19K4V5xx.1634704265/mail.so.example--
""".encode()


def exim(message_id: str, address: str) -> bytes:
    """Return what older Exim writes: text only, and X-Failed-Recipients."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign="nq06/2021", notice="receipt.unit_00.n1")
    return f"""\
Return-path: <>
X-Failed-Recipients: {address}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mail.so.example>
To: vanhanh@hatinh.example
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1md0aB-0001@mail.so.example>
Date: Wed, 20 Oct 2021 07:31:03 +0700

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {address}
    SMTP error from remote mail server after RCPT TO:<{address}>:
    host mx.so.example [10.0.0.5]: 552 5.2.2 Mailbox full

------ This is a copy of the message, including all the headers. ------

{headers}
Noi dung.
""".encode()


def qmail(message_id: str, address: str, said: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    """Return what qmail writes: words only."""
    headers = HEADERS.format(address=address, message_id=message_id, campaign="nq06/2021", notice="receipt.unit_00.n1")
    return f"""\
Return-Path: <>
Date: 20 Oct 2021 00:31:03 -0000
From: MAILER-DAEMON@mail.so.example
To: vanhanh@hatinh.example
Subject: failure notice

Hi. This is the qmail-send program at mail.so.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{address}>:
{said}

--- Below this line is a copy of the message.

Return-Path: <vanhanh@hatinh.example>
{headers}Cc: khac@x.example

550 khac@x.example
""".encode()


def out_of_office(message_id: str, address: str) -> bytes:
    """Return the reply of somebody who is away."""
    return f"""\
Return-Path: <>
From: Van thu <{address}>
To: vanhanh@hatinh.example
Subject: =?utf-8?q?Tr=E1=BA=A3_l=E1=BB=9Di_t=E1=BB=B1_=C4=91=E1=BB=99ng?=
Auto-Submitted: auto-replied
In-Reply-To: <{message_id}>
Message-ID: <away.1@so.example>
Content-Type: text/plain; charset=utf-8

Tôi đi công tác đến 25/10. Việc gấp xin gọi 550 hoặc gửi {address}.
""".encode()


def read_receipt(message_id: str, address: str) -> bytes:
    """Return a disposition notification: somebody opened the mail."""
    return f"""\
From: Van thu <{address}>
To: vanhanh@hatinh.example
Subject: Da doc
In-Reply-To: <{message_id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="mdn"

--mdn
Content-Type: text/plain

Read.

--mdn
Content-Type: message/disposition-notification

Final-Recipient: rfc822;{address}
Original-Message-ID: <{message_id}>
Disposition: manual-action/MDN-sent-manually; displayed

--mdn--
""".encode()


def plain(sender: str, subject: str, text: str) -> bytes:
    """Return a mail that people write."""
    message = Message()
    message["From"], message["Subject"] = sender, subject
    message.set_payload(text, "utf-8")
    return message.as_bytes()

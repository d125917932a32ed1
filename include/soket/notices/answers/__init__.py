"""Answers to invitations that come by mail: from calendars, and as filled forms attached to a reply."""

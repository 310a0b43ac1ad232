"""The one door for a status: workflow tables, decisions, the admin's queue, decision mails.

May import common, countries and accounts; it never names what is moderated."""

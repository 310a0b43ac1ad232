"""The closed lists of the product, but for the themes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    ISSUING_BODY = "issuing_body", _("issuing body")
    IMPLEMENTING_PARTNER = "implementing_partner", _("implementing partner")
    OPERATOR_CONCERNED = "operator_concerned", _("operator concerned")
    OBSERVER = "observer", _("observer")


class Scope(models.TextChoices):
    NATIONAL = "national", _("national")
    MULTI_COUNTRY = "multi_country", _("several countries")
    REGIONAL = "regional", _("one ITU region")
    GLOBAL = "global", _("global")


class Instrument(models.TextChoices):
    LAW = "law", _("law")
    REGULATION_DECISION = "regulation_decision", _("regulation or decision")
    LICENCE_CONDITION = "licence_condition", _("licence condition")
    GUIDELINE = "guideline", _("guideline")
    AGREEMENT_WITH_OPERATORS = "agreement_with_operators", _("agreement with operators")
    OPERATOR_COMMITMENT = "operator_commitment", _("operator commitment")
    FUNDING = "funding", _("funding")
    PROGRAMME_PROJECT = "programme_project", _("programme or project")
    CAMPAIGN = "campaign", _("campaign")
    TOOL_SERVICE = "tool_service", _("tool or service")
    NOT_STATED = "not_stated", _("not stated")


class Compliance(models.TextChoices):
    MANDATORY = "mandatory", _("mandatory")
    VOLUNTARY = "voluntary", _("voluntary")
    MIXED = "mixed", _("mixed")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NOT_STATED = "not_stated", _("not stated")


class Phase(models.TextChoices):
    PREPAREDNESS = "preparedness", _("preparedness")
    EMERGENCY = "emergency", _("emergency response")
    RECOVERY = "recovery", _("recovery")
    NEW_NORMAL = "new_normal", _("new normal")
    NOT_STATED = "not_stated", _("not stated")


class EndKind(models.TextChoices):
    DATE = "date", _("It ends on a date")
    OPEN_ENDED = "open_ended", _("Open-ended")
    NOT_ANNOUNCED = "not_announced", _("End not announced")


class MeasureStatus(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    REVOKED = "revoked", _("revoked")
    NOT_KNOWN = "not_known", _("not known")


class SourceKind(models.TextChoices):
    OFFICIAL_GAZETTE = "official_gazette", _("official gazette")
    REGULATOR_OR_MINISTRY = "regulator_or_ministry", _("regulator or ministry")
    OPERATOR = "operator", _("operator")
    UN_OR_INTERNATIONAL = "un_or_international", _("UN or international")
    REGIONAL_BODY = "regional_body", _("regional body")
    MEDIA = "media", _("media")
    ACADEMIC = "academic", _("academic")
    OTHER = "other", _("other")


class ContentLanguage(models.TextChoices):
    AR = "ar", _("Arabic")
    ZH = "zh", _("Chinese")
    EN = "en", _("English")
    FR = "fr", _("French")
    RU = "ru", _("Russian")
    ES = "es", _("Spanish")
    OTHER = "other", _("other")


class TargetGroup(models.TextChoices):
    GENERAL_PUBLIC = "general_public", _("general public")
    CHILDREN_YOUTH = "children_youth", _("children and youth")
    OLDER_PERSONS = "older_persons", _("older persons")
    PERSONS_WITH_DISABILITIES = "persons_with_disabilities", _("persons with disabilities")
    WOMEN_GIRLS = "women_girls", _("women and girls")
    LOW_INCOME = "low_income", _("low-income households")
    RURAL_REMOTE = "rural_remote", _("rural and remote communities")
    MIGRANTS_REFUGEES = "migrants_refugees", _("migrants and refugees")
    STUDENTS_TEACHERS = "students_teachers", _("students and teachers")
    HEALTH_WORKERS = "health_workers", _("health workers")
    FIRST_RESPONDERS = "first_responders", _("first responders")
    BUSINESSES = "businesses", _("businesses")
    OPERATORS = "operators", _("operators")
    PUBLIC_ADMINISTRATION = "public_administration", _("public administration")
    NOT_STATED = "not_stated", _("not stated")


class Technology(models.TextChoices):
    MOBILE = "mobile", _("mobile networks")
    FIXED = "fixed", _("fixed broadband")
    WIFI = "wifi", _("Wi-Fi")
    SATELLITE = "satellite", _("satellite")
    BROADCASTING = "broadcasting", _("radio and television")
    VOICE_SMS = "voice_sms", _("voice and SMS")
    INTERNET_EXCHANGE = "internet_exchange", _("exchange points and backbone")
    CLOUD_DATA_CENTRES = "cloud_data_centres", _("cloud and data centres")
    MOBILE_MONEY = "mobile_money", _("mobile money")
    APPLICATIONS = "applications", _("applications and platforms")
    ARTIFICIAL_INTELLIGENCE = "artificial_intelligence", _("artificial intelligence")
    NOT_STATED = "not_stated", _("not stated")


class Sdg(models.IntegerChoices):
    """Sustainable Development Goals, by number."""

    GOAL_1 = 1, _("1 No poverty")
    GOAL_2 = 2, _("2 Zero hunger")
    GOAL_3 = 3, _("3 Good health and well-being")
    GOAL_4 = 4, _("4 Quality education")
    GOAL_5 = 5, _("5 Gender equality")
    GOAL_6 = 6, _("6 Clean water and sanitation")
    GOAL_7 = 7, _("7 Affordable and clean energy")
    GOAL_8 = 8, _("8 Decent work and economic growth")
    GOAL_9 = 9, _("9 Industry, innovation and infrastructure")
    GOAL_10 = 10, _("10 Reduced inequalities")
    GOAL_11 = 11, _("11 Sustainable cities and communities")
    GOAL_12 = 12, _("12 Responsible consumption and production")
    GOAL_13 = 13, _("13 Climate action")
    GOAL_14 = 14, _("14 Life below water")
    GOAL_15 = 15, _("15 Life on land")
    GOAL_16 = 16, _("16 Peace, justice and strong institutions")
    GOAL_17 = 17, _("17 Partnerships for the goals")


class Origin(models.TextChoices):
    FORM = "form", _("form")
    LAUNCH = "launch", _("launch content")
    IMPORT = "import", _("import")


class Mark(models.TextChoices):
    """Trust marks of an initiative."""

    NOT_CHECKED = "not_checked", _("not yet checked")
    SOURCE_SEEN = "source_seen", _("source seen by a moderator")
    CONFIRMED = "confirmed", _("confirmed by the issuing body")
    CONTESTED = "contested", _("contested")
    NEEDS_REVERIFICATION = "needs_reverification", _("needs re-verification")


class SubmissionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for a moderator")
    IN_REVIEW = "in_review", _("being looked at")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("not accepted")
    RETRACTED = "retracted", _("retracted")
    SPAM = "spam", _("marked as spam")


class InitiativeStatus(models.TextChoices):
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")
    REMOVED = "removed", _("removed")


class Suspicion(models.TextChoices):
    """Why a moderator should look twice. Nobody else sees it."""

    DUPLICATE = "duplicate", _("looks like another one")
    DEAD_SOURCE = "dead_source", _("a source does not answer")
    FIRST_TIME = "first_time", _("first from this contributor")
    MANY_LINKS = "many_links", _("many links in the text")

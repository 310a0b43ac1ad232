"""The codes of the product: themes, measure types and every other closed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    CONSUMER_PROTECTION = "consumer_protection", _("Consumer protection and responsible use")
    TRAFFIC_MANAGEMENT = "traffic_management", _("Traffic management and capacity")
    AVAILABILITY_AFFORDABILITY = "availability_affordability", _("Availability and affordability, universal service")
    EMERGENCY_TELECOMS = "emergency_telecoms", _("Emergency telecommunications and preparedness")
    SPECTRUM = "spectrum", _("Spectrum")
    QUALITY_RESILIENCE = "quality_resilience", _("Quality of service and resilience")
    LICENSING_FLEXIBILITY = "licensing_flexibility", _("Licensing and regulatory flexibility")
    ECONOMIC_MEASURES = "economic_measures", _("Economic and financial measures")
    CYBERSECURITY_CHILD_PROTECTION = (
        "cybersecurity_child_protection",
        _("Cybersecurity, privacy, child online protection"),
    )
    DIGITAL_SERVICES_CONTINUITY = "digital_services_continuity", _("Continuity of vital digital services")
    DIGITAL_INCLUSION = "digital_inclusion", _("Digital inclusion and accessible ICT")
    PUBLIC_INFORMATION = "public_information", _("Public information and misinformation")


class Pillar(models.TextChoices):
    """Pillars of the Broadband Commission's Agenda for Action (2020)."""

    CONNECTIVITY = "resilient_connectivity", _("Resilient connectivity")
    ACCESS = "affordable_access", _("Affordable access")
    SAFE_USE = "safe_use", _("Safe use for informed and educated societies")


PILLAR_OF = {
    Theme.TRAFFIC_MANAGEMENT: Pillar.CONNECTIVITY,
    Theme.EMERGENCY_TELECOMS: Pillar.CONNECTIVITY,
    Theme.SPECTRUM: Pillar.CONNECTIVITY,
    Theme.QUALITY_RESILIENCE: Pillar.CONNECTIVITY,
    Theme.LICENSING_FLEXIBILITY: Pillar.CONNECTIVITY,
    Theme.AVAILABILITY_AFFORDABILITY: Pillar.ACCESS,
    Theme.ECONOMIC_MEASURES: Pillar.ACCESS,
    Theme.DIGITAL_SERVICES_CONTINUITY: Pillar.ACCESS,
    Theme.DIGITAL_INCLUSION: Pillar.ACCESS,
    Theme.CONSUMER_PROTECTION: Pillar.SAFE_USE,
    Theme.CYBERSECURITY_CHILD_PROTECTION: Pillar.SAFE_USE,
    Theme.PUBLIC_INFORMATION: Pillar.SAFE_USE,
}

MEASURE_TYPES = {
    Theme.CONSUMER_PROTECTION: {
        "responsible_use_guidelines": _("responsible-use guidelines"),
        "bill_disconnection_relief": _("bill or disconnection relief"),
        "complaint_handling": _("complaint handling"),
        "offer_transparency": _("transparency of offers"),
        "fraud_scam_warnings": _("fraud and scam warnings"),
    },
    Theme.TRAFFIC_MANAGEMENT: {
        "traffic_management_permission": _("traffic-management permission"),
        "vital_services_priority": _("priority for vital services"),
        "capacity_upgrade": _("capacity upgrade"),
        "peering_exchange": _("peering and exchange points"),
        "bitrate_reduction": _("content and bitrate reduction"),
        "traffic_monitoring": _("traffic monitoring"),
    },
    Theme.AVAILABILITY_AFFORDABILITY: {
        "free_data": _("free or extra data"),
        "zero_rating": _("zero-rating"),
        "special_tariffs": _("special tariffs"),
        "public_wifi": _("public Wi-Fi"),
        "new_coverage": _("new coverage"),
        "universal_service_fund": _("universal-service fund"),
        "devices": _("devices"),
    },
    Theme.EMERGENCY_TELECOMS: {
        "emergency_telecom_plan": _("national emergency telecommunication plan"),
        "early_warning": _("early warning"),
        "priority_access": _("priority access"),
        "mobile_satellite_deployment": _("mobile or satellite deployment"),
        "simulation_exercise": _("simulation exercise"),
        "mutual_aid": _("mutual aid"),
    },
    Theme.SPECTRUM: {
        "temporary_assignment": _("temporary assignment"),
        "extra_spectrum": _("extra spectrum"),
        "spectrum_sharing": _("sharing or leasing"),
        "spectrum_fee_relief": _("fee relief"),
        "auction_postponed": _("auction postponed"),
        "interference_measures": _("interference measures"),
    },
    Theme.QUALITY_RESILIENCE: {
        "quality_monitoring": _("quality monitoring"),
        "outage_reporting": _("outage reporting"),
        "critical_infrastructure_status": _("critical-infrastructure status"),
        "key_worker_permits": _("key-worker permits"),
        "power_backhaul_backup": _("power and backhaul backup"),
        "network_sharing": _("network sharing"),
    },
    Theme.LICENSING_FLEXIBILITY: {
        "deadline_extension": _("deadline extension"),
        "sim_registration": _("SIM registration"),
        "rights_of_way": _("rights-of-way fast track"),
        "equipment_import": _("equipment import"),
        "temporary_licence": _("temporary licence"),
        "numbering_short_codes": _("numbering and short codes"),
    },
    Theme.ECONOMIC_MEASURES: {
        "subsidy": _("subsidy"),
        "tax_fee_deferral": _("tax or fee deferral"),
        "grant_loan": _("grant or loan"),
        "procurement": _("procurement"),
        "pledge": _("pledge"),
    },
    Theme.CYBERSECURITY_CHILD_PROTECTION: {
        "security_alerts": _("alerts"),
        "incident_response": _("incident response"),
        "awareness": _("awareness"),
        "data_protection_guidance": _("data-protection guidance"),
        "child_online_protection": _("child online protection"),
        "location_data_rules": _("location-data rules"),
    },
    Theme.DIGITAL_SERVICES_CONTINUITY: {
        "e_health": _("e-health"),
        "e_learning": _("e-learning"),
        "e_government": _("e-government"),
        "payments": _("payments"),
        "e_commerce": _("e-commerce"),
        "telework": _("telework"),
    },
    Theme.DIGITAL_INCLUSION: {
        "persons_with_disabilities": _("persons with disabilities"),
        "gender": _("gender"),
        "rural_remote": _("rural and remote"),
        "older_persons": _("older persons"),
        "local_languages": _("local languages"),
        "skills": _("skills"),
    },
    Theme.PUBLIC_INFORMATION: {
        "sms_voice_campaign": _("SMS or voice campaign"),
        "information_short_code": _("short code"),
        "official_portal": _("official portal"),
        "counter_misinformation": _("counter-misinformation"),
        "chatbot": _("chatbot"),
    },
}
MEASURE_LABELS = {code: label for types in MEASURE_TYPES.values() for code, label in types.items()}
THEME_OF_MEASURE = {code: theme for theme, types in MEASURE_TYPES.items() for code in types}


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

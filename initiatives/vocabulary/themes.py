"""Themes, their pillars and their measure types."""

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


# For lines with little room.
SHORT_LABELS = {
    Theme.CONSUMER_PROTECTION: _("Consumer protection"),
    Theme.TRAFFIC_MANAGEMENT: _("Traffic management"),
    Theme.AVAILABILITY_AFFORDABILITY: _("Affordability"),
    Theme.EMERGENCY_TELECOMS: _("Emergency telecoms"),
    Theme.SPECTRUM: _("Spectrum"),
    Theme.QUALITY_RESILIENCE: _("Resilience"),
    Theme.LICENSING_FLEXIBILITY: _("Licensing"),
    Theme.ECONOMIC_MEASURES: _("Economic measures"),
    Theme.CYBERSECURITY_CHILD_PROTECTION: _("Cybersecurity"),
    Theme.DIGITAL_SERVICES_CONTINUITY: _("Digital services"),
    Theme.DIGITAL_INCLUSION: _("Digital inclusion"),
    Theme.PUBLIC_INFORMATION: _("Public information"),
}


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

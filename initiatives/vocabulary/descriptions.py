"""What the themes and pillars are about, in a sentence or two."""

from django.utils.translation import gettext_lazy as _

from initiatives.vocabulary.themes import Pillar, Theme

THEME_DESCRIPTIONS = {
    Theme.CONSUMER_PROTECTION: _(
        "What keeps people treated fairly when they depend on their connection: advice on careful use, relief for "
        "those who cannot pay, quick answers to complaints, clear offers and warnings of fraud."
    ),
    Theme.TRAFFIC_MANAGEMENT: _(
        "What lets networks carry far more than they were planned for: rules for managing traffic, priority for vital "
        "services, more capacity and exchange points, and lower bitrates of video."
    ),
    Theme.AVAILABILITY_AFFORDABILITY: _(
        "What brings people online and keeps the price within their reach: free or cheaper data, public Wi-Fi, "
        "new coverage, devices and the use of universal-service funds."
    ),
    Theme.EMERGENCY_TELECOMS: _(
        "What keeps people reachable in an emergency, and what was prepared beforehand: national plans, early warning, "
        "priority access, mobile and satellite equipment, exercises and mutual aid."
    ),
    Theme.SPECTRUM: _(
        "What makes radio frequencies available quickly: temporary and extra assignments, sharing, lower fees, "
        "auctions put off and measures against interference."
    ),
    Theme.QUALITY_RESILIENCE: _(
        "What keeps networks working well and repaired soon: watching quality, reporting outages, permits for key "
        "workers, spare power and links, and networks that help each other out."
    ),
    Theme.LICENSING_FLEXIBILITY: _(
        "What takes formalities out of the way while speed matters: longer deadlines, temporary licences, quicker "
        "rights of way and imports, and easier registration and numbering."
    ),
    Theme.ECONOMIC_MEASURES: _(
        "What helps users and operators through hard times with money: subsidies, grants and loans, deferred taxes and "
        "fees, public procurement and pledges."
    ),
    Theme.CYBERSECURITY_CHILD_PROTECTION: _(
        "What keeps people, children above all, and their data safe online: security alerts, help with incidents, "
        "awareness, guidance on data protection and rules for location data."
    ),
    Theme.DIGITAL_SERVICES_CONTINUITY: _(
        "What keeps schools, health care, public offices, payments, trade and work going online when doors are closed."
    ),
    Theme.DIGITAL_INCLUSION: _(
        "What makes sure that nobody is left out: persons with disabilities, women and girls, rural and remote "
        "communities, older persons, speakers of local languages and those who still have to learn the skills."
    ),
    Theme.PUBLIC_INFORMATION: _(
        "What gives people information that they can rely on: messages by SMS and voice, short codes, official "
        "portals, chatbots and answers to false claims."
    ),
}
PILLAR_DESCRIPTIONS = {
    Pillar.CONNECTIVITY: _("Networks that hold and grow under strain, and the means to prepare them for it."),
    Pillar.ACCESS: _("Connections, devices and services that people can afford, reach and make use of."),
    Pillar.SAFE_USE: _("People who are protected, informed and able to trust what they meet online."),
}

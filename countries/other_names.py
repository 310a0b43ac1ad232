"""Names under which people look for countries beside those of the United Nations, and codes that are typed as words.

For finding only: nothing here is ever shown, and no name here says what a country is or should be called. Short names,
former names and abbreviations that are in common use, in languages of the portal and of the place itself.
"""

from functools import cache

from countries.codes import spellings

WORDS = frozenset({"AND"})  # codes that are words of a question even in capitals: "schools AND hospitals"

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "EAU", "Émirats", "الإمارات", "阿联酋", "ОАЭ"),
    "BA": ("Bosnia", "Bosnie", "BiH", "Босния"),
    "BN": ("Brunei",),
    "BO": ("Bolivia", "Bolivie", "Боливия"),
    "BY": ("Belorussia", "Biélorussie", "Bielorrusia", "Белоруссия"),
    "CD": ("DRC", "DR Congo", "RDC", "Congo-Kinshasa", "Congo Kinshasa", "Zaire", "刚果金", "ДРК"),
    "CF": ("CAR", "RCA", "Centrafrique", "ЦАР"),
    "CG": ("Congo-Brazzaville", "Congo Brazzaville", "Republic of the Congo"),
    "CI": ("Ivory Coast", "Cote d'Ivoire", "Costa de Marfil", "ساحل العاج", "Берег Слоновой Кости"),
    "CN": ("PRC",),
    "CV": ("Cape Verde", "Cap-Vert", "Кабо-Верде"),
    "CZ": ("Czech Republic", "République tchèque", "República Checa", "Česko", "Чешская Республика"),
    "DE": ("Deutschland",),
    "DO": ("Dominican Rep",),
    "FK": ("Falkland Islands", "Malvinas"),
    "FM": ("Micronesia", "Micronésie", "Микронезия"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain", "Grande-Bretagne", "Gran Bretaña", "England", "英国", "بريطانيا"),
    "GE": ("Sakartvelo",),
    "HK": ("Hong Kong", "香港"),
    "HU": ("Magyarország",),
    "IR": ("Iran", "Irán", "إيران", "伊朗", "Иран"),
    "KG": ("Kirghizia", "Kirghizistan", "Киргизия"),
    "KP": (
        "North Korea",
        "DPRK",
        "Corée du Nord",
        "Corea del Norte",
        "كوريا الشمالية",
        "朝鲜",
        "Северная Корея",
        "КНДР",
    ),
    "KR": ("South Korea", "Corée du Sud", "Corea del Sur", "كوريا الجنوبية", "韩国", "Южная Корея"),
    "LA": ("Laos", "لاوس", "老挝", "Лаос"),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("Moldova", "Moldavie", "Moldavia", "مولدوفا", "摩尔多瓦", "Молдавия", "Молдова"),
    "MK": ("Macedonia", "Macédoine", "FYROM", "مقدونيا", "Македония"),
    "MM": ("Burma", "Birmanie", "Birmania", "بورما", "Бирма"),
    "MO": ("Macau", "Macao", "澳门"),
    "NL": ("Holland", "Hollande", "Holanda", "Голландия"),
    "PG": ("PNG",),
    "PS": ("Palestine", "Palestina", "فلسطين", "巴勒斯坦", "Палестина"),
    "RU": ("Russia", "Russie", "Rusia", "روسيا", "俄国", "Россия", "РФ"),
    "SA": ("KSA", "Saudi", "السعودية", "沙特"),
    "ST": ("Sao Tome", "São Tomé"),
    "SY": ("Syria", "Syrie", "Siria", "سوريا", "叙利亚", "Сирия"),
    "SZ": ("Swaziland", "Suazilandia", "سوازيلاند", "斯威士兰", "Свазиленд"),
    "TL": ("East Timor", "Timor oriental", "Восточный Тимор"),
    "TR": ("Turkey", "Turquie", "Turquía", "Turkiye", "تركيا", "土耳其", "Турция"),
    "TZ": ("Tanzania", "Tanzanie", "Tanzanía", "تنزانيا", "坦桑尼亚", "Танзания"),
    "US": (
        "USA",
        "U.S.",
        "U.S.A.",
        "America",
        "United States",
        "EE. UU.",
        "EEUU",
        "États-Unis",
        "美国",
        "أمريكا",
        "США",
    ),
    "VA": ("Vatican", "Vaticano", "Ватикан"),
    "VE": ("Venezuela", "فنزويلا", "委内瑞拉", "Венесуэла"),
    "VN": ("Vietnam", "Viêt Nam", "Вьетнам"),
}


@cache
def code_of() -> dict[str, str]:
    """Return the alpha-2 code of each ISO code, of two letters or three, that may be typed in capitals."""
    return {code: iso2 for code, iso2 in spellings().items() if code not in WORDS}

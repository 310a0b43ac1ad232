"""The reasons that a secretariat starts with. What staff have edited since is never overwritten."""

from django.db import migrations

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
EITHER = ["request_changes", "reject"]

# code, label, moves, and the text in each of LANGUAGES
REASONS = [
    (
        "out_of_scope",
        "Out of scope",
        ["reject"],
        "This portal collects what was done to keep telecommunication networks and digital services working in a "
        "crisis. What you sent is about something else.",
        "تجمع هذه البوابة ما اتُّخذ من تدابير لإبقاء شبكات الاتصالات والخدمات الرقمية عاملة أثناء الأزمات. وما أرسلتموه "
        "يتناول موضوعاً آخر.",
        "本门户收集在危机中为保持电信网络和数字服务正常运行而采取的措施。您提交的内容涉及其他事项。",
        "Ce portail rassemble ce qui a été fait pour que les réseaux de télécommunication et les services numériques "
        "continuent de fonctionner pendant une crise. Ce que vous avez envoyé porte sur autre chose.",
        "На этом портале собраны меры, благодаря которым сети электросвязи и цифровые услуги продолжают работать во "
        "время кризиса. Присланный вами материал касается другого вопроса.",
        "Este portal reúne lo que se ha hecho para que las redes de telecomunicaciones y los servicios digitales sigan "
        "funcionando durante una crisis. Lo que usted envió trata de otro asunto.",
    ),
    (
        "no_usable_source",
        "No usable source",
        EITHER,
        "We could not open a source that shows this measure. Please give the address of a page or document that "
        "everybody can read, if possible from the body that took the measure.",
        "لم نتمكن من فتح مصدر يبيّن هذا التدبير. يُرجى ذكر عنوان صفحة أو وثيقة يمكن للجميع قراءتها، ويُفضَّل أن تكون صادرة عن "
        "الجهة التي اتخذت التدبير.",
        "我们无法打开能够说明这项措施的来源。请提供人人可读的网页或文件的地址，最好出自采取该措施的机构。",
        "Nous n'avons pas pu ouvrir de source qui montre cette mesure. Veuillez donner l'adresse d'une page ou d'un "
        "document que tout le monde peut lire, si possible de l'organisme qui a pris la mesure.",
        "Нам не удалось открыть источник, который подтверждал бы эту меру. Укажите, пожалуйста, адрес страницы или "
        "документа, доступных для всех, по возможности того органа, который принял эту меру.",
        "No pudimos abrir ninguna fuente que muestre esta medida. Indique la dirección de una página o de un documento "
        "que cualquiera pueda leer, si es posible del organismo que adoptó la medida.",
    ),
    (
        "source_does_not_support",
        "Source does not support the text",
        EITHER,
        "The source that you gave does not say what the text says. Please correct the text, or give the source from "
        "which it comes.",
        "المصدر الذي ذكرتموه لا يقول ما يقوله النص. يُرجى تصحيح النص أو ذكر المصدر الذي أُخذ منه.",
        "您提供的来源与文本内容不符。请更正文本，或提供文本所依据的来源。",
        "La source que vous avez indiquée ne dit pas ce que dit le texte. Veuillez corriger le texte ou donner la "
        "source dont il provient.",
        "В указанном вами источнике не говорится того, что сказано в тексте. Исправьте, пожалуйста, текст или укажите "
        "источник, на котором он основан.",
        "La fuente que usted indicó no dice lo que dice el texto. Corrija el texto o indique la fuente de la que "
        "procede.",
    ),
    (
        "duplicate",
        "Duplicate of … (say of which)",
        ["reject"],
        "This measure is on the portal already, or on its way there. If something is missing there, you can propose a "
        "correction of the published text.",
        "هذا التدبير موجود بالفعل في البوابة أو في طريقه إلى النشر فيها. وإذا كان هناك ما ينقصه، يمكنكم اقتراح تصحيح للنص "
        "المنشور.",
        "这项措施已在本门户上，或即将发布。如果其中有遗漏，您可以对已发布的文本提出更正。",
        "Cette mesure se trouve déjà sur le portail, ou est sur le point d'y être. S'il y manque quelque chose, vous "
        "pouvez proposer une correction du texte publié.",
        "Эта мера уже есть на портале или скоро там появится. Если в ней чего-то недостаёт, вы можете предложить "
        "исправление к опубликованному тексту.",
        "Esta medida ya está en el portal, o lo estará pronto. Si falta algo, usted puede proponer una corrección del "
        "texto publicado.",
    ),
    (
        "incomplete",
        "Incomplete",
        ["request_changes"],
        "Something is missing that a reader needs in order to understand what was done, by whom, where or since when. "
        "Please add it and send the text again.",
        "هناك ما ينقص القارئَ ليفهم ما الذي اتُّخذ، ومن اتخذه، وأين، ومنذ متى. يُرجى إضافته وإرسال النص من جديد.",
        "文本缺少读者理解所需的内容：采取了什么措施、由谁采取、在何处、自何时起。请补充后重新发送。",
        "Il manque quelque chose dont le lecteur a besoin pour comprendre ce qui a été fait, par qui, où ou depuis "
        "quand. Veuillez l'ajouter et envoyer de nouveau le texte.",
        "Не хватает сведений, без которых читателю не понять, что было сделано, кем, где или с какого времени. "
        "Дополните, пожалуйста, текст и отправьте его снова.",
        "Falta algo que el lector necesita para entender qué se hizo, quién lo hizo, dónde o desde cuándo. Añádalo y "
        "envíe de nuevo el texto.",
    ),
    (
        "promotional",
        "Promotional",
        EITHER,
        "The text promotes a product, a service or an organisation. Please describe plainly what was done and for "
        "whom, without advertising.",
        "يروّج النص لمنتج أو خدمة أو منظمة. يُرجى وصف ما اتُّخذ ولصالح مَن بكلمات بسيطة ومن دون دعاية.",
        "文本是在宣传某个产品、服务或组织。请平实地说明做了什么、为谁而做，不要带有广告。",
        "Le texte fait la promotion d'un produit, d'un service ou d'une organisation. Veuillez décrire simplement ce "
        "qui a été fait et pour qui, sans publicité.",
        "Текст рекламирует продукт, услугу или организацию. Опишите, пожалуйста, простыми словами, что было сделано и "
        "для кого, без рекламы.",
        "El texto promociona un producto, un servicio o una organización. Describa con sencillez qué se hizo y para "
        "quién, sin publicidad.",
    ),
    (
        "personal_data",
        "Personal data",
        EITHER,
        "The text or a file names private persons or tells something about them. Everything here becomes public: "
        "please take personal data out.",
        "يذكر النص أو أحد الملفات أشخاصاً عاديين أو معلومات عنهم. كل ما هنا يصبح علنياً، لذا يُرجى حذف البيانات الشخصية.",
        "文本或文件中提到了个人或有关个人的信息。这里的一切内容都会公开，请删除个人数据。",
        "Le texte ou un fichier nomme des particuliers ou donne des renseignements sur eux. Tout ce qui est ici devient "
        "public : veuillez retirer les données personnelles.",
        "В тексте или в файле упомянуты частные лица или сведения о них. Всё, что здесь размещено, становится "
        "общедоступным: удалите, пожалуйста, персональные данные.",
        "El texto o un archivo nombra a particulares o da información sobre ellos. Todo lo que hay aquí se hace "
        "público: retire los datos personales.",
    ),
    (
        "not_authorised",
        "Not authorised to speak for the organisation",
        EITHER,
        "We could not confirm that you may speak for this organisation. Please write from an address of the "
        "organisation, or ask a colleague who is confirmed already to confirm you.",
        "لم نتمكن من التأكد من أنه يحق لكم التحدث باسم هذه المنظمة. يُرجى الكتابة من عنوان بريد إلكتروني تابع للمنظمة، أو الطلب "
        "من زميل سبق تأكيده أن يؤكد صفتكم.",
        "我们无法确认您可以代表该组织发言。请使用该组织的电子邮件地址，或请一位已获确认的同事为您确认。",
        "Nous n'avons pas pu confirmer que vous pouvez parler au nom de cette organisation. Veuillez écrire depuis une "
        "adresse de l'organisation, ou demander à un collègue déjà confirmé de vous confirmer.",
        "Нам не удалось подтвердить, что вы можете выступать от имени этой организации. Напишите, пожалуйста, с адреса "
        "организации или попросите уже подтверждённого коллегу подтвердить вас.",
        "No pudimos confirmar que usted puede hablar en nombre de esta organización. Escriba desde una dirección de la "
        "organización, o pida a un colega ya confirmado que le confirme.",
    ),
    (
        "unclear",
        "Unclear",
        ["request_changes"],
        "We did not understand what exactly was done. Please say it in short sentences: who decided what, for whom, "
        "and from when to when.",
        "لم نفهم ما الذي اتُّخذ بالضبط. يُرجى بيانه في جمل قصيرة: من قرر ماذا، ولصالح مَن، ومن متى إلى متى.",
        "我们不清楚究竟采取了什么措施。请用简短的句子说明：谁决定了什么、为谁、从何时到何时。",
        "Nous n'avons pas compris ce qui a été fait exactement. Veuillez le dire en phrases courtes : qui a décidé "
        "quoi, pour qui, et de quand à quand.",
        "Нам не удалось понять, что именно было сделано. Скажите об этом, пожалуйста, короткими предложениями: кто что "
        "решил, для кого, с какого и по какое время.",
        "No entendimos qué se hizo exactamente. Dígalo en frases cortas: quién decidió qué, para quién, y desde cuándo "
        "hasta cuándo.",
    ),
]


def write(apps, schema_editor):
    reason = apps.get_model("moderation", "Reason")
    for position, (code, label, moves, *texts) in enumerate(REASONS, start=1):
        words = {f"text_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}
        defaults = {"label": label, "moves": moves, "position": 10 * position, **words}
        reason.objects.get_or_create(code=code, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_add_holds_reasons_and_duties")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

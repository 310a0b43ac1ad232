"""The reasons for posts that a secretariat starts with. What staff have edited since is never overwritten."""

from django.db import migrations

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
AGAINST = ["reject_post", "hide", "uphold_flags"]
START = 200  # behind those for measures

# code, label, and the text in each of LANGUAGES
REASONS = [
    (
        "post_off_topic",
        "Off topic",
        "What you wrote is not about the subject of this board or conversation. Please post it where it belongs, or "
        "begin a topic of its own.",
        "ما كتبتموه لا يتعلق بموضوع هذه اللوحة أو هذا النقاش. يُرجى نشره في مكانه المناسب أو فتح موضوع مستقل له.",
        "您所写的内容与本版块或本讨论的主题无关。请发布到相应的版块，或另开一个主题。",
        "Ce que vous avez écrit ne porte pas sur le sujet de cet espace ou de cette discussion. Veuillez le publier là "
        "où il a sa place, ou ouvrir un nouveau sujet.",
        "Написанное вами не относится к теме этого раздела или обсуждения. Разместите это, пожалуйста, в подходящем "
        "разделе или начните новую тему.",
        "Lo que usted escribió no trata del asunto de este espacio o de esta conversación. Publíquelo donde "
        "corresponda o abra un tema nuevo.",
    ),
    (
        "post_advertising",
        "Advertising",
        "What you wrote advertises a product, a service or an organisation. Here people share experience: please say "
        "what was done and what came of it, without advertising.",
        "ما كتبتموه إعلان عن منتج أو خدمة أو منظمة. هذا مكان لتبادل الخبرات، لذا يُرجى بيان ما اتُّخذ وما أسفر عنه من دون دعاية.",
        "您所写的内容是在为某个产品、服务或组织做广告。这里是交流经验的地方，请说明做了什么、效果如何，不要带有广告。",
        "Ce que vous avez écrit fait la publicité d'un produit, d'un service ou d'une organisation. Ici, on partage "
        "des expériences : veuillez dire ce qui a été fait et ce qui en a résulté, sans publicité.",
        "Написанное вами рекламирует товар, услугу или организацию. Здесь делятся опытом: расскажите, пожалуйста, что "
        "было сделано и что из этого вышло, без рекламы.",
        "Lo que usted escribió hace publicidad de un producto, un servicio o una organización. Aquí se comparten "
        "experiencias: diga qué se hizo y con qué resultado, sin publicidad.",
    ),
    (
        "post_personal_data",
        "Personal data of others",
        "What you wrote names private persons or tells something about them. Everything here is public: please leave "
        "out what could identify them, and write it again.",
        "يذكر ما كتبتموه أشخاصاً عاديين أو معلومات عنهم. كل ما هنا علني، لذا يُرجى حذف ما قد يدل عليهم وإعادة كتابته.",
        "您所写的内容提到了个人或有关个人的信息。这里的一切内容都是公开的，请删去可能识别其身份的内容后重新发布。",
        "Ce que vous avez écrit nomme des particuliers ou donne des renseignements sur eux. Tout est public ici : "
        "veuillez retirer ce qui permettrait de les reconnaître, et l'écrire de nouveau.",
        "В написанном вами упомянуты частные лица или сведения о них. Здесь всё общедоступно: уберите, пожалуйста, то, "
        "по чему их можно узнать, и напишите снова.",
        "Lo que usted escribió nombra a particulares o da información sobre ellos. Aquí todo es público: quite lo que "
        "permita identificarlos y escríbalo de nuevo.",
    ),
    (
        "post_insult",
        "Insult or attack",
        "What you wrote attacks or belittles people. Disagreement is welcome here as long as it is about what was done "
        "and said: please write it again with respect.",
        "ما كتبتموه يهاجم أشخاصاً أو ينتقص منهم. الاختلاف في الرأي مرحَّب به هنا ما دام يتناول الأفعال والأقوال، لذا يُرجى إعادة "
        "كتابته باحترام.",
        "您所写的内容攻击或贬低他人。这里欢迎不同意见，只要针对的是所做的事和所说的话。请以尊重的方式重新书写。",
        "Ce que vous avez écrit attaque ou rabaisse des personnes. Le désaccord est bienvenu ici tant qu'il porte sur "
        "ce qui a été fait et dit : veuillez l'écrire de nouveau avec respect.",
        "Написанное вами задевает или унижает людей. Спорить здесь можно, пока речь идёт о том, что сделано и сказано: "
        "напишите, пожалуйста, снова и с уважением.",
        "Lo que usted escribió ataca o menosprecia a personas. Aquí se puede discrepar mientras se trate de lo que se "
        "hizo y se dijo: escríbalo de nuevo con respeto.",
    ),
    (
        "post_not_yours",
        "Confidential, or somebody else's text",
        "What you wrote contains a text or a document that is confidential, or that others have to agree to before it "
        "is published. Please say in your own words what matters, and link to what is public.",
        "يتضمن ما كتبتموه نصاً أو وثيقة سرية أو لا يجوز نشرها من دون موافقة آخرين. يُرجى ذكر المهم منها بكلماتكم والإحالة برابط إلى "
        "ما هو علني.",
        "您所写的内容包含机密的或须经他人同意才能发布的文本或文件。请用自己的话说明要点，并附上公开内容的链接。",
        "Ce que vous avez écrit contient un texte ou un document confidentiel, ou que d'autres doivent autoriser avant "
        "sa publication. Veuillez dire l'essentiel avec vos propres mots et donner un lien vers ce qui est public.",
        "Написанное вами содержит текст или документ, который является конфиденциальным или требует согласия других на "
        "публикацию. Изложите, пожалуйста, главное своими словами и дайте ссылку на то, что общедоступно.",
        "Lo que usted escribió contiene un texto o un documento confidencial, o que otros deben autorizar antes de que "
        "se publique. Diga lo importante con sus propias palabras y ponga un enlace a lo que es público.",
    ),
    (
        "post_repeated",
        "Said already",
        "You have posted this already, here or on another board. Once is enough: those who follow the board are told "
        "of it.",
        "سبق أن نشرتم هذا هنا أو في لوحة أخرى. يكفي نشره مرة واحدة، فالذين يتابعون اللوحة يُبلَّغون به.",
        "您已在此处或其他版块发布过这些内容。发布一次即可，关注该版块的人会收到通知。",
        "Vous avez déjà publié cela, ici ou dans un autre espace. Une fois suffit : ceux qui suivent cet espace en "
        "sont informés.",
        "Вы уже опубликовали это здесь или в другом разделе. Одного раза достаточно: тех, кто следит за разделом, "
        "извещают.",
        "Usted ya publicó esto, aquí o en otro espacio. Una vez es suficiente: se avisa a quienes siguen ese espacio.",
    ),
]


def write(apps, schema_editor):
    reason = apps.get_model("moderation", "Reason")
    for position, (code, label, *texts) in enumerate(REASONS):
        words = {f"text_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}
        defaults = {"label": label, "moves": AGAINST, "position": START + 10 * position, **words}
        reason.objects.get_or_create(code=code, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0022_say_what_was_merged"),
        ("moderation", "0006_add_edition_of_decision"),
    ]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]

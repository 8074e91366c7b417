"""Needs as people say them, in three languages, and what would fit: told by the facts of an entry, not by our search.

Order of events, so that the figures can be judged: SAID and FITS were written before any of these sentences had been
tried in the search, and before its synonyms were touched; nothing in SAID was changed afterwards. Each further list was
written before one of its sentences was tried. What each found at the first try stands in test_needs.py.

An entry fits a need where a term or the name says so, or the description in plain words of the trade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What a directory says of one service."""

    name: str
    terms: tuple[str, ...]
    description: str


@dataclass(frozen=True)
class Fit:
    """`titled`: said by a term or the name; `told`: or by the description; `never`: but not where this is said."""

    titled: str
    told: str = ""
    never: str = r"animal|\bpets?\b|veterinar|wildlife|volunteer opportunities$"

    def of(self, entry: Entry) -> bool:
        title = [said for said in (entry.name, *entry.terms) if not re.search(self.never, said, re.IGNORECASE)]
        if any(re.search(self.titled, said, re.IGNORECASE) for said in title):
            return True
        return bool(self.told) and bool(re.search(self.told, entry.description, re.IGNORECASE))


TRAFFICKED = r"human traffick|sexually exploited|exploitation reporting"
TRAFFICKED_TOLD = r"human traffick|traffick(?:ing|ed) (?:victim|surviv|person)|commercial sex"
VIOLENCE = (
    r"domestic violence|domestic/family violence|spouse/intimate partner abuse (?:counsel|prev)|abused women|battered"
    r"|family violence|family justice|restraining orders|abuse counseling"
)
IMMIGRATION = (
    r"immigra(?:tion|nt).*(?:legal|service|assist|relief|application|issues)|removal|asyl|refugee resettlement"
    r"|naturalization|citizenship (?:and|assist)"
)
LEGAL = r"legal (?:aid|services|counsel|repres|advice|assist)|lawyers?\b|law unit|bar association"
BED = (
    r"homeless shelter|emergency shelter|transitional housing|shelter$|shelters$|safespace|homeless permanent"
    r"|human trafficking shelters|crisis shelter|motel|runaway/youth shelter|safe house"
)

FITS: dict[str, Fit] = {
    "trafficked": Fit(TRAFFICKED, TRAFFICKED_TOLD),
    "bed": Fit(BED, r"emergency shelter|temporary shelter|shelter and (?:food|meals)|homeless shelter"),
    "violence": Fit(VIOLENCE, r"domestic violence|battered"),
    "violence or bed": Fit(f"{VIOLENCE}|{BED}", r"domestic violence|emergency shelter"),
    "papers": Fit(
        f"{IMMIGRATION}|{TRAFFICKED}|passport|consul|birth certificate|identification card",
        r"immigration (?:law|legal|services|assist)|asylum|T-visa|U-visa|passport (?:appl|serv)",
        never=r"golden|patriot|volunteer opportunities$",
    ),
    "immigration": Fit(IMMIGRATION, r"immigration (?:law|legal|services|assist|matters|court)|asylum|deport"),
    "wages": Fit(
        f"labor standards|labor and employment|wage|employment discrimination|labor issues|{TRAFFICKED}|{LEGAL}",
        r"\bwages?\b.*(?:claim|theft|unpaid|hour)|workers'? rights|labor law|employment law",
    ),
    "work held": Fit(
        "labor standards|labor and employment|wage|employment discrimination|agricultural labor|farm ?worker"
        f"|{TRAFFICKED}|{LEGAL}",
        r"farm ?workers?|workers'? rights|human traffick",
    ),
    "lawyer": Fit(f"{LEGAL}|public defender", r"free legal|legal (?:aid|services|representation|assistance)"),
    "criminal record": Fit(
        f"expunge|public defender|criminal (?:defense|record)|ex-offender|{TRAFFICKED}|{LEGAL}",
        r"public defender|expung|seal(?:ing)? .{0,20}record|criminal defense",
    ),
    "food": Fit(
        r"food (?:pantr|bank|vouch|stamp)|emergency food|soup kitchen|congregate meals|free meals|food stamps",
        r"food pantr|hot meals|groceries|food distribution|emergency food",
        never=r"animal|pet food|complaint|volunteer",
    ),
    "doctor": Fit(
        r"community clinic|urgent care|general physical|free clinic|emergency room|primary care|health center|hospital",
        r"primary (?:health ?)?care|medical care|free clinic|walk-in clinic",
        never=r"animal|veterin|psychiatric hospital",
    ),
    "dentist": Fit(r"dent(?:al|ist)", r"dental"),
    "pregnant": Fit(r"pregnan|prenatal|expectant|maternity", r"pregnan|prenatal"),
    "sexual health": Fit(
        r"sexually transmitted|\bstd\b|hiv test|family planning|aids/hiv clinic",
        r"\bstds?\b|hiv test",
    ),
    "raped": Fit(
        f"sexual(?:ly)? (?:assault|abuse)|rape|{TRAFFICKED}|crime victim (?:support|assist|counsel)",
        r"sexual assault|rape (?:crisis|treatment)",
    ),
    "talk": Fit(
        r"individual counsel|psychotherap|crisis intervention|mental health|suicide|psychosocial therapy|trauma"
        r"|general crisis|psychiatric disorder counsel|group counsel",
        r"(?:individual|trauma|crisis|mental health) (?:counsel|therap|interven)|psychotherapy|someone to talk",
    ),
    "suicide": Fit(
        r"suicid|crisis intervention|general crisis|psychiatric|helpline",
        r"suicid|crisis (?:line|counsel)",
    ),
    "drugs": Fit(
        r"(?:drug|alcohol|substance) (?:use|abuse|detox|addict)|detox|methadone|recovery home|opioid",
        r"substance abuse|detox|addiction|drug (?:treat|rehab)",
    ),
    "work": Fit(
        r"job (?:search|train|find|bank|place|readi|interview|assist)|employment (?:program|prep)|career|vocational",
        r"job (?:search|train|place)|employment (?:train|serv|assist)|vocational",
        never=r"volunteer",
    ),
    "english": Fit(r"english as a second|limited english|\besl\b|esol", r"\bes[o]?l\b|english (?:class|lang|as a)"),
    "school": Fit(
        r"\bged\b|adult (?:basic )?education|high school equiv|school board|school district|public school|literacy"
        r"|elementary school|middle school|high school|school enroll|english as a second|vocational|kindergarten",
        r"\bged\b|adult education|enroll",
    ),
    "child care": Fit(r"child care|preschool|day ?care|head start|babysit", r"child ?care|day ?care"),
    "child safety": Fit(
        f"child abuse|protective|sexually abused child|abused child|child sexual|{TRAFFICKED}|{VIOLENCE}|family law"
        r"|custody|family support|missing persons|parental kidnap",
        r"child abuse|custody|foster care|abused children",
    ),
    "baby things": Fit(
        r"diaper|baby (?:cloth|food|furn)|formula|\bwic\b|infant",
        r"diaper|baby (?:food|cloth|items|form)",
    ),
    "clothes": Fit(r"cloth(?:es|ing)|thrift", r"cloth(?:es|ing)", never=r"volunteer|donation manage"),
    "rent": Fit(
        r"rent payment|housing expense|eviction|rental|section 8|utility|financial assist",
        r"rent(?:al)? assist|pay (?:the )?rent|evict",
    ),
    "money": Fit(
        r"payment assist|financial assist|cash|general relief|emergency assist|public assist|expense assist|food stamps"
        r"|crime victim comp",
        r"financial assist|cash assist|emergency (?:financial|assist)|temporary assistance",
    ),
    "debt": Fit(
        f"credit counsel|debt|bankrupt|financial (?:counsel|literacy)|{TRAFFICKED}|{LEGAL}",
        r"debt|credit counsel",
    ),
    "ride": Fit(
        r"transport|bus fare|bus transit|transit pass|gas money|travelers",
        r"bus (?:pass|fare|token)|transportation",
    ),
    "interpreter": Fit(r"interpret|translat|immigrant mutual", r"interpret(?:er|ation|ing)|translat"),
    "going home": Fit(
        r"consul|travelers|repatriat|long distance bus|missing persons",
        r"repatriat|red cross|travelers aid|return home",
    ),
    "family": Fit(
        r"missing persons|runaway|family reuni|disaster survivor inq|consul|missing child",
        r"missing (?:persons|children|relativ)|reunit|reuni(?:fy|ficat)",
    ),
    "runaway": Fit(r"runaway|homeless youth|youth shelter|at risk youth|crisis shelter", r"runaway|homeless youth"),
    "crime made to": Fit(
        f"public defender|{TRAFFICKED}|{LEGAL}|diversion|gang|crime victim",
        r"human traffick|public defender|gang",
    ),
    "married": Fit(
        f"{VIOLENCE}|{TRAFFICKED}|abused adults|family law",
        r"domestic violence|human traffick|battered|forced marriage",
    ),
    "sold": Fit(
        f"{TRAFFICKED}|sexual(?:ly)? (?:assault|abuse|exploit)|rape",
        r"human traffick|sexual(?:ly)? exploit|sexual assault|prostitut",
    ),
    "household": Fit(
        f"{TRAFFICKED}|{VIOLENCE}|labor standards|labor and employment|labor issues|{LEGAL}",
        r"human traffick|domestic worker",
    ),
    "begging": Fit(
        f"{TRAFFICKED}|street outreach|child abuse|protective|outreach|homeless",
        r"human traffick|street outreach|homeless",
    ),
    "stalked": Fit(
        f"stalk|{VIOLENCE}|internet crime|crime victim|identity theft|victims/survivors",
        r"stalk|domestic violence|safety plan",
    ),
    "id": Fit(
        r"birth certif|identification card|vital|passport|driver|licenses/permits|consul",
        r"birth certificate|identification|driver'?s? licen[sc]e|passport",
    ),
}  # fmt: skip

Said = tuple[str, str, str]
"""(language, words, name in FITS)"""

SAID: Sequence[Said] = (
    ("en", "boss took my passport", "papers"),
    ("en", "they dont pay me for my work", "wages"),
    ("en", "i need somewhere to sleep tonite with my baby", "bed"),
    ("en", "my husband hits me", "violence"),
    ("en", "cant leave the house where i clean they lock the door", "household"),
    ("en", "he makes me sleep with men for money", "sold"),
    ("en", "free lawer for immigration", "immigration"),
    ("en", "i got no papers im scared of deportation", "immigration"),
    ("en", "arrested for stuff he made me do", "criminal record"),
    ("en", "want to get clean off pills", "drugs"),
    ("en", "havent eaten in 2 days", "food"),
    ("en", "nightmares cant sleep need to talk 2 someone", "talk"),
    ("en", "i was raped last week", "raped"),
    ("en", "think im pregnant no insurance", "pregnant"),
    ("en", "working on a farm they say i owe them money", "work held"),
    ("en", "how do i find my brother we got separated", "family"),
    ("en", "tooth hurts bad no money", "dentist"),
    ("en", "ran away from home im 16", "runaway"),
    ("en", "need job training learn english", "work"),
    ("en", "parents want me to marry a man i dont know", "married"),
    ("es", "donde dormir hoy con mi hijo", "bed"),
    ("es", "el patron me quito el pasaporte", "papers"),
    ("es", "no me pagan hace 3 meses", "wages"),
    ("es", "mi esposo me pega", "violence"),
    ("es", "abogado gratis para migracion", "immigration"),
    ("es", "no tengo papeles tengo miedo de la migra", "immigration"),
    ("es", "me obligan a acostarme con hombres", "sold"),
    ("es", "trabajo en una casa y no me dejan salir", "household"),
    ("es", "tengo hambre", "food"),
    ("es", "estoy embarasada y no tengo seguro", "pregnant"),
    ("es", "quiero dejar las drogas", "drugs"),
    ("es", "necesito un doctor sin seguro medico", "doctor"),
    ("es", "aprender ingles gratis", "english"),
    ("es", "quiero regresar a mi pais", "going home"),
    ("es", "me violaron", "raped"),
    ("es", "nesecito ropa y pañales para mi bebe", "baby things"),
    ("es", "quien cuida a mis niños mientras trabajo", "child care"),
    ("es", "me amenazan con matar a mi familia si me voy", "trafficked or violence"),
    ("es", "no puedo pagar la renta", "rent"),
    ("es", "me quiero morir", "suicide"),
    ("ar", "وين انام الليلة", "bed"),
    ("ar", "اخذوا جواز سفري", "papers"),
    ("ar", "صاحب الشغل ما بيدفعلي", "wages"),
    ("ar", "زوجي يضربني", "violence"),
    ("ar", "بدي محامي ببلاش", "lawyer"),
    ("ar", "ما عندي اوراق وخايف يرحلوني", "immigration"),
    ("ar", "انا خادمة في بيت وما يخلوني اطلع", "household"),
    ("ar", "جوعان وما معي فلوس", "food"),
    ("ar", "اجبروني على الدعارة", "sold"),
    ("ar", "حامل واحتاج دكتورة", "pregnant"),
    ("ar", "ابي اشتغل", "work"),
    ("ar", "اريد العودة الى بلدي", "going home"),
    ("ar", "ابحث عن اخي المفقود", "family"),
    ("ar", "اهلي بدهم يزوجوني غصب", "married"),
    ("ar", "تعبان نفسيا وما بنام", "talk"),
    ("ar", "مدرسة لأولادي", "school"),
    ("ar", "دورة لغة انجليزية", "english"),
    ("ar", "وجع اسنان", "dentist"),
    ("ar", "طلب لجوء", "immigration"),
    ("ar", "بدي اترك المخدرات", "drugs"),
)
FITS["trafficked or violence"] = Fit(
    f"{TRAFFICKED}|{VIOLENCE}|crime victim|victims/survivors", f"{TRAFFICKED_TOLD}|domestic violence|crime victims?"
)

# Written after the words of the search had been tuned on SAID, and before one of these had been tried; other sayings,
# other spellings.
HELD_OUT: Sequence[Said] = (
    ("en", "we pick strawberries all day and the crew leader wont give us our money", "work held"),
    ("en", "guy online has my nudes and wants more", "stalked"),
    ("en", "can i get my arrest off my record i was forced", "criminal record"),
    ("en", "got bruises from my bf where can i go", "violence or bed"),
    ("en", "need an id they burned mine", "id"),
    ("en", "is there somewhere for me n my 2 kids tonight", "bed"),
    ("en", "im bleedin need doc no insurance", "doctor"),
    ("en", "they said id be a waitress but its not that", "trafficked"),
    ("en", "my ex keeps following me", "stalked"),
    ("en", "i want to go back to honduras", "going home"),
    ("es", "mi jefe no me da mi cheque", "wages"),
    ("es", "se llevaron a mis hijos", "child safety"),
    ("es", "me trajeron engañada para trabajar en un bar", "trafficked"),
    ("es", "ocupo un avogado de inmigrasion", "immigration"),
    ("es", "me duele la muela", "dentist"),
    ("es", "mi novio me tiene encerrada y me quita el dinero", "trafficked or violence"),
    ("es", "perdi mi acta de nacimiento", "id"),
    ("es", "no duermo por las pesadillas", "talk"),
    ("es", "nesesito comida para mis hijos", "food"),
    ("es", "soy menor y me escape de mi casa", "runaway"),
    ("ar", "الكفيل ما عطاني راتبي من ست شهور", "wages"),
    ("ar", "جوزي بيضربني وعايزة اسيب البيت", "violence"),
    ("ar", "محتاجة مكان انام فيه انا وعيالي", "bed"),
    ("ar", "ضاع جواز سفري", "id"),
    ("ar", "بدي حدا يترجملي", "interpreter"),
    ("ar", "اغتصبني واحد", "raped"),
    ("ar", "سناني بتوجعني", "dentist"),
    ("ar", "عايز شغل", "work"),
    ("ar", "ملابس للاطفال", "clothes"),
    ("ar", "افكر بالانتحار", "suicide"),
)

# Written after the words had been widened again, with other sentences than these and HELD_OUT, before one was tried.
FRESH: Sequence[Said] = (
    ("en", "they pay me 2 dollars an hour and charge me for the bed", "wages"),
    ("en", "my passprt is with my sponsor", "papers"),
    ("en", "domestik violens shelter for women", "violence or bed"),
    ("en", "how can i stay in america if i testify", "papers"),
    ("en", "got a bad std i think", "sexual health"),
    ("en", "my mom sells me to men", "sold"),
    ("en", "cuz of my tickets n prostitution charge nobody hires me", "criminal record"),
    ("en", "where can i shower and eat", "food"),
    ("en", "they threaten my sister back home if i quit", "trafficked or violence"),
    ("en", "kid needs shoes for school", "clothes"),
    ("es", "vivo en la calle", "bed"),
    ("es", "mi patrona no me deja ni hablar por telefono", "household"),
    ("es", "tengo una orden de deportasion", "immigration"),
    ("es", "me prometieron un buen trabajo y era mentira", "trafficked"),
    ("es", "donde me hago una prueba del vih", "sexual health"),
    ("es", "tomo mucho y no puedo parar", "drugs"),
    ("es", "kiero hablar con una psicologa", "talk"),
    ("es", "no se leer ni escribir", "school"),
    ("es", "me cortaron la luz", "money"),
    ("es", "mi suegra me tiene de sirvienta", "household"),
    ("ar", "طردوني من الشغل وما اعطوني حقي", "wages"),
    ("ar", "بدي اقدم على لم شمل", "immigration or family"),
    ("ar", "عندي طفل مريض", "doctor"),
    ("ar", "صوروني وبيهددوني", "stalked"),
    ("ar", "وين الاقي اكل مجاني", "food"),
    ("ar", "بشتغل بمزرعة وما في راحة", "work held"),
    ("ar", "زوجي اخذ ولادي", "child safety"),
    ("ar", "محتاج تذكرة ارجع ع بلدي", "going home"),
    ("ar", "كل ليلة كوابيس", "talk"),
    ("ar", "ابغى مأوى بعيد عن زوجي", "violence or bed"),
)
FITS["immigration or family"] = Fit(f"{IMMIGRATION}|missing persons|family reuni", r"immigration|reunification")

# The same in the made-up county of tests/fixtures: (language, words, name of a service that fits).
IN_THE_COUNTY: Sequence[Said] = (
    ("en", "no place to sleep tonite", "NIGHT SHELTER"),
    ("en", "rooms for me and my kids", "FAMILY ROOMS"),
    ("en", "boss took my passport", "IMMIGRATION TEAM"),
    ("en", "they dont pay me", "WAGE RECOVERY"),
    ("en", "im hungry", "PANTRY DOWNTOWN"),
    ("es", "donde dormir hoy", "NIGHT SHELTER"),
    ("es", "no me pagan", "WAGE RECOVERY"),
    ("es", "un doctor sin seguro", "OPEN CLINIC"),
    ("es", "estoy embarasada", "PREGNANCY CARE"),
    ("ar", "وين انام الليلة", "NIGHT SHELTER"),
    ("ar", "ما دفعولي راتبي", "WAGE RECOVERY"),
    ("ar", "بدي اتعلم انجليزي", "ENGLISH COURSES"),
)

# Written before one was tried; harder ones, more roundabout.
LAST: Sequence[Said] = (
    ("en", "he took all my money and locks me in when he leaves", "trafficked or violence"),
    ("en", "im 15 and living on the street", "runaway"),
    ("en", "the agency says i have to pay them back 8000", "work held"),
    ("en", "feel like killing myself", "suicide"),
    ("en", "how to apply for asylum", "immigration"),
    ("en", "glasses broken cant see", "doctor"),
    ("en", "want to learn computers", "work"),
    ("en", "need a shelter that takes dogs", "bed"),
    ("en", "boyfriend got me hooked on heroin", "drugs"),
    ("en", "my cousin is being sold by her husband", "sold"),
    ("es", "me corrieron de la casa", "bed"),
    ("es", "trabaje en construccion y el contratista desaparecio con el dinero", "wages"),
    ("es", "mi ex me busca y me amenaza", "violence"),
    ("es", "estoy detenido por migracion", "immigration"),
    ("es", "nececito leche y panales", "baby things"),
    ("es", "me pegaron una infeccion", "sexual health"),
    ("es", "alguien que me traduzca", "interpreter"),
    ("es", "no aguanto mas estoy desesperada", "talk"),
    ("es", "como saco mi pasaporte mexicano", "id"),
    ("es", "busco asesoria legal gratuita", "lawyer"),
    ("ar", "هربت من صاحب الشغل وما معي باسبور", "papers"),
    ("ar", "ابني ما عنده حليب", "baby things"),
    ("ar", "محبوسة بالبيت وزوجي معه المفتاح", "trafficked or violence"),
    ("ar", "بدي اوقف شرب", "drugs"),
    ("ar", "رفضوا طلب لجوئي", "immigration"),
    ("ar", "فين في دكتور اسنان رخيص", "dentist"),
    ("ar", "حاسة حالي مكتئبة", "talk"),
    ("ar", "بدي اشتكي على مديري تحرش فيي", "raped"),
    ("ar", "احتاج ادفع اجار البيت", "rent"),
    ("ar", "ممكن اكل لعيلتي", "food"),
)

# The same again, before one was tried.
FOURTH: Sequence[Said] = (
    ("en", "they wont let us quit the plantation", "work held"),
    ("en", "my girl left me with 3 children and no cash for food", "food"),
    ("en", "he posts my naked photos on facebook", "stalked"),
    ("en", "i escaped last night and have nothing", "violence or bed"),
    ("en", "who can help with trafficking visa", "papers"),
    ("en", "caught something down there, itches", "sexual health"),
    ("en", "the lady i clean for slaps me", "household"),
    ("en", "want out of the gang", "crime made to"),
    ("en", "i cant read english letters from court", "interpreter"),
    ("en", "sponsor says he will report me if i leave", "trafficked or violence"),
    ("es", "necesito un lugar seguro para mi y mi bebe", "violence or bed"),
    ("es", "me tienen trabajando dia y noche sin descanso", "work held"),
    ("es", "quiero denunciar a mi patron por abuso", "raped"),
    ("es", "como consigo la visa t", "papers"),
    ("es", "me dieron una golpiza", "violence"),
    ("es", "donde regalan comida", "food"),
    ("es", "mi hija se fue con un hombre mayor y no aparece", "family"),
    ("es", "tengo fiebre y no tengo para el doctor", "doctor"),
    ("es", "nos pagan con comida nada mas", "wages"),
    ("es", "me siento sucia y no puedo olvidar", "talk"),
    ("ar", "ممنوع اطلع من البيت وشغل ليل نهار", "household"),
    ("ar", "بدي ارجع عند اهلي بالمغرب", "going home"),
    ("ar", "خطيبي ضربني وكسر ايدي", "violence"),
    ("ar", "احتاج سكن رخيص", "rent or bed"),
    ("ar", "عندي موعد محكمة ومحتاج محامي", "lawyer"),
    ("ar", "شغلوني بالدعارة بالقوة", "sold"),
    ("ar", "ما بقدر ادفع الدين للمهرب", "work held"),
    ("ar", "بدور على شغل نظيف", "work"),
    ("ar", "خسرت بيتي ونايمين بالسيارة", "bed"),
    ("ar", "كيف اطلع اقامة", "immigration"),
)
FITS["rent or bed"] = Fit(f"{BED}|rent|housing", r"affordable housing|rent")

# Written last, before one was tried. Nothing was changed for them afterwards: what they show is what others may expect.
UNTUNED: Sequence[Said] = (
    ("en", "he holds my papers so i cant go anywhere", "papers"),
    ("en", "need somebody to go to court with me for protection order", "violence"),
    ("en", "17 pregnant and my parents threw me out", "violence or bed"),
    ("en", "i was made to hold dope for them and got busted", "criminal record"),
    ("en", "workd 3 months got zero pay", "wages"),
    ("en", "abcess in my teeth", "dentist"),
    ("en", "where do i get free groceries this week", "food"),
    ("en", "my aunt brought me here to clean her house and i cant go to school", "household"),
    ("en", "i keep seeing what he did to me in my head", "talk"),
    ("en", "lawyer 4 visa no money", "immigration"),
    ("es", "llegue ayer y no conozco a nadie, donde duermo", "bed"),
    ("es", "mi padrino me obliga a vender droga", "crime made to"),
    ("es", "me ofrecieron ser modelo y ahora me obligan a estar con hombres", "sold"),
    ("es", "el dueño del rancho nos encierra de noche", "work held"),
    ("es", "estoy yendo a corte de inmigracion sola", "immigration"),
    ("es", "perdi a mi hermano en la frontera", "family"),
    ("es", "necesito zapatos y un sueter", "clothes"),
    ("es", "mi nena tiene fiebre", "doctor"),
    ("es", "busco trabajo aunque no tengo papeles", "work"),
    ("es", "mi marido me amenaso con un cuchillo", "violence"),
    ("ar", "ما في معي حق الايجار", "rent"),
    ("ar", "بنتي عم تتعاطى حبوب", "drugs"),
    ("ar", "انا نازحة وبدي مكان نوم", "bed"),
    ("ar", "مين بيساعدني بالفيزا", "immigration"),
    ("ar", "جوزي مانعني اطلع", "trafficked or violence"),
    ("ar", "يشغلوني بدون فلوس", "wages"),
    ("ar", "اكتشفت اني حامل", "pregnant"),
    ("ar", "ابي طبيب نفسي", "talk"),
    ("ar", "هددني ينشر صوري اذا تركته", "stalked"),
    ("ar", "وين اتعلم اللغة", "english"),
)

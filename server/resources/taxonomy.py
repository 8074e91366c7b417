"""Our own list of needs: what is happening, what would help, and finer terms beneath each. Pure; no I/O.

Short on top, so that it can be picked by touch; the finer terms are one step deeper, or reached by words. No label or
sentence names a crime: the words for it stand in `seeks`, which is what directories write, and are never shown.

`codes` are those of Open Eligibility (data/open_eligibility.json, CC BY-SA 3.0). It has no term for trafficking;
where nothing fits there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.errors import N_

TRAFFICKED = ("human trafficking", "trafficking", "trafficked", "modern slavery", "trata de personas", "اتجار بالبشر")

SLEEP = ("emergency shelter*", "emergency housing", "shelter*", "safe house*", "homeless shelter*", "runaway*")
SLEEP_LATER = (
    "transitional housing", "transitional living", "temporary housing", "supportive housing", "albergue*", "refugio*",
    "alojamiento", "safe housing", "short term housing", "help find housing", "مأوى", "سكن",
)  # fmt: skip


@dataclass(frozen=True, eq=False)  # each is one of its kind; comparing by value would hash all its words
class Need:
    """`seeks`: how services say it, in the words of their entries; how people say it stands in spoken_words.SAID.

    `later`: what also helps, more widely or not tonight; such places stand below the others.
    `parent`: the id of the need it is a part of, empty on top. `codes`: of Open Eligibility.
    """

    id: str
    label: str
    sentence: str
    seeks: tuple[str, ...]
    happening: bool = False
    later: tuple[str, ...] = ()
    parent: str = ""
    codes: tuple[str, ...] = ()


NEEDS = (
    Need(
        "bed",
        N_("A place to sleep"),
        N_("Tonight, or for longer."),
        SLEEP,
        later=SLEEP_LATER,
        codes=("1121", "1135", "1152"),
    ),
    Need(
        "food",
        N_("Food"),
        N_("A meal, groceries or a food card."),
        ("food pantr*", "food bank*", "emergency food*", "food stamp*", "soup kitchen*", "hot meals", "groceries"),
        later=(
            "free meals", "food benefits", "help pay for food", "food delivery", "nutrition", "food", "meals",
            "snap", "pantry", "comida", "alimentos", "طعام", "وجبات",
        ),
        codes=("1102", "1130", "1131"),
    ),
    Need(
        "lawyer",
        N_("A lawyer"),
        N_("Free advice on your rights, or help in court."),
        (
            "legal aid", "legal services", "legal assistance", "legal counsel*", "legal representation",
            "lawyer referral*", "lawyer*", "attorney*",
        ),
        later=("advocacy legal aid", "bar association", "legal", "abogado*", "asesoria juridica", "محامي", "قانونية"),
        codes=("1111", "1375", "1389"),
    ),
    Need(
        "papers",
        N_("Papers and permission to stay"),
        N_("A visa, asylum, a passport or other papers."),
        (
            "immigra*", "asylum", "asylee*", "visa application*", "t visa*", "u visa*", "citizenship",
            "naturalization", "refugee*",
        ),
        later=(
            "citizenship immigration", "migrant*", "visa*", "passport*", "inmigracion", "migrantes", "asilo",
            "لجوء", "هجرة",
        ),
        codes=("1381",),
    ),
    Need(
        "pay",
        N_("Pay you did not get"),
        N_("Wages kept back, or a debt they make you work off."),
        (
            "unpaid wage*", "wage claim*", "wage recovery", "wage theft", "labor standards", "labor law",
            "labor and employment law", "employment law", "workers rights", "worker rights", "fair labor",
            "employment discrimination", "department of labor",
        ),
        later=(
            "workplace rights", "workers center", "employment rights", "wage*", "labor issues", "legal aid",
            "derechos laborales", "salarios", "اجور",
        ),
        codes=("1374", "1386"),
    ),
    Need(
        "doctor",
        N_("A doctor or nurse"),
        N_("Also when you have no insurance."),
        (
            "primary care", "community clinic*", "free clinic*", "health clinic*", "community health center*",
            "urgent care", "medical care", "general physical examination*", "walk in clinic",
        ),
        later=(
            "checkup test", "clinic*", "health care", "medical*", "health center*", "hospital*", "clinica",
            "centro de salud", "عيادة", "مستشفى",
        ),
        codes=("1206", "1210"),
    ),
    Need(
        "pregnancy",
        N_("Pregnancy and sexual health"),
        N_("Tests, birth control, or care before and after birth."),
        ("pregnan*", "prenatal", "family planning", "birth control", "maternal*", "maternity"),
        later=("sexually transmitted*", "hiv testing", "gynecolog*", "embarazo", "حمل"),
        codes=("1217", "1209", "1215"),
    ),
    Need(
        "talk",
        N_("Someone to talk to"),
        N_("When you are afraid, sad or cannot sleep."),
        (
            "individual counseling", "crisis intervention", "mental health", "psychotherap*",
            "psychosocial therap*", "trauma",
        ),
        later=(
            "specialized therapy", "peer support", "help hotline*", "counseling", "psychological*",
            "support group*", "salud mental", "apoyo psicologico", "نفسي",
        ),
        codes=("1220", "1304", "1303"),
    ),
    Need(
        "drugs",
        N_("Drugs or alcohol"),
        N_("To stop, or to use with less harm."),
        (
            "substance abuse", "substance use*", "detox*", "drug use disorder*", "alcohol use disorder*",
            "drug abuse", "alcohol abuse", "drug treatment",
        ),
        later=(
            "sober living", "residential treatment", "outpatient treatment", "recovery", "addiction*",
            "recovery home*", "adicciones", "ادمان",
        ),
        codes=("1178",),
    ),
    Need(
        "children",
        N_("Help with children"),
        N_("Care, school, or a child who is being hurt."),
        ("child care", "family support", "parenting", "child welfare", "child abuse", "foster care", "child protect*"),
        later=("childcare", "preschool*", "children services", "guarderia", "حضانة", "اطفال"),
        codes=("1277", "1280"),
    ),
    Need(
        "work",
        N_("Work and learning"),
        N_("A job, training, or a language course."),
        (
            "job search*", "job training", "job placement", "job finding", "employment program*",
            "job assistance*", "training and employment", "vocational*", "career*",
        ),
        later=(
            "help find work", "skills training", "job*", "employability", "workforce", "employment",
            "adult education", "english as a second language", "ged", "empleo", "توظيف",
        ),
        codes=("1110", "1349", "1357"),
    ),
    Need(
        "money",
        N_("Money and things for daily life"),
        N_("Clothes, rent, bills or a ride."),
        (
            "financial assistance", "emergency assistance", "cash assistance", "payment assistance",
            "expense assistance", "public assistance",
        ),
        later=(
            "help pay for*", "government benefits", "clothing", "furniture", "thrift*", "rent payment*",
            "ayuda economica", "مساعدات مالية",
        ),
        codes=("1107", "1232"),
    ),
    Need(
        "language",
        N_("An interpreter"),
        N_("Somebody who speaks your language with you."),
        ("interpretation", "interpreter*", "translation*", "language line", "interpretation translation"),
        later=("bilingual", "interprete", "traduccion", "ترجمة"),
        codes=("1390",),
    ),
    Need(
        "home",
        N_("Finding family or going home"),
        N_("A search for relatives, or a safe way back."),
        (
            "family tracing", "missing persons", "travelers aid", "travelers assistance", "repatriat*",
            "consulate*", "reunif*", "reconnecting families",
        ),
        later=("red cross", "embassy", "consulado", "سفارة", "قنصلية"),
        codes=("1122",),
    ),
    Need(
        "record",
        N_("An arrest or a criminal record"),
        N_("For things you were made to do, or did to get by."),
        ("expung*", "public defender*", "record sealing", "vacatur", "criminal defense", "criminal record*"),
        later=(*TRAFFICKED, "legal aid", "legal representation", "ex offender*", "reentry"),
        codes=("1389",),
    ),
    Need(
        "boss",
        N_("Somebody controls my work or pay"),
        N_("They keep your papers or wages, watch you, or threaten you."),
        (*TRAFFICKED, "labor exploitation", "farmworker*", "farm worker*", "migrant worker*"),
        happening=True,
        later=("agricultural laborers", "labor law", "labor standards", "wage*", "legal aid"),
        codes=("1374",),
    ),
    Need(
        "household",
        N_("I work in a home and cannot leave"),
        N_("Cleaning, cooking or care, without free days or a door key."),
        (*TRAFFICKED, "domestic worker*", "live in worker*"),
        happening=True,
        later=("immigrant women", "labor law", "labor standards", "wage*"),
        codes=("1374",),
    ),
    Need(
        "sex",
        N_("I am made to have sex or sell it"),
        N_("By anyone: a partner, a stranger, somebody you work for."),
        (*TRAFFICKED, "sexual exploitation", "sexually exploited", "commercial sexual*", "prostitut*"),
        happening=True,
        later=("sexual assault", "rape", "sexual abuse"),
        codes=("1124",),
    ),
    Need(
        "crime",
        N_("I am made to break the law"),
        N_("To carry or grow drugs, to steal, or to trick people."),
        (*TRAFFICKED, "public defender*"),
        happening=True,
        later=("diversion program*", "legal aid", "gang*"),
        codes=("1389",),
    ),
    Need(
        "begging",
        N_("I am made to beg"),
        N_("Or to sell small things, and give the money away."),
        (*TRAFFICKED, "street outreach"),
        happening=True,
        later=("homeless outreach", "outreach program*", "child protect*", "children s protective services"),
        codes=("1123",),
    ),
    Need(
        "marriage",
        N_("I am made to marry or stay married"),
        N_("By family, for money, or for papers."),
        (*TRAFFICKED, "forced marriage", "family violence", "domestic violence"),
        happening=True,
        later=("abused women", "family justice center*", "matrimonio forzado", "زواج قسري"),
        codes=("1124",),
    ),
    Need(
        "hurt",
        N_("Somebody close hurts or threatens me"),
        N_("A partner, a parent, or somebody you live with."),
        (
            "domestic violence", "spouse abuse", "spouse intimate partner abuse*", "family violence",
            "domestic abuse", "domestic family violence*", "abused women", "battered women",
        ),
        happening=True,
        later=(
            "help escape violence", "immediate safety", "women s shelter*", "protective order*",
            "family justice center*", "violencia domestica", "violencia de genero", "عنف اسري",
        ),
        codes=("1124", "1123"),
    ),
)  # fmt: skip

FINER = (
    # A place to sleep
    Need(
        "safe_house",
        N_("A hidden house"),
        N_("A place to live whose address is told to nobody."),
        ("safe house*", "safehouse*", "domestic violence shelter*", "human trafficking shelter*", "crisis shelter"),
        parent="bed",
        later=("casa refugio", *SLEEP, *SLEEP_LATER),
        codes=("1125", "1151"),
    ),
    Need(
        "tonight",
        N_("A bed for tonight"),
        N_("A shelter that takes people in the same day."),
        ("emergency shelter*", "emergency housing", "homeless shelter*", "crisis shelter", "night shelter*", "motel*"),
        parent="bed",
        later=(*SLEEP, *SLEEP_LATER),
        codes=("1121", "1135"),
    ),
    Need(
        "family_bed",
        N_("A place to sleep with children"),
        N_("Rooms where families can stay together."),
        ("homeless families", "family shelter*", "domestic violence shelter*", "family rooms", "family housing"),
        parent="bed",
        later=(*SLEEP, *SLEEP_LATER),
        codes=("1121", "1135"),
    ),
    Need(
        "young",
        N_("A place for young people on their own"),
        N_("Beds and advice when you are under 18 or left home."),
        ("runaway*", "homeless youth", "youth shelter*", "crisis shelter"),
        parent="bed",
        later=(*SLEEP, *SLEEP_LATER),
        codes=("1121", "1305"),
    ),
    Need(
        "own_home",
        N_("A home for longer"),
        N_("A room or flat for months or years."),
        ("transitional housing", "supportive housing", "housing search*", "housing voucher*", "rental listing*"),
        parent="bed",
        later=("public housing", "affordable housing", "housing", "vivienda", "سكن"),
        codes=("1136", "1146", "1148"),
    ),
    # Papers
    Need(
        "stay_after",
        N_("Permission to stay after what was done to you"),
        N_("A visa or a quiet time to think, also called a reflection period."),
        (
            "t visa*", "u visa*", "vawa", "relief from removal", "reflection period", "victim legal*",
            "national referral mechanism", *TRAFFICKED, "immigration legal*", "immigration naturalization legal*",
        ),
        parent="papers",
        later=("citizenship immigration", "immigration", "immigrant*", "asylum"),
        codes=("1381",),
    ),
    Need(
        "asylum",
        N_("Asylum"),
        N_("Permission to stay because going back is dangerous."),
        ("asylum", "asylee*", "refugee*", "relief from removal"),
        parent="papers",
        later=("immigration", "immigrant*", "asilo", "لجوء"),
        codes=("1381",),
    ),
    Need(
        "deportation",
        N_("Being sent out of the country"),
        N_("A lawyer who speaks for you before it happens."),
        (
            "relief from removal", "deportation", "immigration legal*", "immigration naturalization legal*",
            "comprehensive immigration*", "immigration law*",
        ),
        parent="papers",
        later=("immigration", "immigrant*", "asylum"),
        codes=("1381",),
    ),
    Need(
        "identity",
        N_("Passport, birth certificate or ID card"),
        N_("New papers when yours are lost or somebody keeps them."),
        ("passport*", "birth certificate*", "identification card*", "consulate*", "identity document*"),
        parent="papers",
        later=(
            "identification recovery", "id card*", "identification", "vital records", "vital statistics",
            "driver license*", "immigra*",
        ),
        codes=("1384",),
    ),
    Need(
        "papers_taken",
        N_("Somebody keeps my papers"),
        N_("A boss, a partner or somebody else holds your passport or card."),
        (*TRAFFICKED, "immigration legal*", "immigration naturalization legal*", "comprehensive immigration*"),
        parent="boss",
        later=("consulate*", "passport*", "immigra*"),
        codes=("1381", "1384"),
    ),
    # Law
    Need(
        "clean_record",
        N_("Taking an arrest off the record"),
        N_("Also for things somebody made you do."),
        ("expung*", "record sealing", "vacatur", "criminal record*", "seals convictions"),
        parent="record",
        later=("public defender*", "legal aid", "legal representation"),
        codes=("1375",),
    ),
    Need(
        "accused",
        N_("A lawyer when you are accused"),
        N_("Free where you cannot pay for one."),
        ("public defender*", "criminal defense", "legal representation"),
        parent="record",
        later=("legal aid", "lawyer referral*", "lawyer*"),
        codes=("1389",),
    ),
    Need(
        "compensation",
        N_("Money for the harm done to you"),
        N_("A fund or a court can pay for harm and costs."),
        ("crime victim compensation", "victim compensation", "crime victim*", "restitution"),
        parent="lawyer",
        later=("legal aid",),
        codes=("1113",),
    ),
    Need(
        "protection",
        N_("A court order to keep somebody away"),
        N_("Somebody goes to court with you if you want."),
        ("protective restraining order*", "protective order*", "restraining order*", "family violence legal*"),
        parent="hurt",
        later=("domestic violence", "legal aid", "family justice center*"),
        codes=("1375",),
    ),
    Need(
        "custody",
        N_("Where your children live"),
        N_("Advice on custody and visits, and on children kept from you."),
        (
            "child custody*", "custody*", "family law*", "comprehensive family law*", "divorce custody support*",
            "parental visitation*",
        ),
        parent="children",
        later=("legal aid", "domestic family violence legal*"),
        codes=("1375", "1383"),
    ),
    # Work and pay
    Need(
        "farm",
        N_("Work on a farm"),
        N_("Field, harvest, animals, fishing or forest."),
        ("farmworker*", "farm worker*", "migrant worker*", "agricultural laborers", *TRAFFICKED),
        happening=True,
        parent="boss",
        later=("labor law", "labor standards", "legal aid"),
        codes=("1374",),
    ),
    Need(
        "kitchen",
        N_("Work in a kitchen, shop or nail bar"),
        N_("Also hotels, laundries and car washes."),
        (*TRAFFICKED, "labor standards", "labor and employment law", "workers rights", "labor law"),
        happening=True,
        parent="boss",
        later=("wage*", "legal aid"),
        codes=("1374",),
    ),
    Need(
        "factory",
        N_("Work in a factory or warehouse"),
        N_("Long shifts, no way out, or a dormitory that is locked."),
        (*TRAFFICKED, "labor standards", "labor and employment law", "workers rights", "labor law"),
        happening=True,
        parent="boss",
        later=("wage*", "legal aid"),
        codes=("1374",),
    ),
    Need(
        "building",
        N_("Work on a building site"),
        N_("Construction, roofs, roads, cleaning up after storms."),
        (*TRAFFICKED, "labor standards", "labor and employment law", "workers rights", "labor law"),
        happening=True,
        parent="boss",
        later=("wage*", "legal aid"),
        codes=("1374",),
    ),
    Need(
        "bondage",
        N_("A debt that never ends"),
        N_("They say you owe for travel, rent or work."),
        (*TRAFFICKED, "debt bondage", "labor standards", "labor and employment law"),
        happening=True,
        parent="boss",
        later=("legal aid", "wage*"),
        codes=("1374",),
    ),
    Need(
        "locked_in",
        N_("I am not allowed to leave"),
        N_("Doors, papers, threats or debts keep you there."),
        (*TRAFFICKED, "domestic violence"),
        happening=True,
        parent="boss",
        later=("crisis intervention", "crime victim*", "abused women"),
        codes=("1124", "1123"),
    ),
    # Sex
    Need(
        "online",
        N_("Pictures or videos of me"),
        N_("Somebody made, sold or shares them, or says they will."),
        (
            *TRAFFICKED, "child sexual exploitation*", "exploited children", "internet crime*", "sexual exploitation",
            "sexually exploited",
        ),
        happening=True,
        parent="sex",
        later=("crime victim*", "stalking"),
        codes=("1123",),
    ),
    Need(
        "child_sold",
        N_("A child is used for sex, work or begging"),
        N_("Your own child, or one you know of."),
        (
            *TRAFFICKED, "sexually exploited children", "child sexual exploitation*", "exploited children",
            "child abuse reporting*",
        ),
        happening=True,
        parent="sex",
        later=("child abuse*", "children s protective services", "sexually abused children"),
        codes=("1123",),
    ),
    Need(
        "after_rape",
        N_("Care after sex you did not want"),
        N_("A check-up, medicine, and tests kept if you wish."),
        (
            "rape treatment*", "sexual assault treatment*", "sexual assault*", "adult sexual assault survivors",
            "rape*", "sexual assault examination*",
        ),
        parent="doctor",
        later=("sexual abuse", "crime victim*", "emergency contraception"),
        codes=("1210", "1123"),
    ),
    Need(
        "organ",
        N_("Somebody wants a part of my body"),
        N_("A kidney or another organ, for money or by force."),
        (*TRAFFICKED, "organ trafficking"),
        happening=True,
        parent="crime",
        later=("crime victim*",),
        codes=("1123",),
    ),
    # Health
    Need(
        "dentist",
        N_("Teeth"),
        N_("Pain, broken teeth, or a check-up."),
        ("dental care", "dental*", "dentist*"),
        parent="doctor",
        codes=("1184",),
    ),
    Need(
        "eyes",
        N_("Eyes and glasses"),
        N_("A test, or glasses at low cost."),
        ("eye care*", "vision*", "optometr*", "eyeglass*"),
        parent="doctor",
        codes=("1216",),
    ),
    Need(
        "prescription",
        N_("Medicine you cannot pay for"),
        N_("Prescriptions free or at a lower price."),
        ("prescription*", "medication*", "pharmacy"),
        parent="doctor",
        later=("free clinic*", "community clinic*"),
        codes=("1204",),
    ),
    Need(
        "marks",
        N_("Taking off a tattoo or a mark"),
        N_("When somebody marked you, or a scar reminds you."),
        ("tattoo removal*", "tattoo*", "laser*", "plastic reconstructive surgery", "burn care"),
        parent="doctor",
        later=TRAFFICKED,
        codes=("1219",),
    ),
    Need(
        "infection",
        N_("Tests for infections from sex"),
        N_("HIV and others, often free and without a name."),
        ("sexually transmitted*", "hiv testing", "std*", "aids hiv clinic*", "confidential hiv*"),
        parent="pregnancy",
        later=("family planning", "hiv*"),
        codes=("1212", "1221"),
    ),
    Need(
        "ending",
        N_("A pregnancy you did not choose"),
        N_("Advice on what you can do, and where."),
        ("abortion*", "pregnancy counseling", "emergency contraception", "family planning"),
        parent="pregnancy",
        later=("pregnan*",),
        codes=("1193", "1215"),
    ),
    Need(
        "detox",
        N_("Stopping safely with a doctor"),
        N_("For the first hard days without drugs or alcohol."),
        ("detox*", "drug detoxification", "inpatient drug*", "opioid*", "methadone*"),
        parent="drugs",
        later=(
            "residential treatment", "sober living", "substance abuse", "drug use disorder*",
            "alcohol use disorder*",
        ),
        codes=("1180",),
    ),
    # Talking
    Need(
        "life",
        N_("Not wanting to live"),
        N_("People who listen day and night."),
        ("suicide*", "crisis intervention*", "general crisis intervention*", "crisis counsel*"),
        parent="talk",
        later=("mental health", "individual counseling", "psychiatric emergency*"),
        codes=("1126", "1305"),
    ),
    Need(
        "trauma",
        N_("Bad memories, fear and no sleep"),
        N_("Talking with somebody trained, at your own pace."),
        ("trauma*", "psychotherap*", "individual counseling", "mental health", "psychosocial therap*"),
        parent="talk",
        later=("group counseling", "support group*", "counseling"),
        codes=("1220", "1226"),
    ),
    Need(
        "peers",
        N_("People who have been through it"),
        N_("A group, or one person who knows it from inside."),
        ("support group*", "peer support*", "group counseling", "survivors"),
        parent="talk",
        codes=("1310", "1312"),
        later=("survivor*",),
    ),
    # Safety
    Need(
        "plan",
        N_("A plan to leave safely"),
        N_("What to take, when to go, whom to tell."),
        ("safety plan*", "domestic violence", "crisis intervention", *TRAFFICKED),
        parent="hurt",
        later=("domestic violence hotline*", "abused women", "victim advoca*"),
        codes=("1124",),
    ),
    Need(
        "watched",
        N_("Somebody follows or watches me"),
        N_("In the street, by phone or online."),
        ("stalking*", "domestic violence", "internet crime*", "crime victim*"),
        parent="hurt",
        later=("victim advoca*", "identity theft*", "protective order*"),
        codes=("1123",),
    ),
    Need(
        "phone",
        N_("A safe phone"),
        N_("A phone, a cheap line, or help to clean yours."),
        ("cell phone*", "telephone service*", "discounted telephone*", "telephone assistance", "lifeline"),
        parent="money",
        later=("internet*",),
        codes=("1232",),
    ),
    # Family, home
    Need(
        "tracing",
        N_("Finding a missing person"),
        N_("A search for relatives, also across borders."),
        ("missing persons*", "family tracing", "reconnecting families", "missing children", "reunif*"),
        parent="home",
        later=("red cross", "consulate*", "runaway*"),
        codes=("1122",),
    ),
    Need(
        "return",
        N_("Going back to your country"),
        N_("Help with papers and the journey, only if you want."),
        ("repatriat*", "travelers aid", "travelers assistance", "consulate*", "voluntary return"),
        parent="home",
        later=("long distance bus*", "embassy", "consulado", "سفارة"),
        codes=("1172", "1175"),
    ),
    # Children
    Need(
        "child_care",
        N_("Somebody to look after children"),
        N_("While you work, learn or rest."),
        ("child care*", "day care*", "preschool*", "head start"),
        parent="children",
        codes=("1280", "1281"),
        later=("childcare", "daytime care", "babysit*",),
    ),
    Need(
        "child_hurt",
        N_("A child who is being hurt"),
        N_("At home, at work or by somebody outside."),
        ("child abuse*", "children s protective services", "abused children", "child welfare", "child protect*"),
        parent="children",
        later=("sexually abused children", "foster care"),
        codes=("1123",),
    ),
    Need(
        "school",
        N_("School for children"),
        N_("A place in school, also without papers."),
        (
            "school board*", "school district*", "public school*", "school enrollment", "elementary school*",
            "high school*",
        ),
        parent="children",
        later=("help find school", "school*", "education"),
        codes=("1296", "1317"),
    ),
    Need(
        "baby",
        N_("Things for a baby"),
        N_("Nappies, milk, clothes, a bed."),
        ("diaper*", "baby clothing", "formula baby food", "baby furniture", "wic", "baby*"),
        parent="children",
        codes=("1155", "1156", "1157"),
        later=("baby supplies",),
    ),
    # Learning
    Need(
        "course",
        N_("A language course"),
        N_("English or another language of the country."),
        ("english as a second language", "esol", "esl", "english language*", "english course*", "english class*"),
        parent="work",
        later=(
            "english course*", "english class*", "english lesson*", "language course*", "language class*",
            "adult education", "literacy",
        ),
        codes=("1326", "1348"),
    ),
    Need(
        "training",
        N_("Learning a trade"),
        N_("Training, certificates, and help to apply."),
        ("job training", "vocational*", "training and employment", "job training*", "occupation specific*"),
        parent="work",
        later=("skills training", "specialized training", "course*", "career*", "job search*", "adult education"),
        codes=("1349", "1356"),
    ),
    Need(
        "finishing_school",
        N_("Finishing school as an adult"),
        N_("Reading, writing, or a school certificate."),
        ("ged*", "high school equivalency", "adult education", "literacy*", "adult basic education"),
        parent="work",
        codes=("1332", "1350"),
        later=("high school*", "basic literacy",),
    ),
    # Daily life
    Need(
        "clothes",
        N_("Clothes"),
        N_("Free or cheap, for every day or for work."),
        ("general clothing*", "clothing*", "work clothing", "thrift*", "clothes"),
        parent="money",
        codes=("1158", "1161"),
        later=("clothing voucher*",),
    ),
    Need(
        "rent",
        N_("Rent and bills"),
        N_("Help to pay, or to stay when you cannot."),
        (
            "rent payment*", "eviction*", "rental assistance", "utility assistance", "housing expense*",
            "payment assistance",
        ),
        parent="money",
        later=(
            "help pay for housing", "help pay for utilities", "housing voucher*", "rent",
            "financial assistance", "emergency assistance",
        ),
        codes=("1116", "1119", "1137"),
    ),
    Need(
        "ride",
        N_("A ride"),
        N_("A bus ticket, or somebody who drives you."),
        ("bus fare*", "transportation expense*", "bus transit*", "transit pass*", "transportation*", "gas money"),
        parent="money",
        codes=("1172", "1173", "1175"),
        later=("bus pass*", "help pay for transit",),
    ),
    Need(
        "benefits",
        N_("Money from the state"),
        N_("Cash, food cards or insurance you may have a right to."),
        (
            "public assistance*", "cash assistance", "food stamp*", "benefits assistance", "medicaid*",
            "insurance benefits*",
        ),
        parent="money",
        later=("financial assistance",),
        codes=("1256", "1260"),
    ),
    Need(
        "debts",
        N_("Debts and bank accounts"),
        N_("Also when somebody used your name."),
        ("credit counsel*", "debt*", "bankruptcy*", "identity theft*", "financial counsel*"),
        parent="money",
        later=("legal aid", "financial literacy"),
        codes=("1263", "1262"),
    ),
    Need(
        "any_help",
        N_("I do not know what I need"),
        N_("People who listen first and know every place."),
        (
            "human trafficking hotline*", "crisis intervention hotline*", "information and referral", "helpline*",
            "general crisis intervention*",
        ),
        parent="talk",
        later=(
            "helpline*", "hotline*", "navigating the system", "case care management", "victim advoca*",
            "crime victim*", "domestic violence hotline*",
        ),
        codes=("1292", "1305"),
    ),
)  # fmt: skip

TERMS = (*NEEDS, *FINER)
BY_ID = {need.id: need for need in TERMS}


def finer_than(need: Need) -> tuple[Need, ...]:
    """The terms one step beneath it, in the order of the list."""
    return tuple(term for term in FINER if term.parent == need.id)

"""How people say what they need, in English, Spanish and Arabic; `*` after a word: and every longer one.

Words of one need stand together. The small words at the end are left out of a search that has others.
"""

from __future__ import annotations

SAID: dict[str, str] = {
    "bed": """
        bed beds sleep sleeping stay stayed roof hostel motel homeless street room refuge dormir cama camas
        techo refugio* albergue* alojamiento vivienda* casa calle hogar
        نوم انام سرير ماوي ملجا سكن ايواء بيت شارع
    """,
    "food": """
        food eat eating hungry hunger meal meals groceries comida comer hambre alimento* despensa
        طعام اكل جوع جائع جائعه غذاء وجبه
    """,
    "lawyer": """
        lawyer* attorney* solicitor rights court sue abogad* defensor* derechos corte juicio asesor*
        juridic* legal*
        محام* قانون* حقوق محكمه
    """,
    "papers": """
        papers visa* passport* asylum immigra* migrat* undocumented deport* document* green citizen*
        residency permit papeles pasaporte* asilo refugiad* inmigra* migra* indocumentad* documento*
        residencia permiso tarjeta
        اوراق جواز جوازات تاشيره فيزا لجوء هجره مهاجر* اقامه لاجي* ترحيل هويه
    """,
    "pay": """
        pay paid unpaid wage* salary owe owes owed debt stolen overtime sueldo* salario* pago pagan
        pagar paga deuda*
        اجر اجره راتب رواتب دين ديون
    """,
    "doctor": """
        doctor* nurse* sick ill pain hurts injur* medic* clinic hospital dentist tooth teeth
        medicine doctora* enfermer* enferm* dolor clinica* hospital* dentista* medicina* herida*
        طبيب* دكتور* ممرض* مريض* الم علاج مستشفي عياده دواء اسنان
    """,
    "pregnancy": """
        pregnan* birth abortion hiv aids sti std contracepti* condom* baby embaraz* aborto vih sida
        anticoncepti* bebe
        حامل حمل اجهاض ولاده طفل
    """,
    "talk": """
        talk talking sad afraid scared fear nightmare* trauma* anxiety anxious depress* suicid*
        therap* counsel* psycholog* hablar triste miedo pesadilla* ansiedad depresi* terap*
        consejer* psicolog*
        اتكلم حزين* خوف خائف* اكتئاب صدمه قلق كوابيس انتحار نفسي*
    """,
    "drugs": """
        drug* alcohol* addict* detox* rehab* heroin cocaine pills drunk overdose droga* adict*
        desintoxic*
        مخدر* كحول ادمان مدمن*
    """,
    "children": """
        child* kid kids daughter* son sons school custody niñ* nin* hij* escuela custodia guarderia
        اطفال طفلي ولد ابن ابنتي بنت مدرسه حضانه
    """,
    "work": """
        job jobs work working train* learn* english class* course* career school trabajo* empleo*
        curso* ingles aprender clase* capacit*
        عمل وظيفه شغل تدريب تعلم دوره انجليزيه
    """,
    "money": """
        money cash clothes clothing rent bill bills furniture ride bus transport* dinero ropa renta
        alquiler muebles transporte
        نقود مال ملابس ايجار اثاث مواصلات
    """,
    "language": """
        interpret* translat* language* speak traduc* idioma* hablan
        ترجمه مترجم* لغه
    """,
    "home": """
        family relatives return missing embassy consulate familia parientes volver regresar embajada
        consulado
        عائله اهل قريب عوده سفاره قنصليه
    """,
    "record": """
        arrest* record jail prison police charged probation antecedentes carcel prision policia
        delito*
        اعتقال سجن سوابق شرطه
    """,
    "boss": """
        boss employer* factory farm field restaurant construction controls contract recruiter labour
        labor forced exploit* jefe* patron* fabrica campo granja restaurante construccion controla*
        contrato explot*
        رئيس صاحب مصنع مزرعه مطعم عقد استغلال كفيل يسيطر
    """,
    "household": """
        maid nanny housekeeper domestic servant cleaner cleaning locked household empleada criada
        niñera ninera sirvienta limpieza limpiar encerrad*
        خادمه عامله منزليه مربيه تنظيف محبوس*
    """,
    "sex": """
        sex sexual pimp prostitut* escort raped rape massage porn webcam stripping brothel sexo
        proxeneta padrote prostitu* violaron violacion violada masaje pornografia
        جنس دعاره اغتصاب قواد
    """,
    "crime": """
        steal stealing smuggl* courier mule scam scams gang gangs selling carry robar vender
        pandilla* mula estafa* contraband*
        اسرق سرقه تهريب عصابه احتيال
    """,
    "begging": """
        beg begging beggar mendig* limosna pedir
        تسول اشحذ شحاذه متسول*
    """,
    "marriage": """
        marry married marriage husband wife bride wedding casar casarme casad* matrimonio esposo
        marido boda novia
        زواج اتزوج تزويج زوج زوجي عروس
    """,
    "hurt": """
        hit hits hitting beat beats beaten abuse* abusive violen* threat* partner boyfriend
        girlfriend ex stalk* golpe* pega pegan maltrat* amenaz* pareja novio abus*
        ضرب يضربني عنف تهديد يهددني شريك اذي
    """,
}

SMALL_WORDS = """
    a an and any are at be been but by can cannot could do for from get give go has have he help her
    here him his how i if in is it me my near need needs no not of on one or our place places please she so some
    somebody someone something that the am didn doesn don im ive like looking now someplace soon their
    them there they thing things this to today tonight too up urgent urgently us very want we what when
    where which who with would you your al algo alguien algun alguna ayuda busco como con cual de del
    donde el ella en es esta este hay la las lo los ahora hoy mi mis necesito noche o para pero por
    puedo que quien quiero se si sin su sus tengo un una unas unos y ya yo اريد احتاج الي انا ان او
    اين بدون عن علي عند عندي في كيف لا ل ما مساعده مع من هل هناك هنا هو هي و يا الان اليوم الليله
"""

"""How people say what they need, in English, Spanish and Arabic: everyday words, verbs in the first person, slang.

A saying is one word, or several that are heard together in any order. `+` joins the words of one saying, `|` stands
between words that say the same, `*` after a word means every longer one too, `?` after a saying makes it a hint: it
counts only where nothing stronger was said. Words are written without accents, as plain() writes them; Arabic without
the small words that are written onto a word ("the", "and", "my").

SMALL_WORDS are left out of every search that has others; PASSING_WORDS where something that helps was heard.
"""

from __future__ import annotations

LANGUAGES = ("en", "es", "ar")
SAID: dict[str, tuple[str, str, str]] = {
    "bed": (
        """
        homeless* couch+sleep* evict* hostel hostels motel? lodging dorm? bunk living+street*|car|outside|tent shower?
        sofa surfing+couch unsafe+home nowhere roofless somewhere? anywhere? kicked? homelessness outside+sleep* bench
        couch+surf* tent? crash? bed beds sleep? sleeping? stay? stayed? roof room? rooms? homeless street? streets?
        refuge shelter* housing evicted couch kicked+out thrown+out somewhere|where+sleep|stay|crash|live
        sleep*+car|street* sleep*+outside|rough nowhere+go|sleep|live
        """,
        """
        corrieron echaron sacaron+casa botaron casa+corrieron|echaron echo+casa|calle corrio+casa banqueta+dorm*
        indigente dormir? cama camas techo refugio* albergue* alojamiento vivienda* hogar? calle? duermo? durmiendo?
        cuarto? quedarme posada hospedaje echaron+casa corrieron+casa vivir+calle donde+quedarme|vivir|dormir
        """,
        """
        سياره+نايم*|نوم|انام|ننام|عايش* خسر*+بيت* بيتي? نايمين ننام نبات سكن+رخيص ابات ابيت بايت نايم? طرد*+بيت|منزل
        بالشارع برا+بيت نوم+شارع انام? نوم? سرير ماوي ملجا سكن* ايواء بيت? شارع مبيت? نبيت غرفه? مشرد* طردوني بلا+ماوي
        نايم+شارع اسكن مسكن
        """,
    ),
    "food": (
        """
        food+children|kids|cash|nothing feed+kids|children|family|baby shower+eat|food breakfast|lunch starving
        foodbank cook? thirsty snack* nothing+eat food eat eaten eating hungry hunger starv* meal meals groceries
        grocery breakfast lunch dinner feed
        """,
        """
        regalan+comida|despensa comida+regal*|dan hambrient* banco+alimentos vales+comida comida comer comido comemos
        hambre* alimento* despensa almuerzo desayuno cena viveres
        """,
        """
        عيلتي+اكل|طعام رز سكر+رز طبخ+اكل حليب? اكل|طعام+ولادي|عيلتي|اطفال* فطور غداء عشاء ناكل اكله خبز سله+غذاييه
        طعام اكل جوع جوعان* جايع* جعان* غذاء وجبه وجبات ماكل ماكول
        """,
    ),
    "lawyer": (
        "lawyer* attorney* solicitor* barrister legal rights? court? sue suing advocate? paralegal",
        """
        denunciar? denuncia? demanda? abogad* licenciado? defensor* derechos? corte? juicio? demandar asesor* juridic*
        legal*
        """,
        "محام* قانون* حقوق? محكمه? قضيه دعوي قضايي*",
    ),
    "papers": (
        """
        testify*? america+stay|live status citizenship? legal+stay|status sponsor work*+papers asylum? status+legal
        expired+visa visa+expired|ran|stay husband|spouse+visa permanent+resident daca tps vawa papers immigra*
        migrat* visa visas undocumented undoc illegal green+card greencard citizen* residency permit* sponsor+visa
        documents? uscis work*+permit overstay*
        """,
        """
        arreglar+papeles|estatus residente? estatus? vencio+visa visa+vencid* tps daca permiso? mojad* papeles
        inmigra* migrat* migra migracion migrante* visa visas indocumentad* residencia permiso+trabajo ilegal*
        ciudadan* naturaliza* documento*? tarjeta+verde mica
        """,
        """
        اطلع|اجدد|استخرج|اعمل|احصل+اقامه|تصريح|فيزا باسبور*? هارب*+كفيل* مخالف*+اقامه تجديد+اقامه
        انتهت+اقامه|فيزا|تاشيره فيزتي تاشيرتي اوراق ورق? تاشيره فيزا هجره مهاجر* اقامه اقامتي جنسيه تصريح+عمل
        غير+قانوني* تجنيس كفاله
        """,
    ),
    "pay": (
        """
        pay+food|nothing|only paid+food|nothing|less dollar* dollars+hour|day|week
        pay+hour|little|less|low|late|nothing|never charge*+bed|food|rent+work*|pay underpaid pay+dollars wage+theft
        owes fired+paid|pay|owed final+pay|check got+paid last+check salary+months
        tips|pay|wage*|salary|check|money|half+take*|keep*|steal*|stole*|hold*|cut*|boss|manager|short* never+paid
        cheque? cheated+pay|work* minimum+wage paid unpaid payed wage wages salary salaries paycheck* paycheque owed
        overtime tips? pay? stolen+money|pay pay|paid+boss|job|work|employer* owes+money boss|employer*+owe*
        """,
        """
        pagan+comida|nada|menos|mal construccion|obra+pag*|dinero|contratista* contratista*+desaparec*|dinero
        pag*+poco|menos|dolares|hora despid*+pag*|sueldo|dinero corrieron+trabajo cheque|finiquito|liquidacion
        dolares+hora deben cheque? jefe*|patron*|contratista*|encargado*|senora+cheque|dinero|dio|paga*|deb*|paro
        salario+minimo rob*+sueldo|salario|paga|cheque deb*+sueldo|quincena*|pago|semana* sueldo* salario* pagan
        pagado pagaron pagarme paga? pago? quincena horas+extra deben+dinero|sueldo|meses patron*|jefe*+pag*
        pag*+trabajo|meses|semana* raya+pag*
        """,
        """
        طرد*+شغل|عمل حقي? حقوقي? مستحق* اعطوني+حق*|راتب* اعطا*+حق*|راتب* راتبي دولار+ساعه اتعابي تعبي? ياكل*+راتب*|حق*
        صاحب|كفيل*|مدير*|شركه|معلم+راتب*|فلوس*|مصاري|يدفع*|يعطي*|عطاني|حق* راتب*+يعطي*|عطا*|دفع*|شهر|شهور
        فلوسي+صاحب|كفيل*|يعطي* اجر اجره اجور اجرتي راتب* رواتب معاش* يدفع* دفع* مستحقات* يعطيني+راتب|فلوس حق+تعب* قبض*
        دفعلي
        """,
    ),
    "doctor": (
        """
        temperature migraine cold+sick hospital+bill chest+pain belly|stomach|back+pain|hurt* std? period? infected
        glasses eye+doctor ache? aches? swelling rash? allerg* doctors kid|son|daughter|baby+sick|fever|ill|hurt doc
        docs bleed* bleedin er? vomit* dizzy faint* swollen infection? doctor* nurse* sick ill illness pain? hurts?
        injur* medic medical clinic clinics hospital* checkup bleeding wound* fever cough physician surgery health?
        burn? burned broken+arm|leg|bone asthma diabetes headache*
        """,
        """
        hijo|hija|nino|nina|bebe+enferm*|fiebre|malo sangrando sangra? mareo* vomit* vacuna* presion? azucar? doctora?
        doctor* medico medicos medica? enfermer* enferm* dolor? duele? clinica* hospital* herida* lastim* fiebre tos
        sangr* salud? consulta+medic* quemad* fractur* operacion
        """,
        """
        طفل|ابني|بنتي|ولدي+مريض*|سخن|حراره مرض? تعبان*+طفل دوخه استفراغ كسر? مكسور* حروق تطعيم لقاح نساييه طبيب*
        دكتور* ممرض* مريض* الم? وجع? علاج? مستشفي* عياده* صحه? جرح* مجروح* نزيف اصابه مصاب حكيم يوجع*? سكري
        """,
    ),
    "pregnancy": (
        """
        pregnan* preg prego birth? expecting+baby trimester ultrasound midwife contracepti* condom* birth+control
        period+late morning+after missed+period prenatal
        """,
        """
        regla? baja+regla retraso+regla prueba+embarazo bebe+espero embaraz* embaras* parto prenatal anticoncepti*
        condon* preservativo* partera obstetr* ginecolog* regla+retras* periodo+bajado|atras* espero|esperando+bebe
        """,
        "تاخر*+دوره دورتي? دوره+تاخرت فحص+حمل سونار حامل حمل حبلي ولاده حوامل منع+حمل اولد نساييه قابله دوره+متاخره",
    ),
    "talk": (
        """
        dirty+feel forget? feel+dirty|empty|nothing|bad|alone|lost|crazy crazy? going+crazy desperate overwhelm*
        worried? ashamed? shame? guilt* broken+inside hurt+inside trust+nobody emotional* stressed grief mourning
        heartbroken talk+counselor|therapist|woman|trust upset? nervous mood empty+feel numb talk? talking? sad lonely
        alone? afraid? scared? fear? anxiety anxious depress* stress* therap* counsel* psycholog* psychiatr* cry
        crying listen panic panic+attack* worthless hopeless mental
        """,
        """
        sucia olvidar? culpa* verguenza vacia+siento solo+siento tristeza siento+mal|sola|nadie desesper* aguanto*
        agobi* solita sol+siento ataque*+panico ansios* deprimir preocupad*? asustad* sufr*? confundid*? llanto animos
        hablar? triste* llor* sola? miedo? ansiedad depre depresi* deprimid* terap* consejer* psicolog* psiquiatr*
        estres nervios angusti* desahog* animo
        """,
        """
        قرفانه تايهه حاسه+حالي|بخوف|بحزن|وحيده انهيار* نفسيه? ضايقه مكتيب* زهقت? محطم* منهار* ياس* يايس* عصبي* ضايق*
        متضايق* مضغوط* خجل* ندم*? حالي+مكتيب*|تعبان*|زفت اتكلم+احد|حدا|شخص اخصايي* معالج* نفسيتي* مخنوق* اتكلم? احكي?
        حزين* حزن خوف? خايف*? اكتياب قلق ضغط+نفسي نفسي* طبيب+نفسي وحيد* لوحدي? ابكي بكاء فضفض* زعلان* تعبان*? نفسيا
        نفسيتي
        """,
    ),
    "drugs": (
        """
        hooked* addiction addicted booze liquor beer vodka weed pot? wine? tripping dealer? dope relaps* using?
        smoke+crack|meth|weed snort* needles drug drugs alcohol* addict* heroin cocaine coke crack? meth fentanyl
        pills? oxy* drunk? drinking sober overdos* withdrawal? high? using+drugs na+meeting aa+meeting
        """,
        """
        drogad* cerveza? vino? trago* emborrach* mota piedra? coca fumo+mota|piedra|marihuana enganchad*
        tomo+mucho|parar|dejar|puedo|diario beb*+mucho|parar|alcohol borrach* tomo? bebo? toma+mucho|alcohol
        hermano|hijo|esposo|marido+toma|droga* fumar? marihuano tomador droga* adict* alcohol* cocaina heroina
        pastillas? mariguana marihuana vicio cristal? tomar+dejar tomando+mucho sobredosis
        """,
        """
        شرب|اشرب+اوقف|اترك|ابطل|بطل|خمر|كحول|كتير خمر* بيره شرب? سكر*? مدمنه يشرب+كحول|خمر شرب+كحول|خمر متعاطي يتعاط*
        مدمن مخدر* كحول ادمان مدمن* حبوب? هيروين حشيش خمر سكران ادمنت
        """,
    ),
    "children": (
        "child? children? childs? kid? kids? daughter? son? sons? parenting toddler?",
        "nino? ninos? nina? ninas? hijo? hija? hijos? hijas? crianza",
        "ولادي? ولاد? اطفال? طفل*? ولد? اولاد*? ابن? ابني? ابنتي? بنت? بنتي? عيال*?",
    ),
    "work": (
        """
        computer* computers+learn|class|course certificate*? training? apprenticeship work? working? hire? employer?
        waitress? interview? position? job+search* job? jobs? hiring employment? career? resume unemployed
        find|want|looking|get+job|work job+train* skills? laid+off lost+job apprentic* workforce
        """,
        """
        trabajar? laburo? pega? ocupacion? contratar? solicitud+empleo trabajo? empleo*
        busco|encontrar|conseguir|buscar|quiero|consigo|encuentro+trabajo|empleo|chamba|trabajar chamba? desemplead*
        curriculum perdi+trabajo
        """,
        """
        شغل|عمل+عايز*|عاوز*|ابغي|ابي|بدي|ودي|محتاج* شغله? اشغال? عمل? وظيفه وظايف شغل? توظيف اشتغل?
        ابحث|ادور|احتاج|ابي|بدي|ابغي|عاوز*|عايز*+عمل|شغل|اشتغل|وظيفه ادور+شغل عاطل* بطاله سيره+ذاتيه
        """,
    ),
    "money": (
        "broke loan* shark money? cash? furniture bill? bills? poor? afford? financial funds? loan",
        "dinero+falta|prestado pobrez* dinero? plata? lana? muebles pobre? economic* prestamo fondos? efectivo?",
        "نقود? مال? مالي* فلوس? مصاري? دراهم? اثاث فقير? مصروف قرض",
    ),
    "language": (
        """
        letters+court|english|read|translate papers+translate* read+english understand+doctor|court|lawyer|letters
        document*+translat* translator* speaks+arabic|spanish|creole|french|chinese|urdu|hindi? interpret* translat*
        language? speak? understand? speaks? sign+language
        """,
        """
        carta+ingles|traducir documento*+ingles|traduc* entender+ingles|doctor|abogado traduz* traduc* interpret*
        idioma? hablan? hablo? habla? entiendo? hablo|habla|entiendo+ingles|idioma
        """,
        """
        رساله|ورقه|اوراق+انجليزي|ترجمه|افهم يترجم* ترجم* بحكي? احكي+انجليزي|عربي|لغه بتكلم? مترجم* لغه? افهم? يتكلم?
        يحكي? يتكلم|يحكي|احد|حدا+عربي
        """,
    ),
    "home": (
        "embassy consulate relatives family? homeland? return? country? missing?",
        "embajada consulado parientes? familia? familiares? volver? pais? patria",
        "سفاره* قنصل* اقارب* عايله? اهل? اهلي? بلد? بلدي? بلادي? وطن*?",
    ),
    "record": (
        """
        charge? charges nobody+hire*|record background+check tickets+court|arrest*
        hire*+record|charge*|felony|conviction arrested+forced|made|prostitut* behind+bars locked+prison court+date?
        cops? mugshot record+arrest* arrest* jail jailed prison record? charged probation parole felony conviction*
        convicted police? criminal+record bail warrant incarcerat*
        """,
        """
        acusaron policia+detuvo|arrest* arrestaron detuvieron encarcel* jail policia+detuvo antecedentes carcel
        prision arrest* policia? delito*? preso presa fianza detenid* condena* record? libertad+condicional
        """,
        """
        انسجن* سجنوني انحبس* محكوم* حكم+سجن مسكوني+شرطه اعتقال* اعتقلوني سجن* سوابق شرطه? محبوس+سجن مسجون* توقيف جنايه
        حبسوني قبضوا+علي* كفاله+سجن
        """,
    ),
    "boss": (
        """
        plantation* quit+let|plantation|job|threat* wont+quit|let+quit report*+leave|quit|sponsor
        sponsor+threat*|report*|says agency|recruiter|company|smuggler+owe*|pay+back|money|fee|fees|thousand*
        pay+back+agency recruit*+fee* threat*+quit|leave|sister|family|parents|deport*
        family|sister|brother|parents|mother+threat* quit+threat*|let|job manager? supervisor? foreman? contractor?
        madam? madame? crew? call*|report*|tell*|threat*|turn*+immigration|ice|police
        job|work|waitress|model*|singer|dancer|hostess|nanny+lie|lied|lies|fake|different|trick*|promis*|instead
        brought|bring+work*|job+lie*|lied|trick*|fake|instead promised
        waitress|model*|dancer|hostess+said|told|instead unpaid+labor forced+work* treated+slave|animal made+work*
        work*+hour*|day|days|off|break|breaks+16|18|15|14|17|20|never|without boss? employer*? recruiter* trafficker*
        traffick* traffic+human slave* slavery exploit* forced+work|labor|labour made|make*|force*+work
        work*+hour*|day*|night*|nonstop|free|breaks
        boss|employer*|manager*|supervisor*+threat*|hit*|beat*|watch*|control*|yell*
        boss|employer*|manager*|supervisor*+lock*|scare*|abus*|call*|rape*|touch* fake+job
        promised+job|work|money|salary lied+job contract? controls? controlling? work*+immigration|ice|police+threat*
        tricked agency? smuggler* coyote* watch*+all|every* work*+hours|day+16|18|15|14|12
        """,
        """
        denunciar+patron*|jefe* patron*|jefe*+abus*|acos*|toca*|viol* dia+noche+trabaj* trabaj*+dia|noche|descanso
        pagan+comida|nada promet*+mentira|trabajo|bueno mentira+trabajo amenaz*+familia|hermana|hijos engan*
        trajeron|trajo|traida|traido|llevaron|llevo+trabaj*|bar|cantina|restaurante|engan* supervisor*? capataz?
        encargad*? contratista? falsa|falso+promesa|trabajo|oferta trabaj*+oblig*|esclav*|fuerza|amenaz*|noche
        descanso? jornada+horas jefe*? patron*? contrato? trata tratante* esclav* explot*
        oblig*|fuerza*|forzar*|forzad*+trabaj* enganar* engan*+trabajo trabaj*+horas|descanso|fuerza|gratis
        patron*|jefe*|supervisor*|capataz|encargado*+amenaz*|peg*|golpe*|control*|vigil*
        patron*|jefe*|supervisor*|capataz|encargado*+grit*|encierr*|abus*|viol*|toca* promet*+trabajo|sueldo|dinero
        coyote* enganch* controla*? vigilan? amenaz*+migra|inmigracion|deport* traficante* traficad*
        """,
        """
        شغل|اشتغل|يشغل*+ليل|نهار|نوم كفيل*+يهدد*|ترحيل قوه|غصب+شغل* هرب*+صاحب|كفيل*|شغل|مدير*|مدام
        مكتب+استقدام|دين|فلوس كفيلي هربت+شغل يهدد*|هدد*+اهلي|عيلتي|عايلتي|عايله|ترحيل|شغل راحه+شغل|اشتغل|بشتغل|عمل
        خدعوني خدعني كذب*+شغل|عمل نصبوا+علي* شغل|عمل+كذب*|خدع*|نصب*|وعد* مدام? معلم? مشرف? صاحب?
        اشتغل|بشتغل|يشغلوني|شغلوني|يشغلني+ساعه|ساعات|راحه|نهار|ليل|غصب يشغلوني شغلوني رييس? مدير?
        صاحب+عمل|شغل|مصنع|مزرعه|مطعم? عقد? استغل* استغلال عبودي* عبيد كفيل* اتجار متاجر* تاجروا مهرب*
        اجبروني|يجبر*|مجبور|غصب|اجبار+اشتغل|عمل|شغل|اعمل+شغل كفيل*|مدير*|صاحب|رب|معلم+يهدد*|يضرب*|هدد*|ضرب*
        وعدوني|وعدني+عمل|شغل|راتب اشتغل+ساعات|ساعه|نهار|راحه|ليل سخره ضحكوا+علي*
        """,
    ),
    "household": (
        """
        clean*|cook*|nanny|babysit*|maid|lady|madam|family+slap*|hit*|beat*|yell*|scream*|abus*
        diplomat*+house|home|paid|work*|family ambassador? domestic? maid+abus*
        cook*|clean*+family|house|home|rest|free|lock*|never maid* nanny nannies housekeep* domestic+work* servant*
        cleaner? caregiver? aupair au+pair
        house|home|family|madam*|employer+clean*|cook*|work*+leave|lock*|out|sleep|day*
        clean*|work*+house*|home+lock*|leave|out|rest work*|clean*|cook*|nanny|babysit*+family+lock*|leave|sleep|paid
        """,
        """
        limpi*|cocin*|cuido|senora|patrona+peg*|grit*|golpe*|insult*|maltrat* sirvient* esclava
        suegra|cunada|patrona+sirvient*|limpi*|encerr*|trabaj* patrona+dej*|habl*|telefono|comer
        diplomatico+casa|trabaj* patrona+casa|peg*|grit*|encerr*|dej* domestica? limpiadora empleada? criada* ninera*
        mucama* muchacha+casa domestica+trabaj* trabaj*|limpi*|cuido|cocin*+casa+dej*|sal*|encerr*|descans*|pag*
        senora|patron*|familia+dej*|encerr*|quit*+salir|casa|trabaj* limpieza? limpio+casa trabajadora+hogar interna?
        servidumbre
        """,
        """
        مدام|ماما+ضرب*|تضرب*|يضرب*|تخلي*|تحبس*|حبس*|راتب|بيت|جوع* تنظيف|طبخ+بيت خدم*+بيت خادم* شغاله عامله+منزل* خدامه
        مربيه* تنظيف? اخدم اشتغل|اعمل|شغل|خادم*|شغاله|انظف+بيت|منزل+اطلع|اخرج|يخلوني|محبوس*|مقفول|يقفل*
        كفيل*|مدام*|ماما|بابا+بيت|اطلع|اخرج|يقفل* عماله+منزليه
        """,
    ),
    "sex": (
        """
        sold+husband|cousin|sister|daughter|friend sell*+wife|sister|girlfriend sold clients? customers?
        sleep*|sex|slept+boss|owner|manager*|tourists|truckers? sell*|sold|rent*|share*+friends|men|guys|brothers
        street+walk* track+walk* turned+out madam+girls escorting cam+model*|girl* bodies?
        raped+many|different|every|men forced+sex onlyfans+forc*|made|make*|boyfriend pimp* prostitut* escort*
        sell*|sold|selling+body|sex|myself|herself|girls brothel* sexwork*
        sex+work|worker|money|trade|forc*|men|customers|clients
        sleep*|sex|slept+men|customers|clients|strangers|guys|johns|friends|landlord|money|rent
        made|make*|force*|forcing+sex|strip*|dance|sleep massage+parlor*|forc*|men|sex sex? strip*+club|forc*
        trick*+turn* john? johns hooker* sugar+daddy
        """,
        """
        venden? vendieron vendio? vender+hombres|cliente*|amigos vend*+hombres|cliente*|amigos|prostib* cliente*?
        cantina+ficha*|hombres|oblig* ficha* escort* tener+sexo bar+hombres|clientes|oblig* compart*+hombres|amigos
        proxeneta padrote* prostitu* acost*+hombre*|cliente*|extran*|dinero|tipos vend*|vender+cuerpo|sexo|muchacha*
        sexo? sexual+explot* burdel*
        obliga*|fuerza*|forza*|forzaron|amenaz*|hace*+sexo|acost*|prostit*|cliente*|bailar|tener+relaciones
        relaciones+oblig*|fuerza*|clientes masaj*+oblig*|hombres|clientes table+dance putear puta*
        """,
        """
        شغل*+دعاره|جنس قوه+جنس|دعاره|رجال باعوني باعني بايعني باعتني يبيعوني زبون*
        رجاله|رجال|شباب+انام|ينام*|غصب|اجبر*|يجبر* كباريه ملهي+ليلي ملاهي دعاره* قواد* بغاء جنس? عاهر*
        يبيع*|باعوني|بيع+جسد*|رجال|جسمي|جنس اجبر*|يجبر*|مجبور*|غصب*|يغصب*|يخلي*+رجال|جنس|انام|زباين|ارقص
        انام+رجال|زباين شرموط* زباين مساج+رجال|جنس نوادي+ليليه استغلال+جنسي
        """,
    ),
    "crime": (
        """
        out+gang quit+gang gang* sell*|carry*|hold*|move*+drugs|dope|weed|packages|bags stolen? fraud?
        gang*+cant|stuck|threat* steal* smuggl* courier mule? scam? scams? gang? gangs?
        made|make*|forc*+steal*|sell*|carry*|deliver*|drugs|crime*|scam*|grow*|rob*
        carry*|deliver*|sell*|hold*+drugs|packages gang*+threat*|leave|out|join|forc* shoplift* county+lines
        trap+house pickpocket* scam*+forc*|compound|call+center
        """,
        """
        pandilla* maras? robar* mula? estafa*? contraband*
        oblig*|fuerz*|hacen|amenaz*+robar|vender|llevar|estaf*|cargar|transport*|delinq*
        vend*|llev*|carg*|pas*+droga*|paquete* pandilla*|mara|cartel|narco*+amenaz*|salir|oblig*|reclut*|matar|dej*
        """,
        """
        عصابه* اسرق سرقه* تهريب احتيال نصب اجبر*|يجبر*|يخلي*|مجبور+اسرق|ابيع|احمل|انقل|اوصل|مخدرات
        ابيع|انقل|اهرب+مخدرات|ممنوع*
        """,
    ),
    "begging": (
        "beg begging begs beggar* panhandl* make*|made|forc*+beg|sell|flowers sell*+street*|lights|flowers|candy",
        """
        mendig* limosna* pordiose* pedir+dinero|calle|limosna|monedas vend*+calle|semaforo|chicles|dulces|flores
        oblig*+pedir
        """,
        "يشحذ* يشحت* يتسول* شحت* تسول* اتسول اشحذ اشحت شحاذ* شحات* متسول* شحده ابيع+شارع|اشاره|ورد|علكه|مناديل",
    ),
    "marriage": (
        """
        marry marrying forced+marr* arranged+marr* bride? wedding? husband? wife? married? marriage? child+marriage
        parents|family|father|mother|uncle+marr*|wedding dowry engaged+forc*|old*
        """,
        """
        casarme casarse casar casen esposo? esposa? marido? matrimonio? boda? novia? oblig*|fuerz*+matrimonio|casar*
        padres|papa|papas|familia+casar*|casen|boda|matrimonio
        """,
        """
        تزويج* يزوج* زوجوني اتزوج زواج? زوج? زوجي? زوجتي? عروس? زفاف اهلي|ابوي|ابي|عمي|امي+زواج|زوج*|يزوج*|عريس
        زواج+غصب|اجبار|قسري|قاصر*|مبكر جواز+غصب|قاصر* يجوزوني جوزوني يزوجون*
        """,
    ),
    "hurt": (
        """
        slapped slaps slapping kicked+stomach punched beaten hurts+boyfriend|husband|partner|dad
        assault+husband|boyfriend threw+wall locks+boyfriend|husband|partner|leaves control*+money|phone|clothes
        takes+money+boyfriend|husband|partner takes+all+money kill? kill*+threat*|family|says stepdad? bruise*
        black+eye afraid+home controlling+boyfriend|husband|partner jealous abuser
        scared+husband|boyfriend|partner|dad|home screams? yells? hit hits hitting beat beats beating abus* violen*
        partner? boyfriend? girlfriend?
        husband|wife|partner|boyfriend|ex|dad|father+hurt*|threat*|kick*|punch*|chok*|scare*
        husband|wife|partner|boyfriend|ex|dad|father+kill*|push*|afraid|scared|control*|angry
        mother|stepdad|stepfather|uncle|brother|gf|bf+hurt*|threat*|kick*|punch*|chok*|scare*
        mother|stepdad|stepfather|uncle|brother|gf|bf+kill*|push*|afraid|scared|control*|angry punch* chok* strangl*
        slap* kicks bruis* threat*? hurt? hurting? dv knife gun
        """,
        """
        golpiza golpea golpean golpeo cachetad* palizas paliza madriza pegado pegaban ex+amenaz*|peg*|busca|golpe*
        amenaza golpead* mata? matar? matarme? padrastro? suegr*? mujeres+golpead* celos* violent* ojo+morado
        violencia+casa|familia*|hogar encierra? insult* humill* pegarme pega pegan pego pegaba golpe* maltrat*
        amenaz*? pareja? novio?
        esposo|marido|pareja|novio|ex|padre|papa|padrastro|suegra|hermano|tio+amenaz*|mat*|empuj*|miedo|ahorc*
        esposo|marido|pareja|novio|ex|padre|papa|padrastro|suegra|hermano|tio+patea*|grit*|control*
        esposo|marido|pareja|novio|ex|padre|papa|padrastro|suegra|hermano|tio+insult*|lastim*|cel* abus* violencia
        violento insulta* ahorc* patea* moret* navaja cuchillo pistola
        """,
        """
        كسر*+ايدي|يدي|سني|راسي|ضلعي خطيبي+ضرب* كدمات كفوف يصفع* صفع* يركل* محبوس*+زوج|زوجي|جوزي بعيد+زوج|زوجي|جوزي
        مضروب* يقتل*? يذبح*? قتل? بضرب* مقفول+زوج* يعذب* تعذيب يهين* يسب* شرس عصبي+زوج* ضرب* يضرب* بيضرب* يخنق* عنف*
        معنف* يعنف* اذي? يوذي* تهديد? يهدد*? شريك?
        زوج|زوجي|ابي|ابوي|ابويا|اخي|اخوي|عمي|اهلي|حماتي|طليقي|خطيبي|جوزي+يهدد*|يوذ*|يذبح*|يقتل*
        زوج|زوجي|ابي|ابوي|ابويا|اخي|اخوي|عمي|اهلي|حماتي|طليقي|خطيبي|جوزي+خايف*|اخاف|يضرب*|يصرخ|خوف جوزي+يضرب* يشتمني
        يهينني سكين جوزي?
        """,
    ),
    # Finer terms
    "safe_house": (
        """
        escaped escaping fled flee? ran+husband|boyfriend|away+night nothing+left|escaped hide safehouse
        safe+house|shelter|home hiding hidden escape secret+house nobody|find+hide
        """,
        """
        escapar escape? seguro+lugar|casa|sitio escaparme huir hui huyendo esconder* escond* casa+segura|hogar
        lugar+seguro|escondido refugio+seguro|secreto esconderme escapar*
        """,
        """
        ماوي|ملجا|مكان|بيت+زوج|زوجي|جوزي|بعيد هارب* خايف*+يلاقي* مكان+يلاقي*|محد اختبي* مخبا مكان+امن|سري بيت+امن اهرب
        هربت? ملجا+امن|سري هروب اختفي
        """,
    ),
    "tonight": (
        """
        tonight? tonite? 2nite? somewhere|room|anywhere+tonight|tonite|2nite|now
        bed|sleep*|shelter*|room|stay+tonight|tonite|2nite|2night|now|today|immediately motel hotel?
        emergency+shelter|housing|bed
        """,
        """
        dormir|cama|albergue|refugio|cuarto|techo+hoy|noche|ahora|ahorita|urgente motel hotel? pasar+noche
        emergencia+albergue|refugio
        """,
        "انام|سرير|ماوي|ملجا|غرفه|مكان+ليله|يوم|الان|هلا|حالا|عاجل فندق? وين+انام انام+فين",
    ),
    "family_bed": (
        """
        safe+somewhere+baby|kids|children somewhere|anywhere|go|kicked|car+baby|kid|kids|child*|son|daughter|family
        sleep*|bed|beds|shelter*|room|rooms|stay|housing|roof|homeless+baby|kid|kids|child*
        sleep*|bed|beds|shelter*|room|rooms|stay|housing|roof|homeless+son|daughter|toddler|newborn|family
        """,
        """
        lugar|sitio|casa+bebe|hijo*|hija*|ninos+seguro hijos|hijo|ninos|bebe+calle|dormir|quedarnos|lugar
        dormir|cama|albergue|refugio|cuarto+hijo*|hija*|nino*|nina*|bebe*|familia
        techo|alojamiento|casa|quedarme|calle+hijo*|hija*|nino*|nina*|bebe*|familia
        """,
        """
        ولاد*+انام|سرير|ماوي|ملجا|سكن|غرفه|شارع|مكان
        انام|سرير|ماوي|ملجا|سكن|غرفه|شارع|بيت+اطفال*|طفل*|اولاد*|ابن|ابني|بنت|بنتي|عيال*|رضيع|ولدي
        """,
    ),
    "young": (
        """
        street*+15|16|17|14|13|minor|kid run+away|off teen*? teenager*? 14? 15? 16? 17?
        foster|group+home+ran|left|aged stepdad|stepmom|parents+kicked|ran|threw runaway* ran+away run+away
        ran|run|left|kicked|leave+home foster+aged|left teen+shelter|homeless|bed 16+home|alone 17+home|alone
        15+home|alone minor+alone underage
        """,
        """
        menor+escap*|fug*|calle|casa|sola|solo adolescent*? escap*+casa|padres escape*|fugue|fui|hui|escap*+casa|hogar
        menor+solo|sola|edad fugad* adolescente+albergue|calle|refugio tengo+16|17|15+anos
        """,
        "عمري? ١٥? ١٦? ١٧? هربت+بيت|اهل*|منزل هربت|هارب*|تركت+بيت|اهل|اهلي|منزل قاصر* عمري+16|17|15|١٦|١٧|١٥ هارب*+بيت",
    ),
    "own_home": (
        "apartment* flat? affordable+hous* long+term+housing transitional section+8 landlord? tenant?",
        "apartamento* departamento* casa? renta+barata vivienda+publica|propia|barata piso? casero? cuarto+rent*",
        "شقه* بيت+ايجار سكن+دايم|رخيص استاجر منزل?",
    ),
    "stay_after": (
        """
        trafficking+visa|papers|status testify*+visa|stay|traffick* cooperate*+police
        stay+testify*|america|country|legally cooperat*+visa visa+traffick*|victim*|crime|abuse* tvisa uvisa vawa
        reflection+period referral+mechanism t+visa witness+visa certification+traffick* continued+presence
        """,
        """
        visa+t|trafico|consigo|obtener consigo+visa testig*+visa|quedarme cooperar+policia
        quedarme+pais|estados|legalmente visa+victima*|trata|crimen|delito|abuso periodo+reflexion|restablecimiento
        visat visau mecanismo+referencia victima*+permiso|residencia
        """,
        """
        ابقي|اضل|اظل+بلد|امريكا|شهاده|شهد اشهد+ضد تاشيره|فيزا|اقامه+ضحيه|ضحايا|اتجار|جريمه فتره+تفكير|تعافي
        الاحاله+وطنيه
        """,
    ),
    "asylum": (
        "asylum refugee* asylee* persecut* war? unaccompanied",
        "asilo refugiad* persegu* persecucion guerra?",
        "لجوي* طلب+لجوء|لجوي* رفض*+لجوء|لجوي* استيناف+لجوء|رفض لجوء لاجي* طالب+لجوء حرب? مضطهد* اضطهاد",
    ),
    "deportation": (
        """
        detained detention+center ice+took|arrest*|got ice? kill*+back|country|return|deport* removed? expired?
        undocumented+caught|arrest* order+removal deport* removal detention detained+immigration|ice send*+back
        sent+back kick*+country|out+country immigration+court|raid*|judge|officer*
        """,
        """
        detenid*+migra*|inmigra*|ice detuvo+migra* centro+detencion devuelv*+pais deporten deportado
        regresar*+matan|matar mata*+pais|regres* orden+deportacion deport* redada* detencion+migra* detenido+migra*
        corte+migra*|inmigra* expuls* miedo+migra
        """,
        "ترحيل* يرحل* رحلوني ابعاد احتجاز+هجره طرد+بلد يسفروني تسفير يبعدوني",
    ),
    "identity": (
        """
        get|renew|apply|replace|obtain+passport|id|license|birth
        burn*|destroy*|lost|tore|ripped|threw|replace*|stolen|new+id|passport|papers|ssn id? license?
        papers+lost|gone|burn*|stolen passport* birth+certificate* identity id+card|lost|new|photo|get licence?
        lost+id|papers|documents|wallet ssn social+security+card consular+id
        """,
        """
        saco|sacar|tramitar|renovar|obtener|conseguir+pasaporte|acta|identificacion|ine|cedula|licencia
        perdi*|quem*|romp*|rob*|renovar|sacar|extrav*+pasaporte|acta|papeles|ine|documento*|identificacion pasaporte*
        acta+nacimiento partida+nacimiento identificacion identidad cedula* dni licencia?
        perdi+papeles|documentos|identificacion matricula+consular
        """,
        """
        ضايع*|ضيعت|فقدت|تلف*|تجديد|استخراج|حرق*|مزق*+جواز*|هويه*|اوراق*|باسبور* شهاده+ميلاد* رقم+وطني جواز* جوازات
        هويه* شهاده+ميلاد بطاقه+شخصيه|هويه باسبور* رخصه? ضاع*+جواز*|اوراق|هويه باسبورت*
        """,
    ),
    "papers_taken": (
        """
        took|take|takes|taken|taking|keep|keeps|kept|keeping|hold+passport*|papers|document*
        took|take|takes|taken|taking|keep|keeps|kept|keeping|hold+id|visa|phone|identification
        holds|holding|hid|hides|stole+passport*|papers|document*|id|visa|phone|identification
        steal|stolen|confiscat*|grabbed|locked|wont+passport*|papers|document*|id|visa|phone|identification
        boss|employer*|madam*|recruiter*|agent|pimp|owner+passport*|papers|document*|id
        """,
        """
        quit*|tom*|guard*|rob*|retien*|retuv*|escond*+pasaporte*|papeles|documento*|identificacion|visa|credencial
        tiene*|confisc*|agarr*|devuelv*|devolver|retenid*+pasaporte*|papeles|documento*
        tiene*|confisc*|agarr*|devuelv*|devolver|retenid*+identificacion|visa|credencial
        jefe*|patron*|senora|padrote|novio+pasaporte*|papeles|documento*
        """,
        """
        اخذ*|خذ*|خد*|ماخذ*|سحب*|حجز*|محتجز*|مصادر*+جواز*|اوراق*|باسبور*|هويه*|هويتي|وثايق*|اقامه*|اقامتي
        صادر*|خبا*|مخبي*|ياخذ*|ماسك*|شال*|سرق*|رجع*|يرجع*+جواز*|اوراق*|باسبور*|هويه*|هويتي|وثايق*|اقامه*|اقامتي
        كفيل*|مدام*|صاحب|مدير*+جواز*|اوراق*|باسبور*|هويه*|اقامه*
        """,
    ),
    "clean_record": (
        """
        prostitution+charge*|arrest*|record|conviction* background+check|job|work charge*+hire*|hires|job|old expung*
        vacat*+record|conviction*|arrest* seal*+record*
        clear*|clean*|erase*|wipe*|remove*+record*|charges|arrest*|conviction* criminal+record old+charges
        record+job|work
        """,
        """
        borrar|limpiar|eliminar|quitar|sellar+antecedentes|record|arresto|cargos expung* record+criminal|penal
        antecedentes+penales
        """,
        "محو|مسح|حذف|ازاله|تنظيف|شطب+سوابق|سجل|حكم سجل+جنايي|عدلي صحيفه+جناييه",
    ),
    "accused": (
        "accused charged+lawyer defend+court public+defender criminal+lawyer court+date prosecut* indict*",
        "acusad* acusan defensor+publico abogado+penal|criminal cargos cita+corte",
        "متهم* تهمه* اتهموني محامي+جنايي|دفاع جلسه+محكمه",
    ),
    "compensation": (
        "compensat* restitution damages+court victim+fund|money reparation*",
        "compensacion indemniza* reparacion+dano* restitucion",
        "تعويض* اعوض جبر+ضرر",
    ),
    "protection": (
        "restraining+order protection+order protective+order injunction keep+away order+against",
        "orden+proteccion|restriccion|alejamiento restriccion+juez",
        "امر+حمايه حمايه+محكمه منع+اقتراب حمايه? عدم+تعرض",
    ),
    "custody": (
        """
        custody took|take|taking|taken|keep*+kid|kids|child*|son|daughter|baby divorce* visitation
        kid|kids|child*+court paternity
        """,
        """
        llevaron|llevo|quitaron|quito|robo|robaron+hijo*|hija*|nino*|nina*|bebe* divorciar* custodia divorci*
        quit*|llev*|arrebat*+hijo*|hija*|nino*|nina*|bebe patria+potestad regimen+visitas pension+aliment*
        """,
        """
        ولاد*+اخذ*|خذ*|حرم*|خطف* اطلق اتطلق خلع? مطلقه? ابوهم|ابوها+اخذ*|خذ* رويه+اطفال|ابني|بنتي
        حضانه+محكمه|طلاق|اطفال*|اولاد* طلاق* نفقه اخذ*|خذ*|حرم*|خطف*+اطفال*|اولاد*|ابني|بنتي|ولدي|عيال* مطلق*
        """,
    ),
    "farm": (
        """
        farm farms farmwork* harvest* crop crops pick*+fruit*|tomato*|oranges|strawberr*|berries|vegetables|fields
        field+work* fields+work* fishing+boat farm|field*|ranch|fishing+owe*|pay*|paid|work*|boss|hours|leave ranch
        greenhouse
        """,
        """
        campo? granja* cosech* pizca* fruta+trabaj*|recog* ranch* jornaler* agricol* campesin* finca* tomate*
        barco+pesca campo|granja|rancho|finca|cosecha+deb*|pag*|trabaj*|patron*|sal*
        """,
        "مزرعه* مزارع حصاد قطف+فواكه|زيتون|خضار حقل صيد+مركب زراعه فلاح* رعي",
    ),
    "kitchen": (
        """
        restaurant*+work*|paid|boss|pay|hours|owe* kitchen+work*|boss|paid|hours dishwasher waitress* nail+salon
        nails+work* car+wash hotel+work*|clean*|boss laundry+work*
        """,
        """
        restaurante*+trabaj*|pag*|jefe*|patron*|horas cocina+trabaj*|pag* lavaplatos meser* hotel+trabaj*|limpi*
        lavado+carros lavanderia+trabaj*
        """,
        "مطعم*+اشتغل|عمل|شغل|راتب|صاحب مطبخ+اشتغل|شغل غسيل+سيارات|صحون صالون+شغل|اشتغل فندق+اشتغل|شغل جرسون",
    ),
    "factory": (
        """
        factory factories warehouse+work*|paid|pay|boss|hours|lock* sweatshop* sewing+work*|factory meat+plant*
        packing+work* assembly+line
        """,
        "fabrica* maquila* bodega+trabaj*|pag*|horas costura+trabaj* empacadora taller+trabaj*|costura",
        "مصنع* مصانع معمل* مستودع+شغل|اشتغل مشغل+خياطه خياطه+شغل|اشتغل",
    ),
    "building": (
        """
        construction+work*|paid|pay|boss|hours|site roofing+work*|paid|boss building+site day+labor* bricklay*
        scaffold* contractor*+pay|paid
        """,
        "construccion+trabaj*|pag*|patron*|jefe* obra+trabaj*|pag* albanil* techos+trabaj* contratista*+pag*",
        "بناء+اشتغل|شغل|عمل|عامل|راتب ورشه+شغل|اشتغل|بناء عمال+بناء مقاول*",
    ),
    "bondage": (
        """
        agency|recruiter*|sponsor|company|smuggler*+pay|owe*|fee|fees|back|debt|money
        owe|owing|debt*+boss|smuggler*|work*|recruiter*|coyote*|trip|travel|agency|pimp|farm|never debt+bondage
        work*+off+debt pay*+off|back+debt|trip say|says+owe deduct*+pay|wages|rent
        """,
        """
        agencia|reclutador*|contratista*+deb*|pag*|cobr* deuda*+patron*|coyote*|trabaj*|viaje|pagar|jefe*|padrote
        deb*+coyote*|viaje|patron*|jefe* descuent*+sueldo|renta|pago cobran+viaje
        """,
        """
        مهرب*+دين|ادفع|فلوس|مصاري دين*+ادفع|اسدد|مهرب* دين|ديون|مديون*+صاحب|كفيل*|شغل|عمل|سفر|مهرب*|مكتب|يقول*
        يخصم*+راتب*
        """,
    ),
    "locked_in": (
        """
        locked? lock+door*|room trapped captive prisoner kidnap* hostage wont|cant|allowed+leave|out|outside
        let+leave|out|go leave+house|home|room|work|job? leave? escape? lock|locks|locked+door*|house|inside
        held+against guard*+door follow*+everywhere
        """,
        """
        encerrad* encierr* atrapad* secuestr* prisioner* rehen retenid* dej*|permit*+salir|irme|ir candado salir?
        irme? llave+puerta puerta+llave|cerrada escapar? vigil*+puerta|dia|todo
        """,
        """
        محبوس*+بيت|غرفه|زوج* مفتاح+باب|بيت|معه حبس*+بيت محبوس* محتجز* مسجون+بيت مخطوف* خطف* حابس* يحبس* حبس* مقفول*
        يقفل* قافل* يخلوني|يخليني|يسمح*|يتركوني|يسيبوني+اطلع|اخرج|امشي|اروح|اسافر|اغادر اطلع? اخرج? اهرب? محجوز* رهينه
        ممنوع+اطلع|اخرج
        """,
    ),
    "online": (
        """
        pictures? videos? photos? video? nude? private+pic*|photo*|video* record*|film*+sex|naked|bed|secret*
        fake+profile* exposed? insta*+threat*|fake|pic* online? internet? nudes nude+pic*|photo*|video* naked sextort*
        revenge+porn blackmail* webcam* porn* onlyfans camgirl
        pics|pictures|photos|videos|video+share*|post*|leak*|sell*|send*|internet|online|threat*|delete
        """,
        """
        videos? fotos? graban? grabaron grab*+sexo|video*|desnud*|hombres difund* publicar+fotos|videos internet?
        redes+sociales fotos|videos|imagenes+desnud*|intim*|public*|internet|compart*|vend*|amenaz*|sub* sextors*
        chantaj* pornogra* webcam* packs desnud* extorsion*
        """,
        """
        صور*|تصوير|فيديو+يهدد*|هدد*|ينشر فيديو? فيديوهات? صور? صورني|يصورني|صوروني|بصور+عاري*|جنس|حمام|سرير صورني
        يصورني صوروني نت? انستا* سناب* صور*|فيديو*+عاري*|ينشر*|نشر*|يهدد*|انترنت|خاصه|فاضحه ابتز* يبتز* ابتزاز اباحي*
        كام
        """,
    ),
    "child_sold": (
        """
        child*|kid|kids|minor*|girl*|daughter|son|teen*|niece|sister+sold|sell*|pimp*|traffick*
        child*|kid|kids|minor*|girl*|daughter|son|teen*|niece|sister+prostitut*|exploit*|groom*|sex groom* pedophil*
        child+labor|labour
        """,
        """
        nino*|nina*|hija*|hijo*|menor*|adolescente*+vend*|explot*|prostit*|trata|sexual* pedofil* pederast*
        trabajo+infantil
        """,
        "طفل*|اطفال*|بنت*|قاصر*|ولد+يبيع*|باع*|استغل*|دعاره|اتجار عماله+اطفال استغلال+اطفال استدراج",
    ),
    "after_rape": (
        """
        touch*? touch*+stepdad|stepfather|uncle|boss|manager|cousin|brother
        touch*+dad|father|teacher|priest|pastor|landlord|private|sleep* forced+himself|sex assault? sexual+harass*
        harass*+boss|manager|work rape raped raping molest* sexual+assault* sexually+assault* rape+kit assaulted+sex*
        touched+private|without forc*+himself drugged+raped|woke|party groped incest
        """,
        """
        tocaron tocaba? toca+padrastro|tio|jefe|patron|primo|maestro|padre|hermano|hermanastro
        padrastro+abus*|toc*|viol*|sexo forz*+sexo|sexual* manoseo acoso+sexual|jefe|trabajo ultraj* violaron violo
        violad* violacion* violador* abuso+sexual abus*+sexual* manose* toco+partes agresion+sexual incesto
        """,
        """
        تحرش+مديري|صاحب|شغل|اشتكي تحرش متحرش* لمس* يلمس* يتحرش* اتحرش* تعدي+علي* اعتداء اغتصب* اغتصاب* مغتصب* تحرش*
        اعتداء+جنسي اعتدي* يعتدي* لمسني
        """,
    ),
    "organ": (
        "kidney* organ+sell|sold|remov*|buy|take|took|donat* organs liver+sell",
        "rinon* organo*+vend*|quit*|trafic* higado+vend*",
        "كليتي كلوتي بيع+عضو|اعضاء كليه كلي+بيع اعضاء+بيع|تجاره|يبيع*|سرقه بيع+كليه",
    ),
    "dentist": (
        """
        toothache* tooth+ache root+canal gums braces? dentist* tooth* teeth dental cavity gum+bleed* jaw molar
        wisdom+tooth
        """,
        "dientes muelas colmillo? dentista* diente* muela* dental* odontolog* encia* caries",
        "سناني ضرسي ضروسي سنان سنوني طقم+اسنان خلع+ضرس|سن اسنان* سن? ضرس* سني? طبيب+اسنان ضروس لثه",
    ),
    "eyes": (
        "glasses+broken|new glasses eyes? eye? vision? optician blurry cant+see eye+doctor",
        "lentes anteojos gafas ojos? ojo? vista? optometr* oculista",
        "نظاره* نظارات عيون? عيني? نظر? طبيب+عيون",
    ),
    "prescription": (
        "medicine* medication* prescription* pharmacy insulin inhaler meds refill antibiotic*",
        "medicina* medicamento* receta* farmacia* insulina pastillas+doctor|comprar remedio*",
        "دواء* ادويه ادويتي وصفه صيدليه انسولين دوا",
    ),
    "marks": (
        "tattoo* branded branding scar* mark+removed",
        "tatuaje* tatuad* marca+borrar|quitar|piel cicatri*",
        "وشم* تاتو ندب* ندوب ازاله+وشم|ندبه",
    ),
    "infection": (
        """
        itch*? itches? private+parts|hurts|burn* genital* yeast infection+private|down|sex|caught|got lump+private hpv
        hepatitis burns+pee std*+bad|think|got rash+private sores itching? bumps hiv aids std stds sti stis syphilis
        gonorr* chlamydia herpes tested+sex|std|hiv itch*+private* discharge burning+pee sexual+health|disease
        """,
        """
        infeccion? infeccion+peg*|abajo|partes|intim*|sexo ardor+orinar flujo? comezon? granos+partes condon+rompio
        vih sida ets sifilis gonorrea clamidia herpes infeccion+sexual|vaginal prueba+vih|ets examen+vih
        enfermedad*+sexual* venere*
        """,
        "ايدز سيلان زهري مرض+جنسي امراض+جنسيه فحص+ايدز|جنسي نقص+مناعه التهاب+مهبل*",
    ),
    "ending": (
        """
        plan+pill unplanned+pregnan* abort* end+pregnan* terminat*+pregnan* plan+b morning+after+pill
        unwanted+pregnan* keep+baby
        """,
        "abort* interrumpir+embarazo pastilla+siguiente|emergencia embarazo+deseado",
        "اجهاض* اجهض انهاء+حمل حمل+مرغوب انزل+حمل اسقاط",
    ),
    "detox": (
        """
        detox* rehab* get+clean|sober quit*+drug*|pills|heroin|drinking|alcohol|meth|using withdrawal* methadone
        suboxone narcan stop+drink*|drugs|using|pills off+pills|drugs|heroin|meth clean+off
        """,
        """
        desintoxic* rehabilit* dej*+droga*|alcohol|tomar|beber|vicio|pastillas metadona abstinencia anexo anexar*
        centro+rehabilit*
        """,
        "علاج+ادمان|مخدرات اترك|ابطل|اوقف|اقلع|اتعالج+مخدرات|حبوب|خمر|كحول|ادمان|حشيش تعافي+ادمان مصحه",
    ),
    "life": (
        """
        killing+myself done+life tired+living suicide* wish+dead|die jump+bridge cutting? ending+life suicid*
        kill+myself want+die wanna+die end+life|myself end+all die? dying? hurt+myself cut*+myself self+harm
        live+anymore better+dead overdose+myself
        """,
        """
        ganas+vivir suicidarme quitarme+vida matarme desaparecer+quiero suicid* morir* morirme quit*+vida
        acabar+vida|todo vivir+mas|ganas muerta|muerto+quiero|mejor hacerme+dano cortarme
        """,
        """
        انتحر* بالانتحار نفسي+اموت ابي|بدي|ودي|نفسي|عايز*|احس+اموت|موت افكر+موت|انتحار انتحار* انتحر اموت موت?
        اقتل+نفسي انهي+حياتي اذي+نفسي عيش+زهقت|مليت|تعبت كره*+حياتي|حياه اجرح+نفسي
        """,
    ),
    "trauma": (
        """
        cant+forget forget+happened|memories remember*+everything reliving
        sleep+cant|never+scared|afraid|thinking|fear bad+dreams nightmare* flashback* trauma* ptsd
        cant+sleep+nightmare* insomnia triggered bad+memories|dreams sleep+scared|afraid|nightmare*|memories|night
        """,
        """
        olvidar+puedo|paso|recuerdos pesadill* duermo+pesadill*|miedo|nervios dormir+puedo|nervios|miedo pesadilla*
        trauma* insomnio recuerdos+malos|feos|vuelven puedo+dormir+miedo|pensar flashback*
        """,
        "كوابيس كابوس صدمه* مصدوم* ارق ذكريات+سييه بنام+نفسيا|تفكير|خوف|قادر نوم+خوف|كوابيس",
    ),
    "peers": (
        """
        support+group peer* survivor+group|talk|others|women others+like|same group+women|survivors
        meet+others|survivors went+through
        """,
        "grupo+apoyo|mujeres|sobrevivientes otras+personas|mujeres+mismo sobreviviente*",
        "مجموعه+دعم|نساء ناجيات|ناجين ناس+مثلي",
    ),
    "plan": (
        """
        plan? leave+husband|boyfriend|relationship|abus*|marriage|partner safety+plan plan+leave|escape|safe
        leave+safely|husband|boyfriend|abus*|partner escape+husband|boyfriend|partner|abus* get+away+husband|boyfriend
        """,
        """
        dejar*+esposo|marido|novio|pareja irme+casa plan+seguridad|escap*|salir dej*+esposo|marido|pareja|novio
        escap*+esposo|marido|pareja|novio irme+esposo|marido
        """,
        "اسيب|اترك|اطلع|اهرب|امشي|اخرج+زوج|زوجي|جوزي|زواج اسيب? اترك? خطه+امان|هروب|سلامه اهرب|اترك|هربت+زوج|زوجي|جوزي",
    ),
    "watched": (
        """
        stalk* following follows tracking tracking+phone|car spy* spyware hacked hacker gps harass* find*+ex
        checks+phone
        """,
        """
        ex+busca|sigue|amenaz*|acos* acos* persigu* rastre* espia* sigue|siguen+todos|lados|calle|donde hacke*
        vigila*+telefono|celular revisa*+telefono|celular
        """,
        "يلاحق* يطارد* يتبع* يراقب* مراقب* تجسس* يتجسس* هكر* مخترق* يفتش+جوال*|موبايل*|تلفون*|هاتف*",
    ),
    "phone": (
        "phone? cellphone? sim mobile? broke+phone free+phone",
        "telefono? celular? movil? chip?",
        "هاتف? جوال? موبايل? تلفون? شريحه احتاج|بدي|ابي+هاتف|جوال|موبايل|تلفون",
    ),
    "tracing": (
        """
        never+came|returned+home|back+daughter|son|sister|brother havent+heard+brother|sister|mom|family gone+missing
        vanished reunif* reunion+family bring+family
        missing+person*|brother|sister|mother|father|son|daughter|child*|family|friend|relative*
        find|found|search*|looking|lost|separated|locate|trace+brother|sister|mother|mom|father|dad|son|daughter
        find|found|search*|looking|lost|separated|locate|trace+family|relative*|parents|husband
        find|found|search*|looking|lost|separated|locate|trace+wife|child*|cousin|kid|kids lost+contact disappear*
        separated+family reunit*
        """,
        """
        aparece|aparecido|regreso|regresa+hij*|herman*|espos*|prima|primo|sobrin* reunific* reencontr* desaparec*
        perdid*+hijo*|hija*|herman*|familia*|mama|papa|madre|padre
        encontrar|buscar|busco|hallar|perdi|separaron+herman*|mama|papa|madre|padre
        encontrar|buscar|busco|hallar|perdi|separaron+hijo*|hija*|familia*|esposo|parientes paradero reunir*
        """,
        """
        راح|طلع|اختفت|اختفي|انقطع*+ابني|بنتي|اخي|اختي|اخوي|اخباره|اخبارها شمل مفقود* ضايع*
        ابحث|ادور|القي|الاقي|ضاع*|اجد|فقدت+اخ|اخي|اختي|اخوي|امي|ابي|ابوي|ابني
        ابحث|ادور|القي|الاقي|ضاع*|اجد|فقدت+بنتي|زوجي|اهلي|عايلتي|عايله|قريب*|ولدي|اطفال* مختفي* اختفي
        """,
    ),
    "return": (
        """
        go|going|get|return*|fly|travel+back|home|ticket|return*|want|flight|go|going
        want|way|ticket|back+home|country|homeland|mexico+back|home|ticket|return*|want|flight|go|going
        guatemala|honduras|haiti|colombia|cuba|venezuela+back|home|ticket|return*|want|flight|go|going
        philippines|nigeria|india|china|brazil|morocco|egypt+back|home|ticket|return*|want|flight|go|going repatriat*
        back+country return+country go+home
        """,
        """
        regres*|volver*|vuelv*|retorn*|irme+pais|casa|tierra|mexico|guatemala|honduras|colombia
        regres*|volver*|vuelv*|retorn*|irme+cuba|venezuela|patria|pueblo|peru|ecuador|nicaragua repatri* regresar
        boleto+pais
        """,
        """
        عوده|ارجع|اعود|رجوع|ترجعني|رجعوني|ارجاع+بلد|بلدي|بلادي|وطن|وطني|اهلي
        عوده|ارجع|اعود|رجوع|ترجعني|رجعوني|ارجاع+ديرتي|مصر|المغرب|سوريا|العراق|السودان|بيتنا عوده? ارجع? اعاده+وطن
        تذكره+بلد|بلدي|بلادي|سفر
        """,
    ),
    "child_care": (
        """
        childcare child+care daycare day+care babysit*
        watch*|mind|look*+kid|kids|child*|baby|son|daughter+while|work*|after preschool* kindergarten nursery
        care+child*|kid|kids|baby
        """,
        "guarderia* cuid*+hijo*|hija*|nino*|nina*|bebe* kinder preescolar",
        """
        ولاد*+رعايه|يهتم|جليسه|حضانه حضانه? حضانات روضه رعايه+اطفال*
        يعتني|يدير|جليسه|يهتم+اطفال*|اولاد*|ابني|بنتي|طفل*|بال جليسه
        """,
    ),
    "child_hurt": (
        """
        stepdad|stepfather|dad|father|mom|boyfriend|uncle+touch*|hit*|hurt*|abus*+son|daughter|kid|kids|child|baby
        child*|kid|kids|baby|son|daughter|niece|nephew+abus*|hit*|beat*|hurt*|touch*|molest* child+protective cps
        foster? dcf
        """,
        "nino*|nina*|hijo*|hija*|menor+abus*|peg*|golpe*|maltrat*|toc* maltrato+infantil abuso+infantil dcf",
        "طفل*|اطفال*|ابني|بنتي|اولاد*+ضرب*|يضرب*|عنف|اذي|يعتدي|اعتدي|تحرش* حمايه+طفل|اطفال",
    ),
    "school": (
        """
        school? schools? enrol* school+kid|kids|child*|son|daughter|papers register+school teacher? college?
        university?
        """,
        "escuela? colegio? inscrib* escuela+hijo*|hija*|nino* matricul*+escuela universidad? estudiar?",
        "ولاد*+مدرسه مدرسه? مدارس? تسجيل+مدرسه مدرسه+اولاد*|اطفال*|ابني|بنتي جامعه? ادرس?",
    ),
    "baby": (
        """
        milk+kid|baby|child|son|daughter wipes bottles? carseat car+seat formula+milk diaper* nappies nappy formula
        baby+milk|clothes|food|stuff|bed|stroller|crib stroller crib wic baby? newborn?
        """,
        """
        leche+panal*|bebe|nino|nina|polvo panales toallitas mamila biberon panal* formula+bebe leche+bebe ropa+bebe
        carriola cuna cosas+bebe bebe? recien+nacido
        """,
        """
        حليب+ابني|بنتي|طفل*|بيبي|ولدي|صغير بيبي? رضاعه حفاض* حفاظ* حليب+طفل*|رضيع|اطفال* رضيع? ملابس+طفل*|رضيع بامبرز
        عربه+طفل*
        """,
    ),
    "course": (
        """
        english+learn*|class*|course*|study|speak|teach*|lesson* esl esol english? learn+language
        language+class*|course*
        """,
        "ingles? ingles+aprend*|clase*|curso*|estudi*|ensen* aprender+idioma clase*+idioma",
        "انجليزي*? انكليزي*? انجليزي*|انكليزي*|لغه+اتعلم|تعلم|دوره*|درس|دروس|كورس|تعليم",
    ),
    "training": (
        """
        computer? computers? computer+class|course|skills
        learn+computer*|coding|barber|nails|welding|driving|nursing|cna training? train? trade? certificate? learn?
        vocational* course? courses? learn+trade|skill*|work|computer|sew*|cook job+training skills+training
        """,
        "capacit* aprender? oficio? curso*? aprender+oficio|costura|computacion|trabaj* formacion+laboral",
        "تدريب* دوره? دورات? مهنه? مهني* اتعلم? تعلم? اتعلم+مهنه|صنعه|خياطه|كمبيوتر",
    ),
    "finishing_school": (
        """
        ged diploma high+school+finish|diploma|adult|equiv* finish+school read+write learn+read cant+read literacy
        adult+education|school
        """,
        """
        leer? escribir? analfabet* terminar+escuela|secundaria|prepa|bachillerato prepa? secundaria? alfabet*
        leer+escribir|aprender|puedo educacion+adultos diploma
        """,
        "اقرا? اكتب? اكمل|انهي+دراسه|مدرسه|ثانويه محو+اميه اقرا+اكتب شهاده+ثانويه اميه تعليم+كبار",
    ),
    "clothes": (
        """
        shoe* cold? socks boots jeans outfit clothes clothing shoes coat jacket sweater underwear thrift blanket*
        pants warm+clothes
        """,
        "frio? tenis+ropa cobija* sueter* ropa zapatos abrigo chamarra chaqueta calzado",
        "بردان? كسوه لبس? جزمه صوف ملابس حذاء احذيه جاكيت هدوم ثياب بطانيه* حرام+صوف اواعي",
    ),
    "rent": (
        """
        rent? evict* landlord+kick*|evict*|rent|throw* pay|behind|late+rent|bills electric* utility utilities
        water+bill light+bill power+bill rent+money
        """,
        """
        cortaron+luz|agua|gas luz? recibo? renta? alquiler* arriendo pag*+renta|alquiler|arriendo|luz|agua|recibo
        desaloj* recibo+luz|agua luz+cort*
        """,
        "اجار* ايجار* مستاجر* اجره+بيت|شقه دفع|ادفع+بيت|شقه|كهربا|مي|غاز كهربا فاتوره* فواتير كهرباء ادفع+ايجار اخلاء",
    ),
    "ride": (
        "drive? ticket? ride rides bus busfare transport* bus+ticket|pass|fare taxi? uber? car? greyhound",
        "transporte autobus camion+pasaje pasaje* raite aventon bus boleto+bus|autobus taxi?",
        "مواصلات توصيل* باص حافله اوتوبيس تذكره+باص اجره+طريق تاكسي?",
    ),
    "benefits": (
        "benefits welfare medicaid medicare snap ebt stamps disability tanf ssi unemployment+benefits|check insurance?",
        """
        beneficios asistencia+publica medicaid cupones estampillas seguro? discapacidad+pago desempleo+seguro
        seguro+social
        """,
        "اعانه* معونه* ضمان+اجتماعي تامين? كوبونات+طعام",
    ),
    "debts": (
        "debt? debts? owe? credit loan*+pay bankrupt* bank+account identity+theft stole|used+identity|name|ssn",
        "deuda*? credito* bancarrota cuenta+banco robo+identidad robaron+identidad usaron+nombre debo?",
        "دين? ديون? ديوني? مديون*? بنك+حساب ايتمان افلاس سرقه+هويه",
    ),
    "any_help": (
        """
        help police|cops+afraid|scared|trust|fear lost+scared idk? advise? assist? assistance? counselor? call?
        options? helpline hotline helpful lost? victim? survivor? advice stuck? danger? unsafe? emergency? confused?
        safe? advocate? information? trouble? scared?
        """,
        """
        policia+miedo|confi* orient* apoyo? asist*? ayuda* ayudeme ayudenme auxilio socorro victima? sobreviviente?
        peligro? emergencia? consejo? informacion? orientacion miedo?
        """,
        """
        شرطه+خايف*|خوف|اخاف مساعده* عون* انجدوني محتار* نصح*? مساعده ساعد* انقذ* نجده الحقوني ضحيه? خطر? طواري? نصيحه
        ضايع? محتار معلومات? خايف*? خوف?
        """,
    ),
}

SMALL_WORDS = """
    a an and any are at be been being but by can cannot could did do does doing don didn doesn isn wasn won wouldn
    couldn hasn haven aren dont didnt doesnt isnt im ive its thats u ur r n w for from give had has have having he
    help her here hers him his how i if in is it me mine my near need needs no not of on one or our ours place
    places please pls plz she so some somebody someone something that the their theirs them then there these they
    thing things this those to too up urgent urgently us very was we were what when which who whom will with would
    you your yours am as than just really also al algo alguien algun alguna ayuda como con cual de del desde el ella
    ellas ellos en era es esa ese eso esta estan estar este esto estoy fue ha han hay la las le les lo los mi mis
    mia mio muy necesito nesecito nececito ni nos nosotros o os para pero por porque pq q que quien se sea ser si
    sin sobre soy su sus suyo te tu tus un una unas unos y ya yo xq favor porfavor اريد الي انا ان انه انها او اين
    بدون عن علي عليه علينا عند عندي في فيه فيها كيف لا ل لم لن لي له ما مو مش مب موش ماكو مساعده مع معي من هل هناك
    هنا هو هي هم نحن و يا ليس ليش شو ايش شنو ايه ده دي هذا هذه هاد هاي ذلك التي الذي اللي يلي كل كان كانت حتي اذا ثم
    قد لكن بس لو سمحت ارجوك رجاء الرجاء فضلك should shall must know
"""

PASSING_WORDS = """
    about able actually after again ago all alone almost already always another anymore anyone anything anywhere
    around ask asked asking away bad badly because become before began believe best better big bring brought call
    called came care cause cheap close come comes coming cost cuz day days deal else end enough even ever every
    everyone everything fast feel feeling few find finding first found free friend friends gave gets getting girl
    girls go goes going gone gonna good got gotta great guy guys happen happened happening hard heard hello hey hi
    hour hours idea inside into keep keeps kept kind knew knows lady last late later least leave left let lets life
    like little live lives living long look looking lot low made make makes making man many maybe mean men met might
    minute moment month months more most mother move moved moving much myself name never new next nice night nights
    nobody none nothing now off office often ok okay old once only open other others out outside over own past pay
    people person possible pretty problem problems put quick quickly reach real right rn safe said same saw say says
    see seems seen send sent service services several show since sit situation small sort start started still stop
    stuff such support take taken takes taking tell telling thank thanks think thought time times today together
    told tomorrow tonight tonite took town tried try trying turn two under until use used using usually wait wanna
    want wanted wants way week weeks well went whatever where wherever while whole why wish without woman women wont
    wrong year years yes yesterday yet young area city county local nearby program programs somewhere someplace soon
    cant couldnt wouldnt wasnt arent havent hasnt 2nite 2night anyways kinda sorta smth sth bc idk omg lol pm ty thx
    tho thru til three four five six seven eight nine ten abajo acaba acabo adonde ahi ahora ahorita algunos alla
    alli alto ano anos antes apenas aqui asi atras aun aunque ayer ayudar barato barata buen buena bueno buscando
    buscar busco cada casi caro cerca ciudad claro comenzar conmigo conoce conocer conozco cosa cosas creo cuando
    cuanto cuesta cualquier da dame dan dar das debe deben debo decir dejo deje demas dentro despues dia dias dice
    dicen dieron dijo dijeron donde dos durante empezar encontrar encuentro entonces entre eres estaba estaban
    estado existe fuera fueron gente gracias grande gratis gratuita gratuito gratuitos gratuitas haber habia hace
    hacen hacer haciendo hago haga hasta hice hicieron hizo hola hombre hombres hora horas hoy igual ir iba jamas
    joven juntos lado llamar llegar llego llegue lejos libre luego lugar mal mala malo manana mas mayor mejor menos
    mes meses mientras misma mismo momento mucha muchas mucho muchos mujer mujeres nada nadie necesita necesitamos
    necesitan ninguna ninguno noche noches nuestro nueva nuevo nunca ocupo otra otras otro otros parece parte pasa
    pasado paso persona personas poco poder podria pronto problema problemas programa programas pueda puede pueden
    puedo pues qiero kiero quiere quieren quiero quisiera quisera querer rapido recibir saber sabe saben semana
    semanas senor senora servicio servicios siempre siento sido sola solamente solo somos son tal tambien tampoco
    tan tanto tarde tener tenemos tengo tenia tiempo tiene tienen tipo toda todas todavia todo todos toy trata tres
    tuve ultima ultimo urgente usar va vamos van vas veces ver verdad vez vida viene vivir vivo voy zona احتاج
    احتاجه محتاج محتاجه ابغي ابغا ابي ابا بدي بدنا ودي عاوز عاوزه عايز عايزه نريد نحتاج اقدر يقدر نقدر استطيع ممكن
    يمكن لازم ابحث ادور بدور بحث اجد الاقي الان هلا هلق الحين دلوقت دلوقتي حالا اليوم الليله ليله بكره غدا امس مبارح
    يوم ايام اسبوع اسابيع شهر شهور اشهر سنه سنين سنوات ساعه وقت زمان قبل بعد مجاني مجانيه مجانا ببلاش بلاش رخيص قريب
    قريبه منطقه مدينه وين فين شي شيء حاجه حد حدا احد ناس شخص رجل رجال امراه نساء ست واحد واحده عم رح راح سوف كمان
    ايضا جدا كثير كتير وايد شوي قليل فقط دايما ابدا مره مرات اعرف ادري عارف اعمل سوي اسوي عملت صار صارت قال قالت
    قالوا يقول يقولوا مكان اماكن طريقه خدمه خدمات برنامج مشكله مشكلتي شكرا مرحبا السلام عليكم سلام اهلا اخ اخت عنده
    عندها عندهم عندنا معه معها معاي معايا جديد كبير صغير الين لما لان لانه عشان علشان منذ خلال بين تحت فوق غير بلا
    بدوني وانا فانا ولا وما ومش انت انتم get ought manner half winter summer spring warm joined join card cards
    number numbers check checked remove removed test tests testing lie lies treated forced lost full feels minutes
    answer apply application gotten dude bro boy boys understood dear hate loves love worse worst paying fake total
    true story stories dejar trajo cobran cobra obligada obligado politico laboral graban venden vendido examen
    hermano padrastro abuela vino vine traje trajeron llevar llevo nombre cuidado forma manera razon aceptan acepta
    ofrecen ofrece vivimos quede quedo salio salgo sali entro hablar necesitar recien mandaron mandan manda paguen
    dinero يبي يبغي يريد بي صارلي انتهت اقدم مافي بحكي سفر شتوي شتويه عربي عربيه بدهم بده بدها كذبوا واحدين خلاص يلا
    طيب الله والله انسان حياتي مني منه منها معنا لهم يعني اكثر اقل اول اخر نفس ثاني ثانيه كلهم كله dog dogs cat cats
    pet pets perro perros gato mascota mascotas كلب كلبي قطه قطتي applying saco حاسه حاسس حالي رفضوا
"""
